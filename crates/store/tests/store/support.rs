//! A store in a folder of its own, and a room that decides by the real rules.

use std::{
    fs,
    ops::Deref,
    path::{Path, PathBuf},
    sync::Arc,
    thread,
};

use domain::{
    CodelabId, CommandId, ContentHash, FacilitatorId, JoinCode, Name, QuizKey, SeatId, StepId,
    Timestamp, WorkshopId, WorkshopTitle,
    workshop::{
        Admission, AgendaCodelab, AgendaStep, Command, Event, Quiz, Recorded, Rejection, Start,
        StepRef, WorkshopState, admit, apply, decide, revise, start,
    },
};
use sqlx::{AssertSqlSafe, ConnectOptions as _, SqliteConnection, sqlite::SqliteConnectOptions};
use store::{Entry, FindingKind, Issuer, SeatCredential, SecretHash, Store};
use tempfile::TempDir;
use tokio::runtime::Builder;

/// A store that is gone with the test, whose tables must say what its log says.
pub struct TestStore {
    store: Store,
    dir: Arc<TempDir>,
    is_forged: bool,
}

impl TestStore {
    pub async fn new() -> Self {
        let dir = TempDir::new().unwrap();
        let store = Store::open(dir.path()).await.unwrap();
        Self {
            store,
            dir: Arc::new(dir),
            is_forged: false,
        }
    }

    /// The test writes past the store.
    pub fn forged(mut self) -> Self {
        self.is_forged = true;
        self
    }

    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    /// As after closing the app and starting it again.
    pub async fn reopened(self) -> Self {
        self.store.clone().close().await;
        let store = Store::open(self.dir.path()).await.unwrap();
        Self {
            store,
            dir: Arc::clone(&self.dir),
            is_forged: self.is_forged,
        }
    }

    /// A connection past the store, to look at the tables.
    pub async fn raw(&self) -> SqliteConnection {
        raw(self.dir()).await
    }

    /// A room that was started and is in the log.
    pub async fn started(&self, workshop: u64) -> Room {
        let (room, entry) = Room::start(workshop, "K7M3PQ");
        self.append(room.id, &[entry]).await.unwrap();
        room
    }
}

impl Deref for TestStore {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

impl Drop for TestStore {
    fn drop(&mut self) {
        if self.is_forged || thread::panicking() {
            return;
        }
        // A copy, since the store and its clones may still be open; on another
        // thread, since this one belongs to the test's runtime.
        let copy = TempDir::new().unwrap();
        for extension in ["db", "db-wal"] {
            let file = database(self.dir()).with_extension(extension);
            if file.exists() {
                fs::copy(&file, database(copy.path()).with_extension(extension)).unwrap();
            }
        }
        let look = async move {
            let store = Store::open(copy.path()).await.unwrap();
            let mut found = store.verify().await.unwrap();
            store.close().await;
            // The files are not copied.
            found.retain(|one| one.kind != FindingKind::File);
            found
        };
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let looked = thread::spawn(move || runtime.block_on(look)).join();
        assert_eq!(looked.unwrap(), []);
    }
}

pub fn database(dir: &Path) -> PathBuf {
    dir.join("open-codelabs.db")
}

pub async fn raw(dir: &Path) -> SqliteConnection {
    SqliteConnectOptions::new()
        .filename(database(dir))
        .foreign_keys(false)
        .connect()
        .await
        .unwrap()
}

/// A number that the database gives.
pub async fn number(connection: &mut SqliteConnection, sql: &str) -> i64 {
    sqlx::query_scalar(AssertSqlSafe(sql.to_owned()))
        .fetch_one(connection)
        .await
        .unwrap()
}

pub const fn at(ms: i64) -> Timestamp {
    Timestamp::from_ms(ms)
}

pub fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

pub fn secret(text: &str) -> SecretHash {
    SecretHash::of(text.as_bytes())
}

/// A step of the agenda of every [`Room`]: two codelabs of three steps.
pub fn step(codelab: u64, step: u64) -> StepRef {
    StepRef {
        codelab: CodelabId::from_bits(codelab),
        step: StepId::from_bits(codelab * 10 + step),
    }
}

fn agenda() -> Vec<AgendaCodelab> {
    vec![agenda_codelab(1, 1, 3), agenda_codelab(2, 1, 3)]
}

fn agenda_codelab(id: u64, revision: u32, steps: u64) -> AgendaCodelab {
    let agenda_step = |number| AgendaStep {
        step: step(id, number).step,
        title: format!("Step {number}").into(),
        minutes: Some(5),
        content: ContentHash::from_bytes([7; 32]),
        quizzes: [quiz()].into(),
    };
    let title = match revision {
        1 => format!("Codelab {id}"),
        _ => format!("Codelab {id}, {revision}"),
    };
    AgendaCodelab {
        codelab: CodelabId::from_bits(id),
        revision,
        title: title.into(),
        guide: (revision > 1).then(|| ContentHash::from_bytes([8; 32])),
        required: Arc::from([]),
        steps: (1..=steps).map(agenda_step).collect(),
    }
}

/// The quiz of every step; the second option is right.
pub fn quiz() -> Quiz {
    Quiz {
        key: QuizKey::from_bits(71),
        question: "Which?".into(),
        options: ["a", "b"].map(Into::into).into(),
        right: [1].into(),
        explanation: Some("So.".into()),
    }
}

/// What the server's room does: decide, give events their place, apply.
pub struct Room {
    pub id: WorkshopId,
    pub state: WorkshopState,
    pub log: Vec<Recorded>,
    now_ms: i64,
    commands: u128,
}

impl Room {
    pub fn start(workshop: u64, code: &str) -> (Self, Entry) {
        let mut room = Self {
            id: WorkshopId::from_bits(workshop),
            state: WorkshopState::default(),
            log: Vec::new(),
            now_ms: 1_000,
            commands: 0,
        };
        let events = start(Start {
            title: WorkshopTitle::parse("Workshop").unwrap(),
            join_code: JoinCode::parse(code).unwrap(),
            code_required: false,
            agenda: agenda(),
        });
        let mut entry = room.record(Issuer::Entrance, events.unwrap());
        entry.answered = None;
        (room, entry)
    }

