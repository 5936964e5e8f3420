//! A small workshop told minute by minute, and what its report says; then what
//! holds whatever people did.

use proptest::prelude::*;

use super::*;
use crate::{
    CodelabId, ContentHash, FacilitatorId, HelpRequestId, JoinCode, MessageId, MessageText, Name,
    PollId, PollLabel, PollQuestion, QuizKey, SeatId, Seq, StepId, WorkshopTitle,
    workshop::{Event, MessageBody, PollAnswer, PollForm, PollKind, Quiz, Role},
};

const MINUTE_MS: i64 = 60_000;

fn step(number: u64) -> StepRef {
    StepRef {
        codelab: CodelabId::from_bits(1),
        step: StepId::from_bits(number),
    }
}

/// The second step has two: one that the first option answers, one that the second does.
fn quizzes(step: u64) -> Arc<[Quiz]> {
    let quiz = |right: u8| Quiz {
        key: QuizKey::from_bits(right.into()),
        question: "Which?".into(),
        options: ["a", "b"].map(Into::into).into(),
        right: [right].into(),
        explanation: None,
    };
    [quiz(0), quiz(1)]
        .into_iter()
        .filter(|_| step == 2)
        .collect()
}

/// A log that is written minute by minute. Seat 1 facilitates.
struct Log {
    events: Vec<Recorded>,
}

impl Log {
    /// Three steps of 10, 5 and 40 planned minutes, and one without a plan.
    fn begun() -> Self {
        let agenda_step = |(number, minutes)| AgendaStep {
            step: step(number).step,
            title: "Step".into(),
            minutes,
            content: ContentHash::from_bytes([0; 32]),
            quizzes: quizzes(number),
        };
        let steps = [(1, Some(10)), (2, Some(5)), (3, Some(40)), (4, None)];
        let codelab = AgendaCodelab {
            codelab: step(1).codelab,
            revision: 1,
            title: "Codelab".into(),
            guide: None,
            required: [].into(),
            steps: steps.into_iter().map(agenda_step).collect(),
        };
        let mut log = Self { events: Vec::new() };
        log.at(0).push(Event::WorkshopStarted {
            title: WorkshopTitle::parse("Workshop").unwrap(),
            join_code: JoinCode::from_random([0; 6]),
            code_required: true,
            agenda: [codelab].into(),
        });
        log.seat(
            0,
            1,
            "Facilitator",
            Role::Facilitator(FacilitatorId::from_bits(9)),
        );
        log
    }

    fn at(&mut self, minute: i64) -> Minute<'_> {
        Minute { log: self, minute }
    }

    fn seat(&mut self, minute: i64, seat: u32, name: &str, role: Role) {
        self.at(minute).push(Event::SeatTaken {
            seat: SeatId::new(seat),
            role,
            name: Name::parse(name).unwrap(),
            ordinal: 1,
        });
    }

    fn join(&mut self, minute: i64, seat: u32) {
        self.seat(minute, seat, &format!("Person {seat}"), Role::Attendee);
    }

    fn report(&self) -> Report {
        report(&self.events).unwrap()
    }
}

struct Minute<'l> {
    log: &'l mut Log,
    minute: i64,
}

impl Minute<'_> {
    fn push(self, event: Event) -> Self {
        let seq = i64::try_from(self.log.events.len()).unwrap() + 1;
        self.log.events.push(Recorded {
            seq: Seq::new(seq),
            at: Timestamp::from_ms(self.minute * MINUTE_MS),
            event,
        });
        self
    }

    fn enters(self, seat: u32, number: u64) -> Self {
        self.push(Event::StepEntered {
            seat: SeatId::new(seat),
            at: step(number),
        })
    }

    fn finishes(self, seat: u32, number: u64) -> Self {
        self.push(Event::StepCompleted {
            seat: SeatId::new(seat),
            at: step(number),
        })
    }

    fn says(self, seat: u32, id: u32) -> Self {
        self.push(Event::MessagePosted {
            id: MessageId::new(id),
            seat: SeatId::new(seat),
            body: MessageBody::text(MessageText::parse("hi").unwrap()),
        })
    }

    fn raises(self, seat: u32, id: u32, number: u64) -> Self {
        self.push(Event::HelpRaised {
            id: HelpRequestId::new(id),
            seat: SeatId::new(seat),
            at: Some(step(number)),
            message: None,
        })
    }

    fn claims(self, seat: u32, id: u32) -> Self {
        let (id, seat, by) = (HelpRequestId::new(id), SeatId::new(seat), SeatId::new(1));
        self.push(Event::HelpClaimed { id, seat, by })
    }

    fn resolves(self, seat: u32, id: u32) -> Self {
        let (id, seat, by) = (HelpRequestId::new(id), SeatId::new(seat), SeatId::new(1));
        self.push(Event::HelpResolved { id, seat, by })
    }
}

