//! What a room has published: the newest events, encoded once for everybody,
//! and the newest `seq`. The log is the queue; this is its recent end.
//! Connections hear of it by their [`super::bells`].

use std::{
    collections::{BTreeSet, VecDeque},
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicI64, Ordering},
    },
};

use domain::{
    SeatId, Seq,
    workshop::{Audience, Event, Recorded, Role, WorkshopState, audience},
};
use protocol::{
    AnnouncementMade, DirectMessagePosted, Directory, EventBody, EventMessage, Message,
    MessagePosted, Person,
};
use serde_json::value::RawValue;

use super::{
    bells::{Bell, Bells},
    code::HighlightedCode,
};

/// Events kept in memory per room. A connection further behind reads the log;
/// 4,096 events are some minutes of a busy room at about 300 bytes each.
const RING_EVENTS: usize = 4096;

/// An event, encoded and with its audience.
#[derive(Debug)]
pub struct Sent {
    /// Its position in the log.
    pub seq: Seq,
    /// Who may see it.
    pub audience: Audience,
    /// The [`EventMessage`] as JSON.
    pub json: Box<RawValue>,
    /// The message it says, if it says one.
    pub(super) message: Option<u32>,
}

impl Sent {
    fn of(recorded: &Recorded, outbox: &Outbox, people: &impl Directory) -> Option<Self> {
        let mut event = EventMessage::of(recorded, people);
        let mut number = None;
        if let Some(message) = said(&mut event.body) {
            number = Some(message.id);
            if outbox.is_deleted(message.id) {
                empty(message);
            }
            outbox.code.fill(message);
        }
        let json = serde_json::value::to_raw_value(&event).ok()?;
        Some(Self {
            seq: recorded.seq,
            audience: audience(&recorded.event),
            json,
            message: number,
        })
    }

    /// The same without the words of its message.
    fn emptied(&self) -> Option<Self> {
        let mut event: EventMessage = serde_json::from_str(self.json.get()).ok()?;
        empty(said(&mut event.body)?);
        Some(Self {
            seq: self.seq,
            audience: self.audience,
            json: serde_json::value::to_raw_value(&event).ok()?,
            message: self.message,
        })
    }
}

/// The message that an event says.
const fn said(body: &mut EventBody) -> Option<&mut Message> {
    if let EventBody::MessagePosted(MessagePosted { message })
    | EventBody::DirectMessagePosted(DirectMessagePosted { message })
    | EventBody::AnnouncementMade(AnnouncementMade { message }) = body
    {
        Some(message)
    } else {
        None
    }
}

/// The message that an event takes back.
const fn taken_back(recorded: &Recorded) -> Option<u32> {
    if let Event::MessageDeleted { id, .. } = recorded.event {
        Some(id.get())
    } else {
        None
    }
}

/// What was taken back is told to nobody any more, also not to who catches up
/// from before it was.
fn empty(message: &mut Message) {
    message.text = "".into();
    message.picture = None;
    message.mentions.clear();
    message.code.clear();
    message.deleted = true;
}

/// What a connection finds after its cursor.
#[derive(Debug)]
pub enum Read {
    /// The following events without a gap; may be empty.
    Events(Vec<Arc<Sent>>),
    /// They are no longer in memory: read the log.
    Behind,
}

/// The recent end of a room's log.
#[derive(Debug)]
pub struct Outbox {
    ring: RwLock<VecDeque<Arc<Sent>>>,
    people: RwLock<Vec<Person>>,
    head: AtomicI64,
    bells: Arc<Bells>,
    code: Arc<HighlightedCode>,
    /// Messages that were taken back.
    deleted: RwLock<BTreeSet<u32>>,
}

impl Outbox {
    /// An outbox that continues the log of `state`.
    #[must_use]
    pub fn continuing(state: &WorkshopState, code: Arc<HighlightedCode>) -> Self {
        let deleted = state.messages().iter();
        let deleted = deleted.filter(|message| message.deleted_by.is_some());
        Self {
            deleted: RwLock::new(deleted.map(|message| message.id.get()).collect()),
            ring: RwLock::default(),
            people: RwLock::new(state.seats().iter().map(Person::from).collect()),
            head: AtomicI64::new(state.seq().get()),
            bells: Arc::default(),
            code,
        }
    }

    /// Publishes events that are durable.
    pub fn publish(&self, events: &[Recorded], state: &WorkshopState) {
        let Some(last) = events.last() else { return };
        {
            let mut people = self.people.write().unwrap_or_else(PoisonError::into_inner);
            let known = people.len();
            people.extend(state.seats().iter().skip(known).map(Person::from));
        }
        let taken_back: Vec<u32> = events.iter().filter_map(taken_back).collect();
        if !taken_back.is_empty() {
            self.take_back(&taken_back);
        }
        let sent: Vec<Arc<Sent>> = events
            .iter()
            .filter_map(|event| Sent::of(event, self, state))
            .map(Arc::new)
            .collect();
        {
            let mut ring = self.ring.write().unwrap_or_else(PoisonError::into_inner);
            ring.extend(sent.iter().map(Arc::clone));
            let excess = ring.len().saturating_sub(RING_EVENTS);
            ring.drain(..excess);
        }
        self.head.store(last.seq.get(), Ordering::Release);
        self.bells.ring(&sent);
    }

    /// Empties messages in what was published.
    fn take_back(&self, ids: &[u32]) {
        let mut deleted = self.deleted.write().unwrap_or_else(PoisonError::into_inner);
        deleted.extend(ids);
        drop(deleted);
        let mut ring = self.ring.write().unwrap_or_else(PoisonError::into_inner);
        for sent in ring.iter_mut() {
            let emptied = sent.message.is_some_and(|id| ids.contains(&id));
            if let Some(emptied) = emptied.then(|| sent.emptied()).flatten() {
                *sent = Arc::new(emptied);
            }
        }
    }

    fn is_deleted(&self, message: u32) -> bool {
        let deleted = self.deleted.read().unwrap_or_else(PoisonError::into_inner);
        deleted.contains(&message)
    }

    /// A bell that rings when something is published that `seat` may see.
    #[must_use]
    pub fn hang_bell(&self, seat: SeatId, role: Role) -> Bell {
        self.bells.hang(seat, role)
    }

    /// The newest `seq`.
    #[must_use]
    pub fn head(&self) -> Seq {
        Seq::new(self.head.load(Ordering::Acquire))
    }

    /// The events after `cursor`, at most `limit`.
    #[must_use]
    pub fn read_after(&self, cursor: Seq, limit: usize) -> Read {
        let ring = self.ring.read().unwrap_or_else(PoisonError::into_inner);
        if cursor >= self.head() {
            return Read::Events(Vec::new());
        }
        match ring.front() {
            Some(first) if first.seq <= cursor.next() => {
                let skip = usize::try_from(cursor.next().get() - first.seq.get()).unwrap_or(0);
                Read::Events(ring.iter().skip(skip).take(limit).map(Arc::clone).collect())
            }
            Some(_) | None => Read::Behind,
        }
    }

    /// Encodes events read back from the log.
    #[must_use]
    pub fn encode(&self, events: &[Recorded]) -> Vec<Arc<Sent>> {
        events
            .iter()
            .filter_map(|event| Sent::of(event, self, self))
            .map(Arc::new)
            .collect()
    }
}

impl Directory for Outbox {
    fn person(&self, seat: SeatId) -> Option<Person> {
        let people = self.people.read().unwrap_or_else(PoisonError::into_inner);
        people
            .get(usize::try_from(seat.get()).ok()?.checked_sub(1)?)
            .cloned()
    }
}
