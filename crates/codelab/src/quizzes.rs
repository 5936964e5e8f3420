//! Quizzes of a step: a fence with the language `quiz`.
//!
//! ````markdown
//! ```quiz
//! What prints 3?
//! - [ ] print(1)
//! - [x] print(1 + 2)
//! > Because it adds.
//! ```
//! ````
//!
//! The lines before the options are the question, `[x]` marks what is right (one option or
//! several), and lines with `>` explain it; between backticks is code. What is right and why never
//! enters a step's HTML, not even of a quiz that cannot be read: everybody in the room has that.

use domain::{
    PollLabel, PollQuestion, QuizKey,
    workshop::{self, PollForm},
};
use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};
use sha2::{Digest as _, Sha256};

use crate::{
    DiagnosticCode, code_spans,
    lines::Lines,
    markdown,
    mistake::Mistake,
    prepare::prepare,
    render::{Info, plain_code_block},
};

/// A question of a codelab with a right answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quiz {
    /// What is asked; may have several lines.
    pub question: String,
    /// The options, at least two, no two alike.
    pub options: Vec<String>,
    /// Which of the options are right, by their index, at least one.
    pub correct: Vec<usize>,
    /// Why they are.
    pub explanation: Option<String>,
}

impl Quiz {
    /// What tells it apart: a hash of the question and the options, not of what is right.
    /// Everybody in the room has it, and could try whatever else was in it.
    #[must_use]
    pub fn key(&self) -> QuizKey {
        let mut hash = Sha256::new();
        for text in std::iter::once(&self.question).chain(&self.options) {
            hash.update(text.len().to_le_bytes());
            hash.update(text);
        }
        let bits = hash
            .finalize()
            .iter()
            .take(8)
            .fold(0_u64, |bits, byte| (bits << 8) | u64::from(*byte));
        QuizKey::from_bits(bits)
    }

    /// Whether several options are to be chosen.
    #[must_use]
    pub fn is_several(&self) -> bool {
        self.correct.len() > 1
    }
}

impl From<Quiz> for workshop::Quiz {
    fn from(quiz: Quiz) -> Self {
        let right = quiz.correct.iter();
        Self {
            key: quiz.key(),
            right: right
                .filter_map(|index| u8::try_from(*index).ok())
                .collect(),
            question: quiz.question.into(),
            options: quiz.options.into_iter().map(Into::into).collect(),
            explanation: quiz.explanation.map(Into::into),
        }
    }
}

/// Every quiz of a step's Markdown, in order.
pub(crate) fn collect(step: &str) -> Vec<Result<Quiz, Mistake>> {
    // Most steps have none, and parsing is not free.
    if !step.contains("quiz") {
        return Vec::new();
    }
    let text = prepare(step);
    let mut found = Vec::new();
    let mut open = None;
    for (event, _) in markdown::events(&text) {
        if let Event::Start(Tag::CodeBlock(kind)) = &event {
            open = is_quiz(kind).then(String::new);
        } else if let (Event::Text(words), Some(lines)) = (&event, &mut open) {
            lines.push_str(words);
        } else if matches!(event, Event::End(TagEnd::CodeBlock)) {
            found.extend(open.take().map(|lines| read(&lines)));
        }
    }
    found
}

/// The lines of a text, from 1, on which a quiz begins.
pub(crate) fn fence_lines(source: &str) -> Vec<u32> {
    let lines = Lines::new(source);
    let fences = markdown::parser(source)
        .into_offset_iter()
        .filter(|(event, _)| matches!(event, Event::Start(Tag::CodeBlock(kind)) if is_quiz(kind)));
    fences.map(|(_, range)| lines.number(range.start)).collect()
}

/// What stands in the step for a quiz: the question and what may be answered.
pub(crate) fn placeholder(kind: &CodeBlockKind<'_>, text: &str) -> Option<String> {
    if !is_quiz(kind) {
        return None;
    }
    let Ok(quiz) = read(text) else {
        return Some(plain_code_block("quiz", &without_answers(text)));
    };
    let choose = if quiz.is_several() { "several" } else { "one" };
    let mut html = format!(
        "<div class=\"quiz\" data-quiz=\"{}\" data-choose=\"{choose}\"><p class=\"question\">",
        quiz.key()
    );
    html.push_str(&code_spans::html(&quiz.question));
    html.push_str("</p><ul>");
    for option in &quiz.options {
        html.extend(["<li>", &code_spans::html(option), "</li>"]);
    }
    html.push_str("</ul></div>");
    Some(html)
}

