//! Bodies of requests that end when they come too slowly, and bodies of answers
//! that hold what they need until they are sent.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
};

use axum::{
    BoxError,
    body::{Bytes, HttpBody},
};
use hyper::body::{Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep_until};

use super::{
    Connection, MinimumRate,
    minimum_rate::{Pace, TooSlow},
};

/// A request's body.
#[derive(Debug)]
pub struct PacedBody<B: HttpBody> {
    body: B,
    has_ended: bool,
    connection: Connection,
    pace: Pace,
    /// Set while the peer is waited for.
    alarm: Option<Pin<Box<Sleep>>>,
}

impl<B: HttpBody> PacedBody<B> {
    /// A body that comes over `connection`.
    pub const fn new(body: B, connection: Connection, rate: MinimumRate) -> Self {
        Self {
            body,
            has_ended: false,
            connection,
            pace: Pace::new(rate),
            alarm: None,
        }
    }

    /// The whole connection ends: what follows on it would be the rest of this.
    fn too_slow<T>(&self) -> Poll<Option<Result<T, BoxError>>> {
        self.connection.end();
        Poll::Ready(Some(Err(TooSlow.into())))
    }
}

impl<B: HttpBody> Drop for PacedBody<B> {
    fn drop(&mut self) {
        if !self.has_ended && !self.body.is_end_stream() {
            self.connection.leave_unread();
        }
    }
}

impl<B> HttpBody for PacedBody<B>
where
    B: HttpBody<Data = Bytes> + Unpin,
    B::Error: Into<BoxError>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = &mut *self;
        if let Poll::Ready(frame) = Pin::new(&mut this.body).poll_frame(cx) {
            this.alarm = None;
            this.has_ended = frame.is_none();
            let bytes = match &frame {
                Some(Ok(frame)) => frame.data_ref().map_or(0, Bytes::len),
                Some(Err(_)) | None => 0,
            };
            if frame.is_some() && this.pace.moved(bytes, Instant::now()).is_err() {
                return this.too_slow();
            }
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        loop {
            let due = this.pace.wait(Instant::now());
            let alarm = this.alarm.get_or_insert_with(|| Box::pin(sleep_until(due)));
            ready!(alarm.as_mut().poll(cx));
            if this.pace.look(Instant::now()).is_err() {
                return this.too_slow();
            }
            this.alarm = None;
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// A body that holds something until it is sent or nobody wants the rest.
#[derive(Debug)]
pub struct Guarded<B, G> {
    body: B,
    _guard: G,
}

impl<B, G> Guarded<B, G> {
    /// A body that holds `guard`.
    pub const fn new(body: B, guard: G) -> Self {
        Self {
            body,
            _guard: guard,
        }
    }
}

impl<B: HttpBody + Unpin, G: Unpin> HttpBody for Guarded<B, G> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<B::Data>, B::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
