//! Text that is being written here: no file, no folder, and pictures that are known already.

use std::collections::HashMap;

use crate::{
    Codelab, Diagnostic, DiagnosticCode, ImportError, ImportReason, Severity,
    import::{reference_names, references_inside},
    references::Reference,
    source,
    steps::{self, Parsed},
};

/// How remarks and refusals call the text.
pub const WRITTEN_FILE: &str = "codelab.md";

/// A text that was read as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The codelab.
    pub codelab: Codelab,
    /// The text, without byte order mark and with `\n` line ends.
    pub source: String,
    /// The known pictures that it shows, as it writes them; each once, in the order of the text.
    pub pictures: Vec<String>,
    /// What the author may want to know.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a text. Without a title of its own it keeps `title`; `knows` tells whether there is a
/// picture of a name.
///
/// # Errors
///
/// Refuses what an import refuses, with the line.
pub fn read_written(
    text: &str,
    title: &str,
    knows: &dyn Fn(&str) -> bool,
) -> Result<Written, ImportError> {
    let source = source::normalise(text);
    if let Some(line) = source.lines().position(|line| line.contains('\0')) {
        let line = u32::try_from(line + 1).unwrap_or(u32::MAX);
        return Err(ImportError::at(WRITTEN_FILE, line, ImportReason::Binary));
    }
    let reading = steps::read_new(WRITTEN_FILE, &source)?;
    let Parsed {
        mut codelab,
        mut diagnostics,
    } = reading.parsed;
    keep_title(&mut codelab, &mut diagnostics, title);

    let mut pictures: Vec<String> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for (reference, place) in reading.references {
        let Reference::Image(name) = reference else {
            continue;
        };
        if !seen.insert(name.clone()) {
            continue;
        }
        if knows(&name) {
            pictures.push(name);
            continue;
        }
        let code = if references_inside(&name) {
            DiagnosticCode::MissingImage
        } else {
            DiagnosticCode::ImageOutside
        };
        let remark = Diagnostic::of_file(WRITTEN_FILE, Severity::Warning, code, &name);
        diagnostics.push(remark.at(place));
    }
    let lines = source.lines().collect::<Vec<_>>();
    for diagnostic in &mut diagnostics {
        diagnostic.find_column(&lines);
    }
    diagnostics.sort_by_key(|diagnostic| diagnostic.line);
    Ok(Written {
        codelab,
        source,
        pictures,
        diagnostics,
    })
}

/// There is no file whose name could stand in for a title; the codelab has one already.
fn keep_title(codelab: &mut Codelab, diagnostics: &mut [Diagnostic], title: &str) {
    let stem = WRITTEN_FILE.trim_end_matches(".md");
    let remark = diagnostics
        .iter_mut()
        .find(|found| found.code == DiagnosticCode::NoTitle && found.subject == stem);
    if let Some(remark) = remark {
        title.clone_into(&mut remark.subject);
        title.clone_into(&mut codelab.metadata.title);
    }
}

/// What is known by the names that Markdown gives pictures, found as an import finds them: exactly
/// as written, else by what the name may mean (`./img/my%20cat.png` is `img/my cat.png`).
#[derive(Debug, Clone)]
pub struct Pictures<T> {
    exact: HashMap<String, T>,
    meant: HashMap<String, String>,
}

impl<T> Pictures<T> {
    /// Pictures by their names.
    pub fn new(pictures: impl IntoIterator<Item = (String, T)>) -> Self {
        let exact: HashMap<String, T> = pictures.into_iter().collect();
        let mut names: Vec<&String> = exact.keys().collect();
        // Of two that may be meant, the same one every time.
        names.sort_unstable();
        let mut meant = HashMap::new();
        for name in names {
            for key in reference_names(name) {
                meant.entry(key).or_insert_with(|| name.clone());
            }
        }
        Self { exact, meant }
    }

    /// The picture of a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&T> {
        self.exact.get(name).or_else(|| {
            let meant = reference_names(name);
            let known = meant.iter().find_map(|key| self.meant.get(key))?;
            self.exact.get(known)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Written {
        read_written(text, "Old title", &|name| name == "img/a.png").expect("a codelab")
    }

    #[test]
    fn what_is_written_is_read_like_an_import() {
        let text = "# T\r\n\r\n## S\r\n![a](img/a.png) ![b](b.png) ![c](../c.png) ![a](img/a.png)";
        let written = read(text);
        assert_eq!(written.codelab.metadata.title, "T");
        assert_eq!(written.source, text.replace("\r\n", "\n"));
        assert_eq!(written.pictures, ["img/a.png"]);
        let found: Vec<_> = written
            .diagnostics
            .iter()
            .map(|found| (found.code, found.line, found.subject.as_str()))
            .collect();
        let expected = [
            (DiagnosticCode::MissingImage, Some(4), "b.png"),
            (DiagnosticCode::ImageOutside, Some(4), "../c.png"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_codelab_keeps_its_title_when_the_text_has_none() {
        let written = read("## S\ntext");
        assert_eq!(written.codelab.metadata.title, "Old title");
        assert_eq!(written.diagnostics[0].code, DiagnosticCode::NoTitle);
        assert_eq!(written.diagnostics[0].subject, "Old title");
        assert_eq!(read("# codelab\n## S").codelab.metadata.title, "codelab");
    }

    #[test]
    fn what_is_no_codelab_is_refused_with_its_line() {
        let refused = |text: &str| {
            let error = read_written(text, "T", &|_| false).unwrap_err();
            (error.reason, error.line)
        };
        assert_eq!(refused(" \n"), (ImportReason::Empty, None));
        assert_eq!(refused("# T\n\ntext"), (ImportReason::NoSteps, Some(1)));
        assert_eq!(refused("# T\n## S\n\0"), (ImportReason::Binary, Some(3)));
    }

    #[test]
    fn a_picture_is_found_by_what_its_name_means() {
        let names = ["img/my cat.png", "./b.png", "c%20d.png"];
        let pictures = Pictures::new(names.map(|name| (name.to_owned(), name)));
        let found = |name| pictures.get(name).copied();
        assert_eq!(found("img/my cat.png"), Some("img/my cat.png"));
        assert_eq!(found("./img/my%20cat.png"), Some("img/my cat.png"));
        assert_eq!(found("b.png?raw=1"), Some("./b.png"));
        assert_eq!(found("c d.png"), Some("c%20d.png"));
        assert_eq!(found("d.png"), None);
    }
}
