//! Polls that authors prepared, per revision.

use std::sync::Arc;

use domain::{CodelabId, StepId, workshop::PollForm};
use serde::Serialize;
use sqlx::SqliteConnection;

use super::{NewStep, PreparedPoll, read::codelab_id};
use crate::{
    Store, StoreError,
    column::{Row, integer},
    event_log::{decode_form, encode_form, json, not_written},
};

struct PollRow {
    codelab_id: i64,
    step_id: Option<i64>,
    form: String,
}

impl TryFrom<PollRow> for PreparedPoll {
    type Error = StoreError;

    fn try_from(row: PollRow) -> Result<Self, StoreError> {
        let place = Row::of("prepared_polls", &row.codelab_id);
        Ok(Self {
            codelab: codelab_id(row.codelab_id)?,
            step: row
                .step_id
                .map(|id| place.bits("step_id", id))
                .transpose()?
                .map(StepId::from_bits),
            form: place.read("form", decode_form(&row.form))?,
        })
    }
}

impl Store {
    /// The prepared polls of some revisions, in the order of these; those of the guide before
    /// those of the steps.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn prepared_polls(
        &self,
        revisions: &[(CodelabId, u32)],
    ) -> Result<Vec<PreparedPoll>, StoreError> {
        let wishes = revisions
            .iter()
            .map(|(codelab, revision)| (integer(codelab.to_bits()), *revision));
        let wishes = json(&wishes.collect::<Vec<_>>())?;
        let rows = sqlx::query_as!(
            PollRow,
            r#"SELECT poll.codelab_id AS "codelab_id!: i64", step_id AS "step_id?: i64",
                      form AS "form!: String"
               FROM json_each(?1) AS wish
               JOIN (SELECT codelab_id, revision, 0 AS position, number, form FROM guide_polls
                     UNION ALL
                     SELECT codelab_id, revision, position, number, form FROM prepared_polls)
                    AS poll ON poll.codelab_id = json_extract(wish.value, '$[0]')
                    AND poll.revision = json_extract(wish.value, '$[1]')
               LEFT JOIN revision_steps AS step USING (codelab_id, revision, position)
               ORDER BY wish.key, position, poll.number"#,
            wishes
        )
        .fetch_all(self.readers())
        .await?;
        rows.into_iter().map(PreparedPoll::try_from).collect()
    }
}

#[derive(Serialize)]
struct NewPollRow {
    position: i64,
    number: i64,
    form: String,
}

/// Keeps the polls of all steps of a codelab, in a revision, by one statement.
pub(super) async fn insert(
    tx: &mut SqliteConnection,
    (codelab, revision): (CodelabId, i64),
    steps: &[NewStep],
) -> Result<(), StoreError> {
    let id = integer(codelab.to_bits());
    let mut rows = Vec::new();
    for (position, step) in (1_i64..).zip(steps) {
        for (number, form) in (1_i64..).zip(&step.polls) {
            let form = encode_form(form).map_err(not_written)?;
            rows.push(NewPollRow {
                position,
                number,
                form,
            });
        }
    }
    let rows = json(&rows)?;
    sqlx::query!(
        "INSERT INTO prepared_polls (codelab_id, revision, position, number, form)
         SELECT ?1, ?2, value ->> 'position', value ->> 'number', value ->> 'form'
         FROM json_each(?3)",
        id,
        revision,
        rows
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Keeps the polls of the guide of a codelab, in a revision.
pub(super) async fn insert_of_guide(
    tx: &mut SqliteConnection,
    (codelab, revision): (CodelabId, i64),
    polls: &[Arc<PollForm>],
) -> Result<(), StoreError> {
    let id = integer(codelab.to_bits());
    let forms = polls.iter().map(|form| encode_form(form));
    let forms = forms.collect::<Result<Vec<_>, _>>().map_err(not_written)?;
    let forms = json(&forms)?;
    sqlx::query!(
        "INSERT INTO guide_polls (codelab_id, revision, number, form)
         SELECT ?1, ?2, key + 1, value FROM json_each(?3)",
        id,
        revision,
        forms
    )
    .execute(tx)
    .await?;
    Ok(())
}
