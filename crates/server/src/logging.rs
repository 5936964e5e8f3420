//! What this program writes to its log, and what it must not.
//!
//! A log is passed on by people who want help. It never holds a join code, a
//! token, a name, a text or a file name: requests are named by the form of
//! their address, errors by what is wrong, and what libraries tell below a
//! warning is not written, since that is frames, queries and pages as they are.

use axum::{extract::MatchedPath, http::Request};
use tower_http::trace::{HttpMakeClassifier, TraceLayer};
use tracing::{Level, Metadata, Span};
use tracing_subscriber::{
    EnvFilter, Layer as _, filter::filter_fn, fmt, layer::SubscriberExt as _,
    util::SubscriberInitExt as _,
};

/// The parts of this program, as their log lines name them, and the library
/// that tells how long requests took.
const OWN: &[&str] = &[
    "codelab",
    "codelabs",
    "domain",
    "lan",
    "library",
    "open_codelabs",
    "protocol",
    "server",
    "store",
    "tower_http::trace",
];

/// Writes the log to standard error: warnings, or what `RUST_LOG` asks for.
pub fn start() {
    let asked = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::registry()
        .with(filter_fn(may_be_written).and_then(asked))
        .with(fmt::layer().with_writer(std::io::stderr))
        .init();
    // The words of a panic may be those of a text that could not be cut.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        tracing::error!(place, "a bug; this part of the work ends");
    }));
}

fn may_be_written(line: &Metadata<'_>) -> bool {
    *line.level() <= Level::WARN || is_own(line.target())
}

fn is_own(target: &str) -> bool {
    OWN.iter().any(|own| {
        target
            .strip_prefix(own)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    })
}

/// The span of a request: its method and the form of its address.
type MakeSpan<B> = fn(&Request<B>) -> Span;

/// Names requests in the log by the form of their address, without what stands
/// in it.
#[must_use]
pub fn requests<B>() -> TraceLayer<HttpMakeClassifier, MakeSpan<B>> {
    TraceLayer::new_for_http().make_span_with(span as MakeSpan<B>)
}

fn span<B>(request: &Request<B>) -> Span {
    let path = request.extensions().get::<MatchedPath>();
    let path = path.map_or("a page", MatchedPath::as_str);
    tracing::debug_span!("request", method = %request.method(), path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_only_begins_like_ours_is_not_ours() {
        assert!(is_own("server"));
        assert!(is_own("server::ws::connection"));
        assert!(!is_own("server_fn"));
        assert!(!is_own("tungstenite::protocol"));
        assert!(!is_own("tower_http::compression"));
    }
}
