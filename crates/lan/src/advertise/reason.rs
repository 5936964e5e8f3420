//! Why there is no name, in sentences for the facilitator.

/// Nothing but loopback.
pub(super) const NO_NETWORK: &str = "This computer is not connected to any network.";

/// The responder could not even be started.
pub(super) const NO_RESPONDER: &str =
    "This computer did not allow a name to be announced. Join by an address instead.";

/// Nothing was announced in time: no interface carries multicast, or port 5353 is held by
/// a program that does not share it.
pub(super) const NO_ANNOUNCEMENT: &str =
    "No name could be announced on this network. Join by an address instead.";
