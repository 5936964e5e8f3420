//! A browser's socket with a bound on every wait.

use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use protocol::CloseCode;
use tokio::time::timeout;

/// A browser that takes longer than this to read one frame is closed; it
/// resumes when its Wi-Fi is back.
const WRITE_DEADLINE: Duration = Duration::from_secs(20);

/// How long a goodbye may take.
const CLOSE_DEADLINE: Duration = Duration::from_secs(2);

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

/// The socket.
#[derive(Debug)]
pub struct Socket(WebSocket);

impl Socket {
    /// A socket that was just upgraded.
    pub fn new(socket: WebSocket) -> Self {
        Self(socket)
    }

    /// The next frame. Safe to cancel.
    pub async fn receive(&mut self) -> Result<Incoming, End> {
        match self.0.recv().await {
            None | Some(Ok(Message::Close(_))) => Err(End::Gone),
            Some(Ok(Message::Text(text))) if text.len() > protocol::MAX_FRAME_BYTES => {
                Err(End::Close(CloseCode::TooLarge))
            }
            Some(Ok(Message::Text(text))) => Ok(Incoming::Text(text)),
            Some(Ok(Message::Binary(_))) => Err(End::Close(CloseCode::BadFrame)),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(Incoming::Alive),
            Some(Err(error)) => Err(end_of(&error)),
        }
    }

    /// Sends a text frame.
    pub async fn send(&mut self, text: impl Into<Utf8Bytes>) -> Result<(), End> {
        self.write(Message::Text(text.into())).await
    }

    /// Asks for a sign of life.
    pub async fn ping(&mut self) -> Result<(), End> {
        self.write(Message::Ping(axum::body::Bytes::new())).await
    }

    /// Says goodbye. Whether it arrives cannot be known.
    pub async fn close(mut self, code: CloseCode) {
        let frame = CloseFrame {
            code: code.number(),
            reason: code.reason().into(),
        };
        let goodbye = async {
            if self.0.send(Message::Close(Some(frame))).await.is_ok() {
                // Read on until the browser answers: closing at once could
                // throw away the frames that are still on their way.
                while let Some(Ok(_)) = self.0.recv().await {}
            }
        };
        if timeout(CLOSE_DEADLINE, goodbye).await.is_err() {
            tracing::debug!("a goodbye was not answered");
        }
    }

    async fn write(&mut self, message: Message) -> Result<(), End> {
        match timeout(WRITE_DEADLINE, self.0.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(End::Gone),
            Err(_) => Err(End::Close(CloseCode::TooSlow)),
        }
    }
}

/// A frame over the hard limit, bad UTF-8 or another breach of RFC 6455. After
/// it nothing more can be read.
fn end_of(error: &axum::Error) -> End {
    use std::error::Error as _;
    match error
        .source()
        .and_then(|e| e.downcast_ref::<std::io::Error>())
    {
        Some(_) => End::Gone,
        None => End::Close(CloseCode::BadFrame),
    }
}
