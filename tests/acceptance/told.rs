//! What people were told, held against what the log says they should have been
//! told: every snapshot is the log folded up to its `seq` as that seat may see
//! it, and the events are exactly those of the log that the seat may see, in
//! order, none missing, none twice.

use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use domain::{
    CommandId, MessageId, SeatId, Seq, WorkshopId,
    workshop::{Audience, Recorded, WorkshopState, apply, audience},
};
use protocol::{EventMessage, ServerMessage, Snapshot};
use serde::Deserialize;
use serde_json::{Value, value::RawValue};
use store::Issuer;

use crate::left_behind::read_copy;

/// Faults a failure shows, and how much of each: enough to see what is wrong.
const FAULTS: usize = 20;
const FAULT_CHARS: usize = 2000;

/// One thing that happened to a browser's knowledge of the log.
#[derive(Clone, Debug)]
pub enum Told {
    /// It said hello with the last `seq` it had.
    Resumed(i64),
    /// It was sent a frame; only snapshots and events count.
    Frame(String),
}

/// All that one browser was told, over one connection or several.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// The seat's number; nothing before the welcome.
    pub seat: Option<u32>,
    /// In order.
    pub told: Vec<Told>,
}

/// A browser of a test, whose view is held against the log when its server ends.
struct Watched {
    url: String,
    workshop: String,
    view: Arc<Mutex<View>>,
}

/// Everybody of the tests of this process.
static WATCHED: Mutex<Vec<Watched>> = Mutex::new(Vec::new());

/// A view that is held against the log when the server at `url` ends.
pub fn watch(url: &str, workshop: &str) -> Arc<Mutex<View>> {
    let view = Arc::default();
    lock(&WATCHED).push(Watched {
        url: url.to_owned(),
        workshop: workshop.to_owned(),
        view: Arc::clone(&view),
    });
    view
}

/// Panics unless what the server at `url` told everybody is in the log that it
/// left. It must have ended: after a kill this also says that nobody was told
/// what was not durable.
pub fn assert_told_truly(url: &str, data_dir: &Path) {
    let mut views: BTreeMap<String, Vec<View>> = BTreeMap::new();
    lock(&WATCHED).retain(|watched| {
        if watched.url == url {
            let views = views.entry(watched.workshop.clone()).or_default();
            views.push(lock(&watched.view).clone());
        }
        // Nobody will be told more over a connection that is gone.
        watched.url != url || Arc::strong_count(&watched.view) > 1
    });
    for (workshop, views) in views {
        let log = workshop.parse().ok().and_then(|id| Log::read(data_dir, id));
        if let Some(log) = log {
            assert_none(
                &log.faults(&views, false),
                "faults in what people were told",
            );
        }
    }
}

