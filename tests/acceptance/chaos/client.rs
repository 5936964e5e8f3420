//! One browser of the room: it presses this and that, keeps what is not
//! acknowledged and sends it again, resumes from the last `seq` it has, and
//! comes back as the page does. It judges nothing; it writes down.

use std::{collections::BTreeSet, net::SocketAddr, sync::Arc, time::Duration};

use futures_util::{SinkExt as _, StreamExt as _};
use protocol::{CloseCode, EventBody, ProblemCode, ServerMessage};
use rand::{Rng as _, rngs::StdRng};
use serde::Deserialize;
use serde_json::{Value, json};
use tests::{Browser, PATIENCE, Told, View, upgrade};
use tokio::{
    net::TcpStream,
    sync::watch,
    time::{Instant, sleep, sleep_until, timeout},
};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Message, http::HeaderValue},
};
use uuid::Uuid;

use crate::{commands::Presses, fate::chance, proxy::WHO};

/// Commands without an answer; beyond this a person waits.
const IN_FLIGHT: usize = 4;

/// Between two presses, in milliseconds.
const THINKING_MS: std::ops::Range<u64> = 20..300;

// How the page comes back: `ui/src/lib/connection`.
const FIRST_WAIT_MS: u64 = 1000;
const LONGEST_WAIT_MS: u64 = 4000;
const PROVEN_AFTER: Duration = Duration::from_secs(5);
const SILENCE: Duration = Duration::from_secs(40);

/// How far the test is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Everybody presses, everything breaks.
    Storm,
    /// Nothing breaks any more; people wait for their last answers.
    Calm,
    /// Who has this `seq` may leave.
    Over(i64),
}

/// What became of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Waiting,
    Acknowledged(i64),
    /// For good: it stays with its author as undelivered.
    Refused(ProblemCode),
}

/// A command that was given.
#[derive(Clone, Debug)]
pub struct Given {
    pub id: Uuid,
    pub frame: Value,
    pub outcome: Outcome,
}

/// What a browser wrote down.
#[derive(Debug, Default)]
pub struct Record {
    pub view: View,
    pub given: Vec<Given>,
    pub attempts: u32,
    pub welcomes: u32,
    /// The server said that this browser has no seat: what waits stays with its author.
    pub seat_is_gone: bool,
    /// What the browser still shows as undelivered or not yet sent: only an
    /// acknowledgement takes something off it.
    pub kept: BTreeSet<Uuid>,
}

/// A browser.
pub struct Client {
    pub number: usize,
    pub browser: Browser,
    pub workshop: String,
    pub network: SocketAddr,
    pub seed: u64,
    pub presses: Presses,
    /// Before which attempt to connect its seat is gone.
    pub seat_gone_before: Option<u32>,
    pub phase: watch::Receiver<Phase>,
    /// Counts those who have all their answers when all is calm.
    pub answered: Arc<watch::Sender<usize>>,
}

type Socket = WebSocketStream<TcpStream>;

/// A client on its way through the storm.
struct Running {
    client: Client,
    chance: StdRng,
    record: Record,
    cursor: Option<i64>,
    has_said_answered: bool,
    failures: u32,
    welcomed_at: Option<Instant>,
}

/// As much of a frame as the browser must understand.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Heard {
    r#type: String,
    id: Option<Uuid>,
    seq: Option<i64>,
    up_to: Option<i64>,
}

impl Client {
    /// Takes part until it is over.
    pub async fn take_part(self) -> Record {
        let chance = chance(self.seed, ("client", self.number));
        let mut running = Running {
            client: self,
            chance,
            record: Record::default(),
            cursor: None,
            has_said_answered: false,
            failures: 0,
            welcomed_at: None,
        };
        while !running.is_over() {
            if running.record.seat_is_gone {
                running.say_answered();
            } else if let Some(socket) = running.connect().await {
                running.hold(socket).await;
            }
            if !running.is_over() {
                running.wait().await;
            }
        }
        running.record
    }
}

impl Running {
    fn pending(&self) -> impl Iterator<Item = &Given> {
        let waits = |given: &&Given| given.outcome == Outcome::Waiting;
        self.record.given.iter().filter(waits)
    }

    fn is_over(&self) -> bool {
        match *self.client.phase.borrow() {
            Phase::Storm | Phase::Calm => false,
            Phase::Over(_) if self.record.seat_is_gone => true,
            Phase::Over(seq) => {
                self.cursor.is_some_and(|cursor| cursor >= seq) && self.pending().next().is_none()
            }
        }
    }

    async fn connect(&mut self) -> Option<Socket> {
        let client = &self.client;
        let is_gone = self.record.welcomes > 0
            && client
                .seat_gone_before
                .is_some_and(|attempt| self.record.attempts >= attempt);
        let stranger = Browser::new(&client.browser.url);
        let browser = if is_gone { &stranger } else { &client.browser };
        let mut request = upgrade(browser, &client.workshop, &client.browser.url);
        let who = format!("{}/{}", client.number, self.record.attempts);
        let who = HeaderValue::from_str(&who).expect("a header");
        request.headers_mut().insert(WHO, who);
        self.record.attempts += 1;
        let stream = TcpStream::connect(client.network).await.ok()?;
        stream.set_nodelay(true).expect("a TCP option");
        let connecting = timeout(PATIENCE, client_async(request, stream));
        let (mut socket, _) = connecting.await.ok()?.ok()?;
        let mut hello = json!({ "type": "hello", "protocol": protocol::PROTOCOL });
        if let Some(cursor) = self.cursor {
            hello["after"] = json!(cursor);
            self.record.view.told.push(Told::Resumed(cursor));
        }
        send(&mut socket, &hello).await.then_some(socket)
    }

