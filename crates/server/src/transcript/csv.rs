//! A conversation as a table.

use super::{Line, Transcript, name, time};
use crate::csv::Csv;

const HEADING: [&str; 9] = [
    "message", "time", "kind", "from", "role", "with", "reply_to", "text", "picture",
];

pub fn write(transcript: &Transcript) -> String {
    let mut csv = Csv::with_heading(HEADING);
    for line in &transcript.lines {
        csv.line(row(line));
    }
    csv.into_text()
}

fn row(line: &Line) -> [String; 9] {
    [
        line.id.to_string(),
        time::date_and_time(line.at),
        line.kind_name().to_owned(),
        name(&line.from),
        line.role_name().to_owned(),
        line.with.as_ref().map(name).unwrap_or_default(),
        line.reply_to.map(|id| id.to_string()).unwrap_or_default(),
        line.text.clone(),
        line.picture_address().unwrap_or_default(),
    ]
}