/// Panics with the first of some faults.
pub fn assert_none(faults: &[impl ToString], what: &str) {
    let cut = |fault: String| fault.chars().take(FAULT_CHARS).collect::<String>();
    let first = faults
        .iter()
        .take(FAULTS)
        .map(|fault| cut(fault.to_string()));
    let first: Vec<String> = first.collect();
    assert!(
        first.is_empty(),
        "{} {what}:\n{}",
        faults.len(),
        first.join("\n")
    );
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A workshop's log, as a server left it.
#[derive(Debug)]
pub struct Log {
    workshop: WorkshopId,
    events: Vec<Recorded>,
    answers: HashMap<(Issuer, CommandId), Seq>,
}

impl Log {
    /// Reads the log of a server that has ended; nothing if there is none.
    pub fn read(data_dir: &Path, workshop: WorkshopId) -> Option<Self> {
        read_copy(data_dir, async |store| {
            let start = Seq::default();
            let events = store.events_after(workshop, start, u32::MAX).await;
            let loaded = store.load_workshop(workshop).await;
            Some(Self {
                workshop,
                events: events.expect("a readable log"),
                answers: loaded.expect("a readable workshop")?.answers,
            })
        })
        .flatten()
    }

    /// All events, in order.
    pub fn events(&self) -> &[Recorded] {
        &self.events
    }

    /// With which `seq` a seat's command was recorded; nothing if it was not.
    pub fn answer(&self, seat: u32, command: CommandId) -> Option<i64> {
        let issuer = Issuer::Seat(SeatId::new(seat));
        self.answers.get(&(issuer, command)).map(|seq| seq.get())
    }

    /// Calls with the state at each position, from before the first event on.
    pub fn fold(&self, mut at: impl FnMut(&WorkshopState)) -> WorkshopState {
        let mut state = WorkshopState::default();
        at(&state);
        for recorded in &self.events {
            apply(&mut state, recorded);
            at(&state);
        }
        state
    }

    /// What is wrong with what these browsers were told; with `to_the_end`,
    /// also what they should have been told by now and were not.
    pub fn faults(&self, views: &[View], to_the_end: bool) -> Vec<String> {
        let mut faults = Vec::new();
        let mut snapshots: BTreeMap<i64, Vec<(u32, Value)>> = BTreeMap::new();
        for view in views {
            for (seat, snapshot) in view.snapshots() {
                match snapshot["seq"].as_i64() {
                    Some(seq) => snapshots.entry(seq).or_default().push((seat, snapshot)),
                    None => faults.push(format!("seat {seat}: a snapshot without seq")),
                }
            }
        }
        let mut wire: Vec<Sent> = Vec::new();
        let end = self.fold(|state| {
            let seq = state.seq().get();
            for (seat, found) in snapshots.remove(&seq).unwrap_or_default() {
                let of = Snapshot::of(self.workshop, state, SeatId::new(seat));
                let expected = of.map(|of| json(&ServerMessage::Snapshot(Box::new(of))));
                let (found, expected) = (plain(found), expected.map(plain));
                if expected.as_ref() != Some(&found) {
                    let expected = expected.unwrap_or_default();
                    faults.push(format!(
                        "seat {seat}: the snapshot at {seq} is {found}, not {expected}"
                    ));
                }
            }
            if let Some(recorded) = usize::try_from(seq - 1)
                .ok()
                .and_then(|at| self.events.get(at))
            {
                wire.push(Sent::of(recorded, state));
            }
        });
        faults.extend(
            snapshots
                .keys()
                .map(|seq| format!("a snapshot at {seq}, where the log has no event")),
        );
        for view in views {
            faults.extend(view.event_faults(&wire, &end, to_the_end));
        }
        faults
    }
}

/// An event as everybody who may see it is told.
struct Sent {
    audience: Audience,
    text: String,
}

impl Sent {
    fn of(recorded: &Recorded, state: &WorkshopState) -> Self {
        let message = EventMessage::of(recorded, state);
        Self {
            audience: audience(&recorded.event),
            text: serde_json::to_string(&message).expect("JSON"),
        }
    }
}

/// As much of a frame as is looked at.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Frame<'f> {
    r#type: String,
    #[serde(default)]
    seq: i64,
    #[serde(default)]
    after: i64,
    #[serde(default)]
    up_to: i64,
    #[serde(default, borrow)]
    events: Vec<&'f RawValue>,
}

impl View {
    /// Takes in a message of the server, and how it was written.
    pub fn take(&mut self, message: &ServerMessage, text: &str) {
        match message {
            ServerMessage::Welcome(welcome) => self.seat = Some(welcome.person.seat),
            ServerMessage::Snapshot(_) | ServerMessage::Events(_) => {
                self.told.push(Told::Frame(text.to_owned()));
            }
            _ => {}
        }
    }

