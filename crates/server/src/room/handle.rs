//! How the rest of the server speaks to a room.

use std::{fmt, sync::Arc, time::Duration};

use domain::{
    CodelabId, CommandId, HelpRequestId, JoinCode, SeatId, Seq, WorkshopId,
    workshop::{Admission, AgendaCodelab, Command, Event, Recorded, Role, Status, WorkshopState},
};
use protocol::{Directory, Message, Person, Problem, ProblemCode, Snapshot};
use store::{SecretHash, Store, StoreError};
use tokio::sync::{Semaphore, mpsc, oneshot, watch};

use super::{
    bells::Bell,
    code::HighlightedCode,
    outbox::{Outbox, Read, Sent},
    polls::PollFrame,
    presence::Presence,
};
use crate::problem::store_problem;

/// How long a request waits for the room. A commit takes milliseconds; past
/// this the disk hangs, and whoever waits should hear it.
const ANSWER_DEADLINE: Duration = Duration::from_secs(15);

/// Snapshots that exist at once. Each takes some hundred kilobytes while it is
/// made and encoded; a room that comes back together takes turns, in less time
/// than all of them at once would need.
pub(super) const SNAPSHOTS_AT_ONCE: usize = 4;

/// What anybody at the door may know about a workshop, and the code to check.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Its title.
    pub title: String,
    /// Live or ended.
    pub status: Status,
    /// The join code.
    pub join_code: Option<JoinCode>,
    /// Whether joining takes it.
    pub code_required: bool,
    /// Attendees who joined.
    pub attendees: u32,
}

/// A seat was given, or had been given before for the same command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Admitted {
    /// The seat.
    pub seat: SeatId,
    /// Whether the credentials of this request were stored with it; not so when
    /// the seat existed already.
    pub fresh: bool,
}

/// The credentials of somebody who joins; only hashes are kept.
#[derive(Clone, Copy, Debug)]
pub struct Credentials {
    /// Of the seat token.
    pub token: SecretHash,
    /// Of the resume code.
    pub resume_code: SecretHash,
}

/// On whose authority a seat's command is carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Authority {
    /// The seat's own.
    Seat,
    /// The server's: what a removed facilitator held is handed back.
    Server,
}

/// A request to the room's task.
#[derive(Debug)]
pub(super) enum Ask {
    Admit {
        id: CommandId,
        admission: Admission,
        credentials: Option<Credentials>,
        reply: oneshot::Sender<Result<Admitted, Problem>>,
    },
    Command {
        authority: Authority,
        seat: SeatId,
        id: CommandId,
        command: Command,
        reply: oneshot::Sender<Result<Seq, Problem>>,
    },
    Revise {
        codelab: AgendaCodelab,
        reply: oneshot::Sender<Result<Seq, Problem>>,
    },
    Snapshot {
        seat: SeatId,
        reply: oneshot::Sender<Option<Snapshot>>,
    },
    Read(Reader),
}

impl Ask {
    /// Whether its answer says that something is durable.
    pub(super) fn writes(&self) -> bool {
        match self {
            Self::Admit { .. } | Self::Command { .. } | Self::Revise { .. } => true,
            Self::Snapshot { .. } | Self::Read(_) => false,
        }
    }
}

/// Something that looks at the state between two commits and answers by itself.
pub(super) struct Reader(Box<dyn FnOnce(&WorkshopState) + Send>);

impl Reader {
    pub(super) fn read(self, state: &WorkshopState) {
        (self.0)(state);
    }
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reader")
    }
}

/// The help queue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HelpQueue {
    /// Who waits, oldest first.
    pub waiting: Vec<(HelpRequestId, SeatId)>,
    /// What a place is likely to cost, in milliseconds.
    pub wait_per_place_ms: Option<i64>,
}

impl HelpQueue {
    pub(super) fn of(state: &WorkshopState) -> Self {
        let waiting = state.help_queue().into_iter();
        Self {
            waiting: waiting.map(|request| (request.id, request.seat)).collect(),
            wait_per_place_ms: state.wait_per_place_ms(),
        }
    }
}

/// What the room's task and its handles share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) id: WorkshopId,
    pub(super) store: Store,
    pub(super) outbox: Outbox,
    pub(super) presence: Arc<Presence>,
    pub(super) facts: watch::Sender<Facts>,
    pub(super) code: Arc<HighlightedCode>,
    pub(super) queue: watch::Sender<Arc<HelpQueue>>,
    /// The newest [`protocol::Pulse`], as a frame.
    pub(super) pulse: watch::Sender<Arc<str>>,
    /// The newest [`protocol::PollResult`] of each poll, as a frame.
    pub(super) polls: watch::Sender<Arc<[PollFrame]>>,
    /// Turns to take a snapshot.
    pub(super) snapshots: Semaphore,
}

