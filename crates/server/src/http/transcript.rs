//! The conversation as files to keep, for facilitators.

use axum::http::{HeaderName, header};
use protocol::Problem;

use crate::{access::Caller, problem::HttpProblem, transcript::Transcript};

/// A file that the browser keeps instead of showing it.
type Download = ([(HeaderName, String); 3], String);

/// The conversation as CSV
///
/// RFC 4180, UTF-8: what was said to everybody and directly, without what was
/// taken back.
#[utoipa::path(get, path = "/workshops/{workshop}/export/messages.csv", tag = "conversation",
    operation_id = "export_messages_csv",
    params(("workshop" = String, Path, description = "The workshop")),
    responses((status = 200, content_type = "text/csv", body = String),
        (status = 401, body = Problem), (status = 403, body = Problem)))]
pub async fn csv(Caller(me): Caller) -> Result<Download, HttpProblem> {
    let transcript = me.room.read(Transcript::of).await?;
    Ok(download(
        &transcript,
        "csv",
        "text/csv; charset=utf-8; header=present",
        transcript.csv(),
    ))
}

/// The conversation as Markdown
#[utoipa::path(get, path = "/workshops/{workshop}/export/messages.md", tag = "conversation",
    operation_id = "export_messages_markdown",
    params(("workshop" = String, Path, description = "The workshop")),
    responses((status = 200, content_type = "text/markdown", body = String),
        (status = 401, body = Problem), (status = 403, body = Problem)))]
pub async fn markdown(Caller(me): Caller) -> Result<Download, HttpProblem> {
    let transcript = me.room.read(Transcript::of).await?;
    Ok(download(
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
pub async fn plain(Caller(me): Caller) -> Result<Download, HttpProblem> {
    let transcript = me.room.read(Transcript::of).await?;
    Ok(download(
        &transcript,
        "txt",
        "text/plain; charset=utf-8",
        transcript.plain(),
    ))
}

fn download(transcript: &Transcript, extension: &str, media_type: &str, body: String) -> Download {
    let name = percent_encoded(&format!("{}.{extension}", transcript.title));
    // A name in any language (RFC 6266 §4.3), and one for who cannot read that.
    let disposition =
        format!("attachment; filename=\"conversation.{extension}\"; filename*=UTF-8''{name}");
    (
        [
            (header::CONTENT_TYPE, media_type.to_owned()),
            (header::CONTENT_DISPOSITION, disposition),
            (header::CACHE_CONTROL, "no-store".to_owned()),
        ],
        body,
    )
}

/// RFC 8187 §3.2.1: letters, digits and a few signs stay.
fn percent_encoded(name: &str) -> String {
    let encoded = |byte: u8| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    name.bytes().map(encoded).collect()
}
