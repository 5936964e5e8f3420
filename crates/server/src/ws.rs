//! Live connections: `/api/v1/workshops/{workshop}/live`.
//!
//! Place in the data's way: between a browser's socket and a room. A
//! connection holds a cursor into the log and nothing of the workshop; it
//! reads on from the room's recent events, else from the log, else it takes a
//! snapshot. It must never decide anything.

mod connection;
mod frame;
mod socket;
mod upgrade;
mod viewer;

use axum::{
    extract::{FromRequestParts as _, Request, State},
    response::Response,
};
use protocol::{CloseCode, Problem, ProblemCode};
use upgrade::Upgrade;

use crate::{access::SeatHolder, app::App, problem::HttpProblem};

/// The live connection of a seat
///
/// A WebSocket; its messages are the schemas `ClientMessage` and
/// `ServerMessage`. A browser without a seat is closed with 4401.
///
/// # Errors
/// When the store cannot be read.
#[utoipa::path(get, path = "/workshops/{workshop}/live", tag = "live",
    params(("workshop" = String, Path, description = "The workshop")),
    responses((status = 101, description = "The WebSocket"), (status = 403, body = Problem)))]
pub async fn live(State(app): State<App>, request: Request) -> Result<Response, HttpProblem> {
    let (mut parts, _) = request.into_parts();
    let upgrade = Upgrade::from_request_parts(&mut parts, &app).await?;
    let (response, socket) = upgrade.accept();
    let mut parts = Box::new(upgrade::own_parts(parts));
    // Connections belong to the app's tracker, so that shutdown can wait for them.
    app.tasks.clone().spawn(async move {
        let Some(socket) = socket.await else { return };
        // Whose seat it is, is asked only now: when a whole room comes back, a
        // request that waits for the database costs three times a connection.
        let turn = app.limits.arrivals.acquire().await.ok();
        // Boxed, as in the connection: what is done once must not be charged to
        // it for as long as it lives.
        let holder = Box::pin(SeatHolder::from_request_parts(&mut parts, &app)).await;
        drop((turn, parts));
        match holder {
            Ok(holder) => {
                connection::run(app, holder, socket).await;
            }
            Err(HttpProblem(problem)) => socket.close(close_code(problem.code)).await,
        }
    });
    Ok(response)
}

/// Browsers do not show a page the status of a refused upgrade, so those
/// without a seat are told by a close code.
fn close_code(code: ProblemCode) -> CloseCode {
    if matches!(
        code,
        ProblemCode::NotAuthenticated | ProblemCode::UnknownWorkshop
    ) {
        CloseCode::NotAuthenticated
    } else {
        CloseCode::Internal
    }
}
