//! What somebody with a seat can ask for.

use std::{collections::BTreeSet, sync::Arc};

use crate::{
    AnnouncementText, CodelabId, HelpRequestId, HelpText, MessageId, PaceId, PollId, QuizKey,
    SeatId, StepId, TimerLabel,
    workshop::{MessageBody, PaceAnswer, PollAnswer, PollForm, Reaction, StepRef},
};

/// A wish of a seat, in the imperative. Joining is [`super::admit`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Show this step: it becomes the seat's current one.
    EnterStep(StepRef),
    /// Mark a step as done.
    CompleteStep(StepRef),
    /// Mark a step as not done after all.
    ReopenStep(StepRef),
    /// Say something to everybody.
    PostMessage(MessageBody),
    /// Attendees: say something to the facilitators alone. Facilitators: to an
    /// attendee, seen by the other facilitators too.
    PostDirectMessage {
        /// The attendee; their own seat if nothing is said.
        with: Option<SeatId>,
        /// What.
        message: MessageBody,
    },
    /// Facilitators: tell everybody something that must not be missed.
    Announce {
        /// What.
        text: AnnouncementText,
        /// Whether it stays in everybody's sight.
        pinned: bool,
    },
    /// Take a message back: one's own, or any as a facilitator.
    DeleteMessage(MessageId),
    /// Facilitators: keep a message in everybody's sight, or no longer.
    PinMessage {
        /// Which.
        message: MessageId,
        /// Whether.
        pinned: bool,
    },
    /// React to a message, or take that back.
    React {
        /// To which.
        message: MessageId,
        /// How.
        reaction: Reaction,
        /// Whether it should stand.
        on: bool,
    },
    /// Facilitators: an attendee may no longer write to everybody, or may again.
    MuteSeat {
        /// The attendee.
        seat: SeatId,
        /// Whether.
        muted: bool,
    },
    /// Facilitators: seconds that attendees wait between two chat messages; 0 is none.
    SetSlowMode(u32),
    /// Ask for help, at a step if the seat is at one.
    RaiseHelp {
        /// Where the attendee is stuck.
        at: Option<StepRef>,
        /// What about, if they said so.
        message: Option<HelpText>,
    },
    /// Facilitators: take on a help request.
    ClaimHelp(HelpRequestId),
    /// Facilitators: give a claimed help request back to the queue.
    HandBackHelp(HelpRequestId),
    /// Facilitators: close a help request as helped.
    ResolveHelp(HelpRequestId),
    /// The attendee who raised it: no longer needed.
    WithdrawHelp(HelpRequestId),
    /// Facilitators: ask whether everybody is at a step.
    AskPace(StepRef),
    /// Answer the pace question.
    AnswerPace {
        /// Which.
        pace: PaceId,
        /// What.
        answer: PaceAnswer,
    },
    /// Facilitators: take no more answers to the pace question.
    ClosePace(PaceId),
    /// Facilitators: begin a countdown.
    StartTimer {
        /// How long.
        seconds: u32,
        /// What for.
        label: Option<TimerLabel>,
    },
    /// Facilitators: take the countdown away.
    StopTimer,
    /// Facilitators: have the room follow; takes over from who leads.
    TakeLead,
    /// Facilitators: lead no longer.
    ReleaseLead,
    /// Follow who leads, or go one's own way.
    SetFollowing(bool),
    /// Facilitators: how far attendees may go in a codelab.
    LimitSteps {
        /// The codelab.
        codelab: CodelabId,
        /// The last open step, or the one that is led to if that comes later;
        /// nothing opens all.
        last: Option<StepId>,
    },
    /// Facilitators: ask a poll; closes the one that is open.
    OpenPoll(Arc<PollForm>),
    /// Answer a poll, perhaps anew.
    AnswerPoll {
        /// Which.
        poll: PollId,
        /// What.
        answer: PollAnswer,
    },
    /// Facilitators: take no more answers.
    ClosePoll(PollId),
    /// Facilitators: show the room a poll's result, or hide it.
    RevealPoll {
        /// Which.
        poll: PollId,
        /// Whether.
        revealed: bool,
    },
    /// Facilitators: ask a poll anew, without its answers.
    ResetPoll(PollId),
    /// Attendees: answer a quiz, until the answer is right.
    AnswerQuiz {
        /// The step.
        at: StepRef,
        /// Its quiz.
        quiz: QuizKey,
        /// The chosen options, counted from 0.
        choices: BTreeSet<u8>,
    },
    /// Facilitators: whether joining takes the join code.
    RequireJoinCode(bool),
    /// Facilitators: end the workshop in so many minutes; until then everything
    /// still counts. Nothing takes a planned end back.
    ScheduleEnd(Option<u32>),
    /// Facilitators: end the workshop for everybody.
    EndWorkshop,
}
