//! A browser's socket with a bound on every wait.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use protocol::CloseCode;
use tokio::time::timeout;
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        Bytes, Error, Message, Utf8Bytes,
        error::ProtocolError,
        protocol::{
            CloseFrame,
            frame::{
                Frame,
                coding::{Data, OpCode},
            },
        },
    },
};

/// A browser that takes longer than this to read one frame is closed; it
/// resumes when its Wi-Fi is back.
const WRITE_DEADLINE: Duration = Duration::from_secs(20);

/// How long a goodbye may take.
const CLOSE_DEADLINE: Duration = Duration::from_secs(2);

/// Longer texts travel in fragments of this size. A connection's write buffer
/// never shrinks again, so that a snapshot sent as one would stay charged to
/// it; and what is said in one breath is written together up to here.
pub const FRAGMENT_BYTES: usize = 2 * 1024;

/// Why a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The browser closed or vanished.
    Gone,
    /// The server closes, and why.
    Close(CloseCode),
}

/// What came in.
#[derive(Debug)]
pub enum Incoming {
    /// A text frame.
    Text(Utf8Bytes),
    /// A sign of life.
    Alive,
}

/// The stream below.
type Stream = WebSocketStream<TokioIo<Upgraded>>;

/// The socket.
#[derive(Debug)]
pub struct Socket {
    socket: Stream,
    /// The browser broke the framing: nothing more can be read.
    is_broken: bool,
}

impl Socket {
    /// A socket that was just upgraded.
    pub fn new(socket: Stream) -> Self {
        Self {
            socket,
            is_broken: false,
        }
    }

    /// The next frame. Safe to cancel.
    pub async fn receive(&mut self) -> Result<Incoming, End> {
        match self.socket.next().await {
            None => Err(End::Gone),
            Some(Ok(Message::Close(_))) => {
                // RFC 6455 wants an answer; the next read sends it.
                timeout(CLOSE_DEADLINE, self.socket.next()).await.ok();
                Err(End::Gone)
            }
            Some(Ok(Message::Text(text))) if text.len() > protocol::MAX_FRAME_BYTES => {
                Err(End::Close(CloseCode::TooLarge))
            }
            Some(Ok(Message::Text(text))) => Ok(Incoming::Text(text)),
            Some(Ok(Message::Binary(_))) => Err(End::Close(CloseCode::BadFrame)),
            Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => {
                Ok(Incoming::Alive)
            }
            Some(Err(error)) => {
                self.is_broken = true;
                Err(end_of(&error))
            }
        }
    }

    /// Sends a text and what was put before it.
    pub async fn send(&mut self, text: impl Into<Utf8Bytes>) -> Result<(), End> {
        let (socket, text) = (&mut self.socket, text.into());
        in_time(async {
            feed(socket, text).await?;
            socket.flush().await
        })
        .await
    }

    /// Puts a text before the next one that is sent, to go out with it.
    pub async fn put(&mut self, text: impl Into<Utf8Bytes>) -> Result<(), End> {
        in_time(feed(&mut self.socket, text.into())).await
    }

    /// Sends what was put.
    pub async fn flush(&mut self) -> Result<(), End> {
        in_time(self.socket.flush()).await
    }

    /// Asks for a sign of life.
    pub async fn ping(&mut self) -> Result<(), End> {
        in_time(self.socket.send(Message::Ping(Bytes::new()))).await
    }

    /// Says goodbye. Whether it arrives cannot be known.
    pub async fn close(mut self, code: CloseCode) {
        let frame = CloseFrame {
            code: code.number().into(),
            reason: code.reason().into(),
        };
        let goodbye = async {
            if self.socket.send(Message::Close(Some(frame))).await.is_ok() {
                // Read on until the browser answers: closing at once could
                // throw away the frames that are still on their way.
                while let Some(Ok(_)) = self.socket.next().await {}
                if self.is_broken {
                    // What it still sends cannot be read, and closing over unread
                    // bytes takes the goodbye back: leave it the time to take it.
                    std::future::pending::<()>().await;
                }
            }
        };
        if timeout(CLOSE_DEADLINE, goodbye).await.is_err() {
            tracing::debug!("a goodbye was not answered");
        }
    }
}

async fn feed(socket: &mut Stream, text: Utf8Bytes) -> Result<(), Error> {
    if text.len() <= FRAGMENT_BYTES {
        return socket.feed(Message::Text(text)).await;
    }
    let mut rest = Bytes::from(text);
    let mut kind = Data::Text;
    while !rest.is_empty() {
        let part = rest.split_to(FRAGMENT_BYTES.min(rest.len()));
        let frame = Frame::message(part, OpCode::Data(kind), rest.is_empty());
        socket.feed(Message::Frame(frame)).await?;
        kind = Data::Continue;
    }
    Ok(())
}

async fn in_time(write: impl Future<Output = Result<(), Error>>) -> Result<(), End> {
    match timeout(WRITE_DEADLINE, write).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) => Err(End::Gone),
        Err(_) => Err(End::Close(CloseCode::TooSlow)),
    }
}

/// A frame over the hard limit, bad UTF-8 or another breach of RFC 6455. After
/// it nothing more can be read.
fn end_of(error: &Error) -> End {
    if let Error::Io(_)
    | Error::ConnectionClosed
    | Error::AlreadyClosed
    | Error::Protocol(ProtocolError::ResetWithoutClosingHandshake) = error
    {
        End::Gone
    } else if let Error::Capacity(_) = error {
        End::Close(CloseCode::TooLarge)
    } else {
        End::Close(CloseCode::BadFrame)
    }
}
