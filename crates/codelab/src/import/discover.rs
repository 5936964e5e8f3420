//! Which codelabs are in a tree of files.
//!
//! A description of another tool is one, with all that lies in its folder. Of the Markdown files
//! elsewhere each with steps is one, but for those that belong to another: a fragment that it
//! includes, a README beside it, and, beside or below an `index.md` or `codelab.md`, every file
//! that has neither a title nor an `id` of its own.

mod includes;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use includes::{File, heads};

use serde_json::Value;

use super::{
    MARKDOWN_LIMIT_BYTES, MEGABYTE,
    bundle::{FORMAT, MANIFEST},
    choose,
    folder::{Folder, Found},
    fragments, manifest, names,
    open_codelabs::Backup,
    too_large,
};
use crate::{
    Diagnostic, DiagnosticCode, ImportError, ImportReason, Severity,
    lines::{self, Lines},
    markdown, source, steps,
};

/// Something of a tree that the facilitator is told about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Item {
    /// A Markdown file, and the Markdown files beside it that belong to no codelab.
    Markdown(String, Vec<String>),
    /// A file in which another tool describes a codelab.
    Manifest(String),
    /// One of the codelabs of a backup: its file, its number and its title.
    Backup(String, usize, String, Arc<Backup>),
    /// An archive inside the tree.
    Archive(String),
    /// A file that looks like a codelab and cannot be one.
    Refused(String, ImportError),
}

/// Files about a project rather than of it.
const ABOUT: &[&str] = &[
    "readme",
    "license",
    "licence",
    "changelog",
    "contributing",
    "code_of_conduct",
    "security",
    "notice",
    "authors",
    "summary",
];

/// A platform's whole life in text.
const BACKUP_LIMIT_BYTES: u64 = 50 * MEGABYTE;

/// What a Markdown file is by itself.
enum Text {
    Codelab {
        has_id: bool,
        has_title: bool,
    },
    /// Words without steps.
    Words(ImportError),
    Broken(ImportError),
}

/// A Markdown file and the files it mentions.
struct Read {
    text: Text,
    included: Vec<String>,
    /// Lower case.
    archives: Vec<String>,
}

/// All codelabs of a tree, in the order of their names. Empty when there is nothing like one.
pub(super) fn items(folder: &mut dyn Folder) -> Result<Vec<Item>, ImportError> {
    let all = folder.names()?;
    let mut manifests = manifests(&all);
    let mut unneeded = Vec::new();
    for (owner, name) in &manifests {
        if !manifest::is_backup(name) && !manifest::is_needed(folder, name, &all)? {
            unneeded.push(owner.clone());
        }
    }
    manifests.retain(|owner, _| !unneeded.contains(owner));
    let mut items = Vec::new();
    for name in manifests.values() {
        if manifest::is_backup(name) {
            items.extend(backup(folder, name)?);
        } else {
            items.push(Item::Manifest(name.clone()));
        }
    }
    let bundles = bundles(folder, &all)?;
    let owned = |name: &str| {
        let described = manifests
            .keys()
            .any(|owner| name.starts_with(owner.as_str()));
        described
            || bundles.iter().any(|(folder, markdown)| {
                name.starts_with(folder) && !name.eq_ignore_ascii_case(markdown)
            })
    };
    let archives = all.iter().filter(|name| is_archive(name) && !owned(name));
    let archives = archives.cloned().collect::<Vec<_>>();
    let mut texts = BTreeMap::new();
    for name in all
        .iter()
        .filter(|name| choose::is_markdown(name) && !owned(name))
    {
        texts.insert(name.as_str(), read(folder, name, &archives)?);
    }
    let found_any = !items.is_empty();
    items.extend(codelabs(&texts, found_any));
    let mentioned = texts.values().flat_map(|read| &read.archives);
    let mentioned = mentioned.collect::<BTreeSet<_>>();
    let apart = archives
        .iter()
        .filter(|name| !mentioned.contains(&manifest::file_of(name).to_lowercase()));
    items.extend(apart.cloned().map(Item::Archive));
    items.sort_by(|a, b| a.name().cmp(b.name()));
    Ok(items)
}

impl Item {
    /// The file it is about.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Backup(name, ..)
            | Self::Markdown(name, _)
            | Self::Manifest(name)
            | Self::Archive(name)
            | Self::Refused(name, _) => name,
        }
    }
}

/// The Markdown files of a folder that are not part of one of its codelabs, when that one alone is
/// taken.
pub(super) fn beside(folder: &mut dyn Folder, codelab: &str) -> Result<Vec<String>, ImportError> {
    let mut beside = Vec::new();
    for item in items(folder)? {
        match item {
            Item::Markdown(name, left) if name == codelab => beside.extend(left),
            Item::Markdown(name, left) => {
                let folder = names::folder_of(&name).to_owned();
                beside.push(name);
                beside.extend(left.iter().map(|inner| format!("{folder}{inner}")));
            }
            Item::Refused(name, _) if choose::is_markdown(&name) => beside.push(name),
            Item::Refused(..) | Item::Manifest(_) | Item::Backup(..) | Item::Archive(_) => {}
        }
    }
    // Among many a README is no codelab; alone it may have been chosen.
    beside.retain(|name| name != codelab);
    Ok(beside)
}

