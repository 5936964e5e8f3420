//! Whatever people do, so that each kind of event comes about.

use std::sync::Arc;

use domain::{
    AnnouncementText, CodelabId, ContentHash, HelpRequestId, HelpText, MessageId, MessageText,
    PaceId, PollId, PollLabel, PollQuestion, PollText, PollWord, SeatId, TimerLabel,
    workshop::{
        Command, MessageBody, PaceAnswer, Picture, PollAnswer, PollForm, PollKind, Reaction,
        StepRef,
    },
};
use proptest::{option, prelude::*, sample::select};

use crate::support::{quiz, step};

#[derive(Clone, Debug)]
pub enum Action {
    Join(&'static str),
    Facilitate(u64),
    Act(u32, Command),
    /// A codelab was edited: which, to which revision, with how many steps.
    Revise(u64, u32, u64),
    /// Commit what has gathered.
    Commit,
}

pub fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        3 => select(vec!["Ada", "ada", "민수"]).prop_map(Action::Join),
        1 => (1..=2_u64).prop_map(Action::Facilitate),
        20 => (1..=4_u32, command()).prop_map(|(seat, command)| Action::Act(seat, command)),
        2 => (1..=3_u64, 1..=9_u32, 1..=4_u64)
            .prop_map(|(codelab, revision, steps)| Action::Revise(codelab, revision, steps)),
        4 => Just(Action::Commit),
        // Rare, since nothing happens after it.
        1 => (1..=40_u32).prop_map(|seat| Action::Act(seat, Command::EndWorkshop)),
    ]
}

/// So few that things are done, undone and done again.
fn step_ref() -> impl Strategy<Value = StepRef> {
    prop_oneof![
        9 => (1..=2_u64, 1..=2_u64).prop_map(|(codelab, number)| step(codelab, number)),
        1 => Just(step(3, 4)), // not on the agenda
    ]
}

fn command() -> impl Strategy<Value = Command> {
    prop_oneof![
        4 => steps(),
        4 => conversation(),
        3 => help(),
        2 => pacing(),
        2 => polls(),
        2 => quizzes(),
        1 => any::<bool>().prop_map(Command::RequireJoinCode),
    ]
}

fn steps() -> impl Strategy<Value = Command> {
    prop_oneof![
        6 => step_ref().prop_map(Command::EnterStep),
        4 => step_ref().prop_map(Command::CompleteStep),
        3 => step_ref().prop_map(Command::ReopenStep),
    ]
}

fn seat() -> impl Strategy<Value = SeatId> {
    (1..=4_u32).prop_map(SeatId::new)
}

fn message() -> impl Strategy<Value = MessageId> {
    (1..=5_u32).prop_map(MessageId::new)
}

fn body() -> impl Strategy<Value = MessageBody> {
    let text = select(vec!["hi", "안녕\n\"'", "🦀 \\u0000"]);
    let text = text.prop_map(|text| MessageText::parse(text).unwrap());
    let picture = (any::<[u8; 32]>(), 1..9_u32).prop_map(|(file, width)| Picture {
        file: ContentHash::from_bytes(file),
        width,
        height: 7,
    });
    let mentions = prop::collection::vec(seat(), 0..3);
    let parts = (
        text,
        option::weighted(0.2, picture),
        option::weighted(0.3, message()),
        mentions,
    );
    parts.prop_map(|(text, picture, reply_to, mentions)| {
        let mut body = MessageBody::of(Some(text), picture).unwrap();
        body.reply_to = reply_to;
        body.mentions = mentions.into();
        body
    })
}

fn conversation() -> impl Strategy<Value = Command> {
    let announcement = AnnouncementText::parse("all").unwrap();
    let reaction = select(vec![Reaction::Heart, Reaction::Laugh]);
    prop_oneof![
        4 => body().prop_map(Command::PostMessage),
        3 => (option::of(seat()), body())
            .prop_map(|(with, message)| Command::PostDirectMessage { with, message }),
        2 => any::<bool>().prop_map(move |pinned| Command::Announce {
            text: announcement.clone(),
            pinned,
        }),
        2 => message().prop_map(Command::DeleteMessage),
        2 => (message(), any::<bool>())
            .prop_map(|(message, pinned)| Command::PinMessage { message, pinned }),
        3 => (message(), reaction, any::<bool>())
            .prop_map(|(message, reaction, on)| Command::React { message, reaction, on }),
        1 => (seat(), any::<bool>()).prop_map(|(seat, muted)| Command::MuteSeat { seat, muted }),
        1 => (0..2_u32).prop_map(Command::SetSlowMode),
    ]
}

