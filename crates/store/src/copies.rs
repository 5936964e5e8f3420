//! Copies of the database that are made before a migration changes it.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use sqlx::SqliteConnection;

use crate::{OpenError, create_private_folder, files::sync_folder, private_file};

/// The folder of the copies, in the data folder.
const FOLDER: &str = "copies";

/// How many copies are kept. Each is as large as the database.
const KEPT: usize = 3;

const PART: &str = "part";

/// Copies the database as it is. Its name says when, and of which format it is. The
/// oldest copies beyond [`KEPT`] go once the new one is whole.
///
/// # Errors
/// [`OpenError::NotCopied`]; the database must then not be migrated.
pub(crate) async fn copy(
    connection: &mut SqliteConnection,
    data_dir: &Path,
    format: i64,
) -> Result<PathBuf, OpenError> {
    let folder = data_dir.join(FOLDER);
    let failed = |reason: String| OpenError::NotCopied {
        folder: data_dir.join(FOLDER),
        reason,
    };
    let io_failed = |error: io::Error| failed(error.to_string());
    let sql_failed = |error: sqlx::Error| failed(error.to_string());
    create_private_folder(&folder).map_err(io_failed)?;
    // SQLite's clock, since the store has none.
    let when: String = sqlx::query_scalar("SELECT strftime('%Y%m%d-%H%M%S', 'now')")
        .fetch_one(&mut *connection)
        .await
        .map_err(sql_failed)?;
    let copy = folder.join(format!("{when}-before-update-from-format-{format}.db"));
    let part = copy.with_extension(PART);
    remove_parts(&folder).map_err(io_failed)?;
    // SQLite fills an empty file and leaves its permissions.
    let part_file = private_file().create_new(true).open(&part);
    drop(part_file.map_err(io_failed)?);
    let made = sqlx::query("VACUUM INTO ?1")
        .bind(part.to_string_lossy().into_owned())
        .execute(connection)
        .await
        .map_err(sql_failed)
        .and_then(|_| {
            File::open(&part)
                .and_then(|file| file.sync_all())
                .and_then(|()| fs::rename(&part, &copy))
                .and_then(|()| sync_folder(&folder))
                .map_err(io_failed)
        });
    if let Err(error) = made {
        // Half a copy is none, and takes the space that is missing.
        drop(fs::remove_file(&part));
        return Err(error);
    }
    remove_oldest(&folder).map_err(io_failed)?;
    tracing::info!(copy = %copy.display(), "the database was copied before it is updated");
    Ok(copy)
}

/// The newest copy; nothing if there is none.
pub(crate) fn newest(data_dir: &Path) -> Option<PathBuf> {
    copies(&data_dir.join(FOLDER)).ok()?.pop()
}

/// All copies, the oldest first: their names begin with the time.
fn copies(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "db") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn remove_oldest(folder: &Path) -> io::Result<()> {
    let copies = copies(folder)?;
    let surplus = copies.len().saturating_sub(KEPT);
    copies.iter().take(surplus).try_for_each(fs::remove_file)
}

fn remove_parts(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == PART) {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}
