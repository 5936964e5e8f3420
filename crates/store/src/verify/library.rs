//! The codelabs of the library and their revisions.

use domain::CodelabId;

use super::{Finding, FindingKind, unread};
use crate::{Store, StoreError, column::integer};

impl Store {
    pub(super) async fn verify_library(&self, found: &mut Vec<Finding>) -> Result<(), StoreError> {
        let kind = FindingKind::Codelab;
        let ids = sqlx::query!(
            r#"SELECT codelabs.id AS "id!: i64", codelabs.revision,
                      (SELECT MAX(number) FROM revisions WHERE codelab_id = codelabs.id)
                          AS "newest: i64"
               FROM codelabs"#
        )
        .fetch_all(self.readers())
        .await;
        let ids = match ids {
            Ok(ids) => ids,
            Err(error) => {
                found.push(unread(kind, "The library", error.into())?);
                return Ok(());
            }
        };
        for row in ids {
            let Ok(bits) = u64::try_from(row.id) else {
                found.push(Finding::new(
                    kind,
                    format!("A codelab has the id {}.", row.id),
                ));
                continue;
            };
            let id = CodelabId::from_bits(bits);
            let name = self.codelab_name(id).await;
            if row.newest != Some(row.revision) {
                let sentence = format!("{name} lacks its newest revision, {}.", row.revision);
                found.push(Finding::new(kind, sentence));
                continue;
            }
            if let Err(error) = self.read_all_of(id).await {
                found.push(unread(kind, &name, error)?);
            }
        }
        Ok(())
    }

    /// The codelabs of the library that cannot be read.
    ///
    /// # Errors
    /// When not even their ids can be read.
    pub async fn damaged_codelabs(&self) -> Result<Vec<CodelabId>, StoreError> {
        let ids = sqlx::query_scalar!(r#"SELECT id AS "id!: i64" FROM codelabs"#)
            .fetch_all(self.readers())
            .await?;
        let mut damaged = Vec::new();
        for id in ids.into_iter().filter_map(|id| u64::try_from(id).ok()) {
            let id = CodelabId::from_bits(id);
            match self.read_all_of(id).await {
                Err(error) if error.is_damage() => damaged.push(id),
                Err(error) => return Err(error),
                Ok(()) => {}
            }
        }
        Ok(damaged)
    }

    /// Reads whatever is shown of a codelab.
    async fn read_all_of(&self, id: CodelabId) -> Result<(), StoreError> {
        self.codelab(id).await?;
        self.codelab_files(id).await?;
        self.materials(id).await?;
        self.agenda(&[id]).await?;
        let key = integer(id.to_bits());
        // As text, every letter of it: what is no text is found by reading.
        let revisions = sqlx::query!(
            "SELECT number, title, source FROM revisions WHERE codelab_id = ?1",
            key
        )
        .fetch_all(self.readers())
        .await?;
        for revision in revisions {
            let number = u32::try_from(revision.number).unwrap_or_default();
            self.revision_steps(id, number).await?;
        }
        Ok(())
    }

    /// What a codelab goes by in a sentence: its title, if that can be read.
    pub(super) async fn codelab_name(&self, codelab: CodelabId) -> String {
        match self.codelab_title(codelab).await {
            Some(title) => format!("The codelab “{title}” ({codelab})"),
            None => format!("The codelab {codelab}"),
        }
    }

    /// The title of a codelab; nothing if there is none that can be read.
    pub async fn codelab_title(&self, codelab: CodelabId) -> Option<String> {
        let id = integer(codelab.to_bits());
        sqlx::query_scalar!(
            "SELECT title FROM revisions WHERE codelab_id = ?1 ORDER BY number DESC LIMIT 1",
            id
        )
        .fetch_optional(self.readers())
        .await
        .ok()
        .flatten()
    }
}
