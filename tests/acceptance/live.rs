//! A live connection, as a browser holds it.

use std::sync::{Arc, Mutex, PoisonError};

use futures_util::{SinkExt as _, StreamExt as _};
use protocol::{Ack, EventBody, EventMessage, Problem, ServerMessage, Snapshot, Welcome};
use serde_json::{Value, json};
use tokio::{
    net::{TcpSocket, TcpStream},
    time::timeout,
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, client_async, connect_async,
    tungstenite::{
        Error, Message, client::IntoClientRequest as _, handshake::client::Request,
        http::HeaderValue,
    },
};
use uuid::Uuid;

use crate::{
    PATIENCE,
    people::Browser,
    told::{Told, View, watch},
};

/// What became of a command.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// It is done and durable.
    Acknowledged,
    /// It is to be sent again.
    Deferred(Problem),
    /// It is refused for good.
    Rejected(Problem),
}

impl Verdict {
    /// Why a command is put off; nothing when it is acknowledged.
    ///
    /// # Panics
    /// When it is refused for good.
    pub fn put_off(self) -> Option<Problem> {
        match self {
            Self::Acknowledged => None,
            Self::Deferred(problem) => Some(problem),
            Self::Rejected(problem) => panic!("refused: {problem:?}"),
        }
    }
}

/// The connection and what it has said so far.
pub struct Live {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// Held against the log when the server ends.
    view: Arc<Mutex<View>>,
    /// Events in the order they came; checked to be without a hole.
    pub events: Vec<EventMessage>,
    /// The part of the log this connection has.
    pub seq: i64,
    /// The last snapshot.
    pub snapshot: Option<Snapshot>,
    /// Everything that is neither event nor snapshot, in order.
    pub heard: Vec<ServerMessage>,
    /// Every frame as it came, if that was asked for.
    pub transcript: Option<Vec<String>>,
}

impl Live {
    /// Connects and says hello; waits for the welcome, and for the snapshot if
    /// one is asked for.
    pub async fn connect(browser: &Browser, workshop: &str, after: Option<i64>) -> Self {
        let mut live = Self::open(browser, workshop)
            .await
            .expect("the upgrade is accepted");
        live.greet(after).await;
        live
    }

    /// The same, with every frame written down as it came.
    pub async fn recorded(browser: &Browser, workshop: &str, after: Option<i64>) -> Self {
        let mut live = Self::open(browser, workshop)
            .await
            .expect("the upgrade is accepted");
        live.transcript = Some(Vec::new());
        live.greet(after).await;
        live
    }

    async fn greet(&mut self, after: Option<i64>) {
        let live = self;
        live.seq = after.unwrap_or(0);
        live.note(|view| view.told.extend(after.map(Told::Resumed)));
        let hello = match after {
            Some(after) => {
                json!({ "type": "hello", "protocol": protocol::PROTOCOL, "after": after })
            }
            None => json!({ "type": "hello", "protocol": protocol::PROTOCOL }),
        };
        live.send_json(&hello).await;
        live.until("a welcome", |message| match message {
            ServerMessage::Welcome(welcome) => Some(welcome.clone()),
            _ => None,
        })
        .await;
        if after.is_none() {
            while live.snapshot.is_none() {
                live.next().await;
            }
        }
    }

    /// Connects if the server is there; for people whose server is killed.
    pub async fn try_connect(browser: &Browser, workshop: &str) -> Option<Self> {
        let mut live = Self::open(browser, workshop).await.ok()?;
        let hello = json!({ "type": "hello", "protocol": protocol::PROTOCOL });
        if !live.try_send(&hello).await {
            return None;
        }
        while live.snapshot.is_none() {
            if !live.next().await {
                return None;
            }
        }
        Some(live)
    }

    /// Sends any JSON; `false` when the connection has ended.
    pub async fn try_send(&mut self, frame: &Value) -> bool {
        self.socket
            .send(Message::text(frame.to_string()))
            .await
            .is_ok()
    }

    /// Opens the socket without a word.
    ///
    /// # Errors
    /// When the server refuses the upgrade.
    pub async fn open(browser: &Browser, workshop: &str) -> Result<Self, Box<Error>> {
        Self::open_from(browser, workshop, &browser.url).await
    }

