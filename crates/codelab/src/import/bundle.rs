//! Our own bundles say where each image lies, as some references lead to no place that a file may
//! have in an archive, and what is for the room besides the text.

use std::collections::HashMap;

use domain::{FileName, MaterialTitle};
use serde::Deserialize;

use super::{
    MARKDOWN_LIMIT_BYTES, Material, MaterialContent,
    folder::{Folder, Found},
    names,
    web_address::web_address,
};
use crate::{Diagnostic, DiagnosticCode, ImportError, Severity};

/// Tells programs that a folder is a bundle, and of which kind.
pub(crate) const MANIFEST: &str = "open-codelabs.json";
/// The kind, as the manifest says it.
pub(crate) const FORMAT: &str = "open-codelabs-bundle";

#[derive(Default, Deserialize)]
struct Manifest {
    format: String,
    #[serde(default)]
    images: HashMap<String, String>,
    #[serde(default)]
    materials: Vec<Line>,
}

/// A link or a file for the room.
#[derive(Deserialize)]
struct Line {
    title: String,
    url: Option<String>,
    file: Option<String>,
    name: Option<String>,
}

/// What a bundle says of the files in it; nothing of a folder that is none.
#[derive(Default)]
pub(super) struct Listed {
    /// The files of the images by their references.
    pub(super) images: HashMap<String, String>,
    /// What is for the room.
    pub(super) materials: Vec<Material>,
    /// About what cannot be.
    pub(super) remarks: Vec<Diagnostic>,
}

/// What is said beside a Markdown file.
pub(super) fn listed(folder: &mut dyn Folder, markdown: &str) -> Result<Listed, ImportError> {
    let name = format!("{}{MANIFEST}", names::folder_of(markdown));
    let Found::Bytes(bytes) = folder.read(&name, MARKDOWN_LIMIT_BYTES)? else {
        return Ok(Listed::default());
    };
    let manifest = serde_json::from_slice(&bytes).ok();
    let manifest = manifest.filter(|manifest: &Manifest| manifest.format == FORMAT);
    let Manifest {
        images, materials, ..
    } = manifest.unwrap_or_default();
    let mut listed = Listed {
        images: images
            .into_iter()
            .filter_map(|(reference, place)| Some((reference, names::resolve(&name, &place)?)))
            .collect(),
        ..Listed::default()
    };
    for line in materials {
        let title = line.title.clone();
        if let Some(material) = material(&name, line) {
            listed.materials.push(material);
        } else {
            let code = DiagnosticCode::MaterialNotTaken;
            let remark = Diagnostic::of_file(&name, Severity::Error, code, &title);
            listed.remarks.push(remark);
        }
    }
    Ok(listed)
}

fn material(manifest: &str, line: Line) -> Option<Material> {
    let content = match (line.url, line.file) {
        (Some(url), None) => MaterialContent::Link {
            url: web_address(url)?,
        },
        (None, Some(file)) => {
            let place = names::resolve(manifest, &file)?;
            let reference = place.strip_prefix(names::folder_of(manifest))?.to_owned();
            let name = FileName::parse(&line.name?).ok()?;
            MaterialContent::File { reference, name }
        }
        (Some(_), Some(_)) | (None, None) => return None,
    };
    let title = MaterialTitle::parse(&line.title).ok()?;
    Some(Material { title, content })
}
