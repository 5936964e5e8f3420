//! Large files on their way in: piece by piece, each safe on the disk before it
//! is counted, so that an upload goes on where it stopped, whatever stopped it.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use domain::{CodelabId, MaterialId, Timestamp};
use sha2::{Digest as _, Sha256};
use sqlx::SqliteConnection;

use crate::{
    Store, StoreError,
    column::{Row, integer},
    create_private_folder,
    files::{path_of, sync_folder},
    private_file,
};

/// What a file is until something knows better. It is offered for download only.
const MEDIA_TYPE: &str = "application/octet-stream";

/// Bytes that are hashed at once.
const HASH_CHUNK: usize = 1 << 20;

/// A file that is on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// The material it becomes.
    pub id: MaterialId,
    /// The codelab it is for.
    pub codelab: CodelabId,
    /// What it is called.
    pub title: String,
    /// Its name where it comes from.
    pub file_name: String,
    /// How long it is.
    pub size_bytes: u64,
    /// How much of it is here.
    pub received_bytes: u64,
}

/// An upload to begin.
#[derive(Clone, Debug)]
pub struct NewUpload {
    /// The material it becomes.
    pub id: MaterialId,
    /// The codelab it is for.
    pub codelab: CodelabId,
    /// What it is called.
    pub title: String,
    /// Its name where it comes from.
    pub file_name: String,
    /// How long it is; at least 1.
    pub size_bytes: u64,
    /// When it begins.
    pub now: Timestamp,
}

/// What became of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received {
    /// It is safe; so much is here now.
    Piece(u64),
    /// It was the last; the material is there.
    Whole,
    /// It does not follow on what is here; so much is.
    OutOfPlace(u64),
    /// The file would become longer than was said.
    TooLong,
    /// There is no such upload.
    Unknown,
}

struct UploadRow {
    id: i64,
    codelab_id: i64,
    title: String,
    file_name: String,
    size_bytes: i64,
    received_bytes: i64,
}

impl TryFrom<UploadRow> for Upload {
    type Error = StoreError;

    fn try_from(row: UploadRow) -> Result<Self, StoreError> {
        let place = Row::of("uploads", &row.id);
        Ok(Self {
            id: MaterialId::from_bits(place.bits("id", row.id)?),
            codelab: CodelabId::from_bits(place.bits("codelab_id", row.codelab_id)?),
            size_bytes: place.bits("size_bytes", row.size_bytes)?,
            received_bytes: place.bits("received_bytes", row.received_bytes)?,
            title: row.title,
            file_name: row.file_name,
        })
    }
}

