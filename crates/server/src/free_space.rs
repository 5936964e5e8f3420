//! Whether the disk has room for what is about to come.

use std::path::Path;

use protocol::{Problem, ProblemCode};
use tokio::task::spawn_blocking;

/// Bytes that stay free for the rooms, which go on while something large comes in.
const RESERVE_BYTES: u64 = 256 * 1024 * 1024;

/// Checks that so many bytes fit the disk of `folder` and leave the rooms theirs.
///
/// # Errors
/// [`ProblemCode::StorageFull`].
pub async fn check(folder: &Path, bytes: u64) -> Result<(), Problem> {
    let folder = folder.to_owned();
    let free = spawn_blocking(move || free_bytes(&folder)).await;
    match free {
        Ok(Some(free)) if free < bytes.saturating_add(RESERVE_BYTES) => Err(Problem::new(
            ProblemCode::StorageFull,
            "the disk has no room for this; free some space on the facilitator's machine and try again",
        )),
        Ok(_) => Ok(()),
        Err(error) => {
            tracing::error!(%error, "the free space is not known");
            Ok(())
        }
    }
}

/// Bytes that this program may still write; nothing where the system does not say.
#[cfg(unix)]
fn free_bytes(folder: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    disk.f_bavail.checked_mul(disk.f_frsize)
}

/// Windows is not asked: what does not fit is refused when it is written.
#[cfg(not(unix))]
const fn free_bytes(_: &Path) -> Option<u64> {
    None
}
