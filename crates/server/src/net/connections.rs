//! All connections of the server: whose they are, and which one ends when
//! there are too many.
//!
//! Those of people with a seat and of facilitators are kept, up to a number for
//! each person and for all. When a place is needed, one of the others ends: of
//! the address that has the most of them, the one that has been waiting longest
//! for a request; if none waits, the one whose request takes longest. So a script
//! that holds connections open loses its own, and those who arrive get in.

use std::{
    collections::{BTreeMap, HashMap, btree_map::Entry},
    net::IpAddr,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
};

use domain::{FacilitatorId, SeatId, WorkshopId};
use futures_util::task::AtomicWaker;
use tokio::sync::Notify;

use super::{
    ConnectionLimits,
    file_slots::{FileSlot, FileSlots},
};

/// Connections that were told to end and have not yet; beyond this the next
/// ones wait with the system until some have.
const ENDING_AT_ONCE: usize = 32;

/// Who has shown that a connection is theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    /// Somebody with a seat.
    Seat(WorkshopId, SeatId),
    /// A facilitator of this machine.
    Facilitator(FacilitatorId),
}

/// All connections of the server.
#[derive(Debug)]
pub struct Connections {
    limits: ConnectionLimits,
    file_slots: FileSlots,
    table: Mutex<Table>,
    /// Rings when a connection has ended.
    ended: Notify,
}

#[derive(Debug, Default)]
struct Table {
    /// Including those that are ending.
    open: usize,
    ending: usize,
    /// Number of the next connection, and of the next thing that happens to one.
    next: u64,
    anonymous: BTreeMap<IpAddr, Anonymous>,
    owned: HashMap<Owner, usize>,
    of_seats: usize,
    of_facilitators: usize,
    slots: HashMap<u64, Slot>,
}

/// Connections of one address that are nobody's yet, by when their state began.
#[derive(Debug, Default)]
struct Anonymous {
    waiting: BTreeMap<u64, u64>,
    busy: BTreeMap<u64, u64>,
}

impl Anonymous {
    fn count(&self) -> usize {
        self.waiting.len() + self.busy.len()
    }

    /// The one that ends first: when its state began, and its number.
    fn weakest(&self) -> Option<(u64, u64)> {
        let first = self.waiting.iter().chain(&self.busy).next();
        first.map(|(since, id)| (*since, *id))
    }
}

#[derive(Debug)]
struct Slot {
    state: State,
    /// When the state began.
    since: u64,
    /// Requests that are being answered.
    requests: u32,
    signal: Arc<Signal>,
}

#[derive(Clone, Copy, Debug)]
enum State {
    Anonymous,
    Owned(Owner),
    Ending,
}

/// How a connection's socket learns that it has to end.
#[derive(Debug, Default)]
struct Signal {
    lost: AtomicBool,
    /// A request was answered without its body being read to the end.
    unread: AtomicBool,
    waker: AtomicWaker,
}

impl Signal {
    fn ring(&self) {
        self.lost.store(true, Ordering::Release);
        self.waker.wake();
    }
}

/// The place of a connection; given back when it is dropped.
#[derive(Debug)]
pub struct Place(Connection);

/// One connection, as its requests see it.
#[derive(Clone, Debug)]
pub struct Connection {
    id: u64,
    address: IpAddr,
    signal: Arc<Signal>,
    connections: Arc<Connections>,
}

/// A request that is being answered.
#[derive(Debug)]
pub struct Answering(Connection);

impl Connections {
    /// None yet.
    #[must_use]
    pub fn new(limits: ConnectionLimits) -> Arc<Self> {
        Arc::new(Self {
            limits,
            file_slots: FileSlots::new(&limits),
            table: Mutex::default(),
            ended: Notify::new(),
        })
    }

    /// The bounds of what connections may take.
    #[must_use]
    pub const fn limits(&self) -> &ConnectionLimits {
        &self.limits
    }

