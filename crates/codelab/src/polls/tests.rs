use proptest::prelude::*;

use super::*;
use crate::{Parsed, parse, render_step};

/// A poll with this behind its fence's `poll`, in a step on its own.
fn parsed(attributes: &str, lines: &str) -> Parsed {
    let source = format!("# T\n\n## S\n\n```poll{attributes}\n{lines}\n```\n");
    parse("a.md", &source).expect("a codelab")
}

fn kind_of(attributes: &str, lines: &str) -> PollKind {
    let parsed = parsed(attributes, lines);
    assert_eq!(parsed.diagnostics, []);
    let [form] = parsed.codelab.steps[0].polls.as_slice() else {
        panic!("one poll: {lines}")
    };
    assert_eq!(form.question.as_str(), "Why?");
    form.kind.clone()
}

/// The remark on a poll that cannot be asked; the fence is on line 5.
fn remark(attributes: &str, lines: &str) -> (DiagnosticCode, Option<u32>, String) {
    let parsed = parsed(attributes, lines);
    assert_eq!(parsed.codelab.steps[0].polls, []);
    let html = render_step(&parsed.codelab.steps[0].markdown, &|_| None);
    assert!(html.starts_with("<pre class=\"code\""), "{html}");
    let [remark] = parsed.diagnostics.as_slice() else {
        panic!("one remark: {:?}", parsed.diagnostics)
    };
    assert!(remark.message().contains("as text"));
    (remark.code, remark.line, remark.subject.clone())
}

fn labels(texts: &[&str]) -> Arc<[PollLabel]> {
    let label = |text: &&str| PollLabel::parse(text).expect("a label");
    texts.iter().map(label).collect()
}

#[test]
fn the_answers_say_the_kind() {
    let single = PollKind::Single(labels(&["a", "b c"]));
    let multiple = PollKind::Multiple(labels(&["a", "b c"]));
    assert_eq!(kind_of("", "Why?\n- a\n- b c"), single);
    assert_eq!(kind_of("", "Why?\n\n* a\n+  b  c "), single);
    assert_eq!(kind_of("", "Why?\n- [ ] a\n- [x] b c"), multiple);
    assert_eq!(kind_of(" {type=multiple}", "Why?\n- a\n- b c"), multiple);
    assert_eq!(
        kind_of(" {type=\"Single\"}", "Why?\n- [ ] a\n- [ ] b c"),
        single
    );
    assert_eq!(kind_of("", "Why?"), PollKind::Text);
    assert_eq!(kind_of("{type=words}", "Why?"), PollKind::Words);
}

#[test]
fn a_scale_may_name_its_ends() {
    for scale in ["1-7", "7", "1–7", "1..7", "1 to 7"] {
        let lines = format!("Why?\nScale: {scale}\nlow: lost\nHIGH: sure: very");
        let PollKind::Scale { max, low, high } = kind_of("", &lines) else {
            panic!("a scale")
        };
        assert_eq!((max, low.is_some()), (7, true));
        assert_eq!(high.as_ref().map(PollLabel::as_str), Some("sure: very"));
    }
    let plain = PollKind::Scale {
        max: 5,
        low: None,
        high: None,
    };
    assert_eq!(kind_of(" {type=scale}", "Why?"), plain);
}

#[test]
fn a_question_may_have_several_lines() {
    let parsed = parsed("", "Scale: what is it?\nThink <b>first</b>.\n- a\n- b");
    let form = &parsed.codelab.steps[0].polls[0];
    assert_eq!(
        form.question.as_str(),
        "Scale: what is it?\nThink <b>first</b>."
    );
    let html = render_step(&parsed.codelab.steps[0].markdown, &|_| None);
    assert_eq!(
        html,
        "<div class=\"poll\"><p class=\"question\">Scale: what is it?<br>Think \
         &lt;b&gt;first&lt;/b&gt;.</p></div>"
    );
}

