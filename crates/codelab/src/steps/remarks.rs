//! Collects what the author should know.

use std::{ops::Range, sync::Arc};

use domain::workshop::PollForm;

use pulldown_cmark::{CodeBlockKind, Event, Tag};

use super::{
    mentions::{Mentions, Place},
    unshown,
};
use crate::{
    Diagnostic, DiagnosticCode, Quiz, Severity, Step,
    import::fragment_name,
    lines::{self, Lines},
    markdown,
    polls::{self, Found},
    quizzes,
    references::{self, Reference},
    render::{Info, maths},
};

/// The diagnostics of one file while it is being read.
pub(super) struct Remarks<'a> {
    file: &'a str,
    found: Vec<Diagnostic>,
}

impl<'a> Remarks<'a> {
    pub(super) fn new(file: &'a str) -> Self {
        Self {
            file,
            found: Vec::new(),
        }
    }

    pub(super) fn warn(&mut self, line: u32, code: DiagnosticCode, subject: &str) {
        self.note(Severity::Warning, line, code, subject);
    }

    fn note(&mut self, severity: Severity, line: u32, code: DiagnosticCode, subject: &str) {
        let mut remark = Diagnostic::of_file(self.file, severity, code, subject);
        remark.line = Some(line);
        self.found.push(remark);
    }

    /// Remarks on a step or the guide, by its line and Markdown, and tells what it points at;
    /// `source` is the same as it stands in the file.
    pub(super) fn on_text(&mut self, place: (u32, &str), source: &str) -> Vec<(Reference, Place)> {
        self.fences(place.0, source);
        self.maths(place.0, source);
        self.markup(place.0, source);
        self.references(place, source)
    }

    fn references(
        &mut self,
        (first_line, markdown): (u32, &str),
        source: &str,
    ) -> Vec<(Reference, Place)> {
        let mut mentions = Mentions::new(first_line, source);
        let mut found = Vec::new();
        for reference in references::collect(markdown) {
            let place = match &reference {
                Reference::Image(name)
                | Reference::RemoteImage(name, _)
                | Reference::UnshownImage(name)
                | Reference::Video(name)
                | Reference::Embed(name)
                | Reference::LocalMedia(name)
                | Reference::LocalLink(name)
                | Reference::UnsafeLink(name) => mentions.next(name),
                Reference::Survey => mentions.next("<form"),
            };
            self.remark_on(&reference, place);
            found.push((reference, place));
        }
        found
    }

    /// The polls of a step or the guide that can be asked, with remarks on the others.
    pub(super) fn polls(
        &mut self,
        (first_line, markdown): (u32, &str),
        source: &str,
    ) -> Vec<Arc<PollForm>> {
        let found = polls::collect(markdown);
        if found.is_empty() {
            return Vec::new();
        }
        let mut fences = polls::fence_lines(source).into_iter();
        let mut forms = Vec::new();
        for poll in found {
            match poll {
                Found::Survey(form) => forms.push(Arc::new(form)),
                Found::Fence(read) => {
                    let fence = fences.next().unwrap_or(1);
                    match read {
                        Ok(form) => forms.push(Arc::new(form)),
                        Err(mistake) => {
                            let line = first_line + fence - 1 + mistake.line;
                            self.warn(line, mistake.code, &mistake.subject);
                        }
                    }
                }
            }
        }
        forms
    }

    /// The quizzes of a step that can be read, with remarks on the others.
    pub(super) fn quizzes(&mut self, step: &Step, source: &str) -> Vec<Quiz> {
        let found = quizzes::collect(&step.markdown);
        if found.is_empty() {
            return Vec::new();
        }
        let mut fences = quizzes::fence_lines(source).into_iter();
        let mut read = Vec::new();
        for quiz in found {
            let fence = fences.next().unwrap_or(1);
            match quiz {
                Ok(quiz) => read.push(quiz),
                Err(mistake) => {
                    let line = step.line + fence - 1 + mistake.line;
                    self.warn(line, mistake.code, &mistake.subject);
                }
            }
        }
        read
    }

    /// Remarks on the quizzes of the guide, which nobody can answer there.
    pub(super) fn guide_quizzes(&mut self, (first_line, markdown): (u32, &str), source: &str) {
        if quizzes::collect(markdown).is_empty() {
            return;
        }
        for line in quizzes::fence_lines(source) {
            self.warn(first_line + line - 1, DiagnosticCode::QuizInGuide, "");
        }
    }

