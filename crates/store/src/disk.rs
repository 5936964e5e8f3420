//! The disk below the data folder: whether the database is still the file that
//! was opened, how much space is left, and a reserve for the rooms.
//!
//! SQLite goes on happily in a file that was unlinked, and what it commits
//! there is gone with the process. So every write compares the files at their
//! paths with those that were opened, before it begins and after its commit.

use std::{
    fs::{self, Metadata},
    io,
    path::{Path, PathBuf},
    sync::{
        OnceLock,
        atomic::{AtomicBool, Ordering},
    },
};

use fs4::fs_std::FileExt as _;
use tokio::sync::watch;

use crate::{Store, StoreError, lock, private_file};

const RESERVE: &str = "open-codelabs.reserve";

/// Space held back for the events of live rooms: some ten thousand messages, or
/// the rest of a workshop.
const RESERVE_BYTES: u64 = 8 << 20;

/// Below this facilitators are warned.
const LOW_BYTES: u64 = 500 << 20;

/// Below this only rooms may write: no imports, pictures or materials.
const CRITICAL_BYTES: u64 = 100 << 20;

/// What is wrong with the disk or will soon be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiskCondition {
    /// There is space, and writing works.
    Good,
    /// Little space is left.
    Low,
    /// So little space is left that large files are refused.
    Critical,
    /// Nothing more can be saved until there is space.
    Full,
    /// The data folder cannot be written to.
    ReadOnly,
    /// The database was deleted, moved or replaced while it was open.
    Replaced,
    /// The disk reports errors.
    Failing,
}

/// The disk at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DiskState {
    /// Its condition.
    pub condition: DiskCondition,
    /// Bytes that this program may still write, if the system says so.
    pub free_bytes: Option<u64>,
}

/// Identifies a file whatever its name. Systems without inode numbers refuse to
/// delete an open file, so there it is enough that there is one.
#[cfg(unix)]
fn file_id(file: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt as _;
    (file.dev(), file.ino())
}

#[cfg(not(unix))]
fn file_id(_file: &Metadata) -> (u64, u64) {
    (0, 0)
}

/// A path and the file that was found there.
type OpenedFile = (PathBuf, (u64, u64));

/// What is known of the disk between two looks at it.
#[derive(Debug)]
pub(crate) struct Disk {
    data_dir: PathBuf,
    opened: OnceLock<Vec<OpenedFile>>,
    /// Why the last write failed; nothing if it did not.
    fault: watch::Sender<Option<DiskCondition>>,
    /// The writer's connection may be in any state and must be replaced.
    distrusted: AtomicBool,
}

impl Disk {
    pub(crate) fn new(data_dir: &Path) -> Self {
        Self {
            data_dir: data_dir.to_owned(),
            opened: OnceLock::new(),
            fault: watch::Sender::default(),
            distrusted: AtomicBool::new(false),
        }
    }

    /// Remembers the database as it is now. It stays the same file while it is open.
    pub(crate) fn remember(&self, database: &Path) -> io::Result<()> {
        let mut wal = database.as_os_str().to_owned();
        wal.push("-wal");
        let mut opened = Vec::new();
        for path in [database.to_owned(), PathBuf::from(wal)] {
            let id = file_id(&fs::metadata(&path)?);
            opened.push((path, id));
        }
        self.opened.get_or_init(|| opened);
        Ok(())
    }

