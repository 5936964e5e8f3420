//! The wire: what browsers and the server say to one another, over HTTP and
//! WebSocket. One struct per message; JSON; `snake_case` `type` tags, camelCase
//! fields. `OpenAPI`, TypeScript and docs/PROTOCOL.md are made from here.
//!
//! Place in the data's way: the server decodes [`ClientMessage`] into
//! `domain` commands and encodes `domain` events as [`EventMessage`]. This
//! crate must never know sockets, SQL or the file system.
//!
//! To add a message:
//! 1. a struct in `client.rs` (browser → server) or `live.rs` / `event.rs`
//!    (server → browser) and its variant in the enum there;
//! 2. for a command, its way to the domain in `client.rs`; for an event, its
//!    way from the domain in `event.rs`;
//! 3. its example in `examples.rs`, from which docs/PROTOCOL.md and the golden
//!    frames of the tests are made;
//! 4. `cargo xtask generate` renews the generated files; the screen's
//!    `switch` does not compile until the message is handled.

mod client;
mod close;
mod conversation;
mod damage;
mod document;
mod event;
pub mod examples;
mod facilitators;
mod hand_in;
mod help;
mod id;
mod import;
mod import_job;
mod library;
mod live;
mod materials;
mod pace;
mod people;
mod polls;
mod problem;
mod quizzes;
mod remote_images;
mod report;
mod schema;
mod snapshot;
mod timeline;
mod workshops;
mod writing;

pub use client::{
    Announce, AnswerPace, AnswerPoll, AnswerQuiz, AskPace, ClaimHelp, ClientMessage, ClosePace,
    ClosePoll, CompleteStep, DeleteMessage, EndWorkshop, EnterStep, HandBackHelp, Hello,
    LimitSteps, MuteSeat, OpenPoll, PinMessage, PostDirectMessage, PostMessage, RaiseHelp, React,
    ReleaseLead, ReopenStep, Request, RequireJoinCode, ResetPoll, ResolveHelp, RevealPoll,
    ScheduleEnd, SetFollowing, SetSlowMode, StartTimer, StopTimer, TakeLead, WithdrawHelp,
};
pub use close::CloseCode;
pub use conversation::{Message, MessageKind, Picture, Reaction, ReactionSeats};
pub use damage::{DamageItem, DamageKind, DamageReport};
pub use document::protocol_document;
pub use event::{
    AnnouncementMade, CodelabRevised, DirectMessagePosted, EndScheduled, EventBody, EventMessage,
    FeedbackGiven, FollowingChanged, HelpClaimed, HelpHandedBack, HelpRaised, HelpResolved,
    HelpWithdrawn, JoinCodeRequirementChanged, LeadMoved, LeadReleased, LeadTaken, MessageDeleted,
    MessagePinned, MessagePosted, PaceAnswered, PaceAsked, PaceClosed, PollAnswered, PollClosed,
    PollOpened, PollReset, PollRevealed, QuizAnswered, Reacted, SeatMuted, SeatTaken,
    SlowModeChanged, StepCompleted, StepEntered, StepReopened, StepsLimited, TimerStarted,
    TimerStopped, WorkSubmitted, WorkshopEnded, WorkshopImported, WorkshopStarted,
};
pub use facilitators::{
    FacilitatorEntry, FacilitatorList, Invitation, InvitationEntry, InvitationList,
    InvitationStatus, Invite,
};
pub use hand_in::{Feedback, Submission, SubmittedFile};
pub use help::{HelpPlace, HelpRequest, HelpStatus};
pub use id::Id;
pub use import::{DiagnosticCode, ImportReason, ImportRefusal};
pub use import_job::{
    ImportChoice, ImportJob, ImportOffer, ImportRow, OfferedCodelab, OfferedPast, OnShelf,
    TakeImport, TakenCodelab,
};
pub use library::{
    CodelabDetail, CodelabPage, CodelabSummary, Diagnostic, Excerpt, FoundInStep, ImportReport,
    LibrarySort, Severity, Shelf, StepDetail, Tag,
};
pub use live::{
    Ack, CodelabPulse, Deferred, Events, Heartbeat, Presence, Pulse, Rejected, ServerMessage,
    StepPulse, Welcome,
};
pub use materials::{
    Material, MaterialFile, MaterialList, MaterialRenaming, NewLink, NewUpload, Upload,
    UploadProgress,
};
pub use pace::{Lead, Pace, PaceAnswer, PaceReply, StepLimit, Timer};
pub use people::{Directory, Person, Role};
pub use polls::{
    OwnPollAnswer, Poll, PollAnswer, PollForm, PollKind, PollResult, PollScale, PreparedPoll,
    PreparedPolls, WordCount,
};
pub use problem::{PROBLEM_MEDIA_TYPE, Problem, ProblemCode};
pub use quizzes::{AgendaQuiz, AgendaQuizzes, Quiz, QuizAnswer};
pub use remote_images::{
    DownloadImages, DownloadOutcome, DownloadRefusal, DownloadState, DownloadedImage,
    ImageDownload, RemoteImage, RemoteImages,
};
pub use report::{
    Attendance, EventPage, HelpReport, MessageFigures, PollReport, QuizReport, Spread, StepReport,
    Visit, WorkshopReport,
};
pub use schema::MessageSchemas;
pub use snapshot::{
    AgendaCodelab, AgendaStep, Facilitation, Progress, Requirement, RosterEntry, Snapshot,
    WorkshopStatus, You,
};
pub use timeline::{PaceMoment, SeatTimeline, StepTime};
pub use workshops::{
    DiskCondition, DiskState, EnterAsFacilitator, Entrance, EntranceWorkshop, Facilitator, Health,
    Join, Joined, Lobby, LobbyAddress, LocalName, MessagePage, NetworkKind, NoName,
    RenameFacilitator, Resume, ResumeCode, StartWorkshop, WorkshopPage, WorkshopSummary,
};
pub use writing::{
    BeginCodelab, CodelabFile, CodelabSource, Draft, DraftKept, DuplicateCodelab, KeepDraft,
    Preview, PreviewGuide, PreviewMetadata, PreviewStep, PreviewText, Revision, RevisionConflict,
    RevisionPage, RevisionSummary, SaveRevision, SavedRevision,
};

/// The protocol's number, said in [`Hello`] and [`Welcome`]. It grows when a
/// browser that loaded the old pages could misunderstand the new server.
pub const PROTOCOL: u16 = 3;

/// Bytes a WebSocket frame from a browser may have. The longest text, 4,000
/// characters, takes 48,000 bytes when each is an escaped surrogate pair
/// (`\ud83d\ude00`); the rest is room for every other field.
pub const MAX_FRAME_BYTES: usize = 64 * 1024;

/// No number on the wire is further from zero: up to here every integer is one
/// that a JavaScript number holds exactly (`Number.MAX_SAFE_INTEGER`). Ids with
/// more bits travel as text; milliseconds since the Unix epoch get there in
/// 285,000 years, a log at a thousand events a second in as many.
pub const MAX_INTEGER: i64 = (1 << 53) - 1;
