//! What the store remembers beside the database, to notice that the database is
//! not the one it left: `open-codelabs.state` and `open-codelabs.newest`.
//!
//! While the store is open the state says so. After a kill it still does, and then
//! SQLite's write-ahead log must be there. When the store is closed the state holds
//! a checksum of every page. Nothing here is needed to open a database: without a
//! state nothing is noticed, and everything works.

use std::{
    fs::{self, File},
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use domain::{Seq, WorkshopId};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{
    files::sync_folder,
    notice::Notice,
    private_file,
    wal::{self, WalHealth},
};

const STATE: &str = "open-codelabs.state";
const NEWEST: &str = "open-codelabs.newest";

/// Bytes of a page's checksum that are kept.
const SUM_BYTES: usize = 8;

/// Where SQLite keeps the size of a page, in the first hundred bytes.
const PAGE_SIZE_AT: usize = 16;

/// The document in `open-codelabs.state`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct State {
    /// Whether a store has the database open, or was killed with it open.
    pub(crate) running: bool,
    /// A checksum of every page, when the store was closed; in hexadecimal.
    sums: Option<String>,
    /// What was noticed, until somebody says that they know.
    pub(crate) notices: Vec<Notice>,
}

impl State {
    /// The state of a data folder; nothing if there is none, or none that can be read.
    pub(crate) fn read(data_dir: &Path) -> Option<Self> {
        let document = fs::read(data_dir.join(STATE)).ok()?;
        serde_json::from_slice(&document).ok()
    }

    /// Puts this state in place of the one before, durably.
    pub(crate) fn write(&self, data_dir: &Path) -> io::Result<()> {
        let part = data_dir.join(format!("{STATE}.part"));
        let mut file = private_file().create(true).truncate(true).open(&part)?;
        file.write_all(&serde_json::to_vec(self)?)?;
        file.sync_all()?;
        drop(file);
        fs::rename(&part, data_dir.join(STATE))?;
        sync_folder(data_dir)
    }

    /// Takes the checksums of a closed database.
    pub(crate) fn closed(mut self, database: &Path) -> io::Result<Self> {
        self.running = false;
        self.sums = Some(hex::encode(sums(database)?));
        Ok(self)
    }

    /// The same, still open.
    pub(crate) fn opened(mut self) -> Self {
        self.running = true;
        self.sums = None;
        self
    }

    /// The same, when nothing is known of the database: nothing will be noticed.
    pub(crate) fn left(mut self) -> Self {
        self.running = false;
        self.sums = None;
        self
    }

    /// Compares a database that nobody has open with the state: the write-ahead log,
    /// and the numbers of pages that changed, counted from 1.
    pub(crate) fn compare(&self, database: &Path) -> io::Result<Compared> {
        let health = wal::look(&wal_of(database))?;
        let changed = match &self.sums {
            Some(kept) if health == WalHealth::Absent => {
                let kept = hex::decode(kept).unwrap_or_default();
                changed_pages(&kept, &sums(database)?)
            }
            Some(_) | None => Vec::new(),
        };
        Ok(Compared {
            is_log_missing: self.running && health == WalHealth::Absent,
            is_log_damaged: health == WalHealth::Damaged,
            changed,
        })
    }
}

/// What differs between a database and the state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Compared {
    pub(crate) is_log_missing: bool,
    pub(crate) is_log_damaged: bool,
    pub(crate) changed: Vec<u32>,
}

/// SQLite's write-ahead log of a database.
pub(crate) fn wal_of(database: &Path) -> PathBuf {
    with_ending(database, "-wal")
}

/// A file beside a database, named after it.
pub(crate) fn with_ending(database: &Path, ending: &str) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// The beginning of each page's SHA-256, one after the other.
fn sums(database: &Path) -> io::Result<Vec<u8>> {
    let mut file = File::open(database)?;
    let mut header = [0; 100];
    if file.metadata()?.len() < 100 {
        return Ok(Vec::new());
    }
    file.read_exact(&mut header)?;
    file.seek(SeekFrom::Start(0))?;
    let size = header.get(PAGE_SIZE_AT..PAGE_SIZE_AT + 2);
    let size = size.unwrap_or_default().try_into().unwrap_or_default();
    // 1 stands for 65,536, which two bytes do not hold.
    let size = match u16::from_be_bytes(size) {
        1 => 65_536,
        size @ 512.. => u64::from(size),
        _ => 4096,
    };
    let mut found = Vec::new();
    let mut page = Vec::new();
    loop {
        page.clear();
        if (&file).take(size).read_to_end(&mut page)? == 0 {
            return Ok(found);
        }
        found.extend(Sha256::digest(&page).into_iter().take(SUM_BYTES));
    }
}

fn changed_pages(kept: &[u8], found: &[u8]) -> Vec<u32> {
    let pages = |sums: &[u8]| sums.len().div_ceil(SUM_BYTES);
    let of = |sums: &[u8], page: usize| {
        sums.get(page * SUM_BYTES..(page + 1) * SUM_BYTES)
            .map(<[u8]>::to_vec)
    };
    (0..pages(kept).max(pages(found)))
        .filter(|page| of(kept, *page) != of(found, *page))
        .filter_map(|page| u32::try_from(page + 1).ok())
        .collect()
}

/// The newest event that was committed, in `open-codelabs.newest`. Written after each
/// commit and not synced: it outlives a kill, and after a power cut it may say less.
#[derive(Debug)]
pub(crate) struct Newest(Mutex<Option<File>>);

impl Newest {
    /// The position that was noted; nothing if none was.
    pub(crate) fn read(data_dir: &Path) -> Option<(WorkshopId, Seq)> {
        let noted: [u8; 16] = fs::read(data_dir.join(NEWEST)).ok()?.try_into().ok()?;
        let (workshop, seq) = noted.split_at(8);
        let workshop = u64::from_be_bytes(workshop.try_into().ok()?);
        let seq = i64::from_be_bytes(seq.try_into().ok()?);
        (seq > 0).then(|| (WorkshopId::from_bits(workshop), Seq::new(seq)))
    }

    /// Nothing noted yet. Without a file nothing ever is.
    pub(crate) fn begin(data_dir: &Path) -> Self {
        let file = private_file()
            .create(true)
            .truncate(true)
            .open(data_dir.join(NEWEST));
        let file =
            file.inspect_err(|error| tracing::warn!(%error, "the newest event is not noted"));
        Self(Mutex::new(file.ok()))
    }

    /// Notes an event that was committed.
    pub(crate) fn note(&self, workshop: WorkshopId, seq: Seq) {
        let mut noted = workshop.to_bits().to_be_bytes().to_vec();
        noted.extend(seq.get().to_be_bytes());
        self.put(&noted);
    }

    /// Forgets what was noted: the event may be taken away knowingly.
    pub(crate) fn forget(&self) {
        self.put(&[0; 16]);
    }

    fn put(&self, noted: &[u8]) {
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(open) = file.as_mut() else { return };
        let written = open
            .seek(SeekFrom::Start(0))
            .and_then(|_| open.write_all(noted));
        if let Err(error) = written {
            tracing::warn!(%error, "the newest event is not noted");
            *file = None;
        }
    }
}
