//! From the wire to the domain: what each message of a browser asks for.

use domain::{
    AnnouncementText, CommandId, HelpRequestId, HelpText, MessageText,
    workshop::{Command, StepRef},
};
use protocol::{ClientMessage, Hello, Request, examples};

#[test]
fn every_message_asks_for_what_its_name_says() {
    let at = StepRef {
        codelab: "4w1k0m8s3t2qz".parse().unwrap(),
        step: "0n6r2y8c5b1ev".parse().unwrap(),
    };
    let commands = [
        Command::EnterStep(at),
        Command::CompleteStep(at),
        Command::ReopenStep(at),
        Command::PostMessage(MessageText::parse("Good morning!").unwrap()),
        Command::Announce(AnnouncementText::parse("Ten minutes' break.").unwrap()),
        Command::RaiseHelp {
            at: Some(at),
            message: Some(HelpText::parse("git: command not found").unwrap()),
        },
        Command::ClaimHelp(HelpRequestId::new(1)),
        Command::ResolveHelp(HelpRequestId::new(1)),
        Command::WithdrawHelp(HelpRequestId::new(2)),
        Command::RequireJoinCode(false),
        Command::EndWorkshop,
    ];
    let mut expected = vec![Request::Hello(Hello {
        protocol: 1,
        after: Some(9),
    })];
    for (number, command) in (1..).zip(commands) {
        let id = CommandId::from_bits(0x8f14_e45f_ceea_467f_a8d3_0000_0000_0000 | number);
        expected.push(Request::Command(id, Ok(command)));
    }
    let requests: Vec<Request> = examples::browser_messages()
        .into_iter()
        .map(ClientMessage::into_request)
        .collect();
    assert_eq!(requests, expected);
}
