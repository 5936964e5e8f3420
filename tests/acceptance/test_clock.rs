//! A clock that runs as this machine's does, and can be put forward.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use domain::Timestamp;
use server::clock::Clock;

/// How far a server's clock is ahead; its copies are the same clock.
#[derive(Clone, Debug, Default)]
pub struct TestClock {
    ahead_ms: Arc<AtomicI64>,
}

impl TestClock {
    /// Puts it forward, as when time passes.
    pub fn pass(&self, time: Duration) {
        let ms = i64::try_from(time.as_millis()).expect("not for ever");
        self.ahead_ms.fetch_add(ms, Ordering::SeqCst);
    }

    pub(crate) fn shown(&self) -> Clock {
        let (ahead_ms, system) = (Arc::clone(&self.ahead_ms), Clock::system());
        Clock::from_fn(move || {
            let ahead_ms = ahead_ms.load(Ordering::SeqCst);
            Timestamp::from_ms(system.now().as_ms() + ahead_ms)
        })
    }
}
