//! mDNS between machines: each machine is a network namespace with a process of its own
//! in it, each network is a bridge. Needs root and iproute2, and says so when it skips.

mod machine;
mod network;

use std::time::Duration;

use machine::Machine;
use network::{Namespace, Network};

/// What anything on a quiet network takes at most, on a busy computer.
const SOON: Duration = Duration::from_secs(10);

/// How fast interfaces that come and go are followed, by what [`lan::AddressWatch`] says.
const FOLLOWED: Duration = Duration::from_secs(3);

/// Everything a test needs, or `None` where namespaces cannot be made.
///
/// Every test begins with this call: it is also where a process started inside a
/// namespace becomes a machine instead of a test.
fn one_network() -> Option<Network> {
    machine::be_one_if_asked();
    if Namespace::can_be_made() {
        return Some(Network::new());
    }
    network::say("skipped: mDNS between network namespaces needs root and iproute2");
    None
}

#[test]
fn a_name_leads_to_this_machine() {
    let Some(network) = one_network() else { return };
    let mut ada = Machine::in_network(&network, "192.168.77.1/24");
    let mut bob = Machine::in_network(&network, "192.168.77.2/24");

    ada.tell("advertise codelabs ada");
    ada.hears("name pending", SOON);
    ada.hears("name advertised codelabs.local", SOON);
    ada.hears("networks eth0=codelabs.local", SOON);

    bob.tell("resolve codelabs.local.");
    bob.hears("resolved codelabs.local. 192.168.77.1", SOON);
    bob.tell("browse _http._tcp.local.");
    bob.hears(
        "found ada._http._tcp.local. codelabs.local. 8080 path=/",
        SOON,
    );
    bob.tell("browse _codelabs._sub._http._tcp.local.");
    bob.hears(
        "found ada._http._tcp.local. codelabs.local. 8080 path=/",
        SOON,
    );
}

#[test]
fn a_clash_renames_the_later_machine() {
    let Some(network) = one_network() else { return };
    let mut ada = Machine::in_network(&network, "192.168.77.1/24");
    let mut bob = Machine::in_network(&network, "192.168.77.2/24");
    let mut cy = Machine::in_network(&network, "192.168.77.3/24");

    ada.tell("advertise codelabs ada");
    ada.hears("name advertised codelabs.local", SOON);
    bob.tell("advertise codelabs bob");
    bob.hears("name advertised codelabs-2.local", SOON);

    cy.tell("resolve codelabs.local.");
    cy.hears("resolved codelabs.local. 192.168.77.1", SOON);
    cy.tell("resolve codelabs-2.local.");
    cy.hears("resolved codelabs-2.local. 192.168.77.2", SOON);

    cy.tell("browse _http._tcp.local.");
    cy.hears(
        "found bob._http._tcp.local. codelabs-2.local. 8080 path=/",
        SOON,
    );

    cy.tell("advertise codelabs cy");
    cy.hears("name advertised codelabs-3.local", SOON);
    ada.never_said("name advertised codelabs-2.local");
    bob.never_said("name advertised codelabs.local");
}

#[test]
fn a_goodbye_reaches_those_who_looked() {
    let Some(network) = one_network() else { return };
    let mut ada = Machine::in_network(&network, "192.168.77.1/24");
    let mut bob = Machine::in_network(&network, "192.168.77.2/24");

    ada.tell("advertise codelabs Ada Lovelace");
    ada.hears("name advertised codelabs.local", SOON);
    bob.tell("browse _http._tcp.local.");
    bob.hears(
        "found Ada Lovelace._http._tcp.local. codelabs.local. 8080 path=/",
        SOON,
    );

    // Others keep a record that said goodbye for one second (RFC 6762 section 10.1).
    ada.tell("quit");
    ada.hears("gone", Duration::from_secs(2));
    bob.hears(
        "removed Ada Lovelace._http._tcp.local.",
        Duration::from_secs(2),
    );
}

#[test]
fn a_dropped_advertiser_says_goodbye_too() {
    let Some(network) = one_network() else { return };
    let mut ada = Machine::in_network(&network, "192.168.77.1/24");
    let mut bob = Machine::in_network(&network, "192.168.77.2/24");

    ada.tell("advertise codelabs ada");
    ada.hears("name advertised codelabs.local", SOON);
    bob.tell("browse _http._tcp.local.");
    bob.hears(
        "found ada._http._tcp.local. codelabs.local. 8080 path=/",
        SOON,
    );

    ada.tell("drop");
    ada.hears("dropped", SOON);
    bob.hears("removed ada._http._tcp.local.", Duration::from_secs(3));
}

