//! A ZIP archive as a folder. Entries are inflated one by one, only when they are needed, and
//! never beyond their bounds, whatever the archive says about its sizes.

use std::{
    collections::BTreeMap,
    io::{self, Read, Seek, SeekFrom, Write},
};

use zip::{CompressionMethod, ZipArchive, result::ZipError};

use super::{
    FILES_LIMIT, MEGABYTE, TOTAL_LIMIT_BYTES,
    folder::{Folder, Found},
    names::{self, Names},
    too_large,
};
use crate::{ImportError, ImportReason};

/// All that the codelabs of one archive may bring together.
const ARCHIVE_LIMIT_BYTES: u64 = 2048 * MEGABYTE;

/// Text shrinks to a tenth, an empty picture to a hundredth; deflate cannot do better than 1:1032.
const LARGEST_RATIO: u64 = 500;

/// Small files may shrink as they like.
const RATIO_COUNTS_FROM_BYTES: u64 = 4 * MEGABYTE;

pub(super) struct Archive<R> {
    zip: ZipArchive<R>,
    /// The number of each entry, by name without the folder around everything.
    entries: BTreeMap<String, usize>,
    label: String,
    /// For one codelab.
    inflated_bytes: u64,
    /// For all of them.
    all_inflated_bytes: u64,
}

impl<R: Read + Seek> Archive<R> {
    /// Reads the archive's table of contents and checks every name in it.
    pub(super) fn open(mut bytes: R, label: &str) -> Result<Self, ImportError> {
        let refuse = |reason| ImportError::new(label, reason);
        let too_many = || refuse(ImportReason::TooManyFiles { limit: FILES_LIMIT });
        let promised = promised_entries(&mut bytes).map_err(|error| {
            let detail = error.to_string();
            refuse(ImportReason::DamagedArchive { detail })
        })?;
        if promised.is_some_and(|promised| usize::from(promised) > FILES_LIMIT) {
            return Err(too_many());
        }
        let mut zip = ZipArchive::new(bytes).map_err(|error| refuse(reason(&error)))?;
        if zip.len() > FILES_LIMIT {
            return Err(too_many());
        }
        // The same bytes under many names would be inflated again and again.
        if zip
            .has_overlapping_files()
            .map_err(|error| refuse(reason(&error)))?
        {
            let detail = "its files share their bytes".to_owned();
            return Err(refuse(ImportReason::DamagedArchive { detail }));
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
            if std::str::from_utf8(entry.name_raw()).is_err() {
                return Err(refuse(ImportReason::NameNotUtf8 { name: written }));
            }
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
            all_inflated_bytes: 0,
        })
    }
}

impl<R: Read + Seek> Archive<R> {
    /// Inflates an entry up to one byte beyond the limit, and says how much came; nothing if there
    /// is none.
    fn inflate(
        &mut self,
        name: &str,
        limit_bytes: u64,
        to: Destination,
        out: &mut dyn Write,
    ) -> Result<Option<u64>, ImportError> {
        let index = self.entries.get(name).or_else(|| {
            let key = names::find(self.entries.keys().map(String::as_str), name)?;
            self.entries.get(key)
        });
        let Some(&index) = index else {
            return Ok(None);
        };
        let refuse = |reason| ImportError::new(&self.label, reason);
        let entry = self
            .zip
            .by_index(index)
            .map_err(|error| refuse(reason(&error)))?;
        let packed_bytes = entry.compressed_size();
        // What is stored as it is grows by nothing, and what is copied needs no memory.
        let is_counted = match to {
            Destination::Memory => true,
            Destination::File => entry.compression() != CompressionMethod::Stored,
        };
        let is_bomb = |inflated_bytes: u64| {
            inflated_bytes > RATIO_COUNTS_FROM_BYTES
                && inflated_bytes > packed_bytes.saturating_mul(LARGEST_RATIO)
        };
        let bomb = || {
            let name = name.to_owned();
            ImportError::new(&self.label, ImportReason::Bomb { name })
        };
        // What it says itself, before a byte is inflated; below what is true.
        if is_bomb(entry.size()) {
            return Err(bomb());
        }
        let left = if is_counted {
            TOTAL_LIMIT_BYTES.saturating_sub(self.inflated_bytes)
        } else {
            packed_bytes
        };
        let mut counted = Counted { out, bytes: 0 };
        let read = io::copy(&mut entry.take(limit_bytes.min(left) + 1), &mut counted);
        let inflated_bytes = counted.bytes;
        if is_counted {
            self.inflated_bytes += inflated_bytes;
            self.all_inflated_bytes += inflated_bytes;
        }
        read.map_err(|error| {
            let detail = format!("{name}: {error}");
            ImportError::new(&self.label, ImportReason::DamagedArchive { detail })
        })?;
        if is_bomb(inflated_bytes) {
            return Err(bomb());
        }
        if self.inflated_bytes > TOTAL_LIMIT_BYTES {
            return Err(too_large(&self.label, TOTAL_LIMIT_BYTES));
        }
        if self.all_inflated_bytes > ARCHIVE_LIMIT_BYTES {
            return Err(too_large(&self.label, ARCHIVE_LIMIT_BYTES));
        }
        Ok(Some(inflated_bytes))
    }
}

/// Where an entry goes.
#[derive(Clone, Copy)]
enum Destination {
    Memory,
    File,
}

/// Counts also what came before something broke.
struct Counted<'a> {
    out: &'a mut dyn Write,
    bytes: u64,
}

impl Write for Counted<'_> {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        let written = self.out.write(piece)?;
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl<R: Read + Seek> Folder for Archive<R> {
    fn names(&mut self) -> Result<Vec<String>, ImportError> {
        Ok(self.entries.keys().cloned().collect())
    }

    fn read(&mut self, name: &str, limit_bytes: u64) -> Result<Found, ImportError> {
        let mut bytes = Vec::new();
        Ok(
            match self.inflate(name, limit_bytes, Destination::Memory, &mut bytes)? {
                None => Found::Missing,
                Some(inflated_bytes) if inflated_bytes > limit_bytes => Found::TooLarge,
                Some(_) => Found::Bytes(bytes),
            },
        )
    }

    fn copy(
        &mut self,
        name: &str,
        limit_bytes: u64,
        out: &mut dyn Write,
    ) -> Result<Option<u64>, ImportError> {
        let copied = self.inflate(name, limit_bytes, Destination::File, out)?;
        Ok(copied.filter(|copied| *copied <= limit_bytes))
    }

    fn next_codelab(&mut self) {
        self.inflated_bytes = 0;
    }
}

/// The number of entries that the end of the archive speaks of, before room is made for them.
fn promised_entries(bytes: &mut (impl Read + Seek)) -> io::Result<Option<u16>> {
    /// The last record with the longest comment.
    const END_BYTES: u64 = 22 + 65_535;
    let length = bytes.seek(SeekFrom::End(0))?;
    bytes.seek(SeekFrom::Start(length.saturating_sub(END_BYTES)))?;
    let mut end = Vec::new();
    bytes.by_ref().take(END_BYTES).read_to_end(&mut end)?;
    bytes.rewind()?;
    let record = end
        .windows(22)
        .rposition(|record| record.starts_with(b"PK\x05\x06"));
    Ok(record.and_then(|at| {
        let count = end.get(at + 10..at + 12)?;
        Some(u16::from_le_bytes(count.try_into().ok()?))
    }))
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
