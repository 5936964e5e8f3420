//! Opening and closing: lock, look before touching, migrate, one writer and
//! several readers.

use std::{
    io,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, AtomicU64},
    },
    time::Duration,
};

use domain::FacilitatorId;
use sqlx::{
    ConnectOptions as _, Connection as _, SqliteConnection, SqlitePool,
    migrate::Migrator,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::{
    Notice, OpenError, StoreError, copies, create_private_folder,
    disk::Disk,
    event_log::chain::chain_older_events,
    files,
    lock::Lock,
    permissions::close_to_others,
    private_file,
    state::{Compared, Newest, State},
};

pub(crate) static MIGRATOR: Migrator = sqlx::migrate!("../../migrations");

pub(crate) const FILE_NAME: &str = "open-codelabs.db";

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
    /// Number of the piece of work that this handle adds files for.
    work: Option<i64>,
    /// Whose rights every write of this handle needs; nobody's, if it is the program's own.
    by: Option<FacilitatorId>,
}

#[derive(Debug)]
struct Inner {
    writer: SqlitePool,
    readers: SqlitePool,
    /// Stays open whatever becomes of the pools' connections: SQLite would remove
    /// the write-ahead log with the last one, and make another.
    anchor: tokio::sync::Mutex<Option<SqliteConnection>>,
    disk: Arc<Disk>,
    files_dir: PathBuf,
    /// Numbers the temporary files of this process.
    parts: AtomicU64,
    /// Held while a piece of an upload is taken.
    receiving: tokio::sync::Mutex<()>,
    /// Numbers the work of this process.
    works: AtomicI64,
    /// Shared by those who add files; held alone by who takes them away.
    adding: tokio::sync::RwLock<()>,
    data_dir: PathBuf,
    /// What is remembered beside the database.
    state: Mutex<State>,
    newest: Newest,
    lock: Lock,
}

impl Drop for Inner {
    /// Whoever drops a store without closing it is not killed: SQLite moves its
    /// write-ahead log into the database, and its absence means nothing then.
    fn drop(&mut self) {
        let state = self.state.get_mut().unwrap_or_else(PoisonError::into_inner);
        if state.running {
            let left = std::mem::take(state).left();
            if let Err(error) = left.write(&self.data_dir) {
                tracing::warn!(%error, "the state of the data folder was not written");
            }
        }
    }
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
        create_private_folder(&files_dir).map_err(|error| OpenError::io(&files_dir, &error))?;
        let lock = Lock::take(data_dir)?;
        let file = data_dir.join(FILE_NAME);
        let known = State::read(data_dir);
        expect_database(&file, &files_dir, known.is_some())?;
        let state = known.unwrap_or_default();
        let compared = compare(&state, &file).await?;
        let format = inspect(&file).await?;
        keep_private(data_dir, &file).await?;

