//! What follows from the events so far. Changed by [`super::apply`] alone.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{
    CodelabId, FacilitatorId, HelpRequestId, JoinCode, MessageId, Name, PaceId, PollId, QuizKey,
    SeatId, Seq, StepId, SubmissionId, Timestamp, WorkshopTitle,
    workshop::{
        AgendaCodelab, AgendaStep, Feedback, HelpRequest, Lead, Message, Pace, Pacing, PlannedEnd,
        Poll, QuizTries, Rejection, StepRef, Submission, Timer, help::wait_per_place_ms,
    },
};

/// What a seat is here for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Works through the codelabs.
    Attendee,
    /// Runs the workshop; the person may facilitate others too.
    Facilitator(FacilitatorId),
}

/// Where a workshop is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// People can join and work.
    Live,
    /// Over; can be read.
    Ended {
        /// Since when.
        at: Timestamp,
    },
}

/// Somebody's place in the workshop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// Which.
    pub id: SeatId,
    /// What for.
    pub role: Role,
    /// The name they gave.
    pub name: Name,
    /// Tells people of the same name apart: 1 for the first, 2 for the second, …
    pub ordinal: u32,
    /// When they joined.
    pub joined_at: Timestamp,
    /// Per codelab they have opened.
    pub progress: BTreeMap<CodelabId, Progress>,
    /// The codelab they were in last.
    pub last_codelab: Option<CodelabId>,
    /// When they last did something that the log knows of.
    pub active_at: Timestamp,
    /// When they last wrote to everybody; slow mode counts from here.
    pub wrote_at: Option<Timestamp>,
    /// Whether they may not write to everybody.
    pub muted: bool,
    /// Whether they follow who leads.
    pub following: bool,
    /// What they answered to quizzes, also to those that are gone by now.
    pub quizzes: BTreeMap<(StepRef, QuizKey), QuizTries>,
}

impl Seat {
    /// The seat itself, if it may facilitate.
    ///
    /// # Errors
    /// [`Rejection::NotAFacilitator`] for an attendee's.
    pub fn facilitator(&self) -> Result<SeatId, Rejection> {
        match self.role {
            Role::Facilitator(_) => Ok(self.id),
            Role::Attendee => Err(Rejection::NotAFacilitator),
        }
    }

    /// Where the seat is now: its current step in the codelab it was in last.
    #[must_use]
    pub fn position(&self) -> Option<StepRef> {
        let codelab = self.last_codelab?;
        let step = self.progress.get(&codelab)?.current?;
        Some(StepRef { codelab, step })
    }
}

/// How far a seat is in one codelab.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// The step shown last.
    pub current: Option<StepId>,
    /// When it was entered.
    pub entered_at: Option<Timestamp>,
    /// The steps marked as done.
    pub completed: BTreeSet<StepId>,
}

/// A workshop, folded from its log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkshopState {
    /// The newest event applied.
    pub(super) seq: Seq,
    pub(super) beginning: Option<Beginning>,
    pub(super) code_required: bool,
    pub(super) planned_end: Option<PlannedEnd>,
    pub(super) ended_at: Option<Timestamp>,
    pub(super) seats: Vec<Seat>,
    pub(super) names: BTreeMap<String, u32>,
    pub(super) facilitators: BTreeMap<FacilitatorId, SeatId>,
    pub(super) messages: Vec<Message>,
    pub(super) help_requests: Vec<HelpRequest>,
    pub(super) waiting: BTreeMap<HelpRequestId, SeatId>,
    pub(super) slow_mode_seconds: u32,
    pub(super) pacing: Pacing,
    pub(super) paces: u32,
    pub(super) step_limits: BTreeMap<CodelabId, StepId>,
    pub(super) polls: Vec<Poll>,
    pub(super) feedback: Vec<Feedback>,
    pub(super) submissions: Vec<Submission>,
    pub(super) imported_on: Option<Timestamp>,
}

/// What there is from the first event on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Beginning {
    pub(super) title: WorkshopTitle,
    pub(super) join_code: JoinCode,
    pub(super) agenda: Arc<[AgendaCodelab]>,
    pub(super) started_at: Timestamp,
}

impl WorkshopState {
    /// The longest pause that slow mode may ask for: five minutes.
    pub const MAX_SLOW_MODE_SECONDS: u32 = 300;

