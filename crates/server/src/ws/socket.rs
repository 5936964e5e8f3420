//! A browser's socket with a bound on every wait.

use std::{error::Error, time::Duration};

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use protocol::CloseCode;
use tokio::time::timeout;

/// A browser that takes longer than this to read one frame is closed; it
/// resumes when its Wi-Fi is back.
const WRITE_DEADLINE: Duration = Duration::from_secs(20);

/// How long a goodbye may take.
const CLOSE_DEADLINE: Duration = Duration::from_secs(2);

/// How the WebSocket library begins what it says of a frame or message over the
/// hard limit; its type is not axum's to give away.
const OVER_THE_LIMIT: &str = "Space limit exceeded";

/// How it ends what it says of a browser that vanished without a goodbye.
const WITHOUT_GOODBYE: &str = "Connection reset without closing handshake";

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
pub struct Socket {
    socket: WebSocket,
    /// The browser broke the framing: nothing more can be read.
    is_broken: bool,
}

impl Socket {
    /// A socket that was just upgraded.
    pub fn new(socket: WebSocket) -> Self {
        Self {
            socket,
            is_broken: false,
        }
    }

    /// The next frame. Safe to cancel.
    pub async fn receive(&mut self) -> Result<Incoming, End> {
        match self.socket.recv().await {
            None => Err(End::Gone),
            Some(Ok(Message::Close(_))) => {
                // RFC 6455 wants an answer; the next read sends it.
                timeout(CLOSE_DEADLINE, self.socket.recv()).await.ok();
                Err(End::Gone)
            }
            Some(Ok(Message::Text(text))) if text.len() > protocol::MAX_FRAME_BYTES => {
                Err(End::Close(CloseCode::TooLarge))
            }
            Some(Ok(Message::Text(text))) => Ok(Incoming::Text(text)),
            Some(Ok(Message::Binary(_))) => Err(End::Close(CloseCode::BadFrame)),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(Incoming::Alive),
            Some(Err(error)) => {
                self.is_broken = true;
                Err(end_of(&error))
            }
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
            if self.socket.send(Message::Close(Some(frame))).await.is_ok() {
                // Read on until the browser answers: closing at once could
                // throw away the frames that are still on their way.
                while let Some(Ok(_)) = self.socket.recv().await {}
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

    async fn write(&mut self, message: Message) -> Result<(), End> {
        match timeout(WRITE_DEADLINE, self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(End::Gone),
            Err(_) => Err(End::Close(CloseCode::TooSlow)),
        }
    }
}

/// A frame over the hard limit, bad UTF-8 or another breach of RFC 6455. After
/// it nothing more can be read.
fn end_of(error: &axum::Error) -> End {
    let mut cause = error.source();
    while let Some(error) = cause {
        if error.is::<std::io::Error>() {
            return End::Gone;
        }
        cause = error.source();
    }
    let said = error.to_string();
    if said.ends_with(WITHOUT_GOODBYE) {
        End::Gone
    } else if said.starts_with(OVER_THE_LIMIT) {
        End::Close(CloseCode::TooLarge)
    } else {
        End::Close(CloseCode::BadFrame)
    }
}