        let failed = |error| OpenError::database(&file, error);
        let disk = Arc::new(Disk::new(data_dir));
        let writer = writer(&file, &disk).await.map_err(failed)?;
        if let Some(format) = format.filter(|format| *format < newest_format()) {
            let mut connection = writer.acquire().await.map_err(failed)?;
            copies::copy(&mut connection, data_dir, format).await?;
        }
        MIGRATOR.run(&writer).await.map_err(|error| {
            let error = OpenError::migrate(&file, error);
            let has_changed = !compared.changed.is_empty();
            // What it says about its format was changed while it was closed.
            if has_changed && matches!(error, OpenError::Migrate { .. }) {
                return OpenError::corrupt(&file);
            }
            error
        })?;
        if !compared.changed.is_empty() && !has_own_schema(&writer).await.map_err(failed)? {
            return Err(OpenError::corrupt(&file));
        }
        crate::library::index_what_is_not(&writer)
            .await
            .map_err(failed)?;
        chain_older_events(&writer)
            .await
            .map_err(|error| OpenError::store(&file, error))?;
        let reading = connecting(&file).read_only(true);
        let anchor = reading.connect().await.map_err(failed)?;
        let readers = readers(reading, &disk).await.map_err(failed)?;
        disk.remember(&file)
            .map_err(|error| OpenError::io(&file, &error))?;
        disk.set_reserve_aside();
        files::remove_parts(&files_dir)
            .await
            .map_err(|error| OpenError::io(&files_dir, &error))?;
        let state = begin(&writer, data_dir, state, compared)
            .await
            .map_err(|error| OpenError::store(&file, error))?;
        let inner = Arc::new(Inner {
            writer,
            readers,
            anchor: tokio::sync::Mutex::new(Some(anchor)),
            disk,
            files_dir,
            parts: AtomicU64::new(0),
            receiving: tokio::sync::Mutex::default(),
            works: AtomicI64::new(0),
            adding: tokio::sync::RwLock::default(),
            data_dir: data_dir.to_owned(),
            state: Mutex::new(state),
            newest: Newest::begin(data_dir),
            lock,
        });
        let store = Self {
            inner,
            work: None,
            by: None,
        };
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
        if let Some(anchor) = self.inner.anchor.lock().await.take()
            && let Err(error) = anchor.close().await
        {
            tracing::warn!(%error, "a connection to the database was not closed");
        }
        // From here on a missing write-ahead log means nothing.
        let left = self.change_state(State::left);
        let checkpoint = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
            .execute(&self.inner.writer)
            .await;
        if let Err(error) = checkpoint {
            // Nothing is lost: the next start reads the write-ahead log.
            tracing::warn!(%error, "the write-ahead log was not moved into the database");
        }
        self.inner.writer.close().await;
        self.inner.newest.forget();
        let (data_dir, file) = (self.inner.data_dir.clone(), self.database_file());
        let closed = tokio::task::spawn_blocking(move || left.closed(&file)?.write(&data_dir));
        match closed.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the database's checksums were not kept"),
            Err(error) => tracing::warn!(%error, "the database's checksums were not kept"),
        }
        self.inner.lock.release();
    }

    /// What was noticed about this data folder and not dismissed.
    #[must_use]
    pub fn notices(&self) -> Vec<Notice> {
        let state = self.inner.state.lock();
        state
            .unwrap_or_else(PoisonError::into_inner)
            .notices
            .clone()
    }

    /// Forgets what was noticed: somebody has read it.
    pub fn dismiss_notices(&self) {
        self.change_state(|mut state| {
            state.notices.clear();
            state
        });
    }

    /// Changes the state and writes it down; returns it.
    fn change_state(&self, change: impl FnOnce(State) -> State) -> State {
        let mut state = self
            .inner
            .state
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *state = change(std::mem::take(&mut *state));
        if let Err(error) = state.write(&self.inner.data_dir) {
            tracing::warn!(%error, "the state of the data folder was not written");
        }
        state.clone()
    }

    fn database_file(&self) -> PathBuf {
        self.inner.data_dir.join(FILE_NAME)
    }

    pub(crate) fn newest(&self) -> &Newest {
        &self.inner.newest
    }

    pub(crate) fn readers(&self) -> &SqlitePool {
        &self.inner.readers
    }

    /// The writer's pool, as it is.
    pub(crate) fn writer_pool(&self) -> &SqlitePool {
        &self.inner.writer
    }

    /// The same store on behalf of a facilitator: a write asks within its own transaction
    /// whether they still are one, and is refused with [`StoreError::NotAFacilitator`] if not.
    #[must_use]
    pub fn on_behalf_of(&self, by: FacilitatorId) -> Self {
        Self {
            by: Some(by),
            ..self.clone()
        }
    }

    pub(crate) fn disk(&self) -> &Arc<Disk> {
        &self.inner.disk
    }

    /// The folder of the files.
    #[must_use]
    pub fn files_dir(&self) -> &Path {
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

    pub(crate) fn work(&self) -> Option<i64> {
        self.work
    }

    pub(crate) fn by(&self) -> Option<FacilitatorId> {
        self.by
    }

    pub(crate) fn with_work(&self, number: i64, by: Option<FacilitatorId>) -> Self {
        Self {
            inner: Arc::clone(&self.inner),
            work: Some(number),
            by,
        }
    }

    pub(crate) fn parts(&self) -> &AtomicU64 {
        &self.inner.parts
    }
}

