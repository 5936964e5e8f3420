//! The pace question, the timer, "follow me" and locked steps.

use domain::{
    CodelabId, PaceId, StepId, Timestamp,
    workshop::{Command, Event, Lead, PaceAnswer, Rejection, StepRef, Timer},
};

use crate::room::{ADA, BOB, GRACE, LINUS, Room, step};

const FIRST: PaceId = PaceId::new(1);

fn answer(pace: PaceId, answer: PaceAnswer) -> Command {
    Command::AnswerPace { pace, answer }
}

fn limit(at: StepRef) -> Command {
    Command::LimitSteps {
        codelab: at.codelab,
        last: Some(at.step),
    }
}

#[test]
fn a_new_question_replaces_the_one_before() {
    let mut room = Room::with_people();
    room.act(GRACE, Command::AskPace(step(1, 2)));
    room.act(ADA, answer(FIRST, PaceAnswer::Done));
    room.act(LINUS, Command::AskPace(step(1, 3)));
    let pace = room.state.pace().unwrap();
    assert_eq!(
        (pace.id, pace.answers.len(), pace.open),
        (FIRST.next(), 0, true)
    );
    let unknown = Rejection::UnknownPace(FIRST);
    assert_eq!(room.refused(BOB, answer(FIRST, PaceAnswer::Done)), unknown);
    assert_eq!(room.refused(GRACE, Command::ClosePace(FIRST)), unknown);
}

#[test]
fn an_answer_can_change_until_the_question_closes() {
    let mut room = Room::with_people();
    room.act(GRACE, Command::AskPace(step(1, 2)));
    room.act(ADA, answer(FIRST, PaceAnswer::Stuck));
    assert_eq!(room.act(ADA, answer(FIRST, PaceAnswer::Stuck)), []);
    room.act(ADA, answer(FIRST, PaceAnswer::Done));
    room.act(LINUS, Command::ClosePace(FIRST));
    assert_eq!(room.act(GRACE, Command::ClosePace(FIRST)), []);
    let closed = Rejection::PaceClosed(FIRST);
    assert_eq!(room.refused(ADA, answer(FIRST, PaceAnswer::Stuck)), closed);
    assert_eq!(
        room.state.pace().unwrap().answers,
        [(ADA, PaceAnswer::Done)].into()
    );
}

#[test]
fn facilitators_ask_and_attendees_answer() {
    let mut room = Room::with_people();
    let nothing = answer(FIRST, PaceAnswer::Done);
    assert_eq!(room.refused(ADA, nothing), Rejection::UnknownPace(FIRST));
    assert_eq!(
        room.refused(ADA, Command::AskPace(step(1, 1))),
        Rejection::NotAFacilitator
    );
    let beside = step(1, 9);
    assert_eq!(
        room.refused(GRACE, Command::AskPace(beside)),
        Rejection::UnknownStep(beside.step)
    );
    room.act(GRACE, Command::AskPace(step(1, 1)));
    let own = room.refused(GRACE, answer(FIRST, PaceAnswer::Done));
    assert_eq!(own, Rejection::NotAnAttendee(GRACE));
}

#[test]
fn a_timer_runs_for_a_second_to_a_day() {
    let mut room = Room::with_people();
    let start = |seconds| Command::StartTimer {
        seconds,
        label: None,
    };
    let max = Timer::MAX_SECONDS;
    let what = "a timer";
    let refused = Rejection::OutOfRange { what, min: 1, max };
    for seconds in [0, max + 1, u32::MAX] {
        assert_eq!(room.refused(GRACE, start(seconds)), refused);
    }
    assert_eq!(room.act(GRACE, Command::StopTimer), [], "there is none");
    room.act(GRACE, start(max));
    room.act(LINUS, start(1));
    let ends = Timestamp::from_ms(room.now.as_ms() + 1_000);
    assert_eq!(room.state.timer().unwrap().ends_at(), ends);
    room.act(GRACE, Command::StopTimer);
    assert_eq!(room.state.timer(), None);
    assert_eq!(room.refused(ADA, start(60)), Rejection::NotAFacilitator);
    assert_eq!(
        room.refused(ADA, Command::StopTimer),
        Rejection::NotAFacilitator
    );
}

#[test]
fn the_lead_is_where_the_leader_goes() {
    let mut room = Room::with_people();
    room.act(GRACE, Command::TakeLead);
    let lead = |at| Some(Lead { by: GRACE, at });
    assert_eq!(room.state.lead(), lead(None), "they are nowhere yet");
    room.act(GRACE, Command::EnterStep(step(1, 2)));
    assert_eq!(room.state.lead(), lead(Some(step(1, 2))));
    assert_eq!(room.act(GRACE, Command::EnterStep(step(1, 2))), []);
    room.act(LINUS, Command::EnterStep(step(2, 1)));
    room.act(ADA, Command::EnterStep(step(2, 1)));
    assert_eq!(
        room.state.lead(),
        lead(Some(step(1, 2))),
        "nobody else moves it"
    );
    assert_eq!(room.act(GRACE, Command::TakeLead), []);
}

