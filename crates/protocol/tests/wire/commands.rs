//! From the wire to the domain: what each message of a browser asks for.

use std::sync::Arc;

use domain::{
    AnnouncementText, CommandId, HelpRequestId, HelpText, MessageId, MessageText, PaceId, PollId,
    PollLabel, PollQuestion, SeatId, TimerLabel,
    workshop::{
        Command, MessageBody, PaceAnswer, PollAnswer, PollForm, PollKind, Reaction, StepRef,
    },
};
use protocol::{ClientMessage, Hello, PROTOCOL, Request, examples};

fn here() -> StepRef {
    StepRef {
        codelab: "4w1k0m8s3t2qz".parse().unwrap(),
        step: "0n6r2y8c5b1ev".parse().unwrap(),
    }
}

/// What is asked for in a conversation, each with the number of its id.
fn conversation() -> Vec<(u128, Command)> {
    let mut greeting = MessageBody::text(MessageText::parse("Good morning, Grace!").unwrap());
    greeting.mentions = [SeatId::new(1)].into();
    let message = MessageId::new(1);
    vec![
        (4, Command::PostMessage(greeting)),
        (
            12,
            Command::PostDirectMessage {
                with: None,
                message: MessageBody::text(MessageText::parse("May I use my own editor?").unwrap()),
            },
        ),
        (
            5,
            Command::Announce {
                text: AnnouncementText::parse("Ten minutes' break.").unwrap(),
                pinned: false,
            },
        ),
        (13, Command::DeleteMessage(message)),
        (
            14,
            Command::PinMessage {
                message,
                pinned: true,
            },
        ),
        (
            15,
            Command::React {
                message,
                reaction: Reaction::ThumbsUp,
                on: true,
            },
        ),
        (
            16,
            Command::MuteSeat {
                seat: SeatId::new(2),
                muted: true,
            },
        ),
        (17, Command::SetSlowMode(10)),
    ]
}

fn help() -> Vec<(u128, Command)> {
    vec![
        (
            6,
            Command::RaiseHelp {
                at: Some(here()),
                message: Some(HelpText::parse("git: command not found").unwrap()),
            },
        ),
        (7, Command::ClaimHelp(HelpRequestId::new(1))),
        (18, Command::HandBackHelp(HelpRequestId::new(1))),
        (8, Command::ResolveHelp(HelpRequestId::new(1))),
        (9, Command::WithdrawHelp(HelpRequestId::new(2))),
    ]
}

/// What keeps a room together.
fn pacing() -> Vec<(u128, Command)> {
    let (at, pace) = (here(), PaceId::new(1));
    vec![
        (19, Command::AskPace(at)),
        (
            20,
            Command::AnswerPace {
                pace,
                answer: PaceAnswer::Done,
            },
        ),
        (21, Command::ClosePace(pace)),
        (
            22,
            Command::StartTimer {
                seconds: 600,
                label: Some(TimerLabel::parse("Break").unwrap()),
            },
        ),
        (23, Command::StopTimer),
        (24, Command::TakeLead),
        (25, Command::ReleaseLead),
        (26, Command::SetFollowing(false)),
        (
            27,
            Command::LimitSteps {
                codelab: at.codelab,
                last: Some(at.step),
            },
        ),
    ]
}

fn quiz() -> (u128, Command) {
    let answer = Command::AnswerQuiz {
        at: here(),
        quiz: "4h2n8c5w0m6rx".parse().unwrap(),
        choices: [1].into(),
    };
    (33, answer)
}

fn polls() -> Vec<(u128, Command)> {
    let label = |text| PollLabel::parse(text).unwrap();
    let form = PollForm {
        question: PollQuestion::parse("Have you used Git before?").unwrap(),
        kind: PollKind::Single([label("Yes"), label("Not yet")].into()),
    };
    let poll = PollId::new(1);
    vec![
        (28, Command::OpenPoll(Arc::new(form))),
        (
            29,
            Command::AnswerPoll {
                poll,
                answer: PollAnswer::Options([0].into()),
            },
        ),
        (30, Command::ClosePoll(poll)),
        (
            31,
            Command::RevealPoll {
                poll,
                revealed: true,
            },
        ),
        (32, Command::ResetPoll(poll)),
    ]
}

#[test]
fn every_message_asks_for_what_its_name_says() {
    let at = here();
    // In the order of the variants.
    let mut commands = vec![
        (1, Command::EnterStep(at)),
        (2, Command::CompleteStep(at)),
        (3, Command::ReopenStep(at)),
    ];
    commands.extend([conversation(), help(), pacing(), polls()].concat());
    commands.push(quiz());
    commands.push((10, Command::RequireJoinCode(false)));
    commands.push((34, Command::ScheduleEnd(Some(10))));
    commands.push((11, Command::EndWorkshop));
    let mut expected = vec![Request::Hello(Hello {
        protocol: PROTOCOL,
        after: Some(9),
    })];
    for (number, command) in commands {
        let id = CommandId::from_bits(0x8f14_e45f_ceea_467f_a8d3_0000_0000_0000 | number);
        expected.push(Request::Command(id, Ok(command)));
    }
    let requests: Vec<Request> = examples::browser_messages()
        .into_iter()
        .map(ClientMessage::into_request)
        .collect();
    assert_eq!(requests, expected);
}
