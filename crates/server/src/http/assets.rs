//! The user interface, embedded in the binary and compressed when it was
//! built. Every address that is no file is the application's: it routes itself.

use std::path::Path;

use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use protocol::ProblemCode;
use rust_embed::RustEmbed;

use super::files::accepts_gzip;
use crate::{app::App, problem::HttpProblem};

/// The built interface. Missing in a build without it; then every page says so.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../ui/build"]
#[allow_missing = true]
struct Interface;

const SHELL: &str = "index.html";

/// Browsers ask for it again on every change of the address unless told not to.
const ICON: &str = "favicon.svg";

/// Files here have their content's hash in their name.
const IMMUTABLE_FOLDER: &str = "_app/immutable/";

/// The page that draws diagrams in a frame of other pages. Drawing writes styles,
/// which no other page may; in return this one may load nothing but its scripts, and
/// its origin is opaque: whatever runs in it reaches no cookie, storage, page or
/// address of this server.
const DRAWING_PAGE: &str = "diagrams.html";

/// The scripts of [`DRAWING_PAGE`]. A page of an opaque origin is a stranger to its own
/// server, so they are readable by every site; they hold nothing but published code.
const DRAWING_SCRIPTS: &str = "_app/immutable/diagrams/";

fn drawing_policy(host: Option<&str>) -> String {
    // Some browsers take `'self'` of a sandboxed page for its opaque origin.
    let scripts = host.map_or(String::new(), |host| {
        format!(" http://{host}/{DRAWING_SCRIPTS}")
    });
    format!(
        "sandbox allow-scripts; default-src 'none'; script-src 'self'{scripts}; \
         style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    )
}

/// Serves the interface.
///
/// # Errors
/// [`ProblemCode::NotFound`] for a file that is not there.
pub async fn serve(
    State(app): State<App>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, HttpProblem> {
    let path = uri.path().trim_start_matches('/');
    if path.starts_with("api/") {
        return Err(HttpProblem::new(
            ProblemCode::NotFound,
            "there is nothing at this address",
        ));
    }
    if !matches!(method, Method::GET | Method::HEAD) {
        return Err(HttpProblem::new(
            ProblemCode::MethodNotAllowed,
            "pages can only be read",
        ));
    }
    let read = |name: &str| read(app.ui_dir.as_deref(), name);
    let (name, found) = match read(path).filter(|_| !path.is_empty()) {
        Some(found) => (path, found),
        // A file that is missing is missing; an address without a dot is a page.
        None if path
            .rsplit('/')
            .next()
            .is_some_and(|last| last.contains('.')) =>
        {
            return Err(HttpProblem::new(
                ProblemCode::NotFound,
                "there is no such file",
            ));
        }
        None => match read(SHELL) {
            Some(found) => (SHELL, found),
            None => return Ok(not_built()),
        },
    };
    let cache = if name.starts_with(IMMUTABLE_FOLDER) {
        "public, max-age=31536000, immutable"
    } else if name == ICON {
        "public, max-age=86400"
    } else {
        "no-cache"
    };
    let etag = format!("\"{}\"", hex(&found.metadata.sha256_hash()));
    let mut out = HeaderMap::new();
    set(&mut out, header::CACHE_CONTROL, cache);
    set(&mut out, header::ETAG, &etag);
    set(&mut out, header::VARY, "accept-encoding");
    if name == DRAWING_PAGE {
        let host = headers
            .get(header::HOST)
            .and_then(|host| host.to_str().ok());
        set(
            &mut out,
            header::CONTENT_SECURITY_POLICY,
            &drawing_policy(host),
        );
        set(&mut out, header::X_FRAME_OPTIONS, "SAMEORIGIN");
    }
    if name == ICON {
        // Shorter than the policy of pages, and stricter: nothing runs in it at all.
        set(&mut out, header::CONTENT_SECURITY_POLICY, "sandbox");
    }
    if name.starts_with(DRAWING_SCRIPTS) {
        set(&mut out, header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    }
    if headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|known| known == etag.as_str())
    {
        return Ok((StatusCode::NOT_MODIFIED, out).into_response());
    }
    let mime = mime_guess::from_path(name).first_or_octet_stream();
    set(&mut out, header::CONTENT_TYPE, &media_type(&mime));
    let compressed = accepts_gzip(&headers)
        .then(|| read(&format!("{name}.gz")))
        .flatten();
    let body = match compressed {
        Some(compressed) => {
            set(&mut out, header::CONTENT_ENCODING, "gzip");
            compressed.data
        }
        None => found.data,
    };
    Ok((out, Body::from(body.into_owned())).into_response())
}

/// A file of the interface, from a folder or as it is embedded.
pub(crate) fn read(ui_dir: Option<&Path>, name: &str) -> Option<rust_embed::EmbeddedFile> {
    match ui_dir {
        None => Interface::get(name),
        Some(_) if name.split('/').any(|part| part == "..") => None,
        Some(dir) => rust_embed::utils::read_file_from_fs(&dir.join(name)).ok(),
    }
}

fn media_type(mime: &mime_guess::Mime) -> String {
    let text = mime.type_() == mime_guess::mime::TEXT || mime.subtype() == "javascript";
    if text {
        format!("{}; charset=utf-8", mime.essence_str())
    } else {
        mime.to_string()
    }
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

fn hex(bytes: &[u8; 32]) -> String {
    domain::ContentHash::from_bytes(*bytes).to_string()
}

fn not_built() -> Response {
    let page = "<!doctype html><meta charset=utf-8><title>Open Codelabs</title>\
        <h1>This build has no user interface</h1>\
        <p>Build it with <code>cargo xtask run</code>, which does all that is needed.</p>";
    let html = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    (StatusCode::SERVICE_UNAVAILABLE, html, page).into_response()
}
