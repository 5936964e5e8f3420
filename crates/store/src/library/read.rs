//! Reading the library.

use std::sync::Arc;

use domain::{
    CodelabId, ContentHash, StepId, Timestamp,
    workshop::{AgendaCodelab, AgendaStep, Requirement},
};
use sqlx::SqliteConnection;

use super::{CodelabDetail, CodelabSummary, Content, NewFileRef, Shelf, StepDetail};
use crate::{
    Store, StoreError,
    column::{Row, integer},
    event_log::{decode_quizzes, json},
};

pub(super) struct SummaryRow {
    pub(super) id: i64,
    pub(super) title: String,
    pub(super) summary: Option<String>,
    pub(super) authors: Option<String>,
    pub(super) language: Option<String>,
    pub(super) tags: String,
    pub(super) minutes: i64,
    pub(super) steps: i64,
    pub(super) revision: i64,
    pub(super) cover_sha256: Option<Vec<u8>>,
    pub(super) created_at_ms: i64,
    pub(super) updated_at_ms: i64,
    pub(super) used_at_ms: Option<i64>,
    pub(super) shelf: String,
}

impl TryFrom<SummaryRow> for CodelabSummary {
    type Error = StoreError;

    fn try_from(row: SummaryRow) -> Result<Self, StoreError> {
        let place = Row::of("revisions", &row.id);
        let cover = row.cover_sha256.as_deref();
        Ok(Self {
            id: codelab_id(row.id)?,
            tags: place.json("tags", &row.tags)?,
            minutes: place.count("minutes", row.minutes)?,
            steps: place.count("steps", row.steps)?,
            revision: place.count("number", row.revision)?,
            cover: cover
                .map(|hash| place.hash("cover_sha256", hash))
                .transpose()?,
            created_at: Timestamp::from_ms(row.created_at_ms),
            updated_at: Timestamp::from_ms(row.updated_at_ms),
            used_at: row.used_at_ms.map(Timestamp::from_ms),
            shelf: place.read("shelf", Shelf::read(&row.shelf).ok_or(()))?,
            title: row.title,
            summary: row.summary,
            authors: row.authors,
            language: row.language,
        })
    }
}

struct StepRow {
    step_id: i64,
    position: i64,
    title: String,
    minutes: Option<i64>,
    content_sha256: Vec<u8>,
    quizzes: String,
}

impl TryFrom<StepRow> for StepDetail {
    type Error = StoreError;

    fn try_from(row: StepRow) -> Result<Self, StoreError> {
        let place = Row::of("revision_steps", &row.step_id);
        let minutes = row.minutes.map(|minutes| place.count("minutes", minutes));
        Ok(Self {
            id: StepId::from_bits(place.bits("step_id", row.step_id)?),
            position: place.count("position", row.position)?,
            title: row.title,
            minutes: minutes.transpose()?,
            content: ContentHash::from_bytes(place.hash("content_sha256", &row.content_sha256)?),
            quizzes: place.read("quizzes", decode_quizzes(&row.quizzes))?,
        })
    }
}

struct MoreRow {
    authored_id: Option<String>,
    feedback_link: Option<String>,
    categories: String,
    guide_sha256: Option<Vec<u8>>,
}

struct FileRow {
    reference: String,
    file_sha256: Vec<u8>,
}

struct AgendaRow {
    codelab_id: i64,
    revision: i64,
    title: String,
    guide_sha256: Option<Vec<u8>>,
    required: String,
}

