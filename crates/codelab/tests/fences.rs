//! The page splits messages by itself; both do it as `fences.json` says.

use codelab::{MessagePart, message_parts};
use serde_json::Value;

fn part(described: &Value) -> MessagePart {
    let field = |name: &str| described[name].as_str().map(str::to_owned);
    match field("text") {
        Some(text) => MessagePart::Text(text),
        None => MessagePart::Code {
            info: field("info").expect("its info"),
            code: field("code").expect("its code"),
        },
    }
}

#[test]
fn messages_are_split_as_the_page_splits_them() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("fences.json")).unwrap();
    assert!(!cases.is_empty());
    for case in cases {
        let text = case["text"].as_str().unwrap();
        let parts = case["parts"].as_array().unwrap();
        let expected: Vec<MessagePart> = parts.iter().map(part).collect();
        assert_eq!(message_parts(text), expected, "{text:?}");
    }
}
