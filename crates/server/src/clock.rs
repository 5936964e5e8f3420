//! The only place that reads the machine's clock.

use std::{fmt, sync::Arc, time::SystemTime};

use domain::Timestamp;

/// Tells the time. Tests bring their own.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// The machine's clock. A clock set before 1970 reads as 1970.
    #[must_use]
    pub fn system() -> Self {
        Self::from_fn(|| {
            #[expect(
                clippy::disallowed_methods,
                reason = "this is the one place that reads it"
            )]
            let since_epoch = SystemTime::now()
                .duration_since(SystemTime::UNIX_EPOCH)
                .unwrap_or_default();
            Timestamp::from_ms(i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX))
        })
    }

    /// A clock that shows what `read` returns.
    pub fn from_fn(read: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(read))
    }

    /// The time now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}
