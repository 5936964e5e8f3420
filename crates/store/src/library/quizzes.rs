//! Quizzes of a revision's steps, with what is right.

use domain::{CodelabId, workshop::Quiz};
use sqlx::SqliteConnection;

use crate::{
    StoreError,
    column::integer,
    event_log::{encode_quiz, not_written},
};

/// Keeps the quizzes of a step: of a codelab, in a revision, at a place.
pub(super) async fn insert(
    tx: &mut SqliteConnection,
    (codelab, revision, position): (CodelabId, i64, i64),
    quizzes: &[Quiz],
) -> Result<(), StoreError> {
    let id = integer(codelab.to_bits());
    for (number, quiz) in (1_i64..).zip(quizzes) {
        let quiz = encode_quiz(quiz).map_err(not_written)?;
        sqlx::query!(
            "INSERT INTO step_quizzes (codelab_id, revision, position, number, quiz)
             VALUES (?1, ?2, ?3, ?4, ?5)",
            id,
            revision,
            position,
            number,
            quiz
        )
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}
