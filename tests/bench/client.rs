//! One person's page: a live connection and its successors, with the backoff
//! and the outbox of `ui/src/lib/connection`.

use std::{
    collections::{HashSet, VecDeque},
    net::SocketAddr,
    sync::{Arc, atomic::Ordering::Relaxed},
    time::{Duration, Instant},
};

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::json;
use tokio::{
    net::TcpSocket,
    sync::mpsc,
    time::{sleep, sleep_until},
};
use tokio_tungstenite::{
    WebSocketStream, client_async_with_config,
    tungstenite::{
        self, Message, client::IntoClientRequest as _, http::HeaderValue, protocol::WebSocketConfig,
    },
};
use uuid::Uuid;

use crate::{
    frames::{self, Frame},
    tape::Tape,
};

/// The page's backoff (`ui/src/lib/connection/backoff.ts`).
const FIRST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(4);
const PROVEN: Duration = Duration::from_secs(5);

/// When what was put off is sent again.
const AGAIN: Duration = Duration::from_secs(1);

/// Orders that wait for one client.
pub const ORDERS: usize = 512;

/// The socket of a client.
pub type Socket = WebSocketStream<tokio::net::TcpStream>;

/// Where a room is.
#[derive(Clone, Debug)]
pub struct Place {
    pub address: SocketAddr,
    pub workshop: String,
}

/// What a client shall do.
pub enum Order {
    /// Say the text.
    Say(String),
    /// Enter a step: codelab and step.
    Enter(Arc<(String, String)>),
    /// Ask for help.
    Ask(String),
    /// Read a frame and rest that long; none: read as fast as it comes.
    Rest(Option<Duration>),
}

/// What one client wrote down.
#[derive(Debug, Default)]
pub struct Record {
    pub heard: HashSet<u32>,
    pub twice: u64,
    pub holes: u64,
}

/// A client.
pub struct Client {
    place: Place,
    cookie: String,
    facilitates: bool,
    seq: i64,
    /// Commands without an answer: id, frame, and since when.
    waiting: VecDeque<(String, String, Instant)>,
    /// When to send again what was put off.
    again: Option<Instant>,
    rest: Option<Duration>,
    tape: Arc<Tape>,
    pub record: Record,
}

enum Lost {
    Left,
    /// The server did not, and when it had said welcome.
    Gone(Option<Instant>),
}

impl Client {
    pub fn new(place: Place, cookie: String, seq: i64, tape: Arc<Tape>) -> Self {
        Self {
            place,
            cookie,
            facilitates: false,
            seq,
            waiting: VecDeque::new(),
            again: None,
            rest: None,
            tape,
            record: Record::default(),
        }
    }

    /// The facilitator's page, which also hears of everybody's steps.
    pub fn facilitating(mut self) -> Self {
        self.facilitates = true;
        self
    }

    /// Lives until it is told to leave.
    pub async fn live(mut self, mut orders: mpsc::Receiver<Order>) -> Self {
        let mut ceiling = FIRST;
        loop {
            self.tape.attempt();
            if let Ok(socket) = open(&self.place, &self.cookie, None).await {
                match self.serve(socket, &mut orders).await {
                    Lost::Left => return self,
                    Lost::Gone(Some(greeted)) if greeted.elapsed() >= PROVEN => ceiling = FIRST,
                    Lost::Gone(_) => {}
                }
            }
            sleep(ceiling.mul_f64(rand::random())).await;
            ceiling = LONGEST.min(ceiling * 2);
        }
    }

    async fn serve(&mut self, mut socket: Socket, orders: &mut mpsc::Receiver<Order>) -> Lost {
        let hello = json!({ "type": "hello", "protocol": protocol::PROTOCOL, "after": self.seq });
        if socket.send(Message::text(hello.to_string())).await.is_err() {
            return Lost::Gone(None);
        }
        let mut greeted = None;
        let tape = Arc::clone(&self.tape);
        let lost = loop {
            tokio::select! {
                frame = socket.next() => {
                    let Some(Ok(frame)) = frame else { break Lost::Gone(greeted) };
                    let Message::Text(text) = frame else { continue };
                    if self.take(&text) && greeted.is_none() {
                        greeted = Some(Instant::now());
                        tape.greet();
                        if self.send_waiting(&mut socket).await.is_err() {
                            break Lost::Gone(greeted);
                        }
                    }
                    if let Some(rest) = self.rest {
                        sleep(rest).await;
                    }
                }
                () = at(self.again), if greeted.is_some() => {
                    self.again = None;
                    if self.send_waiting(&mut socket).await.is_err() {
                        break Lost::Gone(greeted);
                    }
                }
                order = orders.recv(), if greeted.is_some() => {
                    let Some(order) = order else { break Lost::Left };
                    if let Some(frame) = self.obey(order)
                        && socket.send(Message::text(frame)).await.is_err()
                    {
                        break Lost::Gone(greeted);
                    }
                }
            }
        };
        if greeted.is_some() {
            tape.live.fetch_sub(1, Relaxed);
        }
        lost
    }

