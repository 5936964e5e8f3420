//! The `.local` name of this machine, advertised by mDNS (RFC 6762) and found by
//! service browsers through DNS-SD (RFC 6763).
//!
//! The way of a name: `service` says what is wanted, `session` lets `responder` claim
//! it, `names` keeps what was really announced on which interface, and the receivers
//! of [`Advertiser`] tell the rest of the app.

mod names;
mod reason;
mod responder;
mod service;
mod session;

pub use reason::NoName;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_util::sync::{CancellationToken, DropGuard};
use tokio_util::task::TaskTracker;

use crate::addresses::LanAddress;
use session::{Published, Session};

/// How long [`Advertiser::shutdown`] may take. Saying goodbye takes a fifth of a second;
/// a network stack that hangs must not keep the app from closing.
const SHUTDOWN_DEADLINE: Duration = Duration::from_secs(2);

/// What to advertise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advertisement {
    /// The name of the service as browsers of services show it, for instance
    /// "Open Codelabs on ada-laptop". At most 58 bytes, so that a number still fits
    /// behind it when another machine uses it already (RFC 6763 section 4.1.1).
    pub instance: String,
    /// The wanted label before `.local`: letters, digits and inner hyphens, at most 58
    /// bytes. Another machine may have it already: see [`AdvertisedName`].
    pub hostname: String,
    /// The TCP port of the web server.
    pub port: u16,
    /// DNS-SD properties, in order: by convention `path` first. Everybody on the network
    /// can read them, so never a join code or any other secret.
    pub properties: Vec<(String, String)>,
}

/// The advertisement itself is wrong; no network could carry it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AdvertiseError {
    /// [`Advertisement::hostname`] is no label of a host name.
    #[error("{0:?} cannot be the name of a computer in a network")]
    Hostname(String),
    /// [`Advertisement::instance`] is empty, too long, or has control characters.
    #[error("{0:?} cannot be the name of a service in a network")]
    Instance(String),
    /// A property has an unusable key, or is longer than 255 bytes.
    #[error("the property {0:?} cannot be advertised")]
    Property(String),
}

/// The name by which attendees can come, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AdvertisedName {
    /// Being claimed: other machines are asked whether they have it.
    Pending,
    /// Announced, and answered for.
    Advertised {
        /// The real name without a trailing dot: `codelabs.local`, or `codelabs-2.local`
        /// when another machine had the wanted name. With several networks this is the
        /// name in the most likely one; [`Advertiser::networks`] has all.
        hostname: String,
    },
    /// There is no name now; it is tried again when the network changes.
    Unavailable {
        /// Why.
        reason: NoName,
    },
}

/// The name announced in one network. Names can differ between networks, because each
/// network has its own other machines.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NetworkName {
    /// The interface, as in [`LanAddress::interface`].
    pub interface: String,
    /// The name without a trailing dot.
    pub hostname: String,
}

/// Advertises this machine until it is told to stop.
///
/// Dropping it stops too, and says goodbye to the network, but does not wait for it.
#[derive(Debug)]
pub struct Advertiser {
    name: watch::Receiver<AdvertisedName>,
    networks: watch::Receiver<Arc<[NetworkName]>>,
    task: JoinHandle<()>,
    stop: DropGuard,
}

impl Advertiser {
    /// Starts to advertise `ad` in every network of `addresses`, which is what
    /// [`AddressWatch::start`](crate::AddressWatch::start) returned.
    ///
    /// A network without mDNS is no error: see [`AdvertisedName::Unavailable`]. Must be
    /// called within a Tokio runtime. Ends with `cancel`, too.
    ///
    /// # Errors
    /// When `ad` itself cannot be put into DNS records.
    pub fn start(
        ad: Advertisement,
        addresses: watch::Receiver<Arc<[LanAddress]>>,
        tracker: &TaskTracker,
        cancel: &CancellationToken,
    ) -> Result<Self, AdvertiseError> {
        let service = service::describe(ad)?;
        let (published, name, networks) = Published::new();
        let stop = cancel.child_token();
        let task = tracker.spawn(Session::new(service, addresses, published).run(stop.clone()));
        Ok(Self {
            name,
            networks,
            task,
            stop: stop.drop_guard(),
        })
    }

    /// The name to show, and its changes.
    #[must_use]
    pub fn name(&self) -> watch::Receiver<AdvertisedName> {
        self.name.clone()
    }

    /// The names by network, in the order of the addresses, and their changes. Empty while
    /// nothing is announced.
    #[must_use]
    pub fn networks(&self) -> watch::Receiver<Arc<[NetworkName]>> {
        self.networks.clone()
    }

    /// Says goodbye, so that other machines forget the name at once, and ends the
    /// responder. Returns after two seconds at the latest.
    pub async fn shutdown(self) {
        let Self { task, stop, .. } = self;
        stop.disarm().cancel();
        let abort = task.abort_handle();
        match tokio::time::timeout(SHUTDOWN_DEADLINE, task).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "advertising ended badly"),
            Err(_) => {
                tracing::warn!("no goodbye within {SHUTDOWN_DEADLINE:?}; giving up on it");
                abort.abort();
            }
        }
    }
}
