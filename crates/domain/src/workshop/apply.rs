//! How an event changes the state. Total: it never fails, so that any log
//! that was ever written can be replayed; an event about a seat that does not
//! exist changes nothing.

use std::sync::Arc;

use crate::{
    HelpRequestId, MessageId, SeatId, Timestamp,
    workshop::{
        Event, HelpRequest, HelpStatus, Message, MessageKind, Progress, Recorded, Role, Seat,
        StepRef, WorkshopState,
        state::{Beginning, same_name_key},
    },
};

/// Applies one event of the log to the state before it.
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
        Event::SeatTaken {
            seat,
            role,
            name,
            ordinal,
        } => {
            state.names.insert(same_name_key(name), *ordinal);
            if let Role::Facilitator(id) = role {
                state.facilitators.insert(*id, *seat);
            }
            state.seats.push(Seat {
                id: *seat,
                role: *role,
                name: name.clone(),
                ordinal: *ordinal,
                joined_at: at,
                progress: std::collections::BTreeMap::new(),
                last_codelab: None,
            });
        }
        Event::StepEntered { seat, at: step } => {
            with_progress(state, *seat, *step, |progress| {
                progress.current = Some(step.step);
                progress.entered_at = Some(at);
            });
            if let Some(seat) = state.seat_mut(*seat) {
                seat.last_codelab = Some(step.codelab);
            }
        }
        Event::StepCompleted { seat, at: step } => with_progress(state, *seat, *step, |progress| {
            progress.completed.insert(step.step);
        }),
        Event::StepReopened { seat, at: step } => with_progress(state, *seat, *step, |progress| {
            progress.completed.remove(&step.step);
        }),
        Event::MessagePosted { id, seat, text } => {
            say(state, *id, MessageKind::Chat, *seat, text.as_str(), at);
        }
        Event::AnnouncementMade { id, seat, text } => {
            say(
                state,
                *id,
                MessageKind::Announcement,
                *seat,
                text.as_str(),
                at,
            );
        }
        Event::HelpRaised {
            id,
            seat,
            at: step,
            message,
        } => {
            state.waiting.insert(*id, *seat);
            state.help_requests.push(HelpRequest {
                id: *id,
                seat: *seat,
                at: *step,
                message: message.clone(),
                raised_at: at,
                status: HelpStatus::Open,
            });
        }
        Event::HelpClaimed { id, by, .. } => {
            set_help_status(state, *id, HelpStatus::Claimed { by: *by, at });
        }
        Event::HelpResolved { id, by, .. } => {
            set_help_status(state, *id, HelpStatus::Resolved { by: *by, at });
        }
        Event::HelpWithdrawn { id, .. } => {
            set_help_status(state, *id, HelpStatus::Withdrawn { at });
        }
        Event::JoinCodeRequirementChanged { required } => state.code_required = *required,
        Event::WorkshopEnded { .. } => state.ended_at = Some(at),
    }
}

fn with_progress(
    state: &mut WorkshopState,
    seat: SeatId,
    step: StepRef,
    change: impl FnOnce(&mut Progress),
) {
    if let Some(seat) = state.seat_mut(seat) {
        change(seat.progress.entry(step.codelab).or_default());
    }
}

fn say(
    state: &mut WorkshopState,
    id: MessageId,
    kind: MessageKind,
    seat: SeatId,
    text: &str,
    at: Timestamp,
) {
    state.messages.push(Message {
        id,
        kind,
        seat,
        text: text.into(),
        at,
    });
}

fn set_help_status(state: &mut WorkshopState, id: HelpRequestId, status: HelpStatus) {
    if !status.is_waiting() {
        state.waiting.remove(&id);
    }
    if let Some(request) = state.help_request_mut(id) {
        request.status = status;
    }
}
