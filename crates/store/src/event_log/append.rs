//! Appending: events, the tables that follow from them, answers and
//! credentials in one transaction, with a handful of statements however many
//! entries there are.

use domain::{
    Seq, Timestamp, WorkshopId,
    workshop::{Event, Recorded},
};
use serde::Serialize;
use sqlx::SqliteConnection;

use super::{
    Entry, Issuer,
    chain::{self, Chain},
    stored,
};
use crate::{Store, StoreError, column::integer, projections};

impl Store {
    /// Appends entries to a workshop's log. When this returns they are durable;
    /// after an error nothing of them was written. The first entry of a
    /// workshop begins with its start.
    ///
    /// # Errors
    /// - [`StoreError::NotNext`] when the events do not continue the log;
    /// - [`StoreError::AlreadyAnswered`] when a command was carried out before;
    /// - [`StoreError::InvalidEntry`] when an entry breaks a rule of the log;
    /// - [`StoreError::Busy`], [`StoreError::Full`], or that the database failed.
    #[tracing::instrument(name = "room.append", skip_all, fields(%workshop, entries = entries.len()))]
    pub async fn append(&self, workshop: WorkshopId, entries: &[Entry]) -> Result<(), StoreError> {
        let appended = self.disk().note(self.try_append(workshop, entries).await);
        match appended {
            // Nothing was written; now there is space for it.
            Err(error) if self.release_reserve_when_full(&error) => {
                self.try_append(workshop, entries).await
            }
            appended => appended,
        }
    }

    async fn try_append(&self, workshop: WorkshopId, entries: &[Entry]) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        append_within(&mut tx, workshop, entries).await?;
        tx.commit().await?;
        if let Some(last) = entries.last().and_then(|entry| entry.events.last()) {
            self.newest().note(workshop, last.seq);
        }
        tracing::debug!("room.committed");
        Ok(())
    }
}

/// The same as a part of a transaction.
pub(crate) async fn append_within(
    tx: &mut SqliteConnection,
    workshop: WorkshopId,
    entries: &[Entry],
) -> Result<(), StoreError> {
    let Some(mut batch) = Batch::of(entries)? else {
        return Ok(());
    };
    let id = integer(workshop.to_bits());
    let (last, chain) = chain::newest(tx, id).await?;
    let expected = Seq::new(last).next();
    if batch.first != expected {
        return Err(StoreError::NotNext {
            expected,
            found: batch.first,
        });
    }
    batch.chain_from(id, chain);
    for events in batch.events.chunks(EVENTS_AT_ONCE) {
        insert_events(tx, id, &json(events)?).await?;
    }
    let recorded = entries.iter().flat_map(|entry| &entry.events);
    projections::project(tx, workshop, recorded).await?;
    insert_answers(tx, id, &batch.answers).await?;
    insert_credentials(tx, id, &batch.credentials).await
}

/// Events that one statement inserts. A room's batch is far smaller; the log of a
/// workshop from elsewhere comes as a whole.
const EVENTS_AT_ONCE: usize = 2000;

/// The rows of an append, ready before the transaction begins.
struct Batch {
    first: Seq,
    /// Inserted in portions, so that SQLite never holds all of a long log as JSON.
    events: Vec<EventRow>,
    answers: String,
    credentials: String,
}

#[derive(Serialize)]
struct EventRow {
    seq: i64,
    at: i64,
    payload: String,
    chain: String,
}

#[derive(Serialize)]
struct AnswerRow {
    issuer: u32,
    command: String,
    seq: i64,
}

#[derive(Serialize)]
struct CredentialRow {
    seat: u32,
    token: String,
    resume_code: Option<String>,
    at: i64,
}

