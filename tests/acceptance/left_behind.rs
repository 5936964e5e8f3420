//! What a server leaves behind is looked at, whichever way it ended: the tables
//! say what the log says, byte for byte.

use std::{
    fs,
    panic::resume_unwind,
    path::{Path, PathBuf},
    thread,
};

use store::Store;
use tempfile::TempDir;
use tokio::runtime::Builder;

use crate::told::assert_none;

const DATABASE: [&str; 2] = ["open-codelabs.db", "open-codelabs.db-wal"];

/// Panics unless every table follows from the log. The server must have ended.
///
/// A copy is looked at, so that whoever starts on the data folder next finds
/// it exactly as the server left it, after a kill with all that SQLite has to
/// recover.
pub fn assert_replays(data_dir: &Path) {
    let found = read_copy(data_dir, async |store| {
        store.verify_projections().await.expect("a readable log")
    });
    let found = found.unwrap_or_default();
    assert_none(
        &found,
        "rows in which the tables do not say what the log says",
    );
}

/// Reads from a copy of the database of a server that has ended; nothing if it
/// left none. Blocks, so that it can be done where a test ends unawaited.
pub fn read_copy<T: Send>(data_dir: &Path, read: impl AsyncFnOnce(Store) -> T + Send) -> Option<T> {
    if !data_dir.join(DATABASE[0]).exists() {
        return None;
    }
    let copy = TempDir::new().expect("a temporary folder");
    for name in DATABASE {
        let file = data_dir.join(name);
        if file.exists() {
            fs::copy(file, copy.path().join(name)).expect("a copy of the database");
        }
    }
    let look = || {
        let runtime = Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime").block_on(async {
            let store = Store::open(copy.path()).await.expect("a whole database");
            let found = read(store.clone()).await;
            store.close().await;
            found
        })
    };
    // On a thread of its own: the caller's may belong to a runtime.
    let found = thread::scope(|scope| scope.spawn(look).join());
    Some(found.unwrap_or_else(|panic| resume_unwind(panic)))
}

/// The files that codelabs use, and whatever else lies in their folder.
pub fn kept_files(data_dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![data_dir.join("files")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
