//! Images from the internet that come along with an import, before anything of it is kept.

use std::collections::HashSet;

use codelab::{
    import::{Image, Import},
    remote,
};
use protocol::{DownloadRefusal, Problem, RemoteImage};

use super::told;
use crate::{
    import::blocking,
    outside::{Rules, Trip},
    writing::{PICTURES, file_name},
};

/// An image that a codelab shows from the internet, or did before its import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remote {
    /// Which.
    pub image: RemoteImage,
    /// What became of its download; nothing if nobody wanted one.
    pub download: Option<Result<(), DownloadRefusal>>,
}

/// The images that an import shows from the internet. With `outside` they are downloaded, and
/// those that come are images of the import.
///
/// # Errors
/// When the way outside cannot be prepared.
pub async fn along(
    import: Import,
    outside: Option<Rules>,
) -> Result<(Import, Vec<Remote>), Problem> {
    let (import, list) = blocking(move || {
        let list = told(&import.source).images;
        (import, list)
    })
    .await?;
    let mut remote: Vec<Remote> = list
        .into_iter()
        .map(|image| Remote {
            image,
            download: None,
        })
        .collect();
    let Some(rules) = outside.filter(|_| !remote.is_empty()) else {
        return Ok((import, remote));
    };
    let trip = Trip::prepare(rules)?;
    let addresses: Vec<String> = remote.iter().map(|r| r.image.address.clone()).collect();
    let outcomes = trip.images(&addresses, |_, _| {}).await;
    let mut names: HashSet<String> = import
        .images
        .iter()
        .map(|image| image.reference.to_lowercase())
        .collect();
    let mut taken = Vec::new();
    for (remote, outcome) in remote.iter_mut().zip(outcomes) {
        remote.download = Some(outcome.as_ref().map(|_| ()).map_err(|refusal| *refusal));
        let Ok(mut image) = outcome else { continue };
        let address = remote.image.address.clone();
        image.reference = free_name(&address, &image, &import.source, &mut names);
        taken.push((address, image));
    }
    let import = blocking(move || import.with_remote_images(taken)).await?;
    Ok((import, remote))
}

/// A name that neither an image nor the text has.
fn free_name(address: &str, image: &Image, source: &str, names: &mut HashSet<String>) -> String {
    let stem = file_name::stem(&remote::file_name(address));
    let extension = file_name::extension(image.media_type);
    let mut number = 1_u64;
    loop {
        let name = match number {
            1 => format!("{PICTURES}/{stem}.{extension}"),
            number => format!("{PICTURES}/{stem}-{number}.{extension}"),
        };
        if !source.contains(&name) && names.insert(name.to_lowercase()) {
            return name;
        }
        number += 1;
    }
}
