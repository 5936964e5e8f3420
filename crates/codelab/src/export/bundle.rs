//! Everything as it is: the Markdown byte by byte, the images where its references look for them,
//! what it brings for the room, and a few lines that tell programs what this is.
//!
//! Where a reference leads to no place that an archive may have (a hidden file, a file above the
//! Markdown, one that another system takes for its neighbour), the image lies elsewhere, and only
//! these lines lead to it.

use std::{
    collections::BTreeMap,
    io::{Seek, Write},
    path::Path,
};

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{
    Brings, Material, What,
    archive::Archive,
    names::{self, ending},
};
use crate::{
    ImportError, ImportReason,
    import::{BUNDLE_FORMAT, BUNDLE_MANIFEST as MANIFEST, Image, Places},
    steps,
};

const VERSION: u32 = 1;

pub(super) fn write(material: &Material<'_>, out: impl Write + Seek) -> Result<(), ImportError> {
    let markdown = markdown_name(material)?;
    let mut places = Places::new(&markdown);
    let mut files: BTreeMap<String, &Image> = BTreeMap::new();
    let mut references = serde_json::Map::new();
    places.keep_free(MANIFEST);
    let (materials, brought) = brought(material.brings);
    for (place, _) in &brought {
        places.keep_free(place);
    }
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
    let mut manifest = json!({
        "format": BUNDLE_FORMAT,
        "version": VERSION,
        "title": material.title,
        "markdown": markdown,
        "images": references,
    });
    if !materials.is_empty() {
        manifest["materials"] = materials.into();
    }
    let mut archive = Archive::in_file(out);
    archive.text(&markdown, material.source)?;
    archive.text(MANIFEST, &format!("{manifest:#}\n"))?;
    for (place, image) in files {
        archive.picture(&place, &image.bytes)?;
    }
    for (place, path) in brought {
        archive.file(&place, path)?;
    }
    let mut out = archive.close()?;
    out.flush().map_err(|error| {
        let detail = error.to_string();
        ImportError::new("the archive", ImportReason::DamagedArchive { detail })
    })
}

/// The lines about what is for the room, in its order, and where each file of it lies.
fn brought<'a>(brings: &[Brings<'a>]) -> (Vec<Value>, Vec<(String, &'a Path)>) {
    let mut files = Vec::new();
    let lines = brings.iter().map(|material| match material.what {
        What::Link(url) => json!({ "title": material.title, "url": url }),
        What::File { name, path } => {
            let place = place_of(files.len() + 1, name);
            files.push((place.clone(), path));
            json!({ "title": material.title, "file": place, "name": name })
        }
    });
    (lines.collect(), files)
}

/// An importer looks for codelabs in files of these kinds, and opens archives.
const LOOKED_INTO: [&str; 8] = [
    ".md",
    ".markdown",
    ".zip",
    ".json",
    ".yaml",
    ".yml",
    ".html",
    ".htm",
];

fn place_of(number: usize, name: &str) -> String {
    let plain = names::file_name(name);
    let lower = plain.to_lowercase();
    let is_looked_into = LOOKED_INTO.iter().any(|ending| lower.ends_with(ending));
    let more = if is_looked_into { ".file" } else { "" };
    format!("materials/{number}-{plain}{more}")
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
