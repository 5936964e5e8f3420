//! The task that owns a workshop's state. It decides what waits, commits all
//! of it as one transaction, then publishes and answers: a hundred people
//! pressing at once cost one fsync.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
    time::Duration,
};

use domain::{
    CommandId, PollId, SeatId, Seq, Timestamp, WorkshopId,
    workshop::{
        Admission, AgendaCodelab, Command, Event, Recorded, Rejection, Role, WorkshopState, admit,
        apply, decide, end_if_due, revise,
    },
};
use protocol::{Problem, ProblemCode, ServerMessage, Snapshot};
use store::{Entry, Issuer, LoadedWorkshop, SeatCredential, Store};
use tokio::{
    sync::{Semaphore, mpsc, oneshot, watch},
    time::Instant,
};
use tokio_util::sync::CancellationToken;

use super::{
    budget::Budgets,
    code::HighlightedCode,
    handle::{
        Admitted, Ask, Authority, Credentials, Facts, HelpQueue, Reader, Room, SNAPSHOTS_AT_ONCE,
        Shared,
    },
    outbox::Outbox,
    polls::{changed_poll, renewed, withdraws_result},
    presence::Presence,
    pulse::pulse,
};
use crate::{access::Removals, clock::Clock, problem::store_problem};

/// Requests waiting for one room. Senders wait beyond this, each holding one
/// request of its own connection, so memory stays bounded by the connections.
const ASK_QUEUE: usize = 256;

/// Requests decided in one transaction; keeps the answer to the first of them
/// within some milliseconds.
const BATCH: usize = 256;

/// Attendees hear where the room is at most this often.
const PULSE_INTERVAL: Duration = Duration::from_secs(1);

/// A room whose end is planned looks at the clock after this long at the latest:
/// a machine that slept wakes up in another minute.
const LONGEST_LOOK: Duration = Duration::from_secs(5);

/// And not sooner, so that an end that cannot be written is tried in peace.
const SHORTEST_LOOK: Duration = Duration::from_millis(200);

/// An answer that is due after the commit.
enum Answer {
    Admitted(
        oneshot::Sender<Result<Admitted, Problem>>,
        Result<Admitted, Problem>,
    ),
    Done(oneshot::Sender<Result<Seq, Problem>>, Result<Seq, Problem>),
    Snapshot(oneshot::Sender<Option<Snapshot>>, SeatId),
    Read(Reader),
}

impl Answer {
    /// The answer to a request that is not even looked at.
    fn refusing(ask: Ask, problem: &Problem) -> Self {
        match ask {
            Ask::Snapshot { seat, reply } => Self::Snapshot(reply, seat),
            Ask::Read(reader) => Self::Read(reader),
            Ask::Revise { reply, .. } | Ask::Command { reply, .. } => {
                Self::Done(reply, Err(problem.clone()))
            }
            Ask::Admit { reply, .. } => Self::Admitted(reply, Err(problem.clone())),
        }
    }
}

/// The room's task.
pub struct Actor {
    asks: mpsc::Receiver<Ask>,
    shared: Arc<Shared>,
    state: WorkshopState,
    /// A commit failed, and the log could not be read since: the state may hold
    /// what is not durable, and nobody may see it.
    stale: bool,
    answered: HashMap<(Issuer, CommandId), Seq>,
    join_seats: HashMap<CommandId, SeatId>,
    budgets: Budgets,
    clock: Clock,
    removals: Removals,
    pulse_due: Option<Instant>,
    pulse_sent: Instant,
    /// Polls whose result the room has not been told yet.
    polls_due: BTreeSet<PollId>,
}

/// Makes the room of a loaded workshop and the task that must run for it.
pub fn open(
    id: WorkshopId,
    loaded: LoadedWorkshop,
    store: Store,
    clock: Clock,
    removals: Removals,
) -> (Room, Actor) {
    let LoadedWorkshop {
        state,
        answers,
        join_seats,
    } = loaded;
    let (asks, receiver) = mpsc::channel(ASK_QUEUE);
    let code = Arc::new(HighlightedCode::default());
    let shared = Arc::new(Shared {
        id,
        store,
        outbox: Outbox::continuing(&state, Arc::clone(&code)),
        code,
        presence: Arc::new(Presence::default()),
        facts: watch::Sender::new(Facts::of(&state)),
        queue: watch::Sender::new(Arc::new(HelpQueue::of(&state))),
        pulse: watch::Sender::new(Arc::from("")),
        polls: watch::Sender::default(),
        snapshots: Semaphore::new(SNAPSHOTS_AT_ONCE),
    });
    let mut actor = Actor {
        asks: receiver,
        shared: Arc::clone(&shared),
        polls_due: state.polls().iter().map(|poll| poll.id).collect(),
        state,
        stale: false,
        answered: answers,
        join_seats,
        budgets: Budgets::default(),
        clock,
        removals,
        pulse_due: None,
        pulse_sent: Instant::now(),
    };
    actor.send_pulse();
    (Room { asks, shared }, actor)
}