/// The remark on files that are left out.
pub(super) fn left_out(codelab: &str, files: &[String]) -> Option<Diagnostic> {
    /// Enough names to know what is meant.
    const SHOWN: usize = 5;
    let mut names = files.iter().take(SHOWN).cloned().collect::<Vec<_>>();
    if files.len() > SHOWN {
        names.push(format!("… +{}", files.len() - SHOWN));
    }
    let code = DiagnosticCode::FileLeftOut;
    let remark = Diagnostic::of_file(codelab, Severity::Warning, code, &names.join(", "));
    (!files.is_empty()).then_some(remark)
}

/// The description of each folder that has one.
fn manifests(all: &[String]) -> BTreeMap<String, String> {
    let mut found = BTreeMap::<String, String>::new();
    let describes = |name: &&String| manifest::is_one(name) || manifest::is_backup(name);
    for name in all.iter().filter(describes) {
        // A codelab that is described twice is described by the same names in the same order.
        found
            .entry(names::folder_of(name).to_owned())
            .or_insert_with(|| name.clone());
    }
    found
}

/// The folder of each of our own bundles, and the Markdown file in it that is the codelab: all else
/// is a file of that codelab.
fn bundles(
    folder: &mut dyn Folder,
    all: &[String],
) -> Result<BTreeMap<String, String>, ImportError> {
    let mut found = BTreeMap::new();
    for name in all
        .iter()
        .filter(|name| manifest::file_of(name) == MANIFEST)
    {
        let Found::Bytes(bytes) = folder.read(name, MARKDOWN_LIMIT_BYTES)? else {
            continue;
        };
        let manifest = serde_json::from_slice::<Value>(&bytes).unwrap_or_default();
        let field = |key| manifest.get(key).and_then(Value::as_str);
        let markdown = field("markdown").filter(|_| field("format") == Some(FORMAT));
        let markdown = markdown.and_then(|markdown| names::resolve(name, markdown));
        // Without its Markdown there is no bundle.
        if let Some(markdown) =
            markdown.and_then(|markdown| names::find(all.iter().map(String::as_str), &markdown))
        {
            found.insert(names::folder_of(name).to_owned(), markdown.to_owned());
        }
    }
    Ok(found)
}

/// The codelabs of a backup. Its texts are those of many codelabs, and of chats.
fn backup(folder: &mut dyn Folder, name: &str) -> Result<Vec<Item>, ImportError> {
    let read = match folder.read(name, BACKUP_LIMIT_BYTES)? {
        Found::Bytes(bytes) => Backup::read(name, &bytes),
        Found::TooLarge => Err(too_large(name, BACKUP_LIMIT_BYTES)),
        Found::Missing => Err(ImportError::new(name, ImportReason::NotFound)),
    };
    Ok(match read {
        Ok(backup) => {
            let backup = Arc::new(backup);
            let titles = backup.titles().enumerate();
            let item =
                |(index, title)| Item::Backup(name.to_owned(), index, title, Arc::clone(&backup));
            titles.map(item).collect()
        }
        Err(error) => vec![Item::Refused(name.to_owned(), error)],
    })
}

fn is_archive(name: &str) -> bool {
    name.to_lowercase().ends_with(".zip")
}

fn read(folder: &mut dyn Folder, name: &str, archives: &[String]) -> Result<Read, ImportError> {
    let broken = |error| Read {
        text: Text::Broken(error),
        included: Vec::new(),
        archives: Vec::new(),
    };
    let bytes = match folder.read(name, MARKDOWN_LIMIT_BYTES)? {
        Found::Bytes(bytes) => bytes,
        Found::TooLarge => return Ok(broken(too_large(name, MARKDOWN_LIMIT_BYTES))),
        Found::Missing => {
            return Ok(broken(ImportError::new(name, ImportReason::NotFound)));
        }
    };
    let text = match source::decode(name, &bytes) {
        Ok(text) => text,
        Err(error) => return Ok(broken(error)),
    };
    let included = included(name, &text);
    let lower = text.to_lowercase();
    let archives = archives
        .iter()
        .map(|name| manifest::file_of(name).to_lowercase());
    let mut parsed = steps::parse(name, &text);
    if parsed.is_err() && !included.is_empty() {
        // Its steps may be in its fragments.
        let whole = fragments::expand(folder, name, &text);
        let whole = whole.and_then(|whole| steps::parse(name, &whole.text));
        parsed = whole.or(parsed);
    }
    Ok(Read {
        included,
        archives: archives.filter(|archive| lower.contains(archive)).collect(),
        text: match parsed {
            Ok(parsed) => Text::Codelab {
                has_id: parsed.codelab.metadata.id.is_some(),
                has_title: !parsed
                    .diagnostics
                    .iter()
                    .any(|found| found.code == DiagnosticCode::NoTitle),
            },
            Err(error) => Text::Words(error),
        },
    })
}

