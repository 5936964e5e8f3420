//! Whoever is slow, or holds many connections, shuts nobody out and is let go;
//! whoever is merely on a bad network is not.

mod edges;
mod scarce;
mod slow;
mod sockets;
mod unfinished;
mod wire;

use std::time::Duration;

use server::net::{ConnectionLimits, MinimumRate};

/// The product's bounds, but for the time.
#[must_use]
pub fn hurried() -> ConnectionLimits {
    let rate = MinimumRate {
        bytes: 16 * 1024,
        window: Duration::from_secs(5),
    };
    ConnectionLimits {
        head_deadline: Duration::from_secs(5),
        body_rate: rate,
        answer_rate: rate,
        ping_interval: Duration::from_secs(1),
        silence: Duration::from_secs(3),
        ..ConnectionLimits::within(Some(10_240))
    }
}
