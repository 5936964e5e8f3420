//! `seat_progress` and `completed_steps`.

use std::collections::BTreeMap;

use domain::{CodelabId, SeatId, Timestamp, workshop::StepRef};
use serde::Serialize;
use sqlx::SqliteConnection;

use super::StepRow;
use crate::{StoreError, event_log::json};

#[derive(Default)]
pub(super) struct Changes {
    /// The step each seat is at, per codelab, and since when.
    entered: BTreeMap<(SeatId, CodelabId), (StepRef, Timestamp)>,
    /// The steps whose completion changed: since when, or no longer.
    completed: BTreeMap<(SeatId, StepRef), Option<Timestamp>>,
}

#[derive(Serialize)]
struct Row {
    seat: u32,
    #[serde(flatten)]
    step: StepRow,
    at: Option<i64>,
}

impl Changes {
    pub(super) fn enter(&mut self, seat: SeatId, step: StepRef, at: Timestamp) {
        self.entered.insert((seat, step.codelab), (step, at));
    }

    pub(super) fn complete(&mut self, seat: SeatId, step: StepRef, at: Option<Timestamp>) {
        self.completed.insert((seat, step), at);
    }

    pub(super) async fn write(
        self,
        tx: &mut SqliteConnection,
        workshop: i64,
    ) -> Result<(), StoreError> {
        if !self.entered.is_empty() {
            let row = |((seat, _), (step, at)): ((SeatId, CodelabId), (StepRef, Timestamp))| Row {
                seat: seat.get(),
                step: step.into(),
                at: Some(at.as_ms()),
            };
            let rows: Vec<Row> = self.entered.into_iter().map(row).collect();
            write_entered(tx, workshop, &json(&rows)?).await?;
        }
        if !self.completed.is_empty() {
            let row = |((seat, step), at): ((SeatId, StepRef), Option<Timestamp>)| Row {
                seat: seat.get(),
                step: step.into(),
                at: at.map(Timestamp::as_ms),
            };
            let rows: Vec<Row> = self.completed.into_iter().map(row).collect();
            write_completed(tx, workshop, &json(&rows)?).await?;
        }
        Ok(())
    }
}

async fn write_entered(
    tx: &mut SqliteConnection,
    workshop: i64,
    rows: &str,
) -> Result<(), StoreError> {
    // `WHERE true` tells SQLite's parser that ON is no join.
    sqlx::query!(
        "INSERT INTO seat_progress
             (workshop_id, seat_id, codelab_id, current_step_id, entered_at_ms)
         SELECT ?1, value ->> 'seat', value ->> 'codelab', value ->> 'step', value ->> 'at'
         FROM json_each(?2) WHERE true
         ON CONFLICT (workshop_id, seat_id, codelab_id) DO UPDATE SET
             current_step_id = excluded.current_step_id,
             entered_at_ms   = excluded.entered_at_ms",
        workshop,
        rows
    )
    .execute(tx)
    .await?;
    Ok(())
}

async fn write_completed(
    tx: &mut SqliteConnection,
    workshop: i64,
    rows: &str,
) -> Result<(), StoreError> {
    sqlx::query!(
        "DELETE FROM completed_steps WHERE (workshop_id, seat_id, codelab_id, step_id) IN (
             SELECT ?1, value ->> 'seat', value ->> 'codelab', value ->> 'step'
             FROM json_each(?2) WHERE value ->> 'at' IS NULL
         )",
        workshop,
        rows
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "INSERT INTO completed_steps
             (workshop_id, seat_id, codelab_id, step_id, completed_at_ms)
         SELECT ?1, value ->> 'seat', value ->> 'codelab', value ->> 'step', value ->> 'at'
         FROM json_each(?2) WHERE value ->> 'at' IS NOT NULL
         ON CONFLICT (workshop_id, seat_id, codelab_id, step_id) DO UPDATE SET
             completed_at_ms = excluded.completed_at_ms",
        workshop,
        rows
    )
    .execute(tx)
    .await?;
    Ok(())
}

pub(super) async fn clear(tx: &mut SqliteConnection, kept: &str) -> Result<(), StoreError> {
    sqlx::query!(
        "DELETE FROM completed_steps WHERE workshop_id NOT IN (SELECT value FROM json_each(?1))",
        kept
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "DELETE FROM seat_progress WHERE workshop_id NOT IN (SELECT value FROM json_each(?1))",
        kept
    )
    .execute(tx)
    .await?;
    Ok(())
}