/// The names that a text includes, in lower case. Lines in code include nothing.
fn included(name: &str, text: &str) -> Vec<String> {
    let written = |line| fragments::name(line).or_else(|| template(line));
    if !text.lines().any(|line| written(line).is_some()) {
        return Vec::new();
    }
    let verbatim = markdown::verbatim(text);
    let lines = Lines::new(text);
    let included = lines.iter().filter_map(|(start, line)| {
        let written = written(line)?;
        let is_code = lines::inside(&verbatim, start + lines::indent(line));
        Some(names::resolve(name, written)?.to_lowercase()).filter(|_| !is_code)
    });
    included.collect()
}

/// The file in a site generator's `{{ snippets/a.md }}`.
fn template(line: &str) -> Option<&str> {
    let inside = line.trim().strip_prefix("{{")?.strip_suffix("}}")?.trim();
    inside.to_lowercase().ends_with(".md").then_some(inside)
}

fn codelabs(texts: &BTreeMap<&str, Read>, mut found_any: bool) -> Vec<Item> {
    let is_codelab = |read: &Read| matches!(read.text, Text::Codelab { .. });
    let files = texts.iter().map(|(name, read)| File {
        name,
        included: &read.included,
        rank: match (is_codelab(read), leads(name)) {
            (true, true) => 0,
            (true, false) => 1,
            (false, _) => 2,
        },
    });
    let heads = heads(&files.collect::<Vec<_>>());
    // Folders in which one file speaks for the others.
    let led = texts
        .iter()
        .filter(|(name, read)| is_codelab(read) && heads.contains(*name) && leads(name));
    let led = led
        .map(|(name, _)| names::folder_of(name))
        .collect::<BTreeSet<_>>();
    let is_led = |name: &str| led.iter().any(|folder| name.starts_with(folder));
    let about = |name: &str| ABOUT.contains(&choose::stem_of(name).as_str());

    let mut items = Vec::new();
    let mut rest = Vec::new();
    let mut left = Vec::new();
    for (name, read) in texts {
        let belongs = is_led(name) && !(leads(name) && led.contains(names::folder_of(name)));
        let item = || Item::Markdown((*name).to_owned(), Vec::new());
        match &read.text {
            // An author who gave it a name of its own means it to stand alone as well.
            Text::Codelab { has_id: true, .. } => items.push(item()),
            Text::Codelab { .. } | Text::Words(_) | Text::Broken(_) if !heads.contains(name) => {}
            Text::Codelab { .. } if about(name) && !belongs => rest.push(item()),
            Text::Codelab { has_title, .. } if belongs && (!has_title || about(name)) => {
                left.push(*name);
            }
            Text::Codelab { .. } => items.push(item()),
            Text::Words(_) if belongs || about(name) => left.push(name),
            Text::Words(error) | Text::Broken(error) => {
                items.push(Item::Refused((*name).to_owned(), error.clone()));
            }
        }
    }
    found_any |= !items.is_empty();
    // A README with steps is a codelab when there is no other.
    if found_any {
        left.extend(rest.iter().map(Item::name).filter_map(|name| {
            let (name, _) = texts.get_key_value(name)?;
            Some(*name)
        }));
    } else {
        items.append(&mut rest);
    }
    leave(&left, &mut items);
    items
}

/// Gives each file that is left out to the codelab that it would belong to: the one that speaks for
/// its folder or the next one around it, else the first one beside it.
fn leave(left: &[&str], items: &mut [Item]) {
    for name in left {
        let folder = names::folder_of(name);
        let codelabs = items.iter().enumerate().filter_map(|(index, item)| {
            let Item::Markdown(codelab, _) = item else {
                return None;
            };
            let around = names::folder_of(codelab);
            let is_near = around == folder || (leads(codelab) && folder.starts_with(around));
            is_near.then_some((index, leads(codelab), around.len()))
        });
        let nearest = codelabs
            .max_by_key(|(index, leads, depth)| (*leads, *depth, std::cmp::Reverse(*index)));
        if let Some((index, ..)) = nearest
            && let Some(Item::Markdown(codelab, left)) = items.get_mut(index)
        {
            // As the author of that codelab would call it.
            let inner = name.strip_prefix(names::folder_of(codelab));
            left.push(inner.unwrap_or(name).to_owned());
        }
    }
}

fn leads(name: &str) -> bool {
    matches!(choose::stem_of(name).as_str(), "index" | "codelab")
}
