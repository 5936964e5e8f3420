//! `messages`.

use domain::{MessageId, SeatId, Timestamp, workshop::MessageKind};
use serde::Serialize;
use sqlx::SqliteConnection;

use crate::{StoreError, event_log::json};

/// The name of a kind in `messages.kind`; [`crate::history`] reads it back.
const fn kind_name(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::Chat => "chat",
        MessageKind::Announcement => "announcement",
    }
}

#[derive(Default)]
pub(super) struct Changes<'a>(Vec<Row<'a>>);

#[derive(Serialize)]
struct Row<'a> {
    id: u32,
    kind: &'static str,
    seat: u32,
    text: &'a str,
    at: i64,
}

impl<'a> Changes<'a> {
    pub(super) fn say(
        &mut self,
        id: MessageId,
        kind: MessageKind,
        seat: SeatId,
        text: &'a str,
        at: Timestamp,
    ) {
        self.0.push(Row {
            id: id.get(),
            kind: kind_name(kind),
            seat: seat.get(),
            text,
            at: at.as_ms(),
        });
    }

    pub(super) async fn write(
        self,
        tx: &mut SqliteConnection,
        workshop: i64,
    ) -> Result<(), StoreError> {
        if self.0.is_empty() {
            return Ok(());
        }
        let rows = json(&self.0)?;
        sqlx::query!(
            "INSERT INTO messages (workshop_id, id, kind, seat_id, text, at_ms)
             SELECT ?1, value ->> 'id', value ->> 'kind', value ->> 'seat', value ->> 'text',
                    value ->> 'at'
             FROM json_each(?2)",
            workshop,
            rows
        )
        .execute(tx)
        .await?;
        Ok(())
    }
}

pub(super) async fn clear(tx: &mut SqliteConnection) -> Result<(), StoreError> {
    sqlx::query!("DELETE FROM messages").execute(tx).await?;
    Ok(())
}
