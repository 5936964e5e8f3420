//! Rendered steps and files, immutable under their hash, for who may see them.

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use protocol::{Problem, ProblemCode};
use store::StoredFile;
use tower::ServiceExt as _;
use tower_http::services::ServeFile;

use super::body::Path;
use crate::{
    access::Reader,
    app::App,
    net::{Connection, Guarded},
    problem::HttpProblem,
};

/// What a hash names never changes; a cache that several people share may not keep it.
const FOREVER: HeaderValue = HeaderValue::from_static("private, max-age=31536000, immutable");

/// Files that are being sent end within seconds when nobody reads them.
const FILE_RETRY_SECONDS: u32 = 5;

/// A picture that is opened by itself may do nothing, also if it is an SVG.
const SANDBOX: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
);

/// A rendered step
///
/// A part of an HTML page, sanitised and highlighted; immutable. For facilitators, and for who has
/// a seat in a workshop that shows it.
#[utoipa::path(get, path = "/contents/{hash}", tag = "content",
    params(("hash" = String, Path, description = "SHA-256 of the step")),
    responses((status = 200, content_type = "text/html", body = String), (status = 404, body = Problem)))]
pub async fn content(
    State(app): State<App>,
    reader: Reader,
    Path(hash): Path<String>,
    headers: HeaderMap,
) -> Result<Response, HttpProblem> {
    let hash = hash.parse().map_err(|_| missing())?;
    if !reader.may_read_content(&app, hash).await? {
        return Err(missing());
    }
    let found = app.store.content(hash).await?.ok_or_else(missing)?;
    if found.html_gzip.is_empty() {
        // Lost with a damaged database; saving the codelab renders it again.
        let detail = "the rendered step is damaged";
        return Err(HttpProblem::new(ProblemCode::Damaged, detail));
    }
    let mut response = if accepts_gzip(&headers) {
        let mut response = found.html_gzip.into_response();
        response
            .headers_mut()
            .insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        response
    } else {
        let html = found
            .html()
            .map_err(|_| HttpProblem::new(ProblemCode::Damaged, "the rendered step is damaged"))?;
        html.into_response()
    };
    let out = response.headers_mut();
    out.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    out.insert(header::CACHE_CONTROL, FOREVER);
    out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    out.insert(header::CONTENT_SECURITY_POLICY, SANDBOX);
    Ok(response)
}

/// A picture of a codelab or of a message
///
/// Immutable; with `Range`. For facilitators, and for who has a seat in a workshop that shows it, or
/// may see a message with it.
#[utoipa::path(get, path = "/files/{hash}", tag = "content",
    params(("hash" = String, Path, description = "SHA-256 of the file")),
    responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>),
        (status = 206, content_type = "application/octet-stream", body = Vec<u8>),
        (status = 404, body = Problem)))]
pub async fn file(
    State(app): State<App>,
    reader: Reader,
    Path(hash): Path<String>,
    request: Request,
) -> Result<Response, HttpProblem> {
    let hash: domain::ContentHash = hash.parse().map_err(|_| missing())?;
    if !reader.may_read_file(&app, hash).await? {
        return Err(missing());
    }
    let found = app
        .store
        .file(*hash.as_bytes())
        .await?
        .ok_or_else(missing)?;
    // What was uploaded to be kept has its own address, and its own rule for who may have it.
    if found.media_type == mime_guess::mime::APPLICATION_OCTET_STREAM.as_ref() {
        return Err(missing());
    }
    let mime = found
        .media_type
        .parse()
        .unwrap_or(mime_guess::mime::APPLICATION_OCTET_STREAM);
    let mut response = serve(&app, &found, &mime, request).await?;
    if response.status().is_success() {
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, FOREVER);
    }
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, SANDBOX);
    Ok(response)
}

/// The bytes of a file, or the part of it that is asked for.
///
/// # Errors
/// [`ProblemCode::Damaged`] when the file is not there or has another length.
pub async fn serve(
    app: &App,
    stored: &StoredFile,
    mime: &mime_guess::Mime,
    mut request: Request,
) -> Result<Response, HttpProblem> {
    let path = &stored.path;
    let length = tokio::fs::metadata(path).await.map(|file| file.len()).ok();
    if length != Some(stored.size_bytes) {
        app.damage.note_file(stored.sha256);
        let detail = "the file is missing or damaged on the facilitator's machine";
        return Err(HttpProblem::new(ProblemCode::Damaged, detail));
    }
    let connection = request.extensions().get::<Connection>();
    let slot = connection.map(Connection::file_slot);
    if let Some(None) = slot {
        let mut problem = Problem::new(
            ProblemCode::Unavailable,
            "too many files are being sent at the moment; try again in some seconds",
        );
        problem.retry_after_seconds = Some(FILE_RETRY_SECONDS);
        return Err(HttpProblem(problem));
    }
    let asked = request.headers().get(header::RANGE);
    if let Some(asked) = asked.and_then(|asked| asked.to_str().ok())
        && !is_one_range(asked, stored.size_bytes)
    {
        request.headers_mut().remove(header::RANGE);
    }
    let served = ServeFile::new_with_mime(path, mime).oneshot(request).await;
    match served {
        Ok(response) => Ok(response.map(|body| Body::new(Guarded::new(body, slot)))),
        Err(never) => match never {},
    }
}

/// Whether this is one range of bytes that a file of this length has, or has not. Everything else
/// may be, or must be, answered with the whole file (RFC 9110, section 14.2): other units, several
/// ranges, what is not understood, and more bytes from the end than there are.
fn is_one_range(asked: &str, length: u64) -> bool {
    let Some((first, last)) = asked
        .strip_prefix("bytes=")
        .and_then(|range| range.trim().split_once('-'))
    else {
        return false;
    };
    match (first, last, first.parse::<u64>(), last.parse::<u64>()) {
        ("", _, _, Ok(from_end)) => from_end <= length,
        (_, "", Ok(_), _) => true,
        (_, _, Ok(first), Ok(last)) => first <= last,
        _ => false,
    }
}

/// Whether the browser takes gzip.
pub fn accepts_gzip(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|coding| {
            let mut parts = coding.split(';').map(str::trim);
            let named = parts
                .next()
                .is_some_and(|name| name.eq_ignore_ascii_case("gzip"));
            named && !parts.any(|p| matches!(p, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
        })
}

fn missing() -> HttpProblem {
    HttpProblem::new(
        ProblemCode::NotFound,
        "there is nothing under this hash for this browser",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_is_answered_and_everything_else_with_the_whole() {
        for asked in [
            "bytes=0-",
            "bytes=0-0",
            "bytes=3-99",
            "bytes=10-",
            "bytes=-10",
            "bytes=-0",
        ] {
            assert!(is_one_range(asked, 10), "{asked}");
        }
        for asked in [
            "bytes=-11",
            "bytes=5-2",
            "bytes=0-1,3-4",
            "bytes=",
            "bytes=-",
            "bytes=a-b",
            "items=0-1",
            "0-1",
            "bytes=--1",
            "bytes=99999999999999999999-",
        ] {
            assert!(!is_one_range(asked, 10), "{asked}");
        }
    }
}
