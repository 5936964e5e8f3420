//! The store against real files: nothing here is simulated but a full disk.

#![expect(
    clippy::unwrap_used,
    reason = "the helpers of a test fail as the test does"
)]

mod any;
mod appending;
mod damage;
mod help;
mod history;
mod invitations;
mod large_codelabs;
mod library;
mod materials;
mod opening;
mod people;
mod polls;
mod quizzes;
mod replay;
mod revisions;
mod rights;
mod support;
mod unsaved;
