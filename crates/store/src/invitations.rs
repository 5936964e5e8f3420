//! Links that make somebody a facilitator, once. A list shows their ids, never
//! their secrets.

use domain::{FacilitatorId, InvitationId, Name, Timestamp};

use crate::{
    Facilitator, SecretHash, Store, StoreError,
    column::{Row, integer},
    facilitators::{insert_facilitator, insert_token},
};

/// Invitations of a list. Older ones interest nobody: they have long expired.
const LISTED: i64 = 100;

/// An invitation to be made.
#[derive(Clone, Debug)]
pub struct NewInvitation {
    /// Which.
    pub id: InvitationId,
    /// Of the secret that its link carries.
    pub secret: SecretHash,
    /// For whom, if that was said.
    pub name: Option<Name>,
    /// Who invites.
    pub by: FacilitatorId,
    /// When.
    pub created_at: Timestamp,
    /// Until when it can be used.
    pub expires_at: Timestamp,
}

/// What became of an invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InvitationStatus {
    /// It can be used.
    Open,
    /// Somebody used it.
    Redeemed {
        /// Their name now.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// Nobody used it in time.
    Expired,
    /// It was taken back.
    Revoked {
        /// When.
        at: Timestamp,
    },
}

/// An invitation in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Which.
    pub id: InvitationId,
    /// For whom, if that was said.
    pub name: Option<String>,
    /// Who invited: their name now.
    pub invited_by: String,
    /// When.
    pub created_at: Timestamp,
    /// Until when it can be used.
    pub expires_at: Timestamp,
    /// What became of it.
    pub status: InvitationStatus,
}

struct InvitationRow {
    id: i64,
    name: Option<String>,
    invited_by: String,
    created_at_ms: i64,
    expires_at_ms: i64,
    redeemed_by: Option<String>,
    redeemed_at_ms: Option<i64>,
    revoked_at_ms: Option<i64>,
}

impl InvitationRow {
    fn read(self, now: Timestamp) -> Result<Invitation, StoreError> {
        let place = Row::of("invitations", &self.id);
        let expires_at = Timestamp::from_ms(self.expires_at_ms);
        let status = match (self.redeemed_by, self.redeemed_at_ms, self.revoked_at_ms) {
            (Some(by), Some(at_ms), _) => InvitationStatus::Redeemed {
                by,
                at: Timestamp::from_ms(at_ms),
            },
            (_, _, Some(at_ms)) => InvitationStatus::Revoked {
                at: Timestamp::from_ms(at_ms),
            },
            _ if expires_at <= now => InvitationStatus::Expired,
            _ => InvitationStatus::Open,
        };
        Ok(Invitation {
            id: InvitationId::from_bits(place.bits("id", self.id)?),
            name: self.name,
            invited_by: self.invited_by,
            created_at: Timestamp::from_ms(self.created_at_ms),
            expires_at,
            status,
        })
    }
}

impl Store {
    /// Adds an invitation: whoever shows the secret before it expires becomes a
    /// facilitator, once.
    ///
    /// # Errors
    /// When there is no such facilitator or the database cannot be written.
    pub async fn add_invitation(&self, new: NewInvitation) -> Result<(), StoreError> {
        let (id, by) = (integer(new.id.to_bits()), integer(new.by.to_bits()));
        let secret = new.secret.as_bytes().as_slice();
        let name = new.name.as_ref().map(Name::as_str);
        let (created_at_ms, expires_at_ms) = (new.created_at.as_ms(), new.expires_at.as_ms());
        sqlx::query!(
            "INSERT INTO invitations
                 (id, secret_sha256, name, invited_by, created_at_ms, expires_at_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            id,
            secret,
            name,
            by,
            created_at_ms,
            expires_at_ms
        )
        .execute(self.writer()?)
        .await?;
        Ok(())
    }

    /// The name that an invitation is for, as long as it can be used.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn invited_name(
        &self,
        secret: SecretHash,
        now: Timestamp,
    ) -> Result<Option<String>, StoreError> {
        let (secret, now_ms) = (secret.as_bytes().as_slice(), now.as_ms());
        let name = sqlx::query_scalar!(
            "SELECT name FROM invitations
             WHERE secret_sha256 = ?1 AND redeemed_by IS NULL AND revoked_at_ms IS NULL
               AND expires_at_ms > ?2",
            secret,
            now_ms
        )
        .fetch_optional(self.readers())
        .await?;
        Ok(name.flatten())
    }

    /// Makes somebody a facilitator by an invitation; nothing when it is
    /// unknown, used, taken back or expired.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn redeem_invitation(
        &self,
        secret: SecretHash,
        new_facilitator: FacilitatorId,
        name: &Name,
        token: SecretHash,
        now: Timestamp,
    ) -> Result<Option<Facilitator>, StoreError> {
        let secret = secret.as_bytes().as_slice();
        let (redeemed_by, now_ms) = (integer(new_facilitator.to_bits()), now.as_ms());
        let mut tx = self.begin().await?;
        let valid = sqlx::query_scalar!(
            r#"SELECT COUNT(*) AS "valid!: i64" FROM invitations
               WHERE secret_sha256 = ?1 AND redeemed_by IS NULL AND revoked_at_ms IS NULL
                 AND expires_at_ms > ?2"#,
            secret,
            now_ms
        )
        .fetch_one(&mut *tx)
        .await?;
        if valid == 0 {
            return Ok(None);
        }
        let facilitator = insert_facilitator(&mut tx, new_facilitator, name, false, now).await?;
        insert_token(&mut tx, new_facilitator, token, now).await?;
        sqlx::query!(
            "UPDATE invitations SET redeemed_by = ?2, redeemed_at_ms = ?3
             WHERE secret_sha256 = ?1",
            secret,
            redeemed_by,
            now_ms
        )
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(Some(facilitator))
    }

    /// The newest invitations, newest first, as they stand at `now`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn invitations(&self, now: Timestamp) -> Result<Vec<Invitation>, StoreError> {
        let rows = sqlx::query_as!(
            InvitationRow,
            r#"SELECT invitations.id, invitations.name, inviter.name AS invited_by,
                      invitations.created_at_ms, expires_at_ms,
                      redeemer.name AS "redeemed_by?", redeemed_at_ms, revoked_at_ms
               FROM invitations
               JOIN facilitators AS inviter ON inviter.id = invitations.invited_by
               LEFT JOIN facilitators AS redeemer ON redeemer.id = invitations.redeemed_by
               ORDER BY invitations.created_at_ms DESC, invitations.id DESC LIMIT ?1"#,
            LISTED
        )
        .fetch_all(self.readers())
        .await?;
        rows.into_iter().map(|row| row.read(now)).collect()
    }

    /// Takes an unused invitation back; whether it is one. Taken back twice is
    /// taken back.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn revoke_invitation(
        &self,
        id: InvitationId,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let (id, now_ms) = (integer(id.to_bits()), now.as_ms());
        let revoked = sqlx::query!(
            "UPDATE invitations SET revoked_at_ms = COALESCE(revoked_at_ms, ?2)
             WHERE id = ?1 AND redeemed_by IS NULL",
            id,
            now_ms
        )
        .execute(self.writer()?)
        .await?;
        Ok(revoked.rows_affected() == 1)
    }
}
