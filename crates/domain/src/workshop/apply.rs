//! How an event changes the state. Total: it never fails, so that any log
//! that was ever written can be replayed; an event about a seat that does not
//! exist changes nothing. One file per part of the room.

mod conversation;
mod hand_in;
mod help;
mod pace;
mod polls;
mod quizzes;
mod seats;

use std::sync::Arc;

use crate::workshop::{
    AgendaCodelab, Event, Feedback, HelpStatus, MessageKind, PlannedEnd, Recorded, Submission,
    WorkshopState, state::Beginning,
};

/// Applies one event of the log to the state before it.
#[expect(
    clippy::too_many_lines,
    reason = "one arm for each kind of event, and nothing else"
)]
pub fn apply(state: &mut WorkshopState, recorded: &Recorded) {
    let at = recorded.at;
    state.seq = recorded.seq;
    match &recorded.event {
        Event::WorkshopStarted {
            title,
            join_code,
            code_required,
            agenda,
        } => {
            state.code_required = *code_required;
            state.beginning = Some(Beginning {
                title: title.clone(),
                join_code: join_code.clone(),
                agenda: Arc::clone(agenda),
                started_at: at,
            });
        }
        Event::CodelabRevised { codelab } => revise(state, codelab),
        Event::SeatTaken {
            seat,
            role,
            name,
            ordinal,
        } => seats::take(state, *seat, *role, name, *ordinal, at),
        Event::StepEntered { seat, at: step } => seats::enter(state, *seat, *step, at),
        Event::StepCompleted { seat, at: step } => seats::complete(state, *seat, *step, true, at),
        Event::StepReopened { seat, at: step } => seats::complete(state, *seat, *step, false, at),
        Event::MessagePosted { id, seat, body } => {
            conversation::say(state, *id, MessageKind::Chat, *seat, body, at);
        }
        Event::DirectMessagePosted {
            id,
            seat,
            with,
            body,
        } => conversation::say(
            state,
            *id,
            MessageKind::Direct { with: *with },
            *seat,
            body,
            at,
        ),
        Event::AnnouncementMade { id, seat, text } => {
            conversation::announce(state, *id, *seat, text, at);
        }
        Event::MessageDeleted { id, by, .. } => conversation::delete(state, *id, *by),
        Event::MessagePinned { id, pinned, .. } => conversation::pin(state, *id, *pinned),
        Event::Reacted {
            id,
            seat,
            reaction,
            on,
            ..
        } => conversation::react(state, *id, *seat, *reaction, *on),
        Event::SeatMuted { seat, muted, .. } => {
            if let Some(seat) = state.seat_mut(*seat) {
                seat.muted = *muted;
            }
        }
        Event::SlowModeChanged { seconds, .. } => state.slow_mode_seconds = *seconds,
        Event::HelpRaised {
            id,
            seat,
            at: step,
            message,
        } => help::raise(state, *id, *seat, *step, message.clone(), at),
        Event::HelpClaimed { id, by, .. } => {
            help::take(state, *id, HelpStatus::Claimed { by: *by, at }, at);
        }
        Event::HelpHandedBack { id, .. } => help::set_status(state, *id, HelpStatus::Open),
        Event::HelpResolved { id, by, .. } => {
            help::take(state, *id, HelpStatus::Resolved { by: *by, at }, at);
        }
        Event::HelpWithdrawn { id, .. } => {
            help::set_status(state, *id, HelpStatus::Withdrawn { at });
        }
        Event::PaceAsked { id, at: step, .. } => pace::ask(state, *id, *step, at),
        Event::PaceAnswered { id, seat, answer } => {
            seats::active(state, *seat, at);
            pace::change(state, *id, |pace| {
                pace.answers.insert(*seat, *answer);
            });
        }
        Event::PaceClosed { id, .. } => pace::change(state, *id, |pace| pace.open = false),
        Event::TimerStarted { seconds, label, .. } => {
            pace::start_timer(state, *seconds, label.clone(), at);
        }
        Event::TimerStopped { .. } => state.pacing.timer = None,
        Event::LeadTaken { by, at: step } => pace::lead(state, *by, *step),
        Event::LeadMoved { by, at: step } => pace::lead(state, *by, Some(*step)),
        Event::LeadReleased { .. } => state.pacing.lead = None,
        Event::FollowingChanged { seat, following } => {
            if let Some(seat) = state.seat_mut(*seat) {
                seat.following = *following;
            }
        }
        Event::StepsLimited { codelab, last, .. } => match last {
            Some(last) => drop(state.step_limits.insert(*codelab, *last)),
            None => drop(state.step_limits.remove(codelab)),
        },
        Event::PollOpened { id, form, .. } => polls::open(state, *id, form, at),
        // Not a sign of life: facilitators are not told of it.
        Event::PollAnswered { id, seat, answer } => polls::change(state, *id, |poll| {
            poll.answers.insert(*seat, answer.clone());
        }),
        Event::PollClosed { id, .. } => polls::change(state, *id, |poll| poll.open = false),
        Event::PollRevealed { id, revealed, .. } => {
            polls::change(state, *id, |poll| poll.revealed = *revealed);
        }
        Event::PollReset { id, .. } => polls::change(state, *id, |poll| {
            poll.answers.clear();
            poll.open = true;
            poll.revealed = false;
        }),
        Event::QuizAnswered {
            seat,
            at: step,
            quiz,
            choices,
            right,
            explanation,
        } => {
            seats::active(state, *seat, at);
            let quiz = (*step, *quiz);
            quizzes::answer(state, *seat, quiz, choices, *right, explanation.as_ref());
        }
        Event::FeedbackGiven {
            seat,
            difficulty,
            satisfaction,
            comment,
        } => hand_in::give(
            state,
            Feedback {
                seat: *seat,
                difficulty: *difficulty,
                satisfaction: *satisfaction,
                comment: comment.clone(),
                at,
            },
        ),
        Event::WorkSubmitted { id, seat, work } => hand_in::submit(
            state,
            Submission {
                id: *id,
                seat: *seat,
                work: work.clone(),
                at,
            },
        ),
        Event::WorkshopImported { on } => state.imported_on = Some(*on),
        Event::JoinCodeRequirementChanged { required } => state.code_required = *required,
        Event::EndScheduled { by, at: end } => {
            state.planned_end = end.map(|at| PlannedEnd { at, by: *by });
        }
        Event::WorkshopEnded { .. } => {
            state.planned_end = None;
            state.ended_at = Some(at);
        }
    }
}

/// What people have done stays, whatever becomes of the steps.
fn revise(state: &mut WorkshopState, revised: &AgendaCodelab) {
    if let Some(beginning) = &mut state.beginning {
        let agenda = beginning.agenda.iter().map(|known| {
            if known.codelab == revised.codelab {
                revised.clone()
            } else {
                known.clone()
            }
        });
        beginning.agenda = agenda.collect();
    }
}
