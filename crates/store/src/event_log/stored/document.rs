//! The documents. Fields may be added with `serde(default)`, never renamed or
//! removed.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum Stored {
    WorkshopStarted {
        title: String,
        join_code: String,
        code_required: bool,
        agenda: Vec<StoredCodelab>,
    },
    CodelabRevised {
        codelab: StoredCodelab,
    },
    SeatTaken {
        seat: u32,
        /// Absent: an attendee.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        facilitator: Option<u64>,
        name: String,
        ordinal: u32,
    },
    StepEntered {
        seat: u32,
        at: StoredStepRef,
    },
    StepCompleted {
        seat: u32,
        at: StoredStepRef,
    },
    StepReopened {
        seat: u32,
        at: StoredStepRef,
    },
    MessagePosted {
        id: u32,
        seat: u32,
        #[serde(flatten)]
        body: StoredBody,
    },
    AnnouncementMade {
        id: u32,
        seat: u32,
        text: String,
    },
    HelpRaised {
        id: u32,
        seat: u32,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<StoredStepRef>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<String>,
    },
    HelpClaimed {
        id: u32,
        seat: u32,
        by: u32,
    },
    HelpResolved {
        id: u32,
        seat: u32,
        by: u32,
    },
    HelpWithdrawn {
        id: u32,
        seat: u32,
    },
    JoinCodeRequirementChanged {
        required: bool,
    },
    EndScheduled {
        by: u32,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at_ms: Option<i64>,
    },
    WorkshopEnded {
        by: u32,
    },
    DirectMessagePosted {
        id: u32,
        seat: u32,
        with: u32,
        #[serde(flatten)]
        body: StoredBody,
    },
    MessageDeleted {
        id: u32,
        by: u32,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        thread: Option<u32>,
    },
    MessagePinned {
        id: u32,
        by: u32,
        pinned: bool,
    },
    Reacted {
        id: u32,
        seat: u32,
        reaction: StoredReaction,
        on: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        thread: Option<u32>,
    },
    SeatMuted {
        seat: u32,
        by: u32,
        muted: bool,
    },
    SlowModeChanged {
        by: u32,
        seconds: u32,
    },
    HelpHandedBack {
        id: u32,
        seat: u32,
        by: u32,
    },
    PaceAsked {
        id: u32,
        by: u32,
        at: StoredStepRef,
    },
    PaceAnswered {
        id: u32,
        seat: u32,
        answer: StoredPaceAnswer,
    },
    PaceClosed {
        id: u32,
        by: u32,
    },
    TimerStarted {
        by: u32,
        seconds: u32,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        label: Option<String>,
    },
    TimerStopped {
        by: u32,
    },
    LeadTaken {
        by: u32,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<StoredStepRef>,
    },
    LeadMoved {
        by: u32,
        at: StoredStepRef,
    },
    LeadReleased {
        by: u32,
    },
    FollowingChanged {
        seat: u32,
        following: bool,
    },
    StepsLimited {
        by: u32,
        codelab: u64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        last: Option<u64>,
    },
    PollOpened {
        id: u32,
        by: u32,
        form: StoredForm,
    },
    PollAnswered {
        id: u32,
        seat: u32,
        answer: StoredAnswer,
    },
    PollClosed {
        id: u32,
        by: u32,
    },
    PollRevealed {
        id: u32,
        by: u32,
        revealed: bool,
    },
    PollReset {
        id: u32,
        by: u32,
    },
    QuizAnswered {
        seat: u32,
        at: StoredStepRef,
        quiz: u64,
        choices: Vec<u8>,
        right: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        explanation: Option<Arc<str>>,
    },
    FeedbackGiven {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seat: Option<u32>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        difficulty: Option<u8>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        satisfaction: Option<u8>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        comment: Option<String>,
    },
    WorkSubmitted {
        id: u32,
        seat: u32,
        work: StoredWork,
    },
    WorkshopImported {
        on_ms: i64,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum StoredWork {
    Link(String),
    File {
        /// SHA-256 in hexadecimal.
        file: String,
        name: String,
        size_bytes: u64,
    },
}

#[derive(Serialize, Deserialize)]
pub(super) struct StoredCodelab {
    pub(super) codelab: u64,
    pub(super) revision: u32,
    pub(super) title: Arc<str>,
    /// SHA-256 in hexadecimal. At first no codelab had a guide.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) guide: Option<String>,
    /// By their names. At first there were none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) required: Vec<String>,
    pub(super) steps: Vec<StoredStep>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct StoredStep {
    pub(super) step: u64,
    pub(super) title: Arc<str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) minutes: Option<u32>,
    /// SHA-256 in hexadecimal.
    pub(super) content: String,
    /// Absent: none, or from before they could be answered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) quizzes: Vec<StoredQuiz>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct StoredQuiz {
    pub(super) key: u64,
    pub(super) question: Arc<str>,
    pub(super) options: Vec<Arc<str>>,
    pub(super) right: Vec<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) explanation: Option<Arc<str>>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
pub(super) struct StoredStepRef {
    pub(super) codelab: u64,
    pub(super) step: u64,
}

/// What a message says. Beside `text` nothing stood there at first.
#[derive(Serialize, Deserialize)]
pub(super) struct StoredBody {
    /// Empty: a picture alone.
    pub(super) text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) picture: Option<StoredPicture>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) reply_to: Option<u32>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) mentions: Vec<u32>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct StoredPicture {
    /// SHA-256 in hexadecimal.
    pub(super) file: String,
    pub(super) width: u32,
    pub(super) height: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum StoredReaction {
    ThumbsUp,
    Heart,
    Party,
    Laugh,
    Surprise,
    Eyes,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum StoredPaceAnswer {
    Done,
    Stuck,
}

#[derive(Serialize, Deserialize)]
pub(super) struct StoredForm {
    pub(super) question: String,
    pub(super) answer: StoredPollKind,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum StoredPollKind {
    Single(Vec<String>),
    Multiple(Vec<String>),
    Scale {
        max: u8,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        low: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        high: Option<String>,
    },
    Text,
    Words,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum StoredAnswer {
    Options(Vec<u8>),
    Scale(u8),
    Text(String),
    Words(Vec<String>),
}
