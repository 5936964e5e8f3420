//! Looking at what was saved.

use domain::{CodelabId, StepId, Timestamp};

use super::read::codelab_id;
use crate::{
    Page, PageRequest, Store, StoreError,
    column::{Row, integer},
    event_log::json,
    page::Place,
};

/// The newest text of a codelab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodelabSource {
    /// Which revision it is.
    pub revision: u32,
    /// Its title.
    pub title: String,
    /// The Markdown.
    pub source: String,
}

/// A save point in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevisionSummary {
    /// Counted from 1.
    pub number: u32,
    /// When it was saved.
    pub saved_at: Timestamp,
    /// By whom: their name now; nobody, if it was imported.
    pub saved_by: Option<String>,
    /// What they said of it.
    pub note: Option<String>,
    /// The codelab's title in it.
    pub title: String,
    /// How many steps it has.
    pub steps: u32,
    /// Sum of its steps' minutes.
    pub minutes: u32,
    /// The revision whose text it brought back.
    pub restored_from: Option<u32>,
}

/// A save point with its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// What the list says of it.
    pub summary: RevisionSummary,
    /// The Markdown.
    pub source: String,
}

/// A step of a revision, as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepText {
    /// The step.
    pub id: StepId,
    /// Its title.
    pub title: String,
    /// Its Markdown.
    pub markdown: String,
}

struct SummaryRow {
    number: i64,
    saved_at_ms: i64,
    saved_by: Option<String>,
    note: Option<String>,
    title: String,
    steps: i64,
    minutes: i64,
    restored_from: Option<i64>,
}

impl TryFrom<SummaryRow> for RevisionSummary {
    type Error = StoreError;

    fn try_from(row: SummaryRow) -> Result<Self, StoreError> {
        let place = Row::of("revisions", &row.number);
        let from = row.restored_from;
        Ok(Self {
            number: place.count("number", row.number)?,
            saved_at: Timestamp::from_ms(row.saved_at_ms),
            saved_by: row.saved_by,
            note: row.note,
            title: row.title,
            steps: place.count("steps", row.steps)?,
            minutes: place.count("minutes", row.minutes)?,
            restored_from: from
                .map(|number| place.count("restored_from", number))
                .transpose()?,
        })
    }
}

struct StepTextRow {
    step_id: i64,
    title: String,
    markdown: String,
}

impl TryFrom<StepTextRow> for StepText {
    type Error = StoreError;

    fn try_from(row: StepTextRow) -> Result<Self, StoreError> {
        let place = Row::of("revision_steps", &row.step_id);
        Ok(Self {
            id: StepId::from_bits(place.bits("step_id", row.step_id)?),
            title: row.title,
            markdown: row.markdown,
        })
    }
}

