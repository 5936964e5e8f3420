//! Names of files inside a folder: what may be one, and where a reference leads.

use std::collections::HashSet;

use crate::{ImportError, ImportReason};

/// Collects the names of one archive or upload and refuses bad ones.
#[derive(Debug)]
pub struct Names<'a> {
    label: &'a str,
    /// In lower case, because two systems of three do not tell capitals apart.
    seen: HashSet<String>,
}

impl<'a> Names<'a> {
    /// None yet; `label` is what refusals call the archive or upload.
    #[must_use]
    pub fn new(label: &'a str) -> Self {
        Self {
            label,
            seen: HashSet::new(),
        }
    }

    /// The name in its plain form, or `None` for a file that systems leave behind.
    ///
    /// # Errors
    ///
    /// Refuses a name that leads out, and one that is another's on some systems.
    pub fn add(&mut self, written: &str) -> Result<Option<String>, ImportError> {
        let Some(name) = plain(written) else {
            let reason = ImportReason::UnsafeName {
                name: written.to_owned(),
            };
            return Err(ImportError::new(self.label, reason));
        };
        if is_hidden(&name) {
            return Ok(None);
        }
        if !self.seen.insert(name.to_lowercase()) {
            return Err(ImportError::new(
                self.label,
                ImportReason::DuplicateName { name },
            ));
        }
        Ok(Some(name))
    }
}

/// `a/b.png` from `./a//b.png` and `a\b.png`; `None` when it leads out or cannot be a name.
fn plain(written: &str) -> Option<String> {
    let slashed = written.replace('\\', "/");
    let is_absolute = slashed.starts_with('/') || slashed.as_bytes().get(1) == Some(&b':');
    if is_absolute || slashed.contains(char::is_control) {
        return None;
    }
    let parts = slashed
        .split('/')
        .filter(|part| !part.is_empty() && *part != ".");
    let parts = parts.collect::<Vec<_>>();
    (!parts.is_empty() && !parts.contains(&"..")).then(|| parts.join("/"))
}

/// Whether an archive may hold a file of this name, and the import takes it from there.
pub(super) fn is_usable(name: &str) -> bool {
    plain(name).is_some_and(|plain| plain == name) && !is_hidden(name)
}

/// Dot files and what macOS adds to archives.
pub(super) fn is_hidden(name: &str) -> bool {
    name.split('/')
        .any(|part| part.starts_with('.') || part == "__MACOSX")
}

/// The one folder that all names are in, with its slash; empty when there is none.
pub(super) fn common_folder<'a>(mut names: impl Iterator<Item = &'a str>) -> &'a str {
    let Some(first) = names.next() else { return "" };
    let Some(slash) = first.find('/') else {
        return "";
    };
    let folder = &first[..=slash];
    if names.all(|name| name.starts_with(folder)) {
        folder
    } else {
        ""
    }
}

/// The name that differs from the wanted one at most in capitals.
pub(super) fn find<'a>(mut names: impl Iterator<Item = &'a str>, wanted: &str) -> Option<&'a str> {
    let wanted = wanted.to_lowercase();
    names.find(|name| name.to_lowercase() == wanted)
}

/// The folder of a file, with its slash.
pub(super) fn folder_of(name: &str) -> &str {
    name.rfind('/').map_or("", |slash| &name[..=slash])
}

/// Follows a reference from a file's folder; `None` when it leads out of that folder.
pub(super) fn resolve(from: &str, reference: &str) -> Option<String> {
    let path = reference.replace('\\', "/");
    if path.starts_with('/') || path.as_bytes().get(1) == Some(&b':') || path.contains('\0') {
        return None;
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| format!("{}{}", folder_of(from), parts.join("/")))
}

/// The ways a reference may be meant: as written, decoded, without query and fragment.
pub(super) fn readings(reference: &str) -> Vec<String> {
    let bare = reference.split(['?', '#']).next().unwrap_or(reference);
    let mut readings = Vec::new();
    for reading in [reference.to_owned(), decode(reference), decode(bare)] {
        if !readings.contains(&reading) {
            readings.push(reading);
        }
    }
    readings
}

/// The files that a reference from the top folder may mean.
pub(crate) fn meanings(reference: &str) -> Vec<String> {
    let readings = readings(reference);
    let names = readings.iter().filter_map(|reading| resolve("", reading));
    names.collect()
}

/// Whether a reference from the top folder leads to a file in it.
pub(crate) fn is_inside(reference: &str) -> bool {
    !meanings(reference).is_empty()
}

/// Resolves `%20` and its like; what is no UTF-8 then stays as it was.
pub(crate) fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, behind @ ..] = rest {
        let hex = behind.get(..2).filter(|_| *first == b'%');
        let value = hex
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .filter(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(value.unwrap_or(*first));
        rest = &behind[if value.is_some() { 2 } else { 0 }..];
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_inside() {
        assert_eq!(plain("a/./b//c.md").as_deref(), Some("a/b/c.md"));
        assert_eq!(plain("a\\b.md").as_deref(), Some("a/b.md"));
        for name in [
            "",
            "/",
            "/etc/passwd",
            "../a",
            "a/../../b",
            "a\\..\\b",
            "C:\\a",
            "a\0b",
            ".",
        ] {
            assert_eq!(plain(name), None, "{name:?}");
        }
    }

    #[test]
    fn the_folder_around_everything() {
        let common = |names: &[&'static str]| common_folder(names.iter().copied());
        assert_eq!(common(&["x/a", "x/b/c"]), "x/");
        assert_eq!(common(&["x/a", "xy/b"]), "");
        assert_eq!(common(&["a", "x/b"]), "");
        assert_eq!(common(&[]), "");
    }

    #[test]
    fn references_are_followed_from_their_file() {
        assert_eq!(
            resolve("steps/index.md", "./img/../a.png").as_deref(),
            Some("steps/a.png")
        );
        for reference in [
            "../a.png",
            "/a.png",
            "img/../../a.png",
            "C:/a.png",
            "..\\a",
            "",
            ".",
        ] {
            assert_eq!(resolve("steps/index.md", reference), None, "{reference}");
        }
    }

    #[test]
    fn references_are_read_generously() {
        assert_eq!(
            readings("my%20a.png?raw=1"),
            ["my%20a.png?raw=1", "my a.png?raw=1", "my a.png"]
        );
        assert_eq!(readings("100%.png"), ["100%.png"]);
        assert_eq!(decode("%FF%zz%"), "%FF%zz%");
    }
}
