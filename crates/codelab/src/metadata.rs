//! The header: `key: value` lines in a paragraph, in front matter, or in both.

use std::collections::BTreeMap;

use domain::workshop::Requirement;

use crate::{markdown, markup};

/// What a codelab's header says about it.
///
/// Unlike the stock tools this keeps values behind an address (`feedback link: <https://…>`),
/// reads a header that is split over several paragraphs, and takes `author` for `authors`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The author's own identifier; may contain spaces.
    pub id: Option<String>,
    /// The title as plain text, never empty.
    pub title: String,
    /// One sentence or more about the codelab.
    pub summary: Option<String>,
    /// Who wrote it, as written.
    pub authors: Option<String>,
    /// Lower case and without spaces, each once, in the order written.
    pub categories: Vec<String>,
    /// Tags and environments: lower case and without spaces, sorted.
    pub tags: Vec<String>,
    /// For example `published` or `draft`.
    pub status: Vec<String>,
    /// Where readers may send their thoughts.
    pub feedback_link: Option<String>,
    /// The language of the text, as the author names it (`en`, `fr`).
    pub language: Option<String>,
    /// What it takes to complete the codelab beside all steps; each once, in order.
    pub required: Vec<Requirement>,
    /// Every other key, in `snake_case`.
    pub extra: BTreeMap<String, String>,
}

/// Keys that make a paragraph a header.
const KNOWN_KEYS: &[&str] = &[
    "id",
    "title",
    "summary",
    "author",
    "authors",
    "category",
    "categories",
    "environment",
    "environments",
    "tags",
    "status",
    "feedback_link",
    "analytics_account",
    "analytics_ga4_account",
    "source",
    "duration",
    "language",
    "lang",
    "home_url",
    "required",
];

/// Longer words before a colon are prose, not a key.
const LONGEST_KEY: usize = 40;

/// The header's entries while they are being collected. The first value of a key stays.
#[derive(Debug, Default)]
pub(crate) struct Header(BTreeMap<String, String>);

impl Header {
    /// Reads lines that are known to be a header. Lines without a key go on with the value before.
    pub(crate) fn read<'a>(&mut self, lines: impl IntoIterator<Item = &'a str>) {
        let mut current: Option<(String, String)> = None;
        for line in lines {
            let trimmed = line.trim();
            if trimmed.is_empty() || trimmed.starts_with('#') {
                continue;
            }
            let nested = line.starts_with([' ', '\t']) && current.is_some();
            match entry(trimmed).filter(|_| !nested) {
                Some((key, value)) => {
                    self.keep(current.replace((key, value.to_owned())));
                }
                None => {
                    if let Some((_, value)) = &mut current {
                        continue_value(value, trimmed);
                    }
                }
            }
        }
        self.keep(current);
    }

    /// Whether anything was read.
    pub(crate) fn has_entries(&self) -> bool {
        !self.0.is_empty()
    }

    fn keep(&mut self, entry: Option<(String, String)>) {
        let Some((key, value)) = entry else { return };
        let value = unquote(value.trim());
        if !value.is_empty() {
            self.0.entry(key).or_insert_with(|| value.to_owned());
        }
    }

    /// The header as metadata; the title is the caller's to fill unless the header has one.
    pub(crate) fn into_metadata(self) -> Metadata {
        let mut entries = self.0;
        let mut take = |keys: &[&str]| {
            let values = keys
                .iter()
                .filter_map(|key| entries.remove(*key))
                .collect::<Vec<_>>();
            values.into_iter().next()
        };
        let text = |value: Option<String>| {
            value
                .map(|value| markdown::typeset_text(&value))
                .filter(|value| !value.is_empty())
        };
        let id = take(&["id"]);
        let title = text(take(&["title"])).unwrap_or_default();
        let summary = text(take(&["summary"]));
        let authors = text(take(&["authors", "author"]).map(|value| names(&value)));
        let categories = list(take(&["categories", "category"]));
        let mut tags = list(take(&["tags"]));
        tags.extend(list(take(&["environments", "environment"])));
        tags.sort();
        tags.dedup();
        let status = list(take(&["status"]));
        let feedback_link = take(&["feedback_link"]).map(|value| address(&value));
        let language = take(&["language", "lang"]);
        let required = required(&mut entries);
        // The steps say how long they take; their sum is the duration.
        entries.remove("duration");
        Metadata {
            id,
            title,
            summary,
            authors,
            categories,
            tags,
            status,
            feedback_link,
            language,
            required,
            extra: entries,
        }
    }
}

