//! From a file to its pixels, bounded and upright.

use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits,
    codecs::{png::PngDecoder, webp::WebPDecoder},
};

use super::MAX_PIXELS;

/// Bytes that a decoder may ask for: eight for each pixel, which is what 16 bits a channel take.
const MAX_BYTES: u64 = MAX_PIXELS * 8;

/// A picture, and what its numbers mean.
pub(super) struct Decoded {
    pub(super) image: DynamicImage,
    /// Its colour profile, as it is embedded.
    pub(super) profile: Option<Vec<u8>>,
}

/// What becomes of an image that moves.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Moving {
    /// It is not decoded.
    Left,
    /// It stands still.
    Stopped,
}

/// Decodes an image; nothing if it is damaged, or is of a kind that is not read here.
pub(super) fn decode(bytes: &[u8], media_type: &str, moving: Moving) -> Option<Decoded> {
    let format = match media_type {
        "image/png" => ImageFormat::Png,
        "image/jpeg" => ImageFormat::Jpeg,
        "image/gif" => ImageFormat::Gif,
        "image/webp" => ImageFormat::WebP,
        "image/bmp" => ImageFormat::Bmp,
        // AVIF is small already; a drawing has no pixels.
        _ => return None,
    };
    if moving == Moving::Left && moves(bytes, format) {
        return None;
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    // What the decoder read counts, whatever the first bytes told somebody else.
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return None;
    }
    let orientation = decoder.orientation().ok()?;
    let profile = decoder.icc_profile().ok().flatten();
    let mut image = DynamicImage::from_decoder(decoder).ok()?;
    image.apply_orientation(orientation);
    Some(Decoded { image, profile })
}

/// Whether there is more than one frame. What cannot be told is left as it is.
fn moves(bytes: &[u8], format: ImageFormat) -> bool {
    if format == ImageFormat::Png {
        let png = PngDecoder::new(Cursor::new(bytes));
        png.and_then(|png| png.is_apng()).unwrap_or(true)
    } else if format == ImageFormat::WebP {
        WebPDecoder::new(Cursor::new(bytes)).map_or(true, |webp| webp.has_animation())
    } else if format == ImageFormat::Gif {
        frames(bytes).is_none_or(|frames| frames > 1)
    } else {
        false
    }
}

/// One, or two for any more; no frame is decoded.
fn frames(bytes: &[u8]) -> Option<u32> {
    let mut options = gif::DecodeOptions::new();
    options.skip_frame_decoding(true);
    let mut decoder = options.read_info(bytes).ok()?;
    let mut count = 0;
    while count < 2 && decoder.next_frame_info().ok()?.is_some() {
        count += 1;
    }
    Some(count)
}
