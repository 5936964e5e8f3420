//! An end that is planned.

use domain::{
    MessageText, Timestamp,
    workshop::{Command, Event, MessageBody, PlannedEnd, Rejection, Status, end_if_due},
};

use crate::room::{ADA, GRACE, LINUS, Room};

const MINUTE: i64 = 60_000;

fn late() -> Command {
    Command::PostMessage(MessageBody::text(MessageText::parse("late").unwrap()))
}

#[test]
fn until_a_planned_end_everything_counts_and_then_nothing() {
    let mut room = Room::with_people();
    room.act(GRACE, Command::ScheduleEnd(Some(2)));
    let at = Timestamp::from_ms(room.now.as_ms() + 2 * MINUTE);
    assert_eq!(room.state.planned_end(), Some(PlannedEnd { at, by: GRACE }));
    room.wait(2 * MINUTE - 1);
    assert_eq!(end_if_due(&room.state, room.now), []);
    assert_eq!(room.act(ADA, late()).len(), 1);
    room.wait(1);
    let end = end_if_due(&room.state, room.now);
    assert_eq!(end, [Event::WorkshopEnded { by: GRACE }]);
    room.record(end);
    assert_eq!(room.state.status(), Status::Ended { at: room.now });
    assert_eq!(room.state.planned_end(), None);
    assert_eq!(room.refused(ADA, late()), Rejection::WorkshopEnded);
    assert_eq!(end_if_due(&room.state, room.now), [], "it ends once");
}

#[test]
fn a_planned_end_can_be_moved_taken_back_and_come_at_once() {
    let mut room = Room::with_people();
    assert_eq!(room.act(GRACE, Command::ScheduleEnd(None)), []);
    room.act(GRACE, Command::ScheduleEnd(Some(2)));
    assert_eq!(room.act(LINUS, Command::ScheduleEnd(Some(2))), []);
    room.act(LINUS, Command::ScheduleEnd(Some(10)));
    room.act(GRACE, Command::ScheduleEnd(None));
    room.wait(20 * MINUTE);
    assert_eq!(end_if_due(&room.state, room.now), []);
    room.act(GRACE, Command::ScheduleEnd(Some(60)));
    room.act(LINUS, Command::EndWorkshop);
    assert_eq!(room.state.planned_end(), None);
    let plan = Command::ScheduleEnd(Some(1));
    assert_eq!(room.refused(GRACE, plan), Rejection::WorkshopEnded);
}

#[test]
fn only_facilitators_plan_the_end_and_within_an_hour() {
    let room = Room::with_people();
    let plan = Command::ScheduleEnd;
    assert_eq!(room.refused(ADA, plan(Some(2))), Rejection::NotAFacilitator);
    for minutes in [0, 61] {
        let refused = room.refused(GRACE, plan(Some(minutes)));
        assert!(matches!(
            refused,
            Rejection::OutOfRange {
                min: 1,
                max: 60,
                ..
            }
        ));
    }
}
