//! What a person shows to have a seat: a token in the browser, a resume code
//! to take the seat to another device.

use domain::{SeatId, Timestamp, WorkshopId};

use crate::{
    SecretHash, Store, StoreError,
    column::{Row, integer},
};

struct SeatRow {
    workshop_id: i64,
    seat_id: i64,
}

impl SeatRow {
    fn read(self, table: &'static str) -> Result<(WorkshopId, SeatId), StoreError> {
        let name = format!("seat {} of workshop {}", self.seat_id, self.workshop_id);
        let place = Row::of(table, &name);
        let workshop = WorkshopId::from_bits(place.bits("workshop_id", self.workshop_id)?);
        let seat = SeatId::new(place.count("seat_id", self.seat_id)?);
        Ok((workshop, seat))
    }
}

impl Store {
    /// The seat that a token is for.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn seat_of_token(
        &self,
        token: SecretHash,
    ) -> Result<Option<(WorkshopId, SeatId)>, StoreError> {
        let token = token.as_bytes().as_slice();
        let found = sqlx::query_as!(
            SeatRow,
            "SELECT workshop_id, seat_id FROM seat_tokens WHERE token_sha256 = ?1",
            token
        )
        .fetch_optional(self.readers())
        .await?;
        found.map(|row| row.read("seat_tokens")).transpose()
    }

    /// The seat that a resume code is for.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn seat_of_resume_code(
        &self,
        code: SecretHash,
    ) -> Result<Option<(WorkshopId, SeatId)>, StoreError> {
        let code = code.as_bytes().as_slice();
        let found = sqlx::query_as!(
            SeatRow,
            r#"SELECT workshop_id AS "workshop_id!: i64", seat_id AS "seat_id!: i64"
               FROM resume_codes WHERE code_sha256 = ?1"#,
            code
        )
        .fetch_optional(self.readers())
        .await?;
        found.map(|row| row.read("resume_codes")).transpose()
    }

    /// Gives a seat a further token; the others stay valid.
    ///
    /// # Errors
    /// When there is no such seat or the database cannot be written.
    pub async fn add_seat_token(
        &self,
        workshop: WorkshopId,
        seat: SeatId,
        token: SecretHash,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let (workshop, seat) = (integer(workshop.to_bits()), seat.get());
        let (token, now_ms) = (token.as_bytes().as_slice(), now.as_ms());
        sqlx::query!(
            "INSERT INTO seat_tokens (token_sha256, workshop_id, seat_id, created_at_ms)
             VALUES (?1, ?2, ?3, ?4)",
            token,
            workshop,
            seat,
            now_ms
        )
        .execute(self.writer()?)
        .await?;
        Ok(())
    }

    /// Gives a seat a resume code; the one it had no longer works.
    ///
    /// # Errors
    /// When there is no such seat or the database cannot be written.
    pub async fn replace_resume_code(
        &self,
        workshop: WorkshopId,
        seat: SeatId,
        code: SecretHash,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let (workshop, seat) = (integer(workshop.to_bits()), seat.get());
        let (code, now_ms) = (code.as_bytes().as_slice(), now.as_ms());
        sqlx::query!(
            "INSERT INTO resume_codes (workshop_id, seat_id, code_sha256, created_at_ms)
             VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (workshop_id, seat_id) DO UPDATE SET
                 code_sha256   = excluded.code_sha256,
                 created_at_ms = excluded.created_at_ms",
            workshop,
            seat,
            code,
            now_ms
        )
        .execute(self.writer()?)
        .await?;
        Ok(())
    }
}
