//! Images as rooms see them: upright, no larger than a step's column, without metadata, as WebP.
//!
//! The file that the author gave is kept beside it and is what exports write. What is animated, has
//! no pixels or is tiny stays as it is. An image that promises more pixels than [`MAX_PIXELS`] is
//! refused by its first bytes, before anything is decoded.

mod colours;
mod decode;
mod encode;

use image::{DynamicImage, imageops::FilterType};

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
    /// A smaller file, of [`SHOWN_TYPE`]; nothing if the author's own is the smallest.
    pub bytes: Option<Vec<u8>>,
    /// Pixels across, upright.
    pub width: u32,
    /// Pixels down, upright.
    pub height: u32,
}

/// The media type of what is made here.
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

/// Makes what a room sees of an image; nothing if that is the file as it is. Takes up to a second
/// and some hundred megabytes.
#[must_use]
pub fn shown(image: &Image) -> Option<Shown> {
    if image.bytes.len() < TINY_BYTES || check_pixels(image).is_err() {
        return None;
    }
    let longest = image.width.max(image.height);
    if image.media_type == SHOWN_TYPE && longest.is_some_and(|longest| longest <= LONGEST_SIDE) {
        // Writing it once more would only lose something.
        return None;
    }
    let decoded = decode::decode(&image.bytes, image.media_type)?;
    let upright = (decoded.image.width(), decoded.image.height());
    let picture = colours::to_srgb(bounded(decoded.image), decoded.profile.as_deref());
    let (width, height) = (picture.width(), picture.height());
    let is_photo = image.media_type == "image/jpeg";
    match encode::smallest(&picture, is_photo) {
        Some(bytes) if bytes.len() < image.bytes.len() => Some(Shown {
            bytes: Some(bytes),
            width,
            height,
        }),
        Some(_) | None => Some(Shown {
            bytes: None,
            width: upright.0,
            height: upright.1,
        }),
    }
}

/// Puts what a room sees in the place of the file.
pub fn make_smaller(image: &mut Image) {
    let Some(shown) = shown(image) else { return };
    if let Some(bytes) = shown.bytes {
        image.bytes = bytes;
        image.media_type = SHOWN_TYPE;
    }
    (image.width, image.height) = (Some(shown.width), Some(shown.height));
}

/// The same picture, its longer side at most [`LONGEST_SIDE`].
fn bounded(image: DynamicImage) -> DynamicImage {
    let longest = image.width().max(image.height());
    if longest <= LONGEST_SIDE {
        return image;
    }
    // A good filter holds sixteen bytes for each pixel; averages first, for large ones.
    let near = LONGEST_SIDE * 2;
    let image = if longest > near * 2 {
        image.thumbnail(near, near)
    } else {
        image
    };
    image.resize(LONGEST_SIDE, LONGEST_SIDE, FilterType::CatmullRom)
}

#[cfg(test)]
mod tests;
