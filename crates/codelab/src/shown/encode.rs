//! From pixels to the smallest WebP that looks the same.

use image::DynamicImage;
use webp::{Encoder, WebPConfig};

/// Where photos show no traces and letters few.
const QUALITY: f32 = 80.0;

/// How hard the encoder tries, of 6; beyond this a second buys a hundredth.
const METHOD: i32 = 4;

/// The effort of the lossless encoder, of 100: it loses nothing at any.
const LOSSLESS_EFFORT: f32 = 60.0;

/// A WebP of the picture. Lossless where that is the smaller one: screenshots and diagrams, whose
/// edges would suffer from the other. A JPEG has lost already, and is a photo.
pub(super) fn smallest(image: &DynamicImage, is_photo: bool) -> Option<Vec<u8>> {
    let pixels = Pixels::of(image);
    let lossy = pixels.encode(false);
    if is_photo {
        return lossy;
    }
    match (lossy, pixels.encode(true)) {
        (Some(lossy), Some(lossless)) if lossless.len() > lossy.len() => Some(lossy),
        (lossy, lossless) => lossless.or(lossy),
    }
}

/// Pixels in the two layouts that the encoder knows.
enum Pixels {
    Opaque(image::RgbImage),
    Clear(image::RgbaImage),
}

impl Pixels {
    fn of(image: &DynamicImage) -> Self {
        if image.color().has_alpha() {
            let pixels = image.to_rgba8();
            if pixels.pixels().any(|pixel| pixel.0[3] < u8::MAX) {
                return Self::Clear(pixels);
            }
        }
        Self::Opaque(image.to_rgb8())
    }

    fn encode(&self, is_lossless: bool) -> Option<Vec<u8>> {
        let encoder = match self {
            Self::Opaque(pixels) => Encoder::from_rgb(pixels, pixels.width(), pixels.height()),
            Self::Clear(pixels) => Encoder::from_rgba(pixels, pixels.width(), pixels.height()),
        };
        let mut config = WebPConfig::new().ok()?;
        config.lossless = i32::from(is_lossless);
        config.quality = if is_lossless {
            LOSSLESS_EFFORT
        } else {
            QUALITY
        };
        config.method = METHOD;
        // Keeps the edges of coloured letters.
        config.use_sharp_yuv = i32::from(!is_lossless);
        encoder
            .encode_advanced(&config)
            .ok()
            .map(|bytes| bytes.to_vec())
    }
}
