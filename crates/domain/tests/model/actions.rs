//! Whatever people try: every command, of every seat, with ids that are right
//! and ids that are not.

use std::{collections::BTreeSet, sync::Arc};

use domain::{
    AnnouncementText, CodelabId, ContentHash, FacilitatorId, HelpRequestId, HelpText, JoinCode,
    MessageId, MessageText, Name, PaceId, PollId, PollLabel, PollQuestion, PollText, PollWord,
    QuizKey, SeatId, TimerLabel,
    workshop::{
        Admission, AgendaCodelab, Command, MessageBody, PaceAnswer, Picture, PollAnswer, PollForm,
        PollKind, Reaction, StepRef,
    },
};
use proptest::{collection::vec, option, prelude::*, sample::select};

use crate::room::{CODE, SEVERAL, SINGLE, agenda_step, quiz, step};

#[derive(Clone, Debug)]
pub enum Action {
    Admit(Admission),
    Act(SeatId, Command),
    /// A codelab was edited.
    Revise(AgendaCodelab),
    /// Time passes, or the clock is set back.
    Wait(i64),
}

pub fn action() -> impl Strategy<Value = Action> {
    let act = |(seat, command)| Action::Act(seat, command);
    prop_oneof![
        6 => admission().prop_map(Action::Admit),
        90 => (seat(), command()).prop_map(act),
        4 => codelab().prop_map(Action::Revise),
        12 => (-40_000..60_000_i64).prop_map(Action::Wait),
        1 => (seat(), Just(Command::EndWorkshop)).prop_map(act),
        2 => (seat(), option::of(select(vec![0, 1, 2, 60, 61]))).prop_map(|(seat, minutes)| {
            Action::Act(seat, Command::ScheduleEnd(minutes))
        }),
    ]
}

pub fn admission() -> impl Strategy<Value = Admission> {
    // "STRASSE" and "Ada"/"ADA"/" ada" show what counts as the same name.
    let names = ["Ada", "ADA", " ada ", "민수", "Élise", "élise"];
    let name = select(names.to_vec()).prop_map(|n| Name::parse(n).unwrap());
    let code = select(vec![Some(CODE), Some(CODE), Some("ABCDEF"), None]);
    let code = code.prop_map(|code| code.map(|code| JoinCode::parse(code).unwrap()));
    prop_oneof![
        3 => (name.clone(), code).prop_map(|(name, code)| Admission::Attendee { name, code }),
        1 => (1..=3_u64, name).prop_map(|(id, name)| Admission::Facilitator {
            id: FacilitatorId::from_bits(id),
            name,
        }),
    ]
}

/// Some of four steps, in some order; also none.
fn codelab() -> impl Strategy<Value = AgendaCodelab> {
    let numbers = Just(vec![1, 2, 3, 4]).prop_shuffle();
    let parts = (1..=3_u64, 0..=9_u32, numbers, 0..=4_usize, 0..=2_u8);
    parts.prop_map(|(id, revision, numbers, count, right)| {
        let steps = numbers.iter().take(count);
        // The right answer changes, and one quiz goes.
        let edited = |number: &u64| {
            let mut step = agenda_step(id, *number);
            step.quizzes = [quiz(SINGLE, &[right])].into();
            step
        };
        AgendaCodelab {
            codelab: CodelabId::from_bits(id),
            revision,
            title: format!("Revision {revision}").into(),
            guide: None,
            required: Arc::from([]),
            steps: steps.map(edited).collect(),
        }
    })
}

/// The room begins with five people; more may come.
fn seat() -> impl Strategy<Value = SeatId> {
    (1..=7_u32).prop_map(SeatId::new)
}

fn step_ref() -> impl Strategy<Value = StepRef> {
    // A few that are not on the agenda.
    (1..=3_u64, 1..=4_u64).prop_map(|(codelab, number)| step(codelab, number))
}

fn command() -> impl Strategy<Value = Command> {
    prop_oneof![
        4 => steps(),
        7 => talk(),
        4 => moderation(),
        4 => help(),
        6 => pacing(),
        5 => polls(),
        4 => quizzes(),
        1 => any::<bool>().prop_map(Command::RequireJoinCode),
    ]
}

fn steps() -> impl Strategy<Value = Command> {
    prop_oneof![
        4 => step_ref().prop_map(Command::EnterStep),
        3 => step_ref().prop_map(Command::CompleteStep),
        2 => step_ref().prop_map(Command::ReopenStep),
    ]
}

fn message() -> impl Strategy<Value = MessageId> {
    (1..=9_u32).prop_map(MessageId::new)
}

fn body() -> impl Strategy<Value = MessageBody> {
    let texts = ["hi", "```\ncode\n```", "안녕"];
    let text = select(texts.to_vec()).prop_map(|text| MessageText::parse(text).unwrap());
    let picture = any::<u8>().prop_map(|byte| Picture {
        file: ContentHash::from_bytes([byte; 32]),
        width: 1,
        height: 2,
    });
    let said = (option::of(text), option::weighted(0.2, picture))
        .prop_filter_map("nothing said", |(text, picture)| {
            MessageBody::of(text, picture)
        });
    let mentions = vec(seat(), 0..3);
    (said, option::weighted(0.3, message()), mentions).prop_map(|(mut body, reply_to, mentions)| {
        body.reply_to = reply_to;
        body.mentions = mentions.into();
        body
    })
}

pub fn reaction() -> impl Strategy<Value = Reaction> {
    select(vec![Reaction::ThumbsUp, Reaction::Heart, Reaction::Eyes])
}

