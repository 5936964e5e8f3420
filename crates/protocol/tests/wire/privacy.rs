//! What a seat is told, in any workshop that the rules allow.

use std::collections::BTreeSet;

use domain::{
    SeatId, Timestamp, WorkshopId,
    workshop::{Event, Recorded, Role, Seat, WorkshopState, audience},
};
use proptest::prelude::*;
use protocol::{Directory as _, EventBody, EventMessage, MAX_INTEGER, Snapshot, examples};
use serde_json::Value;

use crate::room::{Attempt, JOIN_CODE, Room, Wish, answer_of, any_room, secret_of};

const WORKSHOP: WorkshopId = WorkshopId::from_bits(u64::MAX);

fn is_attendee(seat: &Seat) -> bool {
    matches!(seat.role, Role::Attendee)
}

/// Calls `visit` with every value inside a value.
fn walk(value: &Value, visit: &mut impl FnMut(&Value)) {
    visit(value);
    let items = value.as_array().into_iter().flatten();
    let fields = value
        .as_object()
        .into_iter()
        .flatten()
        .map(|(_, field)| field);
    for inner in items.chain(fields) {
        walk(inner, visit);
    }
}

/// Seats that a value names, as a person or by number.
fn seats_in(value: &Value) -> BTreeSet<u32> {
    let mut seats = BTreeSet::new();
    walk(value, &mut |inner| {
        let seat = inner.get("seat").and_then(Value::as_u64);
        seats.extend(seat.map(|seat| u32::try_from(seat).unwrap()));
    });
    seats
}

/// Seats that an attendee may hear of: itself, who facilitates, who spoke to
/// everybody, and who was called by name.
fn known_to(viewer: &Seat, state: &WorkshopState) -> BTreeSet<u32> {
    let to_all = || {
        state
            .messages()
            .iter()
            .filter(|m| m.kind.thread().is_none())
    };
    let speakers = to_all().map(|message| message.seat);
    let called = to_all().flat_map(|message| message.mentions.iter().copied());
    let facilitators = state.seats().iter().filter(|seat| !is_attendee(seat));
    speakers
        .chain(called)
        .chain(facilitators.map(|seat| seat.id))
        .chain([viewer.id])
        .map(SeatId::get)
        .collect()
}

fn assert_tells_no_secret(json: &Value, viewer: &Seat, state: &WorkshopState) {
    let text = json.to_string();
    assert!(!text.contains(JOIN_CODE), "the join code: {text}");
    for other in state.seats().iter().filter(|other| other.id != viewer.id) {
        assert!(
            !text.contains(&secret_of(other.id)),
            "help or a message of seat {}: {text}",
            other.id
        );
        assert_tells_no_answer(&text, other);
    }
    assert_tells_no_right_answer(&text, viewer, state);
}

/// What a quiz asks is in the HTML; why its answer is right is told to who found it.
fn assert_tells_no_right_answer(text: &str, viewer: &Seat, state: &WorkshopState) {
    assert!(!text.contains("asked in the step"), "a quiz: {text}");
    for codelab in state.agenda() {
        for quiz in codelab.steps.iter().flat_map(|step| step.quizzes.iter()) {
            let tried = viewer.quizzes.iter();
            let found = tried
                .filter(|((_, key), _)| *key == quiz.key)
                .any(|(_, tries)| tries.right);
            let why = quiz.explanation.as_deref().unwrap();
            assert!(found || !text.contains(why), "{why}: {text}");
        }
    }
}

fn assert_tells_no_answer(text: &str, of: &Seat) {
    let answer = answer_of(of.id);
    assert!(!text.contains(&answer), "{answer} to a poll: {text}");
}

fn assert_numbers_are_exact(json: &Value) {
    walk(json, &mut |inner| {
        if let Value::Number(number) = inner {
            let exact = number
                .as_i64()
                .is_some_and(|n| (-MAX_INTEGER..=MAX_INTEGER).contains(&n));
            assert!(exact, "{number} is no number that JavaScript holds exactly");
        }
    });
}

