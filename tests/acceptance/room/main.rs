//! A room with two facilitators and several attendees, over real sockets.

#![expect(
    clippy::panic,
    clippy::wildcard_enum_match_arm,
    reason = "a test waits for one thing and lets the others pass, or fails"
)]

mod budget;
mod direct;
mod ending;
mod help;
mod pace;
mod people;
mod pictures;
mod polls;
mod quizzes;
mod steps;
mod talk;