impl Store {
    /// Begins an upload, which ends with the rights of whoever this handle writes
    /// for; `false` if the codelab is not in the library.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn begin_upload(&self, new: &NewUpload) -> Result<bool, StoreError> {
        self.check_space(new.size_bytes)?;
        let (id, codelab) = (integer(new.id.to_bits()), integer(new.codelab.to_bits()));
        let (size, now_ms) = (integer(new.size_bytes), new.now.as_ms());
        let by = self.by().map(|by| integer(by.to_bits()));
        let mut tx = self.begin().await?;
        let begun = sqlx::query!(
            "INSERT INTO uploads (id, codelab_id, title, file_name, size_bytes, received_bytes,
                                  created_at_ms, begun_by)
             SELECT ?1, id, ?3, ?4, ?5, 0, ?6, ?7 FROM codelabs
             WHERE id = ?2 AND deleted_at_ms IS NULL",
            id,
            codelab,
            new.title,
            new.file_name,
            size,
            now_ms,
            by
        )
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(begun.rows_affected() == 1)
    }

    /// The uploads of a codelab that are not whole yet.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn uploads(&self, codelab: CodelabId) -> Result<Vec<Upload>, StoreError> {
        let codelab = integer(codelab.to_bits());
        let rows = sqlx::query_as!(
            UploadRow,
            "SELECT id, codelab_id, title, file_name, size_bytes, received_bytes FROM uploads
             WHERE codelab_id = ?1 ORDER BY created_at_ms, id",
            codelab
        )
        .fetch_all(self.readers())
        .await?;
        rows.into_iter().map(Upload::try_from).collect()
    }

    /// All uploads that are not whole yet.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn unfinished_uploads(&self) -> Result<BTreeSet<MaterialId>, StoreError> {
        let ids = sqlx::query_scalar!("SELECT id FROM uploads")
            // What the writer sees: the next is counted as soon as it is there.
            .fetch_all(self.writer()?)
            .await?;
        ids.into_iter()
            .map(|id| {
                let bits = Row::of("uploads", &id).bits("id", id)?;
                Ok(MaterialId::from_bits(bits))
            })
            .collect()
    }

    /// Gives up the uploads that were begun before a moment and of which nothing
    /// came since.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn expire_uploads(&self, before: Timestamp) -> Result<(), StoreError> {
        let before_ms = before.as_ms();
        let begun = sqlx::query!(
            "SELECT id, codelab_id FROM uploads
             WHERE created_at_ms < ?1 AND received_bytes < size_bytes",
            before_ms
        )
        .fetch_all(self.readers())
        .await?;
        let ids = begun.into_iter().map(|row| {
            let place = Row::of("uploads", &row.id);
            let id = MaterialId::from_bits(place.bits("id", row.id)?);
            let codelab = CodelabId::from_bits(place.bits("codelab_id", row.codelab_id)?);
            Ok((id, codelab))
        });
        let begun: Vec<(MaterialId, CodelabId)> = ids.collect::<Result<_, StoreError>>()?;
        for (id, codelab) in begun {
            if last_piece_ms(&self.upload_file(id)).await < Some(before_ms) {
                self.give_upload_up(codelab, id).await?;
            }
        }
        Ok(())
    }

    async fn upload(
        &self,
        codelab: CodelabId,
        id: MaterialId,
    ) -> Result<Option<Upload>, StoreError> {
        let (codelab, id) = (integer(codelab.to_bits()), integer(id.to_bits()));
        // What the writer sees, since pieces follow each other closely.
        let mut tx = self.begin().await?;
        let row = sqlx::query_as!(
            UploadRow,
            "SELECT id, codelab_id, title, file_name, size_bytes, received_bytes FROM uploads
             WHERE codelab_id = ?1 AND id = ?2",
            codelab,
            id
        )
        .fetch_optional(&mut *tx)
        .await?;
        row.map(Upload::try_from).transpose()
    }

    /// Takes the next piece, which begins at `offset`. Of two at once one is out of
    /// place. An empty piece behind the last finishes what could not be finished before.
    ///
    /// # Errors
    /// [`StoreError::Full`], or that file or row cannot be written; what was
    /// here before is here still.
    pub async fn receive(
        &self,
        codelab: CodelabId,
        id: MaterialId,
        offset: u64,
        piece: Vec<u8>,
    ) -> Result<Received, StoreError> {
        let _one_at_a_time = self.receiving().lock().await;
        let Some(upload) = self.upload(codelab, id).await? else {
            return Ok(Received::Unknown);
        };
        if offset != upload.received_bytes {
            return Ok(Received::OutOfPlace(upload.received_bytes));
        }
        let received = offset.saturating_add(piece.len() as u64);
        if received > upload.size_bytes {
            return Ok(Received::TooLong);
        }
        self.check_space(piece.len() as u64)?;
        let part = self.upload_file(id);
        tokio::task::spawn_blocking(move || append(&part, offset, &piece))
            .await
            .map_err(io::Error::other)??;
        let (row, after) = (integer(id.to_bits()), integer(received));
        let mut tx = self.begin().await?;
        let counted = sqlx::query!(
            "UPDATE uploads SET received_bytes = ?2 WHERE id = ?1",
            row,
            after
        )
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        if counted.rows_affected() == 0 {
            // It ended with the rights of whoever began it.
            forget(&self.upload_file(id)).await;
            return Ok(Received::Unknown);
        }
        if received < upload.size_bytes {
            return Ok(Received::Piece(received));
        }
        // As work, so that a file whose material is refused does not stay.
        let work = self.for_work_of(self.by());
        let finished = work.finish(&upload).await;
        if matches!(finished, Ok(true)) {
            return Ok(Received::Whole);
        }
        if let Err(error) = work.discard_unsaved().await {
            tracing::warn!(%error, "a file is left behind until the next start");
        }
        finished?;
        forget(&self.upload_file(id)).await;
        Ok(Received::Unknown)
    }

    /// Makes a material of an upload whose last piece is here; `false` if the upload is gone.
    async fn finish(&self, upload: &Upload) -> Result<bool, StoreError> {
        let (part, dir) = (self.upload_file(upload.id), self.files_dir().to_owned());
        let (whole, size_bytes) = (part.clone(), upload.size_bytes);
        let hashed = tokio::task::spawn_blocking(move || Ok((hash_of(&whole)?, whole)));
        let (sha256, whole) = hashed
            .await
            .map_err(io::Error::other)?
            .map_err(StoreError::Io)?;
        let _nobody_discards = self.adding().read().await;
        self.announce(sha256).await?;
        tokio::task::spawn_blocking(move || into_place(&dir, &whole, sha256, size_bytes))
            .await
            .map_err(io::Error::other)??;
        let (id, hash) = (integer(upload.id.to_bits()), sha256.as_slice());
        let mut tx = self.begin().await?;
        sqlx::query!(
            "INSERT INTO files (sha256, media_type, size_bytes, created_at_ms)
             SELECT ?2, ?3, size_bytes, created_at_ms FROM uploads WHERE id = ?1
             ON CONFLICT (sha256) DO NOTHING",
            id,
            hash,
            MEDIA_TYPE
        )
        .execute(&mut *tx)
        .await?;
        let added = sqlx::query!(
            "INSERT INTO materials (id, codelab_id, title, file_sha256, file_name, created_at_ms)
             SELECT id, codelab_id, title, ?2, file_name, created_at_ms FROM uploads WHERE id = ?1",
            id,
            hash
        )
        .execute(&mut *tx)
        .await?;
        if added.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query!("DELETE FROM uploads WHERE id = ?1", id)
            .execute(&mut *tx)
            .await?;
        self.arrived(&mut tx, sha256).await?;
        self.settle(&mut tx).await?;
        tx.commit().await?;
        forget(&part).await;
        Ok(true)
    }

    /// Removes what is here of uploads whose rows are gone.
    pub(crate) async fn forget_uploads(&self, ids: impl IntoIterator<Item = MaterialId>) {
        let _one_at_a_time = self.receiving().lock().await;
        for id in ids {
            forget(&self.upload_file(id)).await;
        }
    }

    /// Finishes uploads whose last piece was counted when the process ended.
    pub(crate) async fn finish_uploads(&self) -> Result<(), StoreError> {
        let rows = sqlx::query_as!(
            UploadRow,
            "SELECT id, codelab_id, title, file_name, size_bytes, received_bytes FROM uploads
             WHERE received_bytes = size_bytes"
        )
        .fetch_all(self.readers())
        .await?;
        for row in rows {
            let upload = Upload::try_from(row)?;
            if let Err(error) = self.finish(&upload).await {
                // It stays as it is and is tried again at the next start.
                tracing::error!(%error, upload = %upload.id, "an upload was not finished");
            }
        }
        Ok(())
    }

    /// Gives an upload up. Says whether there was one.
    ///
    /// # Errors
    /// When the row cannot be removed.
    pub async fn give_upload_up(
        &self,
        codelab: CodelabId,
        id: MaterialId,
    ) -> Result<bool, StoreError> {
        let _one_at_a_time = self.receiving().lock().await;
        let (codelab, row) = (integer(codelab.to_bits()), integer(id.to_bits()));
        let mut tx = self.begin().await?;
        let removed = sqlx::query!(
            "DELETE FROM uploads WHERE codelab_id = ?1 AND id = ?2",
            codelab,
            row
        )
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        forget(&self.upload_file(id)).await;
        Ok(removed.rows_affected() == 1)
    }

    fn upload_file(&self, id: MaterialId) -> PathBuf {
        self.files_dir().join("uploads").join(id.to_string())
    }
}

