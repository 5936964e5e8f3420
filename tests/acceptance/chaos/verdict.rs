//! What the clients wrote down, held against the log.

use std::collections::{BTreeMap, HashMap};

use domain::{CommandId, SeatId, workshop::decide};
use protocol::{ClientMessage, EventMessage, Request};
use serde_json::Value;
use tests::{Log, View};

use crate::client::{Given, Outcome, Record};

/// No pause of slow mode lasts until then.
const END_OF_TIME: domain::Timestamp = domain::Timestamp::from_ms(i64::MAX);

/// What was found.
#[derive(Debug, Default)]
pub struct Verdict {
    pub given: usize,
    pub acknowledged: usize,
    /// Refused for good, by why; each is held by its author's browser.
    pub refused: BTreeMap<&'static str, usize>,
    /// Never answered, because the seat was gone; held as well.
    pub left_behind: usize,
    pub unanswered: usize,
    /// Neither acknowledged nor held by its author's browser.
    pub vanished: Vec<String>,
    /// Acknowledged, and not in the log, nor already so.
    pub lost: Vec<String>,
    /// Done more than once, or done although refused.
    pub wrong: Vec<String>,
    /// In what people were told.
    pub untrue: Vec<String>,
    pub frames: usize,
}

impl Verdict {
    /// Judges.
    pub fn on(log: &Log, records: &[Record]) -> Self {
        // Nobody tells the end to a seat that is gone.
        let (gone, here): (Vec<&Record>, Vec<&Record>) =
            records.iter().partition(|record| record.seat_is_gone);
        let views =
            |of: &[&Record]| -> Vec<View> { of.iter().map(|record| record.view.clone()).collect() };
        let mut untrue = log.faults(&views(&here), true);
        untrue.extend(log.faults(&views(&gone), false));
        let mut verdict = Self {
            untrue,
            frames: records.iter().map(|record| record.view.told.len()).sum(),
            ..Self::default()
        };
        let mut unrecorded: BTreeMap<i64, Vec<(u32, &Given)>> = BTreeMap::new();
        for record in records {
            let seat = record.view.seat.expect("everybody was welcomed");
            for given in &record.given {
                verdict.given += 1;
                let is_kept = record.kept.contains(&given.id);
                if !is_kept && !matches!(given.outcome, Outcome::Acknowledged(_)) {
                    verdict.vanished.push(given.frame.to_string());
                }
                let command = CommandId::from_bits(given.id.as_u128());
                match (given.outcome, log.answer(seat, command)) {
                    // Whether it was done is known to the log alone.
                    (Outcome::Waiting, _) if record.seat_is_gone => verdict.left_behind += 1,
                    (Outcome::Waiting, _) => verdict.unanswered += 1,
                    (Outcome::Refused(why), None) => {
                        *verdict.refused.entry(why.as_str()).or_default() += 1;
                    }
                    (Outcome::Refused(_), Some(seq)) => {
                        let what = format!("refused, and done at {seq}: {}", given.frame);
                        verdict.wrong.push(what);
                    }
                    (Outcome::Acknowledged(told), Some(seq)) if told == seq => {
                        verdict.acknowledged += 1;
                    }
                    (Outcome::Acknowledged(told), Some(seq)) => {
                        let what = format!("done at {seq}, not at {told}: {}", given.frame);
                        verdict.wrong.push(what);
                    }
                    (Outcome::Acknowledged(told), None) => {
                        verdict.acknowledged += 1;
                        unrecorded.entry(told).or_default().push((seat, given));
                    }
                }
            }
        }
        verdict.judge_unrecorded(log, unrecorded);
        verdict.judge_texts(log, records);
        verdict
    }

    /// A command that was acknowledged without an event must have had nothing
    /// to do in the state that its acknowledgement names.
    fn judge_unrecorded(&mut self, log: &Log, mut given: BTreeMap<i64, Vec<(u32, &Given)>>) {
        log.fold(|state| {
            for (seat, given) in given.remove(&state.seq().get()).unwrap_or_default() {
                let seat = state.seat(SeatId::new(seat)).expect("it was welcomed");
                let events = decide(state, seat, command(given), END_OF_TIME);
                if !events.is_ok_and(|events| events.is_empty()) {
                    self.lost.push(given.frame.to_string());
                }
            }
        });
        let beyond = given.into_values().flatten();
        self.lost
            .extend(beyond.map(|(_, given)| given.frame.to_string()));
    }

    /// Every text was said by one command: it stands in the log once if that
    /// was acknowledged, and never if it was refused.
    fn judge_texts(&mut self, log: &Log, records: &[Record]) {
        let mut times: HashMap<String, usize> = HashMap::new();
        let end = log.fold(|_| {});
        for recorded in log.events() {
            let told = serde_json::to_value(EventMessage::of(recorded, &end)).expect("JSON");
            texts(&told, &mut |text| {
                *times.entry(text.to_owned()).or_default() += 1;
            });
        }
        for given in records.iter().flat_map(|record| &record.given) {
            let said = ["text", "message"]
                .iter()
                .find_map(|field| given.frame[field].as_str());
            let Some(said) = said else { continue };
            let found = times.get(said).copied().unwrap_or(0);
            match given.outcome {
                Outcome::Acknowledged(_) if found == 0 => self.lost.push(said.to_owned()),
                Outcome::Acknowledged(_) if found == 1 => {}
                Outcome::Refused(_) if found == 0 => {}
                Outcome::Waiting if found <= 1 => {}
                outcome => self
                    .wrong
                    .push(format!("{found} times, {outcome:?}: {said}")),
            }
        }
    }
}

fn command(given: &Given) -> domain::workshop::Command {
    let message: ClientMessage = serde_json::from_value(given.frame.clone()).expect("a command");
    match message.into_request() {
        Request::Command(_, Ok(command)) => command,
        other => panic!("no command: {other:?}"),
    }
}

fn texts(value: &Value, found: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => found(text),
        Value::Array(values) => values.iter().for_each(|value| texts(value, found)),
        Value::Object(fields) => fields.values().for_each(|value| texts(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