    /// That the database lies where it was opened.
    pub(crate) fn check(&self) -> Result<(), StoreError> {
        for (path, id) in self.opened.get().into_iter().flatten() {
            match fs::metadata(path) {
                Ok(found) if file_id(&found) == *id => {}
                Ok(_) => return Err(StoreError::Replaced),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    return Err(StoreError::Replaced);
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Notes how a write went, for whoever watches and for the next write.
    pub(crate) fn note<T>(&self, result: Result<T, StoreError>) -> Result<T, StoreError> {
        let Some(fault) = result.as_ref().err().and_then(fault_of) else {
            return result;
        };
        self.distrusted.store(true, Ordering::Release);
        self.set_fault(Some(fault));
        result
    }

    pub(crate) fn wrote(&self) {
        self.set_fault(None);
    }

    /// Whether the writer must be replaced; asked once for each failure.
    pub(crate) fn distrusts_writer(&self) -> bool {
        self.distrusted.swap(false, Ordering::AcqRel)
    }

    fn set_fault(&self, fault: Option<DiskCondition>) {
        self.fault.send_if_modified(|old| {
            let changed = *old != fault;
            *old = fault;
            changed
        });
    }

    /// Looks at the disk. Blocks.
    fn state(&self) -> DiskState {
        let space = Space::of(&self.data_dir);
        let condition = if let Err(error) = self.check() {
            fault_of(&error).unwrap_or(DiskCondition::Failing)
        } else if let Some(fault) = *self.fault.borrow() {
            fault
        } else if !lock::is_writable(&self.data_dir) {
            DiskCondition::ReadOnly
        } else {
            space.map_or(DiskCondition::Good, Space::condition)
        };
        DiskState {
            condition,
            free_bytes: space.map(|space| space.free_bytes),
        }
    }

    /// Sets the reserve aside again once there is plenty. Blocks.
    pub(crate) fn set_reserve_aside(&self) {
        let path = self.data_dir.join(RESERVE);
        let plenty = Space::of(&self.data_dir)
            .is_some_and(|space| space.free_bytes > space.critical_bytes() + 2 * RESERVE_BYTES);
        if !plenty || fs::metadata(&path).is_ok_and(|found| found.len() == RESERVE_BYTES) {
            return;
        }
        let made = private_file().create(true).truncate(true).open(&path);
        let made = made.and_then(|file| file.allocate(RESERVE_BYTES));
        if let Err(error) = made {
            tracing::warn!(%error, "no space is held back for the rooms");
            drop(fs::remove_file(path));
        }
    }

    /// Gives the reserve to the rooms. Says whether there was one.
    fn release_reserve(&self) -> bool {
        let released = fs::remove_file(self.data_dir.join(RESERVE)).is_ok();
        if released {
            tracing::warn!("the disk is full; the reserve was released");
        }
        released
    }
}

#[derive(Clone, Copy)]
struct Space {
    free_bytes: u64,
    total_bytes: u64,
}

impl Space {
    fn of(folder: &Path) -> Option<Self> {
        let found = fs4::statvfs(folder).ok()?;
        Some(Self {
            free_bytes: found.available_space(),
            total_bytes: found.total_space(),
        })
    }

    /// On a small disk the bounds are a share of it.
    fn low_bytes(self) -> u64 {
        LOW_BYTES.min(self.total_bytes / 5)
    }

    fn critical_bytes(self) -> u64 {
        CRITICAL_BYTES.min(self.total_bytes / 20)
    }

    fn condition(self) -> DiskCondition {
        if self.free_bytes == 0 {
            DiskCondition::Full
        } else if self.free_bytes < self.critical_bytes() {
            DiskCondition::Critical
        } else if self.free_bytes < self.low_bytes() {
            DiskCondition::Low
        } else {
            DiskCondition::Good
        }
    }
}

/// The disk's part in a failure, if it has one.
fn fault_of(error: &StoreError) -> Option<DiskCondition> {
    match error {
        StoreError::Full => Some(DiskCondition::Full),
        StoreError::ReadOnly => Some(DiskCondition::ReadOnly),
        StoreError::Replaced => Some(DiskCondition::Replaced),
        StoreError::Io(_) => Some(DiskCondition::Failing),
        StoreError::Busy
        | StoreError::BadCursor
        | StoreError::Inconsistency { .. }
        | StoreError::SetAside
        | StoreError::NotNext { .. }
        | StoreError::InvalidEntry(_)
        | StoreError::AlreadyAnswered
        | StoreError::NotAFacilitator
        | StoreError::Name(_)
        | StoreError::Database(_) => None,
    }
}

impl Store {
    /// Checks that the database is still the file that was opened: what is read
    /// from it otherwise is nothing to acknowledge.
    ///
    /// # Errors
    /// [`StoreError::Replaced`], or that the folder cannot be read.
    pub fn check_in_place(&self) -> Result<(), StoreError> {
        self.disk().note(self.disk().check())
    }

    /// Checks that a large file may be written: what is left below some 100 MB
    /// belongs to the live rooms.
    ///
    /// # Errors
    /// [`StoreError::Full`].
    pub fn check_space(&self, size_bytes: u64) -> Result<(), StoreError> {
        let Some(space) = Space::of(&self.disk().data_dir) else {
            return Ok(());
        };
        if space.free_bytes < space.critical_bytes().saturating_add(size_bytes) {
            return Err(StoreError::Full);
        }
        Ok(())
    }

    /// Looks at the disk. After a failed write it tries a small one, and when
    /// there is plenty of space again it sets the reserve aside anew.
    pub async fn disk_state(&self) -> DiskState {
        let failed = self.disk().fault.borrow().is_some();
        if failed && self.disk().check().is_ok() {
            // How it went is noted where it was tried.
            drop(self.try_to_write().await);
        }
        let store = self.clone();
        let look = tokio::task::spawn_blocking(move || {
            let state = store.disk().state();
            if state.condition == DiskCondition::Good {
                store.disk().set_reserve_aside();
            }
            state
        });
        look.await.unwrap_or(DiskState {
            condition: DiskCondition::Failing,
            free_bytes: None,
        })
    }

    /// Tells when writing begins to fail or works again.
    #[must_use]
    pub fn watch_disk(&self) -> watch::Receiver<Option<DiskCondition>> {
        self.disk().fault.subscribe()
    }

    /// A commit without a meaning.
    async fn try_to_write(&self) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let written = sqlx::query!(
            "INSERT INTO settings (key, value) VALUES ('disk_probe', '1')
             ON CONFLICT (key) DO UPDATE SET value = value + 1"
        )
        .execute(&mut *tx)
        .await;
        self.disk().note(written.map_err(StoreError::from))?;
        tx.commit().await
    }

    /// Gives the rooms the space that was held back for them.
    pub(crate) fn release_reserve_when_full(&self, error: &StoreError) -> bool {
        matches!(error, StoreError::Full) && self.disk().release_reserve()
    }
}
