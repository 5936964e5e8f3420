//! What somebody has typed since the last save point; theirs alone.

use domain::{CodelabId, FacilitatorId, Timestamp};
use sqlx::SqliteConnection;

use crate::{
    Store, StoreError,
    column::{Row, integer},
};

/// A text that is not saved yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The revision that was open when the writing began.
    pub base: u32,
    /// The Markdown.
    pub source: String,
    /// When it was kept.
    pub saved_at: Timestamp,
}

struct DraftRow {
    base: i64,
    source: String,
    saved_at_ms: i64,
}

impl Store {
    /// What somebody has typed in a codelab since its last save point.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn draft(
        &self,
        codelab: CodelabId,
        whose: FacilitatorId,
    ) -> Result<Option<Draft>, StoreError> {
        let (codelab, whose) = (integer(codelab.to_bits()), integer(whose.to_bits()));
        let found = sqlx::query_as!(
            DraftRow,
            "SELECT base, source, saved_at_ms FROM drafts
             WHERE codelab_id = ?1 AND facilitator_id = ?2",
            codelab,
            whose
        )
        .fetch_optional(self.readers())
        .await?;
        let Some(row) = found else { return Ok(None) };
        Ok(Some(Draft {
            base: Row::of("drafts", &codelab).count("base", row.base)?,
            source: row.source,
            saved_at: Timestamp::from_ms(row.saved_at_ms),
        }))
    }

    /// Keeps what somebody has typed, in the place of what they had typed
    /// before; durable when this returns. Says whether there is such a codelab.
    ///
    /// # Errors
    /// When the database cannot be written.
    #[tracing::instrument(name = "library.keep_draft", skip_all, fields(codelab = %codelab))]
    pub async fn keep_draft(
        &self,
        codelab: CodelabId,
        whose: FacilitatorId,
        draft: &Draft,
    ) -> Result<bool, StoreError> {
        let (codelab, whose) = (integer(codelab.to_bits()), integer(whose.to_bits()));
        let saved_at_ms = draft.saved_at.as_ms();
        let kept = sqlx::query!(
            "INSERT INTO drafts (codelab_id, facilitator_id, base, source, saved_at_ms)
             SELECT id, ?2, ?3, ?4, ?5 FROM codelabs WHERE id = ?1 AND deleted_at_ms IS NULL
             ON CONFLICT (codelab_id, facilitator_id) DO UPDATE SET
                 base = excluded.base, source = excluded.source,
                 saved_at_ms = excluded.saved_at_ms",
            codelab,
            whose,
            draft.base,
            draft.source,
            saved_at_ms
        )
        .execute(self.writer()?)
        .await?;
        Ok(kept.rows_affected() == 1)
    }

    /// Forgets what somebody has typed; nothing happens if there is nothing.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn discard_draft(
        &self,
        codelab: CodelabId,
        whose: FacilitatorId,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        discard(&mut tx, codelab, whose).await?;
        tx.commit().await?;
        Ok(())
    }
}

pub(super) async fn discard(
    tx: &mut SqliteConnection,
    codelab: CodelabId,
    whose: FacilitatorId,
) -> Result<(), StoreError> {
    let (codelab, whose) = (integer(codelab.to_bits()), integer(whose.to_bits()));
    sqlx::query!(
        "DELETE FROM drafts WHERE codelab_id = ?1 AND facilitator_id = ?2",
        codelab,
        whose
    )
    .execute(tx)
    .await?;
    Ok(())
}
