//! Facilitators whose access was taken away while the server runs. Their
//! requests are refused because their tokens are gone; their live connections,
//! imports and downloads, which were let in before, learn of it here.

use std::{collections::BTreeSet, sync::Arc};

use domain::FacilitatorId;
use tokio::sync::watch;

/// Who was removed since the start. A value that only grows, by one for each
/// person: there is no moment at which a connection could miss it.
#[derive(Debug, Default)]
pub struct Removals(watch::Sender<Arc<BTreeSet<FacilitatorId>>>);

impl Removals {
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
    }
}
