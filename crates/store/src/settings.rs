//! Facts about this installation: a small table of keys and values.

use crate::{Store, StoreError};

impl Store {
    /// The value kept under `key`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn setting(&self, key: &str) -> Result<Option<String>, StoreError> {
        let value = sqlx::query_scalar!("SELECT value FROM settings WHERE key = ?1", key)
            .fetch_optional(self.readers())
            .await?;
        Ok(value)
    }

    /// Keeps a value under `key` in place of what was there.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn set_setting(&self, key: &str, value: &str) -> Result<(), StoreError> {
        sqlx::query!(
            "INSERT INTO settings (key, value) VALUES (?1, ?2)
             ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            key,
            value
        )
        .execute(self.writer()?)
        .await?;
        Ok(())
    }
}
