//! Markdown. What people wrote is text there too: nothing of it becomes
//! markup, but for their blocks of code.

use codelab::{MessagePart, message_parts};

use super::{Line, Transcript, name, time};

pub fn write(transcript: &Transcript) -> String {
    let mut out = format!("# {}\n", escaped(&transcript.title));
    for line in &transcript.lines {
        out.push('\n');
        out.push_str(&heading(line));
        out.push('\n');
        for part in message_parts(&line.text) {
            match part {
                MessagePart::Text(text) => push_text(&mut out, &text),
                MessagePart::Code { info, code } => push_code(&mut out, &info, &code),
            }
        }
        if let Some(address) = line.picture_address() {
            out.extend(["![](", &address, ")\n"]);
        }
    }
    out
}

fn heading(line: &Line) -> String {
    let mut words = vec![time::date_and_time(line.at)];
    words.extend(line.mark());
    words.extend(line.reply_to.map(|id| format!("re: #{id}")));
    format!(
        "**{}** · #{} · {}\n",
        escaped(&name(&line.from)),
        line.id,
        escaped(&words.join(" · "))
    )
}

/// Line breaks and empty lines stay.
fn push_text(out: &mut String, text: &str) {
    let lines: Vec<String> = text
        .trim_matches('\n')
        .lines()
        .map(|line| escaped(line.trim()))
        .collect();
    for (at, line) in lines.iter().enumerate() {
        let next = lines.get(at + 1).map_or("", String::as_str);
        let goes_on = !line.is_empty() && !next.is_empty();
        out.push_str(line);
        out.push_str(if goes_on { "\\\n" } else { "\n" });
    }
    out.push('\n');
}

/// A fence that is longer than any in the code.
fn push_code(out: &mut String, info: &str, code: &str) {
    let longest = code
        .split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    let fence = "`".repeat((longest + 1).max(3));
    let info: String = info
        .chars()
        .take_while(|c| c.is_alphanumeric() || "+#.-_".contains(*c))
        .collect();
    out.extend([&*fence, &*info, "\n", code, "\n", &*fence, "\n\n"]);
}

/// Each character that could mean something to Markdown or HTML, made plain
/// (`CommonMark` §2.4).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_punctuation() && !",.:;/'?%\"".contains(c) || begins_a_list(c, &out) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// "1. " at the beginning of a line would be counted on.
fn begins_a_list(c: char, before: &str) -> bool {
    c == '.' && !before.is_empty() && before.chars().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_stays_text() {
        assert_eq!(
            escaped("<b> *x* [a](b) # 1"),
            "\\<b\\> \\*x\\* \\[a\\]\\(b\\) \\# 1"
        );
        assert_eq!(escaped("1. one, 2. two"), "1\\. one, 2. two");
    }

    #[test]
    fn lines_stay_lines() {
        let mut out = String::new();
        push_text(&mut out, "a\n    b\n\nc");
        assert_eq!(out, "a\\\nb\n\nc\n\n");
    }

    #[test]
    fn a_fence_is_longer_than_what_it_holds() {
        let mut out = String::new();
        push_code(&mut out, "rust\"><i>", "a ```` b");
        assert_eq!(out, "`````rust\na ```` b\n`````\n\n");
    }
}