    /// Opens the socket as a page of `origin` would.
    ///
    /// # Errors
    /// When the server refuses the upgrade.
    pub async fn open_from(
        browser: &Browser,
        workshop: &str,
        origin: &str,
    ) -> Result<Self, Box<Error>> {
        let request = upgrade(browser, workshop, origin);
        let (socket, _) = connect_async(request).await.map_err(Box::new)?;
        Ok(Self::over(socket, browser, workshop))
    }

    /// Opens the socket of a machine that takes in next to nothing at a time.
    ///
    /// # Errors
    /// When the server refuses the upgrade.
    pub async fn open_narrow(browser: &Browser, workshop: &str) -> Result<Self, Box<Error>> {
        let request = upgrade(browser, workshop, &browser.url);
        let address = request.uri().authority().expect("an address").as_str();
        let tcp = TcpSocket::new_v4().expect("a socket");
        tcp.set_recv_buffer_size(4096).expect("a small buffer");
        let stream = tcp
            .connect(address.parse().expect("an IP address and a port"))
            .await
            .map_err(|error| Box::new(Error::Io(error)))?;
        let (socket, _) = client_async(request, MaybeTlsStream::Plain(stream))
            .await
            .map_err(Box::new)?;
        Ok(Self::over(socket, browser, workshop))
    }

    fn over(
        socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
        browser: &Browser,
        workshop: &str,
    ) -> Self {
        Self {
            socket,
            view: watch(&browser.url, workshop),
            events: Vec::new(),
            seq: 0,
            snapshot: None,
            heard: Vec::new(),
            transcript: None,
        }
    }

    /// Sends any JSON.
    pub async fn send_json(&mut self, frame: &Value) {
        self.send(Message::text(frame.to_string())).await;
    }

    /// Sends any frame.
    pub async fn send(&mut self, frame: Message) {
        self.socket.send(frame).await.expect("the socket is open");
    }

    /// Gives a command under a new id, and says which.
    pub async fn command(&mut self, mut body: Value) -> Uuid {
        let id = Uuid::new_v4();
        body["id"] = json!(id);
        self.send_json(&body).await;
        id
    }

    /// Gives a command and waits until it is acknowledged.
    pub async fn do_it(&mut self, body: Value) -> Ack {
        let id = self.command(body).await;
        self.ack(id).await
    }

    /// Gives many commands at once and waits until all are acknowledged; says
    /// up to where the log then goes.
    pub async fn do_all(&mut self, bodies: impl IntoIterator<Item = Value>) -> i64 {
        let mut ids = Vec::new();
        for body in bodies {
            ids.push(self.command(body).await);
        }
        let mut last = 0;
        for id in ids {
            last = self.ack(id).await.seq.max(last);
        }
        last
    }

    /// Waits for a command's acknowledgement.
    pub async fn ack(&mut self, id: Uuid) -> Ack {
        let answer = self.answer(id).await;
        answer.unwrap_or_else(|problem| panic!("refused: {problem:?}"))
    }

    /// Gives a command that must be refused.
    pub async fn refused(&mut self, body: Value) -> Problem {
        let id = self.command(body).await;
        self.answer(id).await.expect_err("was done")
    }

    /// Waits for a command's answer; one that is put off counts as refused.
    pub async fn answer(&mut self, id: Uuid) -> Result<Ack, Problem> {
        self.until("an answer", |message| match message {
            ServerMessage::Ack(ack) if ack.id == id => Some(Ok(ack.clone())),
            ServerMessage::Rejected(rejected) if rejected.id == Some(id) => {
                Some(Err(rejected.problem.clone()))
            }
            ServerMessage::Deferred(deferred) if deferred.id == id => {
                Some(Err(deferred.problem.clone()))
            }
            _ => None,
        })
        .await
    }

    /// Waits for a command's answer of whichever kind; nothing when the connection
    /// ends before.
    pub async fn verdict(&mut self, id: Uuid) -> Option<Verdict> {
        let of = |message: &ServerMessage| match message {
            ServerMessage::Ack(ack) if ack.id == id => Some(Verdict::Acknowledged),
            ServerMessage::Deferred(deferred) if deferred.id == id => {
                Some(Verdict::Deferred(deferred.problem.clone()))
            }
            ServerMessage::Rejected(rejected) if rejected.id == Some(id) => {
                Some(Verdict::Rejected(rejected.problem.clone()))
            }
            _ => None,
        };
        loop {
            if let Some(at) = self.heard.iter().position(|message| of(message).is_some()) {
                return of(&self.heard.swap_remove(at));
            }
            if !self.next().await {
                return None;
            }
        }
    }

