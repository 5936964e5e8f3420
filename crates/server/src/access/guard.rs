//! What every request must pass before a handler sees it, and what every
//! answer carries.
//!
//! - The target must be a path. A whole address, as proxies are sent, could name
//!   another host than `Host` does (RFC 9112, section 3.2); neither that nor the
//!   other forms are what a browser sends to a server.
//! - `Host` must be there once, `Origin` at most once: of two, this check and
//!   another reader could take a different one.
//! - `Host` must be an address or name of this machine: a page of another site
//!   whose name was pointed here (DNS rebinding) gets nothing.
//! - `Origin`, where a browser sends one with a request that changes something
//!   or opens a WebSocket, must be this very server: cross-site requests and
//!   cross-site WebSocket hijacking get nothing. `Sec-Fetch-Site` is not sent
//!   on plain HTTP addresses, so it cannot be relied on.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use protocol::ProblemCode;

use crate::{app::App, problem::HttpProblem};

/// Checks `Host` and `Origin`.
pub async fn same_site(State(app): State<App>, request: Request, next: Next) -> Response {
    let checked = is_plain(request.method(), request.uri(), request.headers())
        .and_then(|()| check(&app, request.method(), request.headers()));
    match checked {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.into_response(),
    }
}

/// Whether the request says in one way only whom it is for and where it is from.
fn is_plain(method: &Method, target: &Uri, headers: &HeaderMap) -> Result<(), HttpProblem> {
    let invalid = |detail: &str| Err(HttpProblem::new(ProblemCode::InvalidRequest, detail));
    let is_path = target.scheme().is_none()
        && target.authority().is_none()
        && target.path().starts_with('/')
        && *method != Method::CONNECT;
    if !is_path {
        return invalid("the request target must be a path; this server is no proxy");
    }
    if headers.get_all(header::HOST).iter().count() != 1 {
        return invalid("a request has one Host header");
    }
    if headers.get_all(header::ORIGIN).iter().count() > 1 {
        return invalid("a request has at most one Origin header");
    }
    Ok(())
}

fn check(app: &App, method: &Method, headers: &HeaderMap) -> Result<(), HttpProblem> {
    let host = text(headers, &header::HOST);
    if !host.is_some_and(|host| app.network.is_own_host(host)) {
        return Err(HttpProblem::new(
            ProblemCode::ForeignHost,
            "open this server by one of the addresses that the facilitator shows",
        ));
    }
    let changes = !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS);
    let upgrades = headers.contains_key(header::UPGRADE);
    if !(changes || upgrades) {
        return Ok(());
    }
    // Programs that are no browsers send no Origin, and carry no cookies they
    // did not ask for.
    let Some(origin) = headers.get(header::ORIGIN) else {
        return Ok(());
    };
    let from_here = origin
        .to_str()
        .ok()
        .and_then(|origin| origin.strip_prefix("http://"))
        .zip(host)
        .is_some_and(|(origin, host)| origin.eq_ignore_ascii_case(host));
    if from_here {
        Ok(())
    } else {
        Err(HttpProblem::new(
            ProblemCode::ForeignOrigin,
            "this request came from another site",
        ))
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Media types that no browser shows as a page, whatever is in them: with
/// `nosniff` they stay what they are.
const NO_DOCUMENT: [&str; 4] = [
    "application/json",
    "application/problem+json",
    "text/css",
    "text/javascript",
];

/// Adds the security headers that a handler did not set itself: to all `nosniff`,
/// to answers of the API that no cache may keep and no other site may embed, and
/// to whatever could be shown as a page those for pages. On the air of a full room
/// the policy would cost more than most answers.
pub async fn security_headers(State(app): State<App>, request: Request, next: Next) -> Response {
    let policy = content_security_policy(&app, text(request.headers(), &header::HOST));
    let is_api = request.uri().path().starts_with("/api/");
    let mut response = next.run(request).await;
    if is_api && response.status() != StatusCode::SWITCHING_PROTOCOLS {
        keep_private(response.headers_mut());
    }
    let headers = response.headers_mut();
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    if !may_be_a_page(headers) {
        return response;
    }
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers
            .entry(header::CONTENT_SECURITY_POLICY)
            .or_insert(policy);
    }
    headers
        .entry(header::X_FRAME_OPTIONS)
        .or_insert(HeaderValue::from_static("DENY"));
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    );
    response
}

/// What the API answers is for whoever asked, unless the handler says that it is
/// public.
fn keep_private(headers: &mut HeaderMap) {
    let cached = headers.get(header::CACHE_CONTROL);
    if cached.is_some_and(|value| value.as_bytes().starts_with(b"public")) {
        return;
    }
    if cached.is_none() {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        // It speaks to caches alone.
        headers.remove(header::VARY);
    }
    headers.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    );
}

fn may_be_a_page(headers: &HeaderMap) -> bool {
    let media_type = text(headers, &header::CONTENT_TYPE).and_then(|full| full.split(';').next());
    !media_type.is_some_and(|media_type| NO_DOCUMENT.contains(&media_type))
}

/// Everything from this server alone. `connect-src` also names the server's
/// other addresses, where a page looks for it when its own stops answering,
/// and in the desktop window the shell's own channel.
fn content_security_policy(app: &App, host: Option<&str>) -> String {
    let mut connect = String::from("'self'");
    for url in app.network.urls() {
        connect.push(' ');
        connect.push_str(&url);
    }
    if host.is_some_and(|host| host.starts_with("127.0.0.1")) {
        connect.push_str(" ipc: http://ipc.localhost");
    }
    format!(
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
         connect-src {connect}; object-src 'none'; base-uri 'none'; form-action 'self'; \
         frame-ancestors 'none'"
    )
}
