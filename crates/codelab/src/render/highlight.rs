//! Code as spans with short class names: bytes are scarce in a room, so only what is coloured gets
//! a span, and neighbours of one colour share it.

use std::sync::LazyLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use crate::markup::escape;

/// The classes of highlighted code, and what each marks.
pub const HIGHLIGHT_CLASSES: &[(&str, &str)] = &[
    ("hc", "comment"),
    ("hs", "string"),
    ("hn", "number or constant"),
    ("hk", "keyword"),
    ("hf", "function"),
    ("ht", "type or other name being declared"),
    ("hv", "parameter"),
    ("hg", "tag"),
    ("ha", "attribute or property"),
    ("hh", "heading"),
    ("hi", "inserted line"),
    ("hd", "deleted line"),
];

/// Longer blocks stay plain: nobody reads them for their colours.
const LONGEST_BLOCK_BYTES: usize = 64 * 1024;

/// A longer line is generated text, and slow to match.
const LONGEST_LINE_BYTES: usize = 2000;

/// Scope prefixes, the first match counting. An empty class ends the search: what is around an
/// embedded language or an operator does not colour it.
const COLOURS: &[(&str, &str)] = &[
    ("comment", "hc"),
    ("constant.character.escape", "hn"),
    ("string", "hs"),
    ("constant", "hn"),
    ("keyword.operator.word", "hk"),
    ("keyword.operator.logical.python", "hk"),
    ("keyword.operator", ""),
    ("keyword", "hk"),
    ("storage", "hk"),
    ("entity.name.function", "hf"),
    ("support.function", "hf"),
    ("variable.function", "hf"),
    ("entity.name.tag", "hg"),
    ("entity.other.attribute-name", "ha"),
    ("support.type.property-name", "ha"),
    ("entity.name.section", "hh"),
    ("markup.heading", "hh"),
    ("markup.inserted", "hi"),
    ("markup.deleted", "hd"),
    ("meta.diff", "hc"),
    ("entity.name", "ht"),
    ("entity.other.inherited-class", "ht"),
    ("support.type", "ht"),
    ("support.class", "ht"),
    ("variable.parameter", "hv"),
    ("meta.interpolation", ""),
    ("meta.embedded", ""),
    ("source", ""),
    ("text", ""),
];

/// Names authors write that the definitions do not know.
const ALIASES: &[(&str, &str)] = &[
    ("shell", "bash"),
    ("shell-script", "bash"),
    ("terminal", "bash"),
    ("golang", "go"),
    ("csharp", "cs"),
    ("docker", "dockerfile"),
    ("jsx", "js"),
    ("node", "js"),
    ("jsonc", "json"),
    ("json5", "json"),
    ("python3", "python"),
    ("objc", "objective-c"),
    ("objectivec", "objective-c"),
    ("kts", "kotlin"),
    ("mysql", "sql"),
];

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

static SCOPES: LazyLock<Vec<(Scope, &'static str)>> = LazyLock::new(|| {
    let scopes = COLOURS.iter();
    scopes
        .filter_map(|(prefix, class)| Some((Scope::new(prefix).ok()?, *class)))
        .collect()
});

/// Colours code; `None` when the language is unknown or the code is better left plain.
pub(super) fn highlight(language: &str, text: &str) -> Option<String> {
    let syntax = syntax(language)?;
    if text.len() > LONGEST_BLOCK_BYTES {
        return None;
    }
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut out = Spans::default();
    for line in text.split_inclusive('\n') {
        if line.len() > LONGEST_LINE_BYTES {
            return None;
        }
        // The definitions expect a line break at the end of every line.
        let whole = format!("{}\n", line.trim_end_matches('\n'));
        let mut from = 0;
        for (at, operation) in state.parse_line(&whole, &SYNTAXES).ok()? {
            let at = at.min(line.len());
            out.push(class(&stack), line.get(from..at)?);
            from = at;
            stack.apply(&operation).ok()?;
        }
        out.push(class(&stack), line.get(from..)?);
    }
    Some(out.finish())
}

fn syntax(language: &str) -> Option<&'static SyntaxReference> {
    if language.is_empty() {
        return None;
    }
    let alias = ALIASES.iter().find(|(name, _)| *name == language);
    let syntax = SYNTAXES.find_syntax_by_token(alias.map_or(language, |(_, known)| known))?;
    (syntax.name != "Plain Text").then_some(syntax)
}

