//! A WebSocket by hand, for what no WebSocket library would send.

use std::{io, net::SocketAddr};

use protocol::CloseCode;
use tests::{Attendee, PATIENCE, upgrade};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

/// Opcodes of RFC 6455, section 5.2.
pub const CONTINUATION: u8 = 0;
pub const TEXT: u8 = 1;
pub const BINARY: u8 = 2;
pub const CLOSE: u8 = 8;
pub const PING: u8 = 9;

/// The bit that says: the last frame of its message.
pub const FIN: u8 = 0x80;

/// How a connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// With a close code.
    Closed(u16),
    /// Without one.
    Gone,
}

impl End {
    /// Whether a reader of docs/PROTOCOL.md knows what it means.
    pub fn is_documented(self) -> bool {
        CloseCode::ALL
            .iter()
            .any(|code| self == Self::Closed(code.number()))
    }
}

/// A frame of the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Frame {
    Text(String),
    Other(u8),
    End(End),
}

/// The connection.
pub struct Raw {
    stream: TcpStream,
    incoming: Vec<u8>,
}

/// The server's address.
pub fn address(url: &str) -> SocketAddr {
    let address = url.strip_prefix("http://").expect("a plain address");
    address.parse().expect("an IP address and a port")
}

/// The request that a page of this attendee would send.
pub fn upgrade_text(attendee: &Attendee) -> String {
    let browser = &attendee.browser;
    let request = upgrade(browser, &attendee.workshop, &browser.url);
    let mut text = format!("GET {} HTTP/1.1\r\n", request.uri().path());
    for (name, value) in request.headers() {
        text.extend([name.as_str(), ": ", value.to_str().expect("text"), "\r\n"]);
    }
    text + "\r\n"
}

impl Raw {
    /// A connection without a word.
    pub async fn silent(url: &str) -> Self {
        Self {
            stream: TcpStream::connect(address(url)).await.expect("it accepts"),
            incoming: Vec::new(),
        }
    }

    /// An upgraded connection that has not said hello.
    pub async fn upgraded(attendee: &Attendee) -> Self {
        let mut raw = Self::silent(&attendee.browser.url).await;
        raw.send(upgrade_text(attendee).as_bytes()).await;
        let head = raw.head().await.expect("an answer");
        assert!(head.starts_with("HTTP/1.1 101"), "{head}");
        raw
    }

    /// An upgraded connection that was welcomed.
    pub async fn welcomed(attendee: &Attendee) -> Self {
        let mut raw = Self::upgraded(attendee).await;
        let hello = format!(r#"{{"type":"hello","protocol":{}}}"#, protocol::PROTOCOL);
        raw.send(&frame(FIN | TEXT, hello.as_bytes())).await;
        raw
    }

    /// Sends bytes, and takes in what comes meanwhile; `false` when the server
    /// takes no more.
    pub async fn send(&mut self, mut bytes: &[u8]) -> bool {
        let (mut from, mut to) = self.stream.split();
        while !bytes.is_empty() {
            let step = async {
                tokio::select! {
                    biased;
                    read = from.read_buf(&mut self.incoming) => match read {
                        Ok(0) | Err(_) => None,
                        Ok(_) => Some(0),
                    },
                    sent = to.write(bytes) => sent.ok(),
                }
            };
            let step = timeout(PATIENCE, step).await;
            let Some(sent) = step.expect("the server reads, or closes") else {
                return false;
            };
            bytes = &bytes[sent..];
        }
        true
    }

    /// Sends what the system takes at once, when it takes anything, and reads
    /// nothing; nothing when the connection has ended.
    pub async fn push(&self, bytes: &[u8]) -> Option<usize> {
        loop {
            self.stream.writable().await.ok()?;
            match self.stream.try_write(bytes) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                sent => return sent.ok(),
            }
        }
    }

    /// Says that nothing more will come.
    pub async fn half_close(&mut self) {
        // The server may have closed before.
        self.stream.shutdown().await.ok();
    }

    /// The head of an HTTP answer; nothing if the server just closed.
    pub async fn head(&mut self) -> Option<String> {
        loop {
            let end = self
                .incoming
                .windows(4)
                .position(|four| four == b"\r\n\r\n");
            if let Some(end) = end {
                let head: Vec<u8> = self.incoming.drain(..end + 4).collect();
                return Some(String::from_utf8(head).expect("text"));
            }
            if !self.read_more().await {
                return None;
            }
        }
    }

    /// The next frame of the server.
    pub async fn next(&mut self) -> Frame {
        loop {
            if let Some((opcode, payload)) = self.take_frame() {
                return match opcode & 0x0f {
                    TEXT => Frame::Text(String::from_utf8(payload).expect("UTF-8")),
                    CLOSE => Frame::End(match payload[..] {
                        [high, low, ..] => End::Closed(u16::from_be_bytes([high, low])),
                        _ => End::Gone,
                    }),
                    other => Frame::Other(other),
                };
            }
            if !self.read_more().await {
                return Frame::End(End::Gone);
            }
        }
    }

    /// How it ends, whatever comes before.
    pub async fn end(&mut self) -> End {
        loop {
            if let Frame::End(end) = self.next().await {
                return end;
            }
        }
    }

    async fn read_more(&mut self) -> bool {
        let read = timeout(PATIENCE, self.stream.read_buf(&mut self.incoming)).await;
        let read: io::Result<usize> = read.expect("the server answers or closes in time");
        read.is_ok_and(|read| read > 0)
    }

    /// The server's frames are not masked.
    fn take_frame(&mut self) -> Option<(u8, Vec<u8>)> {
        let (opcode, short) = (*self.incoming.first()?, *self.incoming.get(1)?);
        let (length, start) = match short {
            126 => {
                let long = self.incoming.get(2..4)?.try_into().expect("two bytes");
                (usize::from(u16::from_be_bytes(long)), 4)
            }
            127 => {
                let long = self.incoming.get(2..10)?.try_into().expect("eight bytes");
                (
                    usize::try_from(u64::from_be_bytes(long)).expect("a length"),
                    10,
                )
            }
            short => (usize::from(short), 2),
        };
        self.incoming.get(..start + length)?;
        let whole: Vec<u8> = self.incoming.drain(..start + length).collect();
        Some((opcode, whole[start..].to_vec()))
    }
}

/// A masked frame with this first byte.
pub fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let length = u64::try_from(payload.len()).expect("a length");
    frame_claiming(first, length, payload)
}

/// A masked frame that says that it is `length` long.
pub fn frame_claiming(first: u8, length: u64, payload: &[u8]) -> Vec<u8> {
    const MASK: [u8; 4] = [0x5a, 0xa5, 0x0f, 0xf0];
    let mut bytes = vec![first];
    // Seven bits, or one of two marks and then sixteen or sixty-four.
    match length {
        0..126 => bytes.push(0x80 | u8::try_from(length).expect("short")),
        126..0x1_0000 => {
            bytes.push(0x80 | 0x7e);
            bytes.extend(u16::try_from(length).expect("short").to_be_bytes());
        }
        _ => {
            bytes.push(0x80 | 0x7f);
            bytes.extend(length.to_be_bytes());
        }
    }
    bytes.extend(MASK);
    bytes.extend(
        payload
            .iter()
            .zip(MASK.iter().cycle())
            .map(|(byte, mask)| byte ^ mask),
    );
    bytes
}

/// The same without the mask that a browser must use.
pub fn unmasked(first: u8, payload: &[u8]) -> Vec<u8> {
    let length = u8::try_from(payload.len()).expect("short");
    let mut bytes = vec![first, length];
    bytes.extend(payload);
    bytes
}
