//! Reading the log back.

use std::collections::HashMap;

use domain::{
    CommandId, SeatId, Seq, Timestamp, WorkshopId,
    workshop::{Event, Recorded, WorkshopState, apply},
};
use sqlx::SqliteConnection;

use super::{Issuer, LoadedWorkshop, chain, stored};
use crate::{
    Store, StoreError,
    column::{Row, integer},
};

/// Events read at once when a whole log is read: bounds the memory, not the log.
const CHUNK: u32 = 1000;

impl Store {
    /// Up to `limit` events after a position, in order.
    ///
    /// # Errors
    /// When the database cannot be read or is inconsistent.
    pub async fn events_after(
        &self,
        workshop: WorkshopId,
        after: Seq,
        limit: u32,
    ) -> Result<Vec<Recorded>, StoreError> {
        let mut connection = self.readers().acquire().await?;
        events_after(&mut connection, workshop, after, limit).await
    }

    /// A workshop, folded from its log; nothing if there is none.
    ///
    /// # Errors
    /// When the database cannot be read or is inconsistent.
    pub async fn load_workshop(
        &self,
        workshop: WorkshopId,
    ) -> Result<Option<LoadedWorkshop>, StoreError> {
        // One transaction, so that log and answers are of one moment.
        let mut tx = self.readers().begin().await?;
        let mut state = WorkshopState::default();
        let mut seats = HashMap::new();
        loop {
            let events = events_after(&mut tx, workshop, state.seq(), CHUNK).await?;
            for recorded in &events {
                if let Event::SeatTaken { seat, .. } = recorded.event {
                    seats.insert(recorded.seq, seat);
                }
                apply(&mut state, recorded);
            }
            if events.len() < usize::try_from(CHUNK).unwrap_or(usize::MAX) {
                break;
            }
        }
        if state.seq() == Seq::default() {
            return Ok(None);
        }
        if let Some(seq) = chain::broken(&mut tx, workshop).await?.first() {
            let name = chain::name_of(integer(workshop.to_bits()), *seq);
            return Err(Row::of("events", &name).inconsistent("chain_sha256"));
        }
        let answers = answers(&mut tx, workshop).await?;
        let join_seats = join_seats(workshop, &answers, &seats)?;
        Ok(Some(LoadedWorkshop {
            state,
            answers,
            join_seats,
        }))
    }
}

struct EventRow {
    seq: i64,
    at_ms: i64,
    /// As bytes: damaged ones may be no text at all.
    payload: Vec<u8>,
}

pub(crate) async fn events_after(
    connection: &mut SqliteConnection,
    workshop: WorkshopId,
    after: Seq,
    limit: u32,
) -> Result<Vec<Recorded>, StoreError> {
    let (id, after_seq) = (integer(workshop.to_bits()), after.get());
    let rows = sqlx::query_as!(
        EventRow,
        r#"SELECT seq, at_ms, CAST(payload AS BLOB) AS "payload!: Vec<u8>" FROM events
           WHERE workshop_id = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3"#,
        id,
        after_seq,
        limit
    )
    .fetch_all(connection)
    .await?;
    let mut next = after.next();
    let mut events = Vec::with_capacity(rows.len());
    for row in rows {
        let name = format!("event {} of workshop {workshop}", row.seq);
        let place = Row::of("events", &name);
        if row.seq != next.get() {
            return Err(place.inconsistent("seq"));
        }
        let payload = place.read("payload", std::str::from_utf8(&row.payload))?;
        events.push(Recorded {
            seq: next,
            at: Timestamp::from_ms(row.at_ms),
            event: place.read("payload", stored::decode(payload))?,
        });
        next = next.next();
    }
    Ok(events)
}

struct AnswerRow {
    issuer: i64,
    command_id: Vec<u8>,
    seq: i64,
}

async fn answers(
    connection: &mut SqliteConnection,
    workshop: WorkshopId,
) -> Result<HashMap<(Issuer, CommandId), Seq>, StoreError> {
    let id = integer(workshop.to_bits());
    let rows = sqlx::query_as!(
        AnswerRow,
        "SELECT issuer, command_id, seq FROM answers WHERE workshop_id = ?1",
        id
    )
    .fetch_all(connection)
    .await?;
    let answer = |row: AnswerRow| {
        let place = Row::of("answers", &workshop);
        let issuer = Issuer::from_number(place.count("issuer", row.issuer)?);
        let command = place.read("command_id", row.command_id.as_slice().try_into())?;
        let command = CommandId::from_bits(u128::from_be_bytes(command));
        Ok(((issuer, command), Seq::new(row.seq)))
    };
    rows.into_iter().map(answer).collect()
}

/// The seat that each answer of the entrance speaks of.
fn join_seats(
    workshop: WorkshopId,
    answers: &HashMap<(Issuer, CommandId), Seq>,
    seats: &HashMap<Seq, SeatId>,
) -> Result<HashMap<CommandId, SeatId>, StoreError> {
    let at_entrance = |((issuer, command), seq): (&(Issuer, CommandId), &Seq)| match issuer {
        Issuer::Entrance => Some((*command, *seq)),
        Issuer::Seat(_) => None,
    };
    answers
        .iter()
        .filter_map(at_entrance)
        .map(|(command, seq)| {
            let seat = seats.get(&seq).ok_or(());
            let seat = Row::of("answers", &workshop).read("seq", seat)?;
            Ok((command, *seat))
        })
        .collect()
}