#[test]
fn a_network_that_comes_later_gets_the_name_and_one_that_goes_loses_it() {
    let Some(network) = one_network() else { return };
    let mut ada = Machine::without_network();
    let mut bob = Machine::in_network(&network, "192.168.77.2/24");

    ada.tell("advertise codelabs ada");
    ada.hears(
        "name unavailable This computer is not connected to any network.",
        SOON,
    );

    ada.plug("eth0", &network, "192.168.77.1/24");
    ada.hears("name advertised codelabs.local", FOLLOWED * 2);
    bob.tell("resolve codelabs.local.");
    bob.hears("resolved codelabs.local. 192.168.77.1", SOON);

    // The interface stays and only its address goes: the responder then comes back
    // without probing and without a word.
    ada.ip("addr del 192.168.77.1/24 dev eth0");
    ada.hears(
        "name unavailable This computer is not connected to any network.",
        FOLLOWED,
    );
    ada.hears("networks", SOON);
    ada.ip("addr add 192.168.77.1/24 dev eth0");
    ada.hears("name advertised codelabs.local", FOLLOWED * 2);

    // Another address on another network, while the app runs on.
    let elsewhere = Network::new();
    let mut cy = Machine::in_network(&elsewhere, "10.3.2.9/24");
    ada.plug("wlan0", &elsewhere, "10.3.2.1/24");
    ada.hears(
        "networks wlan0=codelabs.local eth0=codelabs.local",
        FOLLOWED * 2,
    );
    cy.tell("resolve codelabs.local.");
    cy.hears("resolved codelabs.local. 10.3.2.1", SOON);
}

#[test]
fn each_network_has_its_own_name_when_only_one_has_a_clash() {
    let Some(network) = one_network() else { return };
    let elsewhere = Network::new();
    let mut bob = Machine::in_network(&elsewhere, "10.3.2.9/24");
    bob.tell("advertise codelabs bob");
    bob.hears("name advertised codelabs.local", SOON);

    let mut ada = Machine::in_network(&network, "192.168.77.1/24");
    ada.plug("docker0", &elsewhere, "10.3.2.1/24");
    ada.tell("advertise codelabs ada");
    ada.hears(
        "networks eth0=codelabs.local docker0=codelabs-2.local",
        SOON,
    );
    ada.hears("name advertised codelabs.local", SOON);
}

#[test]
fn two_interfaces_in_one_network_are_no_clash() {
    let Some(network) = one_network() else { return };
    let mut ada = Machine::in_network(&network, "192.168.77.1/24");
    ada.plug("eth1", &network, "192.168.77.2/24");

    ada.tell("advertise codelabs ada");
    ada.hears("networks eth0=codelabs.local eth1=codelabs.local", SOON);
    ada.plug("eth2", &network, "192.168.77.3/24");
    ada.hears(
        "networks eth0=codelabs.local eth1=codelabs.local eth2=codelabs.local",
        SOON,
    );
}

#[test]
fn while_the_port_of_mdns_is_taken_there_is_no_name() {
    let Some(network) = one_network() else { return };
    let mut ada = Machine::in_network(&network, "192.168.77.1/24");
    let mut bob = Machine::in_network(&network, "192.168.77.2/24");
    ada.tell("take 5353");
    ada.hears("taken 5353", SOON);

    ada.tell("advertise codelabs ada");
    ada.hears("name pending", SOON);
    ada.hears(
        "name unavailable No name could be announced on this network. \
         Join by an address instead.",
        SOON * 2,
    );
    ada.never_said("name advertised codelabs.local");

    // The next network is a new attempt.
    ada.tell("release");
    ada.hears("released", SOON);
    ada.plug("eth1", &network, "192.168.77.3/24");
    ada.hears("name advertised codelabs.local", SOON);
    bob.tell("resolve codelabs.local.");
    bob.hears("resolved codelabs.local. 192.168.77.3", SOON);
}

#[test]
fn addresses_are_followed_as_networks_come_and_go() {
    let Some(network) = one_network() else { return };
    let mut ada = Machine::without_network();
    ada.tell("addresses");
    ada.hears("addresses", SOON);

    ada.plug("docker0", &network, "172.17.0.1/16");
    ada.hears("addresses docker0=172.17.0.1", FOLLOWED);
    ada.plug("eth0", &network, "192.168.77.1/24");
    ada.hears("addresses eth0=192.168.77.1 docker0=172.17.0.1", FOLLOWED);
    ada.ip("link del eth0");
    ada.hears("addresses docker0=172.17.0.1", FOLLOWED);
}
