//! Everything as it is: the Markdown byte by byte, the images where its references look for them,
//! and a few lines that tell programs what this is.

use std::collections::BTreeMap;

use serde_json::json;

use super::{Material, archive::Archive, names};
use crate::{
    ImportError,
    import::{Image, Places},
    steps,
};

/// Tells programs that an archive is a bundle, and of which kind.
const MANIFEST: &str = "open-codelabs.json";
const VERSION: u32 = 1;

pub(super) fn zip(material: &Material<'_>) -> Result<Vec<u8>, ImportError> {
    let markdown = markdown_name(material)?;
    let mut places = Places::new(&markdown);
    let mut files: BTreeMap<String, &Image> = BTreeMap::new();
    let mut references = serde_json::Map::new();
    for image in material.images {
        if let Some(place) = places.place(&image.reference, &image.bytes) {
            references.insert(image.reference.clone(), place.clone().into());
            files.insert(place, image);
        }
    }
    let manifest = json!({
        "format": "open-codelabs-bundle",
        "version": VERSION,
        "title": material.title,
        "markdown": markdown,
        "images": references,
    });
    let mut archive = Archive::new();
    archive.text(&markdown, material.source)?;
    archive.text(MANIFEST, &format!("{manifest:#}\n"))?;
    for (place, image) in files {
        archive.picture(&place, &image.bytes)?;
    }
    archive.finish()
}

/// A codelab without a heading is called as its file is, so the file must be called so.
fn markdown_name(material: &Material<'_>) -> Result<String, ImportError> {
    const USUAL: &str = "index.md";
    let read = steps::read(USUAL, material.source)?;
    Ok(if read.parsed.codelab.metadata.title == material.title {
        USUAL.to_owned()
    } else {
        format!("{}.md", names::file_name(material.title))
    })
}
