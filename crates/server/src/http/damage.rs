//! What is damaged, and what a facilitator decides about it.

use axum::{Json as JsonBody, extract::State, http::StatusCode};
use domain::WorkshopId;
use protocol::{DamageReport, Problem, ProblemCode};

use super::body::Path;
use crate::{access::Facilitator, app::App, damage, problem::HttpProblem};

/// What is damaged on this machine
///
/// Everything else goes on.
#[utoipa::path(get, path = "/damage", operation_id = "damage", tag = "server",
    responses((status = 200, body = DamageReport), (status = 401, body = Problem),
        (status = 403, body = Problem)))]
pub async fn report(State(app): State<App>, _: Facilitator) -> JsonBody<DamageReport> {
    JsonBody(damage::report(&app).await)
}

/// Dismiss what was noticed at a start
///
/// What is damaged still is told as long as it is.
#[utoipa::path(delete, path = "/damage", operation_id = "dismiss_damage", tag = "server",
    responses((status = 204), (status = 401, body = Problem), (status = 403, body = Problem)))]
pub async fn dismiss(State(app): State<App>, _: Facilitator) -> StatusCode {
    app.store.dismiss_notices();
    StatusCode::NO_CONTENT
}

/// Open a damaged workshop as it is
///
/// Takes its events as they are now. Refused when one of them cannot be read.
#[utoipa::path(post, path = "/workshops/{workshop}/accept-damage", operation_id = "accept_damage",
    tag = "workshops", params(("workshop" = String, Path, description = "The workshop")),
    responses((status = 204), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 500, body = Problem)))]
pub async fn accept(
    State(app): State<App>,
    _: Facilitator,
    Path(workshop): Path<String>,
) -> Result<StatusCode, HttpProblem> {
    let unknown = || HttpProblem::new(ProblemCode::UnknownWorkshop, "there is no such workshop");
    let id: WorkshopId = workshop.parse().map_err(|_| unknown())?;
    app.store.accept_log(id).await?;
    app.damage.forget_workshop(id);
    app.rooms.get(id).await?.ok_or_else(unknown)?;
    Ok(StatusCode::NO_CONTENT)
}
