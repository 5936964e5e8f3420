//! From what a facilitator picks — a Markdown file, a folder, a ZIP, an upload — to a codelab with
//! its images.
//!
//! All or nothing: either a whole [`Import`] or one [`ImportError`], and nothing is written
//! anywhere. Everything is bounded before it is read, because archives come from strangers.

mod archive;
pub mod batch;
mod brought;
mod bundle;
mod choose;
mod claat;
mod discover;
mod disk;
mod embedded;
mod expanded;
mod folder;
mod fragments;
mod images;
mod manifest;
mod names;
mod open_codelabs;
mod places;
mod svg;
mod web_address;

use std::{
    collections::BTreeMap,
    fs,
    io::{self, BufReader},
    path::{Path, PathBuf},
};

use domain::{FileName, MaterialTitle};

use crate::{
    Codelab, Diagnostic, DiagnosticCode, ImportError, ImportReason,
    past::Past,
    remote, source,
    steps::{self, Parsed},
};
use archive::Archive;
pub use brought::Brought;
pub(crate) use bundle::{FORMAT as BUNDLE_FORMAT, MANIFEST as BUNDLE_MANIFEST};
use disk::Disk;
use embedded::Embedded;
use expanded::Expanded;
use folder::{Folder, Found, Memory};
pub(crate) use fragments::name as fragment_name;
pub use images::{Image, identify, picture};
use manifest::{Converted, ConvertedPast};
pub use names::Names;
pub(crate) use names::{
    decode as percent_decoded, is_inside as references_inside, meanings as reference_names,
};
pub(crate) use places::Places;

/// A codelab has some hundred kilobytes of text at most; beyond this it is something else.
pub const MARKDOWN_LIMIT_BYTES: u64 = 2 * MEGABYTE;

/// A screenshot has one or two megabytes; beyond this a room's Wi-Fi would suffer.
pub const IMAGE_LIMIT_BYTES: u64 = 20 * MEGABYTE;

/// All that one import may bring, inflated.
const TOTAL_LIMIT_BYTES: u64 = 200 * MEGABYTE;

/// The largest archive that is opened: most of it is files for the room, which are copied.
const ARCHIVE_FILE_LIMIT_BYTES: u64 = 8192 * MEGABYTE;

/// More files than any codelab has; beyond this somebody picked their home folder.
const FILES_LIMIT: usize = 5000;

pub(crate) const MEGABYTE: u64 = 1024 * 1024;

/// A file as a browser uploads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedFile {
    /// Its path from the chosen folder on, `/` between the parts (`git-from-zero/img/log.png`), or
    /// only its name.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// A codelab that was read as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// The codelab.
    pub codelab: Codelab,
    /// Its whole Markdown: without byte order mark, `\n` line ends, included fragments in place.
    /// The lines of its steps are lines of this text.
    pub source: String,
    /// The images its steps show, each reference once.
    pub images: Vec<Image>,
    /// What the author may want to know.
    pub diagnostics: Vec<Diagnostic>,
    /// Links and files that it brings for the room.
    pub materials: Vec<Material>,
    /// A workshop on it that took place elsewhere.
    pub past: Option<Box<Past>>,
}

impl Import {
    /// The same with images that were on the internet, each with the address it had: the text
    /// refers to them, and nothing remarks on them any more. Their references are names as
    /// [`remote::localise`] wants them, and nobody else's.
    #[must_use]
    pub fn with_remote_images(mut self, images: Vec<(String, Image)>) -> Self {
        let names = images.iter();
        let names = names.map(|(address, image)| (address.clone(), image.reference.clone()));
        let names: BTreeMap<String, String> = names.collect();
        let source = remote::localise(&self.source, &names);
        // A text that was read is one still: only addresses changed.
        let Ok(parsed) = steps::parse("", &source) else {
            return self;
        };
        self.source = source;
        self.codelab.guide = parsed.codelab.guide;
        self.codelab.steps = parsed.codelab.steps;
        self.images
            .extend(images.into_iter().map(|(_, image)| image));
        self.diagnostics.retain(|found| {
            found.code != DiagnosticCode::RemoteImage || !names.contains_key(&found.subject)
        });
        self
    }
}

/// A link or file for the room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Material {
    /// What it is called.
    pub title: MaterialTitle,
    /// What is behind it.
    pub content: MaterialContent,
}

