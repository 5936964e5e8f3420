//! Why an import was refused, and what an importer noticed: names that the screen words.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Why a file could not become a codelab.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportReason {
    /// Nothing at that path.
    NotFound,
    /// The operating system refused to read it.
    Unreadable,
    /// No text at all.
    Empty,
    /// A known kind of file that is no Markdown.
    NotMarkdown,
    /// Bytes that no text has.
    Binary,
    /// UTF-16, as some editors on Windows save it.
    Utf16,
    /// Another encoding than UTF-8.
    NotUtf8,
    /// Text without any heading.
    NoHeadings,
    /// Headings, but none that begins a step.
    NoSteps,
    /// A folder or archive without Markdown.
    NoMarkdown,
    /// Several Markdown files, and no way to know which is the codelab.
    SeveralMarkdownFiles,
    /// Larger than the limit.
    TooLarge,
    /// More files than the limit.
    TooManyFiles,
    /// A name that leads out of its folder.
    UnsafeName,
    /// Two names that are the same file on some systems.
    DuplicateName,
    /// A link inside an archive.
    LinkInArchive,
    /// An archive with a password.
    Encrypted,
    /// An archive that cannot be read.
    DamagedArchive,
    /// The file in which another tool describes a codelab cannot be read.
    UnreadableManifest,
    /// Such a file names no step, and none lies beside it.
    NoStepFiles,
    /// An archive inside an archive.
    NestedArchive,
    /// A name in an archive that is no UTF-8.
    NameNotUtf8,
    /// More steps than the limit.
    TooManySteps,
    /// More blocks in one step than the limit.
    TooManyBlocks,
    /// A step that becomes a larger page than the limit.
    StepTooLarge,
    /// Steps that become larger pages than the limit, all together.
    CodelabTooLarge,
    /// Preparing its pages takes longer than the limit.
    TooSlow,
    /// An archive that grows beyond all measure.
    Bomb,
}

/// A refused import: the reason, and what of the file it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportRefusal {
    /// Why.
    pub reason: ImportReason,
    /// A name, a limit or the system's own words; empty where the reason says it all.
    pub subject: String,
}

/// What an importer can notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
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
    /// The image promises more pixels than can be shown.
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
    /// An attribute behind a fence that means nothing.
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
