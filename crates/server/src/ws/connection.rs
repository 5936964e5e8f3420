//! One browser's connection, from hello to goodbye.

use std::time::Duration;

use domain::{CommandId, SeatId, Seq, workshop::Role};
use futures_util::{FutureExt as _, StreamExt as _, future::BoxFuture, stream::FuturesUnordered};
use protocol::{
    Ack, ClientMessage, CloseCode, Deferred, Heartbeat, Hello, PROTOCOL, Problem, ProblemCode,
    Rejected, Request, ServerMessage, Welcome,
};
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep, sleep_until, timeout};
use tokio_tungstenite::tungstenite::Utf8Bytes;
use uuid::Uuid;

use super::{
    frame,
    socket::{End, Incoming, Socket},
    viewer::Viewer,
};
use crate::{
    RELEASE,
    access::SeatHolder,
    app::App,
    pictures,
    problem::HttpProblem,
    room::{Bell, Room},
};

/// The hello is due within this; documented in docs/PROTOCOL.md.
const HELLO_DEADLINE: Duration = Duration::from_secs(10);

/// Commands of one connection that wait for the room. Beyond this the socket
/// is not read until one is answered, so a burst slows its sender alone.
const COMMANDS_IN_FLIGHT: usize = 64;

/// The answer to a command over the seat's budget is that late. It counts as in
/// flight meanwhile, so that a flood slows its sender and not the room.
const OVER_BUDGET_DELAY: Duration = Duration::from_millis(100);

/// Facilitators hear who came and went at most this often.
const PRESENCE_INTERVAL: Duration = Duration::from_millis(250);

type Answers = FuturesUnordered<BoxFuture<'static, ServerMessage>>;

/// Serves a connection until it ends.
pub async fn run(app: App, holder: SeatHolder, socket: Socket) {
    let role = domain_role(&holder);
    let limits = app.connections.limits();
    let most_sockets = match role {
        Role::Attendee => limits.sockets_per_seat,
        Role::Facilitator(_) => limits.sockets_per_facilitator,
    };
    let place = (holder.room.id(), holder.seat);
    let place = app.seat_sockets.enter(place, most_sockets);
    let mut connection = Connection {
        seat: holder.seat,
        role,
        bell: holder.room.hang_bell(holder.seat, role),
        room: holder.room.clone(),
        socket,
        answers: FuturesUnordered::new(),
    };
    let end = tokio::select! {
        biased;
        end = connection.serve(&app, &holder) => end,
        () = app.stop.cancelled() => End::Close(CloseCode::GoingAway),
        () = holder.room.closed() => End::Close(CloseCode::Internal),
        () = place.replaced() => End::Close(CloseCode::TooManyConnections),
        () = app.removals.of(holder.depends_on) => End::Close(CloseCode::NotAuthenticated),
    };
    tracing::debug!(workshop = %holder.room.id(), seat = %holder.seat, ?end, "ws.end");
    match end {
        End::Gone => {}
        End::Close(code) => connection.socket.close(code).await,
    }
}

/// The role as the audience function knows it; which person facilitates does
/// not matter for what they may see.
fn domain_role(holder: &SeatHolder) -> Role {
    match holder.person.role {
        protocol::Role::Attendee => Role::Attendee,
        protocol::Role::Facilitator => Role::Facilitator(domain::FacilitatorId::from_bits(0)),
    }
}

struct Connection {
    seat: SeatId,
    role: Role,
    bell: Bell,
    room: Room,
    socket: Socket,
    answers: Answers,
}

impl Connection {
    async fn serve(&mut self, app: &App, holder: &SeatHolder) -> End {
        match self.converse(app, holder).await {
            Ok(never) => match never {},
            Err(end) => end,
        }
    }