impl Actor {
    /// Serves the room until `stop`; what was accepted by then is finished.
    pub async fn run(mut self, stop: CancellationToken) {
        let mut presence = self.shared.presence.subscribe();
        self.end_if_due().await;
        loop {
            let pulse_due = self.pulse_due;
            let end_check = self.end_check();
            let first = tokio::select! {
                biased;
                () = stop.cancelled() => break,
                ask = self.asks.recv() => ask,
                () = sleep_until(pulse_due), if pulse_due.is_some() => {
                    self.pulse_due = None;
                    self.pulse_sent = Instant::now();
                    self.send_pulse();
                    continue;
                }
                () = sleep_until(end_check), if end_check.is_some() => {
                    self.end_if_due().await;
                    continue;
                }
                changed = presence.changed() => {
                    if changed.is_err() { break }
                    self.schedule_pulse();
                    continue;
                }
            };
            let Some(first) = first else { break };
            self.serve(first).await;
        }
        self.asks.close();
        while let Ok(left) = self.asks.try_recv() {
            self.serve(left).await;
        }
    }

    /// Decides `first` and what waits behind it, commits, publishes, answers.
    async fn serve(&mut self, first: Ask) {
        if self.stale
            && let Err(problem) = self.reload().await
        {
            fail(vec![Answer::refusing(first, &problem)], &problem);
            return;
        }
        // A database that was deleted is still read, but answers from it are nothing
        // to acknowledge.
        let lost = self.shared.store.check_in_place();
        let lost = lost.err().map(|error| store_problem(&error));
        let mut entries: Vec<Entry> = self.due_end().into_iter().collect();
        let mut answers: Vec<Answer> = Vec::new();
        let mut next = Some(first);
        while let Some(ask) = next {
            answers.push(match &lost {
                Some(problem) if ask.writes() => Answer::refusing(ask, problem),
                Some(_) | None => self.take(ask, &mut entries),
            });
            next = if answers.len() < BATCH {
                self.asks.try_recv().ok()
            } else {
                None
            };
        }
        if !entries.is_empty()
            && let Err(problem) = self.commit(entries).await
        {
            fail(answers, &problem);
            return;
        }
        for answer in answers {
            self.answer(answer);
        }
    }

    /// When to look whether the planned end has come.
    fn end_check(&self) -> Option<Instant> {
        if self.stale {
            return Some(Instant::now() + LONGEST_LOOK);
        }
        let end = self.state.planned_end()?;
        let left_ms = end.at.as_ms().saturating_sub(self.clock.now().as_ms());
        let left = Duration::from_millis(u64::try_from(left_ms).unwrap_or(0));
        Some(Instant::now() + left.clamp(SHORTEST_LOOK, LONGEST_LOOK))
    }

    /// The end, if it was planned for now or earlier: nothing that is asked from
    /// now on counts.
    fn due_end(&mut self) -> Option<Entry> {
        let events = end_if_due(&self.state, self.clock.now());
        (!events.is_empty()).then(|| self.record(None, events))
    }

    /// Ends the room when its planned end has come, though nobody asks anything. If
    /// that cannot be written, the next look tries again.
    async fn end_if_due(&mut self) {
        if self.stale && self.reload().await.is_err() {
            return;
        }
        if let Some(end) = self.due_end() {
            drop(self.commit(vec![end]).await);
        }
    }

