//! How many files are sent at once: each holds a file open for as long as its
//! reader takes, and the system does not give many.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::ConnectionLimits;

/// Places of files that are being sent.
#[derive(Debug)]
pub struct FileSlots {
    all: Arc<Semaphore>,
    anonymous: Arc<Semaphore>,
}

/// The place of a file that is being sent.
#[derive(Debug)]
pub struct FileSlot {
    _all: OwnedSemaphorePermit,
    _anonymous: Option<OwnedSemaphorePermit>,
}

impl FileSlots {
    /// All places free.
    #[must_use]
    pub fn new(limits: &ConnectionLimits) -> Self {
        Self {
            all: Arc::new(Semaphore::new(limits.files)),
            anonymous: Arc::new(Semaphore::new(limits.files_for_anonymous)),
        }
    }

    /// A place; whoever has shown no seat gets one of the smaller part.
    #[must_use]
    pub fn take(&self, is_anonymous: bool) -> Option<FileSlot> {
        let anonymous = if is_anonymous {
            Some(Arc::clone(&self.anonymous).try_acquire_owned().ok()?)
        } else {
            None
        };
        Some(FileSlot {
            _all: Arc::clone(&self.all).try_acquire_owned().ok()?,
            _anonymous: anonymous,
        })
    }
}
