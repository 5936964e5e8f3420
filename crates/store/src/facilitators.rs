//! People with facilitator rights on this machine. How others become one stands
//! in `invitations.rs`.

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

/// Somebody in the list of facilitators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedFacilitator {
    /// Who.
    pub person: Facilitator,
    /// Whether it is the person whose machine this is.
    pub is_owner: bool,
    /// Who invited them; nobody invited the owner.
    pub invited_by: Option<String>,
}

/// What became of taking somebody's rights away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removal {
    /// They are a facilitator no longer.
    Removed,
    /// It is their machine.
    IsOwner,
    /// There is no such facilitator, or no longer.
    Unknown,
}

struct ListedRow {
    id: i64,
    name: String,
    is_owner: bool,
    created_at_ms: i64,
    invited_by: Option<String>,
}

impl TryFrom<ListedRow> for ListedFacilitator {
    type Error = StoreError;

    fn try_from(row: ListedRow) -> Result<Self, StoreError> {
        Ok(Self {
            is_owner: row.is_owner,
            invited_by: row.invited_by,
            person: FacilitatorRow {
                id: row.id,
                name: row.name,
                created_at_ms: row.created_at_ms,
            }
            .try_into()?,
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
        let mut writer = self.writer()?.acquire().await?;
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

    /// Everybody with facilitator rights, the longest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn facilitators(&self) -> Result<Vec<ListedFacilitator>, StoreError> {
        let rows = sqlx::query_as!(
            ListedRow,
            r#"SELECT person.id, person.name, person.is_owner AS "is_owner: bool",
                      person.created_at_ms, inviter.name AS "invited_by?"
               FROM facilitators AS person
               LEFT JOIN invitations ON invitations.redeemed_by = person.id
               LEFT JOIN facilitators AS inviter ON inviter.id = invitations.invited_by
               WHERE person.removed_at_ms IS NULL
               ORDER BY person.created_at_ms, person.id"#
        )
        .fetch_all(self.readers())
        .await?;
        rows.into_iter().map(ListedFacilitator::try_from).collect()
    }

    /// Takes somebody's rights away: all their tokens, and what they invited
    /// others with and nobody has used. The machine's owner keeps theirs.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn remove_facilitator(
        &self,
        id: FacilitatorId,
        now: Timestamp,
    ) -> Result<Removal, StoreError> {
        let (row_id, now_ms) = (integer(id.to_bits()), now.as_ms());
        let mut tx = self.begin().await?;
        let is_owner = sqlx::query_scalar!(
            r#"SELECT is_owner AS "is_owner: bool" FROM facilitators
               WHERE id = ?1 AND removed_at_ms IS NULL"#,
            row_id
        )
        .fetch_optional(&mut *tx)
        .await?;
        match is_owner {
            None => return Ok(Removal::Unknown),
            Some(true) => return Ok(Removal::IsOwner),
            Some(false) => {}
        }
        sqlx::query!(
            "DELETE FROM facilitator_tokens WHERE facilitator_id = ?1",
            row_id
        )
        .execute(&mut *tx)
        .await?;
        sqlx::query!(
            "UPDATE invitations SET revoked_at_ms = ?2
             WHERE invited_by = ?1 AND redeemed_by IS NULL AND revoked_at_ms IS NULL",
            row_id,
            now_ms
        )
        .execute(&mut *tx)
        .await?;
        sqlx::query!(
            "UPDATE facilitators SET removed_at_ms = ?2 WHERE id = ?1",
            row_id,
            now_ms
        )
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(Removal::Removed)
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
            .execute(self.writer()?)
            .await?;
        Ok(())
    }
}

/// That somebody was not removed, as this transaction sees it.
pub(crate) async fn check_rights(
    tx: &mut SqliteConnection,
    id: FacilitatorId,
) -> Result<(), StoreError> {
    let id = integer(id.to_bits());
    let found = sqlx::query_scalar!(
        "SELECT 1 FROM facilitators WHERE id = ?1 AND removed_at_ms IS NULL",
        id
    )
    .fetch_optional(tx)
    .await?;
    found.map(|_| ()).ok_or(StoreError::NotAFacilitator)
}

pub(crate) async fn insert_facilitator(
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

pub(crate) async fn insert_token(
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
