//! Images that stand in the text itself, as `data:` addresses (RFC 2397): what text processors and
//! the web platform's exports write. They become files beside the text, so that it can be edited.

use std::{
    collections::{BTreeMap, HashMap},
    io::Write,
};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use pulldown_cmark::{Event, Tag};
use sha2::{Digest as _, Sha256};

use super::{
    TOTAL_LIMIT_BYTES,
    choose::is_markdown,
    folder::{Folder, Found},
    images, names,
};
use crate::{ImportError, lines, markdown};

/// A Markdown file with its images in it; without them the usual limit holds.
const WITH_IMAGES_LIMIT_BYTES: u64 = 50 * super::MEGABYTE;

const ADDRESS: &str = "data:image/";

/// A folder whose Markdown files have their images beside them.
pub(super) struct Embedded<F> {
    folder: F,
    images: HashMap<String, Vec<u8>>,
    images_bytes: u64,
}

impl<F> Embedded<F> {
    pub(super) fn new(folder: F) -> Self {
        Self {
            folder,
            images: HashMap::new(),
            images_bytes: 0,
        }
    }

    /// Takes the images out of the text of a file; its lines stay.
    pub(super) fn take_out(&mut self, file: &str, text: &str) -> String {
        let (text, images) = take_out(text);
        for (reference, bytes) in images {
            let Some(name) = names::resolve(file, &reference) else {
                continue;
            };
            self.images_bytes += bytes.len() as u64;
            if self.images_bytes > TOTAL_LIMIT_BYTES {
                self.forget();
            }
            self.images.insert(name, bytes);
        }
        text
    }

    fn forget(&mut self) {
        self.images.clear();
        self.images_bytes = 0;
    }
}

impl<F: Folder> Folder for Embedded<F> {
    fn names(&mut self) -> Result<Vec<String>, ImportError> {
        self.folder.names()
    }

    fn read(&mut self, name: &str, limit_bytes: u64) -> Result<Found, ImportError> {
        if let Some(bytes) = self.images.get(name) {
            return Ok(if bytes.len() as u64 > limit_bytes {
                Found::TooLarge
            } else {
                Found::Bytes(bytes.clone())
            });
        }
        if !is_markdown(name) {
            return self.folder.read(name, limit_bytes);
        }
        match self.folder.read(name, WITH_IMAGES_LIMIT_BYTES)? {
            Found::Bytes(bytes) => {
                let bytes = match std::str::from_utf8(&bytes) {
                    Ok(text) if text.contains(ADDRESS) => self.take_out(name, text).into_bytes(),
                    Ok(_) | Err(_) => bytes,
                };
                Ok(if bytes.len() as u64 > limit_bytes {
                    Found::TooLarge
                } else {
                    Found::Bytes(bytes)
                })
            }
            other @ (Found::Missing | Found::TooLarge) => Ok(other),
        }
    }

    fn copy(
        &mut self,
        name: &str,
        limit_bytes: u64,
        out: &mut dyn Write,
    ) -> Result<Option<u64>, ImportError> {
        self.folder.copy(name, limit_bytes, out)
    }

    fn next_codelab(&mut self) {
        self.forget();
        self.folder.next_codelab();
    }
}

/// The text with references in place of the images, and the images by their references. What is
/// code stays as it is, and so does what browsers do not show.
fn take_out(text: &str) -> (String, BTreeMap<String, Vec<u8>>) {
    let mut images = BTreeMap::new();
    if !text.contains(ADDRESS) {
        return (text.to_owned(), images);
    }
    let code = code(text);
    let mut out = String::with_capacity(text.len() / 2);
    let mut copied = 0;
    for (start, _) in text.match_indices(ADDRESS) {
        if start < copied || lines::inside(&code, start) {
            continue;
        }
        let Some((end, reference, bytes)) = image(text, start) else {
            continue;
        };
        out.push_str(&text[copied..start]);
        out.push_str(&reference);
        images.insert(reference, bytes);
        copied = end;
    }
    out.push_str(&text[copied..]);
    (out, images)
}

