//! Checksums of events: SHA-256 over the checksum before, the workshop, the
//! position, the time and the payload. They find damage, not forgery.

use domain::WorkshopId;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use sqlx::{SqliteConnection, SqlitePool};

use super::json;
use crate::{StoreError, column::Row, column::integer};

/// Events whose checksums are computed in one statement.
const CHUNK: i64 = 1000;

/// Where the database remembers that every event has a checksum: one without is
/// damage from then on.
const COMPLETE: &str = "events_chained";

/// The checksum of an event and of all events before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Chain([u8; 32]);

impl Chain {
    /// The checksum after one more event.
    pub(crate) fn next(self, workshop: i64, seq: i64, at_ms: i64, payload: &[u8]) -> Self {
        let mut hash = Sha256::new();
        hash.update(self.0);
        hash.update(workshop.to_be_bytes());
        hash.update(seq.to_be_bytes());
        hash.update(at_ms.to_be_bytes());
        hash.update(payload);
        Self(hash.finalize().into())
    }

    /// The checksum as the database keeps it; nothing if it is none.
    pub(crate) fn read(stored: Option<&[u8]>) -> Option<Self> {
        stored?.try_into().ok().map(Self)
    }

    pub(crate) fn to_hex(self) -> String {
        hex::encode(self.0)
    }
}

/// The newest event's position and checksum; the beginning if there is none.
pub(super) async fn newest(
    connection: &mut SqliteConnection,
    workshop: i64,
) -> Result<(i64, Chain), StoreError> {
    let newest = sqlx::query!(
        "SELECT seq, chain_sha256 FROM events WHERE workshop_id = ?1 ORDER BY seq DESC LIMIT 1",
        workshop
    )
    .fetch_optional(connection)
    .await?;
    let Some(newest) = newest else {
        return Ok((0, Chain::default()));
    };
    let chain = Chain::read(newest.chain_sha256.as_deref());
    Ok((newest.seq, known(chain, workshop, newest.seq)?))
}

fn known(chain: Option<Chain>, workshop: i64, seq: i64) -> Result<Chain, StoreError> {
    let name = name_of(workshop, seq);
    Row::of("events", &name).read("chain_sha256", chain.ok_or(()))
}

/// The name of an event in an error.
pub(super) fn name_of(workshop: i64, seq: i64) -> String {
    let workshop = u64::try_from(workshop).map(WorkshopId::from_bits);
    workshop.map_or_else(
        |_| format!("event {seq}"),
        |workshop| format!("event {seq} of workshop {workshop}"),
    )
}

#[derive(Serialize)]
struct Link {
    seq: i64,
    chain: String,
}

/// Computes the checksums of a workshop's events again, from a position on. For
/// whoever has changed events knowingly, in the same transaction.
///
/// # Errors
/// When the database fails, or the event before has no checksum.
pub(crate) async fn rechain(
    tx: &mut SqliteConnection,
    workshop: i64,
    from_seq: i64,
) -> Result<(), StoreError> {
    let mut next = Some(from_seq);
    while let Some(from) = next {
        next = rechain_some(tx, workshop, from).await?;
    }
    Ok(())
}

/// The same for the next events only; says where to go on.
async fn rechain_some(
    tx: &mut SqliteConnection,
    workshop: i64,
    from_seq: i64,
) -> Result<Option<i64>, StoreError> {
    let before = sqlx::query!(
        "SELECT seq, chain_sha256 FROM events
         WHERE workshop_id = ?1 AND seq < ?2 ORDER BY seq DESC LIMIT 1",
        workshop,
        from_seq
    )
    .fetch_optional(&mut *tx)
    .await?;
    let mut chain = match before {
        None => Chain::default(),
        Some(row) => known(Chain::read(row.chain_sha256.as_deref()), workshop, row.seq)?,
    };
    let rows = sqlx::query!(
        r#"SELECT seq, at_ms, CAST(payload AS BLOB) AS "payload!: Vec<u8>" FROM events
           WHERE workshop_id = ?1 AND seq >= ?2 ORDER BY seq LIMIT ?3"#,
        workshop,
        from_seq,
        CHUNK
    )
    .fetch_all(&mut *tx)
    .await?;
    let Some(last) = rows.last().map(|row| row.seq) else {
        return Ok(None);
    };
    let links = rows.iter().map(|row| {
        chain = chain.next(workshop, row.seq, row.at_ms, &row.payload);
        let chain = chain.to_hex();
        Link {
            seq: row.seq,
            chain,
        }
    });
    let links = json(&links.collect::<Vec<_>>())?;
    sqlx::query!(
        "UPDATE events SET chain_sha256 = unhex(link.value ->> 'chain')
         FROM json_each(?2) AS link
         WHERE workshop_id = ?1 AND seq = link.value ->> 'seq'",
        workshop,
        links
    )
    .execute(tx)
    .await?;
    Ok(Some(last.saturating_add(1)))
}

/// Gives events from before there were checksums theirs, a chunk per transaction;
/// does nothing from the second time on. A start that is ended in between goes on
/// where it stopped.
pub(crate) async fn chain_older_events(writer: &SqlitePool) -> Result<(), StoreError> {
    let complete = sqlx::query_scalar!("SELECT value FROM settings WHERE key = ?1", COMPLETE)
        .fetch_optional(writer)
        .await?;
    if complete.is_some() {
        return Ok(());
    }
    let waiting = sqlx::query!(
        r#"SELECT workshop_id AS "workshop_id!: i64", MIN(seq) AS "seq!: i64" FROM events
           WHERE chain_sha256 IS NULL GROUP BY workshop_id"#
    )
    .fetch_all(writer)
    .await?;
    for row in waiting {
        let mut next = Some(row.seq);
        while let Some(from) = next {
            let mut tx = writer.begin_with("BEGIN IMMEDIATE").await?;
            next = rechain_some(&mut tx, row.workshop_id, from).await?;
            tx.commit().await?;
        }
    }
    sqlx::query!(
        "INSERT INTO settings (key, value) VALUES (?1, '1') ON CONFLICT (key) DO NOTHING",
        COMPLETE
    )
    .execute(writer)
    .await?;
    Ok(())
}

/// Where a workshop's log was changed by something else: the positions whose
/// checksum does not follow from the event and the one before it.
pub(crate) async fn broken(
    connection: &mut SqliteConnection,
    workshop: WorkshopId,
) -> Result<Vec<i64>, StoreError> {
    let id = integer(workshop.to_bits());
    let (mut chain, mut after, mut found) = (Some(Chain::default()), 0, Vec::new());
    loop {
        let rows = sqlx::query!(
            r#"SELECT seq, at_ms, CAST(payload AS BLOB) AS "payload!: Vec<u8>",
                      chain_sha256 AS "chain_sha256: Vec<u8>"
               FROM events WHERE workshop_id = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3"#,
            id,
            after,
            CHUNK
        )
        .fetch_all(&mut *connection)
        .await?;
        let Some(last) = rows.last().map(|row| row.seq) else {
            return Ok(found);
        };
        after = last;
        for row in rows {
            let stored = Chain::read(row.chain_sha256.as_deref());
            let follows = chain.map(|chain| chain.next(id, row.seq, row.at_ms, &row.payload));
            if follows.is_none() || stored != follows {
                found.push(row.seq);
            }
            // What comes after is compared with what stands here.
            chain = stored;
        }
    }
}
