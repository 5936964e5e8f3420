//! Which codelabs are in a tree of files.
//!
//! A description of another tool is one, with all that lies in its folder. Of the Markdown files
//! elsewhere each with steps is one, but for those that belong to another: a fragment that it
//! includes, a README beside it, and, beside or below an `index.md` or `codelab.md`, every file
//! whose header has no `id` of its own.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    MARKDOWN_LIMIT_BYTES, MEGABYTE, choose,
    folder::{Folder, Found},
    fragments, manifest, names,
    open_codelabs::Backup,
    too_large,
};
use crate::{ImportError, ImportReason, source, steps};

/// Something of a tree that the facilitator is told about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Item {
    /// A Markdown file.
    Markdown(String),
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
    let owned = |name: &str| {
        manifests
            .keys()
            .any(|owner| name.starts_with(owner.as_str()))
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
    items.extend(markdown(texts.iter(), found_any));
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
            | Self::Markdown(name)
            | Self::Manifest(name)
            | Self::Archive(name)
            | Self::Refused(name, _) => name,
        }
    }
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
    let included = text.lines().filter_map(|line| {
        let written = fragments::name(line).or_else(|| template(line))?;
        Some(names::resolve(name, written)?.to_lowercase())
    });
    let lower = text.to_lowercase();
    let archives = archives
        .iter()
        .map(|name| manifest::file_of(name).to_lowercase());
    Ok(Read {
        included: included.collect(),
        archives: archives.filter(|archive| lower.contains(archive)).collect(),
        text: match steps::parse(name, &text) {
            Ok(parsed) => Text::Codelab {
                has_id: parsed.codelab.metadata.id.is_some(),
            },
            Err(error) => Text::Words(error),
        },
    })
}

/// The file in a site generator's `{{ snippets/a.md }}`.
fn template(line: &str) -> Option<&str> {
    let inside = line.trim().strip_prefix("{{")?.strip_suffix("}}")?.trim();
    inside.to_lowercase().ends_with(".md").then_some(inside)
}

fn markdown<'a>(
    texts: impl Iterator<Item = (&'a &'a str, &'a Read)> + Clone,
    mut found_any: bool,
) -> Vec<Item> {
    let included = texts.clone().flat_map(|(_, read)| &read.included);
    let included = included.collect::<BTreeSet<_>>();
    let is_fragment = |name: &str| included.contains(&name.to_lowercase());
    let is_codelab = |read: &Read| matches!(read.text, Text::Codelab { .. });
    // Folders in which one file speaks for the others.
    let led = texts
        .clone()
        .filter(|(name, read)| is_codelab(read) && !is_fragment(name) && leads(name));
    let led = led
        .map(|(name, _)| names::folder_of(name))
        .collect::<BTreeSet<_>>();
    let is_led = |name: &str| led.iter().any(|folder| name.starts_with(folder));
    let about = |name: &str| ABOUT.contains(&choose::stem_of(name).as_str());

    let mut items = Vec::new();
    let mut rest = Vec::new();
    for (name, read) in texts.filter(|(name, _)| !is_fragment(name)) {
        let belongs = is_led(name) && !(leads(name) && led.contains(names::folder_of(name)));
        match &read.text {
            Text::Codelab { has_id } if (belongs || about(name)) && !has_id => {
                if !belongs {
                    rest.push(Item::Markdown((*name).to_owned()));
                }
            }
            Text::Codelab { .. } => items.push(Item::Markdown((*name).to_owned())),
            Text::Words(_) if belongs || about(name) => {}
            Text::Words(error) | Text::Broken(error) => {
                items.push(Item::Refused((*name).to_owned(), error.clone()));
            }
        }
    }
    found_any |= !items.is_empty();
    // A README with steps is a codelab when there is no other.
    if !found_any {
        items.append(&mut rest);
    }
    items
}

fn leads(name: &str) -> bool {
    matches!(choose::stem_of(name).as_str(), "index" | "codelab")
}
