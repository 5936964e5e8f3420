//! Which Markdown file of a folder is the codelab.

use super::{
    MARKDOWN_LIMIT_BYTES,
    folder::{Folder, Found},
};
use crate::{ImportError, ImportReason, source, steps};

/// More candidates than this are not opened to look for steps.
const CANDIDATES_LIMIT: usize = 50;

/// The codelab is looked for where the outermost Markdown files are: `index.md`, else
/// `codelab.md`, else the only file with steps. A README is one only when it is alone.
pub(super) fn codelab(folder: &mut dyn Folder, label: &str) -> Result<String, ImportError> {
    let mut candidates = folder.names()?;
    candidates.retain(|name| is_markdown(name));
    let depth = |name: &String| name.matches('/').count();
    let outermost = candidates.iter().map(depth).min();
    candidates.retain(|name| Some(depth(name)) == outermost);

    for stem in ["index", "codelab"] {
        let mut named = candidates.iter().filter(|name| stem_of(name) == stem);
        match (named.next(), named.next()) {
            (Some(name), None) => return Ok(name.clone()),
            (Some(_), Some(_)) => return Err(several(label, &candidates)),
            (None, _) => {}
        }
    }
    if candidates.len() > 1 {
        candidates.retain(|name| stem_of(name) != "readme");
    }
    if let [only] = candidates.as_slice() {
        return Ok(only.clone());
    }
    if candidates.is_empty() {
        return Err(ImportError::new(label, ImportReason::NoMarkdown));
    }
    let mut with_steps = Vec::new();
    for name in candidates.iter().take(CANDIDATES_LIMIT) {
        if has_steps(folder, name)? {
            with_steps.push(name);
        }
    }
    match with_steps.as_slice() {
        [only] if candidates.len() <= CANDIDATES_LIMIT => Ok((*only).clone()),
        _ => Err(several(label, &candidates)),
    }
}

fn several(label: &str, candidates: &[String]) -> ImportError {
    /// Enough names to recognise the folder by.
    const SHOWN: usize = 5;
    let mut names = candidates.iter().take(SHOWN).cloned().collect::<Vec<_>>();
    if candidates.len() > SHOWN {
        names.push("…".into());
    }
    ImportError::new(label, ImportReason::SeveralMarkdownFiles { names })
}

fn has_steps(folder: &mut dyn Folder, name: &str) -> Result<bool, ImportError> {
    let Found::Bytes(bytes) = folder.read(name, MARKDOWN_LIMIT_BYTES)? else {
        return Ok(false);
    };
    Ok(source::decode(name, &bytes)
        .and_then(|text| steps::parse(name, &text))
        .is_ok())
}

pub(super) fn is_markdown(name: &str) -> bool {
    let extension = name
        .rsplit_once('.')
        .map(|(_, extension)| extension.to_ascii_lowercase());
    matches!(extension.as_deref(), Some("md" | "markdown"))
}

/// The name up to its first dot, lower case: `index` for `steps/index.lab.md`.
pub(super) fn stem_of(name: &str) -> String {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.split('.').next().unwrap_or(file).to_lowercase()
}