impl Facts {
    pub(super) fn of(state: &WorkshopState) -> Self {
        let attendees = state
            .seats()
            .iter()
            .filter(|seat| seat.facilitator().is_err())
            .count();
        Self {
            title: state
                .title()
                .map(|title| title.as_str().to_owned())
                .unwrap_or_default(),
            status: state.status(),
            join_code: state.join_code().cloned(),
            code_required: state.code_required(),
            attendees: u32::try_from(attendees).unwrap_or(u32::MAX),
        }
    }
}

/// A handle to a room; cheap to clone.
#[derive(Clone, Debug)]
pub struct Room {
    pub(super) asks: mpsc::Sender<Ask>,
    pub(super) shared: Arc<Shared>,
}

impl Room {
    /// The workshop.
    #[must_use]
    pub fn id(&self) -> WorkshopId {
        self.shared.id
    }

    /// What anybody at the door may know.
    #[must_use]
    pub fn facts(&self) -> Facts {
        self.shared.facts.borrow().clone()
    }

    /// Whether people can join and work.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.shared.facts.borrow().status == Status::Live
    }

    /// Gives a seat; when it returns, the seat is durable.
    ///
    /// # Errors
    /// The [`Problem`] to answer with.
    pub async fn admit(
        &self,
        id: CommandId,
        admission: Admission,
        credentials: Option<Credentials>,
    ) -> Result<Admitted, Problem> {
        self.ask(|reply| Ask::Admit {
            id,
            admission,
            credentials,
            reply,
        })
        .await?
    }

    /// Does a command; when it returns, its events are durable.
    ///
    /// # Errors
    /// The [`Problem`] to answer with.
    pub async fn command(
        &self,
        seat: SeatId,
        id: CommandId,
        command: Command,
    ) -> Result<Seq, Problem> {
        self.shared.code.prepare(seat, &command).await;
        self.command_with(Authority::Seat, seat, id, command).await
    }

    pub(super) async fn command_with(
        &self,
        authority: Authority,
        seat: SeatId,
        id: CommandId,
        command: Command,
    ) -> Result<Seq, Problem> {
        self.ask(|reply| Ask::Command {
            authority,
            seat,
            id,
            command,
            reply,
        })
        .await?
    }

    /// Brings the codelabs of a live workshop to their newest revisions. Who saves
    /// one calls this afterwards, and so does who opens a room: a process that
    /// was killed in between is caught up with.
    ///
    /// # Errors
    /// The [`Problem`] to answer with.
    pub async fn follow_revisions(&self) -> Result<(), Problem> {
        if !self.is_live() {
            return Ok(());
        }
        let followed = self.read(|state| {
            let agenda = state.agenda().iter();
            agenda
                .map(|known| (known.codelab, known.revision))
                .collect::<Vec<_>>()
        });
        let followed = followed.await?;
        let ids: Vec<CodelabId> = followed.iter().map(|(codelab, _)| *codelab).collect();
        let store = &self.shared.store;
        let failed = |error: StoreError| store_problem(&error);
        let newest = store.newest_revisions(&ids).await.map_err(failed)?;
        let behind = |(codelab, newest): &(CodelabId, u32)| {
            followed
                .iter()
                .any(|(known, revision)| known == codelab && revision < newest)
        };
        let behind = newest.into_iter().filter(behind);
        let behind: Vec<CodelabId> = behind.map(|(codelab, _)| codelab).collect();
        if behind.is_empty() {
            return Ok(());
        }
        for codelab in store.agenda(&behind).await.map_err(failed)? {
            self.ask(|reply| Ask::Revise { codelab, reply }).await??;
        }
        Ok(())
    }

    /// The workshop as `seat` may see it.
    ///
    /// # Errors
    /// [`ProblemCode::UnknownSeat`], or that the room does not answer.
    pub async fn snapshot(&self, seat: SeatId) -> Result<Snapshot, Problem> {
        let snapshot = self.ask(|reply| Ask::Snapshot { seat, reply }).await?;
        let mut snapshot = snapshot.ok_or_else(|| {
            Problem::new(
                ProblemCode::UnknownSeat,
                "this seat is not in this workshop",
            )
        })?;
        for messages in [
            &mut snapshot.messages,
            &mut snapshot.pinned,
            &mut snapshot.direct_messages,
        ] {
            self.highlight(messages).await;
        }
        Ok(snapshot)
    }

    /// What `look` finds in the state, between two commits.
    ///
    /// # Errors
    /// The [`Problem`] to answer with when the room does not answer.
    pub async fn read<T: Send + 'static>(
        &self,
        look: impl FnOnce(&WorkshopState) -> T + Send + 'static,
    ) -> Result<T, Problem> {
        self.ask(|reply| {
            // Whoever asked may have gone.
            let answer = move |state: &WorkshopState| drop(reply.send(look(state)));
            Ask::Read(Reader(Box::new(answer)))
        })
        .await
    }

    /// Highlights the code in messages, as far as there is time.
    pub async fn highlight(&self, messages: &mut [Message]) {
        self.shared.code.fill_all(messages).await;
    }

    /// Highlights the code of messages in `events`, as far as there is time.
    pub async fn warm_code(&self, events: &[Recorded]) {
        let texts = events.iter().filter_map(|recorded| {
            if let Event::MessagePosted { body, .. } | Event::DirectMessagePosted { body, .. } =
                &recorded.event
            {
                Some(Arc::from(body.as_str()))
            } else {
                None
            }
        });
        self.shared.code.warm(texts).await;
    }

    /// Puts highlighted code that is known already into a message.
    pub fn fill_code(&self, message: &mut Message) {
        self.shared.code.fill(message);
    }

    /// What `take` makes of the workshop as `seat` may see it, without waiting
    /// in between: a few seats at a time.
    ///
    /// # Errors
    /// As [`Room::snapshot`].
    pub async fn with_snapshot<T>(
        &self,
        seat: SeatId,
        take: impl FnOnce(Snapshot) -> T,
    ) -> Result<T, Problem> {
        // Nobody closes the semaphore; if somebody did, all would go at once.
        let _turn = self.shared.snapshots.acquire().await.ok();
        Ok(take(self.snapshot(seat).await?))
    }

    /// The published events after `cursor`, from memory or from the log.
    ///
    /// # Errors
    /// The [`Problem`] to answer with when the log cannot be read.
    pub async fn events_after(&self, cursor: Seq, limit: u32) -> Result<Vec<Arc<Sent>>, Problem> {
        let outbox = &self.shared.outbox;
        match outbox.read_after(cursor, usize::try_from(limit).unwrap_or(usize::MAX)) {
            Read::Events(events) => Ok(events),
            // Boxed: few connections ever do, and each would keep the room for it.
            Read::Behind => Box::pin(self.read_log(cursor, limit)).await,
        }
    }

    async fn read_log(&self, cursor: Seq, limit: u32) -> Result<Vec<Arc<Sent>>, Problem> {
        let outbox = &self.shared.outbox;
        // The log may be ahead of what was published; the head is the truth.
        let head = outbox.head();
        let mut events: Vec<Recorded> = self
            .shared
            .store
            .events_after(self.shared.id, cursor, limit)
            .await
            .map_err(|error: StoreError| store_problem(&error))?;
        events.retain(|event| event.seq <= head);
        self.warm_code(&events).await;
        Ok(outbox.encode(&events))
    }

    /// Who sits in `seat`.
    #[must_use]
    pub fn person(&self, seat: SeatId) -> Option<Person> {
        self.shared.outbox.person(seat)
    }

    /// Who sits where.
    #[must_use]
    pub fn directory(&self) -> &impl Directory {
        &self.shared.outbox
    }

    /// The newest published `seq`.
    #[must_use]
    pub fn head(&self) -> Seq {
        self.shared.outbox.head()
    }

    /// A bell that rings when something is published that `seat` may see.
    #[must_use]
    pub fn hang_bell(&self, seat: SeatId, role: Role) -> Bell {
        self.shared.outbox.hang_bell(seat, role)
    }

    /// Tells of the help queue.
    #[must_use]
    pub fn watch_queue(&self) -> watch::Receiver<Arc<HelpQueue>> {
        self.shared.queue.subscribe()
    }

    /// Tells of the room's pulse, as an encoded frame.
    #[must_use]
    pub fn watch_pulse(&self) -> watch::Receiver<Arc<str>> {
        self.shared.pulse.subscribe()
    }

    /// Tells what came of the polls.
    #[must_use]
    pub fn watch_polls(&self) -> watch::Receiver<Arc<[PollFrame]>> {
        self.shared.polls.subscribe()
    }

    /// Who is connected.
    #[must_use]
    pub fn presence(&self) -> &Arc<Presence> {
        &self.shared.presence
    }

    /// Ends when the room does.
    pub async fn closed(&self) {
        self.asks.closed().await;
    }

    /// Whether the room takes no more requests.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.asks.is_closed()
    }

    async fn ask<T>(&self, ask: impl FnOnce(oneshot::Sender<T>) -> Ask) -> Result<T, Problem> {
        let (reply, answer) = oneshot::channel();
        let exchange = async {
            self.asks.send(ask(reply)).await.map_err(|_| ())?;
            answer.await.map_err(|_| ())
        };
        match tokio::time::timeout(ANSWER_DEADLINE, exchange).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(())) => Err(Problem::new(
                ProblemCode::Unavailable,
                "the server is shutting down",
            )),
            Err(_) => Err(Problem::new(
                ProblemCode::Unavailable,
                "the room does not answer",
            )),
        }
    }
}
