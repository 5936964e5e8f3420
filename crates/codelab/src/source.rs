//! From bytes to text: what is no text is refused with its line.

use crate::{ImportError, ImportReason};

/// Files that people pick by mistake, by their first bytes.
const KNOWN_KINDS: &[(&[u8], &str)] = &[
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xD0\xCF\x11\xE0", "an office document"),
    (b"\x89PNG", "a picture"),
    (b"\xFF\xD8\xFF", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1F\x8B", "a compressed archive"),
    (b"7z\xBC\xAF", "a compressed archive"),
    (b"Rar!", "a compressed archive"),
    (b"{\\rtf", "a rich text document"),
];

/// Reads bytes as UTF-8 text without byte order mark.
pub(crate) fn decode(file: &str, bytes: &[u8]) -> Result<String, ImportError> {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Err(ImportError::new(file, ImportReason::Utf16));
    }
    if let Some((_, kind)) = KNOWN_KINDS
        .iter()
        .find(|(magic, _)| bytes.starts_with(magic))
    {
        return Err(ImportError::new(file, ImportReason::NotMarkdown { kind }));
    }
    if let Some(offset) = bytes.iter().position(|byte| *byte == 0) {
        return Err(ImportError::at(
            file,
            line_of(bytes, offset),
            ImportReason::Binary,
        ));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(normalise(text)),
        Err(error) => {
            let offset_bytes = error.valid_up_to();
            let reason = ImportReason::NotUtf8 { offset_bytes };
            Err(ImportError::at(file, line_of(bytes, offset_bytes), reason))
        }
    }
}

/// The same text without byte order mark and with `\n` for every line break.
pub(crate) fn normalise(text: &str) -> String {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text.into()
    }
}

fn line_of(bytes: &[u8], offset: usize) -> u32 {
    let breaks = bytes
        .iter()
        .take(offset)
        .filter(|byte| **byte == b'\n')
        .count();
    u32::try_from(breaks + 1).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(bytes: &[u8]) -> String {
        decode("a.md", bytes)
            .map_or_else(|error| error.to_string(), |text| format!("read {text:?}"))
    }

    #[test]
    fn marks_and_line_ends_are_normalised() {
        assert_eq!(refusal(b"\xEF\xBB\xBFa\r\nb\rc"), r#"read "a\nb\nc""#);
    }

    #[test]
    fn what_is_no_text_is_named() {
        insta::assert_snapshot!(refusal(b"# T\n\ncaf\xE9\n"), @"a.md, line 3, is not UTF-8 text (byte 8): save it as UTF-8 and try again.");
        insta::assert_snapshot!(refusal(b"\xFF\xFE#\0"), @"a.md is saved as UTF-16: save it as UTF-8 in your editor and try again.");
        insta::assert_snapshot!(refusal(b"%PDF-1.7"), @"a.md is a PDF document, not Markdown: export it as Markdown and import that file.");
        insta::assert_snapshot!(refusal(b"a\nb\0"), @"a.md, line 2, contains bytes that no text has, so it is no Markdown: choose a text file.");
    }
}
