//! One workshop: what can be asked ([`Command`]), what happened ([`Event`]),
//! what follows from it ([`WorkshopState`]), and who may see it ([`audience`]).

mod admit;
mod apply;
mod audience;
mod command;
mod decide;
mod event;
mod rejection;
mod start;
mod state;

pub use admit::{Admission, admit};
pub use apply::apply;
pub use audience::{Audience, audience};
pub use command::Command;
pub use decide::decide;
pub use event::{AgendaCodelab, AgendaStep, Event, Recorded, StepRef};
pub use rejection::Rejection;
pub use start::{Start, start};
pub use state::{
    HelpRequest, HelpStatus, Message, MessageKind, Progress, Role, Seat, Status, WorkshopState,
};
