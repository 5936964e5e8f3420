//! What went wrong, for HTTP and WebSocket alike: RFC 9457 problem details
//! with a machine-readable `code`.

use domain::{TextError, workshop::Rejection};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{ImportRefusal, RevisionConflict};

/// The media type of a [`Problem`] over HTTP (RFC 9457 §3).
pub const PROBLEM_MEDIA_TYPE: &str = "application/problem+json";

macro_rules! problem_codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $status:literal, $title:literal;)+) => {
        /// What a program can branch on. The screen words each in every language.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum ProblemCode {
            $($(#[$doc])* $name,)+
        }

        impl ProblemCode {
            /// All codes.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The code on the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }

            /// The HTTP status it travels with.
            #[must_use]
            pub const fn status(self) -> u16 {
                match self { $(Self::$name => $status,)+ }
            }

            /// A short summary in English, the same every time.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)+ }
            }
        }
    };
}

problem_codes! {
    /// The request cannot be read.
    InvalidRequest = "invalid_request", 400, "The request cannot be read";
    /// A text is empty or too long.
    InvalidText = "invalid_text", 422, "A text is empty or too long";
    /// A message type this server does not know.
    UnknownMessage = "unknown_message", 400, "Unknown message type";
    /// A page cursor that this server did not make.
    InvalidCursor = "invalid_cursor", 400, "The cursor is not one of this list";
    /// No valid seat or facilitator cookie.
    NotAuthenticated = "not_authenticated", 401, "This browser has no seat here";
    /// The request came from another site's page.
    ForeignOrigin = "foreign_origin", 403, "The request came from another site";
    /// The Host header names another machine.
    ForeignHost = "foreign_host", 421, "This is not the address of this machine";
    /// Only a facilitator may do this.
    NotAFacilitator = "not_a_facilitator", 403, "Only a facilitator may do this";
    /// The join code is missing or wrong.
    WrongJoinCode = "wrong_join_code", 403, "The join code is missing or wrong";
    /// The resume code is wrong or was replaced.
    WrongResumeCode = "wrong_resume_code", 403, "The resume code is wrong or was replaced";
    /// The link was used before, has expired or was never valid.
    WrongInvitation = "wrong_invitation", 403, "The invitation is used, expired or wrong";
    /// Only who raised the help request may withdraw it.
    NotYourHelpRequest = "not_your_help_request", 403, "The help request is somebody else's";
    /// No such address.
    NotFound = "not_found", 404, "There is nothing at this address";
    /// No such workshop.
    UnknownWorkshop = "unknown_workshop", 404, "There is no such workshop";
    /// No such seat in this workshop.
    UnknownSeat = "unknown_seat", 404, "There is no such seat in this workshop";
    /// No such codelab, in the library or on the agenda.
    UnknownCodelab = "unknown_codelab", 404, "There is no such codelab";
    /// No such step in the codelab.
    UnknownStep = "unknown_step", 404, "There is no such step";
    /// Only its author or a facilitator may take a message back.
    NotYourMessage = "not_your_message", 403, "The message is somebody else's";
    /// A facilitator has taken this seat's right to write to everybody.
    Muted = "muted", 403, "You cannot write to everybody at the moment";
    /// A facilitator has not opened the step yet.
    StepLocked = "step_locked", 403, "This step is not open yet";
    /// No such chat message, or not for this seat.
    MessageNotFound = "message_not_found", 404, "There is no such message";
    /// A newer pace question has replaced it, or it was never asked.
    UnknownPace = "unknown_pace", 404, "There is a newer question, or none";
    /// No such poll.
    UnknownPoll = "unknown_poll", 404, "There is no such poll";
    /// No such quiz in this step, or no longer.
    UnknownQuiz = "unknown_quiz", 404, "There is no such quiz in this step";
    /// No such invitation.
    UnknownInvitation = "unknown_invitation", 404, "There is no such invitation";
    /// No such help request.
    UnknownHelpRequest = "unknown_help_request", 404, "There is no such help request";
    /// The address exists, but not with this method.
    MethodNotAllowed = "method_not_allowed", 405, "Not with this method";
    /// The workshop has ended.
    WorkshopEnded = "workshop_ended", 409, "The workshop has ended";
    /// All seats are taken.
    RoomFull = "room_full", 409, "All seats are taken";
    /// This seat already waits for help.
    HelpAlreadyRaised = "help_already_raised", 409, "You are already waiting for help";
    /// Another facilitator was faster.
    HelpAlreadyClaimed = "help_already_claimed", 409, "Another facilitator has claimed this";
    /// Nobody has taken the help request on.
    HelpNotClaimed = "help_not_claimed", 409, "Nobody has claimed this help request";
    /// Resolved or withdrawn.
    HelpAlreadyClosed = "help_already_closed", 409, "The help request is closed";
    /// The message was deleted.
    MessageDeleted = "message_deleted", 409, "The message was deleted";
    /// A direct message cannot be shown to all.
    MessageIsDirect = "message_is_direct", 409, "A direct message stays between its people";
    /// As many messages are pinned as may be.
    TooManyPinned = "too_many_pinned", 409, "No more messages can be pinned";
    /// Takes no more answers.
    PaceClosed = "pace_closed", 409, "The question takes no more answers";
    /// Another facilitator leads.
    NotLeading = "not_leading", 409, "Another facilitator leads";
    /// Takes no more answers.
    PollClosed = "poll_closed", 409, "The poll takes no more answers";
    /// No more polls.
    TooManyPolls = "too_many_polls", 409, "There are too many polls";
    /// Somebody saved another revision in between; `conflict` says which.
    RevisionConflict = "revision_conflict", 409, "Somebody else has saved in between";
    /// A piece does not follow on what is here of the file.
    PieceOutOfPlace = "piece_out_of_place", 409, "A piece is out of place";
    /// The body or file is larger than allowed.
    TooLarge = "too_large", 413, "Too large";
    /// A workshop needs a codelab with a step.
    EmptyAgenda = "empty_agenda", 422, "The agenda is empty";
    /// Each codelab can be on the agenda once.
    CodelabTwiceOnAgenda = "codelab_twice_on_agenda", 422, "A codelab is on the agenda twice";
    /// The seat is a facilitator's.
    NotAnAttendee = "not_an_attendee", 422, "This is not an attendee's seat";
    /// A number is too small or too large.
    OutOfRange = "out_of_range", 422, "A number is too small or too large";
    /// The poll cannot be asked like this.
    InvalidPoll = "invalid_poll", 422, "The poll cannot be asked like this";
    /// The answer does not fit the poll.
    InvalidPollAnswer = "invalid_poll_answer", 422, "The answer does not fit the poll";
    /// The answer does not fit the quiz.
    InvalidQuizAnswer = "invalid_quiz_answer", 422, "The answer does not fit the quiz";
    /// The bytes are no picture that browsers show.
    NotAPicture = "not_a_picture", 422, "This is not a picture";
    /// The picture of a message was not uploaded before.
    UnknownPicture = "unknown_picture", 422, "The picture was not uploaded";
    /// The file is no codelab; `file` and `line` say where.
    ImportFailed = "import_failed", 422, "The file is no codelab";
    /// Too many tries from this address; `retryAfterSeconds` says how long to wait.
    TooManyRequests = "too_many_requests", 429, "Too many tries";
    /// Too soon after the last message; `retryAfterSeconds` says how long to wait.
    SlowMode = "slow_mode", 429, "Slow mode: wait before the next message";
    /// Something broke on the server.
    Internal = "internal", 500, "Something broke on the server";
    /// What is stored is damaged; everything else goes on.
    Damaged = "damaged", 500, "What is stored is damaged";
    /// The room is stuck or the server is going down. Try again.
    Unavailable = "unavailable", 503, "Not available at the moment";
    /// The disk of the facilitator's machine is full.
    StorageFull = "storage_full", 507, "The disk of the facilitator's machine is full";
}