/// The class of the innermost scope that has one.
fn class(stack: &ScopeStack) -> &'static str {
    let colour = |scope: &Scope| {
        SCOPES
            .iter()
            .find(|(prefix, _)| prefix.is_prefix_of(*scope))
            .map(|(_, class)| *class)
    };
    stack.as_slice().iter().rev().find_map(colour).unwrap_or("")
}

/// Text cut into runs of one class. White space joins whatever is before it.
#[derive(Default)]
struct Spans {
    out: String,
    class: &'static str,
    run: String,
}

impl Spans {
    fn push(&mut self, class: &'static str, text: &str) {
        if class != self.class && !text.trim().is_empty() {
            self.flush();
            self.class = class;
        }
        self.run.push_str(text);
    }

    /// Writes the run, with the white space at its end outside the span.
    fn flush(&mut self) {
        let words = self.run.trim_end();
        if self.class.is_empty() || words.is_empty() {
            self.out.push_str(&escape(&self.run));
        } else {
            let space = &self.run[words.len()..];
            let words = escape(words);
            self.out
                .extend(["<span class=\"", self.class, "\">", &words, "</span>"]);
            self.out.push_str(space);
        }
        self.run.clear();
    }

    fn finish(mut self) -> String {
        self.flush();
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(html: &str) -> String {
        let mut text = String::new();
        let mut rest = html;
        while let Some((before, tag)) = rest.split_once('<') {
            text.push_str(before);
            rest = tag.split_once('>').map_or("", |(_, behind)| behind);
        }
        crate::markup::unescape(&(text + rest))
    }

    #[test]
    fn only_coloured_runs_get_a_span() {
        insta::assert_snapshot!(highlight("python", "def add(a, b):\n    # sum\n    return a + 1 # \"x\" <y>").unwrap_or_default(), @r#"
        <span class="hk">def</span> <span class="hf">add</span>(<span class="hv">a</span>, <span class="hv">b</span>):
            <span class="hc"># sum</span>
            <span class="hk">return</span> a + <span class="hn">1</span> <span class="hc"># &quot;x&quot; &lt;y&gt;</span>
        "#);
    }

    #[test]
    fn every_word_survives() {
        let code = "fn main() {\n\n    let s = \"a\\n{b}\"; // ü\n}\n";
        assert_eq!(plain(&highlight("rust", code).unwrap_or_default()), code);
    }

    #[test]
    fn the_languages_of_workshops_are_known() {
        for language in [
            "bash",
            "c",
            "c#",
            "c++",
            "cpp",
            "csharp",
            "css",
            "dart",
            "diff",
            "docker",
            "dockerfile",
            "go",
            "golang",
            "gradle",
            "graphql",
            "groovy",
            "html",
            "ini",
            "java",
            "javascript",
            "js",
            "json",
            "jsx",
            "kotlin",
            "kt",
            "lua",
            "makefile",
            "objc",
            "php",
            "properties",
            "proto",
            "py",
            "python",
            "r",
            "ruby",
            "rust",
            "scala",
            "scss",
            "sh",
            "shell",
            "sql",
            "svelte",
            "swift",
            "terraform",
            "toml",
            "ts",
            "tsx",
            "typescript",
            "vue",
            "xml",
            "yaml",
            "yml",
            "zsh",
        ] {
            assert!(syntax(language).is_some(), "{language}");
        }
        for language in ["", "console", "text", "plain", "nosuchlanguage"] {
            assert!(syntax(language).is_none(), "{language}");
        }
    }

    #[test]
    fn every_class_is_documented() {
        for (prefix, class) in COLOURS {
            let known = HIGHLIGHT_CLASSES.iter().any(|(name, _)| name == class);
            assert!(class.is_empty() || known, "{prefix} → {class}");
        }
    }

    #[test]
    fn monsters_stay_plain() {
        assert_eq!(highlight("js", &"x".repeat(LONGEST_LINE_BYTES + 1)), None);
        assert_eq!(highlight("js", &"x;\n".repeat(LONGEST_BLOCK_BYTES)), None);
    }
}
