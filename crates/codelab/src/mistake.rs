//! What is wrong with a poll or a quiz, which then stays as text.

use crate::DiagnosticCode;

/// Why a fence is no poll or no quiz.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Mistake {
    pub(crate) code: DiagnosticCode,
    /// What it is about, as written.
    pub(crate) subject: String,
    /// Where: the fence is line 0.
    pub(crate) line: u32,
}

impl Mistake {
    pub(crate) fn new(code: DiagnosticCode, subject: &str, line: u32) -> Self {
        let subject = subject.to_owned();
        Self {
            code,
            subject,
            line,
        }
    }
}