    async fn converse(
        &mut self,
        app: &App,
        holder: &SeatHolder,
    ) -> Result<std::convert::Infallible, End> {
        // Boxed, as all that is done once or seldom: else it would be charged to the
        // connection for as long as it lives.
        let hello = Box::pin(self.hello()).await?;
        // Subscribe first, then read: nothing that happens in between is missed.
        // The bell hangs already.
        let mut queue = self.room.watch_queue();
        let mut pulse = self.room.watch_pulse();
        let mut polls = self.room.watch_polls();
        let mut presence = self.room.presence().subscribe();
        let _present = self.room.presence().enter(self.seat);
        queue.mark_changed();
        pulse.mark_changed();
        polls.mark_changed();

        let mut viewer = Box::pin(self.greet(app, holder, hello.after)).await?;

        // A thousand people who come at once are no news to each other.
        let hears_presence = matches!(self.role, Role::Facilitator(_));
        let mut presence_due = hears_presence.then(Instant::now);
        let mut heard_at = Instant::now();
        let limits = app.connections.limits();
        let mut ping = interval_at(heard_at + limits.ping_interval, limits.ping_interval);
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let wait_for_presence = presence_due.unwrap_or(heard_at);
            tokio::select! {
                incoming = self.socket.receive(), if self.answers.len() < COMMANDS_IN_FLIGHT => {
                    let incoming = incoming?;
                    heard_at = Instant::now();
                    if let Incoming::Text(text) = incoming {
                        Box::pin(self.take(app, &text)).await?;
                    }
                }
                answer = self.answers.next(), if !self.answers.is_empty() => {
                    if let Some(answer) = answer {
                        if is_put_off(&answer) {
                            return Err(End::Close(self.interruption()));
                        }
                        // What the command caused comes before its answer, so that
                        // a page never forgets a command it does not see done yet.
                        while self.put_events(&mut viewer).await? {}
                        self.send(&answer).await?;
                    }
                }
                () = self.bell.rung() => {
                    self.put_events(&mut viewer).await?;
                    self.socket.flush().await?;
                }
                changed = queue.changed() => {
                    changed.map_err(|_| End::Close(CloseCode::Internal))?;
                    let now = queue.borrow_and_update().clone();
                    if let Some(frame) = viewer.next_place(&now) {
                        self.socket.send(frame).await?;
                    }
                }
                changed = pulse.changed() => {
                    changed.map_err(|_| End::Close(CloseCode::Internal))?;
                    let now = pulse.borrow_and_update().clone();
                    self.socket.send(Utf8Bytes::from(&*now)).await?;
                }
                changed = polls.changed() => {
                    changed.map_err(|_| End::Close(CloseCode::Internal))?;
                    let now = polls.borrow_and_update().clone();
                    for frame in viewer.next_polls(&now) {
                        self.socket.send(Utf8Bytes::from(&*frame)).await?;
                    }
                }
                changed = presence.changed(), if hears_presence && presence_due.is_none() => {
                    changed.map_err(|_| End::Close(CloseCode::Internal))?;
                    presence_due = Some(Instant::now() + PRESENCE_INTERVAL);
                }
                () = sleep_until(wait_for_presence), if presence_due.is_some() => {
                    presence_due = None;
                    presence.mark_unchanged();
                    if let Some(frame) = viewer.next_presence(&self.room) {
                        self.socket.send(frame).await?;
                    }
                }
                _ = ping.tick() => {
                    if heard_at.elapsed() > limits.silence {
                        return Err(End::Close(CloseCode::TimedOut));
                    }
                    self.socket.ping().await?;
                    let now_ms = app.clock.now().as_ms();
                    self.send(&ServerMessage::Heartbeat(Heartbeat { now_ms })).await?;
                }
            }
        }
    }

    async fn hello(&mut self) -> Result<Hello, End> {
        let first = timeout(HELLO_DEADLINE, async {
            loop {
                if let Incoming::Text(text) = self.socket.receive().await? {
                    return Ok(text);
                }
            }
        });
        let text = first.await.map_err(|_| End::Close(CloseCode::TimedOut))??;
        let Ok(ClientMessage::Hello(hello)) = frame::decode(&text) else {
            return Err(End::Close(CloseCode::BadFrame));
        };
        if hello.protocol != PROTOCOL {
            return Err(End::Close(CloseCode::WrongProtocol));
        }
        Ok(hello)
    }

    /// Says welcome and brings the browser up to now.
    async fn greet(
        &mut self,
        app: &App,
        holder: &SeatHolder,
        after: Option<i64>,
    ) -> Result<Viewer, End> {
        self.send(&ServerMessage::Welcome(Welcome {
            protocol: PROTOCOL,
            release: RELEASE.to_owned(),
            person: holder.person.clone(),
            now_ms: app.clock.now().as_ms(),
            addresses: app.network.urls(),
        }))
        .await?;
        self.catch_up(after).await
    }

    /// Brings the browser up to now: the missed events, or a snapshot.
    async fn catch_up(&mut self, after: Option<i64>) -> Result<Viewer, End> {
        let resumed = after.and_then(|after| {
            Viewer::resuming(self.seat, self.role, Seq::new(after), self.room.head())
        });
        if let Some(mut viewer) = resumed {
            while self.put_events(&mut viewer).await? {}
            self.socket.flush().await?;
            return Ok(viewer);
        }
        let (seat, role) = (self.seat, self.role);
        let taken = self.room.with_snapshot(seat, |snapshot| {
            let viewer = Viewer::from_snapshot(seat, role, &snapshot);
            let message = ServerMessage::Snapshot(Box::new(snapshot));
            (viewer, frame::encode(&message))
        });
        let (viewer, frame) = taken.await.map_err(|problem| {
            End::Close(if problem.code == ProblemCode::UnknownSeat {
                CloseCode::NotAuthenticated
            } else {
                CloseCode::Internal
            })
        })?;
        self.socket.send(frame).await?;
        Ok(viewer)
    }

    /// Puts one frame of what was published; whether more waits.
    async fn put_events(&mut self, viewer: &mut Viewer) -> Result<bool, End> {
        let Some(from) = self.bell.hear() else {
            return Ok(false);
        };
        viewer.go_on_from(from);
        let read = viewer.next_events(&self.room).await;
        let (frame, more) = read.map_err(|HttpProblem(_)| End::Close(CloseCode::Internal))?;
        if let Some(frame) = frame {
            self.socket.put(frame).await?;
        }
        if more {
            self.bell.ring(viewer.next_seq());
        }
        Ok(more)
    }

    /// Gives a frame of the browser to the room. Its answer is sent later.
    async fn take(&mut self, app: &App, text: &str) -> Result<(), End> {
        let (id, command) = match frame::decode(text).map(ClientMessage::into_request) {
            Ok(Request::Command(id, command)) => (id, command),
            Ok(Request::Hello(_)) => return Err(End::Close(CloseCode::BadFrame)),
            Err((id, problem)) => return self.reject(id, problem).await,
        };
        let wire_id = Uuid::from_u128(id.to_bits());
        match command {
            Err(problem) => self.reject(Some(wire_id), problem).await,
            Ok(command) => {
                let room = self.room.clone();
                let seat = self.seat;
                let store = app.store.clone();
                let answer = async move {
                    let done = match pictures::known(&store, &room, seat, command).await {
                        Ok(command) => room.command(seat, id, command).await,
                        Err(problem) => Err(problem),
                    };
                    if over_budget(&done) {
                        sleep(OVER_BUDGET_DELAY).await;
                    }
                    answer(id, done)
                };
                self.answers.push(answer.boxed());
                Ok(())
            }
        }
    }

    /// Why the room does not answer.
    fn interruption(&self) -> CloseCode {
        if self.room.is_closed() {
            CloseCode::GoingAway
        } else {
            CloseCode::Internal
        }
    }

    async fn reject(&mut self, id: Option<Uuid>, problem: Problem) -> Result<(), End> {
        self.send(&ServerMessage::Rejected(Rejected { id, problem }))
            .await
    }

    async fn send(&mut self, message: &ServerMessage) -> Result<(), End> {
        self.socket.send(frame::encode(message)).await
    }
}

