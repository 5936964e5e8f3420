//! What happened. Events are facts: once in the log they never change.

use std::{collections::BTreeSet, sync::Arc};

use crate::{
    AnnouncementText, CodelabId, ContentHash, FeedbackText, HelpRequestId, HelpText, JoinCode,
    MessageId, Name, PaceId, PollId, QuizKey, SeatId, Seq, StepId, SubmissionId, TimerLabel,
    Timestamp, WorkshopTitle,
    workshop::{Grade, MessageBody, PaceAnswer, PollAnswer, PollForm, Quiz, Reaction, Role, Work},
};

/// An event at its place in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Its position, counted from 1 without gaps.
    pub seq: Seq,
    /// When it was decided.
    pub at: Timestamp,
    /// What happened.
    pub event: Event,
}

/// One step of one codelab of the agenda.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StepRef {
    /// The codelab.
    pub codelab: CodelabId,
    /// Its step.
    pub step: StepId,
}

/// What a codelab asks for beside its steps before somebody has completed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Requirement {
    /// Answering its quizzes.
    Quiz,
    /// Saying what one thinks of it.
    Feedback,
    /// Handing in one's work.
    Submission,
}

impl Requirement {
    /// All there are, in order.
    pub const ALL: [Self; 3] = [Self::Quiz, Self::Feedback, Self::Submission];

    /// Its name in headers of codelabs and in the log.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Quiz => "quiz",
            Self::Feedback => "feedback",
            Self::Submission => "submission",
        }
    }

    /// What has this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.name() == name)
    }
}

/// A codelab of the agenda, as it is worked through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgendaCodelab {
    /// The codelab.
    pub codelab: CodelabId,
    /// Which of its saved states, counted from 1.
    pub revision: u32,
    /// Its title.
    pub title: Arc<str>,
    /// What to prepare before the first step, rendered; nothing when its author asks for nothing.
    pub guide: Option<ContentHash>,
    /// What it takes to complete it beside all steps; each once, in order.
    pub required: Arc<[Requirement]>,
    /// Its steps in order; at least one.
    pub steps: Arc<[AgendaStep]>,
}

/// A step of the agenda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgendaStep {
    /// The step.
    pub step: StepId,
    /// Its title.
    pub title: Arc<str>,
    /// Planned minutes; nothing when the author gave none.
    pub minutes: Option<u32>,
    /// The rendered step.
    pub content: ContentHash,
    /// Its quizzes in order, no two with the same key.
    pub quizzes: Arc<[Quiz]>,
}

