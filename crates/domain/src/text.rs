//! Texts that people type, checked once at the door.

use std::{fmt, sync::Arc};

/// Why a text was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing is left after white space and invisible characters were removed.
    #[error("the text is empty")]
    Empty,
    /// Longer than allowed.
    #[error("the text is longer than {max_chars} characters")]
    TooLong {
        /// Characters allowed (Unicode scalar values).
        max_chars: usize,
    },
}

/// Characters that would let a text change how the texts around it are read:
/// control characters and the bidirectional overrides of Unicode's UAX #9.
fn is_unsafe(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

fn checked(cleaned: &str, max_chars: usize) -> Result<Arc<str>, TextError> {
    if cleaned
        .chars()
        .all(|c| c.is_whitespace() || c == '\u{200B}')
    {
        return Err(TextError::Empty);
    }
    if cleaned.chars().count() > max_chars {
        return Err(TextError::TooLong { max_chars });
    }
    Ok(cleaned.into())
}

macro_rules! text {
    ($(#[$doc:meta])* $name:ident, $max:literal, $clean:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Characters allowed (Unicode scalar values).
            pub const MAX_CHARS: usize = $max;

            /// Cleans and checks what somebody typed.
            ///
            /// # Errors
            /// [`TextError`] when nothing is left or it is too long.
            pub fn parse(typed: &str) -> Result<Self, TextError> {
                let clean: fn(&str) -> String = $clean;
                checked(&clean(typed), Self::MAX_CHARS).map(Self)
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            /// Hides the text: logs never carry what people wrote.
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({} bytes)", stringify!($name), self.0.len())
            }
        }
    };
}

/// One line: runs of white space become one space.
fn line(typed: &str) -> String {
    let spaced: String = typed
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|&c| !is_unsafe(c))
        .collect();
    spaced
        .split(' ')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The last part of a path, of whatever system.
fn file_name(typed: &str) -> String {
    let last = typed.rsplit(['/', '\\']).next().unwrap_or_default();
    let name = line(last);
    // Names that mean a folder.
    if name.trim_matches('.').is_empty() {
        String::new()
    } else {
        name
    }
}

/// Several lines: line ends become `\n`, tabs stay, the ends are trimmed.
fn lines(typed: &str) -> String {
    let unified = typed.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = unified
        .chars()
        .filter(|&c| matches!(c, '\n' | '\t') || !is_unsafe(c))
        .collect();
    kept.trim().to_owned()
}

text!(
    /// The name a person goes by in a workshop.
    Name,
    40,
    line
);
text!(
    /// A workshop's title.
    WorkshopTitle,
    120,
    line
);
text!(
    /// What a save point is remembered by.
    RevisionNote,
    200,
    line
);
text!(
    /// The title of a codelab that is begun here.
    CodelabTitle,
    200,
    line
);
text!(
    /// A chat message.
    MessageText,
    4000,
    lines
);
text!(
    /// An announcement.
    AnnouncementText,
    2000,
    lines
);
text!(
    /// What a help request says.
    HelpText,
    500,
    lines
);
text!(
    /// What a material is called.
    MaterialTitle,
    120,
    line
);
text!(
    /// What a file is called where it comes from; says nothing about where it lies here.
    FileName,
    200,
    file_name
);
text!(
    /// What a timer counts down to.
    TimerLabel,
    80,
    line
);
text!(
    /// What a poll asks.
    PollQuestion,
    300,
    lines
);
text!(
    /// An option of a poll, or what an end of its scale means.
    PollLabel,
    120,
    line
);
text!(
    /// A free answer to a poll.
    PollText,
    500,
    lines
);
text!(
    /// A word for a word cloud; may be a short phrase.
    PollWord,
    40,
    line
);

text!(
    /// What somebody thinks of a workshop.
    FeedbackText,
    4000,
    lines
);
text!(
    /// Where work that was handed in lies, elsewhere.
    LinkAddress,
    2000,
    line
);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_is_one_line() {
        assert_eq!(
            Name::parse("  Ada \n Lovelace\t").unwrap().as_str(),
            "Ada Lovelace"
        );
        assert_eq!(Name::parse("김\u{202E}민수").unwrap().as_str(), "김민수");
        assert_eq!(Name::parse(" \u{200B}\n"), Err(TextError::Empty));
        assert_eq!(
            Name::parse(&"é".repeat(41)),
            Err(TextError::TooLong { max_chars: 40 })
        );
        assert!(Name::parse(&"é".repeat(40)).is_ok());
    }

    #[test]
    fn a_message_keeps_its_lines() {
        let text = MessageText::parse("\r\nlet x = 1;\r\n\tprint(x)\u{7}\n").unwrap();
        assert_eq!(text.as_str(), "let x = 1;\n\tprint(x)");
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(typed in any::<String>()) {
            if let Ok(name) = Name::parse(&typed) {
                prop_assert_eq!(Name::parse(name.as_str()), Ok(name));
            }
            if let Ok(text) = MessageText::parse(&typed) {
                prop_assert_eq!(MessageText::parse(text.as_str()), Ok(text));
            }
        }
    }
}
