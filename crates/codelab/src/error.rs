//! Why a file could not become a codelab, in one plain sentence: what, where, what to do.

use std::fmt;

/// A refused import. Nothing of the file has been kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct ImportError {
    /// The file as the facilitator knows it.
    pub file: String,
    /// The line in that file, from 1, when one line is to blame.
    pub line: Option<u32>,
    /// Why.
    pub reason: ImportReason,
}

impl ImportError {
    pub(crate) fn new(file: impl Into<String>, reason: ImportReason) -> Self {
        Self {
            file: file.into(),
            line: None,
            reason,
        }
    }

    pub(crate) fn at(file: impl Into<String>, line: u32, reason: ImportReason) -> Self {
        Self {
            file: file.into(),
            line: Some(line),
            reason,
        }
    }
}

/// Why a file could not become a codelab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportReason {
    /// Nothing at that path.
    NotFound,
    /// The operating system refused to read it.
    Unreadable {
        /// The system's own words.
        detail: String,
    },
    /// No text at all.
    Empty,
    /// A known kind of file that is no Markdown.
    NotMarkdown {
        /// What it looks like, with its article.
        kind: &'static str,
    },
    /// Bytes that no text has.
    Binary,
    /// UTF-16, as some editors on Windows save it.
    Utf16,
    /// Another encoding than UTF-8.
    NotUtf8 {
        /// Offset of the first wrong byte in the file, from 0.
        offset_bytes: usize,
    },
    /// Text without any heading.
    NoHeadings,
    /// Headings, but none that begins a step.
    NoSteps,
    /// A folder or archive without Markdown.
    NoMarkdown,
    /// Several Markdown files, and no way to know which is the codelab.
    SeveralMarkdownFiles {
        /// The candidates.
        names: Vec<String>,
    },
    /// Larger than the limit.
    TooLarge {
        /// The limit in megabytes.
        limit_mb: u64,
    },
    /// More files than the limit.
    TooManyFiles {
        /// The limit.
        limit: usize,
    },
    /// A name that leads out of its folder.
    UnsafeName {
        /// The name as written.
        name: String,
    },
    /// Two names that are the same file on some systems.
    DuplicateName {
        /// The second of the two.
        name: String,
    },
    /// A link inside an archive.
    LinkInArchive {
        /// The link's name.
        name: String,
    },
    /// An archive with a password.
    Encrypted,
    /// An archive that cannot be read.
    DamagedArchive {
        /// What is wrong with it.
        detail: String,
    },
    /// The file in which another tool describes a codelab cannot be read.
    UnreadableManifest {
        /// What is wrong with it.
        detail: String,
    },
    /// Such a file names no step, and none lies beside it.
    NoStepFiles,
    /// An archive inside an archive.
    NestedArchive {
        /// The inner one.
        name: String,
    },
    /// A name in an archive that is no UTF-8.
    NameNotUtf8 {
        /// The name as far as it can be read.
        name: String,
    },
    /// More steps than the limit.
    TooManySteps {
        /// The limit.
        limit: usize,
    },
    /// More blocks in one step than the limit.
    TooManyBlocks {
        /// The limit.
        limit: usize,
    },
    /// A step that becomes a larger page than the limit.
    StepTooLarge {
        /// The limit in megabytes.
        limit_mb: usize,
    },
    /// Steps that become larger pages than the limit, all together.
    CodelabTooLarge {
        /// The limit in megabytes.
        limit_mb: usize,
    },
    /// Preparing its pages takes longer than the limit.
    TooSlow {
        /// The limit in seconds.
        limit_seconds: u64,
    },
    /// An archive that grows beyond all measure.
    Bomb {
        /// The entry that does.
        name: String,
    },
}

impl ImportReason {
    /// What of the file it is about, for the screen's own words: a name, a limit in megabytes or
    /// files, an offset in bytes, the system's words. Empty where the reason says it all.
    #[must_use]
    pub fn subject(&self) -> String {
        match self {
            Self::NotFound
            | Self::Empty
            | Self::Binary
            | Self::Utf16
            | Self::NoHeadings
            | Self::NoSteps
            | Self::NoMarkdown
            | Self::NoStepFiles
            | Self::Encrypted => String::new(),
            Self::Unreadable { detail }
            | Self::DamagedArchive { detail }
            | Self::UnreadableManifest { detail } => detail.clone(),
            Self::NotMarkdown { kind } => (*kind).to_owned(),
            Self::NotUtf8 { offset_bytes } => offset_bytes.to_string(),
            Self::SeveralMarkdownFiles { names } => names.join(", "),
            Self::TooLarge { limit_mb } => limit_mb.to_string(),
            Self::TooManyFiles { limit }
            | Self::TooManySteps { limit }
            | Self::TooManyBlocks { limit } => limit.to_string(),
            Self::StepTooLarge { limit_mb } | Self::CodelabTooLarge { limit_mb } => {
                limit_mb.to_string()
            }
            Self::TooSlow { limit_seconds } => limit_seconds.to_string(),
            Self::UnsafeName { name }
            | Self::DuplicateName { name }
            | Self::LinkInArchive { name }
            | Self::NestedArchive { name }
            | Self::NameNotUtf8 { name }
            | Self::Bomb { name } => name.clone(),
        }
    }
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ", line {line},")?;
        }
        f.write_str(" ")?;
        self.reason.fmt(f)
    }
}

