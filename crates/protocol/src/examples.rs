//! One instance of every message, for docs/PROTOCOL.md and the golden frames
//! of the tests. A message without an example does not compile.
//!
//! They tell one small workshop: Grace (seat 1) runs it, Ada (seat 2) works
//! through its codelab.

use std::sync::Arc;

use domain::{
    AnnouncementText, CodelabId, ContentHash, FacilitatorId, FeedbackText, HelpRequestId, HelpText,
    JoinCode, LinkAddress, MessageId, MessageText, Name, PaceId, PollId, PollLabel, PollQuestion,
    SeatId, Seq, StepId, SubmissionId, TimerLabel, Timestamp, WorkshopId, WorkshopTitle,
    workshop::{
        self, AgendaCodelab, AgendaStep, Event, Grade, MessageBody, Quiz, Recorded, Rejection,
        Role, StepRef, WorkshopState, apply,
    },
};
use uuid::Uuid;

use crate::{
    Ack, Announce, AnswerPace, AnswerPoll, AnswerQuiz, AskPace, ClaimHelp, ClientMessage,
    ClosePace, ClosePoll, CodelabPulse, CompleteStep, Deferred, DeleteMessage, EndWorkshop,
    EnterStep, EventBody, EventMessage, Events, HandBackHelp, Heartbeat, Hello, HelpPlace, Id,
    ImportReason, ImportRefusal, LimitSteps, MuteSeat, OpenPoll, PROTOCOL, PaceAnswer, Person,
    PinMessage, PollAnswer, PollForm, PollResult, PostDirectMessage, PostMessage, Presence,
    Problem, ProblemCode, Pulse, RaiseHelp, React, Reaction, Rejected, ReleaseLead, ReopenStep,
    RequireJoinCode, ResetPoll, ResolveHelp, RevealPoll, RevisionConflict, ScheduleEnd,
    ServerMessage, SetFollowing, SetSlowMode, Snapshot, StartTimer, StepPulse, StopTimer, TakeLead,
    Welcome, WithdrawHelp,
};

/// Grace's seat; she facilitates.
pub const GRACE: SeatId = SeatId::new(1);

/// Ada's seat; she attends.
pub const ADA: SeatId = SeatId::new(2);

/// When the workshop started: 31 October 2026, 08:00 UTC.
const START_MS: i64 = 1_793_433_600_000;

