//! Why there is no name on the local network.

use std::fmt;

/// Why there is no name on the local network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoName {
    /// Nobody asked for one.
    SwitchedOff,
    /// Nothing but loopback.
    NoNetwork,
    /// The responder could not even be started.
    NotAllowed,
    /// Nothing was announced in time: no interface carries multicast, or port 5353 is held by
    /// a program that does not share it.
    NotAnnounced,
}

/// In one sentence, for the terminal.
impl fmt::Display for NoName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SwitchedOff => "Announcing a name is switched off.",
            Self::NoNetwork => "This computer is not connected to any network.",
            Self::NotAllowed => {
                "This computer did not allow a name to be announced. Join by an address instead."
            }
            Self::NotAnnounced => {
                "No name could be announced on this network. Join by an address instead."
            }
        })
    }
}