fn talk() -> impl Strategy<Value = Command> {
    let announcement = (select(vec!["all", "```\nx\n```"]), any::<bool>());
    prop_oneof![
        4 => body().prop_map(Command::PostMessage),
        4 => (option::of(seat()), body())
            .prop_map(|(with, message)| Command::PostDirectMessage { with, message }),
        2 => announcement.prop_map(|(text, pinned)| Command::Announce {
            text: AnnouncementText::parse(text).unwrap(),
            pinned,
        }),
        4 => (message(), reaction(), any::<bool>())
            .prop_map(|(message, reaction, on)| Command::React { message, reaction, on }),
    ]
}

fn moderation() -> impl Strategy<Value = Command> {
    prop_oneof![
        2 => message().prop_map(Command::DeleteMessage),
        4 => (message(), any::<bool>())
            .prop_map(|(message, pinned)| Command::PinMessage { message, pinned }),
        2 => (seat(), any::<bool>()).prop_map(|(seat, muted)| Command::MuteSeat { seat, muted }),
        1 => select(vec![0, 1, 30, 300, 301, u32::MAX]).prop_map(Command::SetSlowMode),
    ]
}

fn help() -> impl Strategy<Value = Command> {
    let id = || (1..=6_u32).prop_map(HelpRequestId::new);
    let message = option::of(Just(HelpText::parse("stuck").unwrap()));
    prop_oneof![
        5 => (option::of(step_ref()), message)
            .prop_map(|(at, message)| Command::RaiseHelp { at, message }),
        4 => id().prop_map(Command::ClaimHelp),
        3 => id().prop_map(Command::HandBackHelp),
        3 => id().prop_map(Command::ResolveHelp),
        2 => id().prop_map(Command::WithdrawHelp),
    ]
}

fn pacing() -> impl Strategy<Value = Command> {
    let id = || (1..=3_u32).prop_map(PaceId::new);
    let answer = select(vec![PaceAnswer::Done, PaceAnswer::Stuck]);
    let label = option::of(Just(TimerLabel::parse("Break").unwrap()));
    let seconds = select(vec![0, 1, 600, 86_400, 86_401, u32::MAX]);
    let codelab = (1..=3_u64).prop_map(CodelabId::from_bits);
    prop_oneof![
        2 => step_ref().prop_map(Command::AskPace),
        5 => (id(), answer).prop_map(|(pace, answer)| Command::AnswerPace { pace, answer }),
        1 => id().prop_map(Command::ClosePace),
        1 => (seconds, label)
            .prop_map(|(seconds, label)| Command::StartTimer { seconds, label }),
        1 => Just(Command::StopTimer),
        3 => Just(Command::TakeLead),
        1 => Just(Command::ReleaseLead),
        1 => any::<bool>().prop_map(Command::SetFollowing),
        2 => step_ref().prop_map(|at| Command::LimitSteps {
            codelab: at.codelab,
            last: Some(at.step),
        }),
        1 => codelab.prop_map(|codelab| Command::LimitSteps { codelab, last: None }),
    ]
}

pub fn label(text: &str) -> PollLabel {
    PollLabel::parse(text).unwrap()
}

pub fn form(kind: PollKind) -> Arc<PollForm> {
    Arc::new(PollForm {
        question: PollQuestion::parse("How is it going?").unwrap(),
        kind,
    })
}

fn poll_kind() -> impl Strategy<Value = PollKind> {
    let options = |texts: &[&str]| texts.iter().map(|text| label(text)).collect();
    let scale = |max| PollKind::Scale {
        max,
        low: None,
        high: Some(label("hard")),
    };
    select(vec![
        PollKind::Single(options(&["yes", "no"])),
        PollKind::Multiple(options(&["a", "b", "c"])),
        scale(5),
        PollKind::Text,
        PollKind::Words,
        // Cannot be asked.
        PollKind::Single(options(&["yes"])),
        PollKind::Multiple(options(&["a", "a"])),
        scale(1),
    ])
}

fn poll_answer() -> impl Strategy<Value = PollAnswer> {
    let options = prop::collection::btree_set(0..4_u8, 0..3);
    let text = select(vec!["too fast", "just right"]);
    let word = select(vec!["Git", "git", "rust", "fun"]);
    let word = word.prop_map(|word| PollWord::parse(word).unwrap());
    prop_oneof![
        3 => options.prop_map(PollAnswer::Options),
        3 => (0..3_u8).prop_map(|option| PollAnswer::Options(BTreeSet::from([option]))),
        2 => (0..7_u8).prop_map(PollAnswer::Scale),
        2 => text.prop_map(|text| PollAnswer::Text(PollText::parse(text).unwrap())),
        2 => vec(word, 0..5).prop_map(PollAnswer::Words),
    ]
}

fn polls() -> impl Strategy<Value = Command> {
    let id = || (1..=4_u32).prop_map(PollId::new);
    prop_oneof![
        2 => poll_kind().prop_map(|kind| Command::OpenPoll(form(kind))),
        10 => (id(), poll_answer()).prop_map(|(poll, answer)| Command::AnswerPoll { poll, answer }),
        1 => id().prop_map(Command::ClosePoll),
        1 => (id(), any::<bool>())
            .prop_map(|(poll, revealed)| Command::RevealPoll { poll, revealed }),
        1 => id().prop_map(Command::ResetPoll),
    ]
}

fn quizzes() -> impl Strategy<Value = Command> {
    let key = select(vec![SINGLE, SINGLE, SEVERAL, QuizKey::from_bits(99)]);
    let choices = prop_oneof![
        3 => (0..3_u8).prop_map(|choice| BTreeSet::from([choice])),
        1 => prop::collection::btree_set(0..4_u8, 0..4),
    ];
    (step_ref(), key, choices).prop_map(|(at, quiz, choices)| Command::AnswerQuiz {
        at,
        quiz,
        choices,
    })
}
