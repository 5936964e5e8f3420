//! Files that codelabs use. The bytes lie in `files/`, named by their SHA-256;
//! the row comes last, so a file that has one is complete.

use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::atomic::Ordering,
};

use domain::Timestamp;
use sha2::{Digest as _, Sha256};

use crate::{
    Store, StoreError,
    column::Row,
    create_private_folder, private_file,
    uploads::{hash_of, into_place},
};

/// Ends the names of files that are being written.
const PART: &str = "part";

/// A stored file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFile {
    /// What it is named by.
    pub sha256: [u8; 32],
    /// Where its bytes are.
    pub path: PathBuf,
    /// What it is.
    pub media_type: String,
    /// How long it is.
    pub size_bytes: u64,
    /// Pixels across and down, of a picture whose size is known.
    pub dimensions: Option<(u32, u32)>,
}

struct FileRow {
    media_type: String,
    size_bytes: i64,
    width: Option<i64>,
    height: Option<i64>,
}

impl Store {
    /// Keeps a file; the same bytes again change nothing. Its name from then on
    /// is the SHA-256 that is returned. `dimensions` are a picture's pixels.
    /// A file that came as a material before may turn out to be a picture.
    ///
    /// # Errors
    /// [`StoreError::Full`], or that the file or its row cannot be written.
    pub async fn add_file(
        &self,
        bytes: &[u8],
        media_type: &str,
        dimensions: Option<(u32, u32)>,
        now: Timestamp,
    ) -> Result<[u8; 32], StoreError> {
        self.check_space(bytes.len() as u64)?;
        let (part, owned) = (self.new_part(), bytes.to_vec());
        let hashed = tokio::task::spawn_blocking(move || {
            let sha256: [u8; 32] = Sha256::digest(&owned).into();
            (sha256, owned)
        });
        let (sha256, owned) = hashed.await.map_err(io::Error::other)?;
        let _nobody_discards = self.adding().read().await;
        self.announce(sha256).await?;
        let target = path_of(self.files_dir(), &hex::encode(sha256));
        let dir = self.files_dir().to_owned();
        tokio::task::spawn_blocking(move || write(&dir, &part, &target, &owned))
            .await
            .map_err(io::Error::other)??;
        let (hash, now_ms) = (sha256.as_slice(), now.as_ms());
        let size_bytes = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        let (width, height) = dimensions.unzip();
        let mut tx = self.begin().await?;
        sqlx::query!(
            "INSERT INTO files (sha256, media_type, size_bytes, width, height, created_at_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (sha256) DO UPDATE
             SET media_type = excluded.media_type, width = excluded.width, height = excluded.height
             WHERE media_type = 'application/octet-stream'",
            hash,
            media_type,
            size_bytes,
            width,
            height,
            now_ms
        )
        .execute(&mut *tx)
        .await?;
        self.arrived(&mut tx, sha256).await?;
        tx.commit().await?;
        Ok(sha256)
    }

    /// A place for a file that somebody else writes; what is still there at the
    /// next start is removed.
    #[must_use]
    pub fn new_part(&self) -> PathBuf {
        let part = self.parts().fetch_add(1, Ordering::Relaxed);
        self.files_dir().join(format!("{part}.{PART}"))
    }

    /// Keeps a file that was written at [`Store::new_part`], as something to
    /// download and never to show. Says its SHA-256 and how long it is.
    ///
    /// # Errors
    /// [`StoreError::Full`], or that the file or its row cannot be written.
    pub async fn keep_part(
        &self,
        part: PathBuf,
        now: Timestamp,
    ) -> Result<([u8; 32], u64), StoreError> {
        let kept = self.try_to_keep_part(&part, now).await;
        if kept.is_err() {
            // Nobody comes back for it. It is gone already if it was put into its place.
            drop(tokio::fs::remove_file(&part).await);
        }
        kept
    }

