//! How long somebody was where.

#![expect(
    clippy::unwrap_used,
    reason = "the helpers of a test fail as the test does"
)]

use domain::{
    CodelabId, MessageId, MessageText, Name, PaceId, PollId, SeatId, Seq, StepId, Timestamp,
    workshop::{
        Event, MessageBody, PaceAnswer, PaceMoment, PollAnswer, Recorded, Role, StepRef, StepTime,
        Timeline,
    },
};

const ADA: SeatId = SeatId::new(2);
const BOB: SeatId = SeatId::new(3);

fn step(number: u64) -> StepRef {
    StepRef {
        codelab: CodelabId::from_bits(1),
        step: StepId::from_bits(number),
    }
}

const fn at(ms: i64) -> Timestamp {
    Timestamp::from_ms(ms)
}

fn joins(seat: SeatId) -> Event {
    Event::SeatTaken {
        seat,
        role: Role::Attendee,
        name: Name::parse("Somebody").unwrap(),
        ordinal: 1,
    }
}

fn enters(seat: SeatId, number: u64) -> Event {
    let at = step(number);
    Event::StepEntered { seat, at }
}

fn completes(seat: SeatId, number: u64) -> Event {
    let at = step(number);
    Event::StepCompleted { seat, at }
}

fn reopens(seat: SeatId, number: u64) -> Event {
    let at = step(number);
    Event::StepReopened { seat, at }
}

fn says(seat: SeatId) -> Event {
    Event::MessagePosted {
        id: MessageId::new(1),
        seat,
        body: MessageBody::text(MessageText::parse("hello").unwrap()),
    }
}

fn asks(id: u32) -> Event {
    Event::PaceAsked {
        id: PaceId::new(id),
        by: SeatId::new(1),
        at: step(1),
    }
}

fn answers(seat: SeatId, id: u32, answer: PaceAnswer) -> Event {
    let id = PaceId::new(id);
    Event::PaceAnswered { id, seat, answer }
}

/// Ada's timeline, after what happened when.
fn timeline(events: impl IntoIterator<Item = (i64, Event)>) -> Timeline {
    let mut timeline = Timeline::of(ADA);
    let mut seq = Seq::default();
    for (ms, event) in events {
        seq = seq.next();
        timeline.apply(&Recorded {
            seq,
            at: at(ms),
            event,
        });
    }
    timeline
}

fn spent(timeline: &Timeline) -> Vec<i64> {
    timeline.steps().iter().map(|step| step.spent_ms).collect()
}

#[test]
fn a_visit_lasts_until_the_next_step_is_entered() {
    let ada = timeline([
        (0, joins(ADA)),
        (10, enters(ADA, 1)),
        (15, completes(ADA, 1)),
        (40, enters(ADA, 2)),
    ]);
    let first = StepTime {
        at: step(1),
        entered_at: Some(at(10)),
        visits: 1,
        spent_ms: 30,
        until: at(40),
        completed_at: Some(at(15)),
    };
    assert_eq!(ada.steps().first(), Some(&first));
    assert_eq!(ada.here().map(|here| here.at), Some(step(2)));
}

#[test]
fn the_last_visit_lasts_until_the_seat_did_something_last() {
    let ada = timeline([
        (10, enters(ADA, 1)),
        (25, says(ADA)),
        (90, says(BOB)),
        (99, Event::WorkshopEnded { by: SeatId::new(1) }),
    ]);
    assert_eq!(spent(&ada), [15]);
    assert_eq!(ada.here().unwrap().until, at(25));
}

#[test]
fn visits_add_up_and_the_first_entry_stays() {
    let ada = timeline([
        (10, enters(ADA, 1)),
        (20, enters(ADA, 2)),
        (50, enters(ADA, 1)),
        (57, enters(ADA, 3)),
    ]);
    assert_eq!(spent(&ada), [17, 30, 0]);
    let first = &ada.steps()[0];
    assert_eq!((first.entered_at, first.visits), (Some(at(10)), 2));
}

#[test]
fn what_others_do_is_theirs() {
    let ada = timeline([
        (10, enters(ADA, 1)),
        (20, enters(BOB, 2)),
        (30, completes(BOB, 1)),
    ]);
    assert_eq!(spent(&ada), [0]);
    assert_eq!(ada.steps()[0].completed_at, None);
}

#[test]
fn a_step_can_be_done_unseen_and_taken_back() {
    let ada = timeline([(10, completes(ADA, 3)), (20, reopens(ADA, 3))]);
    let only = &ada.steps()[0];
    assert_eq!((only.entered_at, only.visits), (None, 0));
    assert_eq!(only.completed_at, None);
    assert_eq!(ada.here(), None);
}

#[test]
fn a_clock_that_is_set_back_takes_no_time_away() {
    let ada = timeline([
        (100, enters(ADA, 1)),
        (160, says(ADA)),
        (40, says(ADA)),
        (170, enters(ADA, 2)),
    ]);
    assert_eq!(spent(&ada), [70, 0]);
}

#[test]
fn the_last_answer_to_each_question_counts() {
    let ada = timeline([
        (1, asks(1)),
        (2, joins(ADA)),
        (3, asks(2)),
        (4, answers(ADA, 2, PaceAnswer::Stuck)),
        (5, answers(BOB, 2, PaceAnswer::Done)),
        (6, answers(ADA, 2, PaceAnswer::Done)),
        (7, asks(3)),
    ]);
    let asked = |id, asked_at, answer| PaceMoment {
        id: PaceId::new(id),
        at: step(1),
        asked_at: at(asked_at),
        answer,
    };
    let expected = [
        asked(2, 3, Some((PaceAnswer::Done, at(6)))),
        asked(3, 7, None),
    ];
    assert_eq!(ada.paces(), expected);
}

#[test]
fn a_time_does_not_tell_who_answered_a_poll() {
    let answer = Event::PollAnswered {
        id: PollId::new(1),
        seat: ADA,
        answer: PollAnswer::Scale(2),
    };
    let silent = timeline([(10, enters(ADA, 1))]);
    assert_eq!(timeline([(10, enters(ADA, 1)), (25, answer)]), silent);
}