fn spent(report: &Report, seat: u32, number: u32) -> Option<i64> {
    let people = report.people.iter();
    let person = people.into_iter().find(|p| p.seat == SeatId::new(seat))?;
    let visit = person.visits.iter().find(|v| v.place == number - 1)?;
    Some(visit.ms / MINUTE_MS)
}

#[test]
fn an_empty_log_has_no_report() {
    assert_eq!(report(&[]), None);
}

#[test]
fn a_workshop_that_nobody_joined_has_one() {
    let report = Log::begun().report();
    assert_eq!((report.people.len(), report.facilitators), (0, 1));
    assert_eq!(report.steps.len(), 4);
    assert!(report.steps.iter().all(|step| step.spread.is_none()));
    assert_eq!(report.help, HelpFigures::default());
}

#[test]
fn time_runs_from_entering_to_finishing() {
    let mut log = Log::begun();
    log.join(0, 2);
    log.at(1).enters(2, 1);
    log.at(9).finishes(2, 1);
    // Done, and waiting for the others.
    log.at(20).says(2, 1);
    log.at(25).enters(2, 2);
    // Looks back once, which is time at the first step again.
    log.at(27).enters(2, 1);
    log.at(30).enters(2, 2);
    let report = log.report();
    assert_eq!(spent(&report, 2, 1), Some(8 + 3));
    assert_eq!(spent(&report, 2, 2), Some(2));
    assert_eq!(spent(&report, 2, 3), None);
}

#[test]
fn time_ends_with_the_last_sign_of_life() {
    let mut log = Log::begun();
    log.join(0, 2);
    log.at(0).enters(2, 1);
    log.at(4).says(2, 1);
    log.join(50, 3);
    log.at(60).push(Event::WorkshopEnded { by: SeatId::new(1) });
    assert_eq!(spent(&log.report(), 2, 1), Some(4));
}

#[test]
fn a_long_silence_is_a_break() {
    let mut log = Log::begun();
    log.join(0, 2);
    log.at(0).enters(2, 1);
    log.at(90).enters(2, 3);
    log.at(190).enters(2, 4);
    log.at(219).finishes(2, 4);
    let report = log.report();
    assert_eq!(spent(&report, 2, 1), Some(30), "half an hour at most");
    assert_eq!(spent(&report, 2, 3), Some(80), "or twice the plan");
    assert_eq!(spent(&report, 2, 4), Some(29));
}

#[test]
fn a_clock_set_back_takes_no_time_away() {
    let mut log = Log::begun();
    log.join(0, 2);
    log.at(10).enters(2, 1);
    log.at(5).says(2, 1);
    log.at(8).finishes(2, 1);
    assert_eq!(spent(&log.report(), 2, 1), Some(3));
}

#[test]
fn three_people_make_a_proposal() {
    let mut log = Log::begun();
    for (seat, minutes) in [(2, 4), (3, 12), (4, 6)] {
        log.join(0, seat);
        log.at(0).enters(seat, 1);
        log.at(minutes).finishes(seat, 1);
        if seat < 4 {
            log.at(minutes).enters(seat, 2);
            log.at(minutes + 3).finishes(seat, 2);
        }
    }
    // Open, and not finished: no measure of how long the step takes.
    log.join(0, 5);
    log.at(0).enters(5, 1);
    log.at(1).says(5, 1);
    // Ticked off without being opened.
    log.at(2).finishes(5, 2);
    let report = log.report();
    let first = &report.steps[0];
    assert_eq!((first.entered, first.finished), (4, 3));
    assert_eq!(first.spread.map(|s| s.median_ms), Some(6 * MINUTE_MS));
    assert_eq!(
        (first.planned_minutes, first.proposed_minutes),
        (Some(10), Some(6))
    );
    let second = &report.steps[1];
    assert_eq!((second.entered, second.finished), (2, 3));
    assert_eq!(second.spread.map(|s| s.people), Some(2));
    assert_eq!(
        second.proposed_minutes, None,
        "of two, one is the exception"
    );
}

