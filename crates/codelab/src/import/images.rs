//! The images a codelab shows: found beside it, known by content, measured.

use imagesize::{Compression, ImageType};

use super::{
    IMAGE_LIMIT_BYTES, TOTAL_LIMIT_BYTES,
    folder::{Folder, Found},
    names, svg, too_large,
};
use crate::{Diagnostic, DiagnosticCode, ImportError, Severity, references::Reference};

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

/// Reads every image that is referred to, each reference once; remarks on those it cannot bring.
pub(super) fn collect(
    folder: &mut dyn Folder,
    file: &str,
    references: &[(Reference, u32)],
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Vec<Image>, ImportError> {
    let mut images: Vec<Image> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    let mut total_bytes = 0;
    for (reference, line) in references {
        let Reference::Image(reference) = reference else {
            continue;
        };
        if !seen.insert(reference) {
            continue;
        }
        match read(folder, file, reference)? {
            Ok(image) => {
                total_bytes += image.bytes.len() as u64;
                if total_bytes > TOTAL_LIMIT_BYTES {
                    return Err(too_large(file, TOTAL_LIMIT_BYTES));
                }
                images.push(image);
            }
            Err(code) => diagnostics.push(Diagnostic {
                severity: Severity::Warning,
                file: file.to_owned(),
                line: Some(*line),
                code,
                subject: reference.clone(),
            }),
        }
    }
    Ok(images)
}

/// An image, or why there is none.
fn read(
    folder: &mut dyn Folder,
    file: &str,
    reference: &str,
) -> Result<Result<Image, DiagnosticCode>, ImportError> {
    let mut is_inside = false;
    for reading in names::readings(reference) {
        let Some(name) = names::resolve(file, &reading) else {
            continue;
        };
        is_inside = true;
        match folder.read(&name, IMAGE_LIMIT_BYTES)? {
            Found::Bytes(bytes) => {
                return Ok(identify(reference, bytes).ok_or(DiagnosticCode::ImageUnsupported));
            }
            Found::TooLarge => return Ok(Err(DiagnosticCode::ImageTooLarge)),
            Found::Missing => {}
        }
    }
    Ok(Err(if is_inside {
        DiagnosticCode::MissingImage
    } else {
        DiagnosticCode::ImageOutside
    }))
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
