//! `help_requests`.

use std::collections::BTreeMap;

use domain::{
    HelpRequestId, HelpText, SeatId, Timestamp,
    workshop::{HelpStatus, StepRef},
};
use serde::Serialize;
use sqlx::SqliteConnection;

use crate::{StoreError, column::integer, event_log::json};

#[derive(Default)]
pub(super) struct Changes<'a> {
    raised: Vec<RaisedRow<'a>>,
    /// What became of requests, raised in this batch or before.
    changed: BTreeMap<HelpRequestId, ChangedRow>,
}

#[derive(Serialize)]
struct RaisedRow<'a> {
    id: u32,
    seat: u32,
    codelab: Option<i64>,
    step: Option<i64>,
    message: Option<&'a str>,
    at: i64,
}

#[derive(Default, Serialize)]
struct ChangedRow {
    id: u32,
    status: &'static str,
    claimed_by: Option<u32>,
    claimed_at: Option<i64>,
    /// An older claim no longer stands.
    unclaimed: bool,
    closed_by: Option<u32>,
    closed_at: Option<i64>,
}

impl<'a> Changes<'a> {
    pub(super) fn raise(
        &mut self,
        id: HelpRequestId,
        seat: SeatId,
        step: Option<StepRef>,
        message: Option<&'a HelpText>,
        at: Timestamp,
    ) {
        self.raised.push(RaisedRow {
            id: id.get(),
            seat: seat.get(),
            codelab: step.map(|step| integer(step.codelab.to_bits())),
            step: step.map(|step| integer(step.step.to_bits())),
            message: message.map(HelpText::as_str),
            at: at.as_ms(),
        });
    }

    /// A request has a new status, through what the seat `by` did.
    pub(super) fn change(&mut self, id: HelpRequestId, status: HelpStatus, by: SeatId) {
        let row = self.changed.entry(id).or_default();
        row.id = id.get();
        let by = Some(by.get());
        match status {
            HelpStatus::Open => {
                row.status = "open";
                (row.claimed_by, row.claimed_at) = (None, None);
                row.unclaimed = true;
            }
            HelpStatus::Claimed { at, .. } => {
                row.status = "claimed";
                (row.claimed_by, row.claimed_at) = (by, Some(at.as_ms()));
            }
            HelpStatus::Resolved { at, .. } => {
                row.status = "resolved";
                (row.closed_by, row.closed_at) = (by, Some(at.as_ms()));
            }
            HelpStatus::Withdrawn { at } => {
                row.status = "withdrawn";
                (row.closed_by, row.closed_at) = (by, Some(at.as_ms()));
            }
        }
    }

    pub(super) async fn write(
        self,
        tx: &mut SqliteConnection,
        workshop: i64,
    ) -> Result<(), StoreError> {
        if !self.raised.is_empty() {
            let raised = json(&self.raised)?;
            sqlx::query!(
                "INSERT INTO help_requests (workshop_id, id, seat_id, codelab_id, step_id, message,
                                            raised_at_ms, status)
                 SELECT ?1, value ->> 'id', value ->> 'seat', value ->> 'codelab',
                        value ->> 'step', value ->> 'message', value ->> 'at', 'open'
                 FROM json_each(?2)",
                workshop,
                raised
            )
            .execute(&mut *tx)
            .await?;
        }
        if !self.changed.is_empty() {
            let changed: Vec<ChangedRow> = self.changed.into_values().collect();
            let changed = json(&changed)?;
            // Materialized: else SQLite reads the whole JSON again for every request.
            sqlx::query!(
                "WITH change AS MATERIALIZED (
                     SELECT value ->> 'id' AS id, value ->> 'status' AS status,
                            value ->> 'claimed_by' AS claimer, value ->> 'claimed_at' AS claimed,
                            value ->> 'unclaimed' AS unclaimed,
                            value ->> 'closed_by' AS closer, value ->> 'closed_at' AS closed
                     FROM json_each(?2)
                 )
                 UPDATE help_requests SET
                     status        = change.status,
                     claimed_by    = COALESCE(change.claimer,
                                              CASE WHEN NOT change.unclaimed THEN claimed_by END),
                     claimed_at_ms = COALESCE(change.claimed,
                                              CASE WHEN NOT change.unclaimed THEN claimed_at_ms END),
                     closed_by     = COALESCE(change.closer, closed_by),
                     closed_at_ms  = COALESCE(change.closed, closed_at_ms)
                 FROM change
                 WHERE help_requests.workshop_id = ?1 AND help_requests.id = change.id",
                workshop,
                changed
            )
            .execute(tx)
            .await?;
        }
        Ok(())
    }
}

pub(super) async fn clear(tx: &mut SqliteConnection, kept: &str) -> Result<(), StoreError> {
    sqlx::query!(
        "DELETE FROM help_requests WHERE workshop_id NOT IN (SELECT value FROM json_each(?1))",
        kept
    )
    .execute(tx)
    .await?;
    Ok(())
}
