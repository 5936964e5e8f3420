//! What can go wrong, told apart by what can be done about it.

use std::{
    io,
    path::{Path, PathBuf},
};

use domain::{Seq, TextError};

use crate::copies;

/// SQLite's primary result codes that mean something to a person,
/// from <https://www.sqlite.org/rescode.html>.
mod code {
    pub(super) const BUSY: i32 = 5;
    pub(super) const READONLY: i32 = 8;
    pub(super) const IOERR: i32 = 10;
    pub(super) const CORRUPT: i32 = 11;
    pub(super) const FULL: i32 = 13;
    pub(super) const CANTOPEN: i32 = 14;
    pub(super) const NOTADB: i32 = 26;
}

/// SQLite's primary result code; the lower byte of the extended one.
fn primary_code(error: &sqlx::Error) -> Option<i32> {
    let extended: i32 = error.as_database_error()?.code()?.parse().ok()?;
    Some(extended & 0xff)
}

/// Whether SQLite met bytes that cannot be what was written. A column's document that
/// is no JSON any more has no code of its own.
fn is_corrupt(error: &sqlx::Error) -> bool {
    let is_no_json = error
        .as_database_error()
        .is_some_and(|error| error.message().contains("malformed JSON"));
    is_no_json || matches!(primary_code(error), Some(code::CORRUPT | code::NOTADB))
}

fn is_full(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
    )
}

/// Why the store cannot be opened. Each is a sentence for the person at the machine.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process holds the lock.
    #[error(
        "Open Codelabs is already running with the data folder {}. \
         Switch to it, or close it and start again.", .data_dir.display()
    )]
    InUse {
        /// The data folder.
        data_dir: PathBuf,
    },
    /// Written by a newer release; left as it is.
    #[error(
        "The database {} was written by a newer release of Open Codelabs (its format is {found}, \
         this release knows up to {known}). It was not changed. Install the newest release and \
         start again.", .file.display()
    )]
    Newer {
        /// The database.
        file: PathBuf,
        /// Number of its newest migration.
        found: i64,
        /// Number of the newest migration of this release.
        known: i64,
    },
    /// Not a database, or a damaged one; left as it is.
    #[error(
        "The database {} is damaged and was not changed. {}Move it elsewhere to start with an \
         empty library; keep it, since much of it may be recovered.",
        .file.display(), advice(.copy.as_deref())
    )]
    Corrupt {
        /// The database.
        file: PathBuf,
        /// The newest copy that was made before an update.
        copy: Option<PathBuf>,
    },
    /// There are files of codelabs, but no database, or an empty one.
    #[error(
        "The database {} is missing or empty, but the folder {} holds files of codelabs. {}To \
         start with an empty library, move the whole folder {} elsewhere and start again.",
        .file.display(), .files_dir.display(), advice(.copy.as_deref()),
        .file.parent().unwrap_or(.file).display()
    )]
    Missing {
        /// Where the database should be.
        file: PathBuf,
        /// The files beside it.
        files_dir: PathBuf,
        /// The newest copy that was made before an update.
        copy: Option<PathBuf>,
    },
    /// No copy could be made before a migration; nothing was migrated.
    #[error(
        "The database could not be copied to {} before the update ({reason}), so it was not \
         changed. Free some space and start again.", .folder.display()
    )]
    NotCopied {
        /// The folder of the copies.
        folder: PathBuf,
        /// What the system or SQLite says.
        reason: String,
    },
    /// The data folder cannot be used.
    #[error(
        "Open Codelabs cannot write to {} ({reason}). Make that folder writable, or choose \
         another data folder.", .path.display()
    )]
    NotWritable {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// No space left.
    #[error(
        "The disk that holds {} is full. Free some space and start again.", .path.display()
    )]
    Full {
        /// The file or folder.
        path: PathBuf,
    },
    /// Anything else SQLite reports.
    #[error(
        "The database {} cannot be opened ({source}). Restart the machine; if that does not help, \
         report it with this sentence.", .file.display()
    )]
    Database {
        /// The database.
        file: PathBuf,
        /// What went wrong.
        source: sqlx::Error,
    },
    /// A migration failed or is not the one that was applied.
    #[error(
        "The database {} cannot be brought to this release ({source}). It was not changed. Report \
         it with this sentence.", .file.display()
    )]
    Migrate {
        /// The database.
        file: PathBuf,
        /// What went wrong.
        source: sqlx::migrate::MigrateError,
    },
}

fn advice(copy: Option<&Path>) -> String {
    match copy {
        Some(copy) => format!(
            "Put a backup in its place; the copy {} was made before an update. ",
            copy.display()
        ),
        None => "Put a backup in its place. ".to_owned(),
    }
}

impl OpenError {
    pub(crate) fn io(path: impl Into<PathBuf>, error: &io::Error) -> Self {
        let path = path.into();
        if is_full(error) {
            return Self::Full { path };
        }
        let reason = error.to_string();
        Self::NotWritable { path, reason }
    }

