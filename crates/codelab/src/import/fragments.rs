//! `<<steps/setup.md>>` on a line of its own stands for that file's text.

use super::{
    MARKDOWN_LIMIT_BYTES,
    folder::{Folder, Found},
    names, too_large,
};
use crate::{
    ImportError,
    lines::{self, Lines},
    markdown, source,
};

/// A text with its fragments in place, and where each of its lines comes from.
#[derive(Debug)]
pub(super) struct Expanded {
    pub(super) text: String,
    /// The file and line of each line; empty when nothing was included.
    origins: Vec<(usize, u32)>,
    files: Vec<String>,
}

/// The file a line includes. The stock tools allow nothing else on the line; a comment is common.
pub(crate) fn name(line: &str) -> Option<&str> {
    let (name, rest) = line.strip_prefix("<<")?.split_once(">>")?;
    let rest = rest.trim();
    let is_comment = rest.starts_with("<!--") && rest.ends_with("-->");
    let is_name = !name.trim().is_empty() && !name.contains(['<', '>']);
    (is_name && (rest.is_empty() || is_comment)).then(|| name.trim())
}

/// Puts fragments in place, one level deep. Lines in code stay, and so do lines whose file is not
/// in the folder; reading the steps reports those.
pub(super) fn expand(
    folder: &mut dyn Folder,
    file: &str,
    text: &str,
) -> Result<Expanded, ImportError> {
    let mut expanded = Expanded {
        text: String::new(),
        origins: Vec::new(),
        files: vec![file.to_owned()],
    };
    if !text.lines().any(|line| name(line).is_some()) {
        text.clone_into(&mut expanded.text);
        return Ok(expanded);
    }
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
                expanded.files.push(fragment);
                let file = expanded.files.len() - 1;
                for (number, line) in (1..).zip(text.lines()) {
                    expanded.push(line, (file, number));
                }
            }
            None => expanded.push(line, (0, number)),
        }
        if expanded.text.len() as u64 > MARKDOWN_LIMIT_BYTES {
            return Err(too_large(file, MARKDOWN_LIMIT_BYTES));
        }
    }
    // Lines are counted between breaks, so the last one got a break too many.
    expanded.text.pop();
    Ok(expanded)
}

fn read(
    folder: &mut dyn Folder,
    from: &str,
    written: &str,
) -> Result<Option<(String, String)>, ImportError> {
    let Some(name) = names::resolve(from, written) else {
        return Ok(None);
    };
    match folder.read(&name, MARKDOWN_LIMIT_BYTES)? {
        Found::Bytes(bytes) => {
            let text = source::decode(&name, &bytes)?;
            Ok(Some((name, text)))
        }
        Found::TooLarge => Err(too_large(&name, MARKDOWN_LIMIT_BYTES)),
        Found::Missing => Ok(None),
    }
}

impl Expanded {
    fn push(&mut self, line: &str, origin: (usize, u32)) {
        self.text.push_str(line);
        self.text.push('\n');
        self.origins.push(origin);
    }

    /// Turns a line of the expanded text into the author's file and line.
    pub(super) fn relocate(&self, file: &mut String, line: &mut Option<u32>) {
        let index = line.and_then(|line| usize::try_from(line).ok()?.checked_sub(1));
        let origin = index.and_then(|index| self.origins.get(index));
        if let Some((origin, number)) = origin {
            self.files[*origin].clone_into(file);
            *line = Some(*number);
        }
    }

    pub(super) fn relocate_error(&self, mut error: ImportError) -> ImportError {
        self.relocate(&mut error.file, &mut error.line);
        error
    }
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
