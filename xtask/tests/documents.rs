//! Every path that a document names exists: in backticks, from the top of the repository, and in
//! links, from the document.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The documents that a newcomer expects at the top.
const EXPECTED: &[&str] = &[
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "README.md",
    "SECURITY.md",
];

/// Written by a generator from the wire's types: its examples are addresses, not paths.
const GENERATED: &str = "docs/PROTOCOL.md";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the crate lies in the repository")
}

/// What lies at the top of the repository, as far as git would keep it.
fn top() -> Vec<String> {
    let entries = fs::read_dir(root()).expect("the repository can be listed");
    entries
        .map(|entry| {
            entry
                .expect("readable")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .filter(|name| !matches!(name.as_str(), ".git" | "target" | "gen" | "node_modules"))
        .collect()
}

/// The documents at the top and all below docs/.
fn documents() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = EXPECTED.iter().map(|name| root().join(name)).collect();
    let mut dirs = vec![root().join("docs")];
    while let Some(dir) = dirs.pop() {
        let Ok(entries) = fs::read_dir(&dir) else {
            continue;
        };
        for path in entries.map(|entry| entry.expect("readable").path()) {
            if path.is_dir() {
                dirs.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                found.push(path);
            }
        }
    }
    found.retain(|path| *path != root().join(GENERATED));
    found
}

/// The directories that git ignores and a build makes, named in .gitignore from the top.
fn ignored() -> Vec<String> {
    let text = fs::read_to_string(root().join(".gitignore")).unwrap_or_default();
    text.lines()
        .filter_map(|line| line.strip_prefix('/'))
        .map(str::to_owned)
        .collect()
}

/// The text without its fenced blocks, which show commands and file contents.
fn prose(markdown: &str) -> String {
    let mut fenced = false;
    let mut prose = String::new();
    for line in markdown.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            prose.push_str(line);
            prose.push('\n');
        }
    }
    prose
}

/// What stands in backticks.
fn code_spans(prose: &str) -> impl Iterator<Item = &str> {
    prose
        .lines()
        .flat_map(|line| line.split('`').skip(1).step_by(2))
}

/// Where links and pictures lead, but those that leave the repository or stay on the page.
fn link_targets(prose: &str) -> impl Iterator<Item = &str> {
    prose
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split_once([')', ' ']))
        .map(|(target, _)| target.split('#').next().unwrap_or_default())
        .filter(|target| !target.is_empty() && !target.contains(':'))
}

/// The path that a code span names, if it names one: it begins with something at the top, or it is
/// a manifest or document at the top. `crates/store/src/lib.rs:12` names a file; of a pattern
/// like `migrations/NNNN_what.sql` or `ui/src/**` the directory counts.
fn named_path(span: &str, top: &[String]) -> Option<String> {
    if span.contains([' ', '<', '{', '=', '(', '$']) || span.contains("://") {
        return None;
    }
    let span = span.split([':', '#']).next().unwrap_or_default();
    let is_ours = match span.split_once('/') {
        Some((first, _)) => top.iter().any(|name| name == first),
        None => is_top_file(span),
    };
    if !is_ours {
        return None;
    }
    let span = span.trim_end_matches('/');
    let is_pattern =
        |part: &&str| part.contains('*') || part.contains("NNNN") || part.contains('…');
    let parts: Vec<&str> = span
        .split('/')
        .take_while(|part| !is_pattern(part))
        .collect();
    Some(parts.join("/"))
}

/// A name that only a file at the top can have: `ARCHITECTURE.md`, `deny.toml`.
fn is_top_file(name: &str) -> bool {
    let is_shouted = |stem: &str| stem.len() > 1 && stem.chars().all(|c| c.is_ascii_uppercase());
    name.strip_suffix(".md").is_some_and(is_shouted)
        || matches!(
            name,
            "deny.toml" | "clippy.toml" | "rustfmt.toml" | "rust-toolchain.toml"
        )
}

/// The paths in a document that lead nowhere.
fn dead_paths(document: &Path, markdown: &str, top: &[String], ignored: &[String]) -> Vec<String> {
    let prose = prose(markdown);
    let is_made = |path: &str| ignored.iter().any(|made| path.starts_with(made.as_str()));
    let spans = code_spans(&prose)
        .filter_map(|span| named_path(span, top))
        .filter(|path| !is_made(path) && !root().join(path).exists());
    let folder = document.parent().unwrap_or(document);
    let links = link_targets(&prose)
        .filter(|target| !folder.join(target.trim_start_matches('/')).exists())
        .map(str::to_owned);
    spans.chain(links).collect()
}

#[test]
fn every_path_a_document_names_exists() {
    let (top, ignored) = (top(), ignored());
    let mut dead = Vec::new();
    for document in documents() {
        let name = document.strip_prefix(root()).unwrap_or(&document).display();
        match fs::read_to_string(&document) {
            Ok(text) => dead.extend(
                dead_paths(&document, &text, &top, &ignored)
                    .into_iter()
                    .map(|path| format!("{name} names {path}")),
            ),
            Err(error) => dead.push(format!("{name}: {error}")),
        }
    }
    assert_eq!(dead, [""; 0]);
}

#[test]
fn paths_are_told_from_other_code() {
    let top: Vec<String> = ["crates", "ui", "docs", "migrations"]
        .map(str::to_owned)
        .into();
    let named = |span| named_path(span, &top);
    assert_eq!(
        named("crates/store/src/lib.rs:12").as_deref(),
        Some("crates/store/src/lib.rs")
    );
    assert_eq!(named("ui/").as_deref(), Some("ui"));
    assert_eq!(named("crates/domain/").as_deref(), Some("crates/domain"));
    assert_eq!(
        named("migrations/NNNN_what.sql").as_deref(),
        Some("migrations")
    );
    assert_eq!(named("ui/src/**/*.ts").as_deref(), Some("ui/src"));
    assert_eq!(named("SECURITY.md").as_deref(), Some("SECURITY.md"));
    assert_eq!(named("/api/v1/workshops"), None);
    assert_eq!(named("index.md"), None);
    assert_eq!(named("cargo xtask run"), None);
    assert_eq!(named("text/html"), None);
    assert_eq!(named("domain::workshop::decide"), None);
}

#[test]
fn a_dead_path_is_seen_in_backticks_and_in_links() {
    let top = top();
    let markdown = "See `xtask/src/main.rs`, `xtask/src/gone.rs` and `ui/build/index.html`.\n\
                    ```\n`xtask/src/example.rs`\n```\n\
                    [here](src/cli.rs#top) [gone](src/gone.md) [web](https://example.org) [x](#y)\n";
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("GUIDE.md");
    assert_eq!(
        dead_paths(&document, markdown, &top, &["ui/build".to_owned()]),
        ["xtask/src/gone.rs", "src/gone.md"]
    );
}
