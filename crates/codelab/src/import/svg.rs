//! Knows SVG images and their size.

use crate::markup::{Piece, Tag, pieces};

/// The root element comes early, behind at most a licence and a doctype.
const HEAD_BYTES: usize = 64 * 1024;

/// Larger numbers are a mistake.
const LARGEST_SIDE_PX: f64 = 100_000.0;

/// `None` when this is no SVG; else its size, if it says so.
#[expect(
    clippy::option_option,
    reason = "no SVG and an SVG without a size are different answers"
)]
pub(super) fn size(bytes: &[u8]) -> Option<Option<(u32, u32)>> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let head = String::from_utf8_lossy(bytes.get(..HEAD_BYTES).unwrap_or(bytes));
    if !head.trim_start().starts_with('<') {
        return None;
    }
    let root = pieces(&head).into_iter().find_map(|piece| match piece {
        Piece::Tag(tag) => Some(tag),
        Piece::Text(_) | Piece::Comment => None,
    })?;
    if !root.opens("svg") {
        return None;
    }
    Some(declared(&root).or_else(|| view_box(&root)))
}

fn declared(root: &Tag<'_>) -> Option<(u32, u32)> {
    let side = |name| {
        let value: &str = root.attribute(name)?.trim();
        pixels(value.strip_suffix("px").unwrap_or(value))
    };
    Some((side("width")?, side("height")?))
}

fn view_box(root: &Tag<'_>) -> Option<(u32, u32)> {
    let value = root.attribute("viewbox")?;
    let mut numbers = value
        .split([' ', ',', '\t', '\n'])
        .filter(|number| !number.is_empty());
    let (width, height) = (numbers.nth(2)?, numbers.next()?);
    Some((pixels(width)?, pixels(height)?))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the value is known to be between 1 and LARGEST_SIDE_PX"
)]
fn pixels(value: &str) -> Option<u32> {
    let value = value.trim().parse::<f64>().ok()?.round();
    (1.0..=LARGEST_SIDE_PX)
        .contains(&value)
        .then_some(value as u32)
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_from_attributes_or_view_box() {
        let head = "<?xml version=\"1.0\"?>\n<!DOCTYPE svg>\n<!-- <x> -->\n";
        let svg = |attributes: &str| size(format!("{head}<svg {attributes}>").as_bytes());
        assert_eq!(svg("width=\"12.4px\" height='6'"), Some(Some((12, 6))));
        assert_eq!(
            svg("width=\"100%\" viewBox=\"0 0 640, 360\""),
            Some(Some((640, 360)))
        );
        assert_eq!(svg("viewBox=\"0 0\""), Some(None));
        assert_eq!(size(b"<html><svg>"), None);
        assert_eq!(size(b"svg"), None);
    }
}
