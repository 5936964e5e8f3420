//! What a facilitator holds in a room that others wait for: handed back when they
//! are removed.

use std::collections::BTreeSet;

use domain::{
    FacilitatorId, HelpRequestId, SeatId,
    workshop::{Command, HelpStatus, WorkshopState},
};
use protocol::Problem;

use super::handle::{Authority, Room};
use crate::secrets;

struct Duties {
    seat: SeatId,
    leads: bool,
    claimed: Vec<HelpRequestId>,
}

impl Duties {
    fn of(state: &WorkshopState, facilitator: FacilitatorId) -> Option<Self> {
        let seat = state.seat_of(facilitator)?;
        let queue = state.help_queue().into_iter();
        let claimed = queue.filter(
            |request| matches!(request.status, HelpStatus::Claimed { by, .. } if by == seat),
        );
        Some(Self {
            seat,
            leads: state.lead().is_some_and(|lead| lead.by == seat),
            claimed: claimed.map(|request| request.id).collect(),
        })
    }

    fn release(self) -> impl Iterator<Item = (SeatId, Command)> {
        let lead = self.leads.then_some(Command::ReleaseLead);
        let help = self.claimed.into_iter().map(Command::HandBackHelp);
        let seat = self.seat;
        lead.into_iter().chain(help).map(move |done| (seat, done))
    }
}

impl Room {
    /// Hands back what facilitators who were removed hold here. The room works
    /// through its requests in order: when this returns, no command that they gave
    /// before is left.
    ///
    /// # Errors
    /// That the room does not answer.
    pub async fn release_duties(&self, removed: BTreeSet<FacilitatorId>) -> Result<(), Problem> {
        let held = self.read(move |state| {
            let duties = removed.iter().filter_map(|id| Duties::of(state, *id));
            duties.flat_map(Duties::release).collect::<Vec<_>>()
        });
        for (seat, command) in held.await? {
            // Somebody may have been faster; then there is nothing to hand back.
            let done = self.command_with(Authority::Server, seat, secrets::command_id(), command);
            if let Err(problem) = done.await {
                tracing::debug!(code = problem.code.as_str(), "room.release_duties");
            }
        }
        Ok(())
    }
}