/// Whether a paragraph is a header: its first line is an entry, and one of its keys is known.
pub(crate) fn is_header(paragraph: &str) -> bool {
    let mut lines = paragraph.lines().map(str::trim);
    lines
        .clone()
        .next()
        .is_some_and(|first| entry(first).is_some())
        && lines.any(|line| entry(line).is_some_and(|(key, _)| is_known(&key)))
}

fn is_known(key: &str) -> bool {
    KNOWN_KEYS.contains(&key)
}

/// Splits `Feedback Link: x` into `feedback_link` and `x`.
fn entry(line: &str) -> Option<(String, &str)> {
    let (key, value) = line.split_once(':')?;
    let words = key.split(|c: char| c.is_whitespace() || c == '_' || c == '-');
    let key = words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join("_");
    let is_key = !key.is_empty()
        && key.len() <= LONGEST_KEY
        && key.chars().all(|c| c.is_alphanumeric() || c == '_');
    // `see https://…` is prose: a key that we do not know needs a space behind its colon.
    let apart = value.is_empty() || value.starts_with([' ', '\t']) || is_known(&key);
    (is_key && apart).then_some((key, value))
}

/// Front matter may fold a value over indented lines or write it as a list of `- item` lines.
fn continue_value(value: &mut String, line: &str) {
    if matches!(value.trim(), ">" | "|" | ">-" | "|-") {
        value.clear();
    }
    let item = line.strip_prefix("- ");
    if !value.trim().is_empty() {
        value.push_str(if item.is_some() { ", " } else { " " });
    }
    value.push_str(item.unwrap_or(line));
}

fn unquote(value: &str) -> &str {
    for quote in ['"', '\''] {
        let inner = value
            .strip_prefix(quote)
            .and_then(|value| value.strip_suffix(quote));
        if let Some(inner) = inner.filter(|inner| !inner.contains(quote)) {
            return inner.trim();
        }
    }
    value
}

/// `[a, b]` and `a, b`; exports of old tools write `['a', u'b']`.
fn items(value: &str) -> impl Iterator<Item = &str> {
    let inner = value
        .trim()
        .strip_prefix('[')
        .and_then(|value| value.strip_suffix(']'));
    inner.unwrap_or(value).split(',').map(|item| {
        let item = item.trim();
        let python = item
            .strip_prefix('u')
            .filter(|rest| rest.starts_with(['\'', '"']));
        unquote(python.unwrap_or(item))
    })
}

fn list(value: Option<String>) -> Vec<String> {
    let mut list = Vec::new();
    for item in items(&value.unwrap_or_default()) {
        let item = item
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect::<String>()
            .to_lowercase();
        if !item.is_empty() && !list.contains(&item) {
            list.push(item);
        }
    }
    list
}

/// `required: quiz, feedback`, or, as the web platform says it, `require quiz: true`. What says
/// something else stays among the other keys.
fn required(entries: &mut BTreeMap<String, String>) -> Vec<Requirement> {
    let words = list(entries.get("required").cloned());
    let is_known = |word: &String| word == "steps" || Requirement::named(word).is_some();
    let is_list = words.iter().all(is_known);
    if is_list {
        entries.remove("required");
    }
    let mut asks = |required: &Requirement| {
        let key = format!("require_{}", required.name());
        let flag = entries.remove(&key);
        (is_list && words.iter().any(|word| word == required.name()))
            || flag.is_some_and(|flag| matches!(flag.as_str(), "true" | "yes" | "1"))
    };
    let mut all = Requirement::ALL.to_vec();
    all.retain(&mut asks);
    all
}

