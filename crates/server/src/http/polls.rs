//! Polls that the codelabs of a workshop bring along.

use axum::{Json as JsonBody, extract::State};
use protocol::{Id, PollForm, PreparedPoll, PreparedPolls, Problem};

use crate::{access::Caller, app::App, problem::HttpProblem};

/// The polls that the agenda's authors prepared
///
/// Ask one by `open_poll` with its form.
#[utoipa::path(get, path = "/workshops/{workshop}/prepared-polls", operation_id = "prepared_polls",
    tag = "polls", params(("workshop" = String, Path, description = "The workshop")),
    responses((status = 200, body = PreparedPolls), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn prepared(
    State(app): State<App>,
    Caller(me): Caller,
) -> Result<JsonBody<PreparedPolls>, HttpProblem> {
    let revisions = me.room.read(|state| {
        let agenda = state.agenda().iter();
        agenda
            .map(|codelab| (codelab.codelab, codelab.revision))
            .collect::<Vec<_>>()
    });
    let found = app.store.prepared_polls(&revisions.await?).await?;
    let items = found.iter().map(|poll| PreparedPoll {
        codelab: Id(poll.codelab),
        step: poll.step.map(Id),
        form: PollForm::from(&poll.form),
    });
    Ok(JsonBody(PreparedPolls {
        items: items.collect(),
    }))
}
