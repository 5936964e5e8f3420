//! `seats`.

use std::collections::BTreeMap;

use domain::{CodelabId, Name, SeatId, Timestamp, workshop::Role};
use serde::Serialize;
use sqlx::SqliteConnection;

use crate::{StoreError, column::integer, event_log::json};

#[derive(Default)]
pub(super) struct Changes<'a> {
    taken: Vec<TakenRow<'a>>,
    /// The codelab each seat was in last.
    entered: BTreeMap<SeatId, CodelabId>,
}

#[derive(Serialize)]
struct TakenRow<'a> {
    seat: u32,
    facilitator: Option<i64>,
    name: &'a str,
    ordinal: u32,
    at: i64,
}

#[derive(Serialize)]
struct EnteredRow {
    seat: u32,
    codelab: i64,
}

impl<'a> Changes<'a> {
    pub(super) fn take(
        &mut self,
        seat: SeatId,
        role: Role,
        name: &'a Name,
        ordinal: u32,
        at: Timestamp,
    ) {
        self.taken.push(TakenRow {
            seat: seat.get(),
            facilitator: match role {
                Role::Attendee => None,
                Role::Facilitator(id) => Some(integer(id.to_bits())),
            },
            name: name.as_str(),
            ordinal,
            at: at.as_ms(),
        });
    }

    pub(super) fn enter(&mut self, seat: SeatId, codelab: CodelabId) {
        self.entered.insert(seat, codelab);
    }

    pub(super) async fn write(
        self,
        tx: &mut SqliteConnection,
        workshop: i64,
    ) -> Result<(), StoreError> {
        if !self.taken.is_empty() {
            let taken = json(&self.taken)?;
            sqlx::query!(
                "INSERT INTO seats (workshop_id, id, facilitator_id, name, ordinal, joined_at_ms)
                 SELECT ?1, value ->> 'seat', value ->> 'facilitator', value ->> 'name',
                        value ->> 'ordinal', value ->> 'at'
                 FROM json_each(?2)",
                workshop,
                taken
            )
            .execute(&mut *tx)
            .await?;
        }
        if !self.entered.is_empty() {
            let row = |(seat, codelab): (SeatId, CodelabId)| EnteredRow {
                seat: seat.get(),
                codelab: integer(codelab.to_bits()),
            };
            let entered: Vec<EnteredRow> = self.entered.into_iter().map(row).collect();
            let entered = json(&entered)?;
            // Materialized: else SQLite reads the whole JSON again for every seat.
            sqlx::query!(
                "WITH change AS MATERIALIZED (
                     SELECT value ->> 'seat' AS seat, value ->> 'codelab' AS codelab
                     FROM json_each(?2)
                 )
                 UPDATE seats SET last_codelab_id = change.codelab FROM change
                 WHERE seats.workshop_id = ?1 AND seats.id = change.seat",
                workshop,
                entered
            )
            .execute(tx)
            .await?;
        }
        Ok(())
    }
}

pub(super) async fn clear(tx: &mut SqliteConnection, kept: &str) -> Result<(), StoreError> {
    sqlx::query!(
        "DELETE FROM seats WHERE workshop_id NOT IN (SELECT value FROM json_each(?1))",
        kept
    )
    .execute(tx)
    .await?;
    Ok(())
}