#[test]
fn a_proposal_is_rounded_up_to_a_minute() {
    assert_eq!(
        [0, 1, MINUTE_MS, MINUTE_MS + 1].map(minutes_up),
        [1, 1, 1, 2]
    );
}

#[test]
fn help_is_counted_by_what_people_went_through() {
    let mut log = Log::begun();
    for seat in 2..=5 {
        log.join(0, seat);
    }
    log.at(0).raises(2, 1, 1);
    log.at(1).raises(3, 2, 1);
    log.at(4).claims(2, 1);
    log.at(9).resolves(2, 1);
    // In passing, never claimed: a wait, but no measure of helping.
    log.at(11).resolves(3, 2);
    log.at(12).raises(4, 3, 3);
    log.at(32).push(Event::HelpWithdrawn {
        id: HelpRequestId::new(3),
        seat: SeatId::new(4),
    });
    log.at(33).raises(5, 4, 3);
    log.join(34, 6);
    let report = log.report();
    let minutes = |ms: Option<i64>| ms.map(|ms| ms / MINUTE_MS);
    let help = &report.help;
    assert_eq!((help.requests, help.resolved, help.withdrawn), (4, 2, 1));
    assert_eq!(minutes(help.median_wait_ms), Some(7), "of 4 and 10");
    assert_eq!(minutes(help.longest_wait_ms), Some(20), "in vain");
    assert_eq!(minutes(help.median_help_ms), Some(5));
    assert_eq!(report.steps[0].help.requests, 2);
    assert_eq!(report.steps[2].help.requests, 2);
    assert_eq!(report.steps[2].help.median_wait_ms, None);
}

#[test]
fn attendance_says_who_did_what() {
    let mut log = Log::begun();
    log.join(3, 2);
    log.at(4).says(2, 1).says(2, 2);
    log.at(5).push(Event::MessageDeleted {
        id: MessageId::new(2),
        by: SeatId::new(2),
        thread: None,
    });
    let option = |text| PollLabel::parse(text).unwrap();
    log.at(6).push(Event::PollOpened {
        id: PollId::new(1),
        by: SeatId::new(1),
        form: Arc::new(PollForm {
            question: PollQuestion::parse("Tea?").unwrap(),
            kind: PollKind::Single([option("yes"), option("no")].into()),
        }),
    });
    log.at(7).push(Event::PollAnswered {
        id: PollId::new(1),
        seat: SeatId::new(2),
        answer: PollAnswer::Options([1].into()),
    });
    let report = log.report();
    let [person] = &report.people[..] else {
        unreachable!("one attendee")
    };
    assert_eq!(person.joined_at.as_ms(), 3 * MINUTE_MS);
    assert_eq!((person.messages, person.help_requests), (1, 0));
    // Nothing about anybody says that they answered.
    assert_eq!(person.active_at.as_ms(), 4 * MINUTE_MS);
    assert_eq!(report.messages.chat, 1);
    assert_eq!(report.polls[0].result().counts, [0, 1]);
}

#[test]
fn quartiles_of_few() {
    let of = |spans: &[i64]| {
        let spread = Spread::of(spans.to_vec()).unwrap();
        (spread.lower_ms, spread.median_ms, spread.upper_ms)
    };
    assert_eq!(Spread::of(Vec::new()), None);
    assert_eq!(of(&[7]), (7, 7, 7));
    assert_eq!(of(&[10, 0]), (2, 5, 7));
    assert_eq!(of(&[4, 1, 3, 2, 5]), (2, 3, 4));
}

/// Something somebody does, some minutes after what was done before.
#[derive(Clone, Debug)]
enum Deed {
    Enters(u32, u64),
    Finishes(u32, u64),
    Says(u32),
}

fn deeds() -> impl Strategy<Value = Vec<(i64, Deed)>> {
    let deed = prop_oneof![
        (2..6_u32, 1..5_u64).prop_map(|(seat, number)| Deed::Enters(seat, number)),
        (2..6_u32, 1..5_u64).prop_map(|(seat, number)| Deed::Finishes(seat, number)),
        (2..6_u32).prop_map(Deed::Says),
    ];
    prop::collection::vec((-1..50_i64, deed), 0..60)
}

fn played(deeds: &[(i64, Deed)]) -> Log {
    let mut log = Log::begun();
    for seat in 2..6 {
        log.join(0, seat);
    }
    let (mut minute, mut messages) = (0, 0);
    for (after, deed) in deeds {
        minute += after;
        match *deed {
            Deed::Enters(seat, number) => log.at(minute).enters(seat, number),
            Deed::Finishes(seat, number) => log.at(minute).finishes(seat, number),
            Deed::Says(seat) => {
                messages += 1;
                log.at(minute).says(seat, messages)
            }
        };
    }
    log
}

