//! Who may read a file or a rendered step: knowing its hash is no right.

use domain::{ContentHash, SeatId, WorkshopId};

use crate::{Store, StoreError, column::integer};

impl Store {
    /// Whether a workshop shows a rendered step or guide: one of a revision that
    /// it has begun with, or of a later one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn shows_content(
        &self,
        workshop: WorkshopId,
        content: ContentHash,
    ) -> Result<bool, StoreError> {
        let (workshop, hash) = (integer(workshop.to_bits()), content.as_bytes().as_slice());
        let shows = sqlx::query_scalar!(
            r#"SELECT EXISTS (
                   SELECT 1 FROM revision_steps
                   JOIN workshop_codelabs AS agenda USING (codelab_id)
                   WHERE revision_steps.content_sha256 = ?2 AND agenda.workshop_id = ?1
                       AND revision_steps.revision >= agenda.revision
               ) OR EXISTS (
                   SELECT 1 FROM revisions
                   JOIN workshop_codelabs AS agenda USING (codelab_id)
                   WHERE revisions.guide_sha256 = ?2 AND agenda.workshop_id = ?1
                       AND revisions.number >= agenda.revision
               ) AS "shows!: bool""#,
            workshop,
            hash
        );
        Ok(shows.fetch_one(self.readers()).await?)
    }

    /// Whether a workshop shows an image: a file of such a revision, or the form
    /// of one that is made for rooms.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn shows_image(
        &self,
        workshop: WorkshopId,
        file: ContentHash,
    ) -> Result<bool, StoreError> {
        let (workshop, hash) = (integer(workshop.to_bits()), file.as_bytes().as_slice());
        let shows = sqlx::query_scalar!(
            r#"SELECT EXISTS (
                   SELECT 1 FROM revision_files
                   JOIN workshop_codelabs AS agenda USING (codelab_id)
                   WHERE revision_files.file_sha256 IN (
                           SELECT ?2 UNION ALL
                           SELECT original_sha256 FROM shown_images WHERE shown_sha256 = ?2
                       )
                       AND agenda.workshop_id = ?1
                       AND revision_files.revision >= agenda.revision
               ) AS "shows!: bool""#,
            workshop,
            hash
        );
        Ok(shows.fetch_one(self.readers()).await?)
    }

    /// Remembers who uploaded a picture.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn keep_uploaded_picture(
        &self,
        workshop: WorkshopId,
        seat: SeatId,
        file: ContentHash,
    ) -> Result<(), StoreError> {
        let (workshop, hash) = (integer(workshop.to_bits()), file.as_bytes().as_slice());
        let seat = seat.get();
        sqlx::query!(
            "INSERT INTO uploaded_pictures (workshop_id, seat_id, file_sha256)
             VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            workshop,
            seat,
            hash
        )
        .execute(self.writer()?)
        .await?;
        Ok(())
    }

    /// Whether a seat uploaded a picture.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn uploaded_picture(
        &self,
        workshop: WorkshopId,
        seat: SeatId,
        file: ContentHash,
    ) -> Result<bool, StoreError> {
        let (workshop, hash) = (integer(workshop.to_bits()), file.as_bytes().as_slice());
        let seat = seat.get();
        let uploaded = sqlx::query_scalar!(
            r#"SELECT EXISTS (
                   SELECT 1 FROM uploaded_pictures
                   WHERE workshop_id = ?1 AND seat_id = ?2 AND file_sha256 = ?3
               ) AS "uploaded!: bool""#,
            workshop,
            seat,
            hash
        );
        Ok(uploaded.fetch_one(self.readers()).await?)
    }
}
