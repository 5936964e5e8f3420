//! Formats of other tools: a file that describes a codelab, and what lies beside it.
//!
//! Each is turned into one Markdown text of our dialect, with the file and line that each of its
//! lines comes from; from there on it is imported like any other.

use super::{
    MARKDOWN_LIMIT_BYTES, Material, choose, claat,
    expanded::Expanded,
    folder::{Folder, Found},
    names, open_codelabs, too_large,
};
use crate::{Diagnostic, ImportError, ImportReason, past::Past, source};

/// A codelab of another tool as Markdown.
pub(super) struct Converted {
    pub(super) expanded: Expanded,
    /// What the conversion noticed, with the files and lines of the other tool.
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) materials: Vec<Material>,
    pub(super) past: Option<Box<ConvertedPast>>,
}

/// A past workshop on a codelab whose steps are not yet counted.
pub(super) struct ConvertedPast {
    pub(super) past: Past,
    /// The steps that it knows of.
    pub(super) steps: usize,
    /// Steps that were made behind these.
    pub(super) behind: usize,
}

impl Converted {
    pub(super) fn of(expanded: Expanded, diagnostics: Vec<Diagnostic>) -> Self {
        Self {
            expanded,
            diagnostics,
            materials: Vec::new(),
            past: None,
        }
    }
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

/// Whether the codelab that a file describes is in a form that only the file explains. The stock
/// tool also leaves its file beside Markdown, which then is the codelab.
pub(super) fn is_needed(
    folder: &mut dyn Folder,
    name: &str,
    all: &[String],
) -> Result<bool, ImportError> {
    let Ok(value) = value(folder, name)? else {
        // It says itself what is wrong with it.
        return Ok(true);
    };
    if has_steps(&value) {
        return Ok(true);
    }
    let is_there = |wanted: &str| names::find(all.iter().map(String::as_str), wanted).is_some();
    let beside = names::folder_of(name);
    let above = names::folder_of(beside.trim_end_matches('/'));
    let source = value.get("source").and_then(serde_json::Value::as_str);
    let source = source.filter(|source| choose::is_markdown(source));
    if source.is_some_and(|source| {
        is_there(&format!("{beside}{source}")) || is_there(&format!("{above}{source}"))
    }) {
        return Ok(false);
    }
    let of_stock_tool = value.get("format").is_some() && value.get("environment").is_some();
    Ok(!of_stock_tool || is_there(&format!("{beside}index.html")))
}

/// Reads the codelab that a file describes.
pub(super) fn convert(folder: &mut dyn Folder, name: &str) -> Result<Converted, ImportError> {
    let value = value(folder, name)??;
    let beside = names::folder_of(name);
    let index = format!("{beside}index.html");
    let all = folder.names()?;
    let index = names::find(all.iter().map(String::as_str), &index);
    if has_steps(&value) {
        open_codelabs::bundle(folder, name, &value)
    } else if let Some(index) = index {
        claat::convert(folder, name, index, &value)
    } else {
        open_codelabs::export(folder, name, &value)
    }
}

fn has_steps(value: &serde_json::Value) -> bool {
    value.get("steps").is_some_and(serde_json::Value::is_array)
}

/// What a file says; the inner refusal is about its text.
fn value(
    folder: &mut dyn Folder,
    name: &str,
) -> Result<Result<serde_json::Value, ImportError>, ImportError> {
    let bytes = match folder.read(name, MARKDOWN_LIMIT_BYTES)? {
        Found::Bytes(bytes) => bytes,
        Found::TooLarge => return Ok(Err(too_large(name, MARKDOWN_LIMIT_BYTES))),
        Found::Missing => return Ok(Err(ImportError::new(name, ImportReason::NotFound))),
    };
    let text = match source::decode(name, &bytes) {
        Ok(text) => text,
        Err(error) => return Ok(Err(error)),
    };
    let value = if name.to_lowercase().ends_with(".json") {
        serde_json::from_str(&text).map_err(|error| error.to_string())
    } else {
        open_codelabs::yaml(&text)
    };
    let damaged = |detail| ImportError::new(name, ImportReason::UnreadableManifest { detail });
    Ok(value.map_err(damaged))
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
