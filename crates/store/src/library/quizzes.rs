//! Quizzes of a revision's steps, with what is right.

use domain::CodelabId;
use serde::Serialize;
use sqlx::SqliteConnection;

use super::NewStep;
use crate::{
    StoreError,
    column::integer,
    event_log::{encode_quiz, json, not_written},
};

#[derive(Serialize)]
struct NewQuizRow {
    position: i64,
    number: i64,
    quiz: String,
}

/// Keeps the quizzes of all steps of a codelab, in a revision, by one statement.
pub(super) async fn insert(
    tx: &mut SqliteConnection,
    (codelab, revision): (CodelabId, i64),
    steps: &[NewStep],
) -> Result<(), StoreError> {
    let id = integer(codelab.to_bits());
    let mut rows = Vec::new();
    for (position, step) in (1_i64..).zip(steps) {
        for (number, quiz) in (1_i64..).zip(&step.quizzes) {
            let quiz = encode_quiz(quiz).map_err(not_written)?;
            rows.push(NewQuizRow {
                position,
                number,
                quiz,
            });
        }
    }
    let rows = json(&rows)?;
    sqlx::query!(
        "INSERT INTO step_quizzes (codelab_id, revision, position, number, quiz)
         SELECT ?1, ?2, value ->> 'position', value ->> 'number', value ->> 'quiz'
         FROM json_each(?3)",
        id,
        revision,
        rows
    )
    .execute(tx)
    .await?;
    Ok(())
}
