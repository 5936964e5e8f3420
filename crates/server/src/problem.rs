//! Faults of the crates below, as problems of the wire.

use axum::{
    extract::{
        multipart::MultipartRejection,
        rejection::{BytesRejection, JsonRejection, PathRejection, QueryRejection},
    },
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::workshop::Rejection;
use protocol::{PROBLEM_MEDIA_TYPE, Problem, ProblemCode};
use store::StoreError;

/// A [`Problem`] as an HTTP answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpProblem(pub Problem);

impl HttpProblem {
    /// A problem of a kind, with a sentence about this case.
    pub fn new(code: ProblemCode, detail: impl Into<String>) -> Self {
        Self(Problem::new(code, detail))
    }
}

impl IntoResponse for HttpProblem {
    fn into_response(self) -> Response {
        let status =
            StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let retry = self.0.retry_after_seconds;
        let body = serde_json::to_vec(&self.0).unwrap_or_default();
        let mut response =
            (status, [(header::CONTENT_TYPE, PROBLEM_MEDIA_TYPE)], body).into_response();
        if let Some(seconds) = retry {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<Problem> for HttpProblem {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl From<Rejection> for HttpProblem {
    fn from(rejection: Rejection) -> Self {
        Self(rejection.into())
    }
}

impl From<StoreError> for HttpProblem {
    fn from(error: StoreError) -> Self {
        Self(store_problem(&error))
    }
}

/// What a fault of the store means for whoever asked. The details go to the log.
#[must_use]
pub fn store_problem(error: &StoreError) -> Problem {
    if error.is_damage() {
        tracing::error!(%error, "what is stored is damaged");
        return Problem::new(
            ProblemCode::Damaged,
            "what is stored of this on the facilitator's machine is damaged; everything else \
             goes on",
        );
    }
    match error {
        StoreError::Busy => not_yet(
            ProblemCode::Unavailable,
            "another program on the facilitator's machine holds the database",
        ),
        StoreError::Full => not_yet(
            ProblemCode::StorageFull,
            "the disk is full; free some space on the facilitator's machine and try again",
        ),
        StoreError::ReadOnly => not_yet(
            ProblemCode::Unavailable,
            "the data folder on the facilitator's machine cannot be written to",
        ),
        StoreError::Replaced => not_yet(
            ProblemCode::Unavailable,
            "the data folder was deleted, moved or replaced while the app was running; \
             put it back, or start the app again",
        ),
        StoreError::Io(_) => {
            tracing::error!(%error, "the store failed");
            not_yet(
                ProblemCode::Unavailable,
                "the disk of the facilitator's machine reports an error",
            )
        }
        StoreError::BadCursor => Problem::new(
            ProblemCode::InvalidCursor,
            "start again from the first page",
        ),
        StoreError::NotAFacilitator => Problem::new(
            ProblemCode::NotAuthenticated,
            "whoever began this is a facilitator no longer; nothing more of it is saved",
        ),
        StoreError::Inconsistency { .. }
        | StoreError::SetAside
        | StoreError::NotNext { .. }
        | StoreError::InvalidEntry(_)
        | StoreError::AlreadyAnswered
        | StoreError::Name(_)
        | StoreError::Database(_) => {
            tracing::error!(%error, "the store failed");
            Problem::new(
                ProblemCode::Internal,
                "the database could not be read or written",
            )
        }
    }
}

/// Seconds after which a request that the disk refused is worth another try.
const RETRY_AFTER_SECONDS: u32 = 1;

/// A problem of the disk: the same request may succeed later.
fn not_yet(code: ProblemCode, detail: &str) -> Problem {
    let mut problem = Problem::new(code, detail);
    problem.retry_after_seconds = Some(RETRY_AFTER_SECONDS);
    problem
}

impl From<JsonRejection> for HttpProblem {
    fn from(rejection: JsonRejection) -> Self {
        let code = if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            ProblemCode::TooLarge
        } else {
            ProblemCode::InvalidRequest
        };
        Self::new(code, rejection.body_text())
    }
}

impl From<BytesRejection> for HttpProblem {
    fn from(rejection: BytesRejection) -> Self {
        let code = if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            ProblemCode::TooLarge
        } else {
            ProblemCode::InvalidRequest
        };
        Self::new(code, rejection.body_text())
    }
}

impl From<MultipartRejection> for HttpProblem {
    fn from(rejection: MultipartRejection) -> Self {
        Self::new(ProblemCode::InvalidRequest, rejection.body_text())
    }
}

impl From<PathRejection> for HttpProblem {
    fn from(_: PathRejection) -> Self {
        Self::new(ProblemCode::NotFound, "no such address")
    }
}

impl From<QueryRejection> for HttpProblem {
    fn from(rejection: QueryRejection) -> Self {
        Self::new(ProblemCode::InvalidRequest, rejection.body_text())
    }
}
