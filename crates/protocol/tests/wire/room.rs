//! Random workshops, made by the rules of the domain.

use std::sync::Arc;

use domain::{
    AnnouncementText, CodelabId, ContentHash, FacilitatorId, HelpRequestId, HelpText, JoinCode,
    MessageId, MessageText, Name, PaceId, PollId, PollQuestion, PollText, QuizKey, SeatId, StepId,
    Timestamp, WorkshopTitle,
    workshop::{
        Admission, AgendaCodelab, AgendaStep, Command, Event, MessageBody, PaceAnswer, PollAnswer,
        PollForm, PollKind, Quiz, Reaction, Recorded, Start, StepRef, WorkshopState, admit, apply,
        decide, start,
    },
};
use proptest::{collection::vec, prelude::*, sample::select};

/// The room's join code; occurs in no other text of it.
pub const JOIN_CODE: &str = "K7M3PQ";

/// The last millisecond of the year 9999.
const LAST_MS: i64 = 253_402_300_799_999;

/// Something that somebody tries; the rules may refuse it.
#[derive(Clone, Copy, Debug)]
pub enum Attempt {
    Join(&'static str),
    Facilitate(u64),
    Ask(u32, Wish),
}

/// What a seat asks for.
#[derive(Clone, Copy, Debug)]
pub enum Wish {
    Enter(u64, u64),
    Complete(u64, u64),
    Reopen(u64, u64),
    Post(Option<u32>),
    Direct(Option<u32>),
    Announce(bool),
    Delete(u32),
    Pin(u32),
    React(u32, bool),
    Mute(u32, bool),
    RaiseHelp(Option<(u64, u64)>),
    ClaimHelp(u32),
    HandBackHelp(u32),
    ResolveHelp(u32),
    WithdrawHelp(u32),
    AskPace(u64, u64),
    AnswerPace(u32, bool),
    StartTimer,
    TakeLead,
    Follow(bool),
    Limit(u64, u64),
    OpenPoll,
    AnswerPoll(u32),
    RevealPoll(u32),
    ResetPoll(u32),
    AnswerQuiz(u64, u64, u8),
    RequireJoinCode(bool),
    EndWorkshop,
}

/// A workshop and its log.
#[derive(Clone, Debug)]
pub struct Room {
    pub state: WorkshopState,
    pub log: Vec<Recorded>,
}

/// Any workshop that the rules allow.
pub fn any_room() -> impl Strategy<Value = Room> {
    (any::<bool>(), 0..=LAST_MS, vec(attempt(), 0..60)).prop_map(|(code_required, at, attempts)| {
        let mut room = Room::open(code_required, Timestamp::from_ms(at));
        for attempt in attempts {
            room.attempt(attempt);
        }
        room
    })
}

fn attempt() -> impl Strategy<Value = Attempt> {
    prop_oneof![
        2 => select(vec!["Ada", "ada", "김민수", "Linus"]).prop_map(Attempt::Join),
        1 => (0..3_u64).prop_map(Attempt::Facilitate),
        8 => (1..8_u32, wish()).prop_map(|(seat, wish)| Attempt::Ask(seat, wish)),
    ]
}

fn wish() -> impl Strategy<Value = Wish> {
    let place = || (0..3_u64, 0..4_u64);
    let id = || 1..6_u32;
    let who = || 1..8_u32;
    let steps = prop_oneof![
        4 => place().prop_map(|(codelab, step)| Wish::Enter(codelab, step)),
        4 => place().prop_map(|(codelab, step)| Wish::Complete(codelab, step)),
        2 => place().prop_map(|(codelab, step)| Wish::Reopen(codelab, step)),
    ];
    let talk = prop_oneof![
        3 => proptest::option::of(who()).prop_map(Wish::Post),
        3 => proptest::option::of(who()).prop_map(Wish::Direct),
        1 => any::<bool>().prop_map(Wish::Announce),
        1 => id().prop_map(Wish::Delete),
        1 => id().prop_map(Wish::Pin),
        2 => (id(), any::<bool>()).prop_map(|(message, on)| Wish::React(message, on)),
        1 => (who(), any::<bool>()).prop_map(|(whom, muted)| Wish::Mute(whom, muted)),
    ];
    let help = prop_oneof![
        5 => proptest::option::of(place()).prop_map(Wish::RaiseHelp),
        2 => id().prop_map(Wish::ClaimHelp),
        1 => id().prop_map(Wish::HandBackHelp),
        2 => id().prop_map(Wish::ResolveHelp),
        1 => id().prop_map(Wish::WithdrawHelp),
    ];
    let pacing = prop_oneof![
        2 => place().prop_map(|(codelab, step)| Wish::AskPace(codelab, step)),
        3 => (1..3_u32, any::<bool>()).prop_map(|(question, done)| Wish::AnswerPace(question, done)),
        1 => Just(Wish::StartTimer),
        1 => Just(Wish::TakeLead),
        1 => any::<bool>().prop_map(Wish::Follow),
        1 => place().prop_map(|(codelab, step)| Wish::Limit(codelab, step)),
    ];
    let polls = prop_oneof![
        2 => Just(Wish::OpenPoll),
        4 => (1..3_u32).prop_map(Wish::AnswerPoll),
        1 => (1..3_u32).prop_map(Wish::RevealPoll),
        1 => (1..3_u32).prop_map(Wish::ResetPoll),
    ];
    prop_oneof![
        10 => steps,
        8 => talk,
        10 => help,
        6 => pacing,
        6 => polls,
        4 => (0..2_u64, 0..3_u64, 0..3_u8)
            .prop_map(|(codelab, step, choice)| Wish::AnswerQuiz(codelab, step, choice)),
        1 => any::<bool>().prop_map(Wish::RequireJoinCode),
        1 => Just(Wish::EndWorkshop),
    ]
}

impl Room {
    /// A workshop with two codelabs of three steps and nobody in it.
    pub fn open(code_required: bool, at: Timestamp) -> Self {
        let step = |codelab: u64, step: u64| AgendaStep {
            step: place(codelab, step).step,
            title: format!("Step {step}").into(),
            minutes: (step > 0).then_some(5),
            content: ContentHash::from_bytes([7; 32]),
            quizzes: [quiz(codelab, step)].into(),
        };
        let agenda = (0..2).map(|codelab| AgendaCodelab {
            codelab: place(codelab, 0).codelab,
            revision: 1,
            title: format!("Codelab {codelab}").into(),
            guide: None,
            required: Arc::from([]),
            steps: Arc::from([step(codelab, 0), step(codelab, 1), step(codelab, 2)]),
        });
        let events = start(Start {
            title: WorkshopTitle::parse("Saturday").unwrap(),
            join_code: JoinCode::parse(JOIN_CODE).unwrap(),
            code_required,
            agenda: agenda.collect(),
        });
        let mut room = Self {
            state: WorkshopState::default(),
            log: Vec::new(),
        };
        room.record(events.unwrap(), at);
        room
    }

