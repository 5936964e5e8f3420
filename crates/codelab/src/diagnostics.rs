//! What the reader noticed but could live with. Refusals are [`ImportError`](crate::ImportError)s.

mod sentences;

use crate::steps::Place;

/// How much a diagnostic matters to the author.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Everything is there, but something will look or work differently.
    Warning,
    /// A part that the author wrote is not in the codelab.
    Error,
}

/// A remark about the authored text, for the facilitator who imports it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// The file it is about, as the import named it.
    pub file: String,
    /// The line in that file, from 1.
    pub line: Option<u32>,
    /// The character in that line, from 1.
    pub column: Option<u32>,
    /// Stable, for translation.
    pub code: DiagnosticCode,
    /// What of the text it is about, as written: a name, an address, a value. Empty where the
    /// place says it all.
    pub subject: String,
    /// The lines around it; only an import shows them.
    pub excerpt: Option<Excerpt>,
}

/// Some lines of a codelab's text, to show a remark beside them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// How many of the lines stand before the one that is meant.
    pub before: u32,
    /// The lines, long ones cut off.
    pub lines: Vec<String>,
}

/// A longer line is no longer read but looked at.
const EXCERPT_CHARS: usize = 200;

impl Diagnostic {
    /// A remark on a file as a whole.
    pub(crate) fn of_file(
        file: &str,
        severity: Severity,
        code: DiagnosticCode,
        subject: &str,
    ) -> Self {
        Self {
            severity,
            file: file.to_owned(),
            line: None,
            column: None,
            code,
            subject: subject.to_owned(),
            excerpt: None,
        }
    }

    /// The same at a place of its file.
    pub(crate) fn at(mut self, place: Place) -> Self {
        self.line = Some(place.line);
        self.column = place.column;
        self
    }

    /// Finds the character that it is about, if it is not known: where its subject stands in its
    /// line, else where the line begins.
    pub(crate) fn find_column(&mut self, lines: &[&str]) {
        let Some(line) = self.line_of(lines).filter(|_| self.column.is_none()) else {
            return;
        };
        let mentioned = start_of_line(line)
            .find(&self.subject)
            .filter(|_| !self.subject.is_empty());
        let offset = mentioned.unwrap_or_else(|| crate::lines::indent(line));
        let chars = line
            .get(..offset)
            .map_or(0, |before| before.chars().count());
        self.column = u32::try_from(chars + 1).ok();
    }

    /// Takes along the line that it is about, and one on each side.
    pub(crate) fn take_excerpt(&mut self, lines: &[&str]) {
        if self.line_of(lines).is_none() {
            return;
        }
        let meant = self.line.and_then(|line| usize::try_from(line - 1).ok());
        let meant = meant.unwrap_or(0);
        let first = meant.saturating_sub(1);
        let around = lines.iter().take(meant + 2).skip(first);
        self.excerpt = Some(Excerpt {
            before: u32::from(meant > first),
            lines: around
                .map(|line| line.chars().take(EXCERPT_CHARS).collect())
                .collect(),
        });
    }

    fn line_of<'a>(&self, lines: &[&'a str]) -> Option<&'a str> {
        let index = usize::try_from(self.line?).ok()?.checked_sub(1)?;
        lines.get(index).copied()
    }
}

/// Of a line, as much as a subject is looked for in: a line without end may have remarks without end.
fn start_of_line(line: &str) -> &str {
    const SEARCHED_BYTES: usize = 4096;
    &line[..line.floor_char_boundary(SEARCHED_BYTES)]
}

/// The kind of a [`Diagnostic`]. The screen words these; the message is for logs and tools.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DiagnosticCode {
    /// There is no `# ` heading; the title comes from the header or the file's name.
    NoTitle,
    /// A duration that is neither minutes, `m:ss` nor `h:mm:ss`.
    UnreadableDuration,
    /// An image on the internet; it is shown as a link.
    RemoteImage,
    /// A video or an embedded page; it is shown as a link.
    RemoteEmbed,
    /// A survey form; its questions are shown and become prepared polls.
    Survey,
    /// A `{{ … }}` line of a site generator, kept as text.
    Template,
    /// A `<<file.md>>` line whose file could not be included.
    FragmentNotIncluded,
    /// A link to a file beside the codelab; only images are imported.
    LocalLink,
    /// A link that could run code; its text is kept.
    UnsafeLink,
    /// The image's file is not there.
    MissingImage,
    /// The image's address leads out of the codelab's folder.
    ImageOutside,
    /// The image is larger than the limit.
    ImageTooLarge,
    /// The image promises more pixels than can be shown; its sizes stand behind its name.
    ImageTooManyPixels,
    /// The file is not an image that browsers show.
    ImageUnsupported,
    /// A poll without a question.
    PollWithoutQuestion,
    /// A poll's question or option is longer than allowed.
    PollTextTooLong,
    /// A poll with too few or too many options, or the same one twice.
    PollOptions,
    /// A poll's scale that cannot be read.
    PollScale,
    /// A type that polls do not have.
    PollType,
    /// A line of a poll that means nothing there.
    PollStrayLine,
    /// A file of the platform's server that its export does not hold.
    UploadNotInFile,
    /// A requirement of the platform that is kept as words only.
    RequirementNotHeld,
    /// A material that is a file.
    MaterialNotTaken,
    /// A file that a manifest names is not there.
    StepNotFound,
    /// A heading that cannot become smaller, so that it is as small as the one below it.
    HeadingFlattened,
    /// A quiz without a question.
    QuizUnreadable,
    /// Markup of another tool that Markdown cannot say.
    ForeignMarkup,
    /// What a backup says of past workshops.
    HistoryNotTaken,
    /// A record of a backup that is left out.
    RecordUnreadable,
    /// Something of a backup's record that was taken otherwise than it stands there.
    RecordMended,
    /// A message that is longer than messages are here.
    MessageSplit,
    /// A file that was handed in and is not in the backup.
    SubmissionNotFound,
    /// Encrypted codes of people.
    CodesNotTaken,
    /// E-mail addresses of people.
    AddressesNotTaken,
    /// Answers to quizzes.
    QuizAnswersNotTaken,
    /// Who did what on the platform, from where.
    AuditLogNotTaken,
    /// Workspaces for code.
    WorkspacesNotTaken,
    /// Conversations with an assistant.
    AiConversationsNotTaken,
    /// A formula that cannot be set; it stays as TeX.
    UnreadableMaths,
    /// An attribute behind a fence that means nothing to us.
    UnknownFenceAttribute,
    /// A quiz without a question.
    QuizWithoutQuestion,
    /// A quiz's question or option is longer than allowed.
    QuizTextTooLong,
    /// A quiz with too few or too many options, or the same one twice.
    QuizOptions,
    /// A quiz none of whose options is right.
    QuizWithoutAnswer,
    /// A line of a quiz that means nothing there.
    QuizStrayLine,
    /// A quiz in the preparation guide, where nobody can answer it.
    QuizInGuide,
    /// Raw HTML that steps do not have.
    MarkupLeftOut,
    /// Records of a backup that belong to none of its codelabs, or are of no known kind.
    RecordsUnclaimed,
    /// A sound, a video or a page beside the codelab, which steps do not play; its name is shown.
    LocalMedia,
    /// Markdown files beside a codelab that are not part of it.
    FileLeftOut,
    /// A line that includes a file in a file that is included itself, or the file that it stands in.
    FragmentNested,
}
