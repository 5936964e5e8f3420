//! One workshop: what can be asked ([`Command`]), what happened ([`Event`]),
//! what follows from it ([`WorkshopState`]), and who may see it ([`audience`]).

mod admit;
mod apply;
mod audience;
mod command;
mod decide;
mod ending;
mod event;
mod hand_in;
mod help;
mod message;
mod pace;
mod poll;
mod quiz;
mod rejection;
pub mod report;
mod revise;
mod sign_of_life;
mod start;
mod state;
mod timeline;

pub use admit::{Admission, admit};
pub use apply::apply;
pub use audience::{Audience, audience};
pub use command::Command;
pub use decide::decide;
pub use ending::{PlannedEnd, end_if_due};
pub use event::{AgendaCodelab, AgendaStep, Event, Recorded, Requirement, StepRef};
pub use hand_in::{Feedback, Grade, Submission, Work};
pub use help::{HelpRequest, HelpStatus};
pub use message::{MENTIONS, Message, MessageBody, MessageKind, PINNED, Picture, Reaction};
pub use pace::{Lead, Pace, PaceAnswer, Pacing, Timer};
pub use poll::{POLLS, Poll, PollAnswer, PollForm, PollKind, PollResult, WORDS};
pub use quiz::{Quiz, QuizProgress, QuizTries, quizzes_answered};
pub use rejection::Rejection;
pub use revise::revise;
pub use start::{Start, start};
pub use state::{Progress, Role, Seat, Status, WorkshopState};
pub use timeline::{PaceMoment, StepTime, Timeline};
