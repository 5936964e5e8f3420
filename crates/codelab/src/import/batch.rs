//! Many codelabs in one go: first what there is, then one after the other, so that a list can be
//! shown, progress told, and the rest left out at any moment.

use std::{
    fs::{self, File},
    io::{self, BufReader},
    path::{Path, PathBuf},
};

use super::{
    ARCHIVE_FILE_LIMIT_BYTES, Import,
    archive::Archive,
    discover::{self, Item},
    disk::Disk,
    embedded::Embedded,
    folder::{Folder, Inner},
    import_converted, import_manifest, import_markdown, io_reason, manifest, names,
    starts_like_zip, too_large,
};
use crate::{ImportError, ImportReason};

/// More codelabs than this are not brought in one go.
const CODELABS_LIMIT: usize = 2000;

/// The codelabs of some files, folders and ZIPs.
pub struct Batch {
    sources: Vec<Source>,
    entries: Vec<Entry>,
    /// The source that was read last, and the names in it.
    open: Option<Opened>,
}

struct Opened {
    source: usize,
    folder: Box<dyn Folder + Send>,
    names: Vec<String>,
}

/// Where codelabs are.
struct Source {
    path: PathBuf,
    /// What the facilitator calls it.
    label: String,
    kind: SourceKind,
}

#[derive(Clone, Copy)]
enum SourceKind {
    Folder,
    Archive,
}

/// A codelab, or what looks like one.
struct Entry {
    name: String,
    what: What,
}

enum What {
    Item(usize, Item),
    Refused(ImportError),
}

impl Batch {
    /// Looks for the codelabs of some paths. What cannot be opened is an entry that is refused.
    #[must_use]
    pub fn open(paths: &[PathBuf]) -> Self {
        let mut batch = Self {
            sources: Vec::new(),
            entries: Vec::new(),
            open: None,
        };
        for path in paths {
            let label = label(path);
            if let Err(error) = batch.add(path, &label) {
                batch.refuse(label, error);
            }
        }
        batch.limit();
        batch
    }

    fn limit(&mut self) {
        if self.entries.len() > CODELABS_LIMIT {
            self.entries.clear();
            let limit = CODELABS_LIMIT;
            let error = ImportError::new("The import", ImportReason::TooManyFiles { limit });
            self.refuse("…".to_owned(), error);
        }
    }

    /// Looks for the codelabs in a folder whose own name means nothing.
    #[must_use]
    pub fn in_folder(path: &Path) -> Self {
        let only = fs::read_dir(path).ok().and_then(|mut entries| {
            let only = entries.next()?.ok()?.path();
            entries.next().is_none().then_some(only)
        });
        if let Some(only) = only {
            return Self::open(&[only]);
        }
        let mut batch = Self::open(&[]);
        if let Err(error) = batch.add(path, "") {
            let label = "The upload".to_owned();
            let error = ImportError {
                file: label.clone(),
                ..error
            };
            batch.refuse(label, error);
        }
        batch.limit();
        batch
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is nothing at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// What each is called: its file, or the folder that is a codelab as a whole.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.name.as_str())
    }

    /// Reads one of them; `None` beyond the last.
    ///
    /// # Errors
    ///
    /// Says why it is no codelab.
    pub fn import(&mut self, index: usize) -> Option<Result<Import, ImportError>> {
        let (source, item) = match &self.entries.get(index)?.what {
            What::Refused(error) => return Some(Err(error.clone())),
            What::Item(source, item) => (*source, item.clone()),
        };
        Some(self.read(source, &item))
    }

    /// Copies a file that one of them brings, of at most so many bytes, and says how long it is;
    /// nothing if it is not there or longer.
    ///
    /// # Errors
    ///
    /// Says why it cannot be read, or not be written.
    pub fn copy(
        &mut self,
        index: usize,
        reference: &str,
        limit_bytes: u64,
        out: &mut dyn io::Write,
    ) -> Result<Option<u64>, ImportError> {
        let Some(What::Item(source, item)) = self.entries.get(index).map(|entry| &entry.what)
        else {
            return Ok(None);
        };
        let (source, prefix) = (*source, names::folder_of(item.name()).to_owned());
        let opened = self.opened(source)?;
        let name = format!("{prefix}{reference}");
        opened.folder.copy(&name, limit_bytes, out)
    }

    fn refuse(&mut self, name: String, error: ImportError) {
        let what = What::Refused(error);
        self.entries.push(Entry { name, what });
    }

