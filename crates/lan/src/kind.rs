//! What kind of network an interface leads to, guessed from its name.
//!
//! No operating system tells this to a program without asking a different API on
//! each of them, and the guess has only one use: which address is shown big. A
//! wrong guess therefore costs the facilitator one click. The rules are kept per
//! operating system, because the same name means different things: `en0` is the
//! Wi-Fi of a portable Mac and a network card elsewhere.

use std::net::{IpAddr, Ipv4Addr};

/// The kind of network behind an interface, in the order of how likely it is that
/// the attendees are there.
///
/// A hotspot made by this machine was made for the room; attendees mostly come by
/// Wi-Fi; a wired network often is the same one. Virtual networks lead to
/// containers, virtual machines and offices far away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NetworkKind {
    /// A network this machine offers to others.
    Hotspot,
    /// A Wi-Fi this machine has joined.
    Wireless,
    /// A cable.
    Wired,
    /// A physical or unrecognised network, for instance a bridge or a phone's modem.
    Other,
    /// A container, a virtual machine, or a tunnel.
    Virtual,
}

/// The operating systems whose interface names differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Os {
    /// Linux: the kernel's `eth0`, `wlan0` and systemd's predictable names.
    Linux,
    /// macOS: BSD names.
    Mac,
    /// Windows: the adapter's friendly name, partly translated.
    Windows,
}

impl Os {
    /// The one this was compiled for; other Unixes name most like Linux does.
    pub(crate) const fn current() -> Self {
        if cfg!(windows) {
            Self::Windows
        } else if cfg!(target_os = "macos") {
            Self::Mac
        } else {
            Self::Linux
        }
    }
}

/// Guesses the kind of `interface`.
///
/// The address helps in one case only: a network shared by this machine has the
/// name of an ordinary interface, but an address range that each operating system
/// keeps for sharing.
pub(crate) fn guess(os: Os, interface: &str, ip: IpAddr) -> NetworkKind {
    let name = interface.to_lowercase();
    let octets = match ip {
        IpAddr::V4(v4) => v4.octets(),
        IpAddr::V6(_) => Ipv4Addr::UNSPECIFIED.octets(),
    };
    match os {
        Os::Linux => linux(&name, octets),
        Os::Mac => macos(&name, octets),
        Os::Windows => windows(&name, octets),
    }
}

/// Names: systemd.net-naming-scheme(7), the kernel's own, and the defaults of common
/// container and tunnel programs. `NetworkManager` shares as `10.42.x.1`.
fn linux(name: &str, octets: [u8; 4]) -> NetworkKind {
    const VIRTUAL: [&str; 35] = [
        "docker",
        "br-",
        "veth",
        "virbr",
        "vnet",
        "vmnet",
        "vboxnet",
        "tun",
        "tap",
        "wg",
        "tailscale",
        "zt",
        "cni",
        "flannel",
        "cali",
        "cilium",
        "kube",
        "lxc",
        "lxd",
        "incus",
        "podman",
        "waydroid",
        "dummy",
        "ppp",
        "ipsec",
        "vti",
        "gre",
        "sit",
        "nordlynx",
        "proton",
        "mullvad",
        "cscotun",
        "gpd",
        "outline",
        "ham",
    ];
    const HOTSPOT: [&str; 4] = ["ap0", "uap", "swlan", "softap"];
    let wireless = starts_with_any(name, &["wl", "wifi", "ath", "ra0"]);
    let wired = starts_with_any(name, &["en", "eth", "em", "usb"]);
    let shared = matches!(octets, [10, 42, _, 1]);

    if starts_with_any(name, &VIRTUAL) {
        NetworkKind::Virtual
    } else if starts_with_any(name, &HOTSPOT) || (shared && (wireless || wired)) {
        NetworkKind::Hotspot
    } else if wireless {
        NetworkKind::Wireless
    } else if wired {
        NetworkKind::Wired
    } else {
        NetworkKind::Other
    }
}

/// `en0` is the Wi-Fi of every portable Mac and the cable of a desktop one; portables
/// are what people teach from. Internet Sharing makes `bridge100` with `192.168.2.1`
/// (and counts the third octet up); virtual machines use the same names with ranges
/// from `192.168.64.0` on.
fn macos(name: &str, octets: [u8; 4]) -> NetworkKind {
    const VIRTUAL: [&str; 13] = [
        "utun", "ipsec", "ppp", "gif", "stf", "awdl", "llw", "vmnet", "vmenet", "feth", "anpi",
        "tun", "tap",
    ];
    let sharing_bridge = name.len() == "bridge100".len() && name.starts_with("bridge1");

    if starts_with_any(name, &VIRTUAL) {
        NetworkKind::Virtual
    } else if sharing_bridge {
        match octets {
            [192, 168, 2..=9, 1] => NetworkKind::Hotspot,
            _ => NetworkKind::Virtual,
        }
    } else if name.starts_with("ap") {
        NetworkKind::Hotspot
    } else if name == "en0" {
        NetworkKind::Wireless
    } else if name.starts_with("en") {
        NetworkKind::Wired
    } else {
        NetworkKind::Other
    }
}

/// Friendly names: "Wi-Fi" and "WLAN" are the same in all languages that matter here;
/// "Ethernet" is translated at least into Korean and Japanese. The mobile hotspot sits
/// on a Wi-Fi Direct adapter, whose name carries `* ` before its number, and has
/// `192.168.137.1`.
fn windows(name: &str, octets: [u8; 4]) -> NetworkKind {
    const VIRTUAL: [&str; 19] = [
        "vmware",
        "virtualbox",
        "hyper-v",
        "wsl",
        "default switch",
        "docker",
        "tailscale",
        "zerotier",
        "openvpn",
        "wireguard",
        "wintun",
        "nordlynx",
        "protonvpn",
        "mullvad",
        "anyconnect",
        "tap-",
        "vpn",
        "npcap",
        "loopback",
    ];
    const WIRED: [&str; 5] = [
        "ethernet",
        "lan",
        "local area connection",
        "이더넷",
        "イーサネット",
    ];

    if VIRTUAL.iter().any(|part| name.contains(part)) {
        NetworkKind::Virtual
    } else if octets == [192, 168, 137, 1] {
        NetworkKind::Hotspot
    } else if name.contains("* ") {
        NetworkKind::Virtual
    } else if starts_with_any(name, &["wi-fi", "wifi", "wlan", "wireless"]) {
        NetworkKind::Wireless
    } else if starts_with_any(name, &WIRED) {
        NetworkKind::Wired
    } else {
        NetworkKind::Other
    }
}

fn starts_with_any(name: &str, prefixes: &[&str]) -> bool {
    prefixes.iter().any(|prefix| name.starts_with(prefix))
}

#[cfg(test)]
mod tests;