impl Store {
    /// A codelab with its steps; nothing if it is unknown or was removed.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn codelab(&self, id: CodelabId) -> Result<Option<CodelabDetail>, StoreError> {
        let key = integer(id.to_bits());
        // One transaction, so that all of it is of one revision.
        let mut tx = self.readers().begin().await?;
        let summary = sqlx::query_as!(
            SummaryRow,
            r#"SELECT id AS "id!: i64", title AS "title!: String", summary, authors, language,
                      tags AS "tags!: String", minutes AS "minutes!: i64", steps AS "steps!: i64",
                      revision AS "revision!: i64",
                      COALESCE((SELECT shown_sha256 FROM shown_images
                                WHERE original_sha256 = cover_sha256), cover_sha256)
                          AS "cover_sha256: Vec<u8>",
                      created_at_ms AS "created_at_ms!: i64",
                      updated_at_ms AS "updated_at_ms!: i64", used_at_ms AS "used_at_ms: i64",
                      shelf AS "shelf!: String"
               FROM codelab_summaries WHERE deleted_at_ms IS NULL AND id = ?1"#,
            key
        )
        .fetch_optional(&mut *tx)
        .await?;
        let Some(summary) = summary else {
            return Ok(None);
        };
        let revision = summary.revision;
        let more = sqlx::query_as!(
            MoreRow,
            "SELECT authored_id, feedback_link, categories, guide_sha256
             FROM codelabs JOIN revisions ON codelab_id = codelabs.id AND number = ?2
             WHERE codelabs.id = ?1",
            key,
            revision
        )
        .fetch_one(&mut *tx)
        .await?;
        let steps = steps(&mut tx, key, revision).await?;
        let files = sqlx::query_as!(
            FileRow,
            "SELECT reference, file_sha256 FROM revision_files
             WHERE codelab_id = ?1 AND revision = ?2 ORDER BY reference",
            key,
            revision
        )
        .fetch_all(&mut *tx)
        .await?;
        let file = |row: FileRow| {
            let sha256 = Row::of("revision_files", &key).hash("file_sha256", &row.file_sha256)?;
            let reference = row.reference;
            Ok::<_, StoreError>(NewFileRef { reference, sha256 })
        };
        Ok(Some(CodelabDetail {
            categories: Row::of("revisions", &key).json("categories", &more.categories)?,
            summary: summary.try_into()?,
            authored_id: more.authored_id,
            feedback_link: more.feedback_link,
            guide: guide(key, more.guide_sha256)?,
            steps,
            files: files.into_iter().map(file).collect::<Result<_, _>>()?,
        }))
    }

    /// The codelabs to which their author gave this id, the newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn codelab_by_authored_id(
        &self,
        authored_id: &str,
    ) -> Result<Vec<CodelabId>, StoreError> {
        let ids = sqlx::query_scalar!(
            "SELECT id FROM codelabs WHERE authored_id = ?1 AND deleted_at_ms IS NULL
             ORDER BY updated_at_ms DESC, id DESC",
            authored_id
        )
        .fetch_all(self.readers())
        .await?;
        ids.into_iter().map(codelab_id).collect()
    }

    /// What a workshop on these codelabs would work through: the newest
    /// revision of each, in this order. Unknown and removed ones are left out.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn agenda(&self, ids: &[CodelabId]) -> Result<Vec<AgendaCodelab>, StoreError> {
        let keys: Vec<i64> = ids.iter().map(|id| integer(id.to_bits())).collect();
        let keys = json(&keys)?;
        let mut tx = self.readers().begin().await?;
        let rows = sqlx::query_as!(
            AgendaRow,
            r#"SELECT codelab.id AS "codelab_id!: i64", revision AS "revision!: i64",
                      title AS "title!: String", guide_sha256,
                      required AS "required!: String"
               FROM json_each(?1) AS wish
               JOIN codelabs AS codelab ON codelab.id = wish.value
               JOIN revisions ON codelab_id = codelab.id AND number = codelab.revision
               WHERE deleted_at_ms IS NULL ORDER BY wish.key"#,
            keys
        )
        .fetch_all(&mut *tx)
        .await?;
        let mut agenda = Vec::with_capacity(rows.len());
        for row in rows {
            let steps = steps(&mut tx, row.codelab_id, row.revision).await?;
            agenda.push(AgendaCodelab {
                codelab: codelab_id(row.codelab_id)?,
                revision: Row::of("codelabs", &row.codelab_id).count("revision", row.revision)?,
                title: Arc::from(row.title),
                guide: guide(row.codelab_id, row.guide_sha256)?,
                required: required(row.codelab_id, &row.required)?,
                steps: steps.into_iter().map(AgendaStep::from).collect(),
            });
        }
        Ok(agenda)
    }

    /// The steps of a revision, in order; of an unknown one, none.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn revision_steps(
        &self,
        id: CodelabId,
        revision: u32,
    ) -> Result<Vec<StepDetail>, StoreError> {
        let key = integer(id.to_bits());
        let mut connection = self.readers().acquire().await?;
        steps(&mut connection, key, i64::from(revision)).await
    }

    /// A rendered step by its hash.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn content(&self, hash: ContentHash) -> Result<Option<Content>, StoreError> {
        let hash = hash.as_bytes().as_slice();
        let found = sqlx::query_scalar!("SELECT html_gzip FROM contents WHERE sha256 = ?1", hash)
            .fetch_optional(self.readers())
            .await?;
        Ok(found.map(|html_gzip| Content { html_gzip }))
    }
}

/// The steps of a revision with their quizzes, in order.
async fn steps(
    connection: &mut SqliteConnection,
    codelab: i64,
    revision: i64,
) -> Result<Vec<StepDetail>, StoreError> {
    let rows = sqlx::query_as!(
        StepRow,
        r#"SELECT step_id, position, title, minutes, content_sha256,
                  (SELECT json_group_array(json(quiz) ORDER BY number) FROM step_quizzes AS quiz
                   WHERE quiz.codelab_id = step.codelab_id AND quiz.revision = step.revision
                         AND quiz.position = step.position) AS "quizzes!: String"
           FROM revision_steps AS step
           WHERE codelab_id = ?1 AND revision = ?2 ORDER BY position"#,
        codelab,
        revision
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(StepDetail::try_from).collect()
}

impl From<StepDetail> for AgendaStep {
    fn from(step: StepDetail) -> Self {
        Self {
            step: step.id,
            title: Arc::from(step.title),
            minutes: step.minutes,
            content: step.content,
            quizzes: step.quizzes.into(),
        }
    }
}

fn required(codelab: i64, names: &str) -> Result<Arc<[Requirement]>, StoreError> {
    let place = Row::of("revisions", &codelab);
    let names: Vec<String> = place.json("required", names)?;
    let known = |name: &String| place.read("required", Requirement::named(name).ok_or(()));
    names.iter().map(known).collect()
}

fn guide(codelab: i64, hash: Option<Vec<u8>>) -> Result<Option<ContentHash>, StoreError> {
    let place = Row::of("revisions", &codelab);
    let hash = hash.map(|hash| place.hash("guide_sha256", &hash));
    Ok(hash.transpose()?.map(ContentHash::from_bytes))
}

pub(super) fn codelab_id(id: i64) -> Result<CodelabId, StoreError> {
    let bits = Row::of("codelabs", &id).bits("id", id)?;
    Ok(CodelabId::from_bits(bits))
}
