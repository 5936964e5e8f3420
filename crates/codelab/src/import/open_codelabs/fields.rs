//! Lenient looks into JSON that other releases wrote.

use serde_json::Value;

/// The fields of one object; of nothing when the value is no object.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a>(pub(super) &'a Value);

impl<'a> Fields<'a> {
    /// Words that are not empty; numbers count as words.
    pub(super) fn text(self, key: &str) -> Option<String> {
        let text = match self.0.get(key)? {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
        };
        (!text.is_empty()).then_some(text)
    }

    /// A text that is more than one line of words, as it is written: spaces that begin it may mean
    /// something. Nothing when it is blank.
    pub(super) fn whole_text(self, key: &str) -> Option<String> {
        let text = self.0.get(key)?.as_str()?;
        (!text.trim().is_empty()).then(|| text.to_owned())
    }

    /// `true`, `1` and `"true"`.
    pub(super) fn flag(self, key: &str) -> bool {
        match self.0.get(key) {
            Some(Value::Bool(flag)) => *flag,
            Some(Value::Number(number)) => number.as_f64().is_some_and(|number| number != 0.0),
            Some(Value::String(text)) => matches!(
                text.trim().to_ascii_lowercase().as_str(),
                "true" | "1" | "yes"
            ),
            Some(Value::Null | Value::Array(_) | Value::Object(_)) | None => false,
        }
    }

    /// A whole number, also as words.
    pub(super) fn number(self, key: &str) -> Option<i64> {
        as_number(self.0.get(key)?)
    }

    /// A list; also one that is JSON inside a string, as databases keep it.
    pub(super) fn list(self, key: &str) -> Vec<Value> {
        match self.0.get(key) {
            Some(Value::Array(items)) => items.clone(),
            Some(Value::String(text)) => serde_json::from_str(text).unwrap_or_default(),
            Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_)) | None => {
                Vec::new()
            }
        }
    }

    /// The objects of a list.
    pub(super) fn rows(self, key: &str) -> &'a [Value] {
        self.0
            .get(key)
            .and_then(Value::as_array)
            .map_or(&[], Vec::as_slice)
    }
}

/// A whole number, also as words.
pub(super) fn as_number(value: &Value) -> Option<i64> {
    value
        .as_i64()
        .or_else(|| value.as_str()?.trim().parse().ok())
}
