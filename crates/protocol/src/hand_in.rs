//! Feedback, and work that was handed in.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Person;

/// What somebody thought of a workshop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Feedback {
    /// Who; absent if they did not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub from: Option<Person>,
    /// How hard it was, from 1 (easy) to 5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub difficulty: Option<u8>,
    /// How content they are, from 1 to 5 (very).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub satisfaction: Option<u8>,
    /// In their own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub comment: Option<String>,
    /// When; milliseconds since the Unix epoch.
    pub at_ms: i64,
}

/// Work that somebody handed in: either a link or a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Submission {
    /// Its number in the workshop.
    pub id: u32,
    /// Whose.
    pub from: Person,
    /// An address elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub link: Option<String>,
    /// A file; to be had under the submission's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub file: Option<SubmittedFile>,
    /// When; milliseconds since the Unix epoch.
    pub at_ms: i64,
}

/// A file that was handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubmittedFile {
    /// What it is called where it comes from.
    pub name: String,
    /// How long it is.
    pub size_bytes: u64,
}

impl Feedback {
    /// What was said, by `from`.
    #[must_use]
    pub fn of(feedback: &domain::workshop::Feedback, from: Option<Person>) -> Self {
        Self {
            from,
            difficulty: feedback.difficulty.map(domain::workshop::Grade::get),
            satisfaction: feedback.satisfaction.map(domain::workshop::Grade::get),
            comment: feedback
                .comment
                .as_ref()
                .map(|text| text.as_str().to_owned()),
            at_ms: feedback.at.as_ms(),
        }
    }
}

impl Submission {
    /// What was handed in, by `from`.
    #[must_use]
    pub fn of(submission: &domain::workshop::Submission, from: Person) -> Self {
        use domain::workshop::Work;
        let (link, file) = match &submission.work {
            Work::Link(address) => (Some(address.as_str().to_owned()), None),
            Work::File {
                name, size_bytes, ..
            } => {
                let name = name.as_str().to_owned();
                let size_bytes = *size_bytes;
                (None, Some(SubmittedFile { name, size_bytes }))
            }
        };
        Self {
            id: submission.id.get(),
            from,
            link,
            file,
            at_ms: submission.at.as_ms(),
        }
    }
}
