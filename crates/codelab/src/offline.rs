//! What of a codelab needs the internet beyond what the import already remarks on: a room without
//! it cannot follow links, nor fetch what commands fetch.

use std::collections::BTreeSet;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::{
    lines::Lines,
    markdown,
    references::{self, LinkTarget},
};

/// How something needs the internet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NeedKind {
    /// A link to a page.
    Link,
    /// A command in a code block that fetches something.
    Command,
}

/// Something that does not work in a room without internet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// The line in the codelab's text, from 1, where it comes first.
    pub line: u32,
    /// How.
    pub kind: NeedKind,
    /// The address, or the command as written.
    pub subject: String,
}

/// The beginnings of commands that fetch from a registry, a repository or an address. Two words
/// where the first alone does other things as well.
const FETCHING: &[&[&str]] = &[
    &["apt", "install"],
    &["apt-get", "install"],
    &["apk", "add"],
    &["brew", "install"],
    &["bun", "add"],
    &["bun", "install"],
    &["bundle", "install"],
    &["cargo", "add"],
    &["cargo", "install"],
    &["choco", "install"],
    &["composer", "install"],
    &["composer", "require"],
    &["conda", "install"],
    &["curl"],
    &["dart", "pub"],
    &["deno", "add"],
    &["dnf", "install"],
    &["docker", "pull"],
    &["docker", "run"],
    &["dotnet", "add"],
    &["flutter", "pub"],
    &["gem", "install"],
    &["git", "clone"],
    &["go", "get"],
    &["go", "install"],
    &["helm", "repo"],
    &["mvn"],
    &["npm", "add"],
    &["npm", "ci"],
    &["npm", "i"],
    &["npm", "init"],
    &["npm", "install"],
    &["npx"],
    &["pacman", "-S"],
    &["pip", "install"],
    &["pip3", "install"],
    &["pipx", "install"],
    &["pnpm", "add"],
    &["pnpm", "install"],
    &["podman", "pull"],
    &["podman", "run"],
    &["poetry", "add"],
    &["rustup", "target"],
    &["snap", "install"],
    &["uv", "add"],
    &["uv", "pip"],
    &["wget"],
    &["winget", "install"],
    &["yarn", "add"],
    &["yarn", "install"],
    &["yum", "install"],
];

/// Words that stand before a command and change nothing about what it fetches.
const BEFORE: [&str; 5] = ["$", "#", ">", "%", "sudo"];

/// What does not work without internet, in the order of the text; everything once.
///
/// `source` is the whole text of a codelab, [`Import::source`](crate::import::Import::source).
#[must_use]
pub fn needs(source: &str) -> Vec<Need> {
    let lines = Lines::new(source);
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    let mut note = |offset: usize, kind, subject: &str| {
        if seen.insert((kind, subject.to_owned())) {
            found.push(Need {
                line: lines.number(offset),
                kind,
                subject: subject.to_owned(),
            });
        }
    };
    let mut in_code = false;
    for (event, range) in markdown::events(source) {
        if let Event::Start(Tag::Link { dest_url, .. }) = &event {
            if is_page(dest_url) {
                note(range.start, NeedKind::Link, dest_url);
            }
        } else if let Event::Start(Tag::CodeBlock(_)) = event {
            in_code = true;
        } else if let Event::End(TagEnd::CodeBlock) = event {
            in_code = false;
        } else if let (Event::Text(_), true) = (event, in_code) {
            let mut offset = range.start;
            for line in source[range].split_inclusive('\n') {
                for command in commands(line).filter(|command| fetches(command)) {
                    note(offset, NeedKind::Command, command);
                }
                offset += line.len();
            }
        }
    }
    found
}

fn is_page(address: &str) -> bool {
    references::link_target(address) == LinkTarget::Outside && !address.starts_with("mailto:")
}

/// The commands of a line, as a shell splits it.
fn commands(line: &str) -> impl Iterator<Item = &str> {
    line.split("&&")
        .flat_map(|part| part.split([';', '|']))
        .map(str::trim)
}

fn fetches(command: &str) -> bool {
    let words = command
        .split_whitespace()
        .skip_while(|word| BEFORE.contains(word));
    let words: Vec<&str> = words.take(2).collect();
    let begins = |beginning: &&[&str]| words.starts_with(beginning);
    FETCHING.iter().any(begins) && !words.get(1).is_some_and(|word| word.contains("localhost"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str) -> Vec<(u32, NeedKind, String)> {
        let needs = needs(source).into_iter();
        needs.map(|n| (n.line, n.kind, n.subject)).collect()
    }

    #[test]
    fn links_lead_out_and_are_named_once() {
        let source = "# T\n\n## S\n\n[a](https://x.example/a) [b](#s) [c](c.md)\n\n\
                      [again](https://x.example/a) <mailto:a@x.example> <http://y.example>\n";
        assert_eq!(
            found(source),
            [
                (5, NeedKind::Link, "https://x.example/a".into()),
                (7, NeedKind::Link, "http://y.example".into()),
            ]
        );
    }

    #[test]
    fn commands_that_fetch_are_named_by_line() {
        let source = "## S\n\n```console\n$ cd app && npm install left-pad\nadded 1 package\n\
                      $ sudo apt-get install -y git\n```\n\n    pip install x\n\nnpm install in a sentence\n";
        assert_eq!(
            found(source),
            [
                (4, NeedKind::Command, "npm install left-pad".into()),
                (6, NeedKind::Command, "$ sudo apt-get install -y git".into()),
                (9, NeedKind::Command, "pip install x".into()),
            ]
        );
    }

    #[test]
    fn what_stays_on_the_machine_is_no_matter() {
        let source = "```\nnpm run build\ngit commit -m \"cargo install\"\ncurl localhost:8080\n\
                      docker ps\ninstall pip\n```\n";
        assert_eq!(found(source), []);
    }

    #[test]
    fn any_text_is_looked_through() {
        for source in [
            "",
            "```",
            "```\n&&;||\n",
            "[](",
            "한글 `npm install`",
            "\u{feff}",
        ] {
            assert_eq!(found(source), [], "{source:?}");
        }
    }
}
