//! Adding, revising, removing and restoring codelabs.

use domain::{CodelabId, FacilitatorId, Timestamp};
use serde::Serialize;
use sqlx::SqliteConnection;

use super::{NewCodelab, codelab_files, contents::Compressed, index, polls, quizzes};
use crate::{
    Store, StoreError,
    column::{Row, integer},
    event_log::json,
};

impl Store {
    /// Adds a codelab as its revision 1.
    ///
    /// # Errors
    /// When one of its files was not added, or the database cannot be written;
    /// nothing of it is then in the library.
    #[tracing::instrument(name = "library.add_codelab", skip_all, fields(codelab = %new.id))]
    pub async fn add_codelab(&self, new: NewCodelab) -> Result<(), StoreError> {
        self.add(new, None).await
    }

    /// Adds a codelab that somebody begins here, as its revision 1.
    ///
    /// # Errors
    /// As [`Store::add_codelab`].
    pub async fn begin_codelab(
        &self,
        new: NewCodelab,
        by: FacilitatorId,
    ) -> Result<(), StoreError> {
        self.add(new, Some(by)).await
    }

    async fn add(&self, new: NewCodelab, by: Option<FacilitatorId>) -> Result<(), StoreError> {
        let new = self.prepare(new).await?;
        let mut tx = self.begin().await?;
        new.begin(&mut tx, by).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Adds a further revision of a codelab, whatever the newest is, and returns
    /// its number; nothing if there is no such codelab or it was removed.
    ///
    /// # Errors
    /// As [`Store::add_codelab`].
    #[tracing::instrument(name = "library.add_revision", skip_all, fields(codelab = %new.id))]
    pub async fn add_revision(&self, new: NewCodelab) -> Result<Option<u32>, StoreError> {
        let new = self.prepare(new).await?;
        let mut tx = self.begin().await?;
        let Some(number) = new.advance(&mut tx).await? else {
            return Ok(None);
        };
        new.insert(&mut tx, number, &Origin::default()).await?;
        for file in &new.codelab.files {
            codelab_files::insert(&mut tx, new.codelab.id, file).await?;
        }
        tx.commit().await?;
        let id = integer(new.codelab.id.to_bits());
        let number = Row::of("codelabs", &id).count("revision", number)?;
        Ok(Some(number))
    }

    /// Takes a codelab out of the library; it can be restored, and workshops
    /// keep what they work through. Says whether it was there.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn remove_codelab(&self, id: CodelabId, now: Timestamp) -> Result<bool, StoreError> {
        let (id, now_ms) = (integer(id.to_bits()), now.as_ms());
        let mut tx = self.begin().await?;
        let removed = sqlx::query!(
            "UPDATE codelabs SET deleted_at_ms = ?2 WHERE id = ?1 AND deleted_at_ms IS NULL",
            id,
            now_ms
        )
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(removed.rows_affected() == 1)
    }

    /// Puts a removed codelab back to where it was, the newest there. Says
    /// whether it was removed.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn restore_codelab(&self, id: CodelabId, now: Timestamp) -> Result<bool, StoreError> {
        let (id, now_ms) = (integer(id.to_bits()), now.as_ms());
        let mut tx = self.begin().await?;
        let restored = sqlx::query!(
            "UPDATE codelabs SET deleted_at_ms = NULL, updated_at_ms = ?2
             WHERE id = ?1 AND deleted_at_ms IS NOT NULL",
            id,
            now_ms
        )
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(restored.rows_affected() == 1)
    }

    /// Archives a codelab, or takes it back from the archive; it stays as it
    /// is. Says whether that changed anything.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn archive_codelab(
        &self,
        id: CodelabId,
        archived: bool,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let (id, now_ms) = (integer(id.to_bits()), now.as_ms());
        let mut tx = self.begin().await?;
        let changed = sqlx::query!(
            "UPDATE codelabs SET archived_at_ms = CASE WHEN ?2 THEN ?3 END
             WHERE id = ?1 AND deleted_at_ms IS NULL AND (archived_at_ms IS NULL) = ?2",
            id,
            archived,
            now_ms
        )
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(changed.rows_affected() == 1)
    }
}

/// A step, as one statement takes it among others.
#[derive(Serialize)]
struct StepRow<'a> {
    position: i64,
    step: i64,
    title: &'a str,
    minutes: Option<u32>,
    markdown: &'a str,
    content: String,
}

/// Where a revision comes from.
#[derive(Default)]
pub(super) struct Origin<'a> {
    /// Who saved it; nobody: it was imported.
    pub(super) by: Option<FacilitatorId>,
    /// What they said of it.
    pub(super) note: Option<&'a str>,
    /// The revision whose text it brings back.
    pub(super) restored_from: Option<u32>,
}

impl Compressed {
    /// Makes room for a further revision and returns its number; nothing if the
    /// codelab is not in the library.
    pub(super) async fn advance(
        &self,
        tx: &mut SqliteConnection,
    ) -> Result<Option<i64>, StoreError> {
        let codelab = &self.codelab;
        let (id, now_ms) = (integer(codelab.id.to_bits()), codelab.now.as_ms());
        let number = sqlx::query_scalar!(
            r#"UPDATE codelabs SET authored_id = ?2, revision = revision + 1, updated_at_ms = ?3
               WHERE id = ?1 AND deleted_at_ms IS NULL RETURNING revision AS "revision!: i64""#,
            id,
            codelab.authored_id,
            now_ms
        )
        .fetch_optional(tx)
        .await?;
        Ok(number)
    }

