//! Tokens of attendees' seats: what a browser shows to have one. A facilitator's
//! seat has none; it is reached by a facilitator's token.

use domain::{FacilitatorId, SeatId, Timestamp, WorkshopId};
use sqlx::SqliteConnection;

use crate::{
    SecretHash, Store, StoreError,
    column::{Row, integer},
    resume_codes,
};

/// The attendee's seat that a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenSeat {
    /// The workshop.
    pub workshop: WorkshopId,
    /// The seat.
    pub seat: SeatId,
    /// The facilitator whose resume code it was given for; nobody, if the seat's
    /// holder got it by joining or by a code of their own.
    pub vouched_by: Option<FacilitatorId>,
}

struct SeatRow {
    workshop_id: i64,
    seat_id: i64,
    vouched_by: Option<i64>,
}

/// A workshop and a seat of it, of a row of `table`.
pub(crate) fn read_seat(
    table: &'static str,
    (workshop_id, seat_id): (i64, i64),
) -> Result<(WorkshopId, SeatId), StoreError> {
    let name = format!("seat {seat_id} of workshop {workshop_id}");
    let place = Row::of(table, &name);
    let workshop = WorkshopId::from_bits(place.bits("workshop_id", workshop_id)?);
    let seat = SeatId::new(place.count("seat_id", seat_id)?);
    Ok((workshop, seat))
}

impl Store {
    /// The attendee's seat that a token is for.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn seat_of_token(&self, token: SecretHash) -> Result<Option<TokenSeat>, StoreError> {
        let token = token.as_bytes().as_slice();
        // Of attendees alone, whatever the table holds.
        let found = sqlx::query_as!(
            SeatRow,
            "SELECT seat_tokens.workshop_id, seat_id, vouched_by FROM seat_tokens
             JOIN seats ON seats.workshop_id = seat_tokens.workshop_id AND seats.id = seat_id
             WHERE token_sha256 = ?1 AND facilitator_id IS NULL",
            token
        )
        .fetch_optional(self.readers())
        .await?;
        let Some(row) = found else { return Ok(None) };
        let place = (row.workshop_id, row.seat_id);
        let (workshop, seat) = read_seat("seat_tokens", place)?;
        let by = row.vouched_by.map(|id| {
            let bits = Row::of("seat_tokens", &"a token").bits("vouched_by", id)?;
            Ok::<_, StoreError>(FacilitatorId::from_bits(bits))
        });
        Ok(Some(TokenSeat {
            workshop,
            seat,
            vouched_by: by.transpose()?,
        }))
    }

    /// Gives an attendee's seat a further token, the others staying valid, and a
    /// resume code in place of the one it had.
    ///
    /// # Errors
    /// When there is no such seat, it is a facilitator's, or the database cannot
    /// be written.
    pub async fn add_seat_credentials(
        &self,
        workshop: WorkshopId,
        seat: SeatId,
        (token, code): (SecretHash, SecretHash),
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        insert_token(&mut tx, (workshop, seat), token, None, now).await?;
        resume_codes::replace(&mut tx, (workshop, seat), code, None, now).await?;
        tx.commit().await?;
        Ok(())
    }
}

pub(crate) async fn insert_token(
    tx: &mut SqliteConnection,
    (workshop, seat): (WorkshopId, SeatId),
    token: SecretHash,
    vouched_by: Option<i64>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let (workshop, seat) = (integer(workshop.to_bits()), seat.get());
    let (token, now_ms) = (token.as_bytes().as_slice(), now.as_ms());
    sqlx::query!(
        "INSERT INTO seat_tokens (token_sha256, workshop_id, seat_id, created_at_ms, vouched_by)
         VALUES (?1, ?2, ?3, ?4, ?5)",
        token,
        workshop,
        seat,
        now_ms,
        vouched_by
    )
    .execute(tx)
    .await?;
    Ok(())
}
