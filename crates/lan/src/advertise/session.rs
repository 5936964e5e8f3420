//! The task behind an advertiser: keeps a responder running, and publishes what it says.

use std::sync::Arc;
use std::time::Duration;

use mdns_sd::{DaemonEvent, DnsNameChange, RRType};
use tokio::sync::watch;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::names::{Announcement, Names};
use super::responder::Responder;
use super::service::Service;
use super::{AdvertisedName, NetworkName, NoName};
use crate::addresses::LanAddress;

/// How long a name may stay pending. Probing takes one second, each machine that already
/// has the name costs one more, and nine of them are a lot for one room.
const ANNOUNCEMENT_DEADLINE: Duration = Duration::from_secs(10);

/// A responder that announced nothing is replaced after this time, or when the addresses
/// change: its sockets are opened only once, at its start.
const RETRY_INTERVAL: Duration = Duration::from_secs(30);

/// The second announcement, at least one second after the first (RFC 6762 section 8.3),
/// with some room for the responder's own limit of one per second.
const SECOND_ANNOUNCEMENT: Duration = Duration::from_millis(1200);

/// The two receivers of an advertiser, from the other side.
#[derive(Debug)]
pub(super) struct Published {
    name: watch::Sender<AdvertisedName>,
    networks: watch::Sender<Arc<[NetworkName]>>,
}

impl Published {
    pub(super) fn new() -> (
        Self,
        watch::Receiver<AdvertisedName>,
        watch::Receiver<Arc<[NetworkName]>>,
    ) {
        let (name, name_receiver) = watch::channel(AdvertisedName::Pending);
        let (networks, networks_receiver) = watch::channel(Arc::from([]));
        (Self { name, networks }, name_receiver, networks_receiver)
    }

    /// The networks first: who is woken by the name finds them up to date.
    fn publish(&self, name: AdvertisedName, networks: Arc<[NetworkName]>) {
        self.networks
            .send_if_modified(|known| replace(known, networks));
        self.name.send_if_modified(|known| {
            let changed = replace(known, name);
            if changed {
                tracing::info!(name = ?known, "advertised name");
            }
            changed
        });
    }
}

fn replace<T: PartialEq>(known: &mut T, new: T) -> bool {
    let changed = *known != new;
    *known = new;
    changed
}

/// Why a responder was given up.
enum Ended {
    /// The caller asked for it.
    Asked,
    /// It announced nothing; another one may, at once.
    Silent,
    /// Its thread ended by itself; another one needs time.
    Died,
}

/// Everything the task knows.
#[derive(Debug)]
pub(super) struct Session {
    service: Service,
    addresses: watch::Receiver<Arc<[LanAddress]>>,
    /// The addresses that the published names stand for.
    known: Arc<[LanAddress]>,
    names: Names,
    published: Published,
    /// Since when the present responder has announced nothing although there is a network.
    silent_since: Option<Instant>,
    /// Whether the facilitator has been told that this network has no names. It stays so
    /// through further attempts, until one succeeds or the addresses change.
    given_up: bool,
}

impl Session {
    pub(super) fn new(
        service: Service,
        mut addresses: watch::Receiver<Arc<[LanAddress]>>,
        published: Published,
    ) -> Self {
        let known = Arc::clone(&addresses.borrow_and_update());
        let names = Names::new(service.hostname.clone());
        let (silent_since, given_up) = (None, false);
        Self {
            service,
            addresses,
            known,
            names,
            published,
            silent_since,
            given_up,
        }
    }

    /// Advertises until `stop`.
    pub(super) async fn run(mut self, stop: CancellationToken) {
        loop {
            let ended = match Responder::start(self.service.info.clone()) {
                Ok(responder) => self.serve(responder, &stop).await,
                Err(error) => {
                    tracing::warn!(%error, "no mDNS responder");
                    Ended::Died
                }
            };
            self.names = Names::new(self.service.hostname.clone());
            match ended {
                Ended::Asked => return,
                Ended::Silent => {}
                Ended::Died => {
                    self.given_up = true;
                    let reason = NoName::NotAllowed;
                    self.published
                        .publish(AdvertisedName::Unavailable { reason }, Arc::from([]));
                    tokio::select! {
                        () = stop.cancelled() => return,
                        () = changed(&mut self.addresses) => self.take_addresses(),
                        () = tokio::time::sleep(RETRY_INTERVAL) => {}
                    }
                }
            }
        }
    }

