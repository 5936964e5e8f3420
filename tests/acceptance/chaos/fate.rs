//! What happens to whom, decided by the seed alone: the same seed gives the
//! same commands, the same kills and the same end to each connection, as far as
//! processes and a network of this machine can be repeated.

use std::{
    hash::{DefaultHasher, Hash, Hasher as _},
    time::Duration,
};

use rand::{Rng as _, SeedableRng as _, rngs::StdRng};

/// Chance for one purpose, apart from all others.
pub fn chance(seed: u64, of: impl Hash) -> StdRng {
    let mut hasher = DefaultHasher::new();
    (seed, of).hash(&mut hasher);
    StdRng::seed_from_u64(hasher.finish())
}

/// How a connection begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// At once.
    Open,
    /// Only after so many that came later.
    Overtaken(u64),
    /// Closed before a byte was carried.
    Shut,
}

/// What becomes of one direction of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Everything is carried.
    None,
    /// Nothing more after so many bytes, which is mostly within a frame.
    Cut {
        /// Bytes carried before.
        after: usize,
    },
    /// Nothing for a while after so many bytes; then goes on, or is cut.
    Stall {
        /// Bytes carried before.
        after: usize,
        /// How long.
        lasts: Duration,
        /// Whether it ends the connection.
        cuts: bool,
    },
}

/// What becomes of one connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fate {
    /// How it begins.
    pub door: Door,
    /// From the browser to the server.
    pub up: Fault,
    /// From the server to the browser.
    pub down: Fault,
    /// Whether a cut is a reset, or an orderly end in the middle of a frame.
    pub resets: bool,
}

impl Fate {
    /// The fate of a client's `attempt`th connection.
    pub fn of(seed: u64, client: usize, attempt: u32) -> Self {
        let mut chance = chance(seed, ("connection", client, attempt));
        let door = match chance.random_range(0..100) {
            0..8 => Door::Shut,
            8..30 => Door::Overtaken(chance.random_range(1..4)),
            _ => Door::Open,
        };
        let (mut up, mut down) = (Fault::None, Fault::None);
        match chance.random_range(0..100) {
            0..35 => down = fault(&mut chance, 20_000),
            35..55 => up = fault(&mut chance, 3_000),
            55..65 => {
                down = fault(&mut chance, 20_000);
                up = fault(&mut chance, 3_000);
            }
            _ => {}
        }
        Self {
            door,
            up,
            down,
            resets: chance.random(),
        }
    }
}

/// Before which attempt to connect somebody's seat is gone; nothing: it stays.
pub fn seat_gone_before(seed: u64, client: usize) -> Option<u32> {
    let mut chance = chance(seed, ("seat", client));
    chance.random_bool(0.3).then(|| chance.random_range(2..5))
}

fn fault(chance: &mut StdRng, bytes: usize) -> Fault {
    let after = chance.random_range(1..bytes);
    if chance.random() {
        return Fault::Cut { after };
    }
    Fault::Stall {
        after,
        lasts: Duration::from_millis(chance.random_range(100..2000)),
        cuts: chance.random(),
    }
}
