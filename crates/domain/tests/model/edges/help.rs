//! The queue, handing back, and the expected wait.

use domain::{
    HelpRequestId,
    workshop::{Command, HelpStatus, Rejection},
};

use crate::room::{ADA, BOB, EVE, GRACE, LINUS, Room};

const FIRST: HelpRequestId = HelpRequestId::new(1);
const SECOND: HelpRequestId = HelpRequestId::new(2);

fn raise() -> Command {
    Command::RaiseHelp {
        at: None,
        message: None,
    }
}

#[test]
fn what_is_handed_back_keeps_its_place() {
    let mut room = Room::with_people();
    room.act(ADA, raise());
    room.act(BOB, raise());
    room.wait(1_000);
    room.act(GRACE, Command::ClaimHelp(FIRST));
    let taken = room.state.help_request(FIRST).unwrap().taken_at;
    room.wait(1_000);
    room.act(GRACE, Command::HandBackHelp(FIRST));
    let request = room.state.help_request(FIRST).unwrap();
    assert_eq!(request.status, HelpStatus::Open);
    let queue: Vec<_> = room.state.help_queue().iter().map(|r| r.id).collect();
    assert_eq!(queue, [FIRST, SECOND]);
    // Who was reached once was reached then.
    room.wait(1_000);
    room.act(LINUS, Command::ClaimHelp(FIRST));
    assert_eq!(room.state.help_request(FIRST).unwrap().taken_at, taken);
}

#[test]
fn any_facilitator_hands_back_and_nobody_else() {
    let mut room = Room::with_people();
    room.act(ADA, raise());
    let hand_back = || Command::HandBackHelp(FIRST);
    assert_eq!(
        room.refused(GRACE, hand_back()),
        Rejection::HelpNotClaimed(FIRST)
    );
    room.act(GRACE, Command::ClaimHelp(FIRST));
    let taken = Rejection::HelpAlreadyClaimed {
        id: FIRST,
        by: GRACE,
    };
    assert_eq!(room.refused(LINUS, Command::ClaimHelp(FIRST)), taken);
    assert_eq!(room.act(GRACE, Command::ClaimHelp(FIRST)), []);
    assert_eq!(room.refused(ADA, hand_back()), Rejection::NotAFacilitator);
    room.act(LINUS, hand_back());
    room.act(ADA, Command::WithdrawHelp(FIRST));
    assert_eq!(
        room.refused(GRACE, hand_back()),
        Rejection::HelpAlreadyClosed(FIRST)
    );
    let unknown = Rejection::UnknownHelpRequest(SECOND);
    assert_eq!(room.refused(GRACE, Command::HandBackHelp(SECOND)), unknown);
}

#[test]
fn only_who_asked_withdraws() {
    let mut room = Room::with_people();
    room.act(ADA, raise());
    let refused = room.refused(BOB, Command::WithdrawHelp(FIRST));
    assert_eq!(refused, Rejection::NotYourHelpRequest(FIRST));
    room.act(GRACE, Command::ClaimHelp(FIRST));
    room.act(ADA, Command::WithdrawHelp(FIRST));
    assert!(room.state.help_queue().is_empty());
}

#[test]
fn nobody_knows_the_wait_before_somebody_was_helped() {
    let mut room = Room::with_people();
    room.act(ADA, raise());
    assert_eq!(room.state.wait_per_place_ms(), None);
    room.wait(60_000);
    room.act(ADA, Command::WithdrawHelp(FIRST));
    assert_eq!(room.state.wait_per_place_ms(), None, "nobody came");
    room.act(ADA, raise());
    room.wait(40_000);
    room.act(GRACE, Command::ResolveHelp(SECOND));
    assert_eq!(
        room.state.wait_per_place_ms(),
        Some(40_000),
        "helped in passing"
    );
}

#[test]
fn the_wait_is_counted_per_place() {
    let mut room = Room::with_people();
    for who in [ADA, BOB, EVE] {
        room.act(who, raise());
    }
    // The third waited 90 seconds behind two others.
    room.wait(90_000);
    let third = HelpRequestId::new(3);
    room.act(GRACE, Command::ClaimHelp(third));
    assert_eq!(room.state.wait_per_place_ms(), Some(30_000));
    room.wait(10_000);
    room.act(GRACE, Command::HandBackHelp(third));
    assert_eq!(room.state.wait_per_place_ms(), Some(30_000));
}

#[test]
fn the_wait_follows_the_ten_newest() {
    let mut room = Room::with_people();
    let mut id = FIRST;
    for seconds in (1..=12).chain([100, 200]) {
        room.act(ADA, raise());
        room.wait(seconds * 1_000);
        room.act(GRACE, Command::ResolveHelp(id));
        id = id.next();
    }
    // 5 to 12, 100 and 200: the upper of the two in the middle.
    assert_eq!(room.state.wait_per_place_ms(), Some(10_000));
}

#[test]
fn a_clock_that_was_set_back_makes_no_wait_negative() {
    let mut room = Room::with_people();
    room.act(ADA, raise());
    room.wait(-50_000);
    room.act(GRACE, Command::ClaimHelp(FIRST));
    assert_eq!(room.state.help_request(FIRST).unwrap().waited_ms(), Some(0));
    assert_eq!(room.state.wait_per_place_ms(), Some(0));
}