/// Whether the room does not answer at all, which is said without a time to try
/// again. The connection ends, and over the next one the command is sent again.
fn is_put_off(answer: &ServerMessage) -> bool {
    matches!(answer, ServerMessage::Deferred(Deferred { problem, .. })
        if problem.code == ProblemCode::Unavailable && problem.retry_after_seconds.is_none())
}

fn over_budget(done: &Result<Seq, Problem>) -> bool {
    matches!(done, Err(problem) if problem.code == ProblemCode::TooManyRequests)
}

/// How long a browser keeps a deferred command when the problem does not say.
const DEFERRED_MS: u32 = 1000;

fn answer(id: CommandId, done: Result<Seq, Problem>) -> ServerMessage {
    let id = Uuid::from_u128(id.to_bits());
    match done {
        Ok(seq) => ServerMessage::Ack(Ack { id, seq: seq.get() }),
        Err(problem) if problem.code.is_temporary() => {
            let seconds = problem.retry_after_seconds;
            ServerMessage::Deferred(Deferred {
                id,
                retry_after_ms: seconds.map_or(DEFERRED_MS, |s| s.saturating_mul(1000)),
                problem,
            })
        }
        Err(problem) => ServerMessage::Rejected(Rejected {
            id: Some(id),
            problem,
        }),
    }
}
