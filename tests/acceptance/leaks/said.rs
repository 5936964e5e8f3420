//! What somebody was told: texts as they came over the wire.

use std::collections::BTreeSet;

use reqwest::Response;
use serde_json::Value;
use tests::Live;

use crate::people::{Cast, Who};

/// Events that are about one seat, and for it and the facilitators alone.
const PRIVATE: [&str; 15] = [
    "step_entered",
    "step_completed",
    "step_reopened",
    "direct_message_posted",
    "seat_muted",
    "help_raised",
    "help_claimed",
    "help_handed_back",
    "help_resolved",
    "help_withdrawn",
    "pace_answered",
    "following_changed",
    "seat_taken",
    "poll_answered",
    "quiz_answered",
];

/// Fields that only facilitators are sent.
const OF_THE_ROOM: [&str; 5] = [
    "facilitation",
    "roster",
    "helpRequests",
    "paceAnswers",
    "joinCode",
];

/// Bodies, frames and headers.
#[derive(Clone, Debug, Default)]
pub struct Said(Vec<(String, String)>);

impl Said {
    pub fn extend(&mut self, other: &Self) {
        self.0.extend(other.0.iter().cloned());
    }

    /// All frames of a connection.
    pub fn add_frames(&mut self, live: &Live) {
        let frames = live.transcript.iter().flatten();
        self.0
            .extend(frames.map(|frame| ("a frame".to_owned(), frame.clone())));
    }

    /// A response with its headers. The cookie that it sets is for who asked.
    pub async fn add_response(&mut self, what: &str, response: Response) {
        for (name, value) in response.headers() {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            self.0.push((format!("{what}, header {name}"), value));
        }
        let body = response.bytes().await.expect("a body");
        let body = String::from_utf8_lossy(&body).into_owned();
        self.0.push((what.to_owned(), body));
    }

    /// Where a text occurs.
    pub fn find(&self, text: &str) -> Option<(&str, &str)> {
        // In JSON, a text may be written with escapes.
        let written = Value::from(text).to_string();
        let written = written.trim_matches('"');
        let occurs = |said: &&(String, String)| said.1.contains(text) || said.1.contains(written);
        let found = self.0.iter().find(occurs)?;
        Some((&found.0, &found.1))
    }

    fn json(&self) -> impl Iterator<Item = (&str, Value)> {
        let parsed = |(_, text): &(String, String)| serde_json::from_str(text).ok();
        let all = self.0.iter().map(move |said| (&*said.0, parsed(said)));
        all.filter_map(|(what, json)| Some((what, json?)))
    }

    /// The kinds of messages and events.
    pub fn kinds(&self) -> BTreeSet<String> {
        let mut kinds = BTreeSet::new();
        for (_, json) in self.json() {
            walk(&json, &mut |value| {
                kinds.extend(value["type"].as_str().map(str::to_owned));
            });
        }
        kinds
    }

    /// What is about one person is told to that person and to facilitators.
    pub fn assert_is_about_nobody_else(&self, cast: &Cast, who: Who) {
        if who.facilitates() {
            return;
        }
        let own = cast.seat(who);
        for (what, json) in self.json() {
            walk(&json, &mut |value| {
                let kind = value["type"].as_str().unwrap_or_default();
                assert_ne!(kind, "presence", "{who:?} is told who is there: {what}");
                if PRIVATE.contains(&kind) {
                    let public = kind == "seat_taken" && value["person"]["role"] == "facilitator";
                    assert!(
                        public || about(value, own),
                        "{who:?} is told by {what}: {value}"
                    );
                }
                if value["kind"] == "direct" {
                    assert!(
                        about(&value["with"], own),
                        "{who:?} is told by {what}: {value}"
                    );
                }
                for field in OF_THE_ROOM {
                    assert!(
                        value.get(field).is_none(),
                        "{who:?} is told {field} by {what}"
                    );
                }
            });
        }
    }
}

/// Whose an event or a person is; what somebody answered to a poll says nobody.
fn about(value: &Value, own: Option<u32>) -> bool {
    let request = &value["request"]["from"];
    let with = &value["message"]["with"];
    let person = &value["person"];
    let seats = [value, person, request, with].map(|place| place["seat"].as_u64());
    let seat = seats.into_iter().flatten().next();
    match seat {
        Some(seat) => Some(seat) == own.map(u64::from),
        None => value["type"] == "poll_answered" && own.is_some(),
    }
}

/// Visits a value and all within it.
fn walk(value: &Value, visit: &mut impl FnMut(&Value)) {
    visit(value);
    let items = value.as_array().into_iter().flatten();
    let fields = value
        .as_object()
        .into_iter()
        .flatten()
        .map(|(_, field)| field);
    for inner in items.chain(fields) {
        walk(inner, visit);
    }
}
