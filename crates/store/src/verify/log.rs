//! The log of every workshop: its checksums, its form, and what else stands there.

use domain::WorkshopId;

use super::{Finding, FindingKind, unread};
use crate::{
    Store, StoreError,
    column::{Row, integer},
    event_log::chain,
    rebuild,
};

/// Places of a log that are named; one already means that it is damaged.
const NAMED: usize = 5;

impl Store {
    /// Every workshop that has an event, an answer or a row.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(crate) async fn all_workshops(&self) -> Result<Vec<WorkshopId>, StoreError> {
        let ids = sqlx::query_scalar!(
            r#"SELECT DISTINCT workshop_id AS "id!: i64" FROM events
               UNION SELECT workshop_id FROM answers UNION SELECT id FROM workshops"#
        )
        .fetch_all(self.readers())
        .await?;
        let id = |id: i64| u64::try_from(id).ok().map(WorkshopId::from_bits);
        Ok(ids.into_iter().filter_map(id).collect())
    }

    /// Says what is wrong with the logs, and which workshops cannot be read.
    pub(super) async fn verify_logs(
        &self,
        found: &mut Vec<Finding>,
    ) -> Result<Vec<WorkshopId>, StoreError> {
        let workshops = match self.all_workshops().await {
            Ok(workshops) => workshops,
            Err(error) => {
                found.push(unread(FindingKind::Workshop, "The logs", error)?);
                return Ok(Vec::new());
            }
        };
        let mut damaged = Vec::new();
        for workshop in workshops {
            let before = found.len();
            let name = self.workshop_name(workshop).await;
            self.verify_chain(workshop, &name, found).await?;
            match self.load_workshop(workshop).await {
                Ok(Some(_)) => {}
                Ok(None) => found.push(Finding::new(
                    FindingKind::Workshop,
                    format!("{name} has no events; nothing of it can be shown."),
                )),
                // The places are named already.
                Err(error) if found.len() > before && error.is_damage() => {}
                Err(error) => found.push(unread(FindingKind::Workshop, &name, error)?),
            }
            if found.len() > before {
                damaged.push(workshop);
            }
        }
        Ok(damaged)
    }

    async fn verify_chain(
        &self,
        workshop: WorkshopId,
        name: &str,
        found: &mut Vec<Finding>,
    ) -> Result<(), StoreError> {
        let mut connection = self.readers().acquire().await?;
        let broken = match chain::broken(&mut connection, workshop).await {
            Ok(broken) => broken,
            Err(error) => {
                found.push(unread(FindingKind::Workshop, name, error)?);
                return Ok(());
            }
        };
        let mut places: Vec<String> = broken.iter().take(NAMED).map(i64::to_string).collect();
        if broken.len() > NAMED {
            places.push(format!("and {} more", broken.len() - NAMED));
        }
        if !places.is_empty() {
            let sentence = format!(
                "{name} was changed or damaged at event {}; it is not opened.",
                places.join(", ")
            );
            found.push(Finding::new(FindingKind::Workshop, sentence));
        }
        Ok(())
    }

    /// Takes the events of a workshop as they are now: computes the checksums again
    /// from the first that does not fit, so that the workshop is opened again. For
    /// somebody who has read what is damaged. Says whether there was anything to do.
    ///
    /// # Errors
    /// When an event cannot be read at all; nothing is then changed.
    pub async fn accept_log(&self, workshop: WorkshopId) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
        let Some(first) = chain::broken(&mut tx, workshop).await?.first().copied() else {
            return Ok(false);
        };
        chain::rechain(&mut tx, integer(workshop.to_bits()), first).await?;
        if !rebuild::is_readable(&mut tx, workshop).await? {
            let name = workshop.to_string();
            return Err(Row::of("events", &name).inconsistent("payload"));
        }
        tx.commit().await?;
        tracing::warn!(%workshop, first, "changed events were accepted");
        Ok(true)
    }

    /// What a workshop goes by in a sentence: its title, if that can be read.
    pub(crate) async fn workshop_name(&self, workshop: WorkshopId) -> String {
        match self.workshop_title(workshop).await {
            Some(title) => format!("The workshop “{title}” ({workshop})"),
            None => format!("The workshop {workshop}"),
        }
    }

    /// The title of a workshop; nothing if there is none that can be read.
    pub async fn workshop_title(&self, workshop: WorkshopId) -> Option<String> {
        let id = integer(workshop.to_bits());
        sqlx::query_scalar!("SELECT title FROM workshops WHERE id = ?1", id)
            .fetch_optional(self.readers())
            .await
            .ok()
            .flatten()
    }
}
