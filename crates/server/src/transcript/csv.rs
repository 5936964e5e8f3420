//! Comma-separated values as RFC 4180 has them: lines end in CRLF, and a field
//! with a comma, a quote or a line end stands in quotes.

use super::{Line, Transcript, name, time};

/// Tells spreadsheets that the file is UTF-8; without it some show Korean as
/// noise.
const BYTE_ORDER_MARK: char = '\u{FEFF}';

const HEADER: [&str; 9] = [
    "message", "time", "kind", "from", "role", "with", "reply_to", "text", "picture",
];

pub fn write(transcript: &Transcript) -> String {
    let mut out = String::from(BYTE_ORDER_MARK);
    push_row(&mut out, &HEADER.map(str::to_owned));
    for line in &transcript.lines {
        push_row(&mut out, &row(line));
    }
    out
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

fn push_row(out: &mut String, fields: &[String; 9]) {
    let fields = fields.each_ref().map(|field| quoted(&harmless(field)));
    out.push_str(&fields.join(","));
    out.push_str("\r\n");
}

/// A spreadsheet would run a text that begins like a formula; behind an
/// apostrophe it stays a text.
fn harmless(field: &str) -> String {
    if field.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{field}")
    } else {
        field.to_owned()
    }
}

fn quoted(field: &str) -> String {
    if field.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_texts() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert!(harmless(formula).starts_with('\''), "{formula:?}");
        }
        assert_eq!(harmless("1 = 1"), "1 = 1");
    }

    #[test]
    fn what_would_end_a_field_is_quoted() {
        assert_eq!(quoted("a,b"), "\"a,b\"");
        assert_eq!(quoted("say \"hi\"\nnow"), "\"say \"\"hi\"\"\nnow\"");
        assert_eq!(quoted("plain"), "plain");
    }
}
