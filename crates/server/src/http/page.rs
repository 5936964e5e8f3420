//! Lists page by cursor.

use serde::Deserialize;
use store::PageRequest;
use utoipa::IntoParams;

/// Items of a page if the request does not say.
const DEFAULT_LIMIT: u32 = 50;

/// Which part of a list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// Items wanted; 50 if absent, 200 at most.
    pub limit: Option<u32>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

impl PageQuery {
    /// The store's question.
    pub fn request(&self) -> PageRequest {
        PageRequest {
            limit: self.limit.unwrap_or(DEFAULT_LIMIT),
            cursor: self.cursor.clone(),
        }
    }
}
