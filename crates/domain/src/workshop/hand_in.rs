//! What people leave behind: feedback, and work that they hand in.

use crate::{ContentHash, FeedbackText, FileName, LinkAddress, SeatId, SubmissionId, Timestamp};

/// A grade from 1 to 5.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Grade(u8);

impl Grade {
    /// The highest.
    pub const MAX: u8 = 5;

    /// The grade of a number; nothing beyond the scale.
    #[must_use]
    pub const fn new(number: u8) -> Option<Self> {
        if number >= 1 && number <= Self::MAX {
            Some(Self(number))
        } else {
            None
        }
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }
}

/// What somebody thought of a workshop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feedback {
    /// Who; nothing if they did not say.
    pub seat: Option<SeatId>,
    /// How hard it was: 1 is easy.
    pub difficulty: Option<Grade>,
    /// How content they are: 5 is very.
    pub satisfaction: Option<Grade>,
    /// In their own words.
    pub comment: Option<FeedbackText>,
    /// When.
    pub at: Timestamp,
}

/// What is handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Work {
    /// An address elsewhere.
    Link(LinkAddress),
    /// A file of this machine. Its bytes are stored before it is handed in.
    File {
        /// SHA-256 of its bytes.
        file: ContentHash,
        /// What it is called where it comes from.
        name: FileName,
        /// How long it is.
        size_bytes: u64,
    },
}

/// Work that somebody handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// Which.
    pub id: SubmissionId,
    /// Whose.
    pub seat: SeatId,
    /// What.
    pub work: Work,
    /// When.
    pub at: Timestamp,
}