impl ProblemCode {
    /// Whether the same request may succeed later, unchanged. A command that meets
    /// such a problem is deferred, never rejected.
    #[must_use]
    pub const fn is_temporary(self) -> bool {
        matches!(
            self,
            Self::TooManyRequests
                | Self::Internal
                | Self::Damaged
                | Self::Unavailable
                | Self::StorageFull
        )
    }
}

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// `/problems/` and the code; identifies the kind (RFC 9457 §3.1.1).
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in a few English words.
    pub title: String,
    /// The HTTP status, also over WebSocket.
    pub status: u16,
    /// What a program branches on.
    pub code: ProblemCode,
    /// This case in one English sentence.
    pub detail: String,
    /// The field of the request it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub field: Option<String>,
    /// The imported file it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub file: Option<String>,
    /// The line in that file, counted from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub line: Option<u32>,
    /// Why the import was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub import: Option<ImportRefusal>,
    /// The revision that came in between.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub conflict: Option<RevisionConflict>,
    /// Seconds to wait before trying again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub retry_after_seconds: Option<u32>,
}

impl Problem {
    /// A problem of a kind, with a sentence about this case.
    #[must_use]
    pub fn new(code: ProblemCode, detail: impl Into<String>) -> Self {
        Self {
            kind: format!("/problems/{}", code.as_str()),
            title: code.title().to_owned(),
            status: code.status(),
            code,
            detail: detail.into(),
            field: None,
            file: None,
            line: None,
            import: None,
            conflict: None,
            retry_after_seconds: None,
        }
    }

