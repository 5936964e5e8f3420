//! A codelab that is brought from elsewhere, with its materials and, if there was one, a workshop
//! that took place there: all of it in one transaction.

use domain::{CodelabId, MaterialId, Timestamp, WorkshopId};
use sqlx::SqliteConnection;

use super::{NewCodelab, read::codelab_id};
use crate::{Entry, MaterialContent, Store, StoreError, column::integer, event_log::append_within};

/// A material to be added.
#[derive(Clone, Debug)]
pub struct NewMaterial {
    /// The material.
    pub id: MaterialId,
    /// What it is called.
    pub title: String,
    /// What is behind it; a file must have been added.
    pub content: MaterialContent,
}

impl Store {
    /// Adds a codelab as its revision 1, its materials in their order, and the
    /// log of a workshop with it.
    ///
    /// # Errors
    /// As [`Store::add_codelab`] and [`Store::append`]; nothing of it is then
    /// there.
    #[tracing::instrument(name = "library.bring_codelab", skip_all, fields(codelab = %new.id))]
    pub async fn bring_codelab(
        &self,
        new: NewCodelab,
        materials: &[NewMaterial],
        past: Option<(WorkshopId, Vec<Entry>)>,
    ) -> Result<(), StoreError> {
        let (id, now) = (new.id, new.now);
        let new = self.prepare(new).await?;
        let mut tx = self.begin().await?;
        new.begin(&mut tx, None).await?;
        for (place, material) in (0..).zip(materials) {
            // They are listed by when they came.
            let at = Timestamp::from_ms(now.as_ms().saturating_add(place));
            insert_material(&mut tx, id, material, at).await?;
        }
        if let Some((workshop, entries)) = past {
            append_within(&mut tx, workshop, &entries).await?;
        }
        self.settle(&mut tx).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Adds the log of a workshop with a codelab of the library.
    ///
    /// # Errors
    /// As [`Store::append`]; nothing of it is then there.
    #[tracing::instrument(name = "library.bring_past", skip_all, fields(workshop = %workshop))]
    pub async fn bring_past(
        &self,
        workshop: WorkshopId,
        entries: &[Entry],
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        append_within(&mut tx, workshop, entries).await?;
        self.settle(&mut tx).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Of the text of a codelab, with the id and the title that its author gave
    /// it: which codelab of the library has the same text (the oldest, if there
    /// are several), and whether there is one with the same id and title.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn is_on_shelf(
        &self,
        source: &str,
        authored_id: Option<&str>,
        title: &str,
    ) -> Result<(Option<CodelabId>, bool), StoreError> {
        let row = sqlx::query!(
            r#"SELECT (
                   SELECT codelabs.id FROM codelabs
                   JOIN revisions ON codelab_id = codelabs.id AND number = codelabs.revision
                   WHERE deleted_at_ms IS NULL AND title = ?3 AND source = ?1
                   ORDER BY codelabs.created_at_ms, codelabs.id LIMIT 1
               ) AS "same: i64",
               EXISTS (
                   SELECT 1 FROM codelabs
                   JOIN revisions ON codelab_id = codelabs.id AND number = codelabs.revision
                   WHERE deleted_at_ms IS NULL AND title = ?3 AND authored_id IS ?2
               ) AS "alike!: bool""#,
            source,
            authored_id,
            title
        )
        .fetch_one(self.readers())
        .await?;
        Ok((row.same.map(codelab_id).transpose()?, row.alike))
    }
}

async fn insert_material(
    tx: &mut SqliteConnection,
    codelab: CodelabId,
    material: &NewMaterial,
    at: Timestamp,
) -> Result<(), StoreError> {
    let (id, codelab) = (integer(material.id.to_bits()), integer(codelab.to_bits()));
    let (url, hash, name) = match &material.content {
        MaterialContent::Link { url } => (Some(url), None, None),
        MaterialContent::File { sha256, name, .. } => (None, Some(sha256.as_slice()), Some(name)),
    };
    let at_ms = at.as_ms();
    sqlx::query!(
        "INSERT INTO materials (id, codelab_id, title, url, file_sha256, file_name, created_at_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        id,
        codelab,
        material.title,
        url,
        hash,
        name,
        at_ms
    )
    .execute(tx)
    .await?;
    Ok(())
}
