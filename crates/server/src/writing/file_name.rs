//! Names for pictures that people paste: readable in Markdown, and a file on
//! every system.

/// Characters of a name; what is longer tells nobody more.
const MAX_CHARS: usize = 60;

/// What a picture without a name is called.
const NAMELESS: &str = "image";

/// Names that Windows keeps for devices, whatever extension follows.
const RESERVED: &[&str] = &["con", "prn", "aux", "nul"];

/// The name of a file without folders and extension, as letters, digits and
/// dashes.
pub fn stem(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let mut stem = String::new();
    for c in name.chars().take(MAX_CHARS) {
        if c.is_alphanumeric() || c == '_' {
            stem.push(c);
        } else if !stem.is_empty() && !stem.ends_with('-') {
            stem.push('-');
        }
    }
    let stem = stem.trim_end_matches('-');
    let lower = stem.to_ascii_lowercase();
    let port = lower.strip_prefix("com").or(lower.strip_prefix("lpt"));
    let is_port = port.is_some_and(|n| n.len() == 1 && n.chars().all(|c| c.is_ascii_digit()));
    if stem.is_empty() {
        NAMELESS.to_owned()
    } else if is_port || RESERVED.contains(&lower.as_str()) {
        format!("{NAMELESS}-{stem}")
    } else {
        stem.to_owned()
    }
}

/// The extension of a picture's kind.
pub fn extension(media_type: &str) -> &'static str {
    match media_type {
        "image/png" => "png",
        "image/jpeg" => "jpg",
        "image/gif" => "gif",
        "image/webp" => "webp",
        "image/bmp" => "bmp",
        "image/avif" => "avif",
        "image/svg+xml" => "svg",
        _ => "bin",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_made_of_what_people_called_their_file() {
        for (given, expected) in [
            (
                "Screenshot 2026-01-02 at 10.11.12.png",
                "Screenshot-2026-01-02-at-10-11-12",
            ),
            ("C:\\fakepath\\cat.jpeg", "cat"),
            ("img/../../etc/passwd", "passwd"),
            ("그림 (1).png", "그림-1"),
            (".png", "image"),
            ("", "image"),
            ("a](x) ![b.png", "a-x-b"),
            ("NUL.png", "image-NUL"),
            ("com1.png", "image-com1"),
            ("comet.png", "comet"),
        ] {
            assert_eq!(stem(given), expected, "{given}");
        }
        assert_eq!(stem(&"x".repeat(500)).len(), MAX_CHARS);
    }
}
