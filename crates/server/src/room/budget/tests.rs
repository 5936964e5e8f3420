use domain::{
    FacilitatorId, MessageText, Name, Seq,
    workshop::{Event, Recorded, WorkshopState, apply},
};

use super::*;

fn at(ms: i64) -> Timestamp {
    Timestamp::from_ms(ms)
}

fn seat(role: Role) -> Seat {
    let mut state = WorkshopState::default();
    let taken = Event::SeatTaken {
        seat: SeatId::new(1),
        role,
        name: Name::parse("Ada").unwrap(),
        ordinal: 1,
    };
    apply(
        &mut state,
        &Recorded {
            seq: Seq::new(1),
            at: at(0),
            event: taken,
        },
    );
    state.seats()[0].clone()
}

fn say(bytes: usize) -> Command {
    Command::PostMessage(body(bytes))
}

fn body(bytes: usize) -> MessageBody {
    MessageBody::text(MessageText::parse(&"x".repeat(bytes)).unwrap())
}

fn direct() -> Command {
    Command::PostDirectMessage {
        with: None,
        message: body(5),
    }
}

/// How many of `command` a seat gets through at one moment.
fn at_once(seat: &Seat, command: &Command) -> usize {
    let mut budgets = Budgets::default();
    (0..50_000)
        .take_while(|_| budgets.pay(seat, command, at(0)).is_ok())
        .count()
}

#[test]
fn an_hour_offline_is_sent_at_once_and_a_flood_is_not() {
    let ada = seat(Role::Attendee);
    assert!(at_once(&ada, &say(100)) >= 500);
    assert!(at_once(&ada, &say(MessageText::MAX_CHARS)) * MessageText::MAX_CHARS <= 256 * 1024);
    assert_eq!(at_once(&ada, &direct()), 200);
    assert_eq!(
        at_once(&ada, &Command::WithdrawHelp(domain::HelpRequestId::new(1))),
        30
    );
    assert_eq!(at_once(&ada, &Command::StopTimer), 1000);
}

#[test]
fn who_is_muted_asks_facilitators_for_help_and_does_not_flood_them() {
    let mut ada = seat(Role::Attendee);
    ada.muted = true;
    assert_eq!(at_once(&ada, &direct()), 5);
}

#[test]
fn facilitators_have_larger_budgets() {
    let grace = seat(Role::Facilitator(FacilitatorId::from_bits(1)));
    assert_eq!(at_once(&grace, &direct()), 8000);
}

#[test]
fn what_follows_waits_too_and_all_goes_through_when_it_says() {
    let ada = seat(Role::Attendee);
    let mut budgets = Budgets::default();
    while budgets.pay(&ada, &direct(), at(0)).is_ok() {}
    let problem = budgets.pay(&ada, &say(1), at(1)).unwrap_err();
    assert_eq!(problem.code, ProblemCode::TooManyRequests);
    let wait_ms = i64::from(problem.retry_after_seconds.unwrap()) * 1000;
    assert!(budgets.pay(&ada, &direct(), at(wait_ms)).is_ok());
}

#[test]
fn another_seat_and_a_clock_set_back_do_not_wait() {
    let ada = seat(Role::Attendee);
    let mut bob = ada.clone();
    bob.id = SeatId::new(2);
    let mut budgets = Budgets::default();
    while budgets.pay(&ada, &direct(), at(10_000)).is_ok() {}
    assert!(budgets.pay(&bob, &direct(), at(10_000)).is_ok());
    assert!(budgets.pay(&ada, &say(1), at(5_000)).is_ok());
}