/// Ends the uploads that a facilitator began, and says which those were; their bytes go
/// afterwards.
pub(crate) async fn end_those_of(
    tx: &mut SqliteConnection,
    facilitator: i64,
) -> Result<Vec<MaterialId>, StoreError> {
    let ended = sqlx::query_scalar!(
        r#"DELETE FROM uploads WHERE begun_by = ?1 RETURNING id AS "id!: i64""#,
        facilitator
    )
    .fetch_all(tx)
    .await?;
    let read = |id: i64| {
        let bits = Row::of("uploads", &id).bits("id", id)?;
        Ok(MaterialId::from_bits(bits))
    };
    ended.into_iter().map(read).collect()
}

/// Writes a piece behind what counts. What lies there is of a piece that never counted.
fn append(part: &Path, offset: u64, piece: &[u8]) -> io::Result<()> {
    if let Some(folder) = part.parent() {
        create_private_folder(folder)?;
    }
    let mut file = private_file().create(true).truncate(false).open(part)?;
    file.set_len(offset)?;
    file.seek(SeekFrom::Start(offset))?;
    let written = file.write_all(piece).and_then(|()| file.sync_all());
    if written.is_err() {
        // What does not count takes no space that may be wanting; the next piece
        // cuts it off in any case.
        drop(file.set_len(offset));
    }
    written
}