    /// Adds it as its revision 1.
    pub(super) async fn begin(
        &self,
        tx: &mut SqliteConnection,
        by: Option<FacilitatorId>,
    ) -> Result<(), StoreError> {
        let (id, now_ms) = (integer(self.codelab.id.to_bits()), self.codelab.now.as_ms());
        sqlx::query!(
            "INSERT INTO codelabs (id, authored_id, revision, created_at_ms, updated_at_ms)
             VALUES (?1, ?2, 1, ?3, ?3)",
            id,
            self.codelab.authored_id,
            now_ms
        )
        .execute(&mut *tx)
        .await?;
        let origin = Origin {
            by,
            ..Origin::default()
        };
        self.insert(tx, 1, &origin).await?;
        for file in &self.codelab.files {
            codelab_files::insert(tx, self.codelab.id, file).await?;
        }
        Ok(())
    }

    pub(super) async fn insert(
        &self,
        tx: &mut SqliteConnection,
        number: i64,
        origin: &Origin<'_>,
    ) -> Result<(), StoreError> {
        self.insert_contents(tx).await?;
        self.insert_revision(tx, number, origin).await?;
        if let Some(guide) = &self.codelab.guide {
            polls::insert_of_guide(tx, (self.codelab.id, number), &guide.polls).await?;
        }
        self.insert_steps(tx, number).await?;
        let id = self.codelab.id;
        polls::insert(tx, (id, number), &self.codelab.steps).await?;
        quizzes::insert(tx, (id, number), &self.codelab.steps).await?;
        self.insert_files(tx, number).await?;
        index::renew(tx, integer(self.codelab.id.to_bits())).await
    }

    async fn insert_revision(
        &self,
        tx: &mut SqliteConnection,
        number: i64,
        origin: &Origin<'_>,
    ) -> Result<(), StoreError> {
        let codelab = &self.codelab;
        let (id, now_ms) = (integer(codelab.id.to_bits()), codelab.now.as_ms());
        let (categories, tags) = (json(&codelab.categories)?, json(&codelab.tags)?);
        let cover = codelab.cover.as_ref().map(<[u8; 32]>::as_slice);
        let by = origin.by.map(|by| integer(by.to_bits()));
        let required = codelab.required.iter().map(|one| one.name());
        let required = json(&required.collect::<Vec<_>>())?;
        let guide = codelab.guide.as_ref().map(|guide| guide.markdown.as_str());
        let guide_hash = self.guide.as_ref().map(|(hash, _)| hash.as_slice());
        sqlx::query!(
            "INSERT INTO revisions
                 (codelab_id, number, title, summary, authors, language, feedback_link,
                  categories, tags, source, cover_sha256, created_at_ms, saved_by, note,
                  restored_from, guide_markdown, guide_sha256, required)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,
                     ?18)",
            id,
            number,
            codelab.title,
            codelab.summary,
            codelab.authors,
            codelab.language,
            codelab.feedback_link,
            categories,
            tags,
            codelab.source,
            cover,
            now_ms,
            by,
            origin.note,
            origin.restored_from,
            guide,
            guide_hash,
            required
        )
        .execute(tx)
        .await?;
        Ok(())
    }

    /// One statement for all of them: rooms wait for as long as it takes.
    async fn insert_steps(&self, tx: &mut SqliteConnection, number: i64) -> Result<(), StoreError> {
        let id = integer(self.codelab.id.to_bits());
        let steps = (1_i64..).zip(&self.codelab.steps).zip(&self.contents);
        let rows = steps.map(|((position, step), (hash, _))| StepRow {
            position,
            step: integer(step.id.to_bits()),
            title: &step.title,
            minutes: step.minutes,
            markdown: &step.markdown,
            content: hex::encode(hash),
        });
        let rows = json(&rows.collect::<Vec<_>>())?;
        sqlx::query!(
            "INSERT INTO revision_steps
                 (codelab_id, revision, position, step_id, title, minutes, markdown,
                  content_sha256)
             SELECT ?1, ?2, value ->> 'position', value ->> 'step', value ->> 'title',
                    value ->> 'minutes', value ->> 'markdown', unhex(value ->> 'content')
             FROM json_each(?3)",
            id,
            number,
            rows
        )
        .execute(tx)
        .await?;
        Ok(())
    }

    async fn insert_files(&self, tx: &mut SqliteConnection, number: i64) -> Result<(), StoreError> {
        let id = integer(self.codelab.id.to_bits());
        for file in &self.codelab.files {
            let hash = file.sha256.as_slice();
            sqlx::query!(
                "INSERT INTO revision_files (codelab_id, revision, reference, file_sha256)
                 VALUES (?1, ?2, ?3, ?4)",
                id,
                number,
                file.reference,
                hash
            )
            .execute(&mut *tx)
            .await?;
        }
        Ok(())
    }
}