    /// Holds a connection until it breaks or all is over.
    async fn hold(&mut self, mut socket: Socket) {
        let mut phase = self.client.phase.clone();
        let mut press_at = Instant::now();
        self.welcomed_at = None;
        loop {
            let may_press = *phase.borrow_and_update() == Phase::Storm
                && self.welcomed_at.is_some()
                && self.pending().count() < IN_FLIGHT;
            tokio::select! {
                heard = timeout(SILENCE, socket.next()) => match heard {
                    Ok(Some(Ok(Message::Text(text)))) => {
                        if !self.hear(&text, &mut socket).await {
                            return;
                        }
                    }
                    Ok(Some(Ok(Message::Ping(_) | Message::Pong(_)))) => {}
                    Ok(Some(Ok(Message::Close(Some(close)))))
                        if u16::from(close.code) == CloseCode::NotAuthenticated.number() =>
                    {
                        self.record.seat_is_gone = true;
                        return;
                    }
                    Ok(Some(Ok(frame))) if !frame.is_close() => panic!("no text: {frame:?}"),
                    Ok(Some(_) | None) | Err(_) => return,
                },
                () = sleep_until(press_at), if may_press => {
                    let thinking = self.chance.random_range(THINKING_MS);
                    press_at = Instant::now() + Duration::from_millis(thinking);
                    let frame = self.give();
                    if !send(&mut socket, &frame).await {
                        return;
                    }
                }
                changed = phase.changed() => changed.expect("the test goes on"),
            }
            if self.pending().next().is_none() {
                self.say_answered();
            }
            if self.is_over() {
                return;
            }
        }
    }

    /// Keeps the next command until it is answered.
    fn give(&mut self) -> Value {
        let id = Uuid::from_u128(self.chance.random());
        let mut frame = self.client.presses.next(&mut self.chance);
        frame["id"] = json!(id);
        self.record.kept.insert(id);
        self.record.given.push(Given {
            id,
            frame: frame.clone(),
            outcome: Outcome::Waiting,
        });
        frame
    }

    async fn hear(&mut self, text: &str, socket: &mut Socket) -> bool {
        let heard: Heard = serde_json::from_str(text)
            .unwrap_or_else(|error| panic!("no message of the protocol ({error}): {text}"));
        match &*heard.r#type {
            "welcome" => {
                self.record.welcomes += 1;
                self.welcomed_at = Some(Instant::now());
                let ServerMessage::Welcome(welcome) = parse(text) else {
                    panic!("a welcome: {text}");
                };
                self.record.view.seat = Some(welcome.person.seat);
                let again: Vec<Value> = self.pending().map(|given| given.frame.clone()).collect();
                for frame in again {
                    if !send(socket, &frame).await {
                        return false;
                    }
                }
            }
            "snapshot" | "events" => {
                self.cursor = heard.up_to.or(heard.seq);
                self.record.view.told.push(Told::Frame(text.to_owned()));
                if text.contains("\"help_raised\"") {
                    self.note_help_requests(text);
                }
            }
            "ack" => self.settle(heard.id, Outcome::Acknowledged(heard.seq.expect("a seq"))),
            "rejected" => {
                let ServerMessage::Rejected(rejected) = parse(text) else {
                    panic!("a refusal: {text}");
                };
                self.settle(heard.id, Outcome::Refused(rejected.problem.code));
            }
            _ => {}
        }
        true
    }

    fn note_help_requests(&mut self, text: &str) {
        if let ServerMessage::Events(part) = parse(text) {
            for event in part.events {
                if let EventBody::HelpRaised(raised) = event.body {
                    self.client.presses.help_requests.push(raised.request.id);
                }
            }
        }
    }

    fn settle(&mut self, id: Option<Uuid>, outcome: Outcome) {
        let id = id.expect("the answer to a command");
        let given = self.record.given.iter_mut().find(|given| given.id == id);
        // The answer to the first sending and that to the second may both come.
        if let Some(given) = given
            && given.outcome == Outcome::Waiting
        {
            given.outcome = outcome;
            if let Outcome::Acknowledged(_) = outcome {
                self.record.kept.remove(&id);
            }
        }
    }

    fn say_answered(&mut self) {
        let is_calm = *self.client.phase.borrow() == Phase::Calm;
        if is_calm && !self.has_said_answered {
            self.has_said_answered = true;
            self.client.answered.send_modify(|count| *count += 1);
        }
    }

    /// Full jitter, from the start again after a connection that held. Who is
    /// offline may press all the same.
    async fn wait(&mut self) {
        let presses = self.chance.random_range(0..2);
        if *self.client.phase.borrow() == Phase::Storm {
            for _ in 0..presses {
                self.give();
            }
        }
        if self
            .welcomed_at
            .take()
            .is_some_and(|at| at.elapsed() >= PROVEN_AFTER)
        {
            self.failures = 0;
        }
        let ceiling = LONGEST_WAIT_MS.min(FIRST_WAIT_MS << self.failures.min(10));
        self.failures += 1;
        let wait = Duration::from_millis(self.chance.random_range(0..ceiling));
        sleep(wait).await;
    }
}

fn parse(text: &str) -> ServerMessage {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

async fn send(socket: &mut Socket, frame: &Value) -> bool {
    socket.send(Message::text(frame.to_string())).await.is_ok()
}
