//! The addresses attendees may reach, the room's network first.

use std::cmp::Ordering;
use std::net::{IpAddr, Ipv4Addr};

use crate::kind::{self, NetworkKind, Os};

/// One address of this machine that attendees may reach.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LanAddress {
    /// The interface as the operating system calls it, for instance `wlan0`, `en0` or `Wi-Fi`.
    pub interface: String,
    /// The address. IPv4 only for now.
    pub ip: IpAddr,
    /// What kind of network this is, guessed from the interface's name and, for
    /// networks that this machine shares, from the address ranges used for that.
    pub kind: NetworkKind,
}

/// The addresses could not be read.
#[derive(Debug, thiserror::Error)]
pub enum AddressError {
    /// The operating system did not list its interfaces.
    #[error("the network interfaces of this computer could not be read: {0}")]
    Unreadable(#[from] local_ip_address::Error),
}

/// Reads this machine's addresses, most likely the room's network first.
///
/// Loopback is left out, and so are link-local addresses unless there is nothing
/// else (two machines on a cable without DHCP). The order is total and depends only
/// on what is listed: physical networks before virtual ones, private ranges before
/// public ones, then [`NetworkKind`], then the interface's name and the address.
///
/// Reading is a short system call, on Windows up to some tens of milliseconds.
///
/// # Errors
/// [`AddressError::Unreadable`] when the operating system refuses.
pub fn addresses() -> Result<Vec<LanAddress>, AddressError> {
    Ok(select(
        Os::current(),
        local_ip_address::list_afinet_netifas()?,
    ))
}

/// The rule of [`addresses`], applied to what the operating system listed.
pub(crate) fn select(os: Os, listed: Vec<(String, IpAddr)>) -> Vec<LanAddress> {
    let mut addresses: Vec<LanAddress> = listed
        .into_iter()
        .filter(|(_, ip)| is_reachable(*ip))
        .map(|(interface, ip)| LanAddress {
            kind: kind::guess(os, &interface, ip),
            interface,
            ip,
        })
        .collect();
    if addresses
        .iter()
        .any(|address| Range::of(address.ip) != Range::LinkLocal)
    {
        addresses.retain(|address| Range::of(address.ip) != Range::LinkLocal);
    }
    addresses.sort_by(most_likely_first);
    addresses.dedup();
    addresses
}

/// Whether a browser elsewhere could open a connection to `ip` at all.
fn is_reachable(ip: IpAddr) -> bool {
    ip.is_ipv4() && !ip.is_loopback() && !ip.is_unspecified() && !ip.is_multicast()
}

/// Where an address may be reached from, the likeliest for a room first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Range {
    /// RFC 1918.
    Private,
    /// RFC 6598, behind a provider's NAT; some venues use it inside.
    Shared,
    /// Everything else, for instance a university's Wi-Fi.
    Public,
    /// RFC 3927, when nobody gave the machine an address.
    LinkLocal,
}

impl Range {
    fn of(ip: IpAddr) -> Self {
        match ip {
            IpAddr::V4(v4) => Self::of_v4(v4),
            IpAddr::V6(v6) if v6.is_unicast_link_local() => Self::LinkLocal,
            IpAddr::V6(v6) if v6.is_unique_local() => Self::Private,
            IpAddr::V6(_) => Self::Public,
        }
    }

    fn of_v4(ip: Ipv4Addr) -> Self {
        let [first, second, ..] = ip.octets();
        if ip.is_private() {
            Self::Private
        } else if ip.is_link_local() {
            Self::LinkLocal
        } else if first == 100 && (64..128).contains(&second) {
            Self::Shared
        } else {
            Self::Public
        }
    }
}

fn most_likely_first(a: &LanAddress, b: &LanAddress) -> Ordering {
    let is_virtual = |address: &LanAddress| address.kind == NetworkKind::Virtual;
    is_virtual(a)
        .cmp(&is_virtual(b))
        .then_with(|| Range::of(a.ip).cmp(&Range::of(b.ip)))
        .then_with(|| a.kind.cmp(&b.kind))
        .then_with(|| numbered(&a.interface).cmp(&numbered(&b.interface)))
        .then_with(|| a.interface.cmp(&b.interface))
        .then_with(|| a.ip.cmp(&b.ip))
}

/// Splits a trailing number off, so that `eth2` stands before `eth10`.
fn numbered(interface: &str) -> (&str, u64) {
    let stem = interface.trim_end_matches(|c: char| c.is_ascii_digit());
    (stem, interface[stem.len()..].parse().unwrap_or(0))
}

#[cfg(test)]
mod tests;