    async fn try_to_keep_part(
        &self,
        part: &Path,
        now: Timestamp,
    ) -> Result<([u8; 32], u64), StoreError> {
        let dir = self.files_dir().to_owned();
        let (whole, part) = (part.to_owned(), part.to_owned());
        let hashed = tokio::task::spawn_blocking(move || {
            let size_bytes = fs::metadata(&whole)?.len();
            File::open(&whole)?.sync_all()?;
            Ok::<_, io::Error>((hash_of(&whole)?, size_bytes))
        });
        let (sha256, size_bytes) = hashed.await.map_err(io::Error::other)??;
        let _nobody_discards = self.adding().read().await;
        self.announce(sha256).await?;
        let kept = tokio::task::spawn_blocking(move || {
            into_place(&dir, &part, sha256, size_bytes)?;
            fs::remove_file(&part)
        });
        kept.await.map_err(io::Error::other)??;
        let (hash, now_ms) = (sha256.as_slice(), now.as_ms());
        let size = i64::try_from(size_bytes).unwrap_or(i64::MAX);
        let mut tx = self.begin().await?;
        sqlx::query!(
            "INSERT INTO files (sha256, media_type, size_bytes, created_at_ms)
             VALUES (?1, 'application/octet-stream', ?2, ?3) ON CONFLICT (sha256) DO NOTHING",
            hash,
            size,
            now_ms
        )
        .execute(&mut *tx)
        .await?;
        self.arrived(&mut tx, sha256).await?;
        tx.commit().await?;
        Ok((sha256, size_bytes))
    }

    /// A file by its SHA-256.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn file(&self, sha256: [u8; 32]) -> Result<Option<StoredFile>, StoreError> {
        let hash = sha256.as_slice();
        let found = sqlx::query_as!(
            FileRow,
            "SELECT media_type, size_bytes, width, height FROM files WHERE sha256 = ?1",
            hash
        )
        .fetch_optional(self.readers())
        .await?;
        let Some(row) = found else { return Ok(None) };
        let name = hex::encode(sha256);
        let place = Row::of("files", &name);
        let dimensions = match (row.width, row.height) {
            (Some(width), Some(height)) => {
                Some((place.count("width", width)?, place.count("height", height)?))
            }
            (None, _) | (_, None) => None,
        };
        Ok(Some(StoredFile {
            sha256,
            dimensions,
            size_bytes: place.bits("size_bytes", row.size_bytes)?,
            path: path_of(self.files_dir(), &name),
            media_type: row.media_type,
        }))
    }
}

/// `files/ab/abcdef…`: 256 folders, since some file systems slow down with
/// many files in one.
pub(crate) fn path_of(files_dir: &Path, name: &str) -> PathBuf {
    files_dir.join(&name[..2]).join(name)
}

/// Writes to `part`, then moves it to its place: nobody meets half a file.
fn write(files_dir: &Path, part: &Path, target: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = target.parent().unwrap_or(files_dir);
    let length = fs::metadata(target).map(|found| found.len()).ok();
    if length.is_some_and(|length| u64::try_from(bytes.len()) == Ok(length)) {
        // Whoever put it here may have failed to make its name durable.
        sync_folder(folder)?;
        return sync_folder(files_dir);
    }
    create_private_folder(folder)?;
    let written = write_synced(part, bytes).and_then(|()| fs::rename(part, target));
    if let Err(error) = written {
        // What is left of it is removed now, or when the store is next opened.
        drop(fs::remove_file(part));
        return Err(error);
    }
    sync_folder(folder)?;
    sync_folder(files_dir)
}

fn write_synced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = private_file().create(true).truncate(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Makes a rename durable.
#[cfg(unix)]
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Windows has no such call: NTFS logs renames itself.
#[cfg(not(unix))]
pub(crate) fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// Removes what a process that was killed left half-written.
pub(crate) async fn remove_parts(files_dir: &Path) -> io::Result<()> {
    let mut entries = tokio::fs::read_dir(files_dir).await?;
    while let Some(entry) = entries.next_entry().await? {
        let path = entry.path();
        if path.extension().is_some_and(|extension| extension == PART) {
            tokio::fs::remove_file(path).await?;
        }
    }
    Ok(())
}

/// Whether there is any file of a codelab in the folder.
pub(crate) fn has_any(files_dir: &Path) -> io::Result<bool> {
    for entry in fs::read_dir(files_dir)? {
        let path = entry?.path();
        if path.is_dir() && fs::read_dir(path)?.next().is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}
