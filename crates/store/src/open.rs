//! Opening and closing: lock, look before touching, migrate, one writer and
//! several readers.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64},
    },
    time::Duration,
};

use sqlx::{
    ConnectOptions as _, Connection as _, Sqlite, SqlitePool, Transaction,
    migrate::Migrator,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::{OpenError, StoreError, files, lock::Lock, unsaved::Work};

static MIGRATOR: Migrator = sqlx::migrate!("../../migrations");

const FILE_NAME: &str = "open-codelabs.db";

/// Readers at once. Reading never waits for the writer; a handful keeps the
/// cores busy and the page caches small.
const READERS: u32 = 4;

/// How long a connection waits for another process that reads the file, for
/// instance somebody's SQLite browser.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// The database and the files beside it. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    inner: Arc<Inner>,
    /// What this handle adds files for.
    work: Option<Work>,
}

#[derive(Debug)]
struct Inner {
    writer: SqlitePool,
    readers: SqlitePool,
    files_dir: PathBuf,
    /// Numbers the temporary files of this process.
    parts: AtomicU64,
    /// Held while a piece of an upload is taken.
    receiving: tokio::sync::Mutex<()>,
    /// Numbers the work of this process.
    works: AtomicI64,
    /// Shared by those who add files; held alone by who takes them away.
    adding: tokio::sync::RwLock<()>,
    lock: Lock,
}

impl Store {
    /// Whether there is a database in this data folder.
    #[must_use]
    pub fn exists(data_dir: &Path) -> bool {
        data_dir.join(FILE_NAME).is_file()
    }

    /// Opens the data folder: `open-codelabs.db` and `files/`. Creates what is
    /// missing and brings the database to this release.
    ///
    /// # Errors
    /// [`OpenError`], a sentence for the person at the machine. A database that
    /// is newer, damaged or in use is left as it is.
    pub async fn open(data_dir: &Path) -> Result<Self, OpenError> {
        let files_dir = data_dir.join("files");
        tokio::fs::create_dir_all(&files_dir)
            .await
            .map_err(|error| OpenError::io(&files_dir, &error))?;
        let lock = Lock::take(data_dir)?;
        let file = data_dir.join(FILE_NAME);
        inspect(&file).await?;

        let failed = |error| OpenError::database(&file, error);
        let writer = pool(1, writing(&file)).await.map_err(failed)?;
        MIGRATOR
            .run(&writer)
            .await
            .map_err(|error| OpenError::migrate(&file, error))?;
        crate::library::index_what_is_not(&writer)
            .await
            .map_err(failed)?;
        let readers = pool(READERS, connecting(&file).read_only(true))
            .await
            .map_err(failed)?;
        files::remove_parts(&files_dir)
            .await
            .map_err(|error| OpenError::io(&files_dir, &error))?;
        let inner = Arc::new(Inner {
            writer,
            readers,
            files_dir,
            parts: AtomicU64::new(0),
            receiving: tokio::sync::Mutex::default(),
            works: AtomicI64::new(0),
            adding: tokio::sync::RwLock::default(),
            lock,
        });
        let store = Self { inner, work: None };
        if let Err(error) = store.discard_all_unsaved().await {
            // They only take up space, and the next start tries again.
            tracing::error!(%error, "files that were never saved are left behind");
        }
        if let Err(error) = store.discard_all_unsaved_contents().await {
            // As above.
            tracing::error!(%error, "contents that were never used are left behind");
        }
        if let Err(error) = store.finish_uploads().await {
            // They stay as they are; the library opens without them.
            tracing::error!(%error, "uploads were not finished");
        }
        Ok(store)
    }

    /// Waits for what is being written, moves everything into the one database
    /// file and gives the data folder free. Clones of the store fail from then on.
    pub async fn close(self) {
        self.inner.readers.close().await;
        let checkpoint = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
            .execute(&self.inner.writer)
            .await;
        if let Err(error) = checkpoint {
            // Nothing is lost: the next start reads the write-ahead log.
            tracing::warn!(%error, "the write-ahead log was not moved into the database");
        }
        self.inner.writer.close().await;
        self.inner.lock.release();
    }