    pub fn join(&mut self, who: &str) -> Entry {
        let name = name(who);
        self.admit(Admission::Attendee { name, code: None })
            .unwrap()
            .unwrap()
    }

    pub fn join_as_facilitator(&mut self, id: u64) -> Entry {
        self.admit(Admission::Facilitator {
            id: FacilitatorId::from_bits(id),
            name: name("Grace"),
        })
        .unwrap()
        .unwrap()
    }

    /// The entry of an admission, with credentials for attendees; nothing if
    /// there is nothing to do.
    pub fn admit(&mut self, admission: Admission) -> Result<Option<Entry>, Rejection> {
        let attends = matches!(admission, Admission::Attendee { .. });
        let events = admit(&self.state, admission)?;
        if events.is_empty() {
            return Ok(None);
        }
        let mut entry = self.record(Issuer::Entrance, events);
        let seat = self.state.seats().last().unwrap().id;
        let credential = SeatCredential {
            seat,
            token: secret(&format!("token {} {seat}", self.id)),
            resume_code: Some(secret(&format!("code {} {seat}", self.id))),
        };
        entry.credential = attends.then_some(credential);
        Ok(Some(entry))
    }

    /// The entry of a command that is carried out.
    pub fn act(&mut self, seat: u32, command: Command) -> Entry {
        self.command(SeatId::new(seat), command).unwrap().unwrap()
    }

    /// The entry of a command; nothing if there is nothing to do.
    pub fn command(&mut self, seat: SeatId, command: Command) -> Result<Option<Entry>, Rejection> {
        let who = self.state.seat(seat).ok_or(Rejection::UnknownSeat(seat))?;
        let events = decide(&self.state, who, command, at(self.now_ms))?;
        if events.is_empty() {
            return Ok(None);
        }
        Ok(Some(self.record(Issuer::Seat(seat), events)))
    }

    /// The entry of a codelab that was edited; nothing if it is known already.
    pub fn revise(
        &mut self,
        codelab: u64,
        revision: u32,
        steps: u64,
    ) -> Result<Option<Entry>, Rejection> {
        let events = revise(&self.state, agenda_codelab(codelab, revision, steps))?;
        if events.is_empty() {
            return Ok(None);
        }
        let mut entry = self.record(Issuer::Entrance, events);
        entry.answered = None;
        Ok(Some(entry))
    }

    pub fn record(&mut self, issuer: Issuer, events: Vec<Event>) -> Entry {
        self.now_ms += 10;
        self.commands += 1;
        let mut recorded = Vec::new();
        for event in events {
            let event = Recorded {
                seq: self.state.seq().next(),
                at: at(self.now_ms),
                event,
            };
            apply(&mut self.state, &event);
            recorded.push(event);
        }
        self.log.extend(recorded.iter().cloned());
        Entry {
            answered: Some((issuer, CommandId::from_bits(self.commands))),
            events: recorded,
            credential: None,
        }
    }
}

/// The tables that follow from the log.
pub const PROJECTIONS: [&str; 6] = [
    "workshops",
    "workshop_codelabs",
    "seats",
    "seat_progress",
    "completed_steps",
    "help_requests",
];

/// Every row of some tables, as SQL literals, in an order that the rows decide.
pub async fn dump(connection: &mut SqliteConnection, tables: &[&str]) -> Vec<String> {
    let mut rows = Vec::new();
    for table in tables {
        let columns: Vec<String> =
            sqlx::query_scalar("SELECT name FROM pragma_table_info(?1) ORDER BY cid")
                .bind(*table)
                .fetch_all(&mut *connection)
                .await
                .unwrap();
        let values: Vec<String> = columns.iter().map(|c| format!("quote({c})")).collect();
        let sql = format!(
            "SELECT '{table}: ' || {} AS row FROM {table} ORDER BY row",
            values.join(" || ', ' || ")
        );
        let found: Vec<String> = sqlx::query_scalar(AssertSqlSafe(sql))
            .fetch_all(&mut *connection)
            .await
            .unwrap();
        rows.extend(found);
    }
    rows
}