/// What happened, in the past tense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The workshop began; always the first event of a log.
    WorkshopStarted {
        /// What it is called.
        title: WorkshopTitle,
        /// The code for joining.
        join_code: JoinCode,
        /// Whether joining takes the code.
        code_required: bool,
        /// What will be worked through; at least one codelab.
        agenda: Arc<[AgendaCodelab]>,
    },
    /// A codelab of the agenda was edited, and is worked through as it is now.
    CodelabRevised {
        /// The codelab in its new revision.
        codelab: AgendaCodelab,
    },
    /// Somebody joined.
    SeatTaken {
        /// The new seat.
        seat: SeatId,
        /// What they are here for.
        role: Role,
        /// The name they gave.
        name: Name,
        /// 1 for the first of that name, 2 for the second, …
        ordinal: u32,
    },
    /// A seat moved to a step.
    StepEntered {
        /// Whose.
        seat: SeatId,
        /// Where to.
        at: StepRef,
    },
    /// A seat finished a step.
    StepCompleted {
        /// Whose.
        seat: SeatId,
        /// Which.
        at: StepRef,
    },
    /// A seat took back that it finished a step.
    StepReopened {
        /// Whose.
        seat: SeatId,
        /// Which.
        at: StepRef,
    },
    /// Somebody said something to everybody.
    MessagePosted {
        /// The message.
        id: MessageId,
        /// By whom.
        seat: SeatId,
        /// What.
        body: MessageBody,
    },
    /// An attendee said something to the facilitators, or one of them to the attendee.
    DirectMessagePosted {
        /// The message.
        id: MessageId,
        /// By whom.
        seat: SeatId,
        /// The attendee.
        with: SeatId,
        /// What.
        body: MessageBody,
    },
    /// A message was taken back.
    MessageDeleted {
        /// The message.
        id: MessageId,
        /// By its author or a facilitator.
        by: SeatId,
        /// The attendee, if the message was direct.
        thread: Option<SeatId>,
    },
    /// A message now stays in everybody's sight, or no longer does.
    MessagePinned {
        /// The message.
        id: MessageId,
        /// The facilitator.
        by: SeatId,
        /// Whether it does.
        pinned: bool,
    },
    /// Somebody reacted to a message, or took that back.
    Reacted {
        /// The message.
        id: MessageId,
        /// Who.
        seat: SeatId,
        /// How.
        reaction: Reaction,
        /// Whether it stands now.
        on: bool,
        /// The attendee, if the message is direct.
        thread: Option<SeatId>,
    },
    /// A seat may no longer write to everybody, or may again.
    SeatMuted {
        /// Whose.
        seat: SeatId,
        /// The facilitator.
        by: SeatId,
        /// Whether it is muted now.
        muted: bool,
    },
    /// How long attendees wait between two chat messages.
    SlowModeChanged {
        /// The facilitator.
        by: SeatId,
        /// Seconds; 0 is off.
        seconds: u32,
    },
    /// A facilitator announced something.
    AnnouncementMade {
        /// The announcement; counted with the messages.
        id: MessageId,
        /// By whom.
        seat: SeatId,
        /// What.
        text: AnnouncementText,
    },
    /// Somebody asked for help.
    HelpRaised {
        /// The request.
        id: HelpRequestId,
        /// Who waits.
        seat: SeatId,
        /// Where they are stuck.
        at: Option<StepRef>,
        /// What about.
        message: Option<HelpText>,
    },
    /// A facilitator took a request on.
    HelpClaimed {
        /// The request.
        id: HelpRequestId,
        /// Who waits.
        seat: SeatId,
        /// The facilitator.
        by: SeatId,
    },
    /// A facilitator gave a request back: it is open again, at its old place.
    HelpHandedBack {
        /// The request.
        id: HelpRequestId,
        /// Who waits.
        seat: SeatId,
        /// The facilitator.
        by: SeatId,
    },
    /// A facilitator closed a request as helped.
    HelpResolved {
        /// The request.
        id: HelpRequestId,
        /// Who waited.
        seat: SeatId,
        /// The facilitator.
        by: SeatId,
    },
    /// The attendee no longer needs help.
    HelpWithdrawn {
        /// The request.
        id: HelpRequestId,
        /// Who waited.
        seat: SeatId,
    },
    /// A facilitator asks whether everybody is at a step. Replaces the question before.
    PaceAsked {
        /// The question.
        id: PaceId,
        /// The facilitator.
        by: SeatId,
        /// The step.
        at: StepRef,
    },
    /// Somebody answered the pace question.
    PaceAnswered {
        /// The question.
        id: PaceId,
        /// Who.
        seat: SeatId,
        /// What.
        answer: PaceAnswer,
    },
    /// The pace question takes no more answers.
    PaceClosed {
        /// The question.
        id: PaceId,
        /// The facilitator.
        by: SeatId,
    },
    /// A countdown began. Replaces the one before.
    TimerStarted {
        /// The facilitator.
        by: SeatId,
        /// How long it runs.
        seconds: u32,
        /// What for.
        label: Option<TimerLabel>,
    },
    /// The countdown was taken away.
    TimerStopped {
        /// The facilitator.
        by: SeatId,
    },
    /// A facilitator leads: the room follows them from step to step.
    LeadTaken {
        /// The facilitator.
        by: SeatId,
        /// Where they are.
        at: Option<StepRef>,
    },
    /// The leading facilitator moved.
    LeadMoved {
        /// The facilitator.
        by: SeatId,
        /// Where to.
        at: StepRef,
    },
    /// Nobody leads any more.
    LeadReleased {
        /// The facilitator who led.
        by: SeatId,
    },
    /// A seat follows who leads, or goes its own way.
    FollowingChanged {
        /// Whose.
        seat: SeatId,
        /// Whether it follows.
        following: bool,
    },
    /// How far attendees may go in a codelab.
    StepsLimited {
        /// The facilitator.
        by: SeatId,
        /// The codelab.
        codelab: CodelabId,
        /// The last open step; nothing: all are open.
        last: Option<StepId>,
    },
    /// A poll was asked.
    PollOpened {
        /// The poll.
        id: PollId,
        /// The facilitator.
        by: SeatId,
        /// What it asks.
        form: Arc<PollForm>,
    },
    /// Somebody answered a poll, perhaps anew.
    PollAnswered {
        /// The poll.
        id: PollId,
        /// Who.
        seat: SeatId,
        /// What.
        answer: PollAnswer,
    },
    /// A poll takes no more answers.
    PollClosed {
        /// The poll.
        id: PollId,
        /// The facilitator.
        by: SeatId,
    },
    /// The room now sees a poll's result, or no longer does.
    PollRevealed {
        /// The poll.
        id: PollId,
        /// The facilitator.
        by: SeatId,
        /// Whether it does.
        revealed: bool,
    },
    /// A poll begins anew: without answers, open, its result hidden.
    PollReset {
        /// The poll.
        id: PollId,
        /// The facilitator.
        by: SeatId,
    },
    /// Somebody answered a quiz.
    QuizAnswered {
        /// Who.
        seat: SeatId,
        /// The step.
        at: StepRef,
        /// Its quiz.
        quiz: QuizKey,
        /// The chosen options, counted from 0.
        choices: BTreeSet<u8>,
        /// Whether they are right, as the codelab was then.
        right: bool,
        /// Why they are, if they are and its author said so.
        explanation: Option<Arc<str>>,
    },
    /// Somebody said what they think of the workshop.
    FeedbackGiven {
        /// Who; nothing if they did not say.
        seat: Option<SeatId>,
        /// How hard it was: 1 is easy.
        difficulty: Option<Grade>,
        /// How content they are: 5 is very.
        satisfaction: Option<Grade>,
        /// In their own words.
        comment: Option<FeedbackText>,
    },
    /// Somebody handed work in.
    WorkSubmitted {
        /// The submission.
        id: SubmissionId,
        /// Whose.
        seat: SeatId,
        /// What.
        work: Work,
    },
    /// What the log tells happened elsewhere, and was brought here afterwards.
    WorkshopImported {
        /// When it was.
        on: Timestamp,
    },
    /// Joining now takes the code, or no longer does.
    JoinCodeRequirementChanged {
        /// Whether it does.
        required: bool,
    },
    /// The end of the workshop was planned, or is not planned any more.
    EndScheduled {
        /// The facilitator.
        by: SeatId,
        /// When it ends; nothing: the plan was taken back.
        at: Option<Timestamp>,
    },
    /// The workshop is over; it can still be read.
    WorkshopEnded {
        /// The facilitator who ended it.
        by: SeatId,
    },
}
