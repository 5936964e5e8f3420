//! The rules against themselves: random commands of several seats, under a clock
//! that jumps, and after each what must hold whatever people do. What happened is
//! looked up in the log by other means than the rules', and compared.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "the helpers of a test fail as the test does, and look for one thing"
)]

mod actions;
mod audience;
mod edges;
mod invariants;
mod notebook;
mod room;

use domain::{
    CodelabId,
    workshop::{Admission, Command, Event, Rejection, Role, Status, WorkshopState, admit, start},
};
use proptest::prelude::*;

use crate::{
    actions::{Action, action, admission},
    audience::{assert_only_the_audience_sees, is_of_a_facilitator},
    invariants::{assert_all, assert_people_are_told_apart, assert_was_possible},
    notebook::Notebook,
    room::{CODE, Room, attendee, beginning},
};

/// Who is at work, and as what.
fn role(state: &WorkshopState, action: &Action) -> Option<Role> {
    match action {
        Action::Admit(_) | Action::Revise(_) | Action::Wait(_) => None,
        Action::Act(seat, _) => state.seat(*seat).map(|seat| seat.role),
    }
}

/// After the end there is nothing to do but to read.
fn assert_the_end_is_the_end(
    before: &WorkshopState,
    action: &Action,
    decided: &Result<Vec<Event>, Rejection>,
) {
    let expected = match (action, role(before, action)) {
        (Action::Act(_, Command::EndWorkshop), Some(Role::Facilitator(_))) => Ok(Vec::new()),
        (Action::Act(_, Command::EndWorkshop), Some(Role::Attendee)) => {
            Err(Rejection::NotAFacilitator)
        }
        (Action::Act(..), Some(_)) => Err(Rejection::WorkshopEnded),
        // A facilitator who has a seat is let in to read.
        (Action::Act(..), None) | (Action::Admit(_) | Action::Revise(_) | Action::Wait(_), _) => {
            assert!(decided.as_ref().map_or(true, Vec::is_empty));
            return;
        }
    };
    assert_eq!(*decided, expected);
}

/// Whether saying it again says something new.
fn says_more(action: &Action) -> bool {
    matches!(
        action,
        Action::Act(
            _,
            Command::PostMessage(_)
                | Command::PostDirectMessage { .. }
                | Command::Announce { .. }
                | Command::AskPace(_)
                | Command::StartTimer { .. }
                | Command::OpenPoll(_)
        )
    )
}

/// One action and all that must hold after it.
fn play(room: &mut Room, action: &Action) {
    if let Action::Wait(ms) = action {
        room.wait(*ms);
        return;
    }
    let before = room.state.clone();
    let decided = room.decided(action);
    if let Status::Ended { .. } = before.status() {
        assert_the_end_is_the_end(&before, action, &decided);
    }
    let Ok(events) = decided else {
        assert_eq!(room.state, before);
        return;
    };
    if role(&before, action) == Some(Role::Attendee) {
        assert!(!events.iter().any(is_of_a_facilitator));
    }
    let so_far = room.log.len();
    room.record(events.clone());
    for at in so_far..room.log.len() {
        let recorded = &room.log[at];
        assert_was_possible(Notebook(&room.log[..at]), recorded, &before);
        assert_only_the_audience_sees(room, &recorded.event);
    }
    assert_all(room);
    let again = room.decided(action);
    assert!(
        matches!(action, Action::Admit(_))
            || says_more(action)
            || again.map_or(true, |events| events.is_empty()),
        "the same wish again changes nothing: {action:?}"
    );
}

proptest! {
    // Each case folds its whole log after every action.
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn whatever_people_do_the_rules_hold(
        actions in prop::collection::vec(action(), 0..160),
    ) {
        let mut room = Room::with_people();
        for action in &actions {
            play(&mut room, action);
        }
    }

    #[test]
    fn nothing_happens_before_the_start(admission in admission()) {
        let refused = admit(&WorkshopState::default(), admission);
        prop_assert_eq!(refused, Err(Rejection::WorkshopNotStarted));
    }

    #[test]
    fn the_code_opens_the_door(admission in admission()) {
        let room = Room::started();
        let let_in = admit(&room.state, admission.clone()).is_ok();
        let expected = match admission {
            Admission::Facilitator { .. } => true,
            Admission::Attendee { code, .. } => code.is_some_and(|code| code.as_str() == CODE),
        };
        prop_assert_eq!(let_in, expected);
    }
}

#[test]
fn the_room_has_a_last_seat() {
    let mut room = Room::started();
    let ada = Action::Admit(attendee("Ada"));
    for _ in 0..WorkshopState::CAPACITY {
        let events = room.decided(&ada).unwrap();
        room.record(events);
    }
    let capacity = WorkshopState::CAPACITY;
    assert_eq!(room.decided(&ada), Err(Rejection::RoomFull { capacity }));
    assert_people_are_told_apart(&room.state);
}

#[test]
fn a_workshop_begins_with_an_agenda() {
    let mut empty = beginning();
    empty.agenda.clear();
    assert_eq!(start(empty), Err(Rejection::EmptyAgenda));

    let mut hollow = beginning();
    hollow.agenda[1].steps = [].into();
    assert_eq!(start(hollow), Err(Rejection::EmptyAgenda));

    let mut twice = beginning();
    let again = twice.agenda[0].clone();
    twice.agenda.push(again);
    let rejection = Rejection::CodelabTwiceOnAgenda(CodelabId::from_bits(1));
    assert_eq!(start(twice), Err(rejection));
}
