//! A codelab as its author wrote it.

use domain::CodelabId;

use crate::{Store, StoreError, column::integer};

impl Store {
    /// The Markdown of a revision; nothing if there is no such revision.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn codelab_source(
        &self,
        id: CodelabId,
        revision: u32,
    ) -> Result<Option<String>, StoreError> {
        let key = integer(id.to_bits());
        let found = sqlx::query_scalar!(
            "SELECT source FROM revisions WHERE codelab_id = ?1 AND number = ?2",
            key,
            revision
        )
        .fetch_optional(self.readers())
        .await?;
        Ok(found)
    }
}