/// A quiz as ordinary Markdown, without its answers.
pub(crate) fn as_list(text: &str) -> String {
    let Ok(quiz) = read(text) else {
        return without_answers(text);
    };
    let mut list = format!("**{}**\n", quiz.question.replace('\n', " "));
    for option in &quiz.options {
        list.extend(["\n- ", option]);
    }
    list
}

pub(crate) fn is_quiz(kind: &CodeBlockKind<'_>) -> bool {
    matches!(kind, CodeBlockKind::Fenced(info) if Info::read(info).language == "quiz")
}

/// What is left of a quiz that cannot be read.
fn without_answers(text: &str) -> String {
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with('>'));
    let lines = lines.map(|line| line.replace("[x]", "[ ]").replace("[X]", "[ ]"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Reads the lines inside of the fence.
pub(crate) fn read(text: &str) -> Result<Quiz, Mistake> {
    let (mut question, mut explanation) = (Vec::new(), Vec::new());
    let mut options: Vec<String> = Vec::new();
    let mut correct = Vec::new();
    let mut first_option = 0;
    for (line, number) in text.lines().zip(1..) {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        if let Some((is_right, option)) = boxed(line) {
            let mistake = |code| Mistake::new(code, option, number);
            if option.is_empty() || options.iter().any(|other| other == option) {
                return Err(mistake(DiagnosticCode::QuizOptions));
            }
            if option.chars().count() > PollLabel::MAX_CHARS {
                return Err(mistake(DiagnosticCode::QuizTextTooLong));
            }
            if options.is_empty() {
                first_option = number;
            }
            if is_right {
                correct.push(options.len());
            }
            options.push(option.to_owned());
        } else if let Some(words) = line.strip_prefix('>').filter(|_| !options.is_empty()) {
            explanation.push(words.trim());
        } else if options.is_empty() && explanation.is_empty() {
            question.push(line);
        } else {
            return Err(Mistake::new(DiagnosticCode::QuizStrayLine, line, number));
        }
    }
    let question = question.join("\n");
    if question.is_empty() {
        return Err(Mistake::new(DiagnosticCode::QuizWithoutQuestion, "", 0));
    }
    if question.chars().count() > PollQuestion::MAX_CHARS {
        return Err(Mistake::new(DiagnosticCode::QuizTextTooLong, &question, 1));
    }
    if !PollForm::OPTIONS.contains(&options.len()) {
        return Err(Mistake::new(DiagnosticCode::QuizOptions, "", first_option));
    }
    if correct.is_empty() {
        return Err(Mistake::new(
            DiagnosticCode::QuizWithoutAnswer,
            "",
            first_option,
        ));
    }
    let explanation = explanation.join("\n");
    Ok(Quiz {
        question,
        options,
        correct,
        explanation: Some(explanation).filter(|words| !words.is_empty()),
    })
}

/// `- [x] option`: whether it is right, and its words.
fn boxed(line: &str) -> Option<(bool, &str)> {
    let item = ["- ", "* ", "+ "]
        .iter()
        .find_map(|mark| line.strip_prefix(mark))?;
    let item = item.trim_start();
    let rest = |mark| item.strip_prefix(mark).map(str::trim);
    rest("[ ]").map(|words| (false, words)).or_else(|| {
        rest("[x]")
            .or_else(|| rest("[X]"))
            .map(|words| (true, words))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{parse, render_step};

    const QUIZ: &str = "What prints 3?\n- [ ] print(1)\n- [x] print(1 + 2)\n> Because\n> it adds.";

    fn html(text: &str) -> String {
        render_step(&format!("````quiz\n{text}\n````"), &|_| None)
    }

    #[test]
    fn a_quiz_is_read() {
        let quiz = read(QUIZ).expect("a quiz");
        assert_eq!(quiz.question, "What prints 3?");
        assert_eq!(quiz.options, ["print(1)", "print(1 + 2)"]);
        assert_eq!(quiz.correct, [1]);
        assert_eq!(quiz.explanation.as_deref(), Some("Because\nit adds."));
    }

    #[test]
    fn the_step_shows_it_without_its_answers() {
        insta::assert_snapshot!(html(QUIZ), @r#"<div class="quiz" data-quiz="21sbsv50k5h8w" data-choose="one"><p class="question">What prints 3?</p><ul><li>print(1)</li><li>print(1 + 2)</li></ul></div>"#);
        // Whichever option is right, everybody gets the same.
        assert_eq!(
            html(QUIZ),
            html("What prints 3?\n- [x] print(1)\n- [ ] print(1 + 2)\n> Not at all.")
        );
        let several = html("What prints 3?\n- [x] print(1)\n- [X] print(1 + 2)");
        assert_eq!(html(QUIZ).replace("\"one\"", "\"several\""), several);
    }

    #[test]
    fn the_key_is_of_what_is_asked() {
        let key = |text: &str| read(text).expect("a quiz").key();
        assert_eq!(
            key(QUIZ),
            key("What prints 3?\n- [X] print(1)\n- [ ] print(1 + 2)")
        );
        assert_ne!(key("q\n- [x] ab\n- [ ] c"), key("q\n- [x] a\n- [ ] bc"));
        assert_ne!(key("q\n- [x] a\n- [ ] b"), key("q\n- [x] b\n- [ ] a"));
        assert_ne!(key("q\n- [x] a\n- [ ] b"), key("q?\n- [x] a\n- [ ] b"));
    }

    #[test]
    fn a_quiz_that_cannot_be_read_tells_nothing_either() {
        for text in [
            "- [ ] a\n- [x] bb\n> secret",
            "q\n- [x] a\n> secret",
            "q\n- [x] a\n- [ ] a\n> secret",
            "q\n> secret\n- [x] a\nstray\n- [ ] b",
        ] {
            let html = html(text);
            assert!(read(text).is_err() && !html.contains("[x]"), "{html}");
            assert!(!html.contains("secret"), "{html}");
        }
    }

    #[test]
    fn mistakes_are_named_with_their_lines() {
        let mistake = |text: &str| {
            let source = format!("# T\n\n## S\n\nWords.\n\n```quiz\n{text}\n```\n");
            let parsed = parse("a.md", &source).expect("a codelab");
            assert!(parsed.codelab.steps[0].quizzes.is_empty());
            let found = parsed.diagnostics.first().expect("a remark");
            (found.code, found.line.unwrap_or(0), found.subject.clone())
        };
        let is = |code, line, subject: &str| (code, line, subject.to_owned());
        assert_eq!(
            mistake("- [x] a\n- [ ] b"),
            is(DiagnosticCode::QuizWithoutQuestion, 7, "")
        );
        assert_eq!(
            mistake("q\n- [x] a"),
            is(DiagnosticCode::QuizOptions, 9, "")
        );
        assert_eq!(
            mistake("q\n- [x] a\n- [ ] a"),
            is(DiagnosticCode::QuizOptions, 10, "a")
        );
        assert_eq!(
            mistake("q\n- [ ] a\n- [ ] b"),
            is(DiagnosticCode::QuizWithoutAnswer, 9, "")
        );
        assert_eq!(
            mistake("q\n- [x] a\nmore\n- [ ] b"),
            is(DiagnosticCode::QuizStrayLine, 10, "more")
        );
        let long = "x".repeat(PollLabel::MAX_CHARS + 1);
        assert_eq!(
            mistake(&format!("q\n- [x] {long}")).0,
            DiagnosticCode::QuizTextTooLong
        );
    }

    #[test]
    fn steps_know_their_quizzes() {
        let source = format!("# T\n\n## S\n\n```quiz\n{QUIZ}\n```\n\n## E\n\nNone.\n");
        let codelab = parse("a.md", &source).expect("a codelab").codelab;
        assert_eq!(codelab.steps[0].quizzes.len(), 1);
        assert!(codelab.steps[1].quizzes.is_empty());
    }
}
