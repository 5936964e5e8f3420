use std::net::IpAddr;

use super::{Announcement, Names};
use crate::addresses::LanAddress;
use crate::kind::NetworkKind;

fn at(interface: &str, last: u8) -> LanAddress {
    let ip = IpAddr::from([192, 168, 1, last]);
    LanAddress {
        interface: interface.into(),
        ip,
        kind: NetworkKind::Wired,
    }
}

fn probed(interface: &str, hostname: &str) -> Announcement {
    Announcement::Probed {
        interface: interface.into(),
        hostname: hostname.into(),
    }
}

fn shown(names: &Names, addresses: &[LanAddress]) -> Vec<String> {
    let names = names.in_networks(addresses);
    names
        .iter()
        .map(|name| format!("{}={}", name.interface, name.hostname))
        .collect()
}

#[test]
fn both_forms_of_announcements_are_read() {
    assert_eq!(
        Announcement::parse("codelabs-2.local.:wlan0"),
        Some(probed("wlan0", "codelabs-2.local"))
    );
    assert_eq!(
        Announcement::parse("codelabs.local.:eth0:1"),
        Some(probed("eth0:1", "codelabs.local"))
    );
    assert_eq!(
        Announcement::parse("[192.168.1.5, 10.0.0.2]"),
        Some(Announcement::Repeated(vec![
            [192, 168, 1, 5].into(),
            [10, 0, 0, 2].into()
        ]))
    );
    for other in ["", "[", "[]", "[x]", "codelabs.example.:wlan0"] {
        assert_eq!(Announcement::parse(other), None, "{other:?}");
    }
}

#[test]
fn a_name_is_shown_once_it_is_announced() {
    let addresses = [at("eth0", 5), at("wlan0", 6)];
    let mut names = Names::new("codelabs.local".into());
    assert!(shown(&names, &addresses).is_empty());

    names.renamed("wlan0".into(), "codelabs-2.local".into());
    assert!(shown(&names, &addresses).is_empty());

    names.announced(probed("wlan0", "codelabs-2.local"), &addresses);
    assert_eq!(shown(&names, &addresses), ["wlan0=codelabs-2.local"]);

    names.announced(probed("eth0", "codelabs.local"), &addresses);
    assert_eq!(
        shown(&names, &addresses),
        ["eth0=codelabs.local", "wlan0=codelabs-2.local"]
    );
}

#[test]
fn a_repeated_announcement_keeps_the_name_of_each_network() {
    let addresses = [at("eth0", 5), at("wlan0", 6)];
    let mut names = Names::new("codelabs.local".into());
    names.renamed("wlan0".into(), "codelabs-2.local".into());
    names.announced(Announcement::Repeated(vec![at("wlan0", 6).ip]), &addresses);
    assert_eq!(shown(&names, &addresses), ["wlan0=codelabs-2.local"]);
    names.announced(Announcement::Repeated(vec![at("eth0", 5).ip]), &addresses);
    assert_eq!(
        shown(&names, &addresses),
        ["eth0=codelabs.local", "wlan0=codelabs-2.local"]
    );
}

#[test]
fn an_interface_that_lost_an_address_must_be_announced_again() {
    let before = [at("eth0", 5), at("wlan0", 6)];
    let after = [at("eth0", 5), at("wlan0", 7)];
    let mut names = Names::new("codelabs.local".into());
    names.announced(probed("eth0", "codelabs.local"), &before);
    names.announced(probed("wlan0", "codelabs-2.local"), &before);

    names.addresses_changed(&before, &after);
    assert_eq!(shown(&names, &after), ["eth0=codelabs.local"]);

    names.announced(Announcement::Repeated(vec![at("wlan0", 7).ip]), &after);
    assert_eq!(
        shown(&names, &after),
        ["eth0=codelabs.local", "wlan0=codelabs-2.local"]
    );
}

#[test]
fn an_interface_with_several_addresses_has_one_name() {
    let addresses = [at("eth0", 5), at("eth0", 6)];
    let mut names = Names::new("codelabs.local".into());
    names.announced(probed("eth0", "codelabs.local"), &addresses);
    assert_eq!(shown(&names, &addresses), ["eth0=codelabs.local"]);
}
