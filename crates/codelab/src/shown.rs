//! Images as rooms see them: upright, no larger than a step's column, without metadata, as WebP.
//!
//! The file that the author gave is kept beside it and is what exports write. What is animated, has
//! no pixels or is tiny stays as it is, but for what its file tells of who made it and where. An image that promises more pixels than [`MAX_PIXELS`] is
//! refused by its first bytes, before anything is decoded.

mod colours;
mod decode;
mod encode;
mod metadata;

use image::{DynamicImage, imageops::FilterType};

use self::decode::{Decoded, Moving, decode};
use crate::import::Image;

/// Pixels that an image may have. A browser unpacks four bytes for each, and some kilobytes can
/// promise thousands of millions. The largest phones take pictures of so many.
pub const MAX_PIXELS: u64 = 50_000_000;

/// Pixels along the longer side of what a room sees: a step's column is some 750 CSS pixels wide,
/// so this is sharp on screens with two pixels for each of them, and a photo of a phone becomes a
/// tenth of its bytes.
pub const LONGEST_SIDE: u32 = 1600;

/// Smaller files are not worth the work: a response's headers weigh as much as could be saved.
const TINY_BYTES: usize = 2048;

/// An image has more pixels than can be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "the image has {width} × {height} pixels, and {} million are the most; make it smaller",
    MAX_PIXELS / 1_000_000
)]
pub struct TooManyPixels {
    /// Across.
    pub width: u32,
    /// Down.
    pub height: u32,
}

/// How a room sees an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The file, unless it is the author's own.
    pub file: Option<ShownFile>,
    /// Pixels across, upright.
    pub width: u32,
    /// Pixels down, upright.
    pub height: u32,
}

/// A file made of an author's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownFile {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// [`SHOWN_TYPE`] if it was drawn anew; the author's if something was taken out of it.
    pub media_type: &'static str,
}

/// A picture that was drawn anew: an upright WebP, and nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redrawn {
    /// The file, of [`SHOWN_TYPE`].
    pub bytes: Vec<u8>,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

/// The media type of what is drawn here.
pub const SHOWN_TYPE: &str = "image/webp";

/// Refuses an image by what its first bytes say; nothing is decoded.
///
/// # Errors
/// [`TooManyPixels`].
pub fn check_pixels(image: &Image) -> Result<(), TooManyPixels> {
    // A drawing has no pixels of its own.
    let is_drawing = image.media_type == "image/svg+xml";
    match (image.width, image.height) {
        (Some(width), Some(height))
            if !is_drawing && u64::from(width) * u64::from(height) > MAX_PIXELS =>
        {
            Err(TooManyPixels { width, height })
        }
        _ => Ok(()),
    }
}

/// Draws a picture anew, at most `longest_side` pixels along its longer side; what moves stands
/// still. Nothing if it cannot be decoded or has too many pixels. Takes up to some seconds and some
/// hundred megabytes.
#[must_use]
pub fn redrawn(image: &Image, longest_side: u32) -> Option<Redrawn> {
    check_pixels(image).ok()?;
    let decoded = decode(&image.bytes, image.media_type, Moving::Stopped)?;
    drawn(image, decoded, longest_side)
}

fn drawn(image: &Image, decoded: Decoded, longest_side: u32) -> Option<Redrawn> {
    let upright = bounded(decoded.image, longest_side);
    let picture = colours::to_srgb(upright, decoded.profile.as_deref());
    let is_photo = image.media_type == "image/jpeg";
    Some(Redrawn {
        bytes: encode::smallest(&picture, is_photo)?,
        width: picture.width(),
        height: picture.height(),
    })
}

/// Makes what a room sees of an image, without what its file tells besides the picture; nothing if
/// that is the file as it is. Takes up to a second and some hundred megabytes.
#[must_use]
pub fn shown(image: &Image) -> Option<Shown> {
    let without = metadata::without(&image.bytes, image.media_type);
    let Some(without) = without else {
        return smaller(image);
    };
    // How it was turned is among what is taken out, so it is drawn anew, if it is still.
    let decoded = decode(&image.bytes, image.media_type, Moving::Left);
    if let Some(drawn) = decoded.and_then(|decoded| drawn(image, decoded, LONGEST_SIDE)) {
        return Some(Shown {
            width: drawn.width,
            height: drawn.height,
            file: Some(ShownFile {
                bytes: drawn.bytes,
                media_type: SHOWN_TYPE,
            }),
        });
    }
    let (width, height) = image.width.zip(image.height)?;
    Some(Shown {
        width,
        height,
        file: Some(ShownFile {
            bytes: without,
            media_type: image.media_type,
        }),
    })
}

/// A smaller file that looks the same, if there is one.
fn smaller(image: &Image) -> Option<Shown> {
    if image.bytes.len() < TINY_BYTES || check_pixels(image).is_err() {
        return None;
    }
    let longest = image.width.max(image.height);
    if image.media_type == SHOWN_TYPE && longest.is_some_and(|longest| longest <= LONGEST_SIDE) {
        // Writing it once more would only lose something.
        return None;
    }
    let decoded = decode(&image.bytes, image.media_type, Moving::Left)?;
    let upright = (decoded.image.width(), decoded.image.height());
    match drawn(image, decoded, LONGEST_SIDE) {
        Some(drawn) if drawn.bytes.len() < image.bytes.len() => Some(Shown {
            width: drawn.width,
            height: drawn.height,
            file: Some(ShownFile {
                bytes: drawn.bytes,
                media_type: SHOWN_TYPE,
            }),
        }),
        Some(_) | None => Some(Shown {
            file: None,
            width: upright.0,
            height: upright.1,
        }),
    }
}

/// Puts what a room sees in the place of the file.
pub fn make_smaller(image: &mut Image) {
    let Some(shown) = shown(image) else { return };
    if let Some(file) = shown.file {
        image.bytes = file.bytes;
        image.media_type = file.media_type;
    }
    (image.width, image.height) = (Some(shown.width), Some(shown.height));
}

/// The same picture, its longer side at most so long.
fn bounded(image: DynamicImage, longest_side: u32) -> DynamicImage {
    let longest = image.width().max(image.height());
    if longest <= longest_side {
        return image;
    }
    // A good filter holds sixteen bytes for each pixel; averages first, for large ones.
    let near = longest_side * 2;
    let image = if longest > near * 2 {
        image.thumbnail(near, near)
    } else {
        image
    };
    image.resize(longest_side, longest_side, FilterType::CatmullRom)
}

#[cfg(test)]
mod tests;
