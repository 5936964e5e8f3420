//! Lists page by cursor.

use protocol::ProblemCode;
use serde::Deserialize;
use store::PageRequest;
use utoipa::IntoParams;

use crate::problem::HttpProblem;

/// Items of a page if the request does not say.
const DEFAULT_LIMIT: u32 = 50;

/// Which part of a list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// Items wanted; 50 if absent, 200 at most.
    #[param(minimum = 1)]
    pub limit: Option<u32>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

impl PageQuery {
    /// The store's question.
    ///
    /// # Errors
    /// [`ProblemCode::InvalidRequest`] when nothing is wanted.
    pub fn request(&self) -> Result<PageRequest, HttpProblem> {
        Ok(PageRequest {
            limit: wanted(self.limit, DEFAULT_LIMIT, PageRequest::MAX_LIMIT)?,
            cursor: self.cursor.clone(),
        })
    }
}

/// How many items a request wants: `usual` if it does not say, `most` if it wants more.
///
/// # Errors
/// [`ProblemCode::InvalidRequest`] when it wants none.
pub fn wanted(limit: Option<u32>, usual: u32, most: u32) -> Result<u32, HttpProblem> {
    match limit {
        Some(0) => Err(HttpProblem::new(
            ProblemCode::InvalidRequest,
            "limit: ask for at least one",
        )),
        limit => Ok(limit.unwrap_or(usual).min(most)),
    }
}