fn help() -> impl Strategy<Value = Command> {
    let id = || (1..=4_u32).prop_map(HelpRequestId::new);
    let text = select(vec!["stuck", "다시"]).prop_map(|text| HelpText::parse(text).unwrap());
    prop_oneof![
        3 => (option::of(step_ref()), option::of(text))
            .prop_map(|(at, message)| Command::RaiseHelp { at, message }),
        3 => id().prop_map(Command::ClaimHelp),
        2 => id().prop_map(Command::HandBackHelp),
        2 => id().prop_map(Command::ResolveHelp),
        2 => id().prop_map(Command::WithdrawHelp),
    ]
}

fn pacing() -> impl Strategy<Value = Command> {
    let id = || (1..=3_u32).prop_map(PaceId::new);
    let answer = select(vec![PaceAnswer::Done, PaceAnswer::Stuck]);
    let label = option::of(Just(TimerLabel::parse("쉬는 시간").unwrap()));
    prop_oneof![
        step_ref().prop_map(Command::AskPace),
        (id(), answer).prop_map(|(pace, answer)| Command::AnswerPace { pace, answer }),
        id().prop_map(Command::ClosePace),
        (1..9_u32, label).prop_map(|(seconds, label)| Command::StartTimer { seconds, label }),
        Just(Command::StopTimer),
        Just(Command::TakeLead),
        Just(Command::ReleaseLead),
        any::<bool>().prop_map(Command::SetFollowing),
        (step_ref(), any::<bool>()).prop_map(|(at, limited)| Command::LimitSteps {
            codelab: at.codelab,
            last: limited.then_some(at.step),
        }),
        Just(Command::LimitSteps {
            codelab: CodelabId::from_bits(1),
            last: None,
        }),
    ]
}

fn poll_kind() -> impl Strategy<Value = PollKind> {
    let label = |text| PollLabel::parse(text).unwrap();
    let options: Arc<[PollLabel]> = [label("예"), label("아니요")].into();
    select(vec![
        PollKind::Single(Arc::clone(&options)),
        PollKind::Multiple(options),
        PollKind::Scale {
            max: 3,
            low: Some(label("easy")),
            high: None,
        },
        PollKind::Text,
        PollKind::Words,
    ])
}

fn polls() -> impl Strategy<Value = Command> {
    let id = || (1..=3_u32).prop_map(PollId::new);
    let form = |kind| PollForm {
        question: PollQuestion::parse("How?").unwrap(),
        kind,
    };
    let word = PollWord::parse("git").unwrap();
    let answer = prop_oneof![
        (0..2_u8).prop_map(|option| PollAnswer::Options([option].into())),
        (1..4_u8).prop_map(PollAnswer::Scale),
        Just(PollAnswer::Text(PollText::parse("so\nso").unwrap())),
        Just(PollAnswer::Words(vec![word.clone(), word])),
    ];
    prop_oneof![
        3 => poll_kind().prop_map(move |kind| Command::OpenPoll(Arc::new(form(kind)))),
        8 => (id(), answer).prop_map(|(poll, answer)| Command::AnswerPoll { poll, answer }),
        1 => id().prop_map(Command::ClosePoll),
        1 => (id(), any::<bool>())
            .prop_map(|(poll, revealed)| Command::RevealPoll { poll, revealed }),
        1 => id().prop_map(Command::ResetPoll),
    ]
}

fn quizzes() -> impl Strategy<Value = Command> {
    let choices = (0..3_u8).prop_map(|choice| [choice].into());
    (step_ref(), choices).prop_map(|(at, choices)| Command::AnswerQuiz {
        at,
        quiz: quiz().key,
        choices,
    })
}
