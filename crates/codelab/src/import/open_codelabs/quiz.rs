//! Quizzes of the platform as fences of ours.

use serde_json::Value;

use super::fields::{Fields, as_number};
use crate::escape;

/// A quiz as a block of Markdown; `None` when there is no question. What else it lacks is remarked
/// on when the block is read.
pub(super) fn read(row: &Value) -> Option<String> {
    let fields = Fields(row);
    let question = fields.text("question")?;
    let options = fields
        .list("options")
        .iter()
        .enumerate()
        .filter_map(|(index, value)| Some((index, option(value)?)))
        .collect::<Vec<_>>();
    let mut right = fields
        .list("correct_answers")
        .iter()
        .filter_map(as_number)
        .collect::<Vec<_>>();
    if right.is_empty() {
        right.extend(fields.number("correct_answer"));
    }
    let mut lines = question.lines().map(str::trim_end).collect::<Vec<_>>();
    lines.retain(|line| !line.trim().is_empty());
    // In a quiz such a line would begin the answers.
    let is_ambiguous = lines
        .iter()
        .any(|line| line.trim_start().starts_with(['-', '>']));
    let mut text = if is_ambiguous {
        let line = escape::one_line(&question);
        line.trim_start_matches(['-', '>', ' ']).to_owned()
    } else {
        lines.join("\n")
    };
    let is_right = |index: usize| {
        right
            .iter()
            .any(|right| usize::try_from(*right) == Ok(index))
    };
    for (index, option) in &options {
        let mark = if is_right(*index) { "x" } else { " " };
        text.extend(["\n- [", mark, "] ", option]);
    }
    // A question without options is asked in the room instead: people answer in their own words.
    let kind = if options.is_empty() {
        "poll {type=text}"
    } else {
        "quiz"
    };
    let fence = escape::fence(&text);
    Some(format!("{fence}{kind}\n{text}\n{fence}"))
}

fn option(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        Value::Object(_) => Fields(value).text("text")?,
        Value::Null | Value::Array(_) => return None,
    };
    let line = escape::one_line(&text);
    (!line.is_empty()).then_some(line)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn block(row: &Value) -> String {
        read(row).unwrap_or_default()
    }

    #[test]
    fn one_answer_several_or_own_words() {
        insta::assert_snapshot!(block(&json!({"question": "What prints 3?",
            "options": "[\"print(1)\", \"print(1 + 2)\"]", "correct_answer": 1})), @r"
        ```quiz
        What prints 3?
        - [ ] print(1)
        - [x] print(1 + 2)
        ```
        ");
        insta::assert_snapshot!(block(&json!({"question": "Which?\n- ```a```", "quiz_type": "multiple",
            "options": ["a", 2, {"text": "c"}], "correct_answer": 0, "correct_answers": "[0,\"2\"]"})), @r"
        ````quiz
        Which? - ```a```
        - [x] a
        - [ ] 2
        - [x] c
        ````
        ");
        insta::assert_snapshot!(block(&json!({"question": "Why?", "options": null})), @r"
        ```poll {type=text}
        Why?
        ```
        ");
        assert_eq!(read(&json!({"question": " "})), None);
        assert_eq!(read(&json!(3)), None);
    }
}
