//! Quizzes of the platform as fences of ours.

use std::collections::BTreeSet;

use serde_json::Value;

use super::fields::{Fields, as_number};
use crate::{Quiz, escape, quizzes};

/// A quiz as a block of Markdown; `None` when there is no question. What else it lacks is remarked
/// on when the block is read.
pub(super) fn read(row: &Value) -> Option<String> {
    let options = options(row);
    let text = lines(row, &options)?;
    // A question without options is asked in the room instead: people answer in their own words.
    let kind = if options.is_empty() {
        "poll {type=text}"
    } else {
        "quiz"
    };
    let fence = escape::fence(&text);
    Some(format!("{fence}{kind}\n{text}\n{fence}"))
}

/// A quiz that can be answered here.
pub(super) struct Answerable {
    pub(super) quiz: Quiz,
    /// Which of the row's options each of the quiz's is.
    indices: Vec<usize>,
}

impl Answerable {
    /// The quiz of a row; `None` when it cannot be one here.
    pub(super) fn read(row: &Value) -> Option<Self> {
        let options = options(row);
        let quiz = quizzes::read(&lines(row, &options)?).ok()?;
        let indices = options.into_iter().map(|(index, _)| index).collect();
        Some(Self { quiz, indices })
    }

    /// The options that an answer names: by number or in words, one or a list of them, which may
    /// be JSON in a string. `None` when it names anything else.
    pub(super) fn choices(&self, answer: &Value) -> Option<BTreeSet<u8>> {
        let listed = match answer {
            Value::Array(items) => Some(items.clone()),
            Value::String(text) => serde_json::from_str(text).ok(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => None,
        };
        let answers = listed.unwrap_or_else(|| vec![answer.clone()]);
        let choices = answers.iter().map(|answer| self.choice(answer));
        let choices = choices.collect::<Option<BTreeSet<u8>>>()?;
        (!choices.is_empty()).then_some(choices)
    }

    fn choice(&self, answer: &Value) -> Option<u8> {
        let words = || {
            let words = option(answer)?;
            let mut options = self.quiz.options.iter();
            options.position(|option| *option == words)
        };
        let numbered = || {
            let number = usize::try_from(as_number(answer)?).ok()?;
            self.indices.iter().position(|index| *index == number)
        };
        // What is written as a number may be one of the options.
        u8::try_from(numbered().or_else(words)?).ok()
    }
}

/// The options of a row and their places in it; what is empty is none.
fn options(row: &Value) -> Vec<(usize, String)> {
    let options = Fields(row).list("options");
    let options = options.iter().enumerate();
    options
        .filter_map(|(index, value)| Some((index, option(value)?)))
        .collect()
}

/// What stands inside of the fence.
fn lines(row: &Value, options: &[(usize, String)]) -> Option<String> {
    let fields = Fields(row);
    let question = fields.text("question")?;
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
    for (index, option) in options {
        let mark = if is_right(*index) { "x" } else { " " };
        text.extend(["\n- [", mark, "] ", option]);
    }
    Some(text)
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

    #[test]
    fn answers_name_options_by_number_or_in_words() {
        let quiz = Answerable::read(&json!({"question": "Which?", "correct_answers": "[0,3]",
            "options": "[\"7\", \"\", \"two\", \"1\"]"}))
        .unwrap_or_else(|| unreachable!("it is a quiz"));
        let choices = |answer: Value| quiz.choices(&answer).map(Vec::from_iter);
        assert_eq!(choices(json!(0)), Some(vec![0]));
        assert_eq!(choices(json!("3")), Some(vec![2]));
        assert_eq!(choices(json!("two")), Some(vec![1]));
        assert_eq!(
            choices(json!("7")),
            Some(vec![0]),
            "no option has this number"
        );
        assert_eq!(choices(json!("[0,\"two\"]")), Some(vec![0, 1]));
        for answer in [
            json!(9),
            json!("else"),
            json!([]),
            json!(null),
            json!([0, 9]),
        ] {
            assert_eq!(choices(answer.clone()), None, "{answer}");
        }
        assert!(Answerable::read(&json!({"question": "Why?"})).is_none());
        assert!(
            Answerable::read(&json!({"question": "Q", "options": ["a", "a"], "correct_answer": 0}))
                .is_none()
        );
    }
}
