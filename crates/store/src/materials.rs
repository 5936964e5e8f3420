//! What a codelab brings besides its steps: links and files.

use domain::{CodelabId, MaterialId, Timestamp, WorkshopId};

use crate::{
    Store, StoreError,
    column::{Row, integer},
};

/// A material.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Material {
    /// The material.
    pub id: MaterialId,
    /// The codelab it belongs to.
    pub codelab: CodelabId,
    /// What it is called.
    pub title: String,
    /// What is behind it.
    pub content: MaterialContent,
}

/// What is behind a material.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MaterialContent {
    /// An address elsewhere.
    Link {
        /// The address.
        url: String,
    },
    /// A file of this machine.
    File {
        /// Its SHA-256.
        sha256: [u8; 32],
        /// Its name where it came from.
        name: String,
        /// How long it is.
        size_bytes: u64,
    },
}

/// A link to be added.
#[derive(Clone, Debug)]
pub struct NewLink {
    /// The material.
    pub id: MaterialId,
    /// The codelab it belongs to.
    pub codelab: CodelabId,
    /// What it is called.
    pub title: String,
    /// The address.
    pub url: String,
    /// When it is added.
    pub now: Timestamp,
}

struct MaterialRow {
    id: i64,
    codelab_id: i64,
    title: String,
    url: Option<String>,
    file_sha256: Option<Vec<u8>>,
    file_name: Option<String>,
    size_bytes: Option<i64>,
}

impl TryFrom<MaterialRow> for Material {
    type Error = StoreError;

    fn try_from(row: MaterialRow) -> Result<Self, StoreError> {
        let place = Row::of("materials", &row.id);
        let content = match (row.url, row.file_sha256, row.file_name, row.size_bytes) {
            (Some(url), ..) => MaterialContent::Link { url },
            (None, Some(hash), Some(name), Some(size)) => MaterialContent::File {
                sha256: place.hash("file_sha256", &hash)?,
                name,
                size_bytes: place.bits("size_bytes", size)?,
            },
            (None, ..) => return Err(place.inconsistent("file_sha256")),
        };
        Ok(Self {
            id: MaterialId::from_bits(place.bits("id", row.id)?),
            codelab: CodelabId::from_bits(place.bits("codelab_id", row.codelab_id)?),
            title: row.title,
            content,
        })
    }
}

impl Store {
    /// The materials of a codelab, in the order in which they came.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn materials(&self, codelab: CodelabId) -> Result<Vec<Material>, StoreError> {
        let codelab = integer(codelab.to_bits());
        let rows = sqlx::query_as!(
            MaterialRow,
            r#"SELECT id, codelab_id, title, url, file_sha256, file_name,
                      size_bytes AS "size_bytes?: i64"
               FROM materials LEFT JOIN files ON files.sha256 = materials.file_sha256
               WHERE codelab_id = ?1 AND removed_at_ms IS NULL
               ORDER BY materials.created_at_ms, id"#,
            codelab
        )
        .fetch_all(self.readers())
        .await?;
        rows.into_iter().map(Material::try_from).collect()
    }

    /// The materials of all codelabs of a workshop, in the order of its agenda.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn workshop_materials(
        &self,
        workshop: WorkshopId,
    ) -> Result<Vec<Material>, StoreError> {
        let workshop = integer(workshop.to_bits());
        let rows = sqlx::query_as!(
            MaterialRow,
            r#"SELECT materials.id, materials.codelab_id, materials.title, url, file_sha256,
                      file_name, size_bytes AS "size_bytes?: i64"
               FROM workshop_codelabs AS used
               JOIN materials ON materials.codelab_id = used.codelab_id
               LEFT JOIN files ON files.sha256 = materials.file_sha256
               WHERE used.workshop_id = ?1 AND removed_at_ms IS NULL
               ORDER BY used.position, materials.created_at_ms, materials.id"#,
            workshop
        )
        .fetch_all(self.readers())
        .await?;
        rows.into_iter().map(Material::try_from).collect()
    }

    /// Adds a link; nothing happens and `false` comes back if the codelab is
    /// not in the library.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn add_link(&self, new: &NewLink) -> Result<bool, StoreError> {
        let (id, codelab) = (integer(new.id.to_bits()), integer(new.codelab.to_bits()));
        let now_ms = new.now.as_ms();
        let added = sqlx::query!(
            "INSERT INTO materials (id, codelab_id, title, url, created_at_ms)
             SELECT ?1, id, ?3, ?4, ?5 FROM codelabs WHERE id = ?2 AND deleted_at_ms IS NULL",
            id,
            codelab,
            new.title,
            new.url,
            now_ms
        )
        .execute(self.writer()?)
        .await?;
        Ok(added.rows_affected() == 1)
    }

    /// Gives a material another title. Says whether it is there.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn rename_material(
        &self,
        codelab: CodelabId,
        id: MaterialId,
        title: &str,
    ) -> Result<bool, StoreError> {
        let (codelab, id) = (integer(codelab.to_bits()), integer(id.to_bits()));
        let renamed = sqlx::query!(
            "UPDATE materials SET title = ?3
             WHERE codelab_id = ?1 AND id = ?2 AND removed_at_ms IS NULL",
            codelab,
            id,
            title
        )
        .execute(self.writer()?)
        .await?;
        Ok(renamed.rows_affected() == 1)
    }

    /// Takes a material away, or puts it back. Says whether there is one that
    /// was there, or away.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn remove_material(
        &self,
        codelab: CodelabId,
        id: MaterialId,
        removed: bool,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let (codelab, id) = (integer(codelab.to_bits()), integer(id.to_bits()));
        let now_ms = now.as_ms();
        let changed = sqlx::query!(
            "UPDATE materials SET removed_at_ms = CASE WHEN ?3 THEN ?4 END
             WHERE codelab_id = ?1 AND id = ?2 AND (removed_at_ms IS NULL) = ?3",
            codelab,
            id,
            removed,
            now_ms
        )
        .execute(self.writer()?)
        .await?;
        Ok(changed.rows_affected() == 1)
    }

    /// Gives a codelab the materials that another one has.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn copy_materials(&self, from: CodelabId, to: CodelabId) -> Result<(), StoreError> {
        let (from, to) = (integer(from.to_bits()), integer(to.to_bits()));
        sqlx::query!(
            "INSERT INTO materials
                 (id, codelab_id, title, url, file_sha256, file_name, created_at_ms)
             SELECT random() & 0x7fffffffffffffff, ?2, title, url, file_sha256, file_name,
                    created_at_ms
             FROM materials WHERE codelab_id = ?1 AND removed_at_ms IS NULL",
            from,
            to
        )
        .execute(self.writer()?)
        .await?;
        Ok(())
    }
}