    /// A damaged database, with the copy that may take its place.
    pub(crate) fn corrupt(file: impl Into<PathBuf>) -> Self {
        let file = file.into();
        let copy = file.parent().and_then(copies::newest);
        Self::Corrupt { file, copy }
    }

    /// A database that was lost.
    pub(crate) fn missing(file: &Path, files_dir: &Path) -> Self {
        Self::Missing {
            file: file.to_owned(),
            files_dir: files_dir.to_owned(),
            copy: file.parent().and_then(copies::newest),
        }
    }

    pub(crate) fn database(file: impl Into<PathBuf>, source: sqlx::Error) -> Self {
        let file = file.into();
        match primary_code(&source) {
            Some(_) if is_corrupt(&source) => Self::corrupt(file),
            Some(code::FULL) => Self::Full { path: file },
            Some(code::READONLY | code::CANTOPEN) => Self::NotWritable {
                path: file,
                reason: source.to_string(),
            },
            Some(_) | None => Self::Database { file, source },
        }
    }

    /// What the store found while the database was being opened.
    pub(crate) fn store(file: impl Into<PathBuf>, error: StoreError) -> Self {
        if let StoreError::Database(source) = error {
            return Self::database(file, source);
        }
        let file = file.into();
        if let StoreError::Full = error {
            return Self::Full { path: file };
        }
        let source = sqlx::Error::Decode(error.into());
        Self::Database { file, source }
    }

    pub(crate) fn migrate(file: impl Into<PathBuf>, source: sqlx::migrate::MigrateError) -> Self {
        use sqlx::migrate::MigrateError;
        if let MigrateError::Execute(source) | MigrateError::ExecuteMigration(source, _) = source {
            return Self::database(file, source);
        }
        let file = file.into();
        Self::Migrate { file, source }
    }
}

/// Why the store could not do what was asked. Nothing of it was done.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another program holds the database; nothing was written.
    #[error("another program holds the database")]
    Busy,
    /// No space left on the disk.
    #[error("the disk is full")]
    Full,
    /// The disk or the data folder can only be read.
    #[error("the data folder cannot be written to")]
    ReadOnly,
    /// The database at its path is not the one that was opened. What is written
    /// now would be lost.
    #[error("the database was deleted, moved or replaced while it was open")]
    Replaced,
    /// The cursor of a page request is none of ours.
    #[error("this is no cursor of this list")]
    BadCursor,
    /// A row holds what it cannot hold: the file was changed by something else.
    #[error("table {table} is inconsistent: column {column} of {row}")]
    Inconsistency {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// Which row.
        row: String,
    },
    /// A workshop that was found damaged before and is not opened.
    #[error("the workshop is damaged and set aside")]
    SetAside,
    /// The events do not continue the log.
    #[error("the log continues with event {expected}, not {found}")]
    NotNext {
        /// Position the next event must have.
        expected: Seq,
        /// Position it has.
        found: Seq,
    },
    /// An entry breaks a rule of the log.
    #[error("the log takes no such entry: {0}")]
    InvalidEntry(&'static str),
    /// A command was answered before; one command is carried out once.
    #[error("a command of this entry was carried out before")]
    AlreadyAnswered,
    /// Whoever began this was removed meanwhile; nothing more is done for them.
    #[error("whoever began this is a facilitator no longer")]
    NotAFacilitator,
    /// A text is not a name.
    #[error("this is no name: {0}")]
    Name(#[from] TextError),
    /// The database.
    #[error("the database failed: {0}")]
    Database(sqlx::Error),
    /// The files beside it.
    #[error("a file could not be read or written: {0}")]
    Io(io::Error),
}

impl StoreError {
    /// Whether what is stored is damaged: trying again does not help, and what else
    /// is stored may be whole.
    #[must_use]
    pub fn is_damage(&self) -> bool {
        match self {
            Self::Inconsistency { .. } | Self::SetAside => true,
            Self::Database(error) => {
                matches!(
                    error,
                    sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_)
                ) || is_corrupt(error)
            }
            Self::Busy
            | Self::Full
            | Self::ReadOnly
            | Self::Replaced
            | Self::BadCursor
            | Self::NotNext { .. }
            | Self::InvalidEntry(_)
            | Self::AlreadyAnswered
            | Self::NotAFacilitator
            | Self::Name(_)
            | Self::Io(_) => false,
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match primary_code(&error) {
            Some(code::BUSY) => Self::Busy,
            Some(code::FULL) => Self::Full,
            Some(code::READONLY) => Self::ReadOnly,
            Some(code::IOERR | code::CANTOPEN) => Self::Io(io::Error::other(error)),
            Some(_) | None => {
                if let sqlx::Error::Io(error) = error {
                    return error.into();
                }
                Self::Database(error)
            }
        }
    }
}

impl From<io::Error> for StoreError {
    fn from(error: io::Error) -> Self {
        if is_full(&error) {
            Self::Full
        } else if error.kind() == io::ErrorKind::ReadOnlyFilesystem {
            Self::ReadOnly
        } else {
            Self::Io(error)
        }
    }
}
