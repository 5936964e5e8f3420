//! Files that were handed in: for facilitators, to be kept and never shown.

use axum::{
    extract::{Request, State},
    response::Response,
};
use domain::{SubmissionId, workshop::Work};
use protocol::{Problem, ProblemCode};

use super::{body::Path, materials};
use crate::{access::Caller, app::App, problem::HttpProblem};

/// A file that was handed in
///
/// As a download, with `Range`.
#[utoipa::path(get, path = "/workshops/{workshop}/submissions/{submission}/file",
    operation_id = "submitted_file", tag = "report",
    params(("workshop" = String, Path, description = "The workshop"),
        ("submission" = u32, Path, description = "The submission")),
    responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>),
        (status = 206, content_type = "application/octet-stream", body = Vec<u8>),
        (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem)))]
pub async fn file(
    State(app): State<App>,
    Caller(me): Caller,
    Path(place): Path<(String, u32)>,
    request: Request,
) -> Result<Response, HttpProblem> {
    let id = SubmissionId::new(place.1);
    let work = me
        .room
        .read(move |state| {
            state
                .submission(id)
                .map(|submission| submission.work.clone())
        })
        .await?;
    let Some(Work::File { file, name, .. }) = work else {
        return Err(missing());
    };
    let stored = app.store.file(*file.as_bytes()).await?;
    let stored = stored.ok_or_else(missing)?;
    materials::as_download(&app, &stored, name.as_str(), request).await
}

fn missing() -> HttpProblem {
    HttpProblem::new(ProblemCode::NotFound, "no such file was handed in")
}