fn names(value: &str) -> String {
    if value.starts_with('[') && value.ends_with(']') {
        items(value).collect::<Vec<_>>().join(", ")
    } else {
        value.to_owned()
    }
}

/// The address in `<https://…>`, `[words](https://…)` or a bare one.
fn address(value: &str) -> String {
    let bracketed = value
        .strip_prefix('<')
        .and_then(|value| value.strip_suffix('>'));
    let linked = value
        .strip_prefix('[')
        .and_then(|value| value.split_once("]("))
        .and_then(|(_, value)| value.strip_suffix(')'));
    markup::unescape(bracketed.or(linked).unwrap_or(value).trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Metadata {
        let mut header = Header::default();
        header.read(text.lines());
        header.into_metadata()
    }

    #[test]
    fn every_spelling_of_the_keys() {
        let metadata = read(
            "Author: Jane\nSUMMARY: It's -- good\nid: a b\ncategories: Web, My Cat,web\n\
             environments: Web, Kiosk\ntags: two,One\nStatus: [published]\n\
             Feedback Link: <https://example.com/a?b=1&c>\nanalytics ga4 account: G-1\n\
             home url: /x/\nduration: 99\nLanguage: fr\nempty:",
        );
        assert_eq!(metadata.id.as_deref(), Some("a b"));
        assert_eq!(metadata.summary.as_deref(), Some("It’s – good"));
        assert_eq!(metadata.authors.as_deref(), Some("Jane"));
        assert_eq!(metadata.categories, ["web", "mycat"]);
        assert_eq!(metadata.tags, ["kiosk", "one", "two", "web"]);
        assert_eq!(metadata.status, ["published"]);
        assert_eq!(
            metadata.feedback_link.as_deref(),
            Some("https://example.com/a?b=1&c")
        );
        assert_eq!(metadata.language.as_deref(), Some("fr"));
        let extra = metadata
            .extra
            .iter()
            .map(|(k, v)| format!("{k}={v}"))
            .collect::<Vec<_>>();
        assert_eq!(extra, ["analytics_ga4_account=G-1", "home_url=/x/"]);
    }

    #[test]
    fn authors_win_over_author_and_first_values_stay() {
        let metadata = read("author: A\nauthors: B\nid: one\nid: two");
        assert_eq!(
            (metadata.authors.as_deref(), metadata.id.as_deref()),
            (Some("B"), Some("one"))
        );
    }

    #[test]
    fn yaml_spellings() {
        let metadata = read(
            "id: \"q\"\nsummary: >\n  folded\n  over: lines\nauthors:\n  - Ada\n  - Bob\n\
             tags:\n- x\n- y\nstatus: ['a', u'b']\n# comment\nfeedback_link: [here](https://x.y)",
        );
        assert_eq!(metadata.id.as_deref(), Some("q"));
        assert_eq!(metadata.summary.as_deref(), Some("folded over: lines"));
        assert_eq!(metadata.authors.as_deref(), Some("Ada, Bob"));
        assert_eq!(metadata.tags, ["x", "y"]);
        assert_eq!(metadata.status, ["a", "b"]);
        assert_eq!(metadata.feedback_link.as_deref(), Some("https://x.y"));
    }

    #[test]
    fn what_is_required_is_a_list_or_flags() {
        let required = |text: &str| {
            let metadata = read(text);
            let names = metadata.required.iter().map(|one| one.name());
            (names.collect::<Vec<_>>().join(" "), metadata.extra.len())
        };
        assert_eq!(
            required("required: Steps, submission, quiz"),
            ("quiz submission".into(), 0)
        );
        assert_eq!(
            required("require quiz: true\nrequire feedback: no"),
            ("quiz".into(), 0)
        );
        assert_eq!(required("required: a laptop"), (String::new(), 1));
        assert_eq!(required("id: a"), (String::new(), 0));
    }

    #[test]
    fn prose_is_no_header() {
        assert!(is_header("id: a"));
        assert!(is_header("level: easy\nsummary: s"));
        assert!(!is_header("Note: read this first"));
        assert!(!is_header("We begin here.\nid: a"));
        assert!(!is_header("see https://example.com"));
    }
}