    /// The longest time until a planned end: an hour. Who is not back by then
    /// has left.
    pub const MAX_GRACE_MINUTES: u32 = 60;

    /// Seats a workshop has. Beyond a thousand people no room and no Wi-Fi
    /// keeps up; the bound keeps memory and the roster finite.
    pub const CAPACITY: u32 = 2000;

    /// The newest event applied; 0 before the first.
    #[must_use]
    pub const fn seq(&self) -> Seq {
        self.seq
    }

    /// Its title; nothing before the first event.
    #[must_use]
    pub fn title(&self) -> Option<&WorkshopTitle> {
        self.beginning.as_ref().map(|b| &b.title)
    }

    /// Its join code; nothing before the first event.
    #[must_use]
    pub fn join_code(&self) -> Option<&JoinCode> {
        self.beginning.as_ref().map(|b| &b.join_code)
    }

    /// When it started; nothing before the first event.
    #[must_use]
    pub fn started_at(&self) -> Option<Timestamp> {
        self.beginning.as_ref().map(|b| b.started_at)
    }

    /// Whether joining takes the code.
    #[must_use]
    pub const fn code_required(&self) -> bool {
        self.code_required
    }

    /// Live or ended.
    #[must_use]
    pub fn status(&self) -> Status {
        self.ended_at
            .map_or(Status::Live, |at| Status::Ended { at })
    }

    /// When it will end by itself; nothing if nobody planned that, or after the end.
    #[must_use]
    pub const fn planned_end(&self) -> Option<PlannedEnd> {
        self.planned_end
    }

    /// The codelabs, in order.
    #[must_use]
    pub fn agenda(&self) -> &[AgendaCodelab] {
        self.beginning.as_ref().map_or(&[], |b| &b.agenda)
    }

    /// Everybody who ever joined, in order.
    #[must_use]
    pub fn seats(&self) -> &[Seat] {
        &self.seats
    }

    /// One seat.
    #[must_use]
    pub fn seat(&self, id: SeatId) -> Option<&Seat> {
        self.seats.get(position(id.get())?)
    }

    /// The seat of a facilitator of this machine.
    #[must_use]
    pub fn seat_of(&self, facilitator: FacilitatorId) -> Option<SeatId> {
        self.facilitators.get(&facilitator).copied()
    }

    /// Everything that was said, oldest first.
    #[must_use]
    pub fn messages(&self) -> &[Message] {
        &self.messages
    }

    /// All help requests, oldest first.
    #[must_use]
    pub fn help_requests(&self) -> &[HelpRequest] {
        &self.help_requests
    }

    /// One help request.
    #[must_use]
    pub fn help_request(&self, id: HelpRequestId) -> Option<&HelpRequest> {
        self.help_requests.get(position(id.get())?)
    }

    /// The help queue: who waits, oldest first.
    #[must_use]
    pub fn help_queue(&self) -> Vec<&HelpRequest> {
        self.waiting
            .keys()
            .filter_map(|id| self.help_request(*id))
            .collect()
    }

    /// The request a seat waits with.
    #[must_use]
    pub fn waiting_request(&self, seat: SeatId) -> Option<&HelpRequest> {
        let (id, _) = self.waiting.iter().find(|(_, who)| **who == seat)?;
        self.help_request(*id)
    }

    /// What a place in the help queue is likely to cost, in milliseconds, judged
    /// by those who were helped before; nothing before the first of them.
    #[must_use]
    pub fn wait_per_place_ms(&self) -> Option<i64> {
        wait_per_place_ms(&self.help_requests)
    }

    /// One message.
    #[must_use]
    pub fn message(&self, id: MessageId) -> Option<&Message> {
        self.messages.get(position(id.get())?)
    }

    /// Seconds that attendees wait between two chat messages; 0 is none.
    #[must_use]
    pub const fn slow_mode_seconds(&self) -> u32 {
        self.slow_mode_seconds
    }

    /// The newest pace question.
    #[must_use]
    pub fn pace(&self) -> Option<&Pace> {
        self.pacing.pace.as_deref()
    }

    /// The countdown.
    #[must_use]
    pub const fn timer(&self) -> Option<&Timer> {
        self.pacing.timer.as_ref()
    }

