//! Quizzes and polls become survey forms, the only questions that the stock tool knows.

use domain::workshop::PollKind;
use pulldown_cmark::CodeBlockKind;

use crate::{markup::escape, polls, quizzes};

/// The form for a fence that asks something; nothing if it is code, or asks in a way that no form
/// can.
pub(super) fn form(kind: &CodeBlockKind<'_>, text: &str) -> Option<String> {
    if quizzes::is_quiz(kind) {
        let quiz = quizzes::read(text).ok()?;
        return Some(written(
            &quiz.question,
            quiz.options.iter().map(String::as_str),
        ));
    }
    let poll = polls::read_fence(kind, text)?;
    let (PollKind::Single(options) | PollKind::Multiple(options)) = &poll.kind else {
        return None;
    };
    let options = options.iter().map(domain::PollLabel::as_str);
    Some(written(poll.question.as_str(), options))
}

fn written<'a>(question: &str, options: impl Iterator<Item = &'a str>) -> String {
    let question = question.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut form = format!("<form>\n<name>{}</name>\n", escape(&question));
    for option in options {
        form.extend(["<input value=\"", &escape(option), "\">\n"]);
    }
    form + "</form>"
}
