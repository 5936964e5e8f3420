//! What came of the polls, as frames. A value: the last one wins, and it names
//! nobody.

use std::{collections::BTreeSet, sync::Arc};

use domain::{
    PollId,
    workshop::{Event, WorkshopState},
};
use protocol::{PollResult, ServerMessage};

/// The result of one poll.
#[derive(Clone, Debug)]
pub struct PollFrame {
    /// The poll.
    pub poll: PollId,
    /// Whether everybody may see it; facilitators always may.
    pub revealed: bool,
    /// The [`PollResult`] as a frame.
    pub frame: Arc<str>,
}

/// The poll whose result an event changes.
pub(super) const fn changed_poll(event: &Event) -> Option<PollId> {
    if let Event::PollOpened { id, .. }
    | Event::PollAnswered { id, .. }
    | Event::PollRevealed { id, .. }
    | Event::PollReset { id, .. } = event
    {
        Some(*id)
    } else {
        None
    }
}

/// Whether what was told of a poll's result must not be told any more.
pub(super) const fn withdraws_result(event: &Event) -> bool {
    matches!(event, Event::PollRevealed { .. } | Event::PollReset { .. })
}

/// All results, those of `due` polls counted anew.
pub(super) fn renewed(
    told: &[PollFrame],
    state: &WorkshopState,
    due: &BTreeSet<PollId>,
) -> Arc<[PollFrame]> {
    let frame = |poll: &domain::workshop::Poll| {
        let known = told.iter().find(|frame| frame.poll == poll.id);
        if let Some(known) = known.filter(|_| !due.contains(&poll.id)) {
            return Some(known.clone());
        }
        let message = ServerMessage::PollResult(PollResult::from(poll));
        Some(PollFrame {
            poll: poll.id,
            revealed: poll.revealed,
            frame: serde_json::to_string(&message).ok()?.into(),
        })
    };
    state.polls().iter().filter_map(frame).collect()
}
