//! A sign of life, readable from any origin.

use axum::{
    Json,
    extract::State,
    http::{HeaderName, header},
};
use protocol::{Health, PROTOCOL};

use crate::{RELEASE, app::App};

/// A sign of life
///
/// Readable from any origin, so that a page whose address stopped answering
/// can look for the server at another.
#[utoipa::path(get, path = "/health", tag = "server", responses((status = 200, body = Health)))]
pub async fn health(State(app): State<App>) -> ([(HeaderName, &'static str); 2], Json<Health>) {
    let health = Health {
        product: "open-codelabs".to_owned(),
        release: RELEASE.to_owned(),
        protocol: PROTOCOL,
        installation: app.installation.clone(),
    };
    let headers = [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, Json(health))
}
