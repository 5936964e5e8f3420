//! Everything as it is: the Markdown byte by byte, the images where its references look for them,
//! and a few lines that tell programs what this is.
//!
//! Where a reference leads to no place that an archive may have (a hidden file, a file above the
//! Markdown, one that another system takes for its neighbour), the image lies elsewhere, and only
//! these lines lead to it.

use std::collections::BTreeMap;

use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::{
    Material,
    archive::Archive,
    names::{self, ending},
};
use crate::{
    ImportError,
    import::{BUNDLE_FORMAT, BUNDLE_MANIFEST as MANIFEST, Image, Places},
    steps,
};

const VERSION: u32 = 1;

pub(super) fn zip(material: &Material<'_>) -> Result<Vec<u8>, ImportError> {
    let markdown = markdown_name(material)?;
    let mut places = Places::new(&markdown);
    let mut files: BTreeMap<String, &Image> = BTreeMap::new();
    let mut references = serde_json::Map::new();
    places.keep_free(MANIFEST);
    let mut elsewhere = Vec::new();
    for image in material.images {
        match places.place(&image.reference, &image.bytes) {
            Some(place) => {
                references.insert(image.reference.clone(), place.clone().into());
                files.insert(place, image);
            }
            None => elsewhere.push(image),
        }
    }
    for image in elsewhere {
        // Named by its content, so that no reference finds it by chance.
        if let Some(place) = places.place(&name_of(image), &image.bytes) {
            references.insert(image.reference.clone(), place.clone().into());
            files.insert(place, image);
        }
    }
    let manifest = json!({
        "format": BUNDLE_FORMAT,
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

fn name_of(image: &Image) -> String {
    let hash = Sha256::digest(&image.bytes);
    let begin = hash.first_chunk().copied().map_or(0, u128::from_be_bytes);
    format!("img/{begin:032x}.{}", ending(image.media_type))
}
