//! axum's extractors, answering with problems.

use axum::extract::{FromRequest, FromRequestParts};

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