    /// A text in `field` that was not accepted.
    #[must_use]
    pub fn invalid_text(field: &str, why: TextError) -> Self {
        let mut problem = Self::new(ProblemCode::InvalidText, format!("{field}: {why}"));
        problem.field = Some(field.to_owned());
        problem
    }
}

impl From<Rejection> for ProblemCode {
    fn from(rejection: Rejection) -> Self {
        match rejection {
            Rejection::EmptyAgenda => Self::EmptyAgenda,
            Rejection::CodelabTwiceOnAgenda(_) => Self::CodelabTwiceOnAgenda,
            Rejection::WorkshopEnded => Self::WorkshopEnded,
            Rejection::WorkshopNotStarted => Self::UnknownWorkshop,
            Rejection::WrongJoinCode => Self::WrongJoinCode,
            Rejection::RoomFull { .. } => Self::RoomFull,
            Rejection::UnknownSeat(_) => Self::UnknownSeat,
            Rejection::NotAFacilitator => Self::NotAFacilitator,
            Rejection::UnknownCodelab(_) => Self::UnknownCodelab,
            Rejection::UnknownStep(_) => Self::UnknownStep,
            Rejection::UnknownHelpRequest(_) => Self::UnknownHelpRequest,
            Rejection::HelpAlreadyRaised(_) => Self::HelpAlreadyRaised,
            Rejection::HelpAlreadyClaimed { .. } => Self::HelpAlreadyClaimed,
            Rejection::HelpAlreadyClosed(_) => Self::HelpAlreadyClosed,
            Rejection::NotYourHelpRequest(_) => Self::NotYourHelpRequest,
            Rejection::HelpNotClaimed(_) => Self::HelpNotClaimed,
            Rejection::UnknownMessage(_) => Self::MessageNotFound,
            Rejection::NotYourMessage(_) => Self::NotYourMessage,
            Rejection::MessageDeleted(_) => Self::MessageDeleted,
            Rejection::DirectMessage(_) => Self::MessageIsDirect,
            Rejection::TooManyPinned { .. } => Self::TooManyPinned,
            Rejection::NotAnAttendee(_) => Self::NotAnAttendee,
            Rejection::Muted => Self::Muted,
            Rejection::SlowMode { .. } => Self::SlowMode,
            Rejection::OutOfRange { .. } => Self::OutOfRange,
            Rejection::UnknownPace(_) => Self::UnknownPace,
            Rejection::PaceClosed(_) => Self::PaceClosed,
            Rejection::NotLeading => Self::NotLeading,
            Rejection::StepLocked(_) => Self::StepLocked,
            Rejection::UnknownPoll(_) => Self::UnknownPoll,
            Rejection::PollClosed(_) => Self::PollClosed,
            Rejection::InvalidPoll => Self::InvalidPoll,
            Rejection::InvalidPollAnswer(_) => Self::InvalidPollAnswer,
            Rejection::TooManyPolls { .. } => Self::TooManyPolls,
            Rejection::UnknownQuiz(_) => Self::UnknownQuiz,
            Rejection::InvalidQuizAnswer(_) => Self::InvalidQuizAnswer,
        }
    }
}

impl From<Rejection> for Problem {
    fn from(rejection: Rejection) -> Self {
        let mut problem = Self::new(rejection.into(), rejection.to_string());
        if let Rejection::SlowMode { wait_seconds } = rejection {
            problem.retry_after_seconds = Some(wait_seconds);
        }
        problem
    }
}