    /// Attributes behind fences that mean nothing to us.
    fn fences(&mut self, first_line: u32, source: &str) {
        if !source.contains('{') {
            return;
        }
        let lines = Lines::new(source);
        for (event, range) in markdown::parser(source).into_offset_iter() {
            let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) = event else {
                continue;
            };
            for attribute in Info::read(&info).unknown {
                let line = first_line + lines.number(range.start) - 1;
                self.warn(line, DiagnosticCode::UnknownFenceAttribute, &attribute);
            }
        }
    }

    /// Formulas that cannot be set.
    fn maths(&mut self, first_line: u32, source: &str) {
        if !source.contains('$') {
            return;
        }
        let lines = Lines::new(source);
        for (event, range) in markdown::typeset_events(source) {
            let (Event::InlineMath(tex) | Event::DisplayMath(tex)) = &event else {
                continue;
            };
            let is_maths = matches!(event, Event::DisplayMath(_)) || maths::is_maths(tex);
            if is_maths && !maths::is_readable(tex) {
                let line = first_line + lines.number(range.start) - 1;
                self.warn(line, DiagnosticCode::UnreadableMaths, &shown(tex));
            }
        }
    }

    /// Raw HTML that is not shown.
    fn markup(&mut self, first_line: u32, source: &str) {
        if !source.contains('<') {
            return;
        }
        let lines = Lines::new(source);
        for (what, at) in unshown::find(source) {
            let code = DiagnosticCode::MarkupLeftOut;
            let remark = Diagnostic::of_file(self.file, Severity::Warning, code, &shown(&what));
            self.found
                .push(remark.at(Place::of(first_line, &lines, at)));
        }
    }

    fn remark_on(&mut self, reference: &Reference, place: Place) {
        let short;
        let (code, subject) = match reference {
            // Whether the file is there is the import's to say.
            Reference::Image(_) => return,
            Reference::RemoteImage(address, _) => (DiagnosticCode::RemoteImage, address.as_str()),
            Reference::UnshownImage(address) => {
                short = shown(address);
                (DiagnosticCode::ImageUnsupported, short.as_str())
            }
            Reference::Video(address) | Reference::Embed(address) => {
                (DiagnosticCode::RemoteEmbed, address.as_str())
            }
            Reference::LocalMedia(name) => {
                short = shown(name);
                (DiagnosticCode::LocalMedia, short.as_str())
            }
            Reference::LocalLink(name) => (DiagnosticCode::LocalLink, name.as_str()),
            Reference::UnsafeLink(address) => (DiagnosticCode::UnsafeLink, address.as_str()),
            Reference::Survey => (DiagnosticCode::Survey, ""),
        };
        let remark = Diagnostic::of_file(self.file, Severity::Warning, code, subject);
        self.found.push(remark.at(place));
    }

    /// Looks for lines that other tools replace and nobody has replaced.
    pub(super) fn templates(&mut self, text: &str, verbatim: &[Range<usize>]) {
        for (index, (start, line)) in Lines::new(text).iter().enumerate() {
            let trimmed = line.trim();
            if lines::inside(verbatim, start + lines::indent(line)) {
                continue;
            }
            let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
            if is_for_a_generator(trimmed) {
                self.warn(number, DiagnosticCode::Template, trimmed);
            } else if let Some(name) = fragment_name(line) {
                self.note(
                    Severity::Error,
                    number,
                    DiagnosticCode::FragmentNotIncluded,
                    name,
                );
            }
        }
    }

    /// All remarks in the order of the text they are about, each with its place in its line.
    pub(super) fn into_sorted(mut self, text: &str) -> Vec<Diagnostic> {
        let lines = text.lines().collect::<Vec<_>>();
        for remark in &mut self.found {
            remark.find_column(&lines);
        }
        self.found.sort_by_key(|remark| remark.line);
        self.found
    }
}

/// A formula in a sentence: on one line, and not all of a long one.
fn shown(tex: &str) -> String {
    const LONGEST_CHARS: usize = 60;
    let words = tex.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(LONGEST_CHARS) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words,
    }
}

/// Whether a line is one that site generators replace: a template (Hugo, Jekyll), the beginning of
/// a box (Docusaurus, `MkDocs`), or the place of a table of contents.
fn is_for_a_generator(line: &str) -> bool {
    let is_template = |start, end| line.starts_with(start) && line.ends_with(end);
    let names_something = |mark| {
        let name = line.strip_prefix(mark).map(str::trim_start);
        name.is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
    };
    is_template("{{", "}}")
        || is_template("{%", "%}")
        || names_something(":::")
        || names_something("!!! ")
        || ["[[toc]]", "[toc]"].contains(&&*line.to_ascii_lowercase())
}
