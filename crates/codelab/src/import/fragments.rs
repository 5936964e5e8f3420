//! `<<steps/setup.md>>` on a line of its own stands for that file's text.

use std::collections::HashMap;

use super::{
    MARKDOWN_LIMIT_BYTES,
    expanded::Expanded,
    folder::{Folder, Found},
    names, too_large,
};
use crate::{
    Diagnostic, DiagnosticCode, ImportError,
    lines::{self, Lines},
    markdown, source,
};

/// The file a line includes. The stock tools allow nothing else on the line; a comment is common.
pub(crate) fn name(line: &str) -> Option<&str> {
    let (name, rest) = line.strip_prefix("<<")?.split_once(">>")?;
    let rest = rest.trim();
    let is_comment = rest.starts_with("<!--") && rest.ends_with("-->");
    let is_name = !name.trim().is_empty() && !name.contains(['<', '>']);
    (is_name && (rest.is_empty() || is_comment)).then(|| name.trim())
}

/// Puts fragments in place, one level deep. Lines in code stay, and so do lines whose file is not
/// in the folder or is the one they stand in; reading the steps reports those, and [`explain`] says why.
pub(super) fn expand(
    folder: &mut dyn Folder,
    file: &str,
    text: &str,
) -> Result<Expanded, ImportError> {
    if !text.lines().any(|line| name(line).is_some()) {
        return Ok(Expanded::verbatim(file, text));
    }
    let mut expanded = Expanded::new(file);
    let verbatim = markdown::verbatim(text);
    for (index, (start, line)) in Lines::new(text).iter().enumerate() {
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let included = name(line).filter(|_| !lines::inside(&verbatim, start));
        match included
            .map(|included| read(folder, file, included))
            .transpose()?
            .flatten()
        {
            Some((fragment, text)) => {
                expanded.push_file(&fragment, &text);
            }
            None => expanded.push(line, number),
        }
        if expanded.len_bytes() > MARKDOWN_LIMIT_BYTES {
            return Err(too_large(file, MARKDOWN_LIMIT_BYTES));
        }
    }
    Ok(expanded.finish())
}

fn read(
    folder: &mut dyn Folder,
    from: &str,
    written: &str,
) -> Result<Option<(String, String)>, ImportError> {
    let Some(name) = names::resolve(from, written) else {
        return Ok(None);
    };
    // The file within itself would grow with every import of what was exported.
    if name.eq_ignore_ascii_case(from) {
        return Ok(None);
    }
    match folder.read(&name, MARKDOWN_LIMIT_BYTES)? {
        Found::Bytes(bytes) => {
            let text = source::decode(&name, &bytes)?;
            Ok(Some((name, text)))
        }
        Found::TooLarge => Err(too_large(&name, MARKDOWN_LIMIT_BYTES)),
        Found::Missing => Ok(None),
    }
}

/// Says of lines that are still there, by their files, whether it is because their file is not, or
/// because it cannot be put in there.
pub(super) fn explain(
    folder: &mut dyn Folder,
    remarks: &mut [Diagnostic],
) -> Result<(), ImportError> {
    let mut known = HashMap::new();
    for remark in remarks {
        if remark.code != DiagnosticCode::FragmentNotIncluded {
            continue;
        }
        let Some(name) = names::resolve(&remark.file, &remark.subject) else {
            continue;
        };
        let is_there = match known.get(&name) {
            Some(is_there) => *is_there,
            None => !matches!(folder.read(&name, MARKDOWN_LIMIT_BYTES)?, Found::Missing),
        };
        if is_there {
            remark.code = DiagnosticCode::FragmentNested;
        }
        known.insert(name, is_there);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn lines_that_include() {
        assert_eq!(name("<<a/b.md>>"), Some("a/b.md"));
        assert_eq!(name("<<a.md>> <!-- why -->"), Some("a.md"));
        for line in [
            " <<a.md>>",
            "<<>>",
            "<<a.md>> and more",
            "<<a.md>",
            "<<<a.md>>>",
        ] {
            assert_eq!(name(line), None, "{line}");
        }
    }
}