#[test]
fn the_lead_is_taken_over_and_given_up_by_who_has_it() {
    let mut room = Room::with_people();
    assert_eq!(room.act(GRACE, Command::ReleaseLead), []);
    room.act(LINUS, Command::EnterStep(step(1, 3)));
    room.act(GRACE, Command::TakeLead);
    assert_eq!(
        room.refused(LINUS, Command::ReleaseLead),
        Rejection::NotLeading
    );
    room.act(LINUS, Command::TakeLead);
    let lead = room.state.lead().unwrap();
    assert_eq!((lead.by, lead.at), (LINUS, Some(step(1, 3))));
    assert_eq!(
        room.refused(GRACE, Command::ReleaseLead),
        Rejection::NotLeading
    );
    room.act(LINUS, Command::ReleaseLead);
    assert_eq!(room.state.lead(), None);
    assert_eq!(
        room.refused(ADA, Command::TakeLead),
        Rejection::NotAFacilitator
    );
    assert_eq!(
        room.refused(ADA, Command::ReleaseLead),
        Rejection::NotAFacilitator
    );
}

#[test]
fn everybody_follows_until_they_say_otherwise() {
    let mut room = Room::with_people();
    assert_eq!(room.act(ADA, Command::SetFollowing(true)), []);
    room.act(ADA, Command::SetFollowing(false));
    assert!(!room.state.seat(ADA).unwrap().following);
    assert!(room.state.seat(BOB).unwrap().following);
    room.act(ADA, Command::SetFollowing(true));
    assert!(room.state.seat(ADA).unwrap().following);
}

#[test]
fn attendees_stop_at_the_limit_and_facilitators_do_not() {
    let mut room = Room::with_people();
    room.act(BOB, Command::EnterStep(step(1, 3)));
    room.act(BOB, Command::CompleteStep(step(1, 3)));
    room.act(GRACE, limit(step(1, 2)));
    assert_eq!(room.act(LINUS, limit(step(1, 2))), []);
    let locked = Rejection::StepLocked(step(1, 3).step);
    for command in [Command::EnterStep, Command::CompleteStep] {
        assert_eq!(room.refused(ADA, command(step(1, 3))), locked);
        room.act(ADA, command(step(1, 2)));
        room.act(ADA, command(step(2, 3)));
        room.act(GRACE, command(step(1, 3)));
    }
    // Who was there stays there, and may take back what they did.
    assert_eq!(room.state.seat(BOB).unwrap().position(), Some(step(1, 3)));
    room.act(BOB, Command::ReopenStep(step(1, 3)));
    room.act(
        GRACE,
        Command::LimitSteps {
            codelab: step(1, 1).codelab,
            last: None,
        },
    );
    room.act(ADA, Command::EnterStep(step(1, 3)));
}

#[test]
fn a_limit_is_a_step_of_the_agenda() {
    let mut room = Room::with_people();
    let foreign = CodelabId::from_bits(3);
    let open = |codelab| Command::LimitSteps {
        codelab,
        last: None,
    };
    let unknown = Rejection::UnknownCodelab(foreign);
    assert_eq!(room.refused(GRACE, open(foreign)), unknown);
    assert_eq!(room.refused(GRACE, limit(step(3, 1))), unknown);
    let elsewhere = StepRef {
        codelab: CodelabId::from_bits(1),
        step: StepId::from_bits(21),
    };
    assert_eq!(
        room.refused(GRACE, limit(elsewhere)),
        Rejection::UnknownStep(elsewhere.step)
    );
    assert_eq!(
        room.act(GRACE, open(CodelabId::from_bits(1))),
        [],
        "all are open"
    );
    assert_eq!(
        room.refused(ADA, limit(step(1, 1))),
        Rejection::NotAFacilitator
    );
}

#[test]
fn leading_to_a_locked_step_opens_it() {
    let mut room = Room::with_people();
    room.act(GRACE, limit(step(1, 1)));
    room.act(LINUS, Command::EnterStep(step(1, 2)));
    assert!(room.state.is_locked(step(1, 2)), "nobody follows Linus");
    room.act(LINUS, Command::TakeLead);
    assert!(!room.state.is_locked(step(1, 2)) && room.state.is_locked(step(1, 3)));
    let events = room.act(LINUS, Command::EnterStep(step(1, 3)));
    assert!(matches!(
        events[..],
        [
            Event::StepEntered { .. },
            Event::LeadMoved { .. },
            Event::StepsLimited { .. }
        ]
    ));
    room.act(ADA, Command::EnterStep(step(1, 3)));
    let back = room.act(LINUS, Command::EnterStep(step(1, 1)));
    assert_eq!(back.len(), 2, "going back locks nothing");
}
