//! `workshops` and `workshop_codelabs`.

use std::collections::BTreeMap;

use domain::{
    CodelabId, JoinCode, Seq, Timestamp, WorkshopTitle,
    workshop::{AgendaCodelab, Role},
};
use serde::Serialize;
use sqlx::SqliteConnection;

use crate::{StoreError, column::integer, event_log::json};

#[derive(Default)]
pub(super) struct Changes<'a> {
    started: Option<Started<'a>>,
    /// The newest of each codelab that was edited.
    revised: BTreeMap<CodelabId, &'a AgendaCodelab>,
    pub(super) last_seq: Seq,
    pub(super) code_required: Option<bool>,
    pub(super) ended_at: Option<Timestamp>,
    pub(super) imported: bool,
    attendees: i64,
    pub(super) messages: i64,
    pub(super) help_requests: i64,
}

struct Started<'a> {
    title: &'a WorkshopTitle,
    join_code: &'a JoinCode,
    code_required: bool,
    agenda: &'a [AgendaCodelab],
    at: Timestamp,
}

#[derive(Serialize)]
struct CodelabRow<'a> {
    codelab: i64,
    revision: u32,
    title: &'a str,
}

impl<'a> Changes<'a> {
    pub(super) fn start(
        &mut self,
        title: &'a WorkshopTitle,
        join_code: &'a JoinCode,
        code_required: bool,
        agenda: &'a [AgendaCodelab],
        at: Timestamp,
    ) {
        self.started = Some(Started {
            title,
            join_code,
            code_required,
            agenda,
            at,
        });
    }

    pub(super) fn revise(&mut self, codelab: &'a AgendaCodelab) {
        self.revised.insert(codelab.codelab, codelab);
    }

    pub(super) fn count_seat(&mut self, role: Role) {
        match role {
            Role::Attendee => self.attendees += 1,
            Role::Facilitator(_) => {}
        }
    }

    pub(super) async fn write(
        self,
        tx: &mut SqliteConnection,
        workshop: i64,
    ) -> Result<(), StoreError> {
        if let Some(started) = &self.started {
            started.write(tx, workshop).await?;
        }
        if !self.revised.is_empty() {
            self.write_revised(tx, workshop).await?;
        }
        let (last_seq, ended_at_ms) = (self.last_seq.get(), self.ended_at.map(Timestamp::as_ms));
        sqlx::query!(
            "UPDATE workshops SET
                 code_required = COALESCE(?2, code_required),
                 ended_at_ms   = COALESCE(?3, ended_at_ms),
                 last_seq      = ?4,
                 attendees     = attendees + ?5,
                 messages      = messages + ?6,
                 help_requests = help_requests + ?7,
                 imported      = imported OR ?8
             WHERE id = ?1",
            workshop,
            self.code_required,
            ended_at_ms,
            last_seq,
            self.attendees,
            self.messages,
            self.help_requests,
            self.imported
        )
        .execute(tx)
        .await?;
        Ok(())
    }

    async fn write_revised(
        &self,
        tx: &mut SqliteConnection,
        workshop: i64,
    ) -> Result<(), StoreError> {
        let rows: Vec<CodelabRow<'_>> = self.revised.values().map(|c| (*c).into()).collect();
        let rows = json(&rows)?;
        sqlx::query!(
            "UPDATE workshop_codelabs
             SET revision = value ->> 'revision', title = value ->> 'title'
             FROM json_each(?2)
             WHERE workshop_id = ?1 AND codelab_id = value ->> 'codelab'",
            workshop,
            rows
        )
        .execute(tx)
        .await?;
        Ok(())
    }
}

impl<'a> From<&'a AgendaCodelab> for CodelabRow<'a> {
    fn from(codelab: &'a AgendaCodelab) -> Self {
        Self {
            codelab: integer(codelab.codelab.to_bits()),
            revision: codelab.revision,
            title: &codelab.title,
        }
    }
}

impl Started<'_> {
    async fn write(&self, tx: &mut SqliteConnection, workshop: i64) -> Result<(), StoreError> {
        let (title, join_code) = (self.title.as_str(), self.join_code.as_str());
        let started_at_ms = self.at.as_ms();
        sqlx::query!(
            "INSERT INTO workshops (id, title, join_code, code_required, started_at_ms, last_seq)
             VALUES (?1, ?2, ?3, ?4, ?5, 1)",
            workshop,
            title,
            join_code,
            self.code_required,
            started_at_ms
        )
        .execute(&mut *tx)
        .await?;
        let codelabs: Vec<CodelabRow<'_>> = self.agenda.iter().map(CodelabRow::from).collect();
        let codelabs = json(&codelabs)?;
        sqlx::query!(
            "INSERT INTO workshop_codelabs (workshop_id, position, codelab_id, revision, title)
             SELECT ?1, key + 1, value ->> 'codelab', value ->> 'revision', value ->> 'title'
             FROM json_each(?2)",
            workshop,
            codelabs
        )
        .execute(tx)
        .await?;
        Ok(())
    }
}

pub(super) async fn clear(tx: &mut SqliteConnection, kept: &str) -> Result<(), StoreError> {
    sqlx::query!(
        "DELETE FROM workshop_codelabs WHERE workshop_id NOT IN (SELECT value FROM json_each(?1))",
        kept
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "DELETE FROM workshops WHERE id NOT IN (SELECT value FROM json_each(?1))",
        kept
    )
    .execute(tx)
    .await?;
    Ok(())
}
