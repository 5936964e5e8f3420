//! How slow a peer may be.
//!
//! Only the time counts in which the server waits for the peer. So a large file
//! may take hours on a bad network as long as it moves, and a peer that is fast
//! owes nothing for the time in which the server was slow.

use std::time::Duration;

use tokio::time::Instant;

/// The least that a peer must move while it is waited for.
#[derive(Clone, Copy, Debug)]
pub struct MinimumRate {
    /// So many bytes at least …
    pub bytes: u64,
    /// … in every so much waiting.
    pub window: Duration,
}

/// The peer moved less than the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too slow")]
pub struct TooSlow;

/// The progress of one peer in one direction.
#[derive(Debug)]
pub struct Pace {
    rate: MinimumRate,
    waiting_since: Option<Instant>,
    /// Waited in this window, apart from now.
    waited: Duration,
    /// Moved in this window.
    moved: u64,
}

impl Pace {
    /// Nothing waited for yet.
    pub const fn new(rate: MinimumRate) -> Self {
        Self {
            rate,
            waiting_since: None,
            waited: Duration::ZERO,
            moved: 0,
        }
    }

    /// Waits for the peer. Answers when to look again with [`Pace::look`].
    pub fn wait(&mut self, now: Instant) -> Instant {
        if self.waiting_since.is_none() && self.waited.is_zero() {
            // What was moved before anybody waited says nothing about the peer:
            // the system takes the beginning of an answer by itself.
            self.moved = 0;
        }
        let since = *self.waiting_since.get_or_insert(now);
        since + self.rate.window.saturating_sub(self.waited)
    }

    /// The peer moved something; nobody waits any more.
    pub fn moved(&mut self, bytes: usize, now: Instant) -> Result<(), TooSlow> {
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        self.moved = self.moved.saturating_add(bytes);
        if let Some(since) = self.waiting_since.take() {
            self.waited += now.saturating_duration_since(since);
        }
        self.judge()
    }

    /// The wait goes on: was it too long?
    pub fn look(&mut self, now: Instant) -> Result<(), TooSlow> {
        if let Some(since) = self.waiting_since.replace(now) {
            self.waited += now.saturating_duration_since(since);
        }
        self.judge()
    }

    fn judge(&mut self) -> Result<(), TooSlow> {
        if self.waited < self.rate.window {
            return Ok(());
        }
        let is_enough = self.moved >= self.rate.bytes;
        self.waited = Duration::ZERO;
        self.moved = 0;
        if is_enough { Ok(()) } else { Err(TooSlow) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: MinimumRate = MinimumRate {
        bytes: 1000,
        window: Duration::from_secs(10),
    };

    fn s(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn a_peer_that_moves_nothing_is_too_slow_after_one_window() {
        let (mut pace, start) = (Pace::new(RATE), Instant::now());
        // The system's buffers took this at once.
        assert_eq!(pace.moved(1_000_000, start), Ok(()));
        assert_eq!(pace.wait(start), start + s(10));
        assert_eq!(pace.look(start + s(9)), Ok(()));
        assert_eq!(pace.look(start + s(10)), Err(TooSlow));
    }

    #[test]
    fn a_byte_a_second_is_too_slow_and_a_hundred_are_not() {
        for (bytes, expected) in [(1, Err(TooSlow)), (100, Ok(()))] {
            let (mut pace, start) = (Pace::new(RATE), Instant::now());
            let outcome = (0..100).try_for_each(|second| {
                pace.wait(start + s(second));
                pace.moved(bytes, start + s(second + 1))
            });
            assert_eq!(outcome, expected, "{bytes}");
        }
    }

    #[test]
    fn the_time_of_the_server_is_not_counted() {
        let (mut pace, start) = (Pace::new(RATE), Instant::now());
        for minute in 0..60 {
            let now = start + s(60 * minute);
            pace.wait(now);
            // A tenth of a second for its three bytes; then the server has nothing to say.
            let outcome = pace.moved(30, now + Duration::from_millis(100));
            assert_eq!(outcome, Ok(()));
        }
    }

    #[test]
    fn a_stall_is_forgiven_when_the_window_was_good() {
        let (mut pace, start) = (Pace::new(RATE), Instant::now());
        pace.wait(start);
        assert_eq!(pace.moved(900, start + s(1)), Ok(()));
        pace.wait(start + s(1));
        assert_eq!(pace.moved(100, start + s(12)), Ok(()));
    }
}
