//! Whose browser asks for a step or a file: knowing a hash is no right.

use axum::{extract::FromRequestParts, http::request::Parts};
use axum_extra::extract::CookieJar;
use domain::{ContentHash, SeatId, WorkshopId};

use super::{extract::facilitator_of, seats_of};
use crate::{app::App, pictures, problem::HttpProblem};

/// What a browser has of rights to read.
#[derive(Clone, Debug)]
pub enum Reader {
    /// Everything of this machine.
    Facilitator,
    /// What the workshops show in which it has a seat.
    Seats(Vec<(WorkshopId, SeatId)>),
}

impl FromRequestParts<App> for Reader {
    type Rejection = HttpProblem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, HttpProblem> {
        if facilitator_of(parts, app).await?.is_some() {
            return Ok(Self::Facilitator);
        }
        let jar = CookieJar::from_headers(&parts.headers);
        Ok(Self::Seats(seats_of(&jar, app).await?))
    }
}

impl Reader {
    /// Whether it may read a rendered step.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn may_read_content(
        &self,
        app: &App,
        content: ContentHash,
    ) -> Result<bool, HttpProblem> {
        let Self::Seats(seats) = self else {
            return Ok(true);
        };
        for (workshop, _) in seats {
            if app.store.shows_content(*workshop, content).await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether it may read an image of a codelab, or a picture of a message.
    ///
    /// # Errors
    /// When the store cannot be read, or a room does not answer.
    pub async fn may_read_file(&self, app: &App, file: ContentHash) -> Result<bool, HttpProblem> {
        let Self::Seats(seats) = self else {
            return Ok(true);
        };
        for (workshop, seat) in seats {
            if app.store.shows_image(*workshop, file).await? {
                return Ok(true);
            }
            let Some(room) = app.rooms.get(*workshop).await? else {
                continue;
            };
            if pictures::may_see(&app.store, &room, *seat, file).await? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
