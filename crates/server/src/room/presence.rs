//! Who is connected. Last value wins; never logged.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, PoisonError},
};

use domain::SeatId;
use tokio::sync::watch;

/// Connections per seat. A seat with none is away.
#[derive(Debug, Default)]
pub struct Presence {
    connections: Mutex<BTreeMap<SeatId, u32>>,
    changed: watch::Sender<()>,
}

impl Presence {
    /// Counts a connection of `seat` until the guard is dropped.
    #[must_use]
    pub fn enter(self: &Arc<Self>, seat: SeatId) -> PresenceGuard {
        self.change(seat, |count| count + 1);
        PresenceGuard {
            presence: Arc::clone(self),
            seat,
        }
    }

    /// The seats with a connection.
    #[must_use]
    pub fn online(&self) -> BTreeSet<SeatId> {
        let connections = self
            .connections
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        connections.keys().copied().collect()
    }

    /// Tells when somebody came or went.
    #[must_use]
    pub fn subscribe(&self) -> watch::Receiver<()> {
        self.changed.subscribe()
    }

    fn change(&self, seat: SeatId, next: impl FnOnce(u32) -> u32) {
        {
            let mut connections = self
                .connections
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            match next(connections.get(&seat).copied().unwrap_or(0)) {
                0 => connections.remove(&seat),
                count => connections.insert(seat, count),
            };
        }
        self.changed.send_replace(());
    }
}

/// Keeps a seat present; dropping it is the leave.
#[derive(Debug)]
pub struct PresenceGuard {
    presence: Arc<Presence>,
    seat: SeatId,
}

impl Drop for PresenceGuard {
    fn drop(&mut self) {
        self.presence
            .change(self.seat, |count| count.saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seat_is_present_while_any_of_its_connections_is() {
        let presence = Arc::new(Presence::default());
        let ada = SeatId::new(1);
        let phone = presence.enter(ada);
        let laptop = presence.enter(ada);
        drop(phone);
        assert_eq!(presence.online(), BTreeSet::from([ada]));
        drop(laptop);
        assert_eq!(presence.online(), BTreeSet::new());
    }
}
