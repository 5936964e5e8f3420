//! How a workshop follows a codelab that was edited.

use crate::{
    StepId,
    workshop::{AgendaCodelab, Event, Rejection, Status, WorkshopState},
};

/// Brings a codelab of the agenda to a newer revision. An empty answer means:
/// that revision or a later one is worked through already.
///
/// People stay where they are, also at a step that is no longer there, and what
/// they have done stays done: a step that comes back is as it was left. Where the
/// last open step is gone, the nearest one before it is the last.
///
/// # Errors
/// [`Rejection::WorkshopEnded`], [`Rejection::UnknownCodelab`] or, for a codelab
/// without steps, [`Rejection::EmptyAgenda`].
pub fn revise(state: &WorkshopState, codelab: AgendaCodelab) -> Result<Vec<Event>, Rejection> {
    if let Status::Ended { .. } = state.status() {
        return Err(Rejection::WorkshopEnded);
    }
    let id = codelab.codelab;
    let before = state
        .agenda()
        .iter()
        .find(|known| known.codelab == id)
        .ok_or(Rejection::UnknownCodelab(id))?;
    if codelab.steps.is_empty() {
        return Err(Rejection::EmptyAgenda);
    }
    if codelab.revision <= before.revision {
        return Ok(Vec::new());
    }
    let limited = limited_anew(state, before, &codelab);
    let mut events = vec![Event::CodelabRevised { codelab }];
    events.extend(limited);
    Ok(events)
}

/// A limit that names a step which is gone would lock everything.
fn limited_anew(
    state: &WorkshopState,
    before: &AgendaCodelab,
    after: &AgendaCodelab,
) -> Option<Event> {
    let last = state.step_limit(before.codelab)?;
    let stays = |step: StepId| after.steps.iter().any(|known| known.step == step);
    if stays(last) {
        return None;
    }
    let up_to = before.steps.iter().position(|known| known.step == last)?;
    let earlier = before.steps.iter().take(up_to).map(|known| known.step);
    let last = earlier.rev().find(|step| stays(*step));
    // Who limits steps is a facilitator, and stays one.
    let by = state.facilitators.values().min()?;
    Some(Event::StepsLimited {
        by: *by,
        codelab: after.codelab,
        last: last.or_else(|| after.steps.first().map(|first| first.step)),
    })
}
