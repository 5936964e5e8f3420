//! A codelab's text that was put together from several files, and where each line comes from.

use crate::ImportError;

/// A text, and the file and line of each of its lines.
#[derive(Debug)]
pub(super) struct Expanded {
    pub(super) text: String,
    /// Empty when the text is one file as it is. Line 0 is a line that stands in no file.
    origins: Vec<(usize, u32)>,
    files: Vec<String>,
}

impl Expanded {
    /// Nothing yet; lines that come from nowhere else are the file's.
    pub(super) fn new(file: &str) -> Self {
        Self {
            text: String::new(),
            origins: Vec::new(),
            files: vec![file.to_owned()],
        }
    }

    /// One file as it is.
    pub(super) fn verbatim(file: &str, text: &str) -> Self {
        Self {
            text: text.to_owned(),
            ..Self::new(file)
        }
    }

    pub(super) fn len_bytes(&self) -> u64 {
        self.text.len() as u64
    }

    /// Adds a line of the first file.
    pub(super) fn push(&mut self, line: &str, number: u32) {
        self.push_from(line, (0, number));
    }

    /// Adds lines that stand in no file in this form.
    pub(super) fn push_made(&mut self, lines: &str) {
        for line in lines.split('\n') {
            self.push_from(line, (0, 0));
        }
    }

    /// Adds all lines of another file.
    pub(super) fn push_file(&mut self, file: &str, text: &str) {
        self.files.push(file.to_owned());
        let file = self.files.len() - 1;
        for (number, line) in (1..).zip(text.lines()) {
            self.push_from(line, (file, number));
        }
    }

    /// Takes off the break behind the last line: lines are counted between breaks.
    pub(super) fn finish(mut self) -> Self {
        self.text.pop();
        self
    }

    fn push_from(&mut self, line: &str, origin: (usize, u32)) {
        self.text.push_str(line);
        self.text.push('\n');
        self.origins.push(origin);
    }

    fn origin(&self, line: u32) -> Option<(usize, u32)> {
        let index = usize::try_from(line).ok()?.checked_sub(1)?;
        self.origins.get(index).copied()
    }

    /// The file that a line of the text comes from.
    pub(super) fn file_of(&self, line: u32) -> &str {
        let file = self.origin(line).map_or(0, |(file, _)| file);
        self.files.get(file).map_or("", String::as_str)
    }

    /// Turns a line of the expanded text into the author's file and line.
    pub(super) fn relocate(&self, file: &mut String, line: &mut Option<u32>) {
        if let Some((origin, number)) = line.and_then(|line| self.origin(line)) {
            self.files[origin].clone_into(file);
            *line = (number > 0).then_some(number);
        }
    }

    pub(super) fn relocate_error(&self, mut error: ImportError) -> ImportError {
        self.relocate(&mut error.file, &mut error.line);
        error
    }
}
