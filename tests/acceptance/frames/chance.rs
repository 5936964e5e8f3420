//! Chance that can be repeated.

use rand::{SeedableRng as _, rngs::StdRng};

/// Says its seed.
pub fn chance() -> StdRng {
    let seed: u64 = std::env::var("FRAMES_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
        .unwrap_or_else(rand::random);
    eprintln!("seed {seed}; set FRAMES_SEED to repeat it");
    StdRng::seed_from_u64(seed)
}