    /// Waits for something that is neither event nor snapshot.
    pub async fn until<T>(
        &mut self,
        what: &str,
        matches: impl Fn(&ServerMessage) -> Option<T>,
    ) -> T {
        loop {
            if let Some(found) = self.heard.iter().find_map(&matches) {
                self.heard.retain(|message| matches(message).is_none());
                return found;
            }
            assert!(self.next().await, "closed while waiting for {what}");
        }
    }

    /// Waits for an event, also among those that came already.
    pub async fn event<T>(&mut self, what: &str, matches: impl Fn(&EventBody) -> Option<T>) -> T {
        loop {
            if let Some(found) = self.events.iter().find_map(|event| matches(&event.body)) {
                return found;
            }
            assert!(self.next().await, "closed while waiting for {what}");
        }
    }

    /// Waits until the connection has the log up to `seq`, as far as it may.
    pub async fn caught_up(&mut self, seq: i64) {
        while self.seq < seq {
            assert!(self.next().await, "closed while waiting for seq {seq}");
        }
    }

    /// The welcome is the first message; for tests of the hello itself.
    pub async fn welcome(&mut self) -> Welcome {
        self.until("a welcome", |message| match message {
            ServerMessage::Welcome(welcome) => Some(welcome.clone()),
            _ => None,
        })
        .await
    }

    /// Takes one frame; `false` when the connection has ended.
    pub async fn next(&mut self) -> bool {
        match self.frame().await {
            Some(Message::Text(text)) => {
                if let Some(transcript) = &mut self.transcript {
                    transcript.push(text.to_string());
                }
                let message = serde_json::from_str(&text)
                    .unwrap_or_else(|error| panic!("no message of the protocol ({error}): {text}"));
                self.note(|view| view.take(&message, &text));
                self.take(message);
                true
            }
            Some(Message::Ping(_) | Message::Pong(_)) => true,
            Some(_) | None => false,
        }
    }

    /// The code with which the server closes.
    pub async fn close_code(&mut self) -> u16 {
        loop {
            match self.frame().await {
                Some(Message::Close(Some(frame))) => return frame.code.into(),
                Some(Message::Close(None)) | None => panic!("closed without a code"),
                Some(_) => {}
            }
        }
    }

    async fn frame(&mut self) -> Option<Message> {
        let next = timeout(PATIENCE, self.socket.next());
        next.await.expect("the server says something in time")?.ok()
    }

    fn note(&self, change: impl FnOnce(&mut View)) {
        change(&mut self.view.lock().unwrap_or_else(PoisonError::into_inner));
    }

    fn take(&mut self, message: ServerMessage) {
        match message {
            ServerMessage::Snapshot(snapshot) => {
                self.seq = snapshot.seq;
                self.snapshot = Some(*snapshot);
            }
            ServerMessage::Events(part) => {
                assert_eq!(
                    part.after, self.seq,
                    "a part of the log follows on the one before"
                );
                let mut last = part.after;
                for event in &part.events {
                    assert!(
                        event.seq > last && event.seq <= part.up_to,
                        "in order: {event:?}"
                    );
                    last = event.seq;
                }
                self.seq = part.up_to;
                self.events.extend(part.events);
            }
            ServerMessage::Welcome(_)
            | ServerMessage::Ack(_)
            | ServerMessage::Rejected(_)
            | ServerMessage::Deferred(_)
            | ServerMessage::Presence(_)
            | ServerMessage::Pulse(_)
            | ServerMessage::HelpPlace(_)
            | ServerMessage::PollResult(_)
            | ServerMessage::Heartbeat(_) => self.heard.push(message),
        }
    }
}

/// The upgrade that a page of `origin` asks for.
pub fn upgrade(browser: &Browser, workshop: &str, origin: &str) -> Request {
    let url = browser.url.replacen("http", "ws", 1);
    let url = format!("{url}/api/v1/workshops/{workshop}/live");
    let mut request = url.into_client_request().expect("an address");
    let headers = request.headers_mut();
    headers.insert("origin", HeaderValue::from_str(origin).expect("an origin"));
    if let Some(cookies) = browser.cookies() {
        headers.insert("cookie", HeaderValue::from_str(&cookies).expect("cookies"));
    }
    request
}
