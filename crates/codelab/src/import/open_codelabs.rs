//! The formats of the web platform Open Codelabs: its export, the bundle that its command line
//! tool makes, and its backup.

mod backup;
mod draft;
mod fields;
mod labels;
mod materials;
mod past;
mod quiz;
mod yaml;

use serde_json::Value;

use super::{
    folder::{Folder, Found},
    manifest::{self, Converted},
    names,
};
use crate::{
    DiagnosticCode, ImportError, ImportReason, Severity, import::MARKDOWN_LIMIT_BYTES, source,
};
pub(super) use backup::Backup;
use draft::{Draft, StepText};
use fields::Fields;

/// Reads YAML as the values of JSON; says why it cannot.
pub(super) fn yaml(text: &str) -> Result<Value, String> {
    yaml::read(text)
}

/// Reads an export: `codelab.json` with a file for each step beside it.
pub(super) fn export(
    folder: &mut dyn Folder,
    name: &str,
    value: &Value,
) -> Result<Converted, ImportError> {
    let beside = names::folder_of(name).to_owned();
    let mut steps = Vec::new();
    for file in folder.names()? {
        let Some(rest) = file.strip_prefix(&beside) else {
            continue;
        };
        let Some((number, title)) = step_file(rest) else {
            continue;
        };
        let text = source::decode(&file, &manifest::bytes(folder, &file)?)?;
        steps.push(StepText {
            title,
            number,
            file,
            text,
        });
    }
    steps.sort_by_key(|step| step.number);
    let guide = guide(folder, &beside)?;
    let fields = Fields(value);
    let draft = Draft {
        manifest: name,
        fields,
        guide: fields
            .whole_text("guide_markdown")
            .map(|text| {
                (
                    name_of_guide(guide.as_ref(), name),
                    source::normalise(&text),
                )
            })
            .or(guide),
        steps,
        quizzes: fields.rows("quizzes"),
        diagnostics: Vec::new(),
    };
    let mut converted = with_steps(draft)?;
    take_materials(folder, name, fields, &mut converted)?;
    Ok(converted)
}

/// Reads a bundle: a manifest that names the file of each step.
pub(super) fn bundle(
    folder: &mut dyn Folder,
    name: &str,
    value: &Value,
) -> Result<Converted, ImportError> {
    let fields = Fields(value);
    let mut draft = Draft {
        manifest: name,
        fields,
        guide: None,
        steps: Vec::new(),
        quizzes: fields.rows("quizzes"),
        diagnostics: Vec::new(),
    };
    for (number, row) in (1..).zip(fields.rows("steps")) {
        let fields = Fields(row);
        let title = fields.text("title").unwrap_or_default();
        let inline = fields.text("content_markdown");
        let file = fields.text("file");
        let found = match (&file, inline) {
            (Some(file), _) => beside(folder, name, file)?,
            (None, inline) => inline.map(|text| (name.to_owned(), text)),
        };
        let Some((file, text)) = found else {
            let named = file.unwrap_or(title);
            draft.remark(Severity::Error, DiagnosticCode::StepNotFound, &named);
            continue;
        };
        draft.steps.push(StepText {
            title,
            number,
            file,
            text,
        });
    }
    if let Some(guide) = fields.text("guide_markdown") {
        draft.guide = beside(folder, name, &guide)?;
        if draft.guide.is_none() && guide.contains(char::is_whitespace) {
            // Older tools put the guide itself there.
            draft.guide = Some((name.to_owned(), source::normalise(&guide)));
        } else if draft.guide.is_none() {
            draft.remark(Severity::Error, DiagnosticCode::StepNotFound, &guide);
        }
    }
    let mut converted = with_steps(draft)?;
    take_materials(folder, name, fields, &mut converted)?;
    Ok(converted)
}

fn take_materials(
    folder: &mut dyn Folder,
    manifest: &str,
    fields: Fields<'_>,
    converted: &mut Converted,
) -> Result<(), ImportError> {
    let rows = fields.rows("materials");
    if rows.is_empty() {
        return Ok(());
    }
    let all = folder.names()?;
    let has = |wanted: &str| names::find(all.iter().map(String::as_str), wanted).is_some();
    let (taken, remarks) = materials::read(manifest, rows, &has);
    converted.materials = taken;
    converted.diagnostics.extend(remarks);
    Ok(())
}

fn with_steps(mut draft: Draft<'_>) -> Result<Converted, ImportError> {
    if draft.steps.is_empty() {
        // A guide without steps is what there is to read.
        let Some((file, text)) = draft.guide.take() else {
            let reason = ImportReason::NoStepFiles;
            return Err(ImportError::new(draft.manifest, reason));
        };
        draft.steps.push(StepText {
            title: String::new(),
            number: 1,
            file,
            text,
        });
    }
    Ok(draft.write())
}

/// The number and title in `step_03_First_run.md` or `step_3.md`.
fn step_file(name: &str) -> Option<(i64, String)> {
    let lower = name.to_ascii_lowercase();
    if !lower.starts_with("step_") || name.contains('/') {
        return None;
    }
    let stem = name.get("step_".len()..lower.strip_suffix(".md")?.len())?;
    let (number, title) = stem.split_once('_').unwrap_or((stem, ""));
    let number = number.parse().ok()?;
    let title = escape_title(title);
    Some((number, title))
}

/// The words of a file's name; what was lost in it is not guessed.
fn escape_title(name: &str) -> String {
    let title = crate::escape::one_line(&name.replace('_', " "));
    let says_something = title.chars().any(char::is_alphanumeric);
    if says_something && !title.eq_ignore_ascii_case("step") {
        title
    } else {
        String::new()
    }
}

fn guide(folder: &mut dyn Folder, beside: &str) -> Result<Option<(String, String)>, ImportError> {
    let name = format!("{beside}preparation_guide.md");
    let Found::Bytes(bytes) = folder.read(&name, MARKDOWN_LIMIT_BYTES)? else {
        return Ok(None);
    };
    let text = source::decode(&name, &bytes);
    // An empty guide is written as an empty file.
    Ok(text
        .ok()
        .filter(|text| !text.trim().is_empty())
        .map(|text| (name, text)))
}

/// The guide stands in the manifest and in a file; remarks are better about the file.
fn name_of_guide(guide: Option<&(String, String)>, manifest: &str) -> String {
    guide.map_or_else(|| manifest.to_owned(), |(name, _)| name.clone())
}

/// A text file that a manifest names, within the manifest's folder.
fn beside(
    folder: &mut dyn Folder,
    manifest: &str,
    file: &str,
) -> Result<Option<(String, String)>, ImportError> {
    let Some(name) = names::resolve(manifest, file) else {
        return Ok(None);
    };
    match folder.read(&name, MARKDOWN_LIMIT_BYTES)? {
        Found::Bytes(bytes) => {
            let text = source::decode(&name, &bytes)?;
            Ok(Some((name, text)))
        }
        Found::TooLarge => Err(super::too_large(&name, MARKDOWN_LIMIT_BYTES)),
        Found::Missing => Ok(None),
    }
}

#[cfg(test)]
mod tests;
