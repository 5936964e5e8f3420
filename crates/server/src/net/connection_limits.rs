//! What connections may take: time, descriptors, and their share of both.

use std::time::Duration;

use super::MinimumRate;

/// Files that the system lets a program hold where it says no number; what
/// macOS allows at most.
const OPEN_FILES: u64 = 10_240;

/// Files that are no connections and no downloads: the database with its log
/// and readers, the terminal, imports, exports, copies.
const OWN_FILES: u64 = 96;

/// Never fewer connections than this, whatever the system allows.
const FEWEST: usize = 16;

/// Bounds of what connections may take.
#[derive(Clone, Copy, Debug)]
pub struct ConnectionLimits {
    /// A connection on which no whole request head comes for this long is
    /// closed, be it idle or one of thousands that a script holds open.
    pub head_deadline: Duration,
    /// The least that must come of a request's body while the server waits for it.
    pub body_rate: MinimumRate,
    /// The least that must be taken of an answer while the server waits for it.
    pub answer_rate: MinimumRate,
    /// How often the browser at a socket is asked for a sign of life.
    pub ping_interval: Duration,
    /// Without a sign of life for this long the peer at a socket is dead.
    pub silence: Duration,
    /// Connections in all.
    pub total: usize,
    /// Connections of one address on which nobody has shown a seat.
    pub per_address: usize,
    /// Connections that people with a seat may hold in all; the rest stays
    /// free for those who arrive.
    pub of_seats: usize,
    /// Connections that people with a seat and facilitators may hold together.
    pub of_owners: usize,
    /// Connections that are kept for one seat: its sockets, and the six that
    /// a browser opens beside them.
    pub per_seat: usize,
    /// Connections that are kept for one facilitator, who may have the window,
    /// the projector and a phone.
    pub per_facilitator: usize,
    /// Sockets of one attendee's seat: tabs and devices. Of more, the oldest
    /// is closed.
    pub sockets_per_seat: usize,
    /// Sockets of one facilitator's seat.
    pub sockets_per_facilitator: usize,
    /// Files that are sent at once.
    pub files: usize,
    /// Files that are sent at once to whoever has shown no seat.
    pub files_for_anonymous: usize,
}

impl ConnectionLimits {
    /// The limits of a program that may hold this many files open; nothing if
    /// the system sets no number.
    ///
    /// A connection takes one descriptor and a download a second one, so three
    /// quarters are connections. Three hundred people behind one address hold
    /// a socket each and up to six further connections while a page loads:
    /// half of all connections may be of one address.
    #[must_use]
    pub fn within(open_files: Option<u64>) -> Self {
        let usable = open_files.unwrap_or(OPEN_FILES).min(OPEN_FILES);
        let usable = usize::try_from(usable.saturating_sub(OWN_FILES)).unwrap_or(usize::MAX);
        let total = (usable / 4 * 3).max(FEWEST);
        let files = (usable / 4).max(FEWEST / 2);
        Self {
            head_deadline: Duration::from_secs(15),
            // A phone whose Wi-Fi stalls for some seconds, again and again, moves
            // more than half a kilobyte a second.
            body_rate: MinimumRate {
                bytes: 16 * 1024,
                window: Duration::from_secs(30),
            },
            answer_rate: MinimumRate {
                bytes: 16 * 1024,
                window: Duration::from_secs(30),
            },
            ping_interval: Duration::from_secs(15),
            // Three pings.
            silence: Duration::from_secs(45),
            total,
            per_address: total / 2,
            of_seats: total / 4 * 3,
            of_owners: total / 8 * 7,
            per_seat: 16,
            per_facilitator: 64,
            sockets_per_seat: 8,
            sockets_per_facilitator: 32,
            files,
            files_for_anonymous: files / 2,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_hundred_behind_one_address_fit_the_usual_limit() {
        let limits = ConnectionLimits::within(Some(10_240));
        assert!(limits.per_address >= 300 * 7);
        assert!(limits.of_seats >= 1000 * 7 / 2);
    }

    #[test]
    fn descriptors_suffice_for_everything_at_once() {
        for open_files in [200, 256, 1024, 4096, 10_240, 1_000_000] {
            let limits = ConnectionLimits::within(Some(open_files));
            let taken = limits.total + limits.files;
            assert!(u64::try_from(taken).unwrap() + OWN_FILES <= open_files);
            assert!(limits.of_seats < limits.of_owners && limits.of_owners < limits.total);
        }
        let scarce = ConnectionLimits::within(Some(1024));
        assert!(scarce.of_seats > 300, "a room of 300 fits 1,024 files");
    }
}