    fn add(&mut self, path: &Path, label: &str) -> Result<(), ImportError> {
        let refuse = |error: io::Error| ImportError::new(label, io_reason(&error));
        let metadata = fs::metadata(path).map_err(refuse)?;
        if metadata.is_dir() {
            return self.add_source(path, label, SourceKind::Folder);
        }
        if !metadata.is_file() {
            let detail = "it is no ordinary file".into();
            return Err(ImportError::new(label, ImportReason::Unreadable { detail }));
        }
        if starts_like_zip(path).map_err(refuse)? {
            return self.add_source(path, label, SourceKind::Archive);
        }
        let parent = path
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty());
        let source = Source {
            path: parent.map_or_else(|| PathBuf::from("."), Path::to_path_buf),
            label: label.to_owned(),
            kind: SourceKind::Folder,
        };
        self.sources.push(source);
        let item = if manifest::is_one(label) {
            Item::Manifest(label.to_owned())
        } else {
            Item::Markdown(label.to_owned(), Vec::new())
        };
        self.entries.push(Entry {
            name: label.to_owned(),
            what: What::Item(self.sources.len() - 1, item),
        });
        Ok(())
    }

    fn add_source(
        &mut self,
        path: &Path,
        label: &str,
        kind: SourceKind,
    ) -> Result<(), ImportError> {
        let source = Source {
            path: path.to_path_buf(),
            label: label.to_owned(),
            kind,
        };
        let mut folder = source.open()?;
        let found = discover::items(folder.as_mut())?;
        if found.is_empty() {
            return Err(ImportError::new(label, ImportReason::NoMarkdown));
        }
        self.sources.push(source);
        let number = self.sources.len() - 1;
        for item in found {
            let name = shown(label, &item);
            match item {
                Item::Archive(inner) => self.add_inner(path, label, kind, &inner, name),
                item @ (Item::Markdown(..) | Item::Manifest(_) | Item::Backup(..)) => {
                    self.entries.push(Entry {
                        name,
                        what: What::Item(number, item),
                    });
                }
                Item::Refused(_, error) => self.refuse(name, error),
            }
        }
        Ok(())
    }

    /// An archive in a folder is opened; one in another archive is not.
    fn add_inner(&mut self, path: &Path, label: &str, kind: SourceKind, inner: &str, name: String) {
        let added = match kind {
            SourceKind::Folder => self.add_source(&path.join(inner), &name, SourceKind::Archive),
            SourceKind::Archive => Err(ImportError::new(
                label,
                ImportReason::NestedArchive {
                    name: inner.to_owned(),
                },
            )),
        };
        if let Err(error) = added {
            self.refuse(name, error);
        }
    }

    fn opened(&mut self, source: usize) -> Result<&mut Opened, ImportError> {
        let kept = self.open.take().filter(|opened| opened.source == source);
        let opened = if let Some(opened) = kept {
            opened
        } else {
            let mut folder = self.sources[source].open()?;
            Opened {
                source,
                names: folder.names()?,
                folder,
            }
        };
        Ok(self.open.insert(opened))
    }

    fn read(&mut self, source: usize, item: &Item) -> Result<Import, ImportError> {
        let opened = self.opened(source)?;
        opened.folder.next_codelab();
        let prefix = names::folder_of(item.name());
        let name = manifest::file_of(item.name());
        let mut inner = Inner::new(opened.folder.as_mut(), prefix, &opened.names);
        match item {
            Item::Manifest(_) => import_manifest(&mut inner, name),
            Item::Backup(_, index, _, backup) => {
                let all = inner.names()?;
                let has =
                    |wanted: &str| names::find(all.iter().map(String::as_str), wanted).is_some();
                let converted = backup.convert(name, *index, &has)?;
                import_converted(&mut inner, name, converted)
            }
            Item::Markdown(_, left) => {
                let mut import = import_markdown(&mut inner, name, name)?;
                let left = discover::left_out(name, left);
                import.diagnostics.splice(0..0, left);
                Ok(import)
            }
            Item::Archive(_) | Item::Refused(..) => import_markdown(&mut inner, name, name),
        }
    }
}

impl Source {
    fn open(&self) -> Result<Box<dyn Folder + Send>, ImportError> {
        let (path, label) = (&self.path, &self.label);
        match self.kind {
            SourceKind::Folder => Ok(Box::new(Embedded::new(Disk::open(path, label)?))),
            SourceKind::Archive => {
                let refuse = |error: io::Error| ImportError::new(label, io_reason(&error));
                let file = File::open(path).map_err(refuse)?;
                if file.metadata().map_err(refuse)?.len() > ARCHIVE_FILE_LIMIT_BYTES {
                    return Err(too_large(label, ARCHIVE_FILE_LIMIT_BYTES));
                }
                let archive = Archive::open(BufReader::new(file), label)?;
                Ok(Box::new(Embedded::new(archive)))
            }
        }
    }
}

fn label(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

/// A codelab's name in the list: with the folder or ZIP that it is in.
fn shown(label: &str, item: &Item) -> String {
    let of_backup;
    let name = match item {
        Item::Backup(name, index, title, _) => {
            let folder = names::folder_of(name);
            of_backup = format!("{folder}{}: {title}", index + 1);
            of_backup.as_str()
        }
        Item::Manifest(name) => names::folder_of(name).trim_end_matches('/'),
        Item::Markdown(name, _) | Item::Archive(name) | Item::Refused(name, _) => name,
    };
    if name.is_empty() {
        label.to_owned()
    } else if label.is_empty() {
        name.to_owned()
    } else {
        format!("{label}/{name}")
    }
}

#[cfg(test)]
mod tests;