    fn take(&mut self, ask: Ask, entries: &mut Vec<Entry>) -> Answer {
        match ask {
            Ask::Snapshot { seat, reply } => Answer::Snapshot(reply, seat),
            Ask::Read(reader) => Answer::Read(reader),
            Ask::Revise { codelab, reply } => {
                let done = self.revise(codelab, entries).map_err(Problem::from);
                Answer::Done(reply, done)
            }
            Ask::Command {
                authority,
                seat,
                id,
                command,
                reply,
            } => {
                let done = if authority == Authority::Seat && self.is_of_removed(seat) {
                    Err(removed())
                } else {
                    self.decide(seat, id, command, entries)
                };
                Answer::Done(reply, done)
            }
            Ask::Admit {
                id,
                admission,
                credentials,
                reply,
            } => {
                let is_of_removed = matches!(&admission,
                    Admission::Facilitator { id, .. } if self.removals.contains(*id));
                let admitted = if is_of_removed {
                    Err(removed())
                } else {
                    let admitted = self.admit(id, admission, credentials, entries);
                    admitted.map_err(Problem::from)
                };
                Answer::Admitted(reply, admitted)
            }
        }
    }

    /// Whether a seat is of a facilitator who was removed.
    fn is_of_removed(&self, seat: SeatId) -> bool {
        let role = self.state.seat(seat).map(|seat| seat.role);
        matches!(role, Some(Role::Facilitator(id)) if self.removals.contains(id))
    }

    fn decide(
        &mut self,
        seat: SeatId,
        id: CommandId,
        command: Command,
        entries: &mut Vec<Entry>,
    ) -> Result<Seq, Problem> {
        let key = (Issuer::Seat(seat), id);
        if let Some(seq) = self.answered.get(&key) {
            return Ok(*seq);
        }
        let who = self.state.seat(seat).ok_or(Rejection::UnknownSeat(seat))?;
        let now = self.clock.now();
        self.budgets.pay(who, &command, now)?;
        let events = decide(&self.state, who, command, now)?;
        if events.is_empty() {
            return Ok(self.state.seq());
        }
        entries.push(self.record(Some(key), events));
        Ok(self.state.seq())
    }

    fn revise(
        &mut self,
        codelab: AgendaCodelab,
        entries: &mut Vec<Entry>,
    ) -> Result<Seq, Rejection> {
        let events = revise(&self.state, codelab)?;
        if !events.is_empty() {
            entries.push(self.record(None, events));
        }
        Ok(self.state.seq())
    }

    fn admit(
        &mut self,
        id: CommandId,
        admission: Admission,
        credentials: Option<Credentials>,
        entries: &mut Vec<Entry>,
    ) -> Result<Admitted, Rejection> {
        if let Some(seat) = self.join_seats.get(&id) {
            return Ok(Admitted {
                seat: *seat,
                fresh: false,
            });
        }
        if let Admission::Facilitator { id, .. } = &admission
            && let Some(seat) = self.state.seat_of(*id)
        {
            return Ok(Admitted { seat, fresh: false });
        }
        let events = admit(&self.state, admission)?;
        let mut entry = self.record(Some((Issuer::Entrance, id)), events);
        let seat = self
            .state
            .seats()
            .last()
            .map(|seat| seat.id)
            .ok_or(Rejection::WorkshopNotStarted)?;
        entry.credential = credentials.map(|c| SeatCredential {
            seat,
            token: c.token,
            resume_code: Some(c.resume_code),
        });
        self.join_seats.insert(id, seat);
        entries.push(entry);
        Ok(Admitted { seat, fresh: true })
    }

    /// Gives events their place in the log and applies them to the working
    /// state. Nobody sees that state before the commit: answers, snapshots and
    /// the outbox wait for it, and a failed commit discards it.
    fn record(&mut self, key: Option<(Issuer, CommandId)>, events: Vec<Event>) -> Entry {
        let at: Timestamp = self.clock.now();
        let mut recorded = Vec::with_capacity(events.len());
        for event in events {
            let event = Recorded {
                seq: self.state.seq().next(),
                at,
                event,
            };
            apply(&mut self.state, &event);
            recorded.push(event);
        }
        if let Some(key) = key {
            self.answered.insert(key, self.state.seq());
        }
        Entry {
            answered: key,
            events: recorded,
            credential: None,
        }
    }