/// Makes sure that there is a database file, so that SQLite creates none with
/// permissions of its own, and that nobody else may read what is there. A file
/// system without permissions, or one that is somebody else's, is said and used.
async fn keep_private(data_dir: &Path, file: &Path) -> Result<(), OpenError> {
    let made = private_file().create(true).truncate(false).open(file);
    made.map_err(|error| OpenError::io(file, &error))?;
    let folder = data_dir.to_owned();
    let closed = tokio::task::spawn_blocking(move || close_to_others(&folder)).await;
    if let Err(error) = closed.map_err(std::io::Error::other).flatten() {
        tracing::warn!(%error, "others on this machine may be able to read the data folder");
    }
    Ok(())
}

pub(crate) fn connecting(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
}

/// Acknowledged means durable: the write-ahead log is synced at every commit,
/// on macOS down to the disk's own cache.
pub(crate) fn writing(file: &Path) -> SqliteConnectOptions {
    connecting(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .pragma("fullfsync", "ON")
        .pragma("checkpoint_fullfsync", "ON")
}

/// One connection. It is replaced when a transaction on it did not end as asked:
/// after `ENOSPC` or `EIO` SQLite has rolled back by itself, and the connection
/// counts a transaction that is no longer there.
async fn writer(file: &Path, disk: &Arc<Disk>) -> Result<SqlitePool, sqlx::Error> {
    let known = Arc::clone(disk);
    let options = pool_options(1, disk).before_acquire(move |connection, _| {
        let usable = !known.distrusts_writer() && !connection.is_in_transaction();
        Box::pin(async move { Ok(usable) })
    });
    let writer = options.connect_with(writing(file)).await?;
    // A database that has disappeared must not be made anew, empty.
    writer.set_connect_options(writing(file).create_if_missing(false));
    Ok(writer)
}

async fn readers(
    options: SqliteConnectOptions,
    disk: &Arc<Disk>,
) -> Result<SqlitePool, sqlx::Error> {
    pool_options(READERS, disk)
        .before_acquire(|connection, _| {
            let usable = !connection.is_in_transaction();
            Box::pin(async move { Ok(usable) })
        })
        .connect_with(options)
        .await
}

fn pool_options(connections: u32, disk: &Arc<Disk>) -> SqlitePoolOptions {
    let disk = Arc::clone(disk);
    SqlitePoolOptions::new()
        .max_connections(connections)
        .idle_timeout(None)
        .max_lifetime(None)
        .after_connect(move |_, _| {
            let in_place = disk.check().map_err(io::Error::other);
            Box::pin(async move { Ok(in_place?) })
        })
}

/// A pool without a data folder's disk to watch: for a database that is being made.
pub(crate) async fn pool(
    connections: u32,
    options: SqliteConnectOptions,
) -> Result<SqlitePool, sqlx::Error> {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options)
        .await
}

/// The number of this release's newest migration.
pub(crate) fn newest_format() -> i64 {
    MIGRATOR.iter().map(|m| m.version).max().unwrap_or(0)
}

/// Refuses a data folder that has files or a state but no database: it was lost, and
/// an empty library in its place would hide that.
fn expect_database(file: &Path, files_dir: &Path, has_state: bool) -> Result<(), OpenError> {
    let size = std::fs::metadata(file).map_or(0, |found| found.len());
    if size > 0 {
        return Ok(());
    }
    let has_files = files::has_any(files_dir).map_err(|error| OpenError::io(files_dir, &error))?;
    if has_files || has_state {
        return Err(OpenError::missing(file, files_dir));
    }
    Ok(())
}

/// Compares the database with what is remembered of it, before SQLite touches it.
async fn compare(state: &State, file: &Path) -> Result<Compared, OpenError> {
    if !file.exists() {
        return Ok(Compared::default());
    }
    let (state, path) = (state.clone(), file.to_owned());
    tokio::task::spawn_blocking(move || state.compare(&path))
        .await
        .map_err(std::io::Error::other)
        .flatten()
        .map_err(|error| OpenError::io(file, &error))
}

