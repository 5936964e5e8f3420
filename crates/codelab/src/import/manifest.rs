//! Formats of other tools: a file that describes a codelab, and what lies beside it.
//!
//! Each is turned into one Markdown text of our dialect, with the file and line that each of its
//! lines comes from; from there on it is imported like any other.

use super::{
    MARKDOWN_LIMIT_BYTES, claat,
    expanded::Expanded,
    folder::{Folder, Found},
    names, open_codelabs, too_large,
};
use crate::{Diagnostic, ImportError, ImportReason, source};

/// A codelab of another tool as Markdown.
pub(super) struct Converted {
    pub(super) expanded: Expanded,
    /// What the conversion noticed, with the files and lines of the other tool.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// The names that such a file can have.
const NAMES: &[&str] = &["codelab.json", "codelab.yaml", "codelab.yml"];

/// Whether a file describes all codelabs of a platform.
pub(super) fn is_backup(name: &str) -> bool {
    file_of(name).eq_ignore_ascii_case("backup.json")
}

/// Whether a file describes a codelab of another tool.
pub(super) fn is_one(name: &str) -> bool {
    NAMES.contains(&file_of(name).to_lowercase().as_str())
}

/// The description that stands outermost in a folder, when there is exactly one.
pub(super) fn outermost(names: &[String]) -> Option<&String> {
    let depth = |name: &String| name.matches('/').count();
    let found = || names.iter().filter(|name| is_one(name));
    let least = found().map(depth).min()?;
    let mut outermost = found().filter(|name| depth(name) == least);
    let first = outermost.next();
    // Two in one folder are the same codelab written twice.
    let folder = first.map(|name| names::folder_of(name));
    outermost
        .all(|name| Some(names::folder_of(name)) == folder)
        .then_some(first)
        .flatten()
}

/// Reads the codelab that a file describes.
pub(super) fn convert(folder: &mut dyn Folder, name: &str) -> Result<Converted, ImportError> {
    let bytes = bytes(folder, name)?;
    let text = source::decode(name, &bytes)?;
    let damaged =
        |detail: String| ImportError::new(name, ImportReason::UnreadableManifest { detail });
    let value = if name.to_lowercase().ends_with(".json") {
        serde_json::from_str(&text).map_err(|error| damaged(error.to_string()))?
    } else {
        open_codelabs::yaml(&text).map_err(damaged)?
    };
    let beside = names::folder_of(name);
    let index = format!("{beside}index.html");
    let all = folder.names()?;
    let index = names::find(all.iter().map(String::as_str), &index);
    if value.get("steps").is_some_and(serde_json::Value::is_array) {
        open_codelabs::bundle(folder, name, &value)
    } else if let Some(index) = index {
        claat::convert(folder, name, index, &value)
    } else {
        open_codelabs::export(folder, name, &value)
    }
}

/// A whole file, or the refusal that names it.
pub(super) fn bytes(folder: &mut dyn Folder, name: &str) -> Result<Vec<u8>, ImportError> {
    match folder.read(name, MARKDOWN_LIMIT_BYTES)? {
        Found::Bytes(bytes) => Ok(bytes),
        Found::TooLarge => Err(too_large(name, MARKDOWN_LIMIT_BYTES)),
        Found::Missing => Err(ImportError::new(name, ImportReason::NotFound)),
    }
}

pub(super) fn file_of(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}
