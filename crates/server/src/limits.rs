//! Limits: per address only for who has no seat yet, since a whole room may sit
//! behind one; else per seat.

use std::{
    collections::HashMap,
    hash::Hash,
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

use domain::{SeatId, Timestamp, WorkshopId};
use protocol::{Problem, ProblemCode};
use tokio::sync::Semaphore;

/// Addresses or seats remembered. When more knock, those that have recovered are
/// forgotten first; if none has, new addresses wait.
const REMEMBERED: usize = 10_000;

/// How many tries an address has, and how fast they come back.
#[derive(Clone, Copy, Debug)]
pub struct Allowance {
    /// Tries at once.
    pub burst: u32,
    /// Tries regained per second.
    pub per_second: f64,
}

/// Three hundred people behind one address join in the same minute, four
/// times over; a script fills the room no faster than ten seats a second.
pub const JOINS: Allowance = Allowance {
    burst: 1200,
    per_second: 10.0,
};

/// Wrong codes and secrets. At two a second it takes centuries to guess a join
/// code of 480 million; a room that mistypes together still gets in.
pub const WRONG_SECRETS: Allowance = Allowance {
    burst: 120,
    per_second: 2.0,
};

/// Pictures of one seat: an album now, then one every five seconds.
pub const PICTURES: Allowance = Allowance {
    burst: 20,
    per_second: 0.2,
};

/// Live connections whose seat is looked up at once. The database has four
/// readers; the rest of a room that comes back together waits where it costs
/// less.
const ARRIVALS_AT_ONCE: usize = 8;

/// A token bucket.
#[derive(Clone, Copy, Debug)]
pub struct Bucket {
    left: f64,
    at: Timestamp,
}

impl Bucket {
    /// A full one.
    #[must_use]
    pub fn full(allowance: Allowance, now: Timestamp) -> Self {
        Self {
            left: f64::from(allowance.burst),
            at: now,
        }
    }

    /// What it holds at `now`. A clock that was set back regains nothing and loses nothing.
    #[must_use]
    pub fn refilled(self, allowance: Allowance, now: Timestamp) -> f64 {
        let elapsed_ms = u32::try_from(now.as_ms().saturating_sub(self.at.as_ms()).max(0));
        let regained = f64::from(elapsed_ms.unwrap_or(u32::MAX)) / 1000.0 * allowance.per_second;
        (self.left + regained).min(f64::from(allowance.burst))
    }

    /// Fills up with what was regained by `now`.
    pub fn refill(&mut self, allowance: Allowance, now: Timestamp) {
        *self = Self {
            left: self.refilled(allowance, now),
            at: now,
        };
    }

    /// Seconds until `cost` can be paid; 0 when it can be. A cost above the burst
    /// can be paid by a full bucket.
    #[must_use]
    pub fn wait_seconds(self, allowance: Allowance, cost: f64) -> f64 {
        let cost = cost.min(f64::from(allowance.burst));
        ((cost - self.left) / allowance.per_second).max(0.0)
    }

    /// Pays; what is paid beyond the burst is regained before anything else.
    pub fn pay(&mut self, cost: f64) {
        self.left -= cost;
    }
}

/// A token bucket per address, or per whatever else `K` tells apart.
#[derive(Debug)]
pub struct Limit<K = IpAddr> {
    allowance: Allowance,
    buckets: Mutex<HashMap<K, Bucket>>,
}

impl<K: Copy + Eq + Hash> Limit<K> {
    /// No tries used yet.
    #[must_use]
    pub fn new(allowance: Allowance) -> Self {
        Self {
            allowance,
            buckets: Mutex::default(),
        }
    }

    /// Uses one try.
    ///
    /// # Errors
    /// [`ProblemCode::TooManyRequests`] when none is left.
    pub fn take(&self, whose: K, now: Timestamp) -> Result<(), Problem> {
        self.check(whose, now, 1.0)
    }

    /// Whether a try is left, without using it.
    ///
    /// # Errors
    /// [`ProblemCode::TooManyRequests`] when none is left.
    pub fn peek(&self, whose: K, now: Timestamp) -> Result<(), Problem> {
        self.check(whose, now, 0.0)
    }

    fn check(&self, whose: K, now: Timestamp, cost: f64) -> Result<(), Problem> {
        let burst = f64::from(self.allowance.burst);
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= REMEMBERED && !buckets.contains_key(&whose) {
            buckets.retain(|_, bucket| bucket.refilled(self.allowance, now) < burst);
            if buckets.len() >= REMEMBERED {
                return Err(self.refusal());
            }
        }
        let bucket = buckets
            .entry(whose)
            .or_insert_with(|| Bucket::full(self.allowance, now));
        bucket.refill(self.allowance, now);
        if bucket.left < 1.0 {
            return Err(self.refusal());
        }
        bucket.pay(cost);
        Ok(())
    }

    fn refusal(&self) -> Problem {
        let mut problem = Problem::new(
            ProblemCode::TooManyRequests,
            "too many tries; wait a moment and try again",
        );
        problem.retry_after_seconds = Some(if self.allowance.per_second >= 1.0 {
            1
        } else {
            10
        });
        problem
    }
}

/// All limits of the server.
#[derive(Debug)]
pub struct Limits {
    /// Seats taken.
    pub joins: Limit,
    /// Wrong join codes, resume codes and one-time secrets.
    pub wrong_secrets: Limit,
    /// Pictures uploaded.
    pub pictures: Limit<(WorkshopId, SeatId)>,
    /// Turns to look up the seat of a live connection.
    pub arrivals: Semaphore,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            joins: Limit::new(JOINS),
            wrong_secrets: Limit::new(WRONG_SECRETS),
            pictures: Limit::new(PICTURES),
            arrivals: Semaphore::new(ARRIVALS_AT_ONCE),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    const NAT: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 168, 1, 1));

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_ms(ms)
    }

    #[test]
    fn three_hundred_behind_one_address_join_at_once() {
        let limits = Limits::default();
        assert!((0..300).all(|_| limits.joins.take(NAT, at(0)).is_ok()));
    }

    #[test]
    fn tries_run_out_and_come_back() {
        let limit = Limit::new(Allowance {
            burst: 2,
            per_second: 1.0,
        });
        assert!(limit.take(NAT, at(0)).is_ok());
        assert!(limit.take(NAT, at(0)).is_ok());
        assert_eq!(
            limit.take(NAT, at(500)).unwrap_err().code,
            ProblemCode::TooManyRequests
        );
        assert!(limit.take(NAT, at(1000)).is_ok());
        assert!(
            limit.take(NAT, at(0)).is_err(),
            "a clock set back regains nothing"
        );
        let other = IpAddr::V4(Ipv4Addr::LOCALHOST);
        assert!(
            limit.take(other, at(0)).is_ok(),
            "another address has its own"
        );
    }

    #[test]
    fn memory_stays_bounded_however_many_addresses_knock() {
        let limit = Limit::new(Allowance {
            burst: 1,
            per_second: 1.0,
        });
        for n in 0..u32::try_from(REMEMBERED).unwrap() + 10 {
            drop(limit.take(IpAddr::V4(Ipv4Addr::from_bits(n)), at(0)));
        }
        assert!(limit.buckets.lock().unwrap().len() <= REMEMBERED);
        assert!(limit.take(NAT, at(0)).is_err());
        assert!(
            limit.take(NAT, at(2000)).is_ok(),
            "recovered addresses are forgotten"
        );
    }
}
