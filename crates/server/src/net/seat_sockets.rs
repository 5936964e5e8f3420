//! The live connections of each seat. A person may have several tabs and
//! devices; of too many, the oldest ends, since the newest is the one that
//! somebody looks at, and the oldest may long be gone.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, PoisonError},
};

use domain::{SeatId, WorkshopId};
use tokio::sync::Notify;

type Seat = (WorkshopId, SeatId);

/// The live connections of all seats.
#[derive(Debug, Default)]
pub struct SeatSockets(Mutex<HashMap<Seat, VecDeque<Arc<Notify>>>>);

/// The place of one live connection; given back when it is dropped.
#[derive(Debug)]
pub struct SeatSocket<'s> {
    sockets: &'s SeatSockets,
    seat: Seat,
    replaced: Arc<Notify>,
}

impl SeatSockets {
    /// One more live connection of a seat, which may have `most`.
    pub fn enter(&self, seat: Seat, most: usize) -> SeatSocket<'_> {
        let replaced = Arc::new(Notify::new());
        let mut sockets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let own = sockets.entry(seat).or_default();
        own.push_back(Arc::clone(&replaced));
        while own.len() > most.max(1) {
            if let Some(oldest) = own.pop_front() {
                oldest.notify_one();
            }
        }
        drop(sockets);
        SeatSocket {
            sockets: self,
            seat,
            replaced,
        }
    }
}

impl SeatSocket<'_> {
    /// Waits until newer ones have taken its place.
    pub async fn replaced(&self) {
        self.replaced.notified().await;
    }
}

impl Drop for SeatSocket<'_> {
    fn drop(&mut self) {
        let sockets = &self.sockets.0;
        let mut sockets = sockets.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = sockets.get_mut(&self.seat) {
            own.retain(|socket| !Arc::ptr_eq(socket, &self.replaced));
            if own.is_empty() {
                sockets.remove(&self.seat);
            }
        }
    }
}
