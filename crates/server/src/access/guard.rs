//! What every request must pass before a handler sees it, and what every
//! answer carries.
//!
//! - `Host` must be an address or name of this machine: a page of another site
//!   whose name was pointed here (DNS rebinding) gets nothing.
//! - `Origin`, where a browser sends one with a request that changes something
//!   or opens a WebSocket, must be this very server: cross-site requests and
//!   cross-site WebSocket hijacking get nothing. `Sec-Fetch-Site` is not sent
//!   on plain HTTP addresses, so it cannot be relied on.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use protocol::ProblemCode;

use crate::{app::App, problem::HttpProblem};

/// Checks `Host` and `Origin`.
pub async fn same_site(State(app): State<App>, request: Request, next: Next) -> Response {
    match check(&app, request.method(), request.headers()) {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.into_response(),
    }
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
/// and those for pages to whatever could be shown as one. On the air of a full
/// room the policy would cost more than most answers.
pub async fn security_headers(State(app): State<App>, request: Request, next: Next) -> Response {
    let policy = content_security_policy(&app, text(request.headers(), &header::HOST));
    let mut response = next.run(request).await;
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
