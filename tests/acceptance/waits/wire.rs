//! Connections by hand: from any address of this machine, as slow as a test
//! likes, with requests that no HTTP library would send.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
};

use reqwest::Url;
use tests::PATIENCE;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _, Interest},
    net::{TcpSocket, TcpStream},
    time::timeout,
};

/// Another machine, as far as the server can tell: Linux answers on all of 127/8.
pub const ELSEWHERE: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 66);

/// Where the server listens.
pub fn address(url: &str) -> SocketAddr {
    let url: Url = url.parse().expect("an address");
    let addresses = url.socket_addrs(|| None).expect("an IP address and a port");
    addresses[0]
}

/// A connection.
pub struct Wire {
    pub stream: TcpStream,
}

impl Wire {
    /// A connection from this machine's usual address.
    pub async fn new(url: &str) -> Self {
        Self::from(url, Ipv4Addr::LOCALHOST).await
    }

    /// A connection from another address of this machine.
    pub async fn from(url: &str, from: Ipv4Addr) -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        // Little is taken ahead of the reader.
        socket.set_recv_buffer_size(16 * 1024).expect("a buffer");
        socket
            .bind(SocketAddr::new(from.into(), 0))
            .expect("an address of this machine");
        let connecting = timeout(PATIENCE, socket.connect(address(url)));
        let stream = connecting.await.expect("in time").expect("it accepts");
        Self { stream }
    }

    /// Sends; the server may have closed.
    pub async fn send(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        self.stream.write_all(bytes.as_ref()).await.is_ok()
    }

    /// Everything until the server closes.
    pub async fn rest(&mut self) -> String {
        let mut all = Vec::new();
        let reading = timeout(PATIENCE, self.stream.read_to_end(&mut all));
        // Closed with or without a word.
        drop(reading.await.expect("the server closes in time"));
        String::from_utf8_lossy(&all).into_owned()
    }

    /// The status line of the next answer; empty if the server just closed.
    pub async fn status(&mut self) -> String {
        let mut line = Vec::new();
        while !line.ends_with(b"\r\n") {
            let byte = timeout(PATIENCE, self.stream.read_u8()).await;
            match byte.expect("the server answers or closes in time") {
                Ok(byte) => line.push(byte),
                Err(_) => return String::new(),
            }
        }
        String::from_utf8_lossy(&line).trim_end().to_owned()
    }

    /// Waits until the server has closed with a reset; reads nothing.
    pub async fn was_reset(&self) {
        let reset = async {
            loop {
                let ready = self.stream.ready(Interest::ERROR).await;
                if ready.is_err() || self.stream.take_error().ok().flatten().is_some() {
                    return;
                }
            }
        };
        timeout(PATIENCE, reset)
            .await
            .expect("it is closed in time");
    }

    /// Reads so many bytes at most, which are there or come.
    pub async fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = timeout(PATIENCE, self.stream.read(bytes)).await;
        read.expect("the server sends or closes in time")
    }
}

/// Opcodes of RFC 6455, section 5.2, with the bit for the last frame of a message.
pub const TEXT: u8 = 0x81;
pub const PING: u8 = 0x89;
/// The beginning of a text, and more of it, without its end.
pub const TEXT_BEGINS: u8 = 0x01;
pub const TEXT_GOES_ON: u8 = 0x00;

/// A frame of a WebSocket, masked with zeros.
pub fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let length = u8::try_from(payload.len()).expect("short");
    assert!(length < 126, "short");
    let mut bytes = vec![first, 0x80 | length, 0, 0, 0, 0];
    bytes.extend(payload);
    bytes
}
