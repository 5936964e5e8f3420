//! Follows the addresses of this machine as cables, Wi-Fi and hotspots come and go.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::addresses::{AddressError, LanAddress, addresses};

/// Watches this machine's addresses. It has no state of its own: everything is in the
/// receiver that [`AddressWatch::start`] hands out.
#[derive(Debug)]
pub struct AddressWatch;

impl AddressWatch {
    /// How often to look. With the time it takes to look, a network that comes or goes is
    /// known within three seconds.
    pub const INTERVAL: Duration = Duration::from_secs(2);

    /// Reads the addresses now and then every `interval`, and publishes them when they
    /// differ from what was published last, order included.
    ///
    /// `bound` is the address that the server listens on. Unless that is all of them
    /// (`0.0.0.0`), only this one leads to the server, and only this one is published.
    ///
    /// When the operating system fails to answer, the last known addresses stay. The
    /// task ends with `cancel`, or when the last receiver is gone.
    ///
    /// Must be called within a Tokio runtime; `interval` must not be zero.
    #[must_use]
    pub fn start(
        bound: IpAddr,
        interval: Duration,
        tracker: &TaskTracker,
        cancel: CancellationToken,
    ) -> watch::Receiver<Arc<[LanAddress]>> {
        let read = move || addresses().map(|found| reaching(bound, found));
        follow(read, interval, tracker, cancel)
    }
}

/// Of these addresses, those at which a server that listens on `bound` is reached.
fn reaching(bound: IpAddr, mut addresses: Vec<LanAddress>) -> Vec<LanAddress> {
    if !bound.is_unspecified() {
        addresses.retain(|address| address.ip == bound);
    }
    addresses
}

/// [`AddressWatch::start`] for any way to `read` the addresses.
fn follow<F>(
    read: F,
    interval: Duration,
    tracker: &TaskTracker,
    cancel: CancellationToken,
) -> watch::Receiver<Arc<[LanAddress]>>
where
    F: Fn() -> Result<Vec<LanAddress>, AddressError> + Clone + Send + 'static,
{
    let first = read().unwrap_or_else(|error| {
        tracing::warn!(%error, "addresses unknown until the next look");
        Vec::new()
    });
    let (publish, receiver) = watch::channel(Arc::from(first));
    tracker.spawn(async move {
        let mut ticks = tokio::time::interval(interval);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = cancel.cancelled() => return,
                () = publish.closed() => return,
                _ = ticks.tick() => {}
            }
            match tokio::task::spawn_blocking(read.clone()).await {
                Ok(Ok(found)) => publish_if_changed(&publish, found),
                Ok(Err(error)) => tracing::debug!(%error, "keeping the last known addresses"),
                Err(error) => tracing::debug!(%error, "looking at the addresses was interrupted"),
            }
        }
    });
    receiver
}

fn publish_if_changed(publish: &watch::Sender<Arc<[LanAddress]>>, found: Vec<LanAddress>) {
    publish.send_if_modified(|known| {
        let changed = **known != *found;
        if changed {
            tracing::info!(addresses = found.len(), "addresses of this machine changed");
            *known = Arc::from(found);
        }
        changed
    });
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use tokio::sync::watch;
    use tokio_util::sync::CancellationToken;
    use tokio_util::task::TaskTracker;

    use super::{follow, reaching};
    use crate::addresses::{AddressError, LanAddress};
    use crate::kind::NetworkKind;

    const EACH: Duration = Duration::from_millis(1);

    fn wlan(last: u8) -> Vec<LanAddress> {
        let ip = IpAddr::from([192, 168, 1, last]);
        vec![LanAddress {
            interface: "wlan0".into(),
            ip,
            kind: NetworkKind::Wireless,
        }]
    }

    fn unreadable() -> AddressError {
        AddressError::from(local_ip_address::Error::LocalIpAddressNotFound)
    }

    /// An operating system whose answers are counted and given by the number of the look.
    struct Looks {
        done: watch::Receiver<usize>,
        read: Arc<dyn Fn() -> Result<Vec<LanAddress>, AddressError> + Send + Sync>,
    }

    impl Looks {
        fn answering(
            answer: impl Fn(usize) -> Result<Vec<LanAddress>, AddressError> + Send + Sync + 'static,
        ) -> Self {
            let (count, done) = watch::channel(0);
            let next = AtomicUsize::new(0);
            let read = Arc::new(move || {
                let look = next.fetch_add(1, Ordering::SeqCst);
                count.send_replace(look);
                answer(look)
            });
            Self { done, read }
        }

        async fn after(&mut self, looks: usize) {
            self.done
                .wait_for(|done| *done >= looks)
                .await
                .expect("still looking");
        }
    }

    #[test]
    fn a_server_bound_to_one_address_is_found_there_only() {
        let all = || [wlan(1), wlan(2)].concat();
        assert_eq!(reaching(IpAddr::from([0, 0, 0, 0]), all()), all());
        assert_eq!(reaching(IpAddr::from([192, 168, 1, 2]), all()), wlan(2));
        assert_eq!(reaching(IpAddr::from([127, 0, 0, 1]), all()), []);
    }

    #[tokio::test]
    async fn publishes_changes_and_only_those() {
        let mut looks = Looks::answering(|look| Ok(if look < 20 { wlan(1) } else { wlan(2) }));
        let read = Arc::clone(&looks.read);
        let tracker = TaskTracker::new();
        let cancel = CancellationToken::new();
        let mut addresses = follow(move || read(), EACH, &tracker, cancel.clone());
        assert_eq!(**addresses.borrow_and_update(), *wlan(1));

        looks.after(15).await;
        assert!(!addresses.has_changed().expect("still followed"));

        addresses.changed().await.expect("still followed");
        assert_eq!(**addresses.borrow_and_update(), *wlan(2));
        looks.after(40).await;
        assert!(!addresses.has_changed().expect("still followed"));

        cancel.cancel();
        tracker.close();
        tracker.wait().await;
    }

    #[tokio::test]
    async fn keeps_the_last_known_addresses_while_they_cannot_be_read() {
        let mut looks = Looks::answering(|look| {
            if look == 0 {
                Ok(wlan(1))
            } else {
                Err(unreadable())
            }
        });
        let read = Arc::clone(&looks.read);
        let tracker = TaskTracker::new();
        let addresses = follow(move || read(), EACH, &tracker, CancellationToken::new());

        looks.after(5).await;
        assert_eq!(**addresses.borrow(), *wlan(1));

        drop(addresses);
        tracker.close();
        tracker.wait().await;
    }
}
