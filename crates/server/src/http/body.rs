//! axum's extractors, answering with problems.

use axum::extract::{FromRequest, FromRequestParts, Multipart, Request};

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
