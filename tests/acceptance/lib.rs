//! What acceptance tests are made of: a real server, and people who use it
//! over real sockets. Tests read like the workshop, never sleep, and wait on
//! what can be observed; every wait ends after [`PATIENCE`].

#![expect(
    clippy::missing_errors_doc,
    clippy::missing_panics_doc,
    clippy::must_use_candidate,
    clippy::panic,
    clippy::wildcard_enum_match_arm,
    reason = "tests panic when something is not as it should be, and let pass what they do not wait for"
)]

mod left_behind;
mod live;
mod people;
mod pictures;
mod process;
mod test_clock;
mod test_server;
mod the_web;
mod told;

use std::time::Duration;

pub use left_behind::kept_files;
pub use live::{Live, Verdict, upgrade};
pub use people::{Attendee, Browser, Facilitator, refusal};
pub use pictures::{black_picture, picture, png_with, wide_picture};
pub use process::{ServerProcess, program};
pub use test_clock::TestClock;
pub use test_server::TestServer;
pub use the_web::{TheWeb, png};
pub use told::{Log, Told, View, assert_none};

/// How long a test waits for something that should happen at once. Long
/// enough for a machine that does other things as well.
pub const PATIENCE: Duration = Duration::from_secs(30);