    /// Whom the room follows.
    #[must_use]
    pub const fn lead(&self) -> Option<Lead> {
        self.pacing.lead
    }

    /// The last step of a codelab that attendees may enter; nothing: all are open.
    #[must_use]
    pub fn step_limit(&self, codelab: CodelabId) -> Option<StepId> {
        self.step_limits.get(&codelab).copied()
    }

    /// Whether a step lies beyond what is open to attendees.
    #[must_use]
    pub fn is_locked(&self, at: StepRef) -> bool {
        self.step_limit(at.codelab)
            .is_some_and(|last| self.lies_beyond(at, last))
    }

    /// Whether a step comes after another of its codelab.
    pub(super) fn lies_beyond(&self, at: StepRef, last: StepId) -> bool {
        let steps = self.agenda().iter().find(|c| c.codelab == at.codelab);
        let place = |step: StepId| steps?.steps.iter().position(|s| s.step == step);
        place(at.step) > place(last)
    }

    /// All polls, oldest first.
    #[must_use]
    pub fn polls(&self) -> &[Poll] {
        &self.polls
    }

    /// One poll.
    #[must_use]
    pub fn poll(&self, id: PollId) -> Option<&Poll> {
        self.polls.get(position(id.get())?)
    }

    /// What people think of it, oldest first.
    #[must_use]
    pub fn feedback(&self) -> &[Feedback] {
        &self.feedback
    }

    /// What was handed in, oldest first.
    #[must_use]
    pub fn submissions(&self) -> &[Submission] {
        &self.submissions
    }

    /// One of these.
    #[must_use]
    pub fn submission(&self, id: SubmissionId) -> Option<&Submission> {
        self.submissions.get(position(id.get())?)
    }

    /// When it was brought here from elsewhere; nothing if it took place here.
    #[must_use]
    pub const fn imported_on(&self) -> Option<Timestamp> {
        self.imported_on
    }

    /// What tells the next person of this name from those before: 1 for the first.
    #[must_use]
    pub fn next_ordinal(&self, name: &Name) -> u32 {
        self.names
            .get(&same_name_key(name))
            .map_or(1, |taken| taken + 1)
    }

    /// A step of the agenda.
    ///
    /// # Errors
    /// [`Rejection::UnknownCodelab`] or [`Rejection::UnknownStep`].
    pub fn step(&self, at: StepRef) -> Result<&AgendaStep, Rejection> {
        let codelab = self
            .agenda()
            .iter()
            .find(|c| c.codelab == at.codelab)
            .ok_or(Rejection::UnknownCodelab(at.codelab))?;
        codelab
            .steps
            .iter()
            .find(|s| s.step == at.step)
            .ok_or(Rejection::UnknownStep(at.step))
    }

    pub(super) fn next_seat(&self) -> SeatId {
        SeatId::new(count(self.seats.len()) + 1)
    }

    pub(super) fn next_message(&self) -> MessageId {
        MessageId::new(count(self.messages.len()) + 1)
    }

    pub(super) fn next_help_request(&self) -> HelpRequestId {
        HelpRequestId::new(count(self.help_requests.len()) + 1)
    }

    pub(super) fn next_poll(&self) -> PollId {
        PollId::new(count(self.polls.len()) + 1)
    }

    pub(super) const fn next_pace(&self) -> PaceId {
        PaceId::new(self.paces + 1)
    }

    pub(super) fn message_mut(&mut self, id: MessageId) -> Option<&mut Message> {
        self.messages.get_mut(position(id.get())?)
    }

    pub(super) fn poll_mut(&mut self, id: PollId) -> Option<&mut Poll> {
        self.polls.get_mut(position(id.get())?)
    }

    pub(super) fn seat_mut(&mut self, id: SeatId) -> Option<&mut Seat> {
        self.seats.get_mut(position(id.get())?)
    }

    pub(super) fn help_request_mut(&mut self, id: HelpRequestId) -> Option<&mut HelpRequest> {
        self.help_requests.get_mut(position(id.get())?)
    }
}

/// The key under which people count as having the same name.
pub(super) fn same_name_key(name: &Name) -> String {
    name.as_str().to_lowercase()
}

/// Ids count from 1; the list they index counts from 0.
fn position(id: u32) -> Option<usize> {
    usize::try_from(id).ok()?.checked_sub(1)
}

fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}
