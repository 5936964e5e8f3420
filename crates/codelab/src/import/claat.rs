//! What the stock tools export for their web site — `codelab.json`, `index.html`, `img/` — back
//! into Markdown that can be edited.

mod blocks;
mod header;
mod inline;
mod lists;
mod parse;
mod tables;

use scraper::ElementRef;
use serde_json::Value;

use super::{
    expanded::Expanded,
    folder::Folder,
    manifest::{self, Converted},
};
use crate::{Diagnostic, DiagnosticCode, ImportError, ImportReason, Severity, escape, source};
use blocks::Writer;

/// Reads the exported page; `value` is what `codelab.json` says.
pub(super) fn convert(
    folder: &mut dyn Folder,
    name: &str,
    index: &str,
    value: &Value,
) -> Result<Converted, ImportError> {
    let html = source::decode(index, &manifest::bytes(folder, index)?)?;
    let (expanded, left) = page(index, &html, value).map_err(|reason| {
        let file = if reason == ImportReason::NoStepFiles {
            name
        } else {
            index
        };
        ImportError::new(file, reason)
    })?;
    let remark = |subject: &String| {
        let code = DiagnosticCode::ForeignMarkup;
        Diagnostic::of_file(index, Severity::Warning, code, subject)
    };
    Ok(Converted::of(expanded, left.iter().map(remark).collect()))
}

/// The page as Markdown, and the markup that Markdown cannot say.
fn page(index: &str, html: &str, value: &Value) -> Result<(Expanded, Vec<String>), ImportReason> {
    let document = parse::document(html).ok_or_else(|| {
        let detail = "its tags are nested without end".to_owned();
        ImportReason::UnreadableManifest { detail }
    })?;
    let named = |wanted: &'static str| {
        let elements = document.root_element().descendent_elements();
        elements.filter(move |element| element.value().name() == wanted)
    };
    let mut out = Expanded::new(index);
    let root = named("google-codelab").next();
    header::write(value, root, &mut out);
    let mut writer = Writer::default();
    let mut steps = 0_usize;
    for step in named("google-codelab-step") {
        steps += 1;
        write_step(step, steps, &mut writer, &mut out);
    }
    if steps == 0 {
        return Err(ImportReason::NoStepFiles);
    }
    Ok((out.finish(), writer.into_left()))
}

fn write_step(step: ElementRef<'_>, number: usize, writer: &mut Writer, out: &mut Expanded) {
    let label = step.attr("label").map(escape::one_line).unwrap_or_default();
    let title = if label.is_empty() {
        format!("Step {number}")
    } else {
        label
    };
    out.push_made(&format!("## {}", escape::heading(&title)));
    let minutes = step.attr("duration").and_then(minutes);
    if let Some(minutes) = minutes.filter(|minutes| *minutes > 0) {
        out.push_made(&format!("Duration: {minutes}"));
    }
    out.push_made("");
    let body = writer.body(step);
    if !body.is_empty() {
        out.push_made(&body);
        out.push_made("");
    }
}

/// Minutes, as the tools write them today; before they wrote a time with its unit.
fn minutes(written: &str) -> Option<u32> {
    let digits = written
        .trim()
        .trim_end_matches(|c: char| !c.is_ascii_digit());
    digits.parse().ok()
}

#[cfg(test)]
mod tests;
