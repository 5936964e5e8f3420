//! Edge cases, named plainly.

mod conversation;
mod ending;
mod help;
mod pace;
mod polls;
mod quizzes;
mod revisions;