/// What is behind a material.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MaterialContent {
    /// An address on the web.
    Link {
        /// The address.
        url: String,
    },
    /// A file of what is imported. It may be large and is not read; see
    /// [`batch::Batch::copy`].
    File {
        /// Where it lies there.
        reference: String,
        /// What it is called.
        name: FileName,
    },
}

/// Imports a Markdown file with the images beside it, a folder, or a ZIP of one.
///
/// # Errors
///
/// Says in one sentence why the path holds no codelab; see [`ImportReason`].
pub fn from_path(path: &Path) -> Result<Import, ImportError> {
    brought_from_path(path).map(|brought| brought.import)
}

/// The same, with the files at hand that the codelab brings besides images.
///
/// # Errors
///
/// As [`from_path`].
pub fn brought_from_path(path: &Path) -> Result<Brought, ImportError> {
    let label = path
        .file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned();
    let refuse = |error: io::Error| ImportError::new(&label, io_reason(&error));
    let metadata = fs::metadata(path).map_err(refuse)?;
    if metadata.is_dir() {
        return bring_folder(Embedded::new(Disk::open(path, &label)?), &label);
    }
    if !metadata.is_file() {
        let detail = "it is no ordinary file".into();
        return Err(ImportError::new(label, ImportReason::Unreadable { detail }));
    }
    if starts_like_zip(path).map_err(refuse)? {
        if metadata.len() > ARCHIVE_FILE_LIMIT_BYTES {
            return Err(too_large(&label, ARCHIVE_FILE_LIMIT_BYTES));
        }
        let file = fs::File::open(path).map_err(refuse)?;
        let archive = Archive::open(BufReader::new(file), &label)?;
        return bring_folder(Embedded::new(archive), &label);
    }
    let parent = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    let parent = parent.map_or_else(|| PathBuf::from("."), Path::to_path_buf);
    let mut folder = Embedded::new(Disk::open(&parent, &label)?);
    let import = import_markdown(&mut folder, &label, &label)?;
    Ok(Brought::new(import, Box::new(folder), label))
}

/// Imports what a browser uploads: the files of one folder, a single Markdown file, or a ZIP.
///
/// # Errors
///
/// Says in one sentence why the files hold no codelab; see [`ImportReason`].
pub fn from_files(files: Vec<NamedFile>) -> Result<Import, ImportError> {
    brought(files).map(|brought| brought.import)
}

/// The same, with the files at hand that the codelab brings besides images.
///
/// # Errors
///
/// As [`from_files`].
pub fn brought(mut files: Vec<NamedFile>) -> Result<Brought, ImportError> {
    const UPLOAD: &str = "The upload";
    if files.len() > FILES_LIMIT {
        let reason = ImportReason::TooManyFiles { limit: FILES_LIMIT };
        return Err(ImportError::new(UPLOAD, reason));
    }
    let total = files
        .iter()
        .map(|file| file.bytes.len() as u64)
        .sum::<u64>();
    if total > TOTAL_LIMIT_BYTES {
        return Err(too_large(UPLOAD, TOTAL_LIMIT_BYTES));
    }
    if let [file] = files.as_mut_slice() {
        let name = file
            .name
            .rsplit(['/', '\\'])
            .next()
            .unwrap_or_default()
            .to_owned();
        let label = if name.is_empty() {
            UPLOAD.to_owned()
        } else {
            name
        };
        let bytes = std::mem::take(&mut file.bytes);
        if is_zip(&bytes) {
            let archive = Archive::open(io::Cursor::new(bytes), &label)?;
            return bring_folder(Embedded::new(archive), &label);
        }
        let mut file = Embedded::new(Memory::single(&label, bytes));
        let import = import_markdown(&mut file, &label, &label)?;
        return Ok(Brought::new(import, Box::new(file), label));
    }
    bring_folder(Embedded::new(Memory::new(UPLOAD, files)?), UPLOAD)
}

fn bring_folder<F>(mut folder: F, label: &str) -> Result<Brought, ImportError>
where
    F: Folder + Send + 'static,
{
    let (import, file) = import_folder(&mut folder, label)?;
    Ok(Brought::new(import, Box::new(folder), file))
}

/// The codelab of a folder, and its own file.
fn import_folder(folder: &mut dyn Folder, label: &str) -> Result<(Import, String), ImportError> {
    let all = folder.names()?;
    if let Some(name) = manifest::outermost(&all)
        && manifest::is_needed(folder, name, &all)?
    {
        return Ok((import_manifest(folder, name)?, name.clone()));
    }
    let name = choose::codelab(folder, label)?;
    let mut import = import_markdown(folder, &name, label)?;
    // What is beside it and cannot be read is left out in any case.
    let beside = discover::beside(folder, &name).unwrap_or_default();
    let left = discover::left_out(&name, &beside);
    import.diagnostics.splice(0..0, left);
    Ok((import, name))
}