impl Batch {
    fn of(entries: &[Entry]) -> Result<Option<Self>, StoreError> {
        let mut events = Vec::new();
        let mut answers = Vec::new();
        let mut credentials = Vec::new();
        let mut next = None;
        for entry in entries {
            let Some(last) = entry.events.last() else {
                return Err(StoreError::InvalidEntry("it has no event"));
            };
            for recorded in &entry.events {
                let expected = next.unwrap_or(recorded.seq);
                events.push(event_row(recorded, expected)?);
                next = Some(expected.next());
            }
            if let Some((issuer, command)) = entry.answered {
                if issuer == Issuer::Entrance && !matches!(last.event, Event::SeatTaken { .. }) {
                    return Err(StoreError::InvalidEntry("who enters takes a seat"));
                }
                answers.push(AnswerRow {
                    issuer: issuer.number(),
                    command: hex::encode(command.to_bits().to_be_bytes()),
                    seq: last.seq.get(),
                });
            }
            credentials.extend(credential_row(entry, last.at));
        }
        let Some(first) = entries.first().and_then(|entry| entry.events.first()) else {
            return Ok(None);
        };
        Ok(Some(Self {
            first: first.seq,
            events,
            answers: json(&answers)?,
            credentials: json(&credentials)?,
        }))
    }

    /// Gives the events their checksums, following on one that is in the log.
    fn chain_from(&mut self, workshop: i64, mut chain: Chain) {
        for row in &mut self.events {
            chain = chain.next(workshop, row.seq, row.at, row.payload.as_bytes());
            row.chain = chain.to_hex();
        }
    }
}

fn event_row(recorded: &Recorded, expected: Seq) -> Result<EventRow, StoreError> {
    let found = recorded.seq;
    if found != expected {
        return Err(StoreError::NotNext { expected, found });
    }
    let starts = matches!(recorded.event, Event::WorkshopStarted { .. });
    if starts != (found == Seq::default().next()) {
        return Err(StoreError::InvalidEntry(
            "a log begins with the workshop's start, and nothing else does",
        ));
    }
    let payload = stored::encode(&recorded.event).map_err(not_written)?;
    Ok(EventRow {
        seq: found.get(),
        at: recorded.at.as_ms(),
        payload,
        // Known once the event before it is.
        chain: String::new(),
    })
}

fn credential_row(entry: &Entry, at: Timestamp) -> Option<CredentialRow> {
    let credential = entry.credential?;
    let code = credential.resume_code;
    Some(CredentialRow {
        seat: credential.seat.get(),
        token: hex::encode(credential.token.as_bytes()),
        resume_code: code.map(|code| hex::encode(code.as_bytes())),
        at: at.as_ms(),
    })
}

/// Rows for a statement that takes them with `json_each`.
pub(crate) fn json<T: Serialize>(rows: &[T]) -> Result<String, StoreError> {
    serde_json::to_string(rows).map_err(not_written)
}

pub(crate) fn not_written(error: serde_json::Error) -> StoreError {
    StoreError::Database(sqlx::Error::Encode(error.into()))
}

async fn insert_events(
    tx: &mut SqliteConnection,
    workshop: i64,
    rows: &str,
) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO events (workshop_id, seq, at_ms, payload, chain_sha256)
         SELECT ?1, value ->> 'seq', value ->> 'at', value ->> 'payload', unhex(value ->> 'chain')
         FROM json_each(?2)",
        workshop,
        rows
    )
    .execute(tx)
    .await?;
    Ok(())
}

async fn insert_answers(
    tx: &mut SqliteConnection,
    workshop: i64,
    rows: &str,
) -> Result<(), StoreError> {
    let inserted = sqlx::query!(
        "INSERT INTO answers (workshop_id, issuer, command_id, seq)
         SELECT ?1, value ->> 'issuer', unhex(value ->> 'command'), value ->> 'seq'
         FROM json_each(?2)",
        workshop,
        rows
    )
    .execute(tx)
    .await;
    match inserted {
        Ok(_) => Ok(()),
        Err(sqlx::Error::Database(error)) if error.is_unique_violation() => {
            Err(StoreError::AlreadyAnswered)
        }
        Err(error) => Err(error.into()),
    }
}

async fn insert_credentials(
    tx: &mut SqliteConnection,
    workshop: i64,
    rows: &str,
) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO seat_tokens (token_sha256, workshop_id, seat_id, created_at_ms)
         SELECT unhex(value ->> 'token'), ?1, value ->> 'seat', value ->> 'at' FROM json_each(?2)",
        workshop,
        rows
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "INSERT INTO resume_codes (workshop_id, seat_id, code_sha256, created_at_ms)
         SELECT ?1, value ->> 'seat', unhex(value ->> 'resume_code'), value ->> 'at'
         FROM json_each(?2) WHERE value ->> 'resume_code' IS NOT NULL",
        workshop,
        rows
    )
    .execute(tx)
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests;
