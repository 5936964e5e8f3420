//! Workshops, live and ended.

use domain::{JoinCode, Timestamp, WorkshopId, workshop::Status};

use crate::{
    Page, PageRequest, Store, StoreError,
    column::{Row, integer},
    event_log::json,
    page::Place,
};

/// A workshop in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkshopSummary {
    /// The workshop.
    pub id: WorkshopId,
    /// Its title.
    pub title: String,
    /// Live or ended.
    pub status: Status,
    /// When it started.
    pub started_at: Timestamp,
    /// When it ended; nothing while it is live.
    pub ended_at: Option<Timestamp>,
    /// The titles of its codelabs, in order.
    pub codelab_titles: Vec<String>,
    /// Attendees who joined.
    pub attendees: u32,
    /// Messages and announcements.
    pub messages: u32,
    /// Help requests that were raised.
    pub help_requests: u32,
    /// Whether it took place elsewhere and was brought here.
    pub imported: bool,
}

struct SummaryRow {
    id: i64,
    title: String,
    started_at_ms: i64,
    ended_at_ms: Option<i64>,
    attendees: i64,
    messages: i64,
    help_requests: i64,
    imported: i64,
    codelab_titles: String,
}

impl TryFrom<SummaryRow> for WorkshopSummary {
    type Error = StoreError;

    fn try_from(row: SummaryRow) -> Result<Self, StoreError> {
        let place = Row::of("workshops", &row.id);
        let ended_at = row.ended_at_ms.map(Timestamp::from_ms);
        Ok(Self {
            id: WorkshopId::from_bits(place.bits("id", row.id)?),
            status: ended_at.map_or(Status::Live, |at| Status::Ended { at }),
            started_at: Timestamp::from_ms(row.started_at_ms),
            ended_at,
            codelab_titles: place.json("codelab_titles", &row.codelab_titles)?,
            attendees: place.count("attendees", row.attendees)?,
            messages: place.count("messages", row.messages)?,
            help_requests: place.count("help_requests", row.help_requests)?,
            imported: row.imported != 0,
            title: row.title,
        })
    }
}

impl Store {
    /// The workshops that have not ended, the oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn live_workshops(&self) -> Result<Vec<WorkshopId>, StoreError> {
        let ids = sqlx::query_scalar!(
            "SELECT id FROM workshops WHERE ended_at_ms IS NULL ORDER BY started_at_ms, id"
        )
        .fetch_all(self.readers())
        .await?;
        ids.into_iter().map(workshop_id).collect()
    }

    /// All workshops, the newest first.
    ///
    /// # Errors
    /// [`StoreError::BadCursor`], or when the database cannot be read.
    pub async fn workshops(&self, page: PageRequest) -> Result<Page<WorkshopSummary>, StoreError> {
        match self.workshops_but(&page, "[]", None).await {
            // One that cannot be read must not take the others with it.
            Err(error) if error.is_damage() => {
                let damaged = self.damaged_summaries().await?;
                self.workshops_but(&page, &json(&damaged)?, None).await
            }
            listed => listed,
        }
    }

    /// The workshops whose line in the history cannot be read.
    async fn damaged_summaries(&self) -> Result<Vec<i64>, StoreError> {
        let ids = sqlx::query_scalar!("SELECT id FROM workshops")
            .fetch_all(self.readers())
            .await?;
        let page = PageRequest {
            limit: 1,
            cursor: None,
        };
        let mut damaged = Vec::new();
        for id in ids {
            match self.workshops_but(&page, "[]", Some(id)).await {
                Err(error) if error.is_damage() => damaged.push(id),
                Err(error) => return Err(error),
                Ok(_) => {}
            }
        }
        Ok(damaged)
    }

    /// The workshops without some, a JSON list of their ids; or only one.
    async fn workshops_but(
        &self,
        page: &PageRequest,
        but: &str,
        only: Option<i64>,
    ) -> Result<Page<WorkshopSummary>, StoreError> {
        let (after, size) = (page.after()?, page.size());
        let limit = i64::try_from(size + 1).unwrap_or(i64::MAX);
        let rows = sqlx::query_as!(
            SummaryRow,
            r#"SELECT id, title, started_at_ms, ended_at_ms, attendees, messages, help_requests,
                      imported,
                      (SELECT json_group_array(codelab.title ORDER BY codelab.position)
                       FROM workshop_codelabs AS codelab
                       WHERE codelab.workshop_id = workshops.id) AS "codelab_titles!: String"
               FROM workshops
               WHERE (started_at_ms, id) < (?1, ?2)
                 AND id NOT IN (SELECT value FROM json_each(?4)) AND (?5 IS NULL OR id = ?5)
               ORDER BY started_at_ms DESC, id DESC LIMIT ?3"#,
            after.at_ms,
            after.id,
            limit,
            but,
            only
        )
        .fetch_all(self.readers())
        .await?;
        let items = rows.into_iter().map(WorkshopSummary::try_from);
        let place =
            |item: &WorkshopSummary| Place::new(item.started_at, integer(item.id.to_bits()));
        Ok(Page::of(items.collect::<Result<_, _>>()?, size, place))
    }

    /// Whether a workshop with this title and beginning was brought here before.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn was_imported(&self, title: &str, start: Timestamp) -> Result<bool, StoreError> {
        let started_at_ms = start.as_ms();
        let found = sqlx::query_scalar!(
            r#"SELECT EXISTS (
                   SELECT 1 FROM workshops
                   WHERE imported = 1 AND title = ?1 AND started_at_ms = ?2
               ) AS "found!: bool""#,
            title,
            started_at_ms
        )
        .fetch_one(self.readers())
        .await?;
        Ok(found)
    }

    /// The live workshop with this join code.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn workshop_by_join_code(
        &self,
        code: &JoinCode,
    ) -> Result<Option<WorkshopId>, StoreError> {
        let code = code.as_str();
        let id = sqlx::query_scalar!(
            "SELECT id FROM workshops WHERE join_code = ?1 AND ended_at_ms IS NULL",
            code
        )
        .fetch_optional(self.readers())
        .await?;
        id.map(workshop_id).transpose()
    }
}

fn workshop_id(id: i64) -> Result<WorkshopId, StoreError> {
    let bits = Row::of("workshops", &id).bits("id", id)?;
    Ok(WorkshopId::from_bits(bits))
}
