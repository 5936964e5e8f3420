use super::{NetworkKind, Os, guess};

/// The kinds guessed for `(interface, address)` pairs.
fn kinds(os: Os, interfaces: &[(&str, &str)]) -> Vec<NetworkKind> {
    interfaces
        .iter()
        .map(|(name, ip)| guess(os, name, ip.parse().expect("an address")))
        .collect()
}

fn all_are(expected: NetworkKind, os: Os, interfaces: &[(&str, &str)]) {
    for (interface, kind) in interfaces.iter().zip(kinds(os, interfaces)) {
        assert_eq!(kind, expected, "{os:?} {interface:?}");
    }
}

#[test]
fn linux_names() {
    all_are(
        NetworkKind::Wireless,
        Os::Linux,
        &[
            ("wlan0", "192.168.1.7"),
            ("wlp2s0", "10.0.0.7"),
            ("wlx0013ef", "172.16.0.2"),
        ],
    );
    all_are(
        NetworkKind::Wired,
        Os::Linux,
        &[
            ("eth0", "192.168.1.7"),
            ("enp3s0f1", "10.0.0.7"),
            ("eno1", "10.42.0.7"),
        ],
    );
    all_are(
        NetworkKind::Hotspot,
        Os::Linux,
        &[
            ("wlp2s0", "10.42.0.1"),
            ("enp0s31f6", "10.42.1.1"),
            ("ap0", "192.168.12.1"),
        ],
    );
    all_are(
        NetworkKind::Virtual,
        Os::Linux,
        &[
            ("docker0", "172.17.0.1"),
            ("br-6f2ac14c0d7e", "172.18.0.1"),
            ("veth1a2b3c", "10.42.0.1"),
            ("virbr0", "192.168.122.1"),
            ("tun0", "10.8.0.2"),
            ("wg0", "10.9.0.2"),
            ("tailscale0", "100.101.102.103"),
        ],
    );
    all_are(
        NetworkKind::Other,
        Os::Linux,
        &[
            ("br0", "192.168.1.7"),
            ("bond0", "10.0.0.7"),
            ("wwan0", "10.170.1.2"),
        ],
    );
}

#[test]
fn macos_names() {
    all_are(NetworkKind::Wireless, Os::Mac, &[("en0", "192.168.1.7")]);
    all_are(
        NetworkKind::Wired,
        Os::Mac,
        &[("en1", "192.168.1.7"), ("en11", "10.0.0.7")],
    );
    all_are(
        NetworkKind::Hotspot,
        Os::Mac,
        &[("bridge100", "192.168.2.1"), ("bridge101", "192.168.3.1")],
    );
    all_are(
        NetworkKind::Virtual,
        Os::Mac,
        &[
            ("bridge100", "192.168.64.1"),
            ("utun4", "10.8.0.2"),
            ("vmenet0", "192.168.65.1"),
        ],
    );
    all_are(NetworkKind::Other, Os::Mac, &[("bridge0", "192.168.1.7")]);
}

#[test]
fn windows_names() {
    all_are(
        NetworkKind::Wireless,
        Os::Windows,
        &[
            ("Wi-Fi", "192.168.1.7"),
            ("Wi-Fi 2", "10.0.0.7"),
            ("WLAN", "192.168.178.20"),
        ],
    );
    all_are(
        NetworkKind::Wired,
        Os::Windows,
        &[
            ("Ethernet", "192.168.1.7"),
            ("Ethernet 3", "10.0.0.7"),
            ("이더넷", "192.168.0.5"),
        ],
    );
    all_are(
        NetworkKind::Hotspot,
        Os::Windows,
        &[
            ("Local Area Connection* 2", "192.168.137.1"),
            ("LAN-Verbindung* 10", "192.168.137.1"),
        ],
    );
    all_are(
        NetworkKind::Virtual,
        Os::Windows,
        &[
            ("vEthernet (WSL)", "172.24.0.1"),
            ("vEthernet (Default Switch)", "172.25.0.1"),
            ("VMware Network Adapter VMnet8", "192.168.80.1"),
            ("Tailscale", "100.101.102.103"),
            ("Local Area Connection* 9", "192.168.49.1"),
        ],
    );
    all_are(
        NetworkKind::Other,
        Os::Windows,
        &[
            ("vEthernet (External)", "192.168.1.7"),
            ("Bluetooth Network Connection", "10.0.0.3"),
        ],
    );
}
