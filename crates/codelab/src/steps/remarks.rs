//! Collects what the author should know.

use std::{ops::Range, sync::Arc};

use domain::workshop::PollForm;

use crate::{
    Diagnostic, DiagnosticCode, Severity, Step,
    import::fragment_name,
    lines::{self, Lines},
    polls::{self, Found},
    references::{self, Reference},
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

    /// Looks for what a step points at; `source` is the step as it stands in the file.
    pub(super) fn references(&mut self, step: &Step, source: &str) -> Vec<(Reference, u32)> {
        let lines = Lines::new(source);
        // Lines are only for the reader of a remark: the first mention is near enough.
        let line_of = |needle: &str| {
            let id = needle.rsplit('=').next().unwrap_or(needle);
            let offset = source.find(needle).or_else(|| source.find(id)).unwrap_or(0);
            step.line + lines.number(offset) - 1
        };
        let mut found = Vec::new();
        for reference in references::collect(&step.markdown) {
            let line = match &reference {
                Reference::Image(name)
                | Reference::RemoteImage(name)
                | Reference::Video(name)
                | Reference::Embed(name)
                | Reference::LocalLink(name)
                | Reference::UnsafeLink(name) => line_of(name),
                Reference::Survey => line_of("<form"),
            };
            self.remark_on(&reference, line);
            found.push((reference, line));
        }
        found
    }

    /// The polls of a step that can be asked, with remarks on the others.
    pub(super) fn polls(&mut self, step: &Step, source: &str) -> Vec<Arc<PollForm>> {
        let found = polls::collect(&step.markdown);
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
                            let line = step.line + fence - 1 + mistake.line;
                            self.warn(line, mistake.code, &mistake.subject);
                        }
                    }
                }
            }
        }
        forms
    }

    fn remark_on(&mut self, reference: &Reference, line: u32) {
        let (code, subject) = match reference {
            // Whether the file is there is the import's to say.
            Reference::Image(_) => return,
            Reference::RemoteImage(address) => (DiagnosticCode::RemoteImage, address.as_str()),
            Reference::Video(address) | Reference::Embed(address) => {
                (DiagnosticCode::RemoteEmbed, address.as_str())
            }
            Reference::LocalLink(name) => (DiagnosticCode::LocalLink, name.as_str()),
            Reference::UnsafeLink(address) => (DiagnosticCode::UnsafeLink, address.as_str()),
            Reference::Survey => (DiagnosticCode::Survey, ""),
        };
        self.warn(line, code, subject);
    }

    /// Looks for lines that other tools replace and nobody has replaced.
    pub(super) fn templates(&mut self, text: &str, verbatim: &[Range<usize>]) {
        for (index, (start, line)) in Lines::new(text).iter().enumerate() {
            let trimmed = line.trim();
            if lines::inside(verbatim, start + lines::indent(line)) {
                continue;
            }
            let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
            if trimmed.starts_with("{{") && trimmed.ends_with("}}") {
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
