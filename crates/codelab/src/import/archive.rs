//! A ZIP archive as a folder. Entries are inflated one by one, only when they are needed, and
//! never beyond their bounds, whatever the archive says about its sizes.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read as _},
};

use zip::{ZipArchive, result::ZipError};

use super::{
    FILES_LIMIT, TOTAL_LIMIT_BYTES,
    folder::{Folder, Found},
    names::{self, Names},
    too_large,
};
use crate::{ImportError, ImportReason};

pub(super) struct Archive {
    zip: ZipArchive<Cursor<Vec<u8>>>,
    /// The number of each entry, by name without the folder around everything.
    entries: BTreeMap<String, usize>,
    label: String,
    inflated_bytes: u64,
}

impl Archive {
    /// Reads the archive's table of contents and checks every name in it.
    pub(super) fn open(bytes: Vec<u8>, label: &str) -> Result<Self, ImportError> {
        let refuse = |reason| ImportError::new(label, reason);
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| refuse(reason(&error)))?;
        if zip.len() > FILES_LIMIT {
            return Err(refuse(ImportReason::TooManyFiles { limit: FILES_LIMIT }));
        }
        let mut checked = Names::new(label);
        let mut entries = Vec::new();
        for index in 0..zip.len() {
            let entry = zip
                .by_index_data(index)
                .map_err(|error| refuse(reason(&error)))?;
            let written = entry
                .name()
                .map_err(|error| refuse(reason(&error)))?
                .into_owned();
            if entry.is_symlink() {
                return Err(refuse(ImportReason::LinkInArchive { name: written }));
            }
            let is_folder = entry.is_dir() || written.ends_with(['/', '\\']);
            if is_folder {
                // Only its name matters, and only when it leads out.
                Names::new(label).add(&written)?;
            } else if let Some(name) = checked.add(&written)? {
                entries.push((name, index));
            }
        }
        if zip.has_duplicate_names() {
            let name = entries
                .first()
                .map_or_else(String::new, |(name, _)| name.clone());
            return Err(refuse(ImportReason::DuplicateName { name }));
        }
        let prefix = names::common_folder(entries.iter().map(|(name, _)| name.as_str())).len();
        let entries = entries
            .iter()
            .map(|(name, index)| (name[prefix..].to_owned(), *index))
            .collect();
        Ok(Self {
            zip,
            entries,
            label: label.to_owned(),
            inflated_bytes: 0,
        })
    }
}

impl Folder for Archive {
    fn names(&mut self) -> Result<Vec<String>, ImportError> {
        Ok(self.entries.keys().cloned().collect())
    }

    fn read(&mut self, name: &str, limit_bytes: u64) -> Result<Found, ImportError> {
        let index = self.entries.get(name).or_else(|| {
            let key = names::find(self.entries.keys().map(String::as_str), name)?;
            self.entries.get(key)
        });
        let Some(&index) = index else {
            return Ok(Found::Missing);
        };
        let refuse = |reason| ImportError::new(&self.label, reason);
        let entry = self
            .zip
            .by_index(index)
            .map_err(|error| refuse(reason(&error)))?;
        let left = TOTAL_LIMIT_BYTES.saturating_sub(self.inflated_bytes);
        let mut bytes = Vec::new();
        let read = entry
            .take(limit_bytes.min(left) + 1)
            .read_to_end(&mut bytes);
        self.inflated_bytes += bytes.len() as u64;
        read.map_err(|error| {
            let detail = format!("{name}: {error}");
            ImportError::new(&self.label, ImportReason::DamagedArchive { detail })
        })?;
        if self.inflated_bytes > TOTAL_LIMIT_BYTES {
            return Err(too_large(&self.label, TOTAL_LIMIT_BYTES));
        }
        let is_whole = bytes.len() as u64 <= limit_bytes;
        Ok(if is_whole {
            Found::Bytes(bytes)
        } else {
            Found::TooLarge
        })
    }
}

fn reason(error: &ZipError) -> ImportReason {
    let text = error.to_string();
    let needs_password = text.contains(ZipError::PASSWORD_REQUIRED);
    if needs_password || matches!(error, ZipError::InvalidPassword) {
        ImportReason::Encrypted
    } else {
        ImportReason::DamagedArchive { detail: text }
    }
}
