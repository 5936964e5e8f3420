//! The rules of a workshop, as functions of state, seat, command and time.
//!
//! Place in the data's way: between the server's room (which owns a
//! [`workshop::WorkshopState`]) and the store (which makes events durable).
//! This crate must never know the wire, SQL, JSON, the clock, randomness or
//! an async runtime: time and ids are arguments.
//!
//! To add a command:
//! 1. a variant in `workshop/command.rs`;
//! 2. its rule in a file of `workshop/decide/`;
//! 3. the events it causes in `workshop/event.rs`, what they change in
//!    `workshop/apply.rs` and who may see them in `workshop/audience.rs`;
//! 4. the compiler then names the places in `store` and `protocol`.

mod id;
mod text;
mod time;

pub mod workshop;

pub use id::{
    CodelabId, CommandId, ContentHash, FacilitatorId, HelpRequestId, IdError, InvitationId,
    JoinCode, MaterialId, MessageId, PaceId, PollId, QuizKey, SeatId, Seq, StepId, SubmissionId,
    WorkshopId,
};
pub use text::{
    AnnouncementText, CodelabTitle, FeedbackText, FileName, HelpText, LinkAddress, MaterialTitle,
    MessageText, Name, PollLabel, PollQuestion, PollText, PollWord, RevisionNote, TextError,
    TimerLabel, WorkshopTitle,
};
pub use time::Timestamp;
