//! A connection's socket, which ends when the peer does not take what is sent,
//! or when its place is needed for somebody else.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::{Instant, Sleep, sleep_until},
};

use super::{
    MinimumRate,
    connections::Place,
    minimum_rate::{Pace, TooSlow},
};

/// How long what still comes is thrown away when a request was refused before it
/// was read. Closing over unread bytes takes the answer back.
const LINGER: Duration = Duration::from_secs(2);

/// A connection's socket.
#[derive(Debug)]
pub struct PacedStream {
    stream: TcpStream,
    place: Place,
    pace: Pace,
    /// Set while the peer is waited for, or at the end lingers.
    alarm: Option<Pin<Box<Sleep>>>,
}

impl PacedStream {
    /// The socket of a connection that holds `place`.
    pub const fn new(stream: TcpStream, place: Place, rate: MinimumRate) -> Self {
        Self {
            stream,
            place,
            pace: Pace::new(rate),
            alarm: None,
        }
    }

    /// Ends the connection without a word. What the peer did not take must not
    /// stay with the system for as long as the peer likes.
    fn abort(&self, why: io::ErrorKind) -> io::Error {
        if let Err(error) = self.stream.set_zero_linger() {
            tracing::debug!(%error, "a connection lingers");
        }
        why.into()
    }

    /// What came of a write, with the peer's pace in mind.
    fn paced(
        &mut self,
        cx: &mut Context<'_>,
        written: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        let Poll::Ready(written) = written else {
            return self.wait(cx).map(Err);
        };
        self.alarm = None;
        let judged = written.as_ref().map(|bytes| {
            let bytes = *bytes;
            self.pace.moved(bytes, Instant::now())
        });
        if let Ok(Err(TooSlow)) = judged {
            return Poll::Ready(Err(self.abort(io::ErrorKind::TimedOut)));
        }
        Poll::Ready(written)
    }

    /// Waits until the peer takes more, or is too slow, or has to go.
    fn wait(&mut self, cx: &mut Context<'_>) -> Poll<io::Error> {
        if self.place.poll_lost(cx).is_ready() {
            return Poll::Ready(self.abort(io::ErrorKind::ConnectionAborted));
        }
        loop {
            let due = self.pace.wait(Instant::now());
            let alarm = self.alarm.get_or_insert_with(|| Box::pin(sleep_until(due)));
            ready!(alarm.as_mut().poll(cx));
            if let Err(TooSlow) = self.pace.look(Instant::now()) {
                return Poll::Ready(self.abort(io::ErrorKind::TimedOut));
            }
            self.alarm = None;
        }
    }
}

impl PacedStream {
    /// Reads on until the peer has closed, for a moment.
    fn linger(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let end = Instant::now() + LINGER;
        let alarm = self.alarm.get_or_insert_with(|| Box::pin(sleep_until(end)));
        if alarm.as_mut().poll(cx).is_ready() || self.place.poll_lost(cx).is_ready() {
            return Poll::Ready(());
        }
        let mut thrown_away = [0; 4096];
        loop {
            let mut buf = ReadBuf::new(&mut thrown_away);
            match ready!(Pin::new(&mut self.stream).poll_read(cx, &mut buf)) {
                Ok(()) if !buf.filled().is_empty() => {}
                Ok(()) | Err(_) => return Poll::Ready(()),
            }
        }
    }
}

impl AsyncRead for PacedStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.place.poll_lost(cx).is_ready() {
            return Poll::Ready(Err(self.abort(io::ErrorKind::ConnectionAborted)));
        }
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for PacedStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.place.is_lost() {
            return Poll::Ready(Err(self.abort(io::ErrorKind::ConnectionAborted)));
        }
        let written = Pin::new(&mut self.stream).poll_write(cx, buf);
        self.paced(cx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if self.place.is_lost() {
            return Poll::Ready(Err(self.abort(io::ErrorKind::ConnectionAborted)));
        }
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, bufs);
        self.paced(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(Pin::new(&mut self.stream).poll_shutdown(cx))?;
        if self.place.has_unread() {
            ready!(self.linger(cx));
        }
        Poll::Ready(Ok(()))
    }
}
