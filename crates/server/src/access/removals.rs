//! Facilitators whose access was taken away. Their requests are refused because
//! their tokens are gone; what was let in before (live connections, answers that
//! are still being sent, commands that wait for a room, imports and downloads)
//! learns of it here.

use std::{collections::BTreeSet, sync::Arc};

use domain::FacilitatorId;
use tokio::sync::watch;

/// Who was removed. A value that only grows, by one for each person: there is no
/// moment at which a connection could miss it. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Removals(Arc<watch::Sender<Arc<BTreeSet<FacilitatorId>>>>);

impl Removals {
    /// Those of earlier starts.
    #[must_use]
    pub fn of_earlier_starts(ids: impl IntoIterator<Item = FacilitatorId>) -> Self {
        let ids: BTreeSet<_> = ids.into_iter().collect();
        Self(Arc::new(watch::Sender::new(Arc::new(ids))))
    }

    /// Whether a facilitator was removed.
    #[must_use]
    pub fn contains(&self, id: FacilitatorId) -> bool {
        self.0.borrow().contains(&id)
    }

    /// Everybody who was removed.
    #[must_use]
    pub fn all(&self) -> Arc<BTreeSet<FacilitatorId>> {
        Arc::clone(&self.0.borrow())
    }

    /// Closes the connections of a facilitator whose tokens are gone from the
    /// store; those that were let in just before find it too.
    pub fn add(&self, id: FacilitatorId) {
        self.0.send_modify(|removed| {
            Arc::make_mut(removed).insert(id);
        });
    }

    /// Ends when `facilitator` is removed, at once if that has happened; never
    /// for nobody.
    pub async fn of(&self, facilitator: Option<FacilitatorId>) {
        let Some(id) = facilitator else {
            return std::future::pending().await;
        };
        let mut removed = self.0.subscribe();
        // Fails when the sender is gone, which outlives every connection.
        if removed.wait_for(|ids| ids.contains(&id)).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    #[tokio::test]
    async fn a_removal_is_heard_before_and_after() {
        let (ada, bob) = (FacilitatorId::from_bits(1), FacilitatorId::from_bits(2));
        let removals = Removals::default();
        let waiting = removals.of(Some(ada));
        tokio::pin!(waiting);
        assert_eq!(waiting.as_mut().now_or_never(), None);
        removals.add(bob);
        assert_eq!(waiting.as_mut().now_or_never(), None);
        removals.add(ada);
        assert_eq!(waiting.now_or_never(), Some(()));
        assert_eq!(removals.of(Some(ada)).now_or_never(), Some(()));
        assert_eq!(removals.of(None).now_or_never(), None);
        let later = Removals::of_earlier_starts(removals.all().iter().copied());
        assert!(later.contains(ada) && later.contains(bob));
    }
}