/// When the last piece was written; nothing if none was.
async fn last_piece_ms(part: &Path) -> Option<i64> {
    let written = tokio::fs::metadata(part).await.ok()?.modified().ok()?;
    let since_epoch = written.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since_epoch.as_millis()).ok()
}

/// Removes what an upload left, which nothing refers to any more.
async fn forget(part: &Path) {
    if let Err(error) = tokio::fs::remove_file(part).await
        && error.kind() != io::ErrorKind::NotFound
    {
        tracing::warn!(%error, file = %part.display(), "a file is left behind");
    }
}

/// The SHA-256 of a file.
pub(crate) fn hash_of(part: &Path) -> io::Result<[u8; 32]> {
    let mut file = File::open(part)?;
    let mut hasher = Sha256::new();
    let mut chunk = vec![0; HASH_CHUNK];
    loop {
        let read = file.read(&mut chunk)?;
        if read == 0 {
            break;
        }
        hasher.update(chunk.get(..read).unwrap_or_default());
    }
    Ok(hasher.finalize().into())
}

/// Puts a whole file where its hash says as well. Its old name stays until the material is
/// there: whatever ends the process in between, the upload can be finished.
pub(crate) fn into_place(
    files_dir: &Path,
    part: &Path,
    sha256: [u8; 32],
    size_bytes: u64,
) -> io::Result<()> {
    let target = path_of(files_dir, &hex::encode(sha256));
    let folder = target.parent().unwrap_or(files_dir);
    create_private_folder(folder)?;
    if fs::metadata(&target).map(|found| found.len()).ok() != Some(size_bytes) {
        fs::hard_link(part, &target).or_else(|_| copy(part, &target))?;
    }
    sync_folder(folder)?;
    sync_folder(files_dir)
}

/// For file systems that give a file one name only.
fn copy(part: &Path, target: &Path) -> io::Result<()> {
    let copied = part.with_extension("copy");
    let written = || {
        let mut file = private_file().create(true).truncate(true).open(&copied)?;
        io::copy(&mut File::open(part)?, &mut file)?;
        file.sync_all()?;
        fs::rename(&copied, target)
    };
    let placed = written();
    if placed.is_err() {
        // Half a copy is of no use, and takes space that may be wanting.
        drop(fs::remove_file(copied));
    }
    placed
}
