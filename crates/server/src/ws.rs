//! Live connections: `/api/v1/workshops/{workshop}/live`.
//!
//! Place in the data's way: between a browser's socket and a room. A
//! connection holds a cursor into the log and nothing of the workshop; it
//! reads on from the room's recent events, else from the log, else it takes a
//! snapshot. It must never decide anything.

mod connection;
mod frame;
mod socket;
mod viewer;

use axum::{
    extract::{State, WebSocketUpgrade, ws::WebSocket},
    response::Response,
};
use protocol::{CloseCode, Problem, ProblemCode};

use crate::{access::SeatHolder, app::App, problem::HttpProblem};

/// Read buffer of a connection. The default of 128 KiB would be nearly all
/// the memory a connection needs; browsers send small frames.
const READ_BUFFER_BYTES: usize = 4 * 1024;

/// Frames above this end the connection without being read to the end. Those
/// between [`protocol::MAX_FRAME_BYTES`] and this are refused by name.
const HARD_FRAME_BYTES: usize = 4 * protocol::MAX_FRAME_BYTES;

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
pub async fn live(
    State(app): State<App>,
    holder: Result<SeatHolder, HttpProblem>,
    upgrade: WebSocketUpgrade,
) -> Result<Response, HttpProblem> {
    let upgrade = upgrade
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(0)
        .max_frame_size(HARD_FRAME_BYTES)
        .max_message_size(HARD_FRAME_BYTES);
    match holder {
        Ok(holder) => Ok(upgrade.on_upgrade(move |socket| {
            // The upgrade's own task only hands over: connections belong to the
            // app's tracker, so that shutdown can wait for them.
            app.tasks
                .spawn(connection::run(app.clone(), holder, socket));
            std::future::ready(())
        })),
        Err(HttpProblem(problem)) if is_about_the_seat(problem.code) => {
            Ok(upgrade.on_upgrade(refuse))
        }
        Err(problem) => Err(problem),
    }
}

/// Browsers do not show a page the status of a refused upgrade, so these are
/// told by a close code.
fn is_about_the_seat(code: ProblemCode) -> bool {
    matches!(
        code,
        ProblemCode::NotAuthenticated | ProblemCode::UnknownWorkshop
    )
}

async fn refuse(socket: WebSocket) {
    socket::Socket::new(socket)
        .close(CloseCode::NotAuthenticated)
        .await;
}
