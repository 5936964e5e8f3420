//! Who was there, and what they did.

use std::collections::BTreeMap;

use super::{count, times::Times};
use crate::{
    Name, SeatId, Timestamp,
    workshop::{MessageKind, QuizProgress, Seat, StepRef, WorkshopState, quizzes_answered},
};

/// An attendee, after the fact. Whether they answered polls is not told: where
/// few answered, or all alike, it would say what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendance {
    /// Their seat.
    pub seat: SeatId,
    /// The name they gave.
    pub name: Name,
    /// Tells people of the same name apart.
    pub ordinal: u32,
    /// When they joined.
    pub joined_at: Timestamp,
    /// When they last did something that the log knows of.
    pub active_at: Timestamp,
    /// The steps they opened or finished, in the agenda's order.
    pub visits: Vec<Visit>,
    /// Steps they finished.
    pub steps_done: u32,
    /// How far they are with the quizzes of all codelabs.
    pub quizzes: QuizProgress,
    /// Messages to everybody and to the facilitators that still stand.
    pub messages: u32,
    /// Times they asked for help.
    pub help_requests: u32,
}

/// What became of a step in somebody's hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visit {
    /// The step, counted from 0 through all codelabs.
    pub place: u32,
    /// How long they were at it, in milliseconds; see [`Times`].
    pub ms: i64,
    /// Whether they opened it; a step can be ticked off from afar.
    pub entered: bool,
    /// Whether it is marked as done.
    pub finished: bool,
}

/// What everybody did, counted once over the state.
#[derive(Default)]
struct Tally {
    messages: BTreeMap<SeatId, u32>,
    help_requests: BTreeMap<SeatId, u32>,
}

impl Tally {
    fn of(state: &WorkshopState) -> Self {
        let mut tally = Self::default();
        for message in state.messages() {
            let stands = message.deleted_by.is_none() && message.kind != MessageKind::Announcement;
            if stands {
                *tally.messages.entry(message.seat).or_default() += 1;
            }
        }
        for request in state.help_requests() {
            *tally.help_requests.entry(request.seat).or_default() += 1;
        }
        tally
    }
}

pub(super) fn of(
    state: &WorkshopState,
    times: &Times,
    places: &BTreeMap<StepRef, u32>,
) -> Vec<Attendance> {
    let tally = Tally::of(state);
    let attendees = state.seats().iter();
    attendees
        .filter(|seat| seat.facilitator().is_err())
        .map(|seat| one(state, seat, times, places, &tally))
        .collect()
}

fn one(
    state: &WorkshopState,
    seat: &Seat,
    times: &Times,
    places: &BTreeMap<StepRef, u32>,
    tally: &Tally,
) -> Attendance {
    let mut visits: Vec<Visit> = places
        .iter()
        .filter_map(|(at, place)| visit(seat, times, *at, *place))
        .collect();
    visits.sort_unstable_by_key(|visit| visit.place);
    let of = |counts: &BTreeMap<SeatId, u32>| counts.get(&seat.id).copied().unwrap_or(0);
    Attendance {
        seat: seat.id,
        name: seat.name.clone(),
        ordinal: seat.ordinal,
        joined_at: seat.joined_at,
        active_at: seat.active_at,
        steps_done: count(visits.iter().filter(|visit| visit.finished).count()),
        visits,
        quizzes: quizzes(state, seat.id),
        messages: of(&tally.messages),
        help_requests: of(&tally.help_requests),
    }
}

fn quizzes(state: &WorkshopState, seat: SeatId) -> QuizProgress {
    let codelabs = state.agenda().iter();
    let progress = codelabs.map(|known| quizzes_answered(state, seat, known.codelab));
    progress.fold(QuizProgress::default(), |all, one| QuizProgress {
        total: all.total + one.total,
        answered: all.answered + one.answered,
        right: all.right + one.right,
    })
}

fn visit(seat: &Seat, times: &Times, at: StepRef, place: u32) -> Option<Visit> {
    let spent = times.spent_ms(seat.id, at);
    let progress = seat.progress.get(&at.codelab);
    let finished = progress.is_some_and(|progress| progress.completed.contains(&at.step));
    (spent.is_some() || finished).then_some(Visit {
        place,
        ms: spent.unwrap_or(0),
        entered: spent.is_some(),
        finished,
    })
}