    /// Follows one responder and the addresses, and publishes what comes of it.
    async fn serve(&mut self, responder: Responder, stop: &CancellationToken) -> Ended {
        let mut second_announcement = None;
        self.silent_since = None;
        self.publish();
        loop {
            let deadline = self.next_deadline();
            tokio::select! {
                () = stop.cancelled() => {
                    responder.goodbye().await;
                    return Ended::Asked;
                }
                event = responder.next() => match event {
                    Some(event) => {
                        if self.heard(event) {
                            second_announcement = Some(Instant::now() + SECOND_ANNOUNCEMENT);
                        }
                    }
                    None => return Ended::Died,
                },
                () = changed(&mut self.addresses) => {
                    let sockets_may_be_missing = self.given_up;
                    self.take_addresses();
                    if sockets_may_be_missing && !self.known.is_empty() {
                        responder.goodbye().await;
                        return Ended::Silent;
                    }
                    responder.announce_again();
                }
                () = at(second_announcement) => {
                    second_announcement = None;
                    responder.announce_again();
                }
                () = at(deadline) => {
                    if self.given_up {
                        responder.goodbye().await;
                        return Ended::Silent;
                    }
                    self.given_up = true;
                }
            }
            self.publish();
        }
    }

    /// Takes an event of the responder. Says whether something is to be announced again:
    /// a first announcement, or an address about which the responder may keep silent.
    fn heard(&mut self, event: DaemonEvent) -> bool {
        match event {
            DaemonEvent::Announce(_, detail) => {
                let Some(announcement) = Announcement::parse(&detail) else {
                    tracing::warn!(detail, "an announcement of an unknown form");
                    return false;
                };
                let first = matches!(announcement, Announcement::Probed { .. });
                self.names.announced(announcement, &self.known);
                first
            }
            DaemonEvent::NameChange(DnsNameChange {
                new_name,
                rr_type: RRType::A,
                intf_name,
                ..
            }) => {
                let hostname = new_name.trim_end_matches('.').to_owned();
                tracing::info!(
                    hostname,
                    interface = intf_name,
                    "another machine has the name"
                );
                self.names.renamed(intf_name, hostname);
                false
            }
            DaemonEvent::IpAdd(_) => true,
            DaemonEvent::Error(error) => {
                tracing::warn!(%error, "mDNS responder");
                false
            }
            // What changes no name of this machine; the enum is open to new kinds.
            DaemonEvent::NameChange(_) | DaemonEvent::IpDel(_) | DaemonEvent::Respond(_) | _ => {
                false
            }
        }
    }

    fn take_addresses(&mut self) {
        let now = Arc::clone(&self.addresses.borrow_and_update());
        self.names.addresses_changed(&self.known, &now);
        self.known = now;
        self.given_up = false;
        self.silent_since = None;
    }

    fn publish(&mut self) {
        let networks = self.names.in_networks(&self.known);
        let name = if self.known.is_empty() {
            self.silent_since = None;
            AdvertisedName::Unavailable {
                reason: NoName::NoNetwork,
            }
        } else if let Some(first) = networks.first() {
            self.silent_since = None;
            self.given_up = false;
            AdvertisedName::Advertised {
                hostname: first.hostname.clone(),
            }
        } else {
            self.silent_since.get_or_insert_with(Instant::now);
            if self.given_up {
                AdvertisedName::Unavailable {
                    reason: NoName::NotAnnounced,
                }
            } else {
                AdvertisedName::Pending
            }
        };
        self.published.publish(name, networks);
    }

    /// When to tell that there is no name or, after that, to try another responder.
    fn next_deadline(&self) -> Option<Instant> {
        let wait = if self.given_up {
            RETRY_INTERVAL
        } else {
            ANNOUNCEMENT_DEADLINE
        };
        self.silent_since.map(|since| since + wait)
    }
}

/// Waits for `when`, or for ever.
async fn at(when: Option<Instant>) {
    match when {
        Some(when) => tokio::time::sleep_until(when).await,
        None => std::future::pending().await,
    }
}

/// Waits for other addresses, or for ever when nobody follows them any more.
async fn changed(addresses: &mut watch::Receiver<Arc<[LanAddress]>>) {
    if addresses.changed().await.is_err() {
        std::future::pending::<()>().await;
    }
}

#[cfg(test)]
mod tests;
