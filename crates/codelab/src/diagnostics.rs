//! What the reader noticed but could live with. Refusals are [`ImportError`](crate::ImportError)s.

use domain::{PollLabel, PollQuestion, workshop::PollForm};

use crate::{
    import::{IMAGE_LIMIT_BYTES, MEGABYTE},
    shown::MAX_PIXELS,
    steps::Place,
};

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
        let mentioned = line
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
    /// The remark in one plain English sentence.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "this is a table of sentences")]
    pub fn message(&self) -> String {
        let subject = &self.subject;
        match self.code {
            DiagnosticCode::NoTitle => {
                format!(
                    "There is no “# Title” heading, so the codelab is called “{subject}”; begin the \
                     file with a line such as “# My title”."
                )
            }
            DiagnosticCode::UnreadableDuration => format!(
                "The duration “{subject}” is not understood; write minutes as “Duration: 5” or \
                 “Duration: 0:05:00”."
            ),
            DiagnosticCode::RemoteImage => format!(
                "The image {subject} is on the internet and is shown as a link; download it when \
                 you import, or save it beside the codelab, to show it in the room."
            ),
            DiagnosticCode::RemoteEmbed => {
                format!(
                    "{subject} needs the internet and is shown as a link; describe in the step \
                     what it shows, for a room without internet."
                )
            }
            DiagnosticCode::Survey => {
                "The survey is shown as a list; its questions can be asked as polls in a workshop, \
                 where they wait under Polls."
                    .to_owned()
            }
            DiagnosticCode::Template => {
                format!(
                    "{subject} is a line for a site generator and stays as text; put the text it \
                     stands for in its place, or delete it."
                )
            }
            DiagnosticCode::FragmentNotIncluded => {
                format!(
                    "The file {subject} is not in the codelab's folder, so its text is missing; \
                     add the file and import the folder again."
                )
            }
            DiagnosticCode::LocalLink => format!(
                "The file {subject} is linked but not imported, only images are, and its name stays \
                 as text; share the file in the room, or write what is in it into the step."
            ),
            DiagnosticCode::UnsafeLink => {
                format!(
                    "The link to {subject} is not safe to follow and its words stay as text; use \
                     an address that begins with https://."
                )
            }
            DiagnosticCode::MissingImage => {
                format!(
                    "The image {subject} was not found, so its description is shown instead; add \
                     the file beside the codelab and import again."
                )
            }
            DiagnosticCode::ImageOutside => format!(
                "The image {subject} is outside the codelab's folder and not imported; copy it \
                 beside the Markdown file."
            ),
            DiagnosticCode::ImageTooLarge => format!(
                "The image {subject} is larger than {} MB and not imported; make it smaller.",
                IMAGE_LIMIT_BYTES / MEGABYTE
            ),
            DiagnosticCode::ImageTooManyPixels => format!(
                "The image {subject} has more than {} million pixels and is left out; make it \
                 smaller.",
                MAX_PIXELS / 1_000_000
            ),
            DiagnosticCode::ImageUnsupported => format!(
                "The image {subject} is no image that browsers show; save it as PNG, JPEG, GIF, \
                 WebP, AVIF or SVG."
            ),
            DiagnosticCode::PollWithoutQuestion => poll_without_question(),
            DiagnosticCode::PollTextTooLong => poll_text_too_long(subject),
            DiagnosticCode::PollOptions => poll_options(),
            DiagnosticCode::PollScale => poll_scale(subject),
            DiagnosticCode::PollType => poll_type(subject),
            DiagnosticCode::PollStrayLine => poll_stray_line(subject),
            DiagnosticCode::UnreadableMaths => format!(
                "The formula “{subject}” cannot be set and stays as TeX; use commands of LaTeX's \
                 maths that need no package."
            ),
            DiagnosticCode::UploadNotInFile => format!(
                "{subject} is on the server that the codelab comes from and not in this file; \
                 save it from there and put it into the codelab."
            ),
            DiagnosticCode::RequirementNotHeld => format!(
                "“{subject}” is told to everybody in the room, but whether they did it is not \
                 checked here."
            ),
            DiagnosticCode::MaterialNotTaken => format!(
                "The material “{subject}” is not in the import, or no address of the web, and not \
                 taken along; add it to the codelab's materials here."
            ),
            DiagnosticCode::StepNotFound => format!(
                "The file {subject} is named but not there, so its text is missing; add the file \
                 and import again."
            ),
            DiagnosticCode::HeadingFlattened => {
                "The heading is as small as headings can be, and one above it now is too; use \
                 fewer sizes of headings in this step."
                    .to_owned()
            }
            DiagnosticCode::QuizUnreadable => format!(
                "A quiz has no question and is left out ({subject}); write it as a quiz in a step."
            ),
            DiagnosticCode::ForeignMarkup => format!(
                "{subject} cannot be written in Markdown, so only its words are kept; look at \
                 the place and write it anew."
            ),
            DiagnosticCode::HistoryNotTaken => format!(
                "Past workshops of the backup are not taken ({subject}); keep the backup if you \
                 need them."
            ),
            DiagnosticCode::RecordUnreadable => format!(
                "{subject} cannot be read and is left out of the past workshop; keep the backup \
                 if you need it."
            ),
            DiagnosticCode::RecordMended => format!(
                "{subject} is missing or cannot be, and was replaced by what is likeliest; \
                 compare it with the platform if it matters."
            ),
            DiagnosticCode::MessageSplit => {
                format!("{subject} is longer than a message may be here and became several.")
            }
            DiagnosticCode::SubmissionNotFound => format!(
                "The file “{subject}” was handed in but is not in the backup; ask for it again."
            ),
            DiagnosticCode::CodesNotTaken => {
                format!(
                    "Encrypted codes of {subject} people are not taken; nobody needs them here."
                )
            }
            DiagnosticCode::AddressesNotTaken => {
                format!(
                    "E-mail addresses of {subject} people are not taken; keep the backup if you need them."
                )
            }
            DiagnosticCode::QuizAnswersNotTaken => {
                format!(
                    "{subject} answers to quizzes that cannot be answered here are not taken; keep the backup if you need them."
                )
            }
            DiagnosticCode::AuditLogNotTaken => {
                format!(
                    "{subject} lines of the audit log are not taken; keep the backup if you need them."
                )
            }
            DiagnosticCode::WorkspacesNotTaken => {
                format!(
                    "{subject} workspaces for code are not taken; keep the backup if you need them."
                )
            }
            DiagnosticCode::AiConversationsNotTaken => {
                format!(
                    "{subject} conversations with an AI are not taken; keep the backup if you need them."
                )
            }
            DiagnosticCode::UnknownFenceAttribute => format!(
                "“{subject}” behind the code's language means nothing and is left out; known are \
                 file, lines, start, mark, diff and run."
            ),
            DiagnosticCode::QuizWithoutQuestion => quiz_without_question(),
            DiagnosticCode::QuizTextTooLong => quiz_text_too_long(subject),
            DiagnosticCode::QuizOptions => quiz_options(),
            DiagnosticCode::QuizWithoutAnswer => quiz_without_answer(),
            DiagnosticCode::QuizInGuide => quiz_in_guide(),
            DiagnosticCode::QuizStrayLine => quiz_stray_line(subject),
            DiagnosticCode::MarkupLeftOut => markup_left_out(subject),
            DiagnosticCode::RecordsUnclaimed => records_unclaimed(subject),
            DiagnosticCode::LocalMedia => local_media(subject),
            DiagnosticCode::FileLeftOut => file_left_out(subject),
            DiagnosticCode::FragmentNested => fragment_nested(subject),
        }
    }
}

