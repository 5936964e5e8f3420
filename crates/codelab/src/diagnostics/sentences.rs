//! Each remark as an English sentence, for logs and tools.

use domain::{PollLabel, PollQuestion, workshop::PollForm};

use super::{Diagnostic, DiagnosticCode};
use crate::{
    import::{IMAGE_LIMIT_BYTES, MEGABYTE},
    shown::MAX_PIXELS,
};

impl Diagnostic {
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
