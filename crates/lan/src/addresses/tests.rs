use std::cmp::Ordering;
use std::net::{IpAddr, Ipv4Addr};

use proptest::prelude::*;

use super::{LanAddress, Range, most_likely_first, select};
use crate::kind::{NetworkKind, Os};

fn listed(interfaces: &[(&str, &str)]) -> Vec<(String, IpAddr)> {
    interfaces
        .iter()
        .map(|(name, ip)| ((*name).to_owned(), ip.parse().expect("an address")))
        .collect()
}

/// What is left of `interfaces` on Linux, written `interface=address`.
fn shown(interfaces: &[(&str, &str)]) -> Vec<String> {
    select(Os::Linux, listed(interfaces))
        .iter()
        .map(|address| format!("{}={}", address.interface, address.ip))
        .collect()
}

#[test]
fn the_rooms_network_comes_before_containers_and_tunnels() {
    assert_eq!(
        shown(&[
            ("lo", "127.0.0.1"),
            ("docker0", "172.17.0.1"),
            ("tun0", "10.8.0.2"),
            ("eth0", "192.168.1.5"),
            ("wlan0", "192.168.1.6"),
        ]),
        [
            "wlan0=192.168.1.6",
            "eth0=192.168.1.5",
            "docker0=172.17.0.1",
            "tun0=10.8.0.2"
        ]
    );
}

#[test]
fn a_hotspot_of_this_machine_comes_first() {
    assert_eq!(
        shown(&[("eth0", "192.168.1.5"), ("wlan0", "10.42.0.1")]),
        ["wlan0=10.42.0.1", "eth0=192.168.1.5"]
    );
}

#[test]
fn private_ranges_come_before_public_ones_of_the_same_kind_of_network() {
    assert_eq!(
        shown(&[
            ("eth0", "130.83.1.2"),
            ("eth1", "100.64.3.4"),
            ("eth2", "172.31.0.9"),
            ("docker0", "172.17.0.1"),
        ]),
        [
            "eth2=172.31.0.9",
            "eth1=100.64.3.4",
            "eth0=130.83.1.2",
            "docker0=172.17.0.1"
        ]
    );
}

#[test]
fn link_local_counts_only_when_there_is_nothing_else() {
    assert_eq!(shown(&[("eth0", "169.254.7.8")]), ["eth0=169.254.7.8"]);
    assert_eq!(
        shown(&[("eth0", "169.254.7.8"), ("wlan0", "192.168.1.6")]),
        ["wlan0=192.168.1.6"]
    );
}

#[test]
fn loopback_and_ipv6_are_left_out() {
    assert!(shown(&[("lo", "127.0.0.1"), ("lo", "::1"), ("eth0", "fe80::1")]).is_empty());
}

#[test]
fn interfaces_are_counted_as_people_count() {
    assert_eq!(
        shown(&[
            ("eth10", "10.0.0.1"),
            ("eth2", "10.0.0.2"),
            ("eth2", "10.0.0.2")
        ]),
        ["eth2=10.0.0.2", "eth10=10.0.0.1"]
    );
}

fn interface() -> impl Strategy<Value = (String, IpAddr)> {
    let name = prop_oneof![
        "(eth|wlan|en|docker|br-|tun|bond|Wi-Fi |en0|lo|)[0-9]{0,22}",
        "\\PC{0,12}",
    ];
    let ip = prop_oneof![
        any::<u32>().prop_map(|bits| IpAddr::V4(Ipv4Addr::from(bits))),
        any::<u8>().prop_map(|last| IpAddr::from([192, 168, 1, last])),
        any::<u8>().prop_map(|last| IpAddr::from([169, 254, 1, last])),
        any::<u128>().prop_map(|bits| IpAddr::V6(bits.into())),
    ];
    (name, ip)
}

fn os() -> impl Strategy<Value = Os> {
    prop_oneof![Just(Os::Linux), Just(Os::Mac), Just(Os::Windows)]
}

proptest! {
    /// Whatever order the operating system lists its interfaces in, the room sees one.
    #[test]
    fn the_order_depends_only_on_what_is_listed(
        os in os(),
        (given, shuffled) in prop::collection::vec(interface(), 0..12)
            .prop_flat_map(|list| (Just(list.clone()), Just(list).prop_shuffle())),
    ) {
        prop_assert_eq!(select(os, given), select(os, shuffled));
    }

    /// The comparison is a total order: antisymmetric, transitive, equal only for equals.
    #[test]
    fn the_comparison_is_total(
        os in os(),
        list in prop::collection::vec(interface(), 3),
    ) {
        let address = |(interface, ip): (String, IpAddr)| LanAddress {
            kind: crate::kind::guess(os, &interface, ip),
            interface,
            ip,
        };
        let [a, b, c]: [LanAddress; 3] = list
            .into_iter()
            .map(address)
            .collect::<Vec<_>>()
            .try_into()
            .expect("three interfaces");
        prop_assert_eq!(most_likely_first(&a, &b), most_likely_first(&b, &a).reverse());
        prop_assert_eq!(most_likely_first(&a, &b) == Ordering::Equal, a == b);
        if most_likely_first(&a, &b).is_le() && most_likely_first(&b, &c).is_le() {
            prop_assert!(most_likely_first(&a, &c).is_le());
        }
    }

    /// Nothing a browser elsewhere cannot open is ever shown, and virtual networks come last.
    #[test]
    fn only_reachable_addresses_are_shown(
        os in os(),
        list in prop::collection::vec(interface(), 0..12),
    ) {
        let shown = select(os, list);
        prop_assert!(shown.iter().all(|a| a.ip.is_ipv4() && !a.ip.is_loopback()));
        let link_local = shown.iter().filter(|a| Range::of(a.ip) == Range::LinkLocal).count();
        prop_assert!(link_local == 0 || link_local == shown.len());
        prop_assert!(shown.is_sorted_by_key(|a| a.kind == NetworkKind::Virtual));
    }
}
