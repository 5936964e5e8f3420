//! Plain text, a paragraph per message.

use super::{Line, Transcript, name, time};

pub fn write(transcript: &Transcript) -> String {
    let mut out = format!("{}\n", transcript.title);
    for line in &transcript.lines {
        out.push_str(&paragraph(line));
    }
    out
}

fn paragraph(line: &Line) -> String {
    let mark = line.mark().map(|mark| format!(" ({mark})"));
    let reply = line.reply_to.map(|id| format!(" (re: #{id})"));
    let picture = line
        .picture_address()
        .map(|address| format!("\n[{address}]"));
    format!(
        "\n#{} {} {}{}{}\n{}{}\n",
        line.id,
        time::date_and_time(line.at),
        name(&line.from),
        mark.unwrap_or_default(),
        reply.unwrap_or_default(),
        line.text,
        picture.unwrap_or_default()
    )
}
