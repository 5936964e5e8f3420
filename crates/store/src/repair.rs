//! Repairing: what can be read of a damaged database is moved to a new one, and the
//! tables that follow from the log are projected again. The damaged database is kept.

mod copy_rows;
mod orphans;

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use domain::WorkshopId;
use sqlx::{Connection as _, SqliteConnection, SqlitePool};

use crate::{
    Notice, OpenError, StoreError,
    event_log::chain,
    files::sync_folder,
    lock::Lock,
    open::{FILE_NAME, MIGRATOR, pool, writing},
    permissions::close,
    private_file, rebuild,
    state::{State, wal_of, with_ending},
};

/// What a repair did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repaired {
    /// The folder in which the database is kept as it was.
    pub kept: PathBuf,
    /// What could not be moved, a sentence each; nothing if everything was.
    pub lost: Vec<String>,
}

/// Repairs the database of a data folder that nobody has open: moves every row that
/// can be read to a new database and projects the log again. Events are moved as they
/// are, with the checksums they had: a changed one is still found afterwards, and its
/// workshop stays set aside. The database as it was is kept in a folder of its own.
///
/// # Errors
/// [`OpenError`]; the database is then as it was.
pub async fn repair(data_dir: &Path) -> Result<Repaired, OpenError> {
    let lock = Lock::take(data_dir)?;
    let repaired = repair_within(data_dir).await;
    lock.release();
    repaired
}

async fn repair_within(data_dir: &Path) -> Result<Repaired, OpenError> {
    let file = data_dir.join(FILE_NAME);
    let io_failed = |error: io::Error| OpenError::io(data_dir, &error);
    let kept = keep(data_dir, &file).map_err(io_failed)?;
    let new = with_ending(&file, "-repair");
    remove_all_of(&new).map_err(io_failed)?;
    let made = private_file().create_new(true).open(&new);
    drop(made.map_err(io_failed)?);
    let moved = move_to(&new, &kept.join(FILE_NAME)).await;
    let lost = match moved {
        Ok(lost) => lost,
        Err(error) => {
            drop(remove_all_of(&new));
            tracing::error!(%error, "the database cannot be repaired");
            if let StoreError::Full = error {
                return Err(OpenError::Full { path: file });
            }
            return Err(OpenError::corrupt(file));
        }
    };
    replace(&new, &file).map_err(io_failed)?;
    let mut state = State::read(data_dir).unwrap_or_default().left();
    // What was noticed before is told by who asked for the repair, and is settled by it.
    state.notices = vec![Notice::Repaired {
        kept: kept.display().to_string(),
        lost: lost.clone(),
    }];
    state.write(data_dir).map_err(io_failed)?;
    Ok(Repaired { kept, lost })
}

/// Copies the database with its write-ahead log to the first folder `damaged-N` that
/// is not there yet.
fn keep(data_dir: &Path, file: &Path) -> io::Result<PathBuf> {
    let mut number = 1_u32;
    let folder = loop {
        let folder = data_dir.join(format!("damaged-{number}"));
        match fs::create_dir(&folder) {
            Ok(()) => break folder,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err(error),
        }
    };
    close(&folder)?;
    let copy = folder.join(FILE_NAME);
    let copied = fs::copy(file, &copy)
        .and_then(|_| File::open(&copy)?.sync_all())
        .and_then(|()| match fs::copy(wal_of(file), wal_of(&copy)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            Err(_) => Ok(()),
            Ok(_) => File::open(wal_of(&copy))?.sync_all(),
        })
        .and_then(|()| sync_folder(&folder))
        .and_then(|()| sync_folder(data_dir));
    if let Err(error) = copied {
        drop(fs::remove_dir_all(&folder));
        return Err(error);
    }
    Ok(folder)
}

/// Puts the new database in place. The old write-ahead log goes first: SQLite would
/// take it for the new database's.
fn replace(new: &Path, file: &Path) -> io::Result<()> {
    for ending in ["-wal", "-shm"] {
        remove(&with_ending(file, ending))?;
    }
    fs::rename(new, file)?;
    file.parent().map_or(Ok(()), sync_folder)
}

fn remove_all_of(database: &Path) -> io::Result<()> {
    for ending in ["", "-wal", "-shm", "-journal"] {
        remove(&with_ending(database, ending))?;
    }
    Ok(())
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Makes a new database of what can be read of another; says what could not.
async fn move_to(new: &Path, old: &Path) -> Result<Vec<String>, StoreError> {
    let database = pool(1, writing(new).foreign_keys(false)).await?;
    MIGRATOR
        .run(&database)
        .await
        .map_err(|error| StoreError::Database(error.into()))?;
    let lost = move_rows(&database, old).await?;
    database.close().await;
    File::open(new)?.sync_all()?;
    Ok(lost)
}

async fn move_rows(database: &SqlitePool, old: &Path) -> Result<Vec<String>, StoreError> {
    let mut connection = database.acquire().await?;
    sqlx::query("ATTACH ?1 AS old")
        .bind(old.to_string_lossy().into_owned())
        .execute(&mut *connection)
        .await?;
    if !is_same_format(&mut connection).await? {
        return Err(StoreError::InvalidEntry("the format is another release's"));
    }
    let mut lost = copy_rows::copy_all(&mut connection).await?;
    let damaged = damaged_workshops(&mut connection).await?;
    let mut tx = connection.begin().await?;
    rebuild::rebuild(&mut tx, &damaged).await?;
    // The index of words is made anew at the next start.
    sqlx::query("UPDATE codelabs SET indexed_revision = 0")
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    lost.extend(orphans::remove(&mut connection).await?);
    for workshop in &damaged {
        lost.push(format!(
            "events of the workshop {workshop}, which is set aside"
        ));
    }
    sqlx::query("DETACH old").execute(&mut *connection).await?;
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
        .execute(&mut *connection)
        .await?;
    Ok(lost)
}

/// Whether both databases had the same migrations, or, where that cannot be read,
/// have the same tables: rows of another format are another release's.
async fn is_same_format(connection: &mut SqliteConnection) -> Result<bool, StoreError> {
    let migrations: Result<bool, sqlx::Error> = sqlx::query_scalar(
        "SELECT NOT EXISTS (
             SELECT version FROM main._sqlx_migrations
             EXCEPT SELECT version FROM old._sqlx_migrations
         )",
    )
    .fetch_one(&mut *connection)
    .await;
    if migrations.unwrap_or(false) {
        return Ok(true);
    }
    let differ: bool = sqlx::query_scalar(
        "SELECT EXISTS (
             SELECT name, sql FROM main.sqlite_schema WHERE type = 'table'
             EXCEPT SELECT name, sql FROM old.sqlite_schema WHERE type = 'table'
         )",
    )
    .fetch_one(connection)
    .await?;
    Ok(!differ)
}

/// The workshops whose log cannot be projected.
async fn damaged_workshops(
    connection: &mut SqliteConnection,
) -> Result<Vec<WorkshopId>, StoreError> {
    let ids: Vec<i64> = sqlx::query_scalar(
        "SELECT workshop_id FROM events UNION SELECT workshop_id FROM answers
         UNION SELECT id FROM workshops",
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut damaged = Vec::new();
    for id in ids.into_iter().filter_map(|id| u64::try_from(id).ok()) {
        let workshop = WorkshopId::from_bits(id);
        let is_whole = chain::broken(connection, workshop).await?.is_empty()
            && rebuild::is_readable(connection, workshop).await?;
        if !is_whole {
            damaged.push(workshop);
        }
    }
    Ok(damaged)
}