proptest! {
    #[test]
    fn the_quartiles_are_in_order_and_among_the_values(
        spans in prop::collection::vec(0..1_000_000_i64, 1..40),
    ) {
        let spread = Spread::of(spans.clone()).unwrap();
        let (least, most) = (spans.iter().min().unwrap(), spans.iter().max().unwrap());
        prop_assert!(*least <= spread.lower_ms && spread.lower_ms <= spread.median_ms);
        prop_assert!(spread.median_ms <= spread.upper_ms && spread.upper_ms <= *most);
        let no_longer = spans.iter().filter(|span| **span <= spread.median_ms).count();
        prop_assert!(no_longer * 2 >= spans.len());
        let mut turned = spans;
        turned.reverse();
        prop_assert_eq!(Spread::of(turned), Some(spread));
    }

    /// However people go to and fro, nobody works longer than they were there,
    /// and no step forgets or invents anybody.
    #[test]
    fn nobody_works_longer_than_they_are_there(deeds in deeds()) {
        let log = played(&deeds);
        let report = log.report();
        let forward: i64 = log
            .events
            .windows(2)
            .map(|two| (two[1].at.as_ms() - two[0].at.as_ms()).max(0))
            .sum();
        for person in &report.people {
            let worked: i64 = person.visits.iter().map(|visit| visit.ms).sum();
            prop_assert!(person.visits.iter().all(|visit| visit.ms >= 0));
            prop_assert!(worked <= forward);
            let done = person.visits.iter().filter(|visit| visit.finished).count();
            prop_assert_eq!(person.steps_done, count(done));
        }
        for (step, place) in report.steps.iter().zip(0..) {
            let visits = || report.people.iter().flat_map(|person| &person.visits);
            let here = |wanted: fn(&Visit) -> bool| {
                count(visits().filter(|v| v.place == place && wanted(v)).count())
            };
            prop_assert_eq!(step.entered, here(|visit| visit.entered));
            prop_assert_eq!(step.finished, here(|visit| visit.finished));
            let measured = step.spread.map_or(0, |spread| spread.people);
            prop_assert_eq!(measured, here(|visit| visit.entered && visit.finished));
            prop_assert_eq!(step.proposed_minutes.is_some(), measured >= 3);
        }
    }

    /// What is added to the log later never takes anybody's time away.
    #[test]
    fn time_only_grows(deeds in deeds(), cut in 0..60_usize) {
        let all = played(&deeds).report();
        let before = played(&deeds[..cut.min(deeds.len())]).report();
        for (earlier, later) in before.people.iter().zip(&all.people) {
            for visit in &earlier.visits {
                let still = later.visits.iter().find(|known| known.place == visit.place);
                prop_assert!(still.is_some_and(|known| known.ms >= visit.ms));
            }
        }
    }
}

#[test]
fn the_hardest_quiz_comes_first() {
    let mut log = Log::begun();
    log.seat(1, 2, "Ada", Role::Attendee);
    log.seat(1, 3, "Bob", Role::Attendee);
    let answer = |seat: u32, quiz: u64, choice: u8, right| Event::QuizAnswered {
        seat: SeatId::new(seat),
        at: step(2),
        quiz: QuizKey::from_bits(quiz),
        choices: [choice].into(),
        right,
        explanation: None,
    };
    log.at(2).push(answer(2, 0, 0, true));
    assert_eq!(keys(&log), [0, 1], "what nobody answered comes last");
    log.at(3).push(answer(2, 1, 0, false));
    log.at(4).push(answer(2, 1, 1, true));
    log.at(5).push(answer(3, 1, 1, true));
    assert_eq!(keys(&log), [1, 0]);
    let report = log.report();
    let hardest = &report.quizzes[0];
    let figures = (hardest.answered, hardest.first_right, hardest.right);
    assert_eq!(figures, (2, 1, 2));
    assert_eq!((hardest.tries, hardest.place), (3, 1));
    assert_eq!(hardest.first_choices, [1, 1]);
}

fn keys(log: &Log) -> Vec<u64> {
    let quizzes = log.report().quizzes;
    quizzes
        .iter()
        .map(|report| report.quiz.key.to_bits())
        .collect()
}
