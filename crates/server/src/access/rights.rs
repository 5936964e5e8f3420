//! What is being read ends with the rights it is read by: a long poll, a report,
//! a download that takes its time. What is being written asks the store, within
//! the transaction.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use axum::{
    body::{Body, Bytes, HttpBody},
    extract::{Request, State},
    http::{Method, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use axum_extra::extract::CookieJar;
use futures_util::future::BoxFuture;
use hyper::body::{Frame, SizeHint};
use protocol::ProblemCode;

use super::extract::facilitator_of_browser;
use crate::{app::App, problem::HttpProblem};

/// Where the API is; pages and their parts are for everybody.
const API: &str = "/api/";

/// Ends a facilitator's request that only reads, and the answer to it, when the
/// facilitator is removed.
pub async fn end_reads(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    // A live connection watches for itself.
    let upgrades = request.headers().contains_key(header::UPGRADE);
    if !reads || upgrades || !request.uri().path().starts_with(API) {
        return next.run(request).await;
    }
    let jar = CookieJar::from_headers(request.headers());
    let facilitator = match facilitator_of_browser(&jar, &app).await {
        Ok(Some(facilitator)) => facilitator,
        Ok(None) => return next.run(request).await,
        Err(problem) => return problem.into_response(),
    };
    let id = facilitator.id;
    request.extensions_mut().insert(facilitator);
    let ended = async move { app.removals.of(Some(id)).await };
    let mut ended: BoxFuture<'static, ()> = Box::pin(ended);
    tokio::select! {
        biased;
        () = &mut ended => {
            let detail = "your access to this machine was taken away";
            HttpProblem::new(ProblemCode::NotAuthenticated, detail).into_response()
        }
        response = next.run(request) => response.map(|body| Body::new(Entitled { body, ended })),
    }
}

/// A body that breaks off when `ended` does.
struct Entitled {
    body: Body,
    ended: BoxFuture<'static, ()>,
}

impl HttpBody for Entitled {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if self.ended.as_mut().poll(context).is_ready() {
            // As an error, so that what was cut short never looks whole.
            let why = std::io::Error::other("the reader is a facilitator no longer");
            return Poll::Ready(Some(Err(axum::Error::new(why))));
        }
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