impl fmt::Display for ImportReason {
    #[expect(
        clippy::too_many_lines,
        reason = "a sentence for each reason, side by side"
    )]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => f.write_str("was not found: choose a file that still exists."),
            Self::Unreadable { detail } => {
                write!(
                    f,
                    "could not be read ({detail}): check that you may open it."
                )
            }
            Self::Empty => f.write_str("is empty: choose a Markdown file with a title and steps."),
            Self::NotMarkdown { kind } => {
                write!(
                    f,
                    "is {kind}, not Markdown: export it as Markdown and import that file."
                )
            }
            Self::Binary => f.write_str(
                "contains bytes that no text has, so it is no Markdown: choose a text file.",
            ),
            Self::Utf16 => {
                f.write_str("is saved as UTF-16: save it as UTF-8 in your editor and try again.")
            }
            Self::NotUtf8 { offset_bytes } => write!(
                f,
                "is not UTF-8 text (byte {offset_bytes}): save it as UTF-8 and try again."
            ),
            Self::NoHeadings => f.write_str(
                "has no headings, so it is no codelab: write a title as “# Title” and begin each \
                 step with a line such as “## First step”.",
            ),
            Self::NoSteps => f.write_str(
                "has headings but no steps: begin each step with a line such as “## First step”.",
            ),
            Self::NoMarkdown => f.write_str(
                "contains no Markdown file: add the codelab as index.md beside its images.",
            ),
            Self::SeveralMarkdownFiles { names } => write!(
                f,
                "contains several Markdown files that could be the codelab ({}): name the right \
                 one index.md.",
                names.join(", ")
            ),
            Self::TooLarge { limit_mb } => {
                write!(
                    f,
                    "is larger than {limit_mb} MB: make it smaller and try again."
                )
            }
            Self::TooManyFiles { limit } => {
                write!(
                    f,
                    "contains more than {limit} files: keep only the codelab and its images."
                )
            }
            Self::UnsafeName { name } => write!(
                f,
                "contains a file whose name leads out of its folder ({name:?}): pack it again \
                 from inside the codelab's folder."
            ),
            Self::DuplicateName { name } => write!(
                f,
                "contains the name {name:?} twice (capital letters do not count): rename one of \
                 the two."
            ),
            Self::LinkInArchive { name } => write!(
                f,
                "contains a link ({name:?}) instead of a file: pack the file itself."
            ),
            Self::Encrypted => {
                f.write_str("is protected by a password: pack it again without one.")
            }
            Self::DamagedArchive { detail } => {
                write!(
                    f,
                    "is damaged or no ordinary ZIP ({detail}): pack it again."
                )
            }
            Self::UnreadableManifest { detail } => write!(
                f,
                "does not describe a codelab that can be read ({detail}): export it again."
            ),
            Self::NoStepFiles => f.write_str(
                "names no step, and no step lies beside it: export the codelab again with its \
                 steps.",
            ),
            Self::NestedArchive { name } => write!(
                f,
                "contains another archive ({name:?}), which is not opened: unpack it and import \
                 it by itself."
            ),
            Self::NameNotUtf8 { name } => write!(
                f,
                "contains a name that is not UTF-8 ({name:?}): give the file a plain name and \
                 pack it again."
            ),
            Self::TooManySteps { limit } => write!(
                f,
                "has more than {limit} steps: divide it into several codelabs."
            ),
            Self::TooManyBlocks { limit } => write!(
                f,
                "has more than {limit} paragraphs, list items and table cells in one step: divide \
                 the step."
            ),
            Self::StepTooLarge { limit_mb } => write!(
                f,
                "has a step that becomes a page of more than {limit_mb} MB: divide the step."
            ),
            Self::CodelabTooLarge { limit_mb } => write!(
                f,
                "becomes more than {limit_mb} MB of pages: divide it into several codelabs."
            ),
            Self::TooSlow { limit_seconds } => write!(
                f,
                "takes more than {limit_seconds} seconds to prepare: simplify or divide it."
            ),
            Self::Bomb { name } => write!(
                f,
                "contains a file that grows beyond all measure when it is unpacked ({name:?}): \
                 leave that file out."
            ),
        }
    }
}
