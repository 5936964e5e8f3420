//! The mDNS responder of `mdns-sd`, owned: its thread is told to end on every way out.

use std::time::Duration;

use mdns_sd::{DaemonEvent, IfKind, Receiver, ServiceDaemon, ServiceInfo};

/// How often the responder looks for interfaces that came or went, in seconds. With one
/// second of probing a new network has the name within three seconds.
const INTERFACE_CHECK_SECS: u32 = 1;

/// How long a goodbye may take altogether.
const GOODBYE_DEADLINE: Duration = Duration::from_secs(1);

/// The responder repeats a goodbye after 120 ms, because Wi-Fi loses multicast packets
/// easily; ending it earlier would swallow the repetition.
const GOODBYE_REPEATED: Duration = Duration::from_millis(150);

/// A running responder that has one service.
#[derive(Debug)]
pub(super) struct Responder {
    daemon: OwnedDaemon,
    events: Receiver<DaemonEvent>,
    info: ServiceInfo,
}

/// Ends the responder's thread when dropped, which says goodbye once, without waiting.
struct OwnedDaemon(ServiceDaemon);

impl std::fmt::Debug for OwnedDaemon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OwnedDaemon")
    }
}

impl Drop for OwnedDaemon {
    fn drop(&mut self) {
        match self.0.shutdown() {
            Ok(_) | Err(mdns_sd::Error::DaemonShutdown) => {}
            Err(error) => tracing::warn!(%error, "the mDNS responder did not take its end"),
        }
    }
}

impl Responder {
    /// Starts the responder's thread and lets it claim the names of `info`.
    ///
    /// Sockets are opened by that thread, which does not report when it cannot: then no
    /// announcement ever comes.
    pub(super) fn start(info: ServiceInfo) -> Result<Self, mdns_sd::Error> {
        let daemon = OwnedDaemon(ServiceDaemon::new()?);
        daemon
            .0
            .disable_interface(vec![IfKind::IPv6, IfKind::LoopbackV4])?;
        daemon.0.set_ip_check_interval(INTERFACE_CHECK_SECS)?;
        let events = daemon.0.monitor()?;
        daemon.0.register(info.clone())?;
        Ok(Self {
            daemon,
            events,
            info,
        })
    }

    /// The next event, or `None` when the responder has ended.
    ///
    /// The queue holds a hundred events and drops more; [`Responder::announce_again`]
    /// makes up for a lost one.
    pub(super) async fn next(&self) -> Option<DaemonEvent> {
        self.events.recv_async().await.ok()
    }

    /// Announces everything that has been probed once more, on all interfaces. Reported
    /// with all addresses concerned; what is still being probed is reported later.
    ///
    /// Needed in two cases. RFC 6762 section 8.3 asks for two announcements, and the
    /// responder's own second one is lost when the instance's name has capital letters.
    /// And when an interface comes back with the address it had, the responder announces
    /// on it without saying so.
    pub(super) fn announce_again(&self) {
        if let Err(error) = self.daemon.0.register(self.info.clone()) {
            tracing::debug!(%error, "not announced again");
        }
    }

    /// Says goodbye twice and ends the responder, within a second.
    pub(super) async fn goodbye(self) {
        let goodbye = async {
            if let Ok(status) = self.daemon.0.unregister(self.info.get_fullname())
                && status.recv_async().await.is_ok()
            {
                tokio::time::sleep(GOODBYE_REPEATED).await;
            }
            let ended = self.daemon.0.shutdown()?.recv_async().await;
            tracing::debug!(?ended, "mDNS responder ended");
            Ok::<(), mdns_sd::Error>(())
        };
        match tokio::time::timeout(GOODBYE_DEADLINE, goodbye).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::debug!(%error, "the mDNS responder had ended before"),
            Err(_) => tracing::warn!("the mDNS responder did not say goodbye in time"),
        }
    }
}
