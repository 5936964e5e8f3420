//! This machine's place in the room's network: which addresses attendees may
//! reach it by, which `.local` name leads to it, and how both change while a
//! workshop is running.
//!
//! It stands beside the data's way, not in it: the server shows and checks what
//! this crate finds out, and nothing here ever learns of a workshop, a seat or a
//! join code. It depends on no other crate of the workspace.
//!
//! | module | answers |
//! |---|---|
//! | [`addresses`] | which addresses does this machine have, the room's first? |
//! | [`AddressWatch`] | what has changed since? |
//! | [`Advertiser`] | which `.local` name leads here, really? |
//! | [`machine_hostname`] | what does this machine call itself? |
//!
//! # What is advertised
//! One DNS-SD service of the type `_http._tcp.local.`, so that every generic
//! browser of services lists it as a web page, with the subtype
//! `_codelabs._sub._http._tcp.local.` (RFC 6763 section 7.1), so that a program
//! which looks for workshops alone can ask for nothing else. A type of its own
//! would need a second registration and would be shown twice. IPv4 only, and never
//! on loopback: the server does not listen on IPv6, and an `AAAA` record would send
//! browsers to a closed door.
//!
//! # Invariants
//! - A failing network is a value ([`AdvertisedName::Unavailable`], an empty list),
//!   never an error that could stop the app.
//! - A name is published only after the mDNS responder announced it, and under the
//!   name that survived the probing.
//! - Every task runs on the caller's `TaskTracker` and ends by the caller's
//!   `CancellationToken`; the responder's thread is asked to end on every way out.
//!
//! ## To add …
//! - **a kind of network, or a name pattern of an operating system**: 1. the variant
//!   in `kind.rs`, ordered by how likely it is the room's; 2. the rule in the
//!   function of that operating system; 3. a line in `kind/tests.rs`.
//! - **IPv6**: 1. let `addresses::select` pass global and unique-local addresses;
//!   2. drop `IfKind::IPv6` from `advertise/responder.rs`, once the server listens
//!   on IPv6; 3. a namespace test that resolves an `AAAA` record.
//! - **a property of the advertisement**: the caller adds it to
//!   [`Advertisement::properties`]; whatever stands there is readable by everybody
//!   on the network, hence never a secret.
//! - **a reason why there is no name**: a variant in `advertise/reason.rs`, in
//!   words a facilitator understands.

mod addresses;
mod advertise;
mod kind;
mod machine;
mod watch;

pub use addresses::{AddressError, LanAddress, addresses};
pub use advertise::{
    AdvertiseError, AdvertisedName, Advertisement, Advertiser, NetworkName, NoName,
};
pub use kind::NetworkKind;
pub use machine::{machine_hostname, machine_names};
pub use watch::AddressWatch;
