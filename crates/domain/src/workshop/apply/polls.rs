//! Polls.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    PollId, Timestamp,
    workshop::{Poll, PollForm, WorkshopState},
};

pub(super) fn open(state: &mut WorkshopState, id: PollId, form: &Arc<PollForm>, at: Timestamp) {
    state.polls.push(Poll {
        id,
        form: Arc::clone(form),
        opened_at: at,
        open: true,
        revealed: false,
        answers: BTreeMap::new(),
    });
}

pub(super) fn change(state: &mut WorkshopState, id: PollId, change: impl FnOnce(&mut Poll)) {
    if let Some(poll) = state.poll_mut(id) {
        change(poll);
    }
}
