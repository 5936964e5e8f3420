//! YAML as the values of JSON: the little of it that programs write.
//!
//! Anchors are refused, not followed: a few of them can stand for more text than a machine holds.

use saphyr_parser::{Event, Parser, ScalarStyle};
use serde_json::{Map, Value};

/// A bundle nests three deep.
const DEEPEST: usize = 32;

/// Reads the first document of a text; says in the parser's words why not.
pub(super) fn read(text: &str) -> Result<Value, String> {
    let mut events = Parser::new_from_str(text);
    loop {
        match next(&mut events)? {
            Event::Nothing | Event::StreamStart | Event::DocumentStart(_) => {}
            Event::StreamEnd | Event::DocumentEnd => return Ok(Value::Null),
            first @ (Event::Alias(_)
            | Event::Scalar(..)
            | Event::SequenceStart(..)
            | Event::SequenceEnd
            | Event::MappingStart(..)
            | Event::MappingEnd) => return value(first, &mut events, 0),
        }
    }
}

type Events<'a> = Parser<'a, saphyr_parser::StrInput<'a>>;

fn next<'a>(events: &mut Events<'a>) -> Result<Event<'a>, String> {
    match events.next() {
        Some(Ok((event, _))) => Ok(event),
        Some(Err(error)) => Err(error.to_string()),
        None => Ok(Event::StreamEnd),
    }
}

fn value(event: Event<'_>, events: &mut Events<'_>, depth: usize) -> Result<Value, String> {
    if depth > DEEPEST {
        return Err(format!("it nests deeper than {DEEPEST}"));
    }
    match event {
        Event::Scalar(text, style, ..) => Ok(if style == ScalarStyle::Plain {
            plain(&text)
        } else {
            Value::String(text.into_owned())
        }),
        Event::SequenceStart(..) => {
            let mut items = Vec::new();
            loop {
                let item = next(events)?;
                if item == Event::SequenceEnd {
                    return Ok(Value::Array(items));
                }
                items.push(value(item, events, depth + 1)?);
            }
        }
        Event::MappingStart(..) => {
            let mut entries = Map::new();
            loop {
                let key = next(events)?;
                if key == Event::MappingEnd {
                    return Ok(Value::Object(entries));
                }
                let Event::Scalar(key, ..) = key else {
                    return Err("a key is no word".to_owned());
                };
                let following = next(events)?;
                let found = value(following, events, depth + 1)?;
                entries.entry(key.into_owned()).or_insert(found);
            }
        }
        Event::Alias(_) => Err("it uses aliases".to_owned()),
        Event::Nothing
        | Event::StreamStart
        | Event::StreamEnd
        | Event::DocumentStart(_)
        | Event::DocumentEnd
        | Event::SequenceEnd
        | Event::MappingEnd => Err("it ends in the middle".to_owned()),
    }
}

fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" | "yes" => Value::Bool(true),
        "false" | "False" | "FALSE" | "no" => Value::Bool(false),
        _ => text
            .parse::<i64>()
            .map_or_else(|_| Value::String(text.to_owned()), Value::from),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_programs_write() {
        let text = "version: 1\ntitle: \"A: b\"\npublic: no\nnothing:\nguide: |\n  one\n  two\n\
                    steps:\n- title: X\n  file: a.md\n- {title: Y, file: 'b'}\nlist: []\n";
        assert_eq!(
            read(text),
            Ok(
                json!({"version": 1, "title": "A: b", "public": false, "nothing": null,
                "guide": "one\ntwo\n", "list": [],
                "steps": [{"title": "X", "file": "a.md"}, {"title": "Y", "file": "b"}]})
            )
        );
        assert_eq!(read(""), Ok(Value::Null));
    }

    #[test]
    fn what_nobody_should_write() {
        assert_eq!(read("a: &x 1\nb: *x\n"), Err("it uses aliases".to_owned()));
        assert!(read(&"[".repeat(100_000)).is_err());
        assert!(read(&format!("{}1{}", "[".repeat(50), "]".repeat(50))).is_err());
        assert!(read("a: [1").is_err());
        assert!(read("? [a]\n: b\n").is_err());
    }
}
