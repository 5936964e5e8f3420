//! Colours as screens take them for granted: metadata goes, so a profile must be worked in before.

use image::DynamicImage;
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// The picture in sRGB. A profile that cannot be read, or that is of no screen, is passed over.
pub(super) fn to_srgb(image: DynamicImage, profile: Option<&[u8]>) -> DynamicImage {
    match profile.and_then(|profile| transformed(&image, profile)) {
        Some(image) => image,
        None => image,
    }
}

fn transformed(image: &DynamicImage, profile: &[u8]) -> Option<DynamicImage> {
    let profile = ColorProfile::new_from_slice(profile).ok()?;
    if profile.color_space != DataColorSpace::Rgb || !image.color().has_color() {
        return None;
    }
    let mut pixels = image.to_rgba8();
    let srgb = ColorProfile::new_srgb();
    let options = TransformOptions::default();
    let transform = profile
        .create_transform_8bit(Layout::Rgba, &srgb, Layout::Rgba, options)
        .ok()?;
    let before = pixels.as_raw().clone();
    transform.transform(&before, &mut pixels).ok()?;
    Some(DynamicImage::ImageRgba8(pixels))
}
