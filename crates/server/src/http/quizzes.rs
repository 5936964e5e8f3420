//! Quizzes of a workshop, with what is right.

use axum::Json as JsonBody;
use protocol::{AgendaQuizzes, Problem};

use crate::{access::Caller, problem::HttpProblem};

/// The quizzes of the agenda, with what is right
///
/// What people answered is in the snapshot and the events.
#[utoipa::path(get, path = "/workshops/{workshop}/quizzes", operation_id = "agenda_quizzes",
    tag = "quizzes", params(("workshop" = String, Path, description = "The workshop")),
    responses((status = 200, body = AgendaQuizzes), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn agenda(Caller(me): Caller) -> Result<JsonBody<AgendaQuizzes>, HttpProblem> {
    let quizzes = me.room.read(|state| AgendaQuizzes::of(state.agenda()));
    Ok(JsonBody(quizzes.await?))
}
