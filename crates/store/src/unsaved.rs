//! Work whose files come before it is saved, and which may come to nothing. Its files are named in
//! `unsaved_files` before their bytes are there, and no longer in the transaction that saves it:
//! whatever ends the work in between, what it brought is known and goes.

use std::{io, sync::atomic::Ordering};

use domain::FacilitatorId;
use sqlx::SqliteConnection;

use crate::{Store, StoreError, column::Row, files::path_of};

impl Store {
    /// The same store for one piece of work: what is added here is of use only once a codelab,
    /// a revision or a past workshop is saved here too. If that fails,
    /// [`Store::discard_unsaved`]; the next start does the same.
    ///
    /// From the moment that `by` is removed, nothing more can be added or saved here.
    #[must_use]
    pub fn for_work_of(&self, by: Option<FacilitatorId>) -> Self {
        let number = self.works().fetch_add(1, Ordering::Relaxed);
        self.with_work(number, by)
    }

    /// Removes the files that this work has added and nobody else has, unless the work was saved
    /// or something else refers to them.
    ///
    /// # Errors
    /// When the database cannot be written. The next start tries it again.
    pub async fn discard_unsaved(&self) -> Result<(), StoreError> {
        match self.work() {
            Some(work) => self.discard(Some(work)).await,
            None => Ok(()),
        }
    }

    /// The same for all work of earlier starts.
    pub(crate) async fn discard_all_unsaved(&self) -> Result<(), StoreError> {
        self.discard(None).await
    }

    /// Names a file that is about to come. If it is there already, it is nobody's to discard.
    pub(crate) async fn announce(&self, sha256: [u8; 32]) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let (hash, work) = (sha256.as_slice(), self.work());
        sqlx::query!(
            "INSERT INTO unsaved_files (sha256, work) SELECT ?1, ?2
             WHERE NOT EXISTS (SELECT 1 FROM files WHERE sha256 = ?1)
             ON CONFLICT (sha256) DO NOTHING",
            hash,
            work
        )
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// A file that was announced has its row. From then on it is unsaved only if nobody but this
    /// work has added it.
    pub(crate) async fn arrived(
        &self,
        tx: &mut SqliteConnection,
        sha256: [u8; 32],
    ) -> Result<(), StoreError> {
        let (hash, work) = (sha256.as_slice(), self.work());
        sqlx::query!(
            "DELETE FROM unsaved_files WHERE sha256 = ?1 AND (?2 IS NULL OR work IS NOT ?2)",
            hash,
            work
        )
        .execute(tx)
        .await?;
        Ok(())
    }

    /// What is being saved in this transaction is what the work's files are for.
    pub(crate) async fn settle(&self, tx: &mut SqliteConnection) -> Result<(), StoreError> {
        let Some(work) = self.work() else {
            return Ok(());
        };
        sqlx::query!("DELETE FROM unsaved_files WHERE work = ?1", work)
            .execute(tx)
            .await?;
        Ok(())
    }

    /// The rows first and the names last: what a crash in between leaves, the next start finds.
    async fn discard(&self, work: Option<i64>) -> Result<(), StoreError> {
        let _nobody_adds = self.adding().write().await;
        let mut tx = self.begin_maintenance().await?;
        forget_rows(&mut tx, work).await?;
        tx.commit().await?;
        let gone = sqlx::query_scalar!(
            r#"SELECT sha256 AS "sha256!: Vec<u8>" FROM unsaved_files
               WHERE (?1 IS NULL OR work = ?1)
                   AND sha256 NOT IN (SELECT sha256 FROM files)"#,
            work
        )
        .fetch_all(self.writer()?)
        .await?;
        for hash in gone {
            let sha256 = Row::of("unsaved_files", &"a file").hash("sha256", &hash)?;
            self.remove_bytes(sha256).await?;
        }
        sqlx::query!(
            "DELETE FROM unsaved_files WHERE ?1 IS NULL OR work = ?1",
            work
        )
        .execute(self.writer()?)
        .await?;
        Ok(())
    }

    async fn remove_bytes(&self, sha256: [u8; 32]) -> io::Result<()> {
        let path = path_of(self.files_dir(), &hex::encode(sha256));
        match tokio::fs::remove_file(path).await {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            Ok(()) | Err(_) => Ok(()),
        }
    }
}

/// Removes the rows of files that were never saved and that nothing refers to.
async fn forget_rows(tx: &mut SqliteConnection, work: Option<i64>) -> Result<(), StoreError> {
    // A codelab was given them; that counts when one of its revisions shows them.
    sqlx::query!(
        "DELETE FROM codelab_files
         WHERE file_sha256 IN (SELECT sha256 FROM unsaved_files WHERE ?1 IS NULL OR work = ?1)
             AND NOT EXISTS (
                 SELECT 1 FROM revision_files AS shown
                 WHERE shown.codelab_id = codelab_files.codelab_id
                     AND shown.file_sha256 = codelab_files.file_sha256
             )",
        work
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "DELETE FROM shown_images
         WHERE original_sha256 IN (SELECT sha256 FROM unsaved_files WHERE ?1 IS NULL OR work = ?1)
             AND original_sha256 NOT IN (SELECT file_sha256 FROM revision_files)
             AND original_sha256 NOT IN (SELECT file_sha256 FROM codelab_files)",
        work
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "DELETE FROM files
         WHERE sha256 IN (SELECT sha256 FROM unsaved_files WHERE ?1 IS NULL OR work = ?1)
             AND sha256 NOT IN (SELECT file_sha256 FROM revision_files)
             AND sha256 NOT IN (SELECT file_sha256 FROM codelab_files)
             AND sha256 NOT IN (SELECT original_sha256 FROM shown_images)
             AND sha256 NOT IN (SELECT shown_sha256 FROM shown_images)
             AND NOT EXISTS (SELECT 1 FROM materials WHERE file_sha256 = files.sha256)
             AND NOT EXISTS (SELECT 1 FROM revisions WHERE cover_sha256 = files.sha256)",
        work
    )
    .execute(tx)
    .await?;
    Ok(())
}
