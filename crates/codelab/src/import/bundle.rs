//! Our own bundles say where each image lies: some references lead to no place that a file may
//! have in an archive.

use std::collections::HashMap;

use serde::Deserialize;

use super::{
    MARKDOWN_LIMIT_BYTES,
    folder::{Folder, Found},
    names,
};
use crate::ImportError;

/// Tells programs that a folder is a bundle, and of which kind.
pub(crate) const MANIFEST: &str = "open-codelabs.json";
/// The kind, as the manifest says it.
pub(crate) const FORMAT: &str = "open-codelabs-bundle";

#[derive(Deserialize)]
struct Manifest {
    format: String,
    #[serde(default)]
    images: HashMap<String, String>,
}

/// The files of the images by their references, for a Markdown file that lies in a bundle; none
/// when it does not.
pub(super) fn listed(
    folder: &mut dyn Folder,
    markdown: &str,
) -> Result<HashMap<String, String>, ImportError> {
    let name = format!("{}{MANIFEST}", names::folder_of(markdown));
    let Found::Bytes(bytes) = folder.read(&name, MARKDOWN_LIMIT_BYTES)? else {
        return Ok(HashMap::new());
    };
    let manifest = serde_json::from_slice(&bytes).ok();
    let manifest = manifest.filter(|manifest: &Manifest| manifest.format == FORMAT);
    let images = manifest.map(|manifest| manifest.images).unwrap_or_default();
    let inside = images
        .into_iter()
        .filter_map(|(reference, place)| Some((reference, names::resolve(&name, &place)?)));
    Ok(inside.collect())
}
