//! What every format of the platform says of a codelab, and that as one text of our dialect.
//!
//! Links among the materials become a list in the guide, and quizzes a last step, so that all of
//! it is read in the room.

use serde_json::Value;

use super::{body, fields::Fields, labels::Labels, quiz};
use crate::{
    Diagnostic, DiagnosticCode, Severity, escape,
    import::{expanded::Expanded, manifest::Converted},
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
    pub(super) materials: &'a [Value],
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

/// Settings that hold nothing back here yet.
const REQUIREMENTS: &[&str] = &["require_quiz", "require_feedback", "require_submission"];

struct Words {
    materials: &'static str,
    quiz: &'static str,
    step: &'static str,
}

const ENGLISH: Words = Words {
    materials: "Materials",
    quiz: "Quiz",
    step: "Step",
};

const KOREAN: Words = Words {
    materials: "자료",
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
        self.write_guide(words, &mut labels, &mut out);
        for (index, step) in std::mem::take(&mut self.steps).into_iter().enumerate() {
            self.write_step((index, step), words, &mut labels, &mut out);
        }
        self.write_quizzes(words, &mut out);
        Converted {
            expanded: out.finish(),
            diagnostics: self.diagnostics,
        }
    }

    /// The language of the headings that we add. The platform does not name one.
    fn words(&self) -> &'static Words {
        let is_korean = |text: &str| text.chars().any(|c| ('가'..='힣').contains(&c));
        let texts = ["title", "description"].map(|key| self.fields.text(key));
        let step = |step: &StepText| is_korean(&step.title);
        if texts.iter().flatten().any(|text| is_korean(text)) || self.steps.iter().any(step) {
            &KOREAN
        } else {
            &ENGLISH
        }
    }

    fn write_header(&mut self, out: &mut Expanded) {
        out.push_made("---");
        let mut entry = |key: &str, value: Option<String>| {
            if let Some(value) = value {
                out.push_made(&format!("{key}: {value}"));
            }
        };
        entry("id", self.fields.text("id"));
        let words = |key| self.fields.text(key).map(|text| escape::words(&text));
        entry("summary", words("description"));
        entry("authors", words("author"));
        let public = self.fields.flag("is_public").then(|| "published".into());
        entry("status", public);
        entry("created at", self.fields.text("created_at"));
        let flags = ["quiz_enabled"].iter().chain(REQUIREMENTS);
        for key in flags {
            let set = self.fields.flag(key).then(|| "true".into());
            entry(&key.replace('_', " "), set);
        }
        out.push_made("---\n");
        let title = self.fields.text("title").unwrap_or_default();
        if !title.is_empty() {
            out.push_made(&format!("# {}\n", escape::heading(&title)));
        }
        for key in REQUIREMENTS {
            if self.fields.flag(key) {
                self.remark(
                    Severity::Warning,
                    DiagnosticCode::RequirementNotHeld,
                    &key.replace('_', " "),
                );
            }
        }
    }

    fn write_guide(&mut self, words: &Words, labels: &mut Labels, out: &mut Expanded) {
        let links = self.links();
        if self.guide.is_none() && links.is_empty() {
            return;
        }
        if let Some((file, text)) = self.guide.take() {
            self.write_body(&file, &guarded(&labels.settle(&text)), out);
        }
        if !links.is_empty() {
            out.push_made(&format!("### {}\n", words.materials));
            for link in links {
                out.push_made(&link);
            }
            out.push_made("");
        }
    }

    /// The materials that are links, as a list; the others are named in remarks.
    fn links(&mut self) -> Vec<String> {
        let mut links = Vec::new();
        for row in self.materials {
            let fields = Fields(row);
            let address = fields.text("url").or_else(|| fields.text("link_url"));
            let file = fields.text("file").or_else(|| fields.text("file_path"));
            let title = fields.text("title");
            if let Some(address) = address {
                let title = title.unwrap_or_else(|| address.clone());
                let (title, address) = (escape::words(&title), escape::address(&address));
                links.push(format!("- [{title}]({address})"));
            } else {
                let named = [title, file].into_iter().flatten().collect::<Vec<_>>();
                let named = named.join(": ");
                self.remark(Severity::Error, DiagnosticCode::MaterialNotTaken, &named);
            }
        }
        links
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
        if let Some((heading, lines)) = body::leading_heading(&text) {
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
        let settled = body::settle(text);
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
