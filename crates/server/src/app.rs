//! What every request handler can reach.

use std::{ops::Deref, path::PathBuf, sync::Arc};

use lan::{AdvertisedName, LanAddress};
use store::{DiskState, Store};
use tokio::sync::watch;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    access::{CookieNames, Removals, launch::LaunchSecrets},
    clock::Clock,
    damage::Damage,
    imports::Imports,
    limits::Limits,
    net::{Connections, SeatSockets},
    outside::Rules,
    remote_images::Downloads,
    rendered::RenderedSteps,
    room::Rooms,
    uploads::Uploads,
};

/// The server's parts; cheap to clone.
#[derive(Clone, Debug)]
pub struct App(Arc<Parts>);

/// The server's parts.
#[derive(Debug)]
pub struct Parts {
    /// The database and the files.
    pub store: Store,
    /// The disk below the data folder.
    pub disk: watch::Receiver<DiskState>,
    /// The rooms of this machine.
    pub rooms: Rooms,
    /// The clock.
    pub clock: Clock,
    /// Tries per address of who has no seat yet.
    pub limits: Limits,
    /// All connections.
    pub connections: Arc<Connections>,
    /// The live connections of each seat.
    pub seat_sockets: SeatSockets,
    /// Steps that were rendered for who writes.
    pub rendered: RenderedSteps,
    /// Imports of many codelabs.
    pub imports: Imports,
    /// Uploads of materials.
    pub uploads: Uploads,
    /// Downloads of images that codelabs show from the internet.
    pub downloads: Downloads,
    /// What the way outside may be used for.
    pub outside: Rules,
    /// One-time secrets of this launch.
    pub launch: LaunchSecrets,
    /// What was found damaged.
    pub damage: Damage,
    /// Facilitators whose access was taken away.
    pub removals: Removals,
    /// This machine's place in the network.
    pub network: Network,
    /// Where the interface is served from instead of the binary; for development.
    pub ui_dir: Option<PathBuf>,
    /// Random number of this installation.
    pub installation: String,
    /// What its cookies are called.
    pub cookies: CookieNames,
    /// Connections and rooms.
    pub tasks: TaskTracker,
    /// Ends the connections and rooms.
    pub stop: CancellationToken,
}

impl App {
    /// An app of these parts.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// This machine's place in the network.
#[derive(Clone, Debug)]
pub struct Network {
    /// The port listened on.
    pub port: u16,
    /// Addresses attendees may reach, the most likely first.
    pub addresses: watch::Receiver<Arc<[LanAddress]>>,
    /// The name on the local network.
    pub name: watch::Receiver<AdvertisedName>,
    /// Further names that lead to this machine.
    pub host_names: Vec<String>,
}

impl Network {
    /// `http://HOST`, with the port unless it is 80.
    #[must_use]
    pub fn url(&self, host: &str) -> String {
        match self.port {
            80 => format!("http://{host}"),
            port => format!("http://{host}:{port}"),
        }
    }

    /// The server's addresses as attendees may use them, the most likely first,
    /// then the advertised name.
    #[must_use]
    pub fn urls(&self) -> Vec<String> {
        let mut urls: Vec<String> = self
            .addresses
            .borrow()
            .iter()
            .map(|a| self.url(&a.ip.to_string()))
            .collect();
        if let AdvertisedName::Advertised { hostname } = &*self.name.borrow() {
            urls.push(self.url(hostname));
        }
        urls
    }

    /// Whether a `Host` header names this machine and port.
    #[must_use]
    pub fn is_own_host(&self, header: &str) -> bool {
        let (host, port) = match header.rsplit_once(':') {
            Some((host, port)) => (host, port),
            None => (header, "80"),
        };
        // Compared as text: a number may be read from more than its digits.
        if port != self.port.to_string() {
            return false;
        }
        let host = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
        let advertised = match &*self.name.borrow() {
            AdvertisedName::Advertised { hostname } => hostname.eq_ignore_ascii_case(&host),
            AdvertisedName::Pending | AdvertisedName::Unavailable { .. } => false,
        };
        advertised
            || matches!(host.as_str(), "localhost" | "127.0.0.1")
            || self
                .host_names
                .iter()
                .any(|name| name.eq_ignore_ascii_case(&host))
            || self
                .addresses
                .borrow()
                .iter()
                .any(|a| a.ip.to_string() == host)
    }
}
