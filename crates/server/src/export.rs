//! Codelabs out of the library, as files for other programs and for people.

mod for_room;
mod on_disk;

use std::path::Path;

use codelab::{
    export::{self, Exported, Format, Material},
    import::{Image, identify},
};
use domain::CodelabId;
use protocol::{Problem, ProblemCode};
use store::{CodelabDetail, StoreError};

use crate::{app::App, heavy_work::blocking, http::assets, problem::store_problem, shown};
use for_room::{ForRoom, for_room};
pub use on_disk::OnDisk;
use on_disk::Watched;

/// A codelab as a file.
#[derive(Debug)]
pub enum Written {
    /// In memory.
    Bytes(Exported),
    /// A bundle on the disk: the files that it brings may be large.
    Bundle(OnDisk),
}

/// Writes the newest revision of a codelab; nothing if it is not in the library.
///
/// # Errors
/// When it cannot be read, or cannot be written in this format.
pub async fn codelab(
    app: &App,
    id: CodelabId,
    format: Format,
) -> Result<Option<(String, Written)>, Problem> {
    let failed = |error: StoreError| store_problem(&error);
    let Some(detail) = app.store.codelab(id).await.map_err(failed)? else {
        return Ok(None);
    };
    let Some(newest) = app.store.codelab_source(id).await.map_err(failed)? else {
        return Ok(None);
    };
    // What somebody reads need not be larger than a screen; files for other
    // programs hold what the author gave.
    let is_read = match format {
        Format::Page(_) | Format::Handout(_) => true,
        Format::Claat(_) | Format::Bundle | Format::OpenCodelabs => false,
    };
    let images = images(app, &detail, is_read).await?;
    let for_room = match format {
        Format::Bundle => for_room(app, id).await?,
        Format::Claat(_) | Format::OpenCodelabs | Format::Page(_) | Format::Handout(_) => {
            Vec::new()
        }
    };
    let has_files = for_room.iter().any(ForRoom::is_file);
    let part = has_files.then(|| app.store.new_part());
    let title = detail.summary.title;
    let file_name = export::file_name(&title, format);
    let ui_dir = app.ui_dir.clone();
    let work = move || -> Result<Written, Problem> {
        let drawing = is_read.then(|| drawing(ui_dir.as_deref())).flatten();
        let brings = for_room.iter().map(ForRoom::told).collect::<Vec<_>>();
        let material = Material {
            title: &title,
            source: &newest.source,
            images: &images,
            drawing: drawing.as_deref(),
            brings: &brings,
        };
        let Some(part) = part else {
            return Ok(Written::Bytes(
                export::export(&material, format).map_err(|error| refused(&error))?,
            ));
        };
        let mut file = Watched::create(&part).map_err(|error| store_problem(&error.into()))?;
        let part = OnDisk(part);
        export::bundle(&material, &mut file).map_err(|error| match file.failure.take() {
            Some(failure) => store_problem(&failure.into()),
            None => refused(&error),
        })?;
        Ok(Written::Bundle(part))
    };
    let written = blocking(work).await??;
    Ok(Some((file_name, written)))
}

fn refused(_: &codelab::ImportError) -> Problem {
    tracing::error!("a codelab of the library cannot be exported");
    Problem::new(ProblemCode::Internal, "the codelab cannot be read any more")
}

/// The script that draws the diagrams of an exported page, from a folder with the interface or from
/// the one that is embedded; nothing in a build without it.
#[must_use]
pub fn drawing(ui_dir: Option<&Path>) -> Option<String> {
    let found = assets::read(ui_dir, "diagrams-in-a-file.js")?;
    String::from_utf8(found.data.into_owned()).ok()
}

/// The files of a codelab, as its author gave them or as they are shown. One that is no image any
/// more, or is not there, is left out.
async fn images(app: &App, detail: &CodelabDetail, as_shown: bool) -> Result<Vec<Image>, Problem> {
    let mut images = Vec::with_capacity(detail.files.len());
    for file in &detail.files {
        let Some(mut image) = read(app, &file.reference, file.sha256).await? else {
            continue;
        };
        if as_shown {
            let shown = shown::ensure(&app.store, file.sha256, &image, app.clock.now()).await?;
            if shown.sha256 != file.sha256
                && let Some(smaller) = read(app, &file.reference, shown.sha256).await?
            {
                image = smaller;
            }
            (image.width, image.height) = shown.dimensions.unzip();
        }
        images.push(image);
    }
    Ok(images)
}

async fn read(app: &App, reference: &str, sha256: [u8; 32]) -> Result<Option<Image>, Problem> {
    let stored = app.store.file(sha256).await;
    let Some(stored) = stored.map_err(|error| store_problem(&error))? else {
        return Ok(None);
    };
    match tokio::fs::read(&stored.path).await {
        Ok(bytes) => Ok(identify(reference, bytes)),
        Err(error) => {
            tracing::warn!(%error, "a file of a codelab cannot be read");
            Ok(None)
        }
    }
}
