//! The tables that follow from the log. A batch of events is first reduced to
//! what it changes in the end, then written with a few statements per table.

mod help;
mod progress;
mod seats;
mod workshops;

use domain::{
    WorkshopId,
    workshop::{Event, HelpStatus, Recorded, StepRef},
};
use serde::Serialize;
use sqlx::SqliteConnection;

use crate::{StoreError, column::integer};

/// Projects events that continue what was projected before.
pub(crate) async fn project<'a>(
    tx: &mut SqliteConnection,
    workshop: WorkshopId,
    events: impl Iterator<Item = &'a Recorded>,
) -> Result<(), StoreError> {
    let mut changes = Changes::default();
    events.for_each(|recorded| changes.add(recorded));
    changes.write(tx, integer(workshop.to_bits())).await
}

/// Removes everything that was ever projected, but for these workshops: a JSON list
/// of their ids.
pub(crate) async fn clear(tx: &mut SqliteConnection, kept: &str) -> Result<(), StoreError> {
    help::clear(tx, kept).await?;
    progress::clear(tx, kept).await?;
    seats::clear(tx, kept).await?;
    workshops::clear(tx, kept).await
}

/// What a batch of events changes in the end.
#[derive(Default)]
struct Changes<'a> {
    workshop: workshops::Changes<'a>,
    seats: seats::Changes<'a>,
    progress: progress::Changes,
    help: help::Changes<'a>,
}

impl<'a> Changes<'a> {
    fn add(&mut self, recorded: &'a Recorded) {
        let at = recorded.at;
        self.workshop.last_seq = recorded.seq;
        match &recorded.event {
            Event::WorkshopStarted {
                title,
                join_code,
                code_required,
                agenda,
            } => self
                .workshop
                .start(title, join_code, *code_required, agenda, at),
            Event::CodelabRevised { codelab } => self.workshop.revise(codelab),
            Event::SeatTaken {
                seat,
                role,
                name,
                ordinal,
            } => {
                self.workshop.count_seat(*role);
                self.seats.take(*seat, *role, name, *ordinal, at);
            }
            Event::StepEntered { seat, at: step } => {
                self.seats.enter(*seat, step.codelab);
                self.progress.enter(*seat, *step, at);
            }
            Event::StepCompleted { seat, at: step } => {
                self.progress.complete(*seat, *step, Some(at));
            }
            Event::StepReopened { seat, at: step } => self.progress.complete(*seat, *step, None),
            Event::MessagePosted { .. }
            | Event::DirectMessagePosted { .. }
            | Event::AnnouncementMade { .. } => self.workshop.messages += 1,
            Event::HelpRaised {
                id,
                seat,
                at: step,
                message,
            } => {
                self.workshop.help_requests += 1;
                self.help.raise(*id, *seat, *step, message.as_ref(), at);
            }
            Event::HelpClaimed { id, by, .. } => {
                self.help
                    .change(*id, HelpStatus::Claimed { by: *by, at }, *by);
            }
            Event::HelpResolved { id, by, .. } => {
                self.help
                    .change(*id, HelpStatus::Resolved { by: *by, at }, *by);
            }
            Event::HelpHandedBack { id, by, .. } => {
                self.help.change(*id, HelpStatus::Open, *by);
            }
            Event::HelpWithdrawn { id, seat } => {
                self.help.change(*id, HelpStatus::Withdrawn { at }, *seat);
            }
            Event::JoinCodeRequirementChanged { required } => {
                self.workshop.code_required = Some(*required);
            }
            Event::WorkshopImported { .. } => self.workshop.imported = true,
            Event::WorkshopEnded { .. } => self.workshop.ended_at = Some(at),
            // Nobody asks a table about these: rooms answer from their state.
            Event::MessageDeleted { .. }
            | Event::MessagePinned { .. }
            | Event::Reacted { .. }
            | Event::SeatMuted { .. }
            | Event::SlowModeChanged { .. }
            | Event::PaceAsked { .. }
            | Event::PaceAnswered { .. }
            | Event::PaceClosed { .. }
            | Event::TimerStarted { .. }
            | Event::TimerStopped { .. }
            | Event::LeadTaken { .. }
            | Event::LeadMoved { .. }
            | Event::LeadReleased { .. }
            | Event::FollowingChanged { .. }
            | Event::StepsLimited { .. }
            | Event::PollOpened { .. }
            | Event::PollAnswered { .. }
            | Event::PollClosed { .. }
            | Event::PollRevealed { .. }
            | Event::PollReset { .. }
            | Event::QuizAnswered { .. }
            | Event::FeedbackGiven { .. }
            | Event::WorkSubmitted { .. }
            | Event::EndScheduled { .. } => {}
        }
    }

    /// Parents before children: foreign keys are checked at each statement.
    async fn write(self, tx: &mut SqliteConnection, workshop: i64) -> Result<(), StoreError> {
        self.workshop.write(tx, workshop).await?;
        self.seats.write(tx, workshop).await?;
        self.progress.write(tx, workshop).await?;
        self.help.write(tx, workshop).await
    }
}

/// A step in a row's JSON.
#[derive(Serialize)]
struct StepRow {
    codelab: i64,
    step: i64,
}

impl From<StepRef> for StepRow {
    fn from(at: StepRef) -> Self {
        Self {
            codelab: integer(at.codelab.to_bits()),
            step: integer(at.step.to_bits()),
        }
    }
}