impl Store {
    /// The newest text of a codelab; nothing if it is unknown or was removed.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn codelab_source(&self, id: CodelabId) -> Result<Option<CodelabSource>, StoreError> {
        let key = integer(id.to_bits());
        let found = sqlx::query!(
            "SELECT codelabs.revision, title, source FROM codelabs
             JOIN revisions ON codelab_id = codelabs.id AND number = codelabs.revision
             WHERE codelabs.id = ?1 AND deleted_at_ms IS NULL",
            key
        )
        .fetch_optional(self.readers())
        .await?;
        let Some(row) = found else { return Ok(None) };
        Ok(Some(CodelabSource {
            revision: Row::of("codelabs", &key).count("revision", row.revision)?,
            title: row.title,
            source: row.source,
        }))
    }

    /// The newest revisions of codelabs, in no particular order. Unknown and
    /// removed ones are left out.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn newest_revisions(
        &self,
        ids: &[CodelabId],
    ) -> Result<Vec<(CodelabId, u32)>, StoreError> {
        let keys: Vec<i64> = ids.iter().map(|id| integer(id.to_bits())).collect();
        let keys = json(&keys)?;
        let rows = sqlx::query!(
            r#"SELECT codelabs.id AS "id!: i64", revision AS "revision!: i64"
               FROM json_each(?1) AS wish JOIN codelabs ON codelabs.id = wish.value
               WHERE deleted_at_ms IS NULL"#,
            keys
        )
        .fetch_all(self.readers())
        .await?;
        let newest = rows.into_iter().map(|row| {
            let revision = Row::of("codelabs", &row.id).count("revision", row.revision)?;
            Ok((codelab_id(row.id)?, revision))
        });
        newest.collect()
    }

    /// The save points of a codelab, newest first; of an unknown one, none.
    ///
    /// # Errors
    /// [`StoreError::BadCursor`], or when the database cannot be read.
    pub async fn revisions(
        &self,
        id: CodelabId,
        page: PageRequest,
    ) -> Result<Page<RevisionSummary>, StoreError> {
        let (after, size) = (page.after()?, page.size());
        let limit = i64::try_from(size + 1).unwrap_or(i64::MAX);
        let key = integer(id.to_bits());
        // By number alone: a clock that was set back changes no order.
        let rows = sqlx::query_as!(
            SummaryRow,
            r#"SELECT number, revisions.created_at_ms AS saved_at_ms,
                      facilitators.name AS "saved_by?", note, title, restored_from,
                      (SELECT COUNT(*) FROM revision_steps AS step
                       WHERE step.codelab_id = ?1 AND step.revision = number) AS "steps!: i64",
                      (SELECT COALESCE(SUM(step.minutes), 0) FROM revision_steps AS step
                       WHERE step.codelab_id = ?1 AND step.revision = number) AS "minutes!: i64"
               FROM revisions LEFT JOIN facilitators ON facilitators.id = saved_by
               WHERE codelab_id = ?1 AND number < ?2 ORDER BY number DESC LIMIT ?3"#,
            key,
            after.id,
            limit
        )
        .fetch_all(self.readers())
        .await?;
        let items = rows.into_iter().map(RevisionSummary::try_from);
        let place = |item: &RevisionSummary| Place::new(item.saved_at, item.number.into());
        Ok(Page::of(items.collect::<Result<_, _>>()?, size, place))
    }

    /// A save point with its text.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn revision(
        &self,
        id: CodelabId,
        number: u32,
    ) -> Result<Option<Revision>, StoreError> {
        // The page that begins with it.
        let before = Place::new(Timestamp::from_ms(0), i64::from(number) + 1);
        let page = PageRequest {
            limit: 1,
            cursor: Some(before.write()),
        };
        let found = self.revisions(id, page).await?.items.pop();
        let Some(summary) = found.filter(|found| found.number == number) else {
            return Ok(None);
        };
        let key = integer(id.to_bits());
        let source = sqlx::query_scalar!(
            "SELECT source FROM revisions WHERE codelab_id = ?1 AND number = ?2",
            key,
            number
        )
        .fetch_one(self.readers())
        .await?;
        Ok(Some(Revision { summary, source }))
    }

    /// The steps of a revision as they are written, in order.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn step_texts(
        &self,
        id: CodelabId,
        revision: u32,
    ) -> Result<Vec<StepText>, StoreError> {
        let key = integer(id.to_bits());
        let rows = sqlx::query_as!(
            StepTextRow,
            "SELECT step_id, title, markdown FROM revision_steps
             WHERE codelab_id = ?1 AND revision = ?2 ORDER BY position",
            key,
            revision
        )
        .fetch_all(self.readers())
        .await?;
        rows.into_iter().map(StepText::try_from).collect()
    }

    /// The steps that earlier revisions had and this one has not, each as it was
    /// last, the ones that went last first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn gone_steps(
        &self,
        id: CodelabId,
        revision: u32,
    ) -> Result<Vec<StepText>, StoreError> {
        let key = integer(id.to_bits());
        let rows = sqlx::query_as!(
            StepTextRow,
            r#"SELECT step_id AS "step_id!: i64", title AS "title!: String",
                      markdown AS "markdown!: String"
               FROM (SELECT step_id, MAX(revision) AS revision FROM revision_steps
                     WHERE codelab_id = ?1 GROUP BY step_id) AS last
               JOIN revision_steps AS step USING (step_id, revision)
               WHERE codelab_id = ?1
                 AND step_id NOT IN (SELECT kept.step_id FROM revision_steps AS kept
                                     WHERE kept.codelab_id = ?1 AND kept.revision = ?2)
               ORDER BY revision DESC, position"#,
            key,
            revision
        )
        .fetch_all(self.readers())
        .await?;
        rows.into_iter().map(StepTextRow::try_into).collect()
    }
}
