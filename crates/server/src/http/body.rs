//! axum's extractors, answering with problems.

use axum::{
    extract::{FromRequest, FromRequestParts, Multipart, Request, State},
    http::{HeaderMap, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use protocol::ProblemCode;

use crate::problem::HttpProblem;

/// A JSON body.
#[derive(FromRequest)]
#[from_request(via(axum::Json), rejection(HttpProblem))]
pub struct Json<T>(pub T);

/// Parameters in the path.
#[derive(FromRequestParts)]
#[from_request(via(axum::extract::Path), rejection(HttpProblem))]
pub struct Path<T>(pub T);

/// Parameters behind the `?`.
#[derive(FromRequestParts)]
#[from_request(via(axum::extract::Query), rejection(HttpProblem))]
pub struct Query<T>(pub T);

/// A form with files (`multipart/form-data`).
pub struct Form(pub Multipart);

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = HttpProblem;

    async fn from_request(request: Request, state: &S) -> Result<Self, HttpProblem> {
        let form = Multipart::from_request(request, state).await;
        form.map(Self).map_err(HttpProblem::from)
    }
}

/// The length that a body says it has.
pub fn content_length(headers: &HeaderMap) -> Option<u64> {
    let length = headers.get(header::CONTENT_LENGTH)?;
    length.to_str().ok()?.parse().ok()
}

/// Refuses a body that says that it is longer than allowed, before any of it is
/// read.
pub async fn refuse_longer(State(most): State<usize>, request: Request, next: Next) -> Response {
    let most = u64::try_from(most).unwrap_or(u64::MAX);
    if content_length(request.headers()).is_some_and(|length| length > most) {
        let detail = format!("the body may have {most} bytes");
        return HttpProblem::new(ProblemCode::TooLarge, detail).into_response();
    }
    next.run(request).await
}