    /// A place for a connection from `peer`. Another may have to go for it;
    /// nothing if all others are kept.
    #[must_use]
    pub fn admit(self: &Arc<Self>, peer: IpAddr) -> Option<Place> {
        let address = network(peer);
        let mut table = self.table();
        let of_address = table.anonymous.get(&address).map_or(0, Anonymous::count);
        if of_address >= self.limits.per_address {
            table.end_weakest_of(address);
        }
        if table.open - table.ending >= self.limits.total && !table.end_weakest(Some(address)) {
            return None;
        }
        let id = table.tick();
        let signal = Arc::new(Signal::default());
        table.open += 1;
        table.slots.insert(
            id,
            Slot {
                state: State::Anonymous,
                since: id,
                requests: 0,
                signal: Arc::clone(&signal),
            },
        );
        let own = table.anonymous.entry(address).or_default();
        own.waiting.insert(id, id);
        drop(table);
        Some(Place(Connection {
            id,
            address,
            signal,
            connections: Arc::clone(self),
        }))
    }

    /// Makes room when the system gives no more descriptors than are in use.
    pub fn end_one(&self) {
        self.table().end_weakest(None);
    }

    /// Waits until those that were told to end have done so, but for a few.
    pub async fn settled(&self) {
        loop {
            let ended = self.ended.notified();
            if self.table().ending < ENDING_AT_ONCE {
                return;
            }
            ended.await;
        }
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Table {
    fn tick(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    /// Ends the weakest connection of the address that has the most, of several
    /// the one that is in its state longest. The newcomer counts for its address.
    /// Says whether there was one.
    fn end_weakest(&mut self, newcomer: Option<IpAddr>) -> bool {
        let most = self.anonymous.iter().max_by_key(|(address, own)| {
            let since = own.weakest().map(|(since, _)| since);
            let count = own.count() + usize::from(newcomer == Some(**address));
            (count, std::cmp::Reverse(since))
        });
        let Some(address) = most.map(|(address, _)| *address) else {
            return false;
        };
        self.end_weakest_of(address)
    }

    fn end_weakest_of(&mut self, address: IpAddr) -> bool {
        let weakest = self.anonymous.get(&address).and_then(Anonymous::weakest);
        let Some((_, id)) = weakest else {
            return false;
        };
        self.leave_anonymous(address, id);
        if let Some(slot) = self.slots.get_mut(&id) {
            slot.state = State::Ending;
            self.ending += 1;
            slot.signal.ring();
        }
        true
    }

    fn leave_anonymous(&mut self, address: IpAddr, id: u64) {
        let Some(slot) = self.slots.get(&id) else {
            return;
        };
        if let Entry::Occupied(mut own) = self.anonymous.entry(address) {
            own.get_mut().waiting.remove(&slot.since);
            own.get_mut().busy.remove(&slot.since);
            if own.get().count() == 0 {
                own.remove();
            }
        }
    }

    fn leave_owned(&mut self, owner: Owner) {
        match owner {
            Owner::Seat(..) => self.of_seats -= 1,
            Owner::Facilitator(_) => self.of_facilitators -= 1,
        }
        if let Some(count) = self.owned.get_mut(&owner) {
            *count -= 1;
            if *count == 0 {
                self.owned.remove(&owner);
            }
        }
    }

    fn is_room_for(&self, owner: Owner, limits: &ConnectionLimits) -> bool {
        let own = self.owned.get(&owner).copied().unwrap_or(0);
        let all = self.of_seats + self.of_facilitators;
        match owner {
            Owner::Seat(..) => own < limits.per_seat && self.of_seats < limits.of_seats,
            Owner::Facilitator(_) => own < limits.per_facilitator && all < limits.of_owners,
        }
    }

    fn count_requests(&mut self, address: IpAddr, id: u64, change: impl FnOnce(u32) -> u32) {
        let now = self.tick();
        let Some(slot) = self.slots.get_mut(&id) else {
            return;
        };
        let was_busy = slot.requests > 0;
        slot.requests = change(slot.requests);
        let is_busy = slot.requests > 0;
        let State::Anonymous = slot.state else {
            return;
        };
        if was_busy == is_busy {
            return;
        }
        let before = std::mem::replace(&mut slot.since, now);
        let own = self.anonymous.entry(address).or_default();
        let (from, to) = if is_busy {
            (&mut own.waiting, &mut own.busy)
        } else {
            (&mut own.busy, &mut own.waiting)
        };
        from.remove(&before);
        to.insert(now, id);
    }
}

impl Place {
    /// The connection, for its requests.
    #[must_use]
    pub fn connection(&self) -> Connection {
        self.0.clone()
    }

    /// Whether the connection has to end.
    pub(super) fn is_lost(&self) -> bool {
        self.0.signal.lost.load(Ordering::Acquire)
    }

    /// Whether something that was sent stays unread.
    pub(super) fn has_unread(&self) -> bool {
        self.0.signal.unread.load(Ordering::Acquire)
    }

    /// Ready when the connection has to end.
    pub(super) fn poll_lost(&self, cx: &Context<'_>) -> Poll<()> {
        self.0.signal.waker.register(cx.waker());
        if self.is_lost() {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Connection {
            id,
            address,
            connections,
            ..
        } = &self.0;
        let mut table = connections.table();
        match table.slots.get(id).map(|slot| slot.state) {
            Some(State::Anonymous) => table.leave_anonymous(*address, *id),
            Some(State::Owned(owner)) => table.leave_owned(owner),
            Some(State::Ending) => table.ending -= 1,
            None => return,
        }
        table.slots.remove(id);
        table.open -= 1;
        drop(table);
        connections.ended.notify_one();
    }
}

impl Connection {
    /// Somebody has shown that the connection is theirs: from now on it is kept,
    /// unless they have too many.
    pub fn belongs_to(&self, owner: Owner) {
        let limits = &self.connections.limits;
        let mut table = self.connections.table();
        let Some(State::Anonymous) = table.slots.get(&self.id).map(|slot| slot.state) else {
            return;
        };
        if !table.is_room_for(owner, limits) {
            return;
        }
        table.leave_anonymous(self.address, self.id);
        *table.owned.entry(owner).or_default() += 1;
        match owner {
            Owner::Seat(..) => table.of_seats += 1,
            Owner::Facilitator(_) => table.of_facilitators += 1,
        }
        if let Some(slot) = table.slots.get_mut(&self.id) {
            slot.state = State::Owned(owner);
        }
    }

    /// Whether nobody has shown that it is theirs.
    #[must_use]
    pub fn is_anonymous(&self) -> bool {
        let table = self.connections.table();
        let state = table.slots.get(&self.id).map(|slot| slot.state);
        !matches!(state, Some(State::Owned(_)))
    }

    /// A place for a file that is sent over it; nothing while too many are sent.
    #[must_use]
    pub fn file_slot(&self) -> Option<FileSlot> {
        self.connections.file_slots.take(self.is_anonymous())
    }

    /// A request has come; it is being answered until the guard is dropped.
    #[must_use]
    pub fn answering(&self) -> Answering {
        let mut table = self.connections.table();
        table.count_requests(self.address, self.id, |requests| requests + 1);
        Answering(self.clone())
    }

    /// A request is answered without its body being read to the end.
    pub fn leave_unread(&self) {
        self.signal.unread.store(true, Ordering::Release);
    }

    /// Ends the connection without a word.
    pub fn end(&self) {
        self.signal.ring();
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        let Connection { id, address, .. } = self.0;
        let mut table = self.0.connections.table();
        table.count_requests(address, id, |requests| requests.saturating_sub(1));
    }
}

/// What counts as one address: of IPv6, the network, since a machine may have
/// any of its addresses.
fn network(peer: IpAddr) -> IpAddr {
    match peer.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() >> 64 << 64).into()),
    }
}

#[cfg(test)]
mod tests;