/// Puts what was noticed into words and says that the database is open. Something is
/// written first, so that there is a write-ahead log from then on.
async fn begin(
    writer: &SqlitePool,
    data_dir: &Path,
    mut state: State,
    compared: Compared,
) -> Result<State, StoreError> {
    if compared.is_log_missing {
        state.notices.push(Notice::ChangesRemoved);
    } else if compared.is_log_damaged {
        state.notices.push(Notice::ChangesDamaged);
    } else if went_back(writer, data_dir).await? {
        state.notices.push(Notice::WentBack);
    }
    if !compared.changed.is_empty() {
        let tables = tables_of(writer, &compared.changed).await;
        let pages = u32::try_from(compared.changed.len()).unwrap_or(u32::MAX);
        state.notices.push(Notice::ChangedOutside { pages, tables });
    }
    for notice in &state.notices {
        tracing::error!(%notice, "the data folder is not as it was left");
    }
    sqlx::query!(
        "INSERT INTO settings (key, value) VALUES ('opened', '1')
         ON CONFLICT (key) DO UPDATE SET value = value + 1"
    )
    .execute(writer)
    .await?;
    let state = state.opened();
    if let Err(error) = state.write(data_dir) {
        tracing::warn!(%error, "the state of the data folder was not written");
    }
    Ok(state)
}

/// Whether tables, indexes and triggers are those that the migrations make.
async fn has_own_schema(writer: &SqlitePool) -> Result<bool, sqlx::Error> {
    const SCHEMA: &str = "SELECT name, COALESCE(sql, '') FROM sqlite_schema ORDER BY name";
    let fresh = pool(1, SqliteConnectOptions::new().in_memory(true)).await?;
    MIGRATOR
        .run(&fresh)
        .await
        .map_err(|error| sqlx::Error::Migrate(Box::new(error)))?;
    let expected: Vec<(String, String)> = sqlx::query_as(SCHEMA).fetch_all(&fresh).await?;
    fresh.close().await;
    let found: Vec<(String, String)> = sqlx::query_as(SCHEMA).fetch_all(writer).await?;
    Ok(found == expected)
}

/// Whether the newest event that was noted is not there.
async fn went_back(writer: &SqlitePool, data_dir: &Path) -> Result<bool, StoreError> {
    let Some((workshop, seq)) = Newest::read(data_dir) else {
        return Ok(false);
    };
    let (id, seq) = (crate::column::integer(workshop.to_bits()), seq.get());
    let is_there = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM events WHERE workshop_id = ?1 AND seq >= ?2)
           AS "is_there!: bool""#,
        id,
        seq
    )
    .fetch_one(writer)
    .await?;
    Ok(!is_there)
}

/// The tables and indexes that pages belong to; nothing of those that are free.
async fn tables_of(writer: &SqlitePool, pages: &[u32]) -> Vec<String> {
    let pages = serde_json::to_string(pages).unwrap_or_default();
    sqlx::query_scalar(
        "SELECT DISTINCT name FROM dbstat
         WHERE pageno IN (SELECT value FROM json_each(?1)) ORDER BY name",
    )
    .bind(pages)
    .fetch_all(writer)
    .await
    .unwrap_or_default()
}

/// Looks at a database without changing it: whether it is one, whole, and not
/// newer than this release. Says its format, if it has one.
async fn inspect(file: &Path) -> Result<Option<i64>, OpenError> {
    let failed = |error| OpenError::database(file, error);
    let found = tokio::fs::try_exists(file).await;
    if !found.map_err(|error| OpenError::io(file, &error))? {
        return Ok(None);
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
        return Err(OpenError::corrupt(file));
    }
    let migrated: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM sqlite_master WHERE name = '_sqlx_migrations'")
            .fetch_one(&mut connection)
            .await
            .map_err(failed)?;
    let mut format = None;
    if migrated == 1 {
        let found: Option<i64> = sqlx::query_scalar("SELECT MAX(version) FROM _sqlx_migrations")
            .fetch_one(&mut connection)
            .await
            .map_err(failed)?;
        let found = found.unwrap_or(0);
        let known = newest_format();
        if found > known {
            return Err(OpenError::Newer {
                file: file.to_owned(),
                found,
                known,
            });
        }
        format = Some(found);
    }
    connection.close().await.map_err(failed)?;
    Ok(format)
}