#[test]
fn mistakes_are_remarked_on_their_line() {
    let long = "x".repeat(301);
    let too_many = format!("Why?\n{}", "- a\n".repeat(13));
    for (attributes, lines, expected) in [
        ("", "", (DiagnosticCode::PollWithoutQuestion, 5, "")),
        ("", "- a\n- b", (DiagnosticCode::PollWithoutQuestion, 5, "")),
        ("", &long, (DiagnosticCode::PollTextTooLong, 6, &*long)),
        ("", "Why?\n- a", (DiagnosticCode::PollOptions, 7, "")),
        ("", "Why?\n\n- a\n- a", (DiagnosticCode::PollOptions, 8, "")),
        ("", &too_many, (DiagnosticCode::PollOptions, 7, "")),
        (
            " {type=single}",
            "Why?",
            (DiagnosticCode::PollOptions, 5, ""),
        ),
        (
            "",
            "Why?\nscale: 1-11",
            (DiagnosticCode::PollScale, 7, "1-11"),
        ),
        (
            "",
            "Why?\nscale: 2-5",
            (DiagnosticCode::PollScale, 7, "2-5"),
        ),
        (
            " {type=vote}",
            "Why?",
            (DiagnosticCode::PollType, 5, "vote"),
        ),
        (
            "",
            "Why?\n- a\n- b\nmore",
            (DiagnosticCode::PollStrayLine, 9, "more"),
        ),
        (
            "",
            "Why?\nscale: 5\n- b",
            (DiagnosticCode::PollStrayLine, 7, "scale: 5"),
        ),
        (
            "",
            "Why?\n- a\n- b\nlow: c",
            (DiagnosticCode::PollStrayLine, 9, "low: c"),
        ),
        (
            " {type=words}",
            "Why?\n- a",
            (DiagnosticCode::PollStrayLine, 7, "- a"),
        ),
    ] {
        let (code, line, subject) = remark(attributes, lines);
        assert_eq!(
            (code, line, subject.as_str()),
            (expected.0, Some(expected.1), expected.2),
            "{lines}"
        );
    }
}

#[test]
fn polls_stand_anywhere_in_a_step_but_in_code() {
    let source = "# T\n\n## One\n\n1. x\n\n   ~~~ poll\n   A?\n   ~~~\n\n> aside positive\n> ```poll\n> B?\n> ```\n\n\
                  ````markdown\n```poll\nno\n```\n````\n\n## Two\n\n```poll\nC?\n- a\n```\n";
    let parsed = parse("a.md", source).expect("a codelab");
    let [one, two] = parsed.codelab.steps.as_slice() else {
        panic!("two steps")
    };
    let questions: Vec<_> = one
        .polls
        .iter()
        .map(|form| form.question.as_str())
        .collect();
    assert_eq!(questions, ["A?", "B?"]);
    assert_eq!(two.polls, []);
    let lines: Vec<_> = parsed.diagnostics.iter().map(|r| r.line).collect();
    assert_eq!(lines, [Some(26)]);
}

#[test]
fn surveys_become_polls() {
    let source = "# T\n\n## S\n\n<form>\n<name>Tea &amp; cake?</name>\n<input value=\"Yes\">\n\
                  <input value=\"No <b>\">\n<name>Only one?</name>\n<input value=\"a\">\n</form>\n";
    let parsed = parse("a.md", source).expect("a codelab");
    let [form] = parsed.codelab.steps[0].polls.as_slice() else {
        panic!("one poll")
    };
    assert_eq!(form.question.as_str(), "Tea & cake?");
    assert_eq!(form.kind, PollKind::Single(labels(&["Yes", "No <b>"])));
}

proptest! {
    #[test]
    fn any_lines_are_a_poll_or_a_remark(attributes in "( ?\\{[a-z= \"]{0,12}\\}?)?", lines in "([-*+] |\\[.?\\]|[a-z]{0,5}|scale: ?|low:|[0-9]{1,4}|[^`~]|\n){0,24}") {
        let source = format!("# T\n\n## S\n\n```poll{attributes}\n{lines}\n```\n");
        if let Ok(parsed) = parse("a.md", &source) {
            for step in &parsed.codelab.steps {
                for form in &step.polls {
                    prop_assert!(form.is_valid());
                }
                let placeholders = render_step(&step.markdown, &|_| None)
                    .matches("<div class=\"poll\">")
                    .count();
                prop_assert_eq!(placeholders, step.polls.len());
            }
        }
    }
}
