//! Names that files may have on every system.

use std::collections::HashSet;

use crate::import::Image;

/// Longer names are cut; some systems allow 255 bytes for a whole name.
const LONGEST_NAME_CHARS: usize = 60;

/// A title as the name of a file, without its ending.
pub(super) fn file_name(title: &str) -> String {
    let plain: String = title
        .chars()
        .map(|c| match c {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
            c if c.is_control() || turns(c) => '_',
            c => c,
        })
        .take(LONGEST_NAME_CHARS)
        .collect();
    let plain = plain.trim_matches(['.', ' ']);
    if plain.is_empty() {
        "codelab".to_owned()
    } else if is_device(plain) {
        format!("_{plain}")
    } else {
        plain.to_owned()
    }
}

/// Marks that turn the direction of what follows: a name could seem to end otherwise.
fn turns(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Names that Windows keeps for devices, whatever their ending
/// (<https://learn.microsoft.com/windows/win32/fileio/naming-a-file>).
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end();
    let stem = stem.to_ascii_uppercase();
    let numbered = stem
        .strip_prefix("COM")
        .or_else(|| stem.strip_prefix("LPT"))
        .is_some_and(|number| matches!(number.as_bytes(), [b'1'..=b'9']));
    numbered || matches!(&*stem, "CON" | "PRN" | "AUX" | "NUL")
}

/// Letters, digits and hyphens: for ids and for names of pictures.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    slug.truncate(LONGEST_NAME_CHARS);
    slug.trim_end_matches('-').to_owned()
}

/// Plain names for images in a folder `img/`, whatever their references look like.
pub(super) struct ImageNames<'a>(Vec<(&'a Image, String)>);

impl<'a> ImageNames<'a> {
    pub(super) fn new(images: &'a [Image]) -> Self {
        let mut named: Vec<(&Image, String)> = Vec::new();
        let mut taken = HashSet::new();
        for image in images {
            let same = named.iter().find(|(other, _)| other.bytes == image.bytes);
            if let Some((_, name)) = same {
                let name = name.clone();
                named.push((image, name));
                continue;
            }
            let last = image
                .reference
                .rsplit(['/', '\\'])
                .next()
                .unwrap_or_default();
            let stem = last.split(['.', '?', '#']).next().unwrap_or_default();
            let stem = Some(slug(stem)).filter(|stem| !stem.is_empty());
            let stem = stem.unwrap_or_else(|| "image".to_owned());
            let ending = ending(image.media_type);
            let mut name = format!("img/{stem}.{ending}");
            let mut number = 2_u32;
            while !taken.insert(name.clone()) {
                name = format!("img/{stem}-{number}.{ending}");
                number += 1;
            }
            named.push((image, name));
        }
        Self(named)
    }

    /// The name that a reference has become.
    pub(super) fn get(&self, reference: &str) -> Option<&str> {
        let found = self
            .0
            .iter()
            .find(|(image, _)| image.reference == reference);
        found.map(|(_, name)| name.as_str())
    }

    /// The same name for a name that a reference has become.
    pub(super) fn again(&self, name: &str) -> Option<&str> {
        let mut names = self.0.iter().map(|(_, name)| name.as_str());
        names.find(|other| *other == name)
    }

    /// Every file once.
    pub(super) fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let mut seen = HashSet::new();
        let named = self.0.iter().filter(move |(_, name)| seen.insert(name));
        named.map(|(image, name)| (name.as_str(), image.bytes.as_slice()))
    }
}

pub(super) fn ending(media_type: &str) -> &'static str {
    match media_type {
        "image/jpeg" => "jpg",
        "image/gif" => "gif",
        "image/webp" => "webp",
        "image/bmp" => "bmp",
        "image/avif" => "avif",
        "image/svg+xml" => "svg",
        _ => "png",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_suit_every_system() {
        assert_eq!(file_name("A/B: \"C\"?"), "A_B_ _C__");
        assert_eq!(file_name("..."), "codelab");
        assert_eq!(file_name("깃 기초"), "깃 기초");
        assert_eq!(file_name(&"x".repeat(500)).len(), LONGEST_NAME_CHARS);
        assert_eq!(file_name("con"), "_con");
        assert_eq!(file_name("Lpt1.png"), "_Lpt1.png");
        assert_eq!(file_name("Console"), "Console");
        assert_eq!(file_name("a\u{202e}gnp.exe"), "a_gnp.exe");
        assert_eq!(slug("Hello,  World! 1"), "hello-world-1");
        assert_eq!(slug("깃"), "");
    }
}
