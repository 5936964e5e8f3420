//! What rooms see of images.

use crate::{Store, StoreError, column::Row};

/// What a room sees of an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShownImage {
    /// SHA-256 of the file; the original's if nothing smaller was found.
    pub sha256: [u8; 32],
    /// Pixels across and down, if known.
    pub dimensions: Option<(u32, u32)>,
}

impl Store {
    /// What rooms see of a file; nothing if that was never asked.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn shown_image(&self, original: [u8; 32]) -> Result<Option<ShownImage>, StoreError> {
        let hash = original.as_slice();
        let found = sqlx::query!(
            "SELECT shown_sha256, width, height FROM shown_images WHERE original_sha256 = ?1",
            hash
        )
        .fetch_optional(self.readers())
        .await?;
        let Some(row) = found else { return Ok(None) };
        let place = Row::of("shown_images", &"an image");
        let dimensions = match row.width.zip(row.height) {
            Some((width, height)) => {
                Some((place.count("width", width)?, place.count("height", height)?))
            }
            None => None,
        };
        Ok(Some(ShownImage {
            sha256: place.hash("shown_sha256", &row.shown_sha256)?,
            dimensions,
        }))
    }

    /// Remembers what rooms see of a file; both files must have been added. The
    /// first answer stays.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn keep_shown_image(
        &self,
        original: [u8; 32],
        shown: ShownImage,
    ) -> Result<(), StoreError> {
        let (hash, shown_hash) = (original.as_slice(), shown.sha256.as_slice());
        let (width, height) = shown.dimensions.unzip();
        sqlx::query!(
            "INSERT INTO shown_images (original_sha256, shown_sha256, width, height)
             VALUES (?1, ?2, ?3, ?4) ON CONFLICT (original_sha256) DO NOTHING",
            hash,
            shown_hash,
            width,
            height
        )
        .execute(self.writer()?)
        .await?;
        Ok(())
    }
}
