//! Projecting the whole log again: after a projection's table changed its
//! shape, and to prove that the tables say what the log says.

use domain::{Seq, WorkshopId};
use sqlx::SqliteConnection;

use crate::{
    Store, StoreError,
    column::{Row, integer},
    event_log::{json, read::events_after},
    projections,
};

/// Events projected at once: bounds the memory, not the log.
const CHUNK: u32 = 1000;

impl Store {
    /// Empties the tables that follow from the log and projects every event
    /// again, in one transaction.
    ///
    /// # Errors
    /// When the database fails or the log is inconsistent; the tables are then
    /// as they were.
    pub async fn rebuild_projections(&self) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        rebuild(&mut tx, &[]).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// The same within a transaction, for whoever wants to look before it stands. The
/// rows of damaged workshops, whose log cannot be read, stay as they are.
pub(crate) async fn rebuild(
    tx: &mut SqliteConnection,
    damaged: &[WorkshopId],
) -> Result<(), StoreError> {
    let damaged: Vec<i64> = damaged.iter().map(|id| integer(id.to_bits())).collect();
    // Credentials refer to seats, which are gone until they are projected again.
    sqlx::query("PRAGMA defer_foreign_keys = ON")
        .execute(&mut *tx)
        .await?;
    projections::clear(tx, &json(&damaged)?).await?;
    // Ended workshops first: their join codes may have been given again.
    let workshops = sqlx::query_scalar!(
        r#"SELECT workshop_id AS "id!: i64" FROM events
           GROUP BY workshop_id ORDER BY MAX(kind = 'workshop_ended') DESC, workshop_id"#
    )
    .fetch_all(&mut *tx)
    .await?;
    for id in workshops {
        if damaged.contains(&id) {
            continue;
        }
        let bits = Row::of("events", &id).bits("workshop_id", id)?;
        let workshop = WorkshopId::from_bits(bits);
        let mut after = Seq::default();
        loop {
            let events = events_after(tx, workshop, after, CHUNK).await?;
            let Some(last) = events.last() else { break };
            after = last.seq;
            projections::project(tx, workshop, events.iter()).await?;
        }
    }
    Ok(())
}

/// Whether a workshop's log begins, has no gap, and holds only events.
///
/// # Errors
/// When the database fails for another reason than damage.
pub(crate) async fn is_readable(
    connection: &mut SqliteConnection,
    workshop: WorkshopId,
) -> Result<bool, StoreError> {
    let mut after = Seq::default();
    loop {
        match events_after(connection, workshop, after, CHUNK).await {
            Ok(events) => match events.last() {
                Some(last) => after = last.seq,
                None => return Ok(after != Seq::default()),
            },
            Err(error) if error.is_damage() => return Ok(false),
            Err(error) => return Err(error),
        }
    }
}
