//! Codelabs that are edited while people work through them.

use domain::{
    CodelabId,
    workshop::{AgendaCodelab, Command, Event, Rejection, revise},
};

use crate::room::{ADA, BOB, GRACE, Room, agenda_step, step};

fn revision(number: u32, steps: &[u64]) -> AgendaCodelab {
    AgendaCodelab {
        codelab: CodelabId::from_bits(1),
        revision: number,
        title: "Edited".into(),
        guide: None,
        required: [].into(),
        steps: steps.iter().map(|step| agenda_step(1, *step)).collect(),
    }
}

fn edited(room: &mut Room, number: u32, steps: &[u64]) -> Vec<Event> {
    let events = revise(&room.state, revision(number, steps)).unwrap();
    room.record(events.clone());
    events
}

#[test]
fn the_room_follows_the_newest_revision() {
    let mut room = Room::with_people();
    edited(&mut room, 3, &[1, 4, 2, 3]);
    let agenda = room.state.agenda();
    assert_eq!((agenda[0].revision, &*agenda[0].title), (3, "Edited"));
    assert_eq!((agenda[0].steps.len(), agenda[1].revision), (4, 1));
    room.act(ADA, Command::EnterStep(step(1, 4)));
    // Told late, or twice: nothing.
    assert_eq!(edited(&mut room, 3, &[1]), []);
    assert_eq!(edited(&mut room, 2, &[1]), []);
    let refused = |codelab| revise(&room.state, codelab).unwrap_err();
    assert_eq!(refused(revision(4, &[])), Rejection::EmptyAgenda);
    let mut other = revision(4, &[1]);
    other.codelab = CodelabId::from_bits(9);
    let unknown = Rejection::UnknownCodelab(other.codelab);
    assert_eq!(refused(other), unknown);
    room.act(GRACE, Command::EndWorkshop);
    let late = revise(&room.state, revision(5, &[1]));
    assert_eq!(late, Err(Rejection::WorkshopEnded));
}

#[test]
fn nobody_is_moved_and_what_is_done_stays_done() {
    let mut room = Room::with_people();
    room.act(ADA, Command::EnterStep(step(1, 2)));
    room.act(ADA, Command::CompleteStep(step(1, 1)));
    room.act(ADA, Command::CompleteStep(step(1, 2)));
    let before = room.state.seat(ADA).unwrap().clone();
    edited(&mut room, 2, &[4, 3, 1]);
    assert_eq!(
        room.state.seat(ADA),
        Some(&before),
        "at a step that is gone"
    );
    let gone = room.refused(ADA, Command::CompleteStep(step(1, 2)));
    assert_eq!(gone, Rejection::UnknownStep(step(1, 2).step));
    room.act(ADA, Command::EnterStep(step(1, 3)));
    edited(&mut room, 3, &[1, 2, 3]);
    let progress = &room.state.seat(ADA).unwrap().progress[&CodelabId::from_bits(1)];
    assert_eq!(
        progress.completed,
        before.progress[&CodelabId::from_bits(1)].completed
    );
}

#[test]
fn a_limit_holds_on_to_what_is_left() {
    let mut room = Room::with_people();
    let limit = |last: u64| Command::LimitSteps {
        codelab: CodelabId::from_bits(1),
        last: Some(step(1, last).step),
    };
    room.act(GRACE, limit(2));
    assert_eq!(edited(&mut room, 2, &[1, 2, 4, 3]).len(), 1);
    assert_eq!(
        room.state.step_limit(CodelabId::from_bits(1)),
        Some(step(1, 2).step)
    );
    // The last open step is gone: the one before it is the last.
    let events = edited(&mut room, 3, &[1, 4, 3]);
    assert!(matches!(events[1], Event::StepsLimited { by: GRACE, .. }));
    assert!(!room.state.is_locked(step(1, 1)) && room.state.is_locked(step(1, 4)));
    room.act(BOB, Command::EnterStep(step(1, 1)));
    // All that was open is gone: the first step is open.
    edited(&mut room, 4, &[3, 2]);
    assert!(!room.state.is_locked(step(1, 3)) && room.state.is_locked(step(1, 2)));
}

#[test]
fn a_lead_at_a_step_that_is_gone_can_go_on() {
    let mut room = Room::with_people();
    room.act(GRACE, Command::EnterStep(step(1, 2)));
    room.act(GRACE, Command::TakeLead);
    edited(&mut room, 2, &[1, 3]);
    let moved = room.act(GRACE, Command::EnterStep(step(1, 3)));
    assert!(matches!(moved[1], Event::LeadMoved { .. }));
}
