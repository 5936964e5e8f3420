//! What was announced where: pure bookkeeping of what the responder says.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::sync::Arc;

use super::NetworkName;
use crate::addresses::LanAddress;

/// An announcement, as the responder reports it.
///
/// It has two forms, depending on what led to it; both come as text only
/// (`DaemonEvent::Announce`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Announcement {
    /// After probing: `codelabs.local.:wlan0`.
    Probed {
        /// The interface.
        interface: String,
        /// The name that survived the probing, without a trailing dot.
        hostname: String,
    },
    /// After registering what had been probed before: `[192.168.1.5, 10.0.0.2]`.
    Repeated(Vec<IpAddr>),
}

impl Announcement {
    /// Reads the second field of `DaemonEvent::Announce`.
    pub(super) fn parse(detail: &str) -> Option<Self> {
        if let Some(list) = detail.strip_prefix('[') {
            let ips = list
                .strip_suffix(']')?
                .split(", ")
                .map(|ip| ip.parse().ok());
            return ips.collect::<Option<Vec<IpAddr>>>().map(Self::Repeated);
        }
        let (label, interface) = detail.split_once(".local.:")?;
        Some(Self::Probed {
            interface: interface.to_owned(),
            hostname: format!("{label}.local"),
        })
    }
}

/// The names this machine has, by interface.
#[derive(Debug, Clone)]
pub(super) struct Names {
    wanted: String,
    /// The last name on each interface. Kept while the interface is away: the responder
    /// keeps it, too, and comes back with it.
    last: BTreeMap<String, String>,
    /// The interfaces on which it is announced now.
    announced: BTreeSet<String>,
}

impl Names {
    /// No names yet; `wanted` is what was asked for.
    pub(super) fn new(wanted: String) -> Self {
        Self {
            wanted,
            last: BTreeMap::new(),
            announced: BTreeSet::new(),
        }
    }

    /// Takes note of an announcement.
    pub(super) fn announced(&mut self, announcement: Announcement, addresses: &[LanAddress]) {
        match announcement {
            Announcement::Probed {
                interface,
                hostname,
            } => {
                self.last.insert(interface.clone(), hostname);
                self.announced.insert(interface);
            }
            Announcement::Repeated(ips) => {
                let on_these = addresses.iter().filter(|address| ips.contains(&address.ip));
                self.announced
                    .extend(on_these.map(|address| address.interface.clone()));
            }
        }
    }

    /// Takes note of a new name that has survived the probing but is not announced yet.
    pub(super) fn renamed(&mut self, interface: String, hostname: String) {
        self.last.insert(interface, hostname);
    }

    /// Forgets the announcements on interfaces that lost an address: what was announced
    /// there may hold no longer, and is reported again if it does.
    pub(super) fn addresses_changed(&mut self, before: &[LanAddress], after: &[LanAddress]) {
        for lost in before.iter().filter(|address| !after.contains(address)) {
            self.announced.remove(&lost.interface);
        }
    }

    /// The names announced on the interfaces of `addresses`, in their order.
    pub(super) fn in_networks(&self, addresses: &[LanAddress]) -> Arc<[NetworkName]> {
        let mut networks: Vec<NetworkName> = Vec::new();
        for LanAddress { interface, .. } in addresses {
            let seen = networks
                .iter()
                .any(|network| network.interface == *interface);
            if !seen && self.announced.contains(interface) {
                let hostname = self.last.get(interface).unwrap_or(&self.wanted).clone();
                networks.push(NetworkName {
                    interface: interface.clone(),
                    hostname,
                });
            }
        }
        networks.into()
    }
}

#[cfg(test)]
mod tests;
