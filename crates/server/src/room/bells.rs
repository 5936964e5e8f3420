//! Who is woken when something was published. With a thousand people each
//! wakening counts: a step is heard by its seat and the facilitators, and
//! nobody else's connection is disturbed by it.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
};

use domain::{SeatId, Seq, workshop::Role};
use tokio::sync::Notify;

use super::outbox::Sent;

/// The bells of all connections of a room.
#[derive(Debug, Default)]
pub struct Bells(Mutex<Hung>);

#[derive(Debug, Default)]
struct Hung {
    made: u64,
    bells: BTreeMap<u64, (SeatId, Role, Arc<State>)>,
}

/// Nothing to hear of.
const SILENT: i64 = i64::MAX;

#[derive(Debug)]
struct State {
    /// The first event to hear of, or [`SILENT`].
    from: AtomicI64,
    rung: Notify,
}

impl Bells {
    /// Hangs a bell for a connection of `seat`. It rings at once: what was
    /// published before is to be read, too.
    #[must_use]
    pub fn hang(self: &Arc<Self>, seat: SeatId, role: Role) -> Bell {
        let state = Arc::new(State {
            from: AtomicI64::new(Seq::default().next().get()),
            rung: Notify::new(),
        });
        state.rung.notify_one();
        let mut hung = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        hung.made += 1;
        let number = hung.made;
        hung.bells.insert(number, (seat, role, Arc::clone(&state)));
        Bell {
            bells: Arc::clone(self),
            number,
            state,
        }
    }

    /// Rings for everybody who may see some of `published`.
    pub fn ring(&self, published: &[Arc<Sent>]) {
        let hung = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (seat, role, state) in hung.bells.values() {
            let visible = |sent: &&Arc<Sent>| sent.audience.admits(*seat, *role);
            if let Some(first) = published.iter().find(visible) {
                state.ring(first.seq);
            }
        }
    }
}

impl State {
    /// Whoever rings writes always, also when it rang before and was not heard
    /// yet: so whoever hears it afterwards sees what was published before it.
    fn ring(&self, from: Seq) {
        if self.from.fetch_min(from.get(), Ordering::AcqRel) == SILENT {
            self.rung.notify_one();
        }
    }
}

/// A connection's bell; taken down when it is dropped.
#[derive(Debug)]
pub struct Bell {
    bells: Arc<Bells>,
    number: u64,
    state: Arc<State>,
}

impl Bell {
    /// Waits until it rings. It may have been heard already by [`Bell::hear`].
    pub async fn rung(&self) {
        self.state.rung.notified().await;
    }

    /// If it rang since the last time, the first event that is for this
    /// connection: nothing between the last one it heard of and this one is.
    #[must_use]
    pub fn hear(&self) -> Option<Seq> {
        let from = self.state.from.swap(SILENT, Ordering::AcqRel);
        (from != SILENT).then_some(Seq::new(from))
    }

    /// Rings for oneself: from `from` on, more waits.
    pub fn ring(&self, from: Seq) {
        self.state.ring(from);
    }
}

impl Drop for Bell {
    fn drop(&mut self) {
        let mut hung = self.bells.0.lock().unwrap_or_else(PoisonError::into_inner);
        hung.bells.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use domain::{FacilitatorId, workshop::Audience};
    use serde_json::value::RawValue;

    use super::*;

    const ADA: SeatId = SeatId::new(2);
    const BOB: SeatId = SeatId::new(3);

    fn published(events: &[(i64, Audience)]) -> Vec<Arc<Sent>> {
        let sent = |(seq, audience): &(i64, Audience)| {
            Arc::new(Sent {
                seq: Seq::new(*seq),
                audience: *audience,
                json: RawValue::from_string("{}".to_owned()).unwrap(),
                message: None,
            })
        };
        events.iter().map(sent).collect()
    }

    #[test]
    fn a_bell_rings_for_what_its_seat_may_see_and_says_from_where() {
        let bells = Arc::new(Bells::default());
        let ada = bells.hang(ADA, Role::Attendee);
        let bob = bells.hang(BOB, Role::Attendee);
        let board = bells.hang(
            SeatId::new(1),
            Role::Facilitator(FacilitatorId::from_bits(7)),
        );
        for bell in [&ada, &bob, &board] {
            assert_eq!(bell.hear(), Some(Seq::new(1)), "what was before");
            assert_eq!(bell.hear(), None);
        }
        bells.ring(&published(&[
            (10, Audience::Facilitators),
            (11, Audience::SeatAndFacilitators(ADA)),
        ]));
        bells.ring(&published(&[(12, Audience::Everyone)]));
        assert_eq!(ada.hear(), Some(Seq::new(11)), "the first, not the last");
        assert_eq!(bob.hear(), Some(Seq::new(12)));
        assert_eq!(board.hear(), Some(Seq::new(10)));
        assert_eq!(bob.hear(), None);
    }

    #[test]
    fn a_bell_is_taken_down_with_its_connection() {
        let bells = Arc::new(Bells::default());
        let bell = bells.hang(ADA, Role::Attendee);
        drop(bells.hang(BOB, Role::Attendee));
        assert_eq!(bells.0.lock().unwrap().bells.len(), 1);
        drop(bell);
        assert_eq!(bells.0.lock().unwrap().bells.len(), 0);
    }

    #[tokio::test]
    async fn ringing_before_anybody_waits_is_not_lost() {
        let bells = Arc::new(Bells::default());
        let ada = bells.hang(ADA, Role::Attendee);
        ada.rung().await;
        assert!(ada.hear().is_some());
        bells.ring(&published(&[(5, Audience::Everyone)]));
        ada.rung().await;
        assert_eq!(ada.hear(), Some(Seq::new(5)));
    }
}
