//! What every format of the platform says of a codelab, and that as one text of our dialect.
//!
//! The guide is a part of its own and quizzes become a last step, so that all of it is read in the
//! room.

use serde_json::Value;

use super::{fields::Fields, labels::Labels, quiz};
use crate::{
    Diagnostic, DiagnosticCode, Severity, escape,
    import::{expanded::Expanded, manifest::Converted},
    settle,
    steps::guarded,
};

/// A codelab as the platform keeps it.
pub(super) struct Draft<'a> {
    /// The file that says so.
    pub(super) manifest: &'a str,
    /// Its own fields.
    pub(super) fields: Fields<'a>,
    /// The file of the guide and its text.
    pub(super) guide: Option<(String, String)>,
    pub(super) steps: Vec<StepText>,
    pub(super) quizzes: &'a [Value],
    /// What was noticed while reading it.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// A step's title and text.
pub(super) struct StepText {
    /// Empty when only its text can tell.
    pub(super) title: String,
    pub(super) number: i64,
    pub(super) file: String,
    pub(super) text: String,
}

/// What completing it takes beside its steps, and is checked here.
const CHECKED: &str = "require_quiz";

/// What it takes as well, and holds nothing back here yet.
const UNCHECKED: &[&str] = &["require_feedback", "require_submission"];

struct Words {
    quiz: &'static str,
    step: &'static str,
}

const ENGLISH: Words = Words {
    quiz: "Quiz",
    step: "Step",
};

const KOREAN: Words = Words {
    quiz: "퀴즈",
    step: "단계",
};

impl Draft<'_> {
    /// Remarks on something of the manifest.
    pub(super) fn remark(&mut self, severity: Severity, code: DiagnosticCode, subject: &str) {
        let remark = Diagnostic::of_file(self.manifest, severity, code, subject);
        self.diagnostics.push(remark);
    }

    /// The codelab as one text.
    pub(super) fn write(mut self) -> Converted {
        let words = self.words();
        let mut out = Expanded::new(self.manifest);
        let mut labels = Labels::default();
        self.write_header(&mut out);
        self.write_guide(&mut labels, &mut out);
        for (index, step) in std::mem::take(&mut self.steps).into_iter().enumerate() {
            self.write_step((index, step), words, &mut labels, &mut out);
        }
        self.write_quizzes(words, &mut out);
        Converted::of(out.finish(), self.diagnostics)
    }

    /// The language of the headings that we add.
    fn words(&self) -> &'static Words {
        if self.is_korean() { &KOREAN } else { &ENGLISH }
    }

    /// Whether it is in Korean. The platform does not say.
    pub(super) fn is_korean(&self) -> bool {
        let is_korean = |text: &str| text.chars().any(|c| ('가'..='힣').contains(&c));
        let texts = ["title", "description"].map(|key| self.fields.text(key));
        let step = |step: &StepText| is_korean(&step.title);
        texts.iter().flatten().any(|text| is_korean(text)) || self.steps.iter().any(step)
    }

    fn write_header(&mut self, out: &mut Expanded) {
        out.push_made("---");
        let mut entry = |key: &str, value: Option<String>| {
            if let Some(value) = value {
                out.push_made(&format!("{key}: {value}"));
            }
        };
        entry("id", self.fields.text("id"));
        let words = |key| {
            self.fields
                .text(key)
                .map(|text| escape::typeset_words(&text))
        };
        entry("summary", words("description"));
        entry("authors", words("author"));
        let public = self.fields.flag("is_public").then(|| "published".into());
        entry("status", public);
        entry("created at", self.fields.text("created_at"));
        let flags = ["quiz_enabled", CHECKED].iter().chain(UNCHECKED);
        for key in flags {
            let set = self.fields.flag(key).then(|| "true".into());
            entry(&key.replace('_', " "), set);
        }
        out.push_made("---\n");
        let title = self.fields.text("title").unwrap_or_default();
        if !title.is_empty() {
            out.push_made(&format!("# {}\n", escape::heading(&title)));
        }
        for key in UNCHECKED {
            if self.fields.flag(key) {
                self.remark(
                    Severity::Warning,
                    DiagnosticCode::RequirementNotHeld,
                    &key.replace('_', " "),
                );
            }
        }
    }

    fn write_guide(&mut self, labels: &mut Labels, out: &mut Expanded) {
        let Some((file, text)) = self.guide.take() else {
            return;
        };
        self.write_body(&file, &guarded(&labels.settle(&text)), out);
    }

    fn write_step(
        &mut self,
        (index, step): (usize, StepText),
        words: &Words,
        labels: &mut Labels,
        out: &mut Expanded,
    ) {
        let StepText {
            mut title,
            file,
            mut text,
            ..
        } = step;
        if let Some((heading, lines)) = settle::leading_heading(&text) {
            // A heading that says the title again would stand there twice.
            if title.is_empty() || escape::one_line(&title) == heading {
                title = heading;
                text = blanked(&text, lines);
            }
        }
        if title.is_empty() {
            title = format!("{} {}", words.step, index + 1);
        }
        out.push_made(&format!("## {}\n", escape::heading(&title)));
        self.write_body(&file, &labels.settle(&text), out);
    }

    fn write_body(&mut self, file: &str, text: &str, out: &mut Expanded) {
        let settled = settle::settle(text);
        for line in settled.flattened {
            let mut remark = Diagnostic::of_file(
                file,
                Severity::Warning,
                DiagnosticCode::HeadingFlattened,
                "",
            );
            remark.line = Some(line);
            self.diagnostics.push(remark);
        }
        out.push_file(file, &settled.text);
        if let Some(closing) = settled.closing {
            out.push_made(&closing);
        }
        out.push_made("");
    }

    fn write_quizzes(&mut self, words: &Words, out: &mut Expanded) {
        let mut begun = false;
        for row in self.quizzes {
            let Some(quiz) = quiz::read(row) else {
                let code = DiagnosticCode::QuizUnreadable;
                self.remark(Severity::Error, code, &row.to_string());
                continue;
            };
            if !begun {
                out.push_made(&format!("## {}\n", words.quiz));
                begun = true;
            }
            out.push_made(&quiz);
            out.push_made("");
        }
    }
}

/// The text with its first lines empty, so that the others keep their numbers.
fn blanked(text: &str, lines: usize) -> String {
    let rest = text.split_inclusive('\n').skip(lines).collect::<String>();
    "\n".repeat(lines) + &rest
}