    /// Does what the rules allow.
    pub fn attempt(&mut self, attempt: Attempt) {
        let now = self.log.last().map_or(0, |last| last.at.as_ms());
        let decided = match attempt {
            Attempt::Join(name) => admit(
                &self.state,
                Admission::Attendee {
                    name: Name::parse(name).unwrap(),
                    code: JoinCode::parse(JOIN_CODE).ok(),
                },
            ),
            Attempt::Facilitate(who) => admit(
                &self.state,
                Admission::Facilitator {
                    id: FacilitatorId::from_bits(who),
                    name: Name::parse("Grace").unwrap(),
                },
            ),
            Attempt::Ask(seat, wish) => match self.state.seat(SeatId::new(seat)) {
                Some(seat) => decide(
                    &self.state,
                    seat,
                    command(seat.id, wish),
                    Timestamp::from_ms(now),
                ),
                None => return,
            },
        };
        if let Ok(events) = decided {
            self.record(
                events,
                Timestamp::from_ms(now.saturating_add(1).min(LAST_MS)),
            );
        }
    }

    fn record(&mut self, events: Vec<Event>, at: Timestamp) {
        for event in events {
            let seq = self.state.seq().next();
            let recorded = Recorded { seq, at, event };
            apply(&mut self.state, &recorded);
            self.log.push(recorded);
        }
    }
}

/// What only `seat` and facilitators may read.
pub fn secret_of(seat: SeatId) -> String {
    format!("secret of seat {seat}.")
}

/// What only `seat` may read: what it answered to a poll.
pub fn answer_of(seat: SeatId) -> String {
    format!("answer of seat {seat}.")
}

fn command(seat: SeatId, wish: Wish) -> Command {
    match wish {
        Wish::Enter(codelab, step) => Command::EnterStep(place(codelab, step)),
        Wish::Complete(codelab, step) => Command::CompleteStep(place(codelab, step)),
        Wish::Reopen(codelab, step) => Command::ReopenStep(place(codelab, step)),
        Wish::Post(whom) => {
            let mut body = MessageBody::text(MessageText::parse("Hello").unwrap());
            body.mentions = whom.into_iter().map(SeatId::new).collect();
            Command::PostMessage(body)
        }
        Wish::Direct(whom) => {
            let whom = whom.map(SeatId::new);
            let text = secret_of(whom.unwrap_or(seat));
            Command::PostDirectMessage {
                with: whom,
                message: MessageBody::text(MessageText::parse(&text).unwrap()),
            }
        }
        Wish::Announce(pinned) => Command::Announce {
            text: AnnouncementText::parse("Break").unwrap(),
            pinned,
        },
        Wish::Delete(id) => Command::DeleteMessage(MessageId::new(id)),
        Wish::Pin(id) => Command::PinMessage {
            message: MessageId::new(id),
            pinned: true,
        },
        Wish::React(id, on) => Command::React {
            message: MessageId::new(id),
            reaction: Reaction::Eyes,
            on,
        },
        Wish::Mute(whom, muted) => Command::MuteSeat {
            seat: SeatId::new(whom),
            muted,
        },
        Wish::RaiseHelp(at) => Command::RaiseHelp {
            at: at.map(|(codelab, step)| place(codelab, step)),
            message: Some(HelpText::parse(&secret_of(seat)).unwrap()),
        },
        Wish::ClaimHelp(id) => Command::ClaimHelp(HelpRequestId::new(id)),
        Wish::HandBackHelp(id) => Command::HandBackHelp(HelpRequestId::new(id)),
        Wish::ResolveHelp(id) => Command::ResolveHelp(HelpRequestId::new(id)),
        Wish::WithdrawHelp(id) => Command::WithdrawHelp(HelpRequestId::new(id)),
        Wish::AskPace(codelab, step) => Command::AskPace(place(codelab, step)),
        Wish::AnswerPace(question, done) => Command::AnswerPace {
            pace: PaceId::new(question),
            answer: if done {
                PaceAnswer::Done
            } else {
                PaceAnswer::Stuck
            },
        },
        Wish::StartTimer => Command::StartTimer {
            seconds: 60,
            label: None,
        },
        Wish::TakeLead => Command::TakeLead,
        Wish::Follow(following) => Command::SetFollowing(following),
        Wish::Limit(codelab, step) => Command::LimitSteps {
            codelab: place(codelab, step).codelab,
            last: Some(place(codelab, step).step),
        },
        Wish::OpenPoll => Command::OpenPoll(Arc::new(PollForm {
            question: PollQuestion::parse("How?").unwrap(),
            kind: PollKind::Text,
        })),
        Wish::AnswerPoll(poll) => Command::AnswerPoll {
            poll: PollId::new(poll),
            answer: PollAnswer::Text(PollText::parse(&answer_of(seat)).unwrap()),
        },
        Wish::RevealPoll(poll) => Command::RevealPoll {
            poll: PollId::new(poll),
            revealed: true,
        },
        Wish::ResetPoll(poll) => Command::ResetPoll(PollId::new(poll)),
        Wish::AnswerQuiz(codelab, step, choice) => Command::AnswerQuiz {
            at: place(codelab, step),
            quiz: quiz(codelab, step).key,
            choices: [choice].into(),
        },
        Wish::RequireJoinCode(required) => Command::RequireJoinCode(required),
        Wish::EndWorkshop => Command::EndWorkshop,
    }
}

/// The quiz of a step. Its question and options are in the step's HTML and nowhere else.
pub fn quiz(codelab: u64, step: u64) -> Quiz {
    Quiz {
        key: QuizKey::from_bits(100 + 10 * codelab + step),
        question: "asked in the step".into(),
        options: ["asked in the step, a", "asked in the step, b"]
            .map(Into::into)
            .into(),
        right: [1].into(),
        explanation: Some(format!("why {codelab} {step}").into()),
    }
}

/// A place on the agenda, or beside it. The ids use all their bits.
fn place(codelab: u64, step: u64) -> StepRef {
    StepRef {
        codelab: CodelabId::from_bits(u64::MAX - codelab),
        step: StepId::from_bits(u64::MAX - 10 * codelab - step),
    }
}