    /// Ids make it harmless to send a command again.
    async fn send_waiting(&self, socket: &mut Socket) -> Result<(), tungstenite::Error> {
        for (_, frame, _) in &self.waiting {
            socket.send(Message::text(frame.clone())).await?;
        }
        Ok(())
    }

    /// The frame to send for an order.
    fn obey(&mut self, order: Order) -> Option<String> {
        let id = Uuid::new_v4().to_string();
        let frame = match order {
            Order::Rest(rest) => {
                self.rest = rest;
                return None;
            }
            Order::Say(text) => json!({ "type": "post_message", "id": id, "text": text }),
            Order::Enter(step) => {
                json!({ "type": "enter_step", "id": id, "codelab": step.0, "step": step.1 })
            }
            Order::Ask(message) => json!({ "type": "raise_help", "id": id, "message": message }),
        };
        let frame = frame.to_string();
        self.waiting.push_back((id, frame.clone(), Instant::now()));
        Some(frame)
    }

    /// Takes a frame; whether it was the greeting.
    fn take(&mut self, text: &str) -> bool {
        if !self.facilitates {
            self.tape.bytes.fetch_add(frames::wire_bytes(text), Relaxed);
            self.tape.frames.fetch_add(1, Relaxed);
        }
        match Frame::of(text) {
            Frame::Welcome => return true,
            Frame::Snapshot(seq) => {
                // Everybody resumes from what joining told them, so that no
                // message can hide in a snapshot.
                self.record.holes += u64::from(seq > self.seq);
                self.seq = seq;
            }
            Frame::Events {
                after,
                up_to,
                events,
            } => {
                self.record.holes += u64::from(after != self.seq);
                self.seq = up_to;
                for (n, sent) in frames::messages(events) {
                    if self.record.heard.insert(n) {
                        self.tape.hear_message(n, sent);
                    } else {
                        self.record.twice += 1;
                    }
                }
                if self.facilitates {
                    frames::steps(events).for_each(|seat| self.tape.hear_step(seat));
                }
            }
            Frame::Ack(id) => {
                let at = self.waiting.iter().position(|(waits, _, _)| waits == id);
                if let Some((_, _, since)) = at.and_then(|at| self.waiting.remove(at)) {
                    self.tape.acknowledge(since.elapsed());
                }
            }
            Frame::Rejected => {
                self.tape.refused.fetch_add(1, Relaxed);
            }
            Frame::Deferred => {
                self.tape.deferred.fetch_add(1, Relaxed);
                self.again = Some(Instant::now() + AGAIN);
            }
            Frame::Other => {}
        }
        false
    }
}

/// Waits until then, or for ever.
async fn at(when: Option<Instant>) {
    match when {
        Some(when) => sleep_until(when.into()).await,
        None => std::future::pending().await,
    }
}

/// Opens a live connection; with `receive_buffer`, that of a machine which
/// takes in next to nothing at a time.
pub async fn open(
    place: &Place,
    cookie: &str,
    receive_buffer: Option<u32>,
) -> anyhow::Result<Socket> {
    let Place { address, workshop } = place;
    let url = format!("ws://{address}/api/v1/workshops/{workshop}/live");
    let mut request = url.into_client_request()?;
    let headers = request.headers_mut();
    headers.insert(
        "origin",
        HeaderValue::from_str(&format!("http://{address}"))?,
    );
    headers.insert("cookie", HeaderValue::from_str(cookie)?);
    let tcp = TcpSocket::new_v4()?;
    if let Some(bytes) = receive_buffer {
        tcp.set_recv_buffer_size(bytes)?;
    }
    let tcp = tcp.connect(*address).await?;
    tcp.set_nodelay(true)?;
    let config = WebSocketConfig::default()
        .read_buffer_size(4096)
        .write_buffer_size(0);
    let (socket, _) = client_async_with_config(request, tcp, Some(config)).await?;
    Ok(socket)
}