/// Reads one Markdown file of a folder, then all it needs from there.
fn import_markdown(
    folder: &mut dyn Folder,
    name: &str,
    label: &str,
) -> Result<Import, ImportError> {
    let bytes = match folder.read(name, MARKDOWN_LIMIT_BYTES)? {
        Found::Bytes(bytes) => bytes,
        Found::TooLarge => return Err(too_large(name, MARKDOWN_LIMIT_BYTES)),
        Found::Missing => return Err(ImportError::new(label, ImportReason::NotFound)),
    };
    let text = source::decode(name, &bytes)?;
    let expanded = fragments::expand(folder, name, &text)?;
    assemble(folder, name, expanded, Vec::new())
}

/// Reads the codelab that a file of another tool describes.
fn import_manifest(folder: &mut dyn Folder, name: &str) -> Result<Import, ImportError> {
    let converted = manifest::convert(folder, name)?;
    import_converted(folder, name, converted)
}

fn import_converted(
    folder: &mut dyn Folder,
    name: &str,
    converted: Converted,
) -> Result<Import, ImportError> {
    let Converted {
        mut expanded,
        diagnostics,
        materials,
        past,
    } = converted;
    // What stood in JSON or HTML has its images still.
    let mut folder = Embedded::new(folder);
    expanded.text = folder.take_out(name, &expanded.text);
    if expanded.len_bytes() > MARKDOWN_LIMIT_BYTES {
        return Err(too_large(name, MARKDOWN_LIMIT_BYTES));
    }
    let mut import = assemble(&mut folder, name, expanded, diagnostics)?;
    import.materials.extend(materials);
    import.past = past.map(|converted| {
        let ConvertedPast {
            past,
            steps,
            behind,
        } = *converted;
        let before = import.codelab.steps.len().saturating_sub(steps + behind);
        Box::new(past.shifted(before))
    });
    Ok(import)
}

/// Reads the text as a codelab, and brings its images. The diagnostics are those of its author's
/// files already.
fn assemble(
    folder: &mut dyn Folder,
    name: &str,
    expanded: Expanded,
    before: Vec<Diagnostic>,
) -> Result<Import, ImportError> {
    let reading =
        steps::read_new(name, &expanded.text).map_err(|error| expanded.relocate_error(error))?;
    let Parsed {
        codelab,
        mut diagnostics,
    } = reading.parsed;
    let listed = bundle::listed(folder, name)?;
    let places = images::Places {
        listed: &listed.images,
        file_of: &|line| expanded.file_of(line).to_owned(),
        codelab: name,
    };
    let images = images::collect(folder, &places, &reading.references, &mut diagnostics)?;
    diagnostics.sort_by_key(|diagnostic| diagnostic.line);
    let lines = expanded.text.lines().collect::<Vec<_>>();
    for diagnostic in &mut diagnostics {
        diagnostic.find_column(&lines);
        diagnostic.take_excerpt(&lines);
        expanded.relocate(&mut diagnostic.file, &mut diagnostic.line);
    }
    drop(lines);
    fragments::explain(folder, &mut diagnostics)?;
    diagnostics.splice(0..0, before);
    diagnostics.extend(listed.remarks);
    Ok(Import {
        codelab,
        source: expanded.text,
        images,
        diagnostics,
        materials: listed.materials,
        past: None,
    })
}

fn too_large(file: &str, limit_bytes: u64) -> ImportError {
    ImportError::new(
        file,
        ImportReason::TooLarge {
            limit_mb: limit_bytes / MEGABYTE,
        },
    )
}

fn io_reason(error: &io::Error) -> ImportReason {
    if error.kind() == io::ErrorKind::NotFound {
        ImportReason::NotFound
    } else {
        ImportReason::Unreadable {
            detail: error.to_string(),
        }
    }
}

fn starts_like_zip(path: &Path) -> io::Result<bool> {
    let mut start = Vec::new();
    io::Read::read_to_end(&mut io::Read::take(fs::File::open(path)?, 4), &mut start)?;
    Ok(is_zip(&start))
}

/// Ordinary and empty archives.
fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

#[cfg(test)]
mod tests;