fn poll_without_question() -> String {
    "The poll has no question and stays as text; write one on its first line.".to_owned()
}

fn poll_text_too_long(subject: &str) -> String {
    format!(
        "“{subject}” is too long, so the poll stays as text; a question may have {} \
                 characters, an option {}.",
        PollQuestion::MAX_CHARS,
        PollLabel::MAX_CHARS
    )
}

fn poll_options() -> String {
    format!(
        "The poll stays as text; give it {} to {} different options.",
        PollForm::OPTIONS.start(),
        PollForm::OPTIONS.end()
    )
}

fn poll_scale(subject: &str) -> String {
    format!(
        "The scale “{subject}” is not understood, so the poll stays as text; write it as \
                 “scale: 1-5”, up to {}.",
        PollForm::SCALE.end()
    )
}

fn poll_type(subject: &str) -> String {
    format!(
        "There is no poll of type “{subject}”, so it stays as text; the types are single, \
                 multiple, scale, text and words."
    )
}

fn poll_stray_line(subject: &str) -> String {
    format!(
        "“{subject}” belongs neither to the poll's question nor to its answers, so the \
                 poll stays as text."
    )
}

fn quiz_without_question() -> String {
    "The quiz has no question and stays as text; write one on its first line.".to_owned()
}

fn quiz_text_too_long(subject: &str) -> String {
    format!(
        "“{subject}” is too long, so the quiz stays as text; a question may have {} \
                 characters, an option {}.",
        PollQuestion::MAX_CHARS,
        PollLabel::MAX_CHARS
    )
}

fn quiz_options() -> String {
    format!(
        "The quiz stays as text; give it {} to {} different options, written as “- [ ] …”.",
        PollForm::OPTIONS.start(),
        PollForm::OPTIONS.end()
    )
}

fn quiz_without_answer() -> String {
    "No option of the quiz is right, so it stays as text; mark the right ones with “[x]”."
        .to_owned()
}

fn quiz_in_guide() -> String {
    "A quiz in the preparation guide is shown, but nobody can answer it there; move it into a step."
        .to_owned()
}

fn quiz_stray_line(subject: &str) -> String {
    format!(
        "“{subject}” belongs neither to the quiz's question nor to its options, so the \
                 quiz stays as text; an explanation begins with “>”."
    )
}

fn fragment_nested(subject: &str) -> String {
    format!(
        "The line that includes {subject} stays as text: an included file includes nothing, and no \
         file itself; put the text of {subject} in its place, or delete the line."
    )
}

fn file_left_out(subject: &str) -> String {
    format!(
        "Not part of the codelab and left out: {subject}; include a file with a line such as \
         “<<notes.md>>” if it belongs to the steps."
    )
}

fn local_media(subject: &str) -> String {
    format!(
        "The file {subject} is not played or shown inside a step, and its name stays as text; give it \
         to the room as a material, or write what is in it into the step."
    )
}

fn records_unclaimed(subject: &str) -> String {
    format!(
        "Records of the backup that belong to none of its codelabs, or are of no known kind, are not \
         taken ({subject}); keep the backup if you need them."
    )
}

fn markup_left_out(subject: &str) -> String {
    format!(
        "{subject} is left out of the step, and at most the words in it stay; put it between \
         backticks if people should read it, else write it in Markdown."
    )
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
