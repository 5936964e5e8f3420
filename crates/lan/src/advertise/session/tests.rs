use std::net::IpAddr;
use std::sync::Arc;

use mdns_sd::{DaemonEvent, DnsNameChange, RRType};
use tokio::sync::watch;

use super::{Published, Session};
use crate::addresses::LanAddress;
use crate::advertise::{AdvertisedName, Advertisement, NetworkName, service};
use crate::kind::NetworkKind;

/// A session without a responder, and what it publishes.
struct Heard {
    session: Session,
    addresses: watch::Sender<Arc<[LanAddress]>>,
    name: watch::Receiver<AdvertisedName>,
    networks: watch::Receiver<Arc<[NetworkName]>>,
}

impl Heard {
    fn at(addresses: &[LanAddress]) -> Self {
        let ad = Advertisement {
            instance: "Open Codelabs on ada".into(),
            hostname: "codelabs".into(),
            port: 8080,
            properties: Vec::new(),
        };
        let service = service::describe(ad).expect("a good advertisement");
        let (addresses, receiver) = watch::channel(Arc::from(addresses));
        let (published, name, networks) = Published::new();
        let mut session = Session::new(service, receiver, published);
        session.publish();
        Self {
            session,
            addresses,
            name,
            networks,
        }
    }

    fn event(&mut self, event: DaemonEvent) -> bool {
        let again = self.session.heard(event);
        self.session.publish();
        again
    }

    fn announce(&mut self, detail: &str) -> bool {
        self.event(DaemonEvent::Announce(
            "ada._http._tcp.local.".into(),
            detail.into(),
        ))
    }

    fn rename(&mut self, rr_type: RRType, new_name: &str, interface: &str) -> bool {
        self.event(DaemonEvent::NameChange(DnsNameChange {
            original: "codelabs.local.".into(),
            new_name: new_name.into(),
            rr_type,
            intf_name: interface.into(),
        }))
    }

    fn move_to(&mut self, addresses: &[LanAddress]) {
        self.addresses.send_replace(Arc::from(addresses));
        self.session.take_addresses();
        self.session.publish();
    }

    fn hostname(&self) -> Option<String> {
        match &*self.name.borrow() {
            AdvertisedName::Advertised { hostname } => Some(hostname.clone()),
            AdvertisedName::Pending | AdvertisedName::Unavailable { .. } => None,
        }
    }
}

fn at(interface: &str, last: u8) -> LanAddress {
    let ip = IpAddr::from([192, 168, 1, last]);
    LanAddress {
        interface: interface.into(),
        ip,
        kind: NetworkKind::Wired,
    }
}

#[tokio::test]
async fn a_name_is_pending_until_it_is_announced() {
    let mut heard = Heard::at(&[at("eth0", 5)]);
    assert_eq!(*heard.name.borrow(), AdvertisedName::Pending);

    let again = heard.announce("codelabs.local.:eth0");
    assert!(again, "a first announcement is repeated");
    assert_eq!(heard.hostname().as_deref(), Some("codelabs.local"));

    let again = heard.announce("[192.168.1.5]");
    assert!(!again, "a second one is not");
    assert_eq!(heard.networks.borrow().len(), 1);
}

#[tokio::test]
async fn a_new_name_is_shown_once_it_is_announced_in_either_form() {
    let mut heard = Heard::at(&[at("eth0", 5)]);
    heard.rename(RRType::A, "codelabs-2.local.", "eth0");
    assert_eq!(*heard.name.borrow(), AdvertisedName::Pending);
    heard.announce("[192.168.1.5]");
    assert_eq!(heard.hostname().as_deref(), Some("codelabs-2.local"));
}

#[tokio::test]
async fn a_new_name_of_the_service_is_none_of_the_machine() {
    let mut heard = Heard::at(&[at("eth0", 5)]);
    heard.rename(
        RRType::SRV,
        "Open Codelabs on ada (2)._http._tcp.local.",
        "eth0",
    );
    heard.announce("codelabs.local.:eth0");
    assert_eq!(heard.hostname().as_deref(), Some("codelabs.local"));
}

#[tokio::test]
async fn an_address_that_comes_is_asked_about() {
    let mut heard = Heard::at(&[at("eth0", 5)]);
    assert!(heard.event(DaemonEvent::IpAdd(at("eth0", 5).ip)));
    assert!(!heard.event(DaemonEvent::IpDel(at("eth0", 5).ip)));
    assert!(!heard.event(DaemonEvent::Respond("eth0".into())));
}

#[tokio::test]
async fn the_name_in_the_first_network_is_the_one_to_show() {
    let mut heard = Heard::at(&[at("wlan0", 6), at("eth0", 5)]);
    heard.announce("codelabs.local.:eth0");
    assert_eq!(heard.hostname().as_deref(), Some("codelabs.local"));
    heard.announce("codelabs-2.local.:wlan0");
    assert_eq!(heard.hostname().as_deref(), Some("codelabs-2.local"));

    heard.move_to(&[at("eth0", 5)]);
    assert_eq!(heard.hostname().as_deref(), Some("codelabs.local"));
    heard.move_to(&[]);
    assert!(matches!(
        *heard.name.borrow(),
        AdvertisedName::Unavailable { .. }
    ));
    heard.move_to(&[at("eth0", 5)]);
    assert_eq!(*heard.name.borrow(), AdvertisedName::Pending);
}
