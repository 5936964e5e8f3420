//! People with facilitator rights on this machine, and the links that make
//! somebody one of them.

use domain::{FacilitatorId, Name, Timestamp};
use sqlx::SqliteConnection;

use crate::{
    SecretHash, Store, StoreError,
    column::{Row, integer},
};

/// Somebody with facilitator rights on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facilitator {
    /// Who.
    pub id: FacilitatorId,
    /// Their name.
    pub name: Name,
    /// Since when.
    pub created_at: Timestamp,
}

struct FacilitatorRow {
    id: i64,
    name: String,
    created_at_ms: i64,
}

impl TryFrom<FacilitatorRow> for Facilitator {
    type Error = StoreError;

    fn try_from(row: FacilitatorRow) -> Result<Self, StoreError> {
        let place = Row::of("facilitators", &row.id);
        Ok(Self {
            id: FacilitatorId::from_bits(place.bits("id", row.id)?),
            name: place.read("name", Name::parse(&row.name))?,
            created_at: Timestamp::from_ms(row.created_at_ms),
        })
    }
}

impl Store {
    /// The person whose machine this is; made of `new_id` and `default_name` on
    /// the first call, the same ever after.
    ///
    /// # Errors
    /// [`StoreError::Name`] when the name is none, or that the database failed.
    pub async fn owner(
        &self,
        new_id: FacilitatorId,
        default_name: &str,
        now: Timestamp,
    ) -> Result<Facilitator, StoreError> {
        let mut tx = self.begin().await?;
        let found = sqlx::query_as!(
            FacilitatorRow,
            "SELECT id, name, created_at_ms FROM facilitators WHERE is_owner = 1"
        )
        .fetch_optional(&mut *tx)
        .await?;
        if let Some(row) = found {
            return row.try_into();
        }
        let name = Name::parse(default_name)?;
        let owner = insert_facilitator(&mut tx, new_id, &name, true, now).await?;
        tx.commit().await?;
        Ok(owner)
    }

    /// Adds somebody with facilitator rights and the token of their browser.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn add_facilitator(
        &self,
        id: FacilitatorId,
        name: &Name,
        token: SecretHash,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        insert_facilitator(&mut tx, id, name, false, now).await?;
        insert_token(&mut tx, id, token, now).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Gives a facilitator a further token; the others stay valid.
    ///
    /// # Errors
    /// When there is no such facilitator or the database cannot be written.
    pub async fn add_facilitator_token(
        &self,
        id: FacilitatorId,
        token: SecretHash,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut writer = self.writer().acquire().await?;
        insert_token(&mut writer, id, token, now).await
    }

    /// The facilitator that a token is for.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn facilitator_of_token(
        &self,
        token: SecretHash,
    ) -> Result<Option<Facilitator>, StoreError> {
        let token = token.as_bytes().as_slice();
        let found = sqlx::query_as!(
            FacilitatorRow,
            "SELECT facilitators.id, facilitators.name, facilitators.created_at_ms
             FROM facilitator_tokens
             JOIN facilitators ON facilitators.id = facilitator_tokens.facilitator_id
             WHERE token_sha256 = ?1",
            token
        )
        .fetch_optional(self.readers())
        .await?;
        found.map(Facilitator::try_from).transpose()
    }

    /// Changes a facilitator's name. Workshops they are in keep the old one.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn rename_facilitator(
        &self,
        id: FacilitatorId,
        name: &Name,
    ) -> Result<(), StoreError> {
        let (id, name) = (integer(id.to_bits()), name.as_str());
        sqlx::query!("UPDATE facilitators SET name = ?2 WHERE id = ?1", id, name)
            .execute(self.writer())
            .await?;
        Ok(())
    }

    /// Adds an invitation: whoever shows the secret before it expires becomes a
    /// facilitator, once.
    ///
    /// # Errors
    /// When there is no such facilitator or the database cannot be written.
    pub async fn add_invitation(
        &self,
        secret: SecretHash,
        by: FacilitatorId,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        let (secret, by) = (secret.as_bytes().as_slice(), integer(by.to_bits()));
        let (now_ms, expires_at_ms) = (now.as_ms(), expires_at.as_ms());
        sqlx::query!(
            "INSERT INTO invitations (secret_sha256, invited_by, created_at_ms, expires_at_ms)
             VALUES (?1, ?2, ?3, ?4)",
            secret,
            by,
            now_ms,
            expires_at_ms
        )
        .execute(self.writer())
        .await?;
        Ok(())
    }

    /// Makes somebody a facilitator by an invitation; nothing when it is
    /// unknown, used or expired.
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
               WHERE secret_sha256 = ?1 AND redeemed_by IS NULL AND expires_at_ms > ?2"#,
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
}

async fn insert_facilitator(
    tx: &mut SqliteConnection,
    id: FacilitatorId,
    name: &Name,
    is_owner: bool,
    now: Timestamp,
) -> Result<Facilitator, StoreError> {
    let (row_id, text, now_ms) = (integer(id.to_bits()), name.as_str(), now.as_ms());
    sqlx::query!(
        "INSERT INTO facilitators (id, name, is_owner, created_at_ms) VALUES (?1, ?2, ?3, ?4)",
        row_id,
        text,
        is_owner,
        now_ms
    )
    .execute(tx)
    .await?;
    Ok(Facilitator {
        id,
        name: name.clone(),
        created_at: now,
    })
}

async fn insert_token(
    connection: &mut SqliteConnection,
    id: FacilitatorId,
    token: SecretHash,
    now: Timestamp,
) -> Result<(), StoreError> {
    let (token, id) = (token.as_bytes().as_slice(), integer(id.to_bits()));
    let now_ms = now.as_ms();
    sqlx::query!(
        "INSERT INTO facilitator_tokens (token_sha256, facilitator_id, created_at_ms)
         VALUES (?1, ?2, ?3)",
        token,
        id,
        now_ms
    )
    .execute(connection)
    .await?;
    Ok(())
}
