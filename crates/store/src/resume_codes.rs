//! Codes with which people go on in a second browser. An attendee's opens their
//! seat until a new one replaces it. A facilitator's makes the second browser one
//! of theirs, once: what it gets is a facilitator's token, which goes with the
//! others when their access is taken away.

use domain::{FacilitatorId, SeatId, Timestamp, WorkshopId};
use sqlx::SqliteConnection;

use crate::{
    Facilitator, SecretHash, Store, StoreError,
    column::{Row, integer},
    facilitators::{self, FacilitatorRow, check_rights},
    seats::{insert_token, read_seat},
};

/// What a resume code opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resumable {
    /// The seat of an attendee.
    Seat(WorkshopId, SeatId),
    /// A facilitator's place, in this workshop first.
    Facilitator(WorkshopId, Facilitator),
}

/// A code by which a facilitator goes on in a second browser.
#[derive(Clone, Copy, Debug)]
pub struct FacilitatorCode {
    /// Of the code.
    pub code: SecretHash,
    /// Where the second browser begins.
    pub workshop: WorkshopId,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it can be used.
    pub expires_at: Timestamp,
}

/// A code that is valid, and who made it for somebody else.
struct Found {
    opens: Resumable,
    made_by: Option<i64>,
}

impl Store {
    /// What a resume code opens; it is not used by that.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn resumable(
        &self,
        code: SecretHash,
        now: Timestamp,
    ) -> Result<Option<Resumable>, StoreError> {
        let mut reader = self.readers().acquire().await?;
        let found = find(&mut reader, code, now).await?;
        Ok(found.map(|found| found.opens))
    }

    /// Gives a browser its token for a resume code, and says for what. A
    /// facilitator's code is used up by that; if the transaction fails, it is not.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn redeem_resume_code(
        &self,
        code: SecretHash,
        token: SecretHash,
        now: Timestamp,
    ) -> Result<Option<Resumable>, StoreError> {
        let mut tx = self.begin().await?;
        let Some(found) = find(&mut tx, code, now).await? else {
            return Ok(None);
        };
        match &found.opens {
            Resumable::Seat(workshop, seat) => {
                let place = (*workshop, *seat);
                insert_token(&mut tx, place, token, found.made_by, now).await?;
            }
            Resumable::Facilitator(_, facilitator) => {
                let id = integer(facilitator.id.to_bits());
                sqlx::query!(
                    "DELETE FROM facilitator_resume_codes WHERE facilitator_id = ?1",
                    id
                )
                .execute(&mut *tx)
                .await?;
                facilitators::insert_token(&mut tx, facilitator.id, token, now).await?;
            }
        }
        tx.commit().await?;
        Ok(Some(found.opens))
    }

    /// Gives an attendee's seat a resume code in place of the one it had. Made on
    /// behalf of a facilitator, it ends with their rights.
    ///
    /// # Errors
    /// When there is no such seat, it is a facilitator's, or the database cannot
    /// be written.
    pub async fn replace_resume_code(
        &self,
        workshop: WorkshopId,
        seat: SeatId,
        code: SecretHash,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        replace(&mut tx, (workshop, seat), code, self.by(), now).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Gives a facilitator a resume code in place of the one they had.
    ///
    /// # Errors
    /// [`StoreError::NotAFacilitator`] when they are none, or that the database
    /// cannot be written.
    pub async fn replace_facilitator_code(
        &self,
        id: FacilitatorId,
        new: FacilitatorCode,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        check_rights(&mut tx, id).await?;
        let (id, workshop) = (integer(id.to_bits()), integer(new.workshop.to_bits()));
        let code = new.code.as_bytes().as_slice();
        let (created_at_ms, expires_at_ms) = (new.created_at.as_ms(), new.expires_at.as_ms());
        sqlx::query!(
            "INSERT INTO facilitator_resume_codes
                 (facilitator_id, code_sha256, workshop_id, created_at_ms, expires_at_ms)
             VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (facilitator_id) DO UPDATE SET
                 code_sha256   = excluded.code_sha256,
                 workshop_id   = excluded.workshop_id,
                 created_at_ms = excluded.created_at_ms,
                 expires_at_ms = excluded.expires_at_ms",
            id,
            code,
            workshop,
            created_at_ms,
            expires_at_ms
        )
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }
}

async fn find(
    connection: &mut SqliteConnection,
    code: SecretHash,
    now: Timestamp,
) -> Result<Option<Found>, StoreError> {
    let (code, now_ms) = (code.as_bytes().as_slice(), now.as_ms());
    let seat = sqlx::query!(
        r#"SELECT resume_codes.workshop_id AS "workshop_id!: i64",
                  resume_codes.seat_id AS "seat_id!: i64", made_by
           FROM resume_codes
           JOIN seats ON seats.workshop_id = resume_codes.workshop_id AND seats.id = seat_id
           WHERE code_sha256 = ?1 AND facilitator_id IS NULL"#,
        code
    )
    .fetch_optional(&mut *connection)
    .await?;
    if let Some(row) = seat {
        let (workshop, seat) = read_seat("resume_codes", (row.workshop_id, row.seat_id))?;
        return Ok(Some(Found {
            opens: Resumable::Seat(workshop, seat),
            made_by: row.made_by,
        }));
    }
    let place = sqlx::query!(
        "SELECT workshop_id, facilitators.id, name, facilitators.created_at_ms
         FROM facilitator_resume_codes
         JOIN facilitators ON facilitators.id = facilitator_id
         WHERE code_sha256 = ?1 AND expires_at_ms > ?2 AND removed_at_ms IS NULL",
        code,
        now_ms
    )
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = place else { return Ok(None) };
    let bits = Row::of("facilitator_resume_codes", &row.id).bits("workshop_id", row.workshop_id)?;
    let facilitator = FacilitatorRow {
        id: row.id,
        name: row.name,
        created_at_ms: row.created_at_ms,
    };
    Ok(Some(Found {
        opens: Resumable::Facilitator(WorkshopId::from_bits(bits), facilitator.try_into()?),
        made_by: None,
    }))
}

pub(crate) async fn replace(
    tx: &mut SqliteConnection,
    (workshop, seat): (WorkshopId, SeatId),
    code: SecretHash,
    made_by: Option<FacilitatorId>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let (workshop, seat) = (integer(workshop.to_bits()), seat.get());
    let (code, now_ms) = (code.as_bytes().as_slice(), now.as_ms());
    let made_by = made_by.map(|by| integer(by.to_bits()));
    sqlx::query!(
        "INSERT INTO resume_codes (workshop_id, seat_id, code_sha256, created_at_ms, made_by)
         VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (workshop_id, seat_id) DO UPDATE SET
             code_sha256   = excluded.code_sha256,
             created_at_ms = excluded.created_at_ms,
             made_by       = excluded.made_by",
        workshop,
        seat,
        code,
        now_ms,
        made_by
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Ends what a facilitator's resume codes open: their own, those they made for
/// attendees, and the tokens that were given for the latter.
pub(crate) async fn end_those_of(
    tx: &mut SqliteConnection,
    facilitator: i64,
) -> Result<(), StoreError> {
    sqlx::query!(
        "DELETE FROM facilitator_resume_codes WHERE facilitator_id = ?1",
        facilitator
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!("DELETE FROM resume_codes WHERE made_by = ?1", facilitator)
        .execute(&mut *tx)
        .await?;
    sqlx::query!("DELETE FROM seat_tokens WHERE vouched_by = ?1", facilitator)
        .execute(tx)
        .await?;
    Ok(())
}