    async fn commit(&mut self, entries: Vec<Entry>) -> Result<(), Problem> {
        if let Err(error) = self.shared.store.append(self.shared.id, &entries).await {
            tracing::error!(workshop = %self.shared.id, %error, "room.append failed");
            self.stale = true;
            // If it fails, it is tried again before the next request.
            drop(self.reload().await);
            return Err(store_problem(&error));
        }
        let events: Vec<Recorded> = entries.into_iter().flat_map(|entry| entry.events).collect();
        self.shared.outbox.publish(&events, &self.state);
        self.shared.facts.send_replace(Facts::of(&self.state));
        let queue = HelpQueue::of(&self.state);
        self.shared.queue.send_if_modified(|old| {
            let changed = **old != queue;
            if changed {
                *old = Arc::new(queue);
            }
            changed
        });
        let polls = events.iter().filter_map(|event| changed_poll(&event.event));
        self.polls_due.extend(polls);
        // What is hidden from now on must not greet whoever connects next.
        if events.iter().any(|event| withdraws_result(&event.event)) {
            self.renew_polls();
        }
        self.schedule_pulse();
        Ok(())
    }

    /// Takes the state from the log again after a failed commit. If the log holds
    /// what the failure said it does not, the room closes; it is opened anew for
    /// whoever comes next.
    async fn reload(&mut self) -> Result<(), Problem> {
        let loaded = self.shared.store.load_workshop(self.shared.id).await;
        let loaded = loaded.map_err(|error| {
            tracing::error!(workshop = %self.shared.id, %error, "room.reload failed");
            store_problem(&error)
        })?;
        match loaded {
            Some(loaded) if loaded.state.seq() == self.shared.outbox.head() => {
                self.state = loaded.state;
                self.answered = loaded.answers;
                self.join_seats = loaded.join_seats;
                self.stale = false;
                Ok(())
            }
            Some(_) | None => {
                self.asks.close();
                Err(Problem::new(
                    ProblemCode::Unavailable,
                    "the room is opened anew",
                ))
            }
        }
    }

    fn answer(&self, answer: Answer) {
        // Whoever asked may have gone; the events stand all the same.
        match answer {
            Answer::Admitted(reply, result) => drop(reply.send(result)),
            Answer::Done(reply, result) => drop(reply.send(result)),
            Answer::Snapshot(reply, seat) => {
                drop(reply.send(Snapshot::of(self.shared.id, &self.state, seat)));
            }
            Answer::Read(reader) => reader.read(&self.state),
        }
    }

    fn schedule_pulse(&mut self) {
        if self.pulse_due.is_none() {
            self.pulse_due = Some(self.pulse_sent + PULSE_INTERVAL);
        }
    }

    /// Counts the polls anew whose results changed.
    fn renew_polls(&mut self) {
        let due = std::mem::take(&mut self.polls_due);
        if !due.is_empty() {
            let told = renewed(&self.shared.polls.borrow(), &self.state, &due);
            self.shared.polls.send_replace(told);
        }
    }

    /// Tells the last values of what is not logged.
    fn send_pulse(&mut self) {
        if self.stale {
            self.schedule_pulse();
            return;
        }
        self.renew_polls();
        let pulse = pulse(&self.state, &self.shared.presence.online());
        let Ok(frame) = serde_json::to_string(&ServerMessage::Pulse(pulse)) else {
            return;
        };
        self.shared.pulse.send_if_modified(|old| {
            let changed = **old != *frame;
            if changed {
                *old = Arc::from(frame);
            }
            changed
        });
    }
}

/// A removed facilitator asks for nothing any more, by whatever way it got here.
fn removed() -> Problem {
    let detail = "your access to this machine was taken away";
    Problem::new(ProblemCode::NotAuthenticated, detail)
}

/// Nothing of the batch happened: say so to everybody who waits for it.
fn fail(answers: Vec<Answer>, problem: &Problem) {
    for answer in answers {
        match answer {
            Answer::Admitted(reply, _) => drop(reply.send(Err(problem.clone()))),
            Answer::Done(reply, _) => drop(reply.send(Err(problem.clone()))),
            // Whoever reads hears of it by the end of their wait. That there is no
            // such seat would be something else.
            Answer::Snapshot(reply, _) => drop(reply),
            Answer::Read(reader) => drop(reader),
        }
    }
}

/// Ends at `due`; the caller's guard keeps it from being polled without one.
async fn sleep_until(due: Option<Instant>) {
    match due {
        Some(due) => tokio::time::sleep_until(due).await,
        None => std::future::pending().await,
    }
}
