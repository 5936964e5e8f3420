//! What one connection has been told so far: its place in the log and the
//! last values of what is not logged.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use domain::{PollId, SeatId, Seq, workshop::Role};
use protocol::{HelpPlace, Presence, ServerMessage, Snapshot};

use super::frame;
use crate::{
    problem::HttpProblem,
    room::{HelpQueue, PollFrame, Room},
};

/// Events of one frame; a slow connection gets bigger batches up to here.
const FRAME_EVENTS: u32 = 500;

/// Behind by more than this, a snapshot is smaller than the events.
const SNAPSHOT_BEHIND: i64 = 5000;

/// A connection's view.
#[derive(Debug)]
pub struct Viewer {
    seat: SeatId,
    role: Role,
    /// Read up to here.
    cursor: Seq,
    /// The browser knows up to here; behind `cursor` by what it may not see.
    told: Seq,
    online: Option<BTreeSet<SeatId>>,
    place: Option<HelpPlace>,
    /// The poll results it was told last.
    polls: BTreeMap<PollId, Arc<str>>,
}

impl Viewer {
    /// A view of `seat` that begins with a snapshot.
    pub fn from_snapshot(seat: SeatId, role: Role, snapshot: &Snapshot) -> Self {
        let at = Seq::new(snapshot.seq);
        let place = snapshot.you.help_place;
        Self {
            seat,
            role,
            cursor: at,
            told: at,
            online: None,
            place,
            polls: BTreeMap::new(),
        }
    }

    /// A view that goes on after `cursor`; nothing if the log is shorter, as
    /// after a restore, or so much longer that a snapshot is cheaper.
    pub fn resuming(seat: SeatId, role: Role, cursor: Seq, head: Seq) -> Option<Self> {
        let behind = head.get().checked_sub(cursor.get())?;
        let here = cursor.get() >= 1 && (0..=SNAPSHOT_BEHIND).contains(&behind);
        here.then_some(Self {
            seat,
            role,
            cursor,
            told: cursor,
            online: None,
            place: None,
            polls: BTreeMap::new(),
        })
    }

    /// Passes over what is not for this seat: everything before `from`.
    pub fn go_on_from(&mut self, from: Seq) {
        self.cursor = self.cursor.max(Seq::new(from.get() - 1));
    }

    /// What was not read yet begins here.
    pub const fn next_seq(&self) -> Seq {
        self.cursor.next()
    }

    /// The frame with what was published since; nothing when all is told or
    /// the rest is not for this seat. The flag says that more waits.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub async fn next_events(
        &mut self,
        room: &Room,
    ) -> Result<(Option<String>, bool), HttpProblem> {
        let head = room.head();
        if self.cursor >= head {
            return Ok((None, false));
        }
        let sent = room.events_after(self.cursor, FRAME_EVENTS).await?;
        let Some(last) = sent.last().map(|sent| sent.seq) else {
            return Ok((None, false));
        };
        let frame = frame::events(self.told, last, &sent, self.seat, self.role);
        self.cursor = last;
        if frame.is_some() {
            self.told = last;
        }
        Ok((frame, last < head))
    }

    /// The frame with who came and went since the last one; for facilitators.
    pub fn next_presence(&mut self, room: &Room) -> Option<String> {
        let Role::Facilitator(_) = self.role else {
            return None;
        };
        let now = room.presence().online();
        let numbers = |seats: &mut dyn Iterator<Item = &SeatId>| -> Vec<u32> {
            seats.map(|seat| seat.get()).collect()
        };
        let presence = match &self.online {
            None => Presence {
                complete: true,
                online: numbers(&mut now.iter()),
                offline: Vec::new(),
            },
            Some(before) if *before == now => return None,
            Some(before) => Presence {
                complete: false,
                online: numbers(&mut now.difference(before)),
                offline: numbers(&mut before.difference(&now)),
            },
        };
        self.online = Some(now);
        Some(frame::encode(&ServerMessage::Presence(presence)))
    }

    /// The frame with this seat's place in the help queue, when it changed.
    pub fn next_place(&mut self, queue: &HelpQueue) -> Option<String> {
        let own = queue.waiting.iter().find(|(_, seat)| *seat == self.seat);
        let ids = queue.waiting.iter().map(|(id, _)| *id);
        let place = own.and_then(|(id, _)| HelpPlace::of(*id, ids, queue.wait_per_place_ms));
        if place == self.place {
            return None;
        }
        self.place = place;
        place.map(|place| frame::encode(&ServerMessage::HelpPlace(place)))
    }

    /// The frames with what came of polls since it was last told; hidden
    /// results are for facilitators only.
    pub fn next_polls(&mut self, results: &[PollFrame]) -> Vec<Arc<str>> {
        let facilitates = matches!(self.role, Role::Facilitator(_));
        let mut frames = Vec::new();
        for result in results {
            if !(result.revealed || facilitates) {
                self.polls.remove(&result.poll);
                continue;
            }
            let told = self.polls.get(&result.poll);
            if told.is_none_or(|told| !Arc::ptr_eq(told, &result.frame)) {
                self.polls.insert(result.poll, Arc::clone(&result.frame));
                frames.push(Arc::clone(&result.frame));
            }
        }
        frames
    }
}
