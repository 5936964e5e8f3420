//! Cookies carry tokens: `HttpOnly`, `SameSite=Strict`, kept for years so
//! that the same browser finds its seat again. Not `Secure`: the room has
//! plain HTTP.
//!
//! Browsers keep cookies per host and not per port, so that two servers of one
//! machine are sent each other's. Names that carry the installation keep one
//! from taking the other's for its own, and from writing over them.

use axum_extra::extract::{
    CookieJar,
    cookie::{Cookie, SameSite},
};
use domain::WorkshopId;

use crate::secrets::Secret;

/// Characters of the installation's number in a cookie's name: 40 bits, enough
/// to tell the servers of one machine apart.
const INSTALLATION_CHARS: usize = 8;

/// The names of this installation's cookies.
#[derive(Clone, Debug)]
pub struct CookieNames {
    facilitator: String,
    seat_prefix: String,
}

impl CookieNames {
    /// The names for an installation, by its random number.
    #[must_use]
    pub fn of(installation: &str) -> Self {
        let short: String = installation.chars().take(INSTALLATION_CHARS).collect();
        Self {
            facilitator: format!("oc_facilitator_{short}"),
            seat_prefix: format!("oc_seat_{short}_"),
        }
    }

    /// A cookie with a facilitator's token.
    #[must_use]
    pub fn for_facilitator(&self, token: &Secret) -> Cookie<'static> {
        cookie(self.facilitator.clone(), token)
    }

    /// A cookie with a seat's token; one per workshop.
    #[must_use]
    pub fn for_seat(&self, workshop: WorkshopId, token: &Secret) -> Cookie<'static> {
        cookie(format!("{}{workshop}", self.seat_prefix), token)
    }

    /// The facilitator's token that a browser shows.
    #[must_use]
    pub fn facilitator_token(&self, jar: &CookieJar) -> Option<Secret> {
        let cookie = jar.get(&self.facilitator)?;
        Some(Secret::presented(cookie.value()))
    }

    /// The seat's token that a browser shows in a workshop.
    #[must_use]
    pub fn seat_token(&self, jar: &CookieJar, workshop: WorkshopId) -> Option<Secret> {
        let cookie = jar.get(&format!("{}{workshop}", self.seat_prefix))?;
        Some(Secret::presented(cookie.value()))
    }

    /// All seats' tokens that a browser shows.
    pub fn seat_tokens<'j>(&'j self, jar: &'j CookieJar) -> impl Iterator<Item = Secret> + 'j {
        let seats = jar
            .iter()
            .filter(|cookie| cookie.name().starts_with(&self.seat_prefix));
        seats.map(|cookie| Secret::presented(cookie.value()))
    }
}

fn cookie(name: String, token: &Secret) -> Cookie<'static> {
    let mut cookie = Cookie::new(name, token.reveal().to_owned());
    cookie.set_path("/");
    cookie.set_http_only(true);
    cookie.set_same_site(SameSite::Strict);
    cookie.make_permanent();
    cookie
}
