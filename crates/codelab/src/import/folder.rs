//! Where the files of an import are: on disk, in an archive, or already in memory.

use std::{collections::BTreeMap, io::Write};

use super::{NamedFile, io_reason, names};
use crate::ImportError;

/// What became of a file that was asked for.
#[derive(Debug)]
pub(super) enum Found {
    Bytes(Vec<u8>),
    /// Not there, or not to be reached from inside the folder.
    Missing,
    /// Larger than the caller allows; not read.
    TooLarge,
}

/// A folder that can only be looked at from the inside.
pub(super) trait Folder {
    /// The paths of all its files, `/` between the parts, hidden ones left out.
    fn names(&mut self) -> Result<Vec<String>, ImportError>;

    /// Reads a file of at most so many bytes.
    fn read(&mut self, name: &str, limit_bytes: u64) -> Result<Found, ImportError>;

    /// Copies a file of at most so many bytes, and says how long it is; nothing if it is not there
    /// or longer.
    fn copy(
        &mut self,
        name: &str,
        limit_bytes: u64,
        out: &mut dyn Write,
    ) -> Result<Option<u64>, ImportError> {
        match self.read(name, limit_bytes)? {
            Found::Bytes(bytes) => {
                let written = out.write_all(&bytes);
                written.map_err(|error| ImportError::new(name, io_reason(&error)))?;
                Ok(Some(bytes.len() as u64))
            }
            Found::Missing | Found::TooLarge => Ok(None),
        }
    }

    /// What is read from now on belongs to another codelab.
    fn next_codelab(&mut self) {}
}

impl<F: Folder + ?Sized> Folder for &mut F {
    fn names(&mut self) -> Result<Vec<String>, ImportError> {
        (**self).names()
    }

    fn read(&mut self, name: &str, limit_bytes: u64) -> Result<Found, ImportError> {
        (**self).read(name, limit_bytes)
    }

    fn copy(
        &mut self,
        name: &str,
        limit_bytes: u64,
        out: &mut dyn Write,
    ) -> Result<Option<u64>, ImportError> {
        (**self).copy(name, limit_bytes, out)
    }

    fn next_codelab(&mut self) {
        (**self).next_codelab();
    }
}

/// A folder inside a folder, with the names that are known to be in it.
pub(super) struct Inner<'a> {
    folder: &'a mut dyn Folder,
    prefix: &'a str,
    names: Vec<String>,
}

impl<'a> Inner<'a> {
    /// `prefix` ends with its slash; `all` are the names of the outer folder.
    pub(super) fn new(folder: &'a mut dyn Folder, prefix: &'a str, all: &[String]) -> Self {
        let names = all.iter().filter_map(|name| name.strip_prefix(prefix));
        let names = names.map(str::to_owned).collect();
        Self {
            folder,
            prefix,
            names,
        }
    }
}

impl Folder for Inner<'_> {
    fn names(&mut self) -> Result<Vec<String>, ImportError> {
        Ok(self.names.clone())
    }

    fn read(&mut self, name: &str, limit_bytes: u64) -> Result<Found, ImportError> {
        self.folder
            .read(&format!("{}{name}", self.prefix), limit_bytes)
    }
}

/// Uploaded files.
pub(super) struct Memory(BTreeMap<String, Vec<u8>>);

impl Memory {
    /// Checks the names and takes off the folder that is around all of them.
    pub(super) fn new(label: &str, files: Vec<NamedFile>) -> Result<Self, ImportError> {
        let mut checked = names::Names::new(label);
        let mut kept = Vec::new();
        for file in files {
            if let Some(name) = checked.add(&file.name)? {
                kept.push((name, file.bytes));
            }
        }
        let prefix = names::common_folder(kept.iter().map(|(name, _)| name.as_str())).len();
        Ok(Self(
            kept.into_iter()
                .map(|(name, bytes)| (name[prefix..].to_owned(), bytes))
                .collect(),
        ))
    }

    /// A folder of one file.
    pub(super) fn single(name: &str, bytes: Vec<u8>) -> Self {
        Self(BTreeMap::from([(name.to_owned(), bytes)]))
    }
}

impl Folder for Memory {
    fn names(&mut self) -> Result<Vec<String>, ImportError> {
        Ok(self.0.keys().cloned().collect())
    }

    fn read(&mut self, name: &str, limit_bytes: u64) -> Result<Found, ImportError> {
        let bytes = self.0.get(name).or_else(|| {
            let key = names::find(self.0.keys().map(String::as_str), name)?;
            self.0.get(key)
        });
        Ok(match bytes {
            Some(bytes) if bytes.len() as u64 > limit_bytes => Found::TooLarge,
            Some(bytes) => Found::Bytes(bytes.clone()),
            None => Found::Missing,
        })
    }
}
