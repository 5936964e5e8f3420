//! Code blocks, terminals and maths.
//!
//! A fence may carry attributes behind its language: ` ```python {run file="main.py"} `. The file's
//! name and whether the code is meant to be run travel with the HTML. A `check` stays behind: what
//! a step is checked against is nothing to hand to those who are checked.

use pulldown_cmark::CodeBlockKind;

use super::highlight;
use crate::markup::escape;

/// What the line behind a fence says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Info {
    pub(crate) language: String,
    file: Option<String>,
    run: bool,
    /// What kind of poll it is, as written.
    pub(crate) poll_type: Option<String>,
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
            match key {
                "file" if !value.is_empty() => info.file = Some(value.to_owned()),
                "run" => info.run = value != "false",
                "type" => info.poll_type = Some(value.to_owned()),
                _ => {}
            }
        }
        info
    }
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

/// A code block as HTML.
pub(crate) fn block(kind: &CodeBlockKind<'_>, text: &str) -> String {
    let info = match kind {
        CodeBlockKind::Fenced(line) => Info::read(line),
        CodeBlockKind::Indented => Info::default(),
    };
    let is_console = info.language == "console";
    let mut html = String::from(if is_console {
        "<pre class=\"code console\""
    } else {
        "<pre class=\"code\""
    });
    if !info.language.is_empty() {
        html.extend([" data-lang=\"", &info.language, "\""]);
    }
    if let Some(file) = &info.file {
        html.extend([" data-file=\"", &escape(file), "\""]);
    }
    if info.run {
        html.push_str(" data-run=\"\"");
    }
    html.push_str("><code>");
    let text = text.strip_suffix('\n').unwrap_or(text);
    let highlighted = if is_console {
        None
    } else {
        highlight::highlight(&info.language, text)
    };
    html.push_str(&highlighted.unwrap_or_else(|| escape(text)));
    html.push_str("</code></pre>");
    html
}

/// Maths inside a sentence. Dollar signs around prices and shell variables are no maths: those
/// have neither a command, an exponent, a group nor an equation between them.
pub(super) fn inline_math(tex: &str) -> Option<String> {
    let is_maths = tex.contains(['\\', '^', '{'])
        || tex.contains(" = ")
        || (tex.len() == 1 && tex.chars().all(|c| c.is_ascii_alphabetic()));
    is_maths.then(|| format!("<code class=\"math\">{}</code>", escape(tex)))
}

/// Maths on lines of its own.
pub(super) fn display_math(tex: &str) -> String {
    format!("<code class=\"math display\">{}</code>", escape(tex.trim()))
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
        assert!(info.run);
        assert_eq!(info.file.as_deref(), Some("my main.py"));
        assert!(!Info::read("js {run=false file=\"\"").run);
    }

    #[test]
    fn money_is_no_maths() {
        assert!(inline_math("x").is_some() && inline_math("a^2").is_some());
        assert!(inline_math("PATH:").is_none() && inline_math("5 and more").is_none());
    }
}
