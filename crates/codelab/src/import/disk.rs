//! A folder on disk. Links may lead around inside it, never out.

use std::{
    fs::{self, File},
    io::{self, Read as _, Write},
    path::{Path, PathBuf},
};

use super::{
    FILES_LIMIT,
    folder::{Folder, Found},
    io_reason, names,
};
use crate::{ImportError, ImportReason};

/// Deeper folders are not searched for a codelab.
const DEEPEST: usize = 8;

pub(super) struct Disk {
    /// Without links, so that what is found can be compared with it.
    root: PathBuf,
    label: String,
}

impl Disk {
    pub(super) fn open(path: &Path, label: &str) -> Result<Self, ImportError> {
        let root = path.canonicalize();
        let root = root.map_err(|error| ImportError::new(label, io_reason(&error)))?;
        Ok(Self {
            root,
            label: label.to_owned(),
        })
    }

    fn walk(
        &self,
        folder: &Path,
        prefix: &str,
        found: &mut Vec<String>,
    ) -> Result<(), ImportError> {
        let refuse = |error| ImportError::new(&self.label, io_reason(&error));
        for entry in fs::read_dir(folder).map_err(refuse)? {
            let entry = entry.map_err(refuse)?;
            let Ok(name) = entry.file_name().into_string() else {
                continue;
            };
            let kind = entry.file_type().map_err(refuse)?;
            let name = format!("{prefix}{name}");
            if names::is_hidden(&name) {
                continue;
            }
            if kind.is_dir() && name.matches('/').count() < DEEPEST {
                self.walk(&entry.path(), &format!("{name}/"), found)?;
            } else if kind.is_file() {
                found.push(name);
            }
            if found.len() > FILES_LIMIT {
                let reason = ImportReason::TooManyFiles { limit: FILES_LIMIT };
                return Err(ImportError::new(&self.label, reason));
            }
        }
        Ok(())
    }
}

impl Folder for Disk {
    fn names(&mut self) -> Result<Vec<String>, ImportError> {
        let mut found = Vec::new();
        self.walk(&self.root, "", &mut found)?;
        found.sort();
        Ok(found)
    }

    fn read(&mut self, name: &str, limit_bytes: u64) -> Result<Found, ImportError> {
        // A broken link or a name the system cannot have is as good as no file.
        let Ok(path) = self.root.join(name).canonicalize() else {
            return Ok(Found::Missing);
        };
        let refuse = |error| ImportError::new(name, io_reason(&error));
        if !path.starts_with(&self.root) || !fs::metadata(&path).map_err(refuse)?.is_file() {
            return Ok(Found::Missing);
        }
        let mut bytes = Vec::new();
        let file = File::open(&path).map_err(refuse)?;
        file.take(limit_bytes + 1)
            .read_to_end(&mut bytes)
            .map_err(refuse)?;
        let is_whole = bytes.len() as u64 <= limit_bytes;
        Ok(if is_whole {
            Found::Bytes(bytes)
        } else {
            Found::TooLarge
        })
    }

    fn copy(
        &mut self,
        name: &str,
        limit_bytes: u64,
        out: &mut dyn Write,
    ) -> Result<Option<u64>, ImportError> {
        let Ok(path) = self.root.join(name).canonicalize() else {
            return Ok(None);
        };
        let refuse = |error| ImportError::new(name, io_reason(&error));
        if !path.starts_with(&self.root) || !fs::metadata(&path).map_err(refuse)?.is_file() {
            return Ok(None);
        }
        let file = File::open(&path).map_err(refuse)?;
        let copied = io::copy(&mut file.take(limit_bytes + 1), out).map_err(refuse)?;
        Ok((copied <= limit_bytes).then_some(copied))
    }
}
