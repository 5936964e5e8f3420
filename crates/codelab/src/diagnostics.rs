//! What the reader noticed but could live with. Refusals are [`ImportError`](crate::ImportError)s.

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
    /// Stable, for translation.
    pub code: DiagnosticCode,
    /// One plain English sentence.
    pub message: String,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal),+ $(,)?) => {
        /// The kind of a [`Diagnostic`]. The screen words these; the message is for logs and tools.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum DiagnosticCode { $($(#[$doc])* $name),+ }

        impl DiagnosticCode {
            /// The stable name of the kind.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }
        }
    };
}

codes! {
    /// There is no `# ` heading; the title comes from the header or the file's name.
    NoTitle = "no_title",
    /// Text between the title and the first step belongs to no step and is left out.
    TextBeforeFirstStep = "text_before_first_step",
    /// A duration that is neither minutes, `m:ss` nor `h:mm:ss`.
    UnreadableDuration = "unreadable_duration",
    /// An image on the internet; it is shown as a link.
    RemoteImage = "remote_image",
    /// A video or an embedded page; it is shown as a link.
    RemoteEmbed = "remote_embed",
    /// A survey form; its questions are shown, answers are not collected.
    Survey = "survey",
    /// A `{{ … }}` line of a site generator, kept as text.
    Template = "template",
    /// A `<<file.md>>` line whose file could not be included.
    FragmentNotIncluded = "fragment_not_included",
    /// A link to a file beside the codelab; only images are imported.
    LocalLink = "local_link",
    /// A link that could run code; its text is kept.
    UnsafeLink = "unsafe_link",
    /// The image's file is not there.
    MissingImage = "missing_image",
    /// The image's address leads out of the codelab's folder.
    ImageOutside = "image_outside",
    /// The image is larger than the limit.
    ImageTooLarge = "image_too_large",
    /// The file is not an image that browsers show.
    ImageUnsupported = "image_unsupported",
}
