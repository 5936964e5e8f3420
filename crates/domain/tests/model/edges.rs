//! Edge cases, named plainly.

mod conversation;
mod help;
mod pace;
mod polls;
mod quizzes;
mod revisions;