proptest! {
    #[test]
    fn an_attendees_snapshot_is_about_nobody_else(room in any_room()) {
        let state = &room.state;
        for viewer in state.seats().iter().filter(|seat| is_attendee(seat)) {
            let snapshot = Snapshot::of(WORKSHOP, state, viewer.id).unwrap();
            prop_assert_eq!(&snapshot.facilitation, &None);
            prop_assert_eq!(snapshot.you.person.seat, viewer.id.get());
            prop_assert_eq!(snapshot.you.progress.len(), viewer.progress.len());
            for progress in &snapshot.you.progress {
                let own = &viewer.progress[&progress.codelab.0];
                prop_assert_eq!(progress.current.map(|step| step.0), own.current);
                prop_assert!(progress.completed.iter().map(|step| &step.0).eq(&own.completed));
            }
            for message in &snapshot.direct_messages {
                prop_assert_eq!(message.with.as_ref().map(|who| who.seat), Some(viewer.id.get()));
            }
            prop_assert_eq!(snapshot.you.muted, viewer.muted);
            prop_assert_eq!(snapshot.you.following, viewer.following);
            if let Some(request) = &snapshot.you.help_request {
                prop_assert_eq!(request.from.seat, viewer.id.get());
            }
            let json = serde_json::to_value(&snapshot).unwrap();
            assert_tells_no_secret(&json, viewer, state);
            let known = known_to(viewer, state);
            let told = seats_in(&json);
            prop_assert!(told.is_subset(&known), "told {told:?}, may know {known:?}");
        }
    }

    #[test]
    fn a_facilitators_snapshot_is_about_everybody(room in any_room()) {
        let state = &room.state;
        for viewer in state.seats().iter().filter(|seat| !is_attendee(seat)) {
            let snapshot = Snapshot::of(WORKSHOP, state, viewer.id).unwrap();
            let json = serde_json::to_string(&snapshot).unwrap();
            for other in state.seats().iter().filter(|other| other.id != viewer.id) {
                assert_tells_no_answer(&json, other);
            }
            let direct = state.messages().iter().filter(|m| m.kind.thread().is_some());
            let told = snapshot.direct_messages.iter().map(|message| message.id);
            prop_assert!(told.eq(direct.map(|message| message.id.get())));
            let facilitation = snapshot.facilitation.unwrap();
            prop_assert_eq!(facilitation.join_code, JOIN_CODE);
            prop_assert_eq!(facilitation.code_required, state.code_required());
            let listed = facilitation.roster.iter().map(|entry| entry.person.seat);
            prop_assert!(listed.eq(state.seats().iter().map(|seat| seat.id.get())));
            let asked = facilitation.help_requests.iter().map(|request| request.id);
            prop_assert!(asked.eq(state.help_requests().iter().map(|request| request.id.get())));
        }
    }

    #[test]
    fn a_snapshot_survives_the_wire_and_its_numbers_are_exact(room in any_room()) {
        for seat in room.state.seats() {
            let snapshot = Snapshot::of(WORKSHOP, &room.state, seat.id).unwrap();
            let text = serde_json::to_string(&snapshot).unwrap();
            prop_assert_eq!(serde_json::from_str::<Snapshot>(&text).unwrap(), snapshot);
            assert_numbers_are_exact(&serde_json::from_str(&text).unwrap());
        }
        let stranger = SeatId::new(u32::try_from(room.state.seats().len()).unwrap() + 1);
        prop_assert_eq!(Snapshot::of(WORKSHOP, &room.state, stranger), None);
        prop_assert_eq!(Snapshot::of(WORKSHOP, &room.state, SeatId::new(0)), None);
    }

    #[test]
    fn the_events_an_attendee_may_see_tell_no_secret(room in any_room()) {
        for viewer in room.state.seats().iter().filter(|seat| is_attendee(seat)) {
            for recorded in room.log.iter().filter(|r| audience(&r.event).includes(viewer)) {
                let event = EventMessage::of(recorded, &room.state);
                let json = serde_json::to_value(&event).unwrap();
                assert_tells_no_secret(&json, viewer, &room.state);
                assert_numbers_are_exact(&json);
            }
        }
    }
}

#[test]
fn no_event_carries_the_join_code() {
    for event in examples::events() {
        let json = serde_json::to_string(&event).unwrap();
        assert!(!json.contains("K7M3PQ"), "{json}");
    }
}

#[test]
fn a_snapshot_carries_the_newest_messages() {
    let mut room = Room::open(false, Timestamp::from_ms(0));
    room.attempt(Attempt::Join("Ada"));
    for posted in 1..=201 {
        room.attempt(Attempt::Ask(1, Wish::Post(None)));
        let snapshot = Snapshot::of(WORKSHOP, &room.state, SeatId::new(1)).unwrap();
        assert_eq!(snapshot.has_older_messages, posted > 200);
        assert_eq!(snapshot.messages.len(), posted.min(200));
        assert_eq!(
            snapshot.messages.last().map(|m| m.id),
            u32::try_from(posted).ok()
        );
    }
}

#[test]
fn a_seat_that_nobody_knows_has_no_name() {
    let nobody = WorkshopState::default();
    assert_eq!(nobody.person(SeatId::new(7)), None);
    let claimed = Recorded {
        seq: domain::Seq::new(1),
        at: Timestamp::from_ms(0),
        event: Event::HelpClaimed {
            id: domain::HelpRequestId::new(1),
            seat: SeatId::new(2),
            by: SeatId::new(7),
        },
    };
    let EventBody::HelpClaimed(event) = EventMessage::of(&claimed, &nobody).body else {
        panic!("a claim stays a claim")
    };
    assert_eq!((event.by.seat, &*event.by.name), (7, ""));
}
