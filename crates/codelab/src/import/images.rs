//! The images a codelab shows: found beside it, known by content, measured.

use std::collections::{HashMap, HashSet};

use imagesize::{Compression, ImageType};

use super::{
    IMAGE_LIMIT_BYTES, TOTAL_LIMIT_BYTES,
    folder::{Folder, Found},
    names, svg, too_large,
};
use crate::{
    Diagnostic, DiagnosticCode, ImportError, Severity, references::Reference, shown::check_pixels,
    steps::Place,
};

/// An image that came with a codelab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// The reference exactly as the Markdown writes it: what
    /// [`render_step`](crate::render_step) asks for.
    pub reference: String,
    /// The file as it was.
    pub bytes: Vec<u8>,
    /// Its media type, told from its content.
    pub media_type: &'static str,
    /// Its width in pixels, when it says so.
    pub width: Option<u32>,
    /// Its height in pixels, when it says so.
    pub height: Option<u32>,
}

/// Where the references of a codelab may lead.
pub(super) struct Places<'a> {
    /// The files that a bundle names for references.
    pub(super) listed: &'a HashMap<String, String>,
    /// The file in which a line of the text stands: references are followed from there.
    pub(super) file_of: &'a dyn Fn(u32) -> String,
    /// The codelab's own file: references are followed from there as well.
    pub(super) codelab: &'a str,
}

/// Addresses of files on the server of the web platform, and where its backups keep them.
const UPLOADS: &str = "/uploads/";

/// Reads every image that is referred to, each reference once; remarks on those it cannot bring.
pub(super) fn collect(
    folder: &mut dyn Folder,
    places: &Places<'_>,
    references: &[(Reference, Place)],
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Vec<Image>, ImportError> {
    let mut images: Vec<Image> = Vec::new();
    let mut seen = HashSet::new();
    let mut total_bytes = 0;
    for (reference, place) in references {
        let Reference::Image(reference) = reference else {
            continue;
        };
        if !seen.insert(reference) {
            continue;
        }
        match read(folder, places, reference, place.line)? {
            Ok(image) => {
                total_bytes += image.bytes.len() as u64;
                if total_bytes > TOTAL_LIMIT_BYTES {
                    return Err(too_large(places.codelab, TOTAL_LIMIT_BYTES));
                }
                images.push(image);
            }
            Err(Unread { code, size }) => {
                let file = places.codelab;
                let subject = match size {
                    Some((width, height)) => format!("{reference} ({width} × {height})"),
                    None => reference.clone(),
                };
                let remark = Diagnostic::of_file(file, Severity::Warning, code, &subject);
                diagnostics.push(remark.at(*place));
            }
        }
    }
    Ok(images)
}

/// Why an image did not come along.
struct Unread {
    code: DiagnosticCode,
    /// Pixels across and down, where they are the reason.
    size: Option<(u32, u32)>,
}

impl From<DiagnosticCode> for Unread {
    fn from(code: DiagnosticCode) -> Self {
        Self { code, size: None }
    }
}

/// An image, or why there is none.
fn read(
    folder: &mut dyn Folder,
    places: &Places<'_>,
    reference: &str,
    line: u32,
) -> Result<Result<Image, Unread>, ImportError> {
    if let Some(name) = places.listed.get(reference)
        && let Found::Bytes(bytes) = folder.read(name, IMAGE_LIMIT_BYTES)?
    {
        return Ok(checked(reference, bytes));
    }
    let mut is_inside = false;
    let own = (places.file_of)(line);
    for reading in names::readings(reference) {
        let uploaded = reading
            .starts_with(UPLOADS)
            .then(|| names::resolve("", &reading[1..]));
        let mut names = vec![names::resolve(&own, &reading)];
        if own != places.codelab {
            names.push(names::resolve(places.codelab, &reading));
        }
        names.extend(uploaded);
        for name in names.into_iter().flatten() {
            is_inside = true;
            match folder.read(&name, IMAGE_LIMIT_BYTES)? {
                Found::Bytes(bytes) => {
                    return Ok(checked(reference, bytes));
                }
                Found::TooLarge => return Ok(Err(DiagnosticCode::ImageTooLarge.into())),
                Found::Missing => {}
            }
        }
    }
    let code = if reference.starts_with(UPLOADS) {
        DiagnosticCode::UploadNotInFile
    } else if is_inside {
        DiagnosticCode::MissingImage
    } else {
        DiagnosticCode::ImageOutside
    };
    Ok(Err(code.into()))
}

fn checked(reference: &str, bytes: Vec<u8>) -> Result<Image, Unread> {
    let image = identify(reference, bytes).ok_or(DiagnosticCode::ImageUnsupported)?;
    match check_pixels(&image) {
        Ok(()) => Ok(image),
        Err(too_many) => Err(Unread {
            code: DiagnosticCode::ImageTooManyPixels,
            size: Some((too_many.width, too_many.height)),
        }),
    }
}

/// Knows an image by its first bytes, whatever its name says; nothing if browsers do not show it.
#[must_use]
pub fn identify(reference: &str, bytes: Vec<u8>) -> Option<Image> {
    let (media_type, size) = match raster_type(&bytes) {
        Some(media_type) => (media_type, raster_size(&bytes)),
        None => ("image/svg+xml", svg::size(&bytes)?),
    };
    let (width, height) = size.unzip();
    Some(Image {
        reference: reference.to_owned(),
        bytes,
        media_type,
        width,
        height,
    })
}

/// What all current browsers show.
const RASTER_TYPES: &[(ImageType, &str)] = &[
    (ImageType::Png, "image/png"),
    (ImageType::Jpeg, "image/jpeg"),
    (ImageType::Gif, "image/gif"),
    (ImageType::Webp, "image/webp"),
    (ImageType::Bmp, "image/bmp"),
    (ImageType::Heif(Compression::Av1), "image/avif"),
];

/// A picture's media type, width and height in pixels, by its content; nothing
/// if browsers do not show it.
#[must_use]
pub fn picture(bytes: &[u8]) -> Option<(&'static str, (u32, u32))> {
    Some((raster_type(bytes)?, raster_size(bytes)?))
}

fn raster_type(bytes: &[u8]) -> Option<&'static str> {
    let kind = imagesize::image_type(bytes).ok()?;
    RASTER_TYPES
        .iter()
        .find(|(known, _)| *known == kind)
        .map(|(_, media_type)| *media_type)
}

fn raster_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let size = imagesize::blob_size(bytes).ok()?;
    Some((
        u32::try_from(size.width).ok()?,
        u32::try_from(size.height).ok()?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_are_known_by_content() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x03\0\0\0\x02\x08\x06\0\0\0";
        let image = identify("a.jpg", png.to_vec()).expect("a PNG");
        assert_eq!(
            (image.media_type, image.width, image.height),
            ("image/png", Some(3), Some(2))
        );
        let gif = identify("a", b"GIF89a\x05\0\x04\0\0\0\0".to_vec()).expect("a GIF");
        assert_eq!(
            (gif.media_type, gif.width, gif.height),
            ("image/gif", Some(5), Some(4))
        );
        let svg = identify("a", b"<svg viewBox='0 0 8 6'/>".to_vec()).expect("an SVG");
        assert_eq!((svg.media_type, svg.width), ("image/svg+xml", Some(8)));
        assert_eq!(identify("a.png", b"<html></html>".to_vec()), None);
        assert_eq!(identify("a.png", Vec::new()), None);
    }
}
