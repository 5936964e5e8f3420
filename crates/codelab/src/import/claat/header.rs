//! What `codelab.json` says, as the header of our dialect.

use scraper::ElementRef;
use serde_json::Value;

use crate::{escape, import::expanded::Expanded};

/// Keys of `codelab.json` and the header's keys.
const KEYS: &[(&str, &str)] = &[
    ("id", "id"),
    ("summary", "summary"),
    ("authors", "authors"),
    ("category", "categories"),
    ("tags", "tags"),
    ("status", "status"),
    ("feedback", "feedback link"),
    ("ga", "analytics account"),
    ("ga4", "analytics ga4 account"),
    ("source", "source"),
    ("updated", "updated"),
];

/// Writes the header and the title.
pub(super) fn write(value: &Value, root: Option<ElementRef<'_>>, out: &mut Expanded) {
    let attribute = |name: &str| root.and_then(|root| root.attr(name)).map(escape::one_line);
    let id = text(value.get("id")).or_else(|| attribute("id"));
    let title = text(value.get("title")).or_else(|| attribute("title"));
    out.push_made("---");
    for (key, name) in KEYS {
        let found = match *key {
            "id" => id.clone(),
            "feedback" => text(value.get(key)).or_else(|| attribute("feedback-link")),
            "summary" | "authors" => text(value.get(key)).map(|text| escape::words(&text)),
            key => text(value.get(key)),
        };
        if let Some(found) = found {
            out.push_made(&format!("{name}: {found}"));
        }
    }
    if let Some(Value::Object(extra)) = value.get("extra") {
        for (key, value) in extra {
            let key = escape::one_line(&key.replace([':', '_'], " "));
            if let (Some(value), false) = (text(Some(value)), key.is_empty()) {
                out.push_made(&format!("{key}: {value}"));
            }
        }
    }
    out.push_made("---\n");
    if let Some(title) = title.or(id) {
        out.push_made(&format!("# {}\n", escape::heading(&title)));
    }
}

/// Words, or a list of them, on one line.
fn text(value: Option<&Value>) -> Option<String> {
    let text = match value? {
        Value::String(text) => escape::one_line(text),
        Value::Number(number) => number.to_string(),
        Value::Array(items) => {
            let items = items.iter().filter_map(Value::as_str);
            items.map(escape::one_line).collect::<Vec<_>>().join(", ")
        }
        Value::Null | Value::Bool(_) | Value::Object(_) => return None,
    };
    (!text.is_empty()).then_some(text)
}
