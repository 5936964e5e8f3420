//! How many sockets the system lets this program hold.

/// A thousand people with a live connection and the six further ones that a
/// browser may open while it loads a page. macOS allows a program 10,240.
#[cfg(unix)]
const WANTED: u64 = 10_240;

/// Raises the limit of open files towards what a full room needs. Systems
/// begin with 256 (macOS) or 1,024 (Linux), and past it nobody gets in. A
/// lower limit set for good by whoever runs the machine stays. Answers with
/// what holds now; nothing if the system sets no number.
#[cfg(unix)]
#[must_use]
pub fn allow_many_connections() -> Option<u64> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let now = getrlimit(Resource::Nofile);
    let wanted = now.maximum.map_or(WANTED, |most| most.min(WANTED));
    if now.current.is_none_or(|current| current >= wanted) {
        return now.current;
    }
    let raised = Rlimit {
        current: Some(wanted),
        maximum: now.maximum,
    };
    if let Err(error) = setrlimit(Resource::Nofile, raised) {
        tracing::warn!(%error, "a large room may not get in: too few files may be open at once");
    }
    getrlimit(Resource::Nofile).current
}

/// Windows sets no such limit for sockets.
#[cfg(not(unix))]
#[must_use]
pub const fn allow_many_connections() -> Option<u64> {
    None
}