/// The image whose address starts here: where that ends, what to call it, and its content.
fn image(text: &str, start: usize) -> Option<(usize, String, Vec<u8>)> {
    const LONGEST_HEAD_BYTES: usize = 100;
    let address = &text[start..];
    let begin = &address.as_bytes()[..address.len().min(LONGEST_HEAD_BYTES + 1)];
    let (head, data) = address.split_at(begin.iter().position(|byte| *byte == b',')?);
    let data = &data[1..];
    if !head.ends_with(";base64") {
        return None;
    }
    let is_data = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=');
    let length = data.find(|c| !is_data(c)).unwrap_or(data.len());
    let bytes = BASE64_STANDARD.decode(&data[..length]).ok()?;
    let name = u64::from_be_bytes(Sha256::digest(&bytes)[..8].try_into().ok()?);
    let image = images::identify("", bytes)?;
    let extension = match image.media_type {
        "image/svg+xml" => "svg",
        other => other.strip_prefix("image/")?,
    };
    let reference = format!("img/embedded-{name:016x}.{extension}");
    Some((start + head.len() + 1 + length, reference, image.bytes))
}

fn code(text: &str) -> Vec<std::ops::Range<usize>> {
    markdown::parser(text)
        .into_offset_iter()
        .filter(|(event, _)| matches!(event, Event::Start(Tag::CodeBlock(_)) | Event::Code(_)))
        .map(|(_, range)| range)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{MARKDOWN_LIMIT_BYTES, NamedFile, from_files};

    /// One pixel.
    const PNG: &str = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==";
    const SVG: &str = "data:image/svg+xml;base64,PHN2ZyB3aWR0aD0nNCcgaGVpZ2h0PScyJy8+";

    fn import(name: &str, text: String) -> crate::import::Import {
        let file = NamedFile {
            name: name.to_owned(),
            bytes: text.into_bytes(),
        };
        from_files(vec![file]).expect("a codelab")
    }

    #[test]
    fn images_leave_the_text_and_code_stays() {
        let text = format!(
            "# T\n\n## S\n\n![a]({PNG})\n<img src=\"{SVG}\" alt=\"b\">\n\n![c][image1] `{PNG}`\n\n\
             ```\n{PNG}\n```\n\n[image1]: <{PNG}>\n"
        );
        let import = import("a.md", text.clone());
        assert_eq!(import.diagnostics, []);
        let types = import.images.iter().map(|image| image.media_type);
        assert_eq!(types.collect::<Vec<_>>(), ["image/png", "image/svg+xml"]);
        assert_eq!(import.source.matches(PNG).count(), 2, "{}", import.source);
        assert_eq!(import.source.matches("img/embedded-").count(), 3);
        assert_eq!(import.source.lines().count(), text.lines().count());
    }

    #[test]
    fn what_is_no_image_stays_and_is_remarked_on() {
        for address in [
            "data:image/png;base64,AAAA",
            "data:image/png;base64,A",
            "data:image/png,x",
        ] {
            let import = import("a.md", format!("# T\n\n## S\n\n![a]({address})\n"));
            assert!(import.source.contains(address));
            let [remark] = import.diagnostics.as_slice() else {
                panic!("{:?}", import.diagnostics);
            };
            assert_eq!(remark.code, crate::DiagnosticCode::ImageUnsupported);
            assert_eq!(remark.line, Some(5));
        }
    }

    #[test]
    fn images_do_not_count_as_text_and_text_does() {
        let svg = format!("<svg width='4' height='2'>{}</svg>", "x".repeat(3 << 20));
        let large = format!(
            "data:image/svg+xml;base64,{}",
            BASE64_STANDARD.encode(svg.as_bytes())
        );
        let import = import("a.md", format!("# T\n\n## S\n\n![a]({large})\n"));
        assert_eq!(import.images[0].bytes, svg.as_bytes());

        let limit = usize::try_from(MARKDOWN_LIMIT_BYTES).expect("a size");
        let file = NamedFile {
            name: "a.md".into(),
            bytes: format!("# T\n\n## S\n\n![a]({PNG})\n{}", "x".repeat(limit)).into_bytes(),
        };
        assert!(from_files(vec![file]).is_err());
    }

    #[test]
    fn a_manifest_has_images_in_its_text_too() {
        let guide = serde_json::json!({
            "title": "T", "guide_markdown": format!("![a]({PNG})"), "is_public": true,
        });
        let files = [
            ("codelab.json", guide.to_string()),
            ("step_1_A.md", format!("![a]({PNG})\n")),
        ];
        let files = files.map(|(name, text)| NamedFile {
            name: name.to_owned(),
            bytes: text.into_bytes(),
        });
        let import = from_files(files.to_vec()).expect("a codelab");
        assert_eq!(import.images.len(), 1);
        assert!(!import.source.contains(PNG));
    }
}