    fn snapshots(&self) -> impl Iterator<Item = (u32, Value)> {
        let seat = self.seat.unwrap_or_default();
        self.told.iter().filter_map(move |told| match told {
            Told::Frame(text) if frame(text).r#type == "snapshot" => {
                Some((seat, serde_json::from_str(text).expect("JSON")))
            }
            Told::Frame(_) | Told::Resumed(_) => None,
        })
    }

    fn event_faults(&self, wire: &[Sent], end: &WorkshopState, to_the_end: bool) -> Vec<String> {
        let Some(seat) = self.seat.and_then(|seat| end.seat(SeatId::new(seat))) else {
            // Somebody whom nobody welcomed was told nothing either.
            return Vec::new();
        };
        let visible = |after: i64, up_to: i64| {
            let range = usize::try_from(after).unwrap_or(0)..usize::try_from(up_to).unwrap_or(0);
            wire.get(range).map(|part| {
                part.iter()
                    .filter(|event| event.audience.includes(seat))
                    .map(|event| event.text.as_str())
                    .collect::<Vec<&str>>()
            })
        };
        let mut faults = Vec::new();
        let mut cursor = None;
        for told in &self.told {
            let frame = match told {
                Told::Resumed(after) => {
                    cursor = Some(*after);
                    continue;
                }
                Told::Frame(text) => frame(text),
            };
            if frame.r#type == "snapshot" {
                cursor = Some(frame.seq);
            } else if frame.r#type == "events" {
                let (after, up_to) = (frame.after, frame.up_to);
                if let Some(cursor) = cursor
                    && cursor != after
                {
                    faults.push(format!(
                        "{}: told up to {cursor}, then from {after}",
                        seat.id
                    ));
                }
                cursor = Some(up_to);
                let found: Vec<&str> = frame.events.iter().map(|event| event.get()).collect();
                let expected = visible(after, up_to);
                if !expected
                    .as_deref()
                    .is_some_and(|expected| are_same(&found, expected, end))
                {
                    faults.push(format!(
                        "{}: from {after} to {up_to} it was told {found:?}, not {expected:?}",
                        seat.id
                    ));
                }
            }
        }
        let missing = visible(cursor.unwrap_or_default(), end.seq().get()).unwrap_or_default();
        if to_the_end && !missing.is_empty() {
            faults.push(format!("{}: never told {missing:?}", seat.id));
        }
        faults
    }
}

/// Events are encoded once and the same for all, so nearly all are the same
/// to the byte.
fn are_same(found: &[&str], expected: &[&str], end: &WorkshopState) -> bool {
    let value = |text: &str| plain(serde_json::from_str(text).expect("JSON"));
    let is_same = |found: &str, expected: &str| {
        let (found, expected) = (value(found), value(expected));
        found == expected || is_taken_back(&found, &expected, end)
    };
    found == expected
        || (found.len() == expected.len()
            && found
                .iter()
                .zip(expected)
                .all(|(found, expected)| found == expected || is_same(found, expected)))
}

/// Whether what was told is what should have been without the words of a
/// message that was taken back: who catches up is not told those any more.
fn is_taken_back(found: &Value, expected: &Value, end: &WorkshopState) -> bool {
    let number = found["message"]["id"].as_u64();
    let message = number
        .and_then(|id| u32::try_from(id).ok())
        .and_then(|id| end.message(MessageId::new(id)));
    let is_deleted = message.is_some_and(|message| message.deleted_by.is_some());
    let mut emptied = expected.clone();
    if let Some(message) = emptied["message"].as_object_mut() {
        message.insert("text".to_owned(), Value::from(""));
        message.insert("deleted".to_owned(), Value::from(true));
        message.remove("picture");
        message.remove("mentions");
    }
    is_deleted && *found == emptied
}

/// Without what is added to a text on its way: its code, coloured. It follows
/// from the text and is not in the log.
fn plain(mut value: Value) -> Value {
    match &mut value {
        Value::Object(fields) => {
            if fields.contains_key("text") {
                fields.remove("code");
            }
            fields
                .values_mut()
                .for_each(|field| *field = plain(field.take()));
        }
        Value::Array(values) => values
            .iter_mut()
            .for_each(|item| *item = plain(item.take())),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    value
}

fn frame(text: &str) -> Frame<'_> {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn json(message: &ServerMessage) -> Value {
    serde_json::to_value(message).expect("JSON")
}
