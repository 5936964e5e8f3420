//! How a workshop begins.

use std::{collections::BTreeSet, sync::Arc};

use crate::{
    JoinCode, WorkshopTitle,
    workshop::{AgendaCodelab, Event, Rejection},
};

/// What a new workshop is made of.
#[derive(Clone, Debug)]
pub struct Start {
    /// What it is called.
    pub title: WorkshopTitle,
    /// The code for joining, unique among live workshops of this machine.
    pub join_code: JoinCode,
    /// Whether joining takes the code.
    pub code_required: bool,
    /// What will be worked through.
    pub agenda: Vec<AgendaCodelab>,
}

/// Starts a workshop.
///
/// # Errors
/// [`Rejection::EmptyAgenda`] or [`Rejection::CodelabTwiceOnAgenda`].
pub fn start(start: Start) -> Result<Vec<Event>, Rejection> {
    if start.agenda.is_empty() || start.agenda.iter().any(|codelab| codelab.steps.is_empty()) {
        return Err(Rejection::EmptyAgenda);
    }
    let mut seen = BTreeSet::new();
    if let Some(twice) = start
        .agenda
        .iter()
        .find(|codelab| !seen.insert(codelab.codelab))
    {
        return Err(Rejection::CodelabTwiceOnAgenda(twice.codelab));
    }
    Ok(vec![Event::WorkshopStarted {
        title: start.title,
        join_code: start.join_code,
        code_required: start.code_required,
        agenda: Arc::from(start.agenda),
    }])
}