    pub(crate) fn readers(&self) -> &SqlitePool {
        &self.inner.readers
    }

    /// The writer, for a single statement.
    pub(crate) fn writer(&self) -> &SqlitePool {
        &self.inner.writer
    }

    /// Begins a transaction that writes. It takes the write lock at once, so
    /// that what it reads first is still true when it writes.
    pub(crate) async fn begin(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        Ok(self.inner.writer.begin_with("BEGIN IMMEDIATE").await?)
    }

    pub(crate) fn files_dir(&self) -> &Path {
        &self.inner.files_dir
    }

    pub(crate) fn receiving(&self) -> &tokio::sync::Mutex<()> {
        &self.inner.receiving
    }

    pub(crate) fn works(&self) -> &AtomicI64 {
        &self.inner.works
    }

    pub(crate) fn adding(&self) -> &tokio::sync::RwLock<()> {
        &self.inner.adding
    }

    pub(crate) fn work(&self) -> Option<Work> {
        self.work
    }

    pub(crate) fn with_work(&self, work: Work) -> Self {
        Self {
            inner: Arc::clone(&self.inner),
            work: Some(work),
        }
    }

    pub(crate) fn parts(&self) -> &AtomicU64 {
        &self.inner.parts
    }
}

fn connecting(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
}

/// Acknowledged means durable: the write-ahead log is synced at every commit,
/// on macOS down to the disk's own cache.
fn writing(file: &Path) -> SqliteConnectOptions {
    connecting(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .pragma("fullfsync", "ON")
        .pragma("checkpoint_fullfsync", "ON")
}

async fn pool(connections: u32, options: SqliteConnectOptions) -> Result<SqlitePool, sqlx::Error> {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .idle_timeout(None)
        .max_lifetime(None)
        .after_release(|connection, _| {
            Box::pin(async move {
                // A rollback that was begun by a drop is done once the connection answers.
                connection.ping().await?;
                // SQLite rolls back by itself when a disk is full or fails, and sqlx still
                // counts the transaction: such a connection can begin no other. Another one
                // takes its place.
                Ok(!connection.is_in_transaction())
            })
        })
        .connect_with(options)
        .await
}

/// Looks at a database without changing it: whether it is one, whole, and not
/// newer than this release.
async fn inspect(file: &Path) -> Result<(), OpenError> {
    let failed = |error| OpenError::database(file, error);
    let found = tokio::fs::try_exists(file).await;
    if !found.map_err(|error| OpenError::io(file, &error))? {
        return Ok(());
    }
    let mut connection = connecting(file)
        .read_only(true)
        .connect()
        .await
        .map_err(failed)?;
    let verdict: String = sqlx::query_scalar("PRAGMA quick_check(1)")
        .fetch_one(&mut connection)
        .await
        .map_err(failed)?;
    if verdict != "ok" {
        tracing::error!(verdict, "the database is damaged");
        return Err(OpenError::Corrupt {
            file: file.to_owned(),
        });
    }
    let migrated: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM sqlite_master WHERE name = '_sqlx_migrations'")
            .fetch_one(&mut connection)
            .await
            .map_err(failed)?;
    if migrated == 1 {
        let found: Option<i64> = sqlx::query_scalar("SELECT MAX(version) FROM _sqlx_migrations")
            .fetch_one(&mut connection)
            .await
            .map_err(failed)?;
        let found = found.unwrap_or(0);
        let known = MIGRATOR.iter().map(|m| m.version).max().unwrap_or(0);
        if found > known {
            return Err(OpenError::Newer {
                file: file.to_owned(),
                found,
                known,
            });
        }
    }
    connection.close().await.map_err(failed)
}
