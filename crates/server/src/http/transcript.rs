//! The conversation as files to keep, for facilitators.

use axum::response::Response;
use protocol::Problem;

use crate::{
    access::Caller, csv, download::download, problem::HttpProblem, transcript::Transcript,
};

/// The conversation as CSV
///
/// RFC 4180, UTF-8: what was said to everybody and directly, without what was
/// taken back.
#[utoipa::path(get, path = "/workshops/{workshop}/export/messages.csv", tag = "conversation",
    operation_id = "export_messages_csv",
    params(("workshop" = String, Path, description = "The workshop")),
    responses((status = 200, content_type = "text/csv", body = String),
        (status = 401, body = Problem), (status = 403, body = Problem)))]
pub async fn csv(Caller(me): Caller) -> Result<Response, HttpProblem> {
    let transcript = me.room.read(Transcript::of).await?;
    Ok(file(&transcript, "csv", csv::MEDIA_TYPE, transcript.csv()))
}

/// The conversation as Markdown
#[utoipa::path(get, path = "/workshops/{workshop}/export/messages.md", tag = "conversation",
    operation_id = "export_messages_markdown",
    params(("workshop" = String, Path, description = "The workshop")),
    responses((status = 200, content_type = "text/markdown", body = String),
        (status = 401, body = Problem), (status = 403, body = Problem)))]
pub async fn markdown(Caller(me): Caller) -> Result<Response, HttpProblem> {
    let transcript = me.room.read(Transcript::of).await?;
    Ok(file(
        &transcript,
        "md",
        "text/markdown; charset=utf-8",
        transcript.markdown(),
    ))
}

/// The conversation as plain text
#[utoipa::path(get, path = "/workshops/{workshop}/export/messages.txt", tag = "conversation",
    operation_id = "export_messages_text",
    params(("workshop" = String, Path, description = "The workshop")),
    responses((status = 200, content_type = "text/plain", body = String),
        (status = 401, body = Problem), (status = 403, body = Problem)))]
pub async fn plain(Caller(me): Caller) -> Result<Response, HttpProblem> {
    let transcript = me.room.read(Transcript::of).await?;
    Ok(file(
        &transcript,
        "txt",
        "text/plain; charset=utf-8",
        transcript.plain(),
    ))
}

fn file(
    transcript: &Transcript,
    extension: &str,
    media_type: &'static str,
    body: String,
) -> Response {
    let name = format!("{}.{extension}", transcript.title);
    download(media_type, &name, body)
}
