//! Cookies carry tokens: `HttpOnly`, `SameSite=Strict`, kept for years so
//! that the same browser finds its seat again. Not `Secure`: the room has
//! plain HTTP.

use axum_extra::extract::cookie::{Cookie, SameSite};
use domain::WorkshopId;

use crate::secrets::Secret;

pub(super) const FACILITATOR: &str = "oc_facilitator";
pub(super) const SEAT_PREFIX: &str = "oc_seat_";

/// The cookie with a facilitator's token.
#[must_use]
pub fn facilitator_cookie(token: &Secret) -> Cookie<'static> {
    cookie(FACILITATOR.to_owned(), token)
}

/// The cookie with a seat's token; one per workshop.
#[must_use]
pub fn seat_cookie(workshop: WorkshopId, token: &Secret) -> Cookie<'static> {
    cookie(format!("{SEAT_PREFIX}{workshop}"), token)
}

fn cookie(name: String, token: &Secret) -> Cookie<'static> {
    let mut cookie = Cookie::new(name, token.reveal().to_owned());
    cookie.set_path("/");
    cookie.set_http_only(true);
    cookie.set_same_site(SameSite::Strict);
    cookie.make_permanent();
    cookie
}