macro_rules! one_of_each {
    ($(#[$doc:meta])* $name:ident: $enum:ident { $($variant:ident($example:expr),)+ }) => {
        $(#[$doc])*
        #[must_use]
        pub fn $name() -> Vec<$enum> {
            const _: fn(&$enum) = |message| match message { $($enum::$variant(_))|+ => () };
            vec![$($enum::$variant($example)),+]
        }
    };
}

one_of_each! {
    /// What a browser says: one of each.
    browser_messages: ClientMessage {
        Hello(Hello { protocol: PROTOCOL, after: Some(9) }),
        EnterStep(EnterStep { id: command(1), codelab: Id(codelab()), step: Id(first_step()) }),
        CompleteStep(CompleteStep { id: command(2), codelab: Id(codelab()), step: Id(first_step()) }),
        ReopenStep(ReopenStep { id: command(3), codelab: Id(codelab()), step: Id(first_step()) }),
        PostMessage(PostMessage {
            id: command(4),
            text: "Good morning, Grace!".to_owned(),
            reply_to: None,
            mentions: vec![1],
            picture: None,
        }),
        PostDirectMessage(PostDirectMessage {
            id: command(12),
            with: None,
            text: "May I use my own editor?".to_owned(),
            reply_to: None,
            picture: None,
        }),
        Announce(Announce {
            id: command(5),
            text: "Ten minutes' break.".to_owned(),
            pinned: false,
        }),
        DeleteMessage(DeleteMessage { id: command(13), message: 1 }),
        PinMessage(PinMessage { id: command(14), message: 1, pinned: true }),
        React(React { id: command(15), message: 1, reaction: Reaction::ThumbsUp, on: true }),
        MuteSeat(MuteSeat { id: command(16), seat: 2, muted: true }),
        SetSlowMode(SetSlowMode { id: command(17), seconds: 10 }),
        RaiseHelp(RaiseHelp {
            id: command(6),
            codelab: Some(Id(codelab())),
            step: Some(Id(first_step())),
            message: Some("git: command not found".to_owned()),
        }),
        ClaimHelp(ClaimHelp { id: command(7), help_request: 1 }),
        HandBackHelp(HandBackHelp { id: command(18), help_request: 1 }),
        ResolveHelp(ResolveHelp { id: command(8), help_request: 1 }),
        WithdrawHelp(WithdrawHelp { id: command(9), help_request: 2 }),
        AskPace(AskPace { id: command(19), codelab: Id(codelab()), step: Id(first_step()) }),
        AnswerPace(AnswerPace { id: command(20), pace: 1, answer: PaceAnswer::Done }),
        ClosePace(ClosePace { id: command(21), pace: 1 }),
        StartTimer(StartTimer {
            id: command(22),
            seconds: 600,
            label: Some("Break".to_owned()),
        }),
        StopTimer(StopTimer { id: command(23) }),
        TakeLead(TakeLead { id: command(24) }),
        ReleaseLead(ReleaseLead { id: command(25) }),
        SetFollowing(SetFollowing { id: command(26), following: false }),
        LimitSteps(LimitSteps {
            id: command(27),
            codelab: Id(codelab()),
            last: Some(Id(first_step())),
        }),
        OpenPoll(OpenPoll { id: command(28), form: PollForm::from(&poll_form()) }),
        AnswerPoll(AnswerPoll {
            id: command(29),
            poll: 1,
            answer: PollAnswer { options: Some(vec![0]), ..PollAnswer::default() },
        }),
        ClosePoll(ClosePoll { id: command(30), poll: 1 }),
        RevealPoll(RevealPoll { id: command(31), poll: 1, revealed: true }),
        ResetPoll(ResetPoll { id: command(32), poll: 1 }),
        AnswerQuiz(AnswerQuiz {
            id: command(33),
            codelab: Id(codelab()),
            step: Id(first_step()),
            quiz: Id(quiz().key),
            choices: vec![1],
        }),
        RequireJoinCode(RequireJoinCode { id: command(10), required: false }),
        ScheduleEnd(ScheduleEnd { id: command(34), minutes: Some(10) }),
        EndWorkshop(EndWorkshop { id: command(11) }),
    }
}

one_of_each! {
    /// What the server says: one of each.
    server_messages: ServerMessage {
        Welcome(Welcome {
            protocol: PROTOCOL,
            release: "0.1.0".to_owned(),
            person: ada(),
            now_ms: START_MS + 9_500,
            addresses: vec!["http://192.168.1.20".to_owned(), "http://codelabs.local".to_owned()],
        }),
        Snapshot(Box::new(snapshot(ADA))),
        Events(Events {
            after: 6,
            up_to: 8,
            events: events().into_iter().filter(|event| matches!(event.seq, 7 | 8)).collect(),
        }),
        Ack(Ack { id: command(4), seq: 7 }),
        Rejected(Rejected { id: Some(command(6)), problem: problem() }),
        Deferred(Deferred {
            id: command(6),
            problem: Problem::new(
                ProblemCode::StorageFull,
                "the disk is full; free some space on the facilitator's machine",
            ),
            retry_after_ms: 1000,
        }),
        Presence(Presence { complete: false, online: vec![2], offline: vec![3, 5] }),
        Pulse(Pulse {
            attendees: 3,
            online: 1,
            codelabs: vec![CodelabPulse {
                codelab: Id(codelab()),
                steps: vec![StepPulse { step: Id(first_step()), here: 1, completed: 2 }],
            }],
        }),
        HelpPlace(HelpPlace {
            help_request: 1,
            place: 1,
            waiting: 1,
            expected_wait_ms: Some(90_000),
        }),
        PollResult(PollResult {
            poll: 1,
            people: 3,
            counts: vec![2, 1],
            texts: Vec::new(),
            words: Vec::new(),
        }),
        Heartbeat(Heartbeat { now_ms: START_MS + 15_000 }),
    }
}

macro_rules! log {
    ($($seq:literal $variant:ident { $($field:ident: $value:expr),+ $(,)? })+) => {
        /// One event of each kind, in the order of the types. Their `seq` says
        /// where each stands in the log; it has gaps where an event of the same
        /// kind would stand again.
        #[must_use]
        pub fn recorded() -> Vec<Recorded> {
            const _: fn(&Event) = |event| match event { $(Event::$variant { .. })|+ => () };
            const _: fn(&EventBody) = |body| match body { $(EventBody::$variant(_))|+ => () };
            vec![$(recorded_at($seq, Event::$variant { $($field: $value),+ })),+]
        }
    };
}

log! {
    1 WorkshopStarted {
        title: valid(WorkshopTitle::parse("Saturday workshop")),
        join_code: valid(JoinCode::parse("K7M3PQ")),
        code_required: true,
        agenda: agenda(),
    }
    38 CodelabRevised { codelab: revised() }
    3 SeatTaken { seat: ADA, role: Role::Attendee, name: valid(Name::parse("Ada")), ordinal: 1 }
    4 StepEntered { seat: ADA, at: here() }
    5 StepCompleted { seat: ADA, at: here() }
    6 StepReopened { seat: ADA, at: here() }
    7 MessagePosted {
        id: MessageId::new(1),
        seat: ADA,
        body: greeting(),
    }
    16 DirectMessagePosted {
        id: MessageId::new(3),
        seat: ADA,
        with: ADA,
        body: MessageBody::text(valid(MessageText::parse("May I use my own editor?"))),
    }
    8 AnnouncementMade {
        id: MessageId::new(2),
        seat: GRACE,
        text: valid(AnnouncementText::parse("Ten minutes' break.")),
    }
    19 MessageDeleted { id: MessageId::new(1), by: ADA, thread: None }
    17 MessagePinned { id: MessageId::new(2), by: GRACE, pinned: true }
    18 Reacted {
        id: MessageId::new(1),
        seat: GRACE,
        reaction: workshop::Reaction::ThumbsUp,
        on: true,
        thread: None,
    }
    20 SeatMuted { seat: ADA, by: GRACE, muted: true }
    21 SlowModeChanged { by: GRACE, seconds: 10 }
    9 HelpRaised {
        id: HelpRequestId::new(1),
        seat: ADA,
        at: Some(here()),
        message: Some(valid(HelpText::parse("git: command not found"))),
    }
    10 HelpClaimed { id: HelpRequestId::new(1), seat: ADA, by: GRACE }
    22 HelpHandedBack { id: HelpRequestId::new(1), seat: ADA, by: GRACE }
    11 HelpResolved { id: HelpRequestId::new(1), seat: ADA, by: GRACE }
    13 HelpWithdrawn { id: HelpRequestId::new(2), seat: ADA }
    23 PaceAsked { id: PaceId::new(1), by: GRACE, at: here() }
    24 PaceAnswered { id: PaceId::new(1), seat: ADA, answer: workshop::PaceAnswer::Done }
    25 PaceClosed { id: PaceId::new(1), by: GRACE }
    26 TimerStarted { by: GRACE, seconds: 600, label: Some(valid(TimerLabel::parse("Break"))) }
    27 TimerStopped { by: GRACE }
    28 LeadTaken { by: GRACE, at: Some(here()) }
    29 LeadMoved { by: GRACE, at: here() }
    30 LeadReleased { by: GRACE }
    31 FollowingChanged { seat: ADA, following: false }
    32 StepsLimited { by: GRACE, codelab: codelab(), last: Some(first_step()) }
    33 PollOpened { id: PollId::new(1), by: GRACE, form: Arc::new(poll_form()) }
    34 PollAnswered {
        id: PollId::new(1),
        seat: ADA,
        answer: workshop::PollAnswer::Options([0].into()),
    }
    35 PollClosed { id: PollId::new(1), by: GRACE }
    36 PollRevealed { id: PollId::new(1), by: GRACE, revealed: true }
    37 PollReset { id: PollId::new(1), by: GRACE }
    42 QuizAnswered {
        seat: ADA,
        at: here(),
        quiz: quiz().key,
        choices: [1].into(),
        right: true,
        explanation: quiz().explanation,
    }
    39 FeedbackGiven {
        seat: Some(ADA),
        difficulty: Grade::new(2),
        satisfaction: Grade::new(5),
        comment: Some(valid(FeedbackText::parse("More of this!"))),
    }
    40 WorkSubmitted {
        id: SubmissionId::new(1),
        seat: ADA,
        work: workshop::Work::Link(valid(LinkAddress::parse("https://git.example/ada"))),
    }
    41 WorkshopImported { on: Timestamp::from_ms(START_MS + 86_400_000) }
    14 JoinCodeRequirementChanged { required: false }
    15 WorkshopEnded { by: GRACE }
    43 EndScheduled { by: GRACE, at: Some(Timestamp::from_ms(START_MS + 600_000)) }
}

/// The events of [`recorded`], on the wire.
#[must_use]
pub fn events() -> Vec<EventMessage> {
    let state = state();
    recorded()
        .iter()
        .map(|recorded| EventMessage::of(recorded, &state))
        .collect()
}

/// The workshop when Ada has just asked for help.
#[must_use]
pub fn state() -> WorkshopState {
    let grace = Event::SeatTaken {
        seat: GRACE,
        role: Role::Facilitator(FacilitatorId::from_bits(1)),
        name: valid(Name::parse("Grace")),
        ordinal: 1,
    };
    let mut log = recorded();
    log.push(recorded_at(2, grace));
    log.sort_by_key(|recorded| recorded.seq);
    let mut state = WorkshopState::default();
    for recorded in log.iter().filter(|recorded| recorded.seq.get() <= 9) {
        apply(&mut state, recorded);
    }
    state
}

/// [`state`] as a seat may see it.
///
/// # Panics
/// For a seat that is neither [`GRACE`]'s nor [`ADA`]'s.
#[must_use]
pub fn snapshot(viewer: SeatId) -> Snapshot {
    let workshop = valid("2c9fvk4zt0s7m".parse::<WorkshopId>());
    Snapshot::of(workshop, &state(), viewer).expect("the seat is in the workshop")
}

/// A refusal as it travels.
#[must_use]
pub fn problem() -> Problem {
    Problem::from(Rejection::HelpAlreadyRaised(HelpRequestId::new(1)))
}

/// A problem with every field.
#[must_use]
pub fn full_problem() -> Problem {
    let mut problem = Problem::new(ProblemCode::ImportFailed, "a codelab needs a title");
    problem.field = Some("file".to_owned());
    problem.file = Some("git/index.md".to_owned());
    problem.line = Some(3);
    problem.import = Some(ImportRefusal {
        reason: ImportReason::TooLarge,
        subject: "2".to_owned(),
    });
    problem.conflict = Some(RevisionConflict {
        newest: 3,
        saved_by: Some("Linus".to_owned()),
    });
    problem.retry_after_seconds = Some(1);
    problem
}

fn ada() -> Person {
    snapshot(ADA).you.person
}

fn agenda() -> Arc<[AgendaCodelab]> {
    let content = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    let step = |step, title: &str, minutes, quizzes: &[Quiz]| AgendaStep {
        step,
        title: title.into(),
        minutes,
        content: valid(content.parse::<ContentHash>()),
        quizzes: quizzes.into(),
    };
    Arc::from([AgendaCodelab {
        codelab: codelab(),
        revision: 1,
        title: "Git from zero".into(),
        guide: Some(valid(content.parse())),
        required: Arc::from([]),
        steps: Arc::from([
            step(first_step(), "Install Git", Some(5), &[quiz()]),
            step(
                valid("5t1hqk3x7p9dz".parse()),
                "Your first commit",
                None,
                &[],
            ),
        ]),
    }])
}

/// The codelab with its second step shortened.
fn revised() -> AgendaCodelab {
    let mut codelab = agenda()[0].clone();
    codelab.revision = 2;
    let mut steps = codelab.steps.to_vec();
    steps[1].minutes = Some(3);
    codelab.steps = steps.into();
    codelab
}

fn greeting() -> MessageBody {
    let mut body = MessageBody::text(valid(MessageText::parse("Good morning, Grace!")));
    body.mentions = [GRACE].into();
    body
}

fn quiz() -> Quiz {
    Quiz {
        key: valid("4h2n8c5w0m6rx".parse()),
        question: "What takes a change into the next commit?".into(),
        options: ["git log", "git add"].map(Into::into).into(),
        right: [1].into(),
        explanation: Some("It puts the change into the index.".into()),
    }
}

fn poll_form() -> workshop::PollForm {
    let option = |text| valid(PollLabel::parse(text));
    workshop::PollForm {
        question: valid(PollQuestion::parse("Have you used Git before?")),
        kind: workshop::PollKind::Single([option("Yes"), option("Not yet")].into()),
    }
}

fn here() -> StepRef {
    StepRef {
        codelab: codelab(),
        step: first_step(),
    }
}

fn codelab() -> CodelabId {
    valid("4w1k0m8s3t2qz".parse())
}

fn first_step() -> StepId {
    valid("0n6r2y8c5b1ev".parse())
}

/// The id of a browser's `number`th command.
fn command(number: u128) -> Uuid {
    Uuid::from_u128(0x8f14_e45f_ceea_467f_a8d3_0000_0000_0000 | number)
}

/// Events of the example are a second apart.
fn recorded_at(seq: i64, event: Event) -> Recorded {
    Recorded {
        seq: Seq::new(seq),
        at: Timestamp::from_ms(START_MS + seq * 1000),
        event,
    }
}

/// The examples are constants in all but name; `tests` make each.
fn valid<T, E: std::fmt::Debug>(parsed: Result<T, E>) -> T {
    parsed.expect("an example is valid")
}
