//! Save points: a further revision, if nobody was faster.

use domain::FacilitatorId;
use sqlx::SqliteConnection;

use super::{NewCodelab, NewFileRef, drafts, write::Origin};
use crate::{
    Store, StoreError,
    column::{Row, integer},
    facilitators::check_rights,
};

/// How a revision is to be saved.
#[derive(Clone, Debug)]
pub struct Save {
    /// The revision that was edited.
    pub base: u32,
    /// Who saves.
    pub by: FacilitatorId,
    /// What they say of it.
    pub note: Option<String>,
    /// The revision whose text is brought back.
    pub restored_from: Option<u32>,
    /// Whether this is what they wrote: then their draft is done with. A save
    /// that the program makes for them leaves it for them to go on with.
    pub ends_draft: bool,
}

/// What became of a save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// It is the newest revision now.
    New(u32),
    /// The newest revision says the same already.
    Same(u32),
    /// Another revision came in between.
    Conflict {
        /// The newest.
        newest: u32,
        /// Who saved it; nobody, if it was imported.
        by: Option<String>,
    },
}

struct NewestRow {
    revision: i64,
    source: String,
    saved_by: Option<String>,
}

impl Store {
    /// Saves a revision on top of the one that was edited, and forgets the
    /// draft of who saves, if that is what is saved; nothing if there is no such
    /// codelab. Of several who save at the same time, one does.
    ///
    /// # Errors
    /// When one of its files was not added, who saves was removed
    /// ([`StoreError::NotAFacilitator`]), or the database cannot be written; nothing
    /// is then changed.
    #[tracing::instrument(name = "library.save_revision", skip_all, fields(codelab = %new.id))]
    pub async fn save_revision(
        &self,
        new: NewCodelab,
        save: &Save,
    ) -> Result<Option<Saved>, StoreError> {
        let new = self.prepare(new).await?;
        let (id, key) = (new.codelab.id, integer(new.codelab.id.to_bits()));
        let mut tx = self.begin().await?;
        check_rights(&mut tx, save.by).await?;
        let newest = sqlx::query_as!(
            NewestRow,
            r#"SELECT codelabs.revision, source, facilitators.name AS "saved_by?"
               FROM codelabs
               JOIN revisions ON codelab_id = codelabs.id AND number = codelabs.revision
               LEFT JOIN facilitators ON facilitators.id = saved_by
               WHERE codelabs.id = ?1 AND deleted_at_ms IS NULL"#,
            key
        )
        .fetch_optional(&mut *tx)
        .await?;
        let Some(newest) = newest else {
            return Ok(None);
        };
        let number = Row::of("codelabs", &key).count("revision", newest.revision)?;
        let is_same = newest.source == new.codelab.source
            && are_files(&mut tx, (key, newest.revision), &new.codelab.files).await?;
        if !is_same && number != save.base {
            return Ok(Some(Saved::Conflict {
                newest: number,
                by: newest.saved_by,
            }));
        }
        if save.ends_draft {
            drafts::discard(&mut tx, id, save.by).await?;
        }
        if is_same {
            tx.commit().await?;
            return Ok(Some(Saved::Same(number)));
        }
        let Some(number) = new.advance(&mut tx).await? else {
            return Ok(None);
        };
        let origin = Origin {
            by: Some(save.by),
            note: save.note.as_deref(),
            restored_from: save.restored_from,
        };
        new.insert(&mut tx, number, &origin).await?;
        self.settle(&mut tx).await?;
        tx.commit().await?;
        let number = Row::of("codelabs", &key).count("revision", number)?;
        Ok(Some(Saved::New(number)))
    }
}

/// Whether a revision shows these files and no others.
async fn are_files(
    tx: &mut SqliteConnection,
    (codelab, revision): (i64, i64),
    files: &[NewFileRef],
) -> Result<bool, StoreError> {
    let rows = sqlx::query!(
        "SELECT reference, file_sha256 FROM revision_files
         WHERE codelab_id = ?1 AND revision = ?2",
        codelab,
        revision
    )
    .fetch_all(tx)
    .await?;
    let shown = |reference: &str, hash: &[u8]| {
        files
            .iter()
            .any(|file| file.reference == reference && file.sha256 == hash)
    };
    Ok(rows.len() == files.len()
        && rows
            .iter()
            .all(|row| shown(&row.reference, &row.file_sha256)))
}
