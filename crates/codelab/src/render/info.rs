//! The line behind a fence: its language, and attributes in braces.
//!
//! ````text
//! ```python {file="main.py" lines start=10 mark="2,4-6" diff run}
//! ````
//!
//! | attribute | means |
//! |---|---|
//! | `file="main.py"` | the file that the code belongs to, shown above it |
//! | `lines`, `start=10` | numbered lines, from 1 or from what `start` says |
//! | `mark="2,4-6"`, or only `2,4-6` | highlighted lines, counted from the block's first line |
//! | `diff` | every line begins with `+`, `-` or a space |
//! | `run` | meant to be run |
//! | `check`, `type` | for checks and polls |

use std::ops::RangeInclusive;

/// Attributes that mean something to other parts of the product.
const KNOWN_ELSEWHERE: &[&str] = &["check"];

/// What the line behind a fence says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Info {
    pub(crate) language: String,
    pub(super) file: Option<String>,
    pub(super) run: bool,
    /// The number of the first line, where lines are numbered.
    pub(super) first_line: Option<u32>,
    /// Highlighted lines, counted from 1.
    pub(super) marks: Vec<RangeInclusive<u32>>,
    /// The lines begin with `+`, `-` or a space.
    pub(super) diff: bool,
    /// What kind of poll it is, as written.
    pub(crate) poll_type: Option<String>,
    /// Attributes that mean nothing to us.
    pub(crate) unknown: Vec<String>,
}

impl Info {
    pub(crate) fn read(line: &str) -> Self {
        let (words, attributes) = match line.split_once('{') {
            Some((words, attributes)) => (
                words,
                attributes
                    .rsplit_once('}')
                    .map_or(attributes, |(inner, _)| inner),
            ),
            None => (line, ""),
        };
        let language = words.split([' ', '\t', ',']).find(|word| !word.is_empty());
        let language = language.unwrap_or_default().to_lowercase();
        // Exports of the stock tools write the class of the page instead of the language.
        let language = language.strip_prefix("language-").unwrap_or(&language);
        let mut info = Self {
            language: language
                .chars()
                .filter(|c| c.is_ascii_alphanumeric() || "+#-._".contains(*c))
                .collect(),
            ..Self::default()
        };
        for (key, value) in self::attributes(attributes) {
            info.take(key, value);
        }
        info.diff |= info.language == "diff";
        info
    }

    fn take(&mut self, key: &str, value: &str) {
        match key {
            "file" if !value.is_empty() => self.file = Some(value.to_owned()),
            "run" => self.run = value != "false",
            "type" => self.poll_type = Some(value.to_owned()),
            "diff" => self.diff = value != "false",
            "lines" => self.first_line = (value != "false").then_some(self.first_line.unwrap_or(1)),
            "start" => match value.parse() {
                Ok(first) => self.first_line = Some(first),
                Err(_) => self.unknown.push(format!("{key}={value}")),
            },
            "mark" => match marks(value) {
                Some(marks) => self.marks = marks,
                None => self.unknown.push(format!("{key}={value}")),
            },
            _ => match marks(key).filter(|_| value.is_empty()) {
                Some(marks) => self.marks.extend(marks),
                None if KNOWN_ELSEWHERE.contains(&key) => {}
                None => self.unknown.push(key.to_owned()),
            },
        }
    }

    /// Whether the block's lines differ in more than their words.
    pub(super) fn has_lines(&self) -> bool {
        self.diff || self.first_line.is_some() || !self.marks.is_empty()
    }

    pub(super) fn is_marked(&self, line: u32) -> bool {
        self.marks.iter().any(|marks| marks.contains(&line))
    }
}

/// `2,4-6`: lines and ranges of lines.
fn marks(value: &str) -> Option<Vec<RangeInclusive<u32>>> {
    let range = |part: &str| {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        Some(first.trim().parse().ok()?..=last.trim().parse().ok()?)
    };
    value.split(',').map(range).collect()
}

/// `key`, `key=value` and `key="a value"`, in order.
fn attributes(text: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let key_end = rest
            .find(|c: char| c.is_whitespace() || c == '=')
            .unwrap_or(rest.len());
        let (key, behind) = rest.split_at(key_end);
        let (value, behind) = match behind.strip_prefix('=') {
            None => ("", behind),
            Some(value) => match value.strip_prefix('"') {
                Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
                None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
            },
        };
        found.push((key, value));
        rest = behind.trim_start();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_in_every_spelling() {
        let language = |line| Info::read(line).language;
        assert_eq!(language("Python"), "python");
        assert_eq!(language("shell script"), "shell");
        assert_eq!(language(" language-go"), "go");
        assert_eq!(language("c++"), "c++");
        assert_eq!(language("rust,ignore"), "rust");
        assert_eq!(language("{run}"), "");
        assert_eq!(language("a\"><b>"), "ab");
    }

    #[test]
    fn attributes_behind_the_language() {
        let info = Info::read("python {run check=\"a } b\" file=\"my main.py\"}");
        assert!(info.run && info.unknown.is_empty() && !info.has_lines());
        assert_eq!(info.file.as_deref(), Some("my main.py"));
        assert!(!Info::read("js {run=false file=\"\"").run);
    }

    #[test]
    fn lines_are_numbered_and_marked() {
        assert_eq!(Info::read("js {lines}").first_line, Some(1));
        assert_eq!(Info::read("js {lines start=10}").first_line, Some(10));
        assert_eq!(Info::read("js {start=10 lines}").first_line, Some(10));
        assert_eq!(Info::read("js {lines=false}").first_line, None);
        let marked = |line: &str| {
            let info = Info::read(line);
            (1..8)
                .filter(|line| info.is_marked(*line))
                .collect::<Vec<_>>()
        };
        assert_eq!(marked("js {mark=\"2,4-6\"}"), [2, 4, 5, 6]);
        assert_eq!(marked("js {1,3-4}"), [1, 3, 4]);
        assert!(Info::read("diff").diff && Info::read("go {diff}").diff);
    }

    #[test]
    fn what_means_nothing_is_remembered() {
        let unknown = |line: &str| Info::read(line).unknown;
        assert_eq!(unknown("python {colour=red wrap}"), ["colour", "wrap"]);
        assert_eq!(
            unknown("python {start=ten mark=all}"),
            ["start=ten", "mark=all"]
        );
    }
}
