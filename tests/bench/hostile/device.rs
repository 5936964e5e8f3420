//! A device in the same network, without a seat: bodies that never end, seats that nobody sits in,
//! guessed codes, frames that are none.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use anyhow::Context as _;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpSocket, TcpStream},
    task::JoinSet,
    time::sleep,
};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::Blows;
use crate::run::Workshop;

/// The device's own address, where the system has more than one for the loopback.
const DEVICE: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);

/// Bodies that come a byte at a time, at once.
const SLOW_BODIES: usize = 200;

/// Loops that ask for seats and guess codes, and how long each waits between two.
const ASKING: usize = 4;
const PAUSE: Duration = Duration::from_millis(50);

/// Begins the attack.
pub fn attack(
    attackers: &mut JoinSet<()>,
    workshop: &Workshop,
    blows: &Arc<Blows>,
    over: &CancellationToken,
) {
    let address = workshop.place.address;
    let seats = format!("/api/v1/workshops/{}/seats", workshop.place.workshop);
    for _ in 0..SLOW_BODIES {
        let (path, blows, over) = (seats.clone(), Arc::clone(blows), over.clone());
        attackers.spawn(async move {
            let slow = async {
                loop {
                    blows.send();
                    slow_body(address, &path).await.ok();
                    blows.answer(false);
                    sleep(PAUSE).await;
                }
            };
            over.run_until_cancelled(slow).await;
        });
    }
    for _ in 0..ASKING {
        let (path, code) = (seats.clone(), workshop.code.clone());
        let live = format!("/api/v1/workshops/{}/live", workshop.place.workshop);
        let (blows, over) = (Arc::clone(blows), over.clone());
        attackers.spawn(async move {
            let ask = async {
                let mut number = 0_u32;
                loop {
                    number += 1;
                    let request = request(number, address, &path, &code, &live);
                    blows.send();
                    let answer = answer(address, request.as_bytes()).await;
                    blows.answer(answer.is_ok_and(|answer| answer.starts_with(b"HTTP/1.1 200")));
                    sleep(PAUSE).await;
                }
            };
            over.run_until_cancelled(ask).await;
        });
    }
}

/// By turns a seat for nobody, a guessed code, a live connection without a seat, and no HTTP.
fn request(number: u32, address: SocketAddr, seats: &str, code: &str, live: &str) -> String {
    let head = format!("host: {address}\r\norigin: http://{address}\r\nconnection: close\r\n");
    match number % 4 {
        0 => {
            let id = Uuid::new_v4();
            let body = format!("{{\"id\":\"{id}\",\"name\":\"{id}\",\"code\":\"{code}\"}}");
            let length = body.len();
            format!(
                "POST {seats} HTTP/1.1\r\n{head}content-type: application/json\r\n\
                 content-length: {length}\r\n\r\n{body}"
            )
        }
        1 => {
            let guess = number.wrapping_mul(2_654_435_761) % 1_000_000;
            format!("GET /api/v1/entrance?code={guess:06} HTTP/1.1\r\n{head}\r\n")
        }
        2 => format!(
            "GET {live} HTTP/1.1\r\nhost: {address}\r\norigin: http://{address}\r\n\
             connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n\
             sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
        ),
        _ => "\u{81}\u{fe}\r\n\r\n\r\n".repeat(20),
    }
}

async fn connect(address: SocketAddr) -> anyhow::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    if socket.bind((DEVICE, 0).into()).is_err() {
        return Ok(TcpStream::connect(address).await?);
    }
    Ok(socket.connect(address).await?)
}

/// The answer, or as much as comes of it.
async fn answer(address: SocketAddr, request: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut stream = connect(address).await?;
    stream.write_all(request).await?;
    let mut answer = vec![0; 4096];
    let length = stream.read(&mut answer).await?;
    answer.truncate(length);
    Ok(answer)
}

/// Sends a byte a second, until the server has enough of it.
async fn slow_body(address: SocketAddr, path: &str) -> anyhow::Result<()> {
    let mut stream = connect(address).await?;
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: {address}\r\norigin: http://{address}\r\n\
         content-type: application/json\r\ncontent-length: 4000\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await?;
    let (mut from, mut to) = stream.split();
    let mut answer = [0; 64];
    tokio::select! {
        read = from.read(&mut answer) => {
            read.context("closed")?;
        }
        sent = async {
            loop {
                to.write_all(b" ").await?;
                sleep(Duration::from_secs(1)).await;
            }
        } => return sent,
    }
    Ok(())
}
