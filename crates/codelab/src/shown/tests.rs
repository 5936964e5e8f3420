use std::io::Cursor;

use image::{ImageFormat, Rgb, RgbImage, codecs::jpeg::JpegEncoder};

use super::*;
use crate::import::identify;

/// Noise on slopes: what a camera sees.
fn photo(width: u32, height: u32) -> RgbImage {
    let mut random = 1_u32;
    RgbImage::from_fn(width, height, |x, y| {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let noise = (random >> 28).to_le_bytes()[0];
        let slope = |along: u32| (along % 200).to_le_bytes()[0];
        Rgb([
            slope(x) + noise,
            slope(y) + noise,
            slope(x / 2 + y / 2) + noise,
        ])
    })
}

/// Few colours and hard edges: what a screen shows.
fn screenshot(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let is_ink = (x / 3) % 5 == 0 && (y / 2) % 7 == 0 || (x * y) % 97 == 0;
        Rgb(if is_ink {
            [20, 40, 200]
        } else {
            [250, 250, 250]
        })
    })
}

fn png(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture
        .write_to(&mut bytes, ImageFormat::Png)
        .expect("a PNG");
    bytes.into_inner()
}

fn jpeg(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 95)
        .encode_image(picture)
        .expect("a JPEG");
    bytes
}

fn of(bytes: Vec<u8>) -> (Image, Option<Shown>) {
    let image = identify("a", bytes).expect("an image");
    let shown = shown(&image);
    (image, shown)
}

/// What the small file is, read again.
fn again(shown: &Shown) -> DynamicImage {
    let file = shown.file.as_ref().expect("a smaller file");
    image::load_from_memory_with_format(&file.bytes, ImageFormat::WebP).expect("a WebP")
}

#[test]
fn a_photo_becomes_a_small_webp_of_its_proportions() {
    let (image, shown) = of(jpeg(&photo(3200, 2400)));
    let shown = shown.expect("a form");
    assert_eq!((shown.width, shown.height), (1600, 1200));
    let small = again(&shown);
    assert_eq!((small.width(), small.height()), (1600, 1200));
    assert!(shown.file.expect("a file").bytes.len() * 4 < image.bytes.len());
}

#[test]
fn a_screenshot_loses_nothing() {
    let picture = screenshot(1200, 700);
    let (image, shown) = of(png(&picture));
    let shown = shown.expect("a form");
    assert_eq!(again(&shown).to_rgb8(), picture);
    assert!(shown.file.expect("a file").bytes.len() < image.bytes.len());
}

/// The APP1 segment of a camera that was turned, and knows where it was.
fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"Exif\0\0II*\0\x08\0\0\0\x02\0".to_vec();
    // Orientation, a SHORT; then the maker, an ASCII of four letters.
    tiff.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    tiff.extend([0x0F, 0x01, 2, 0, 4, 0, 0, 0]);
    tiff.extend(b"HOME\0\0\0\0");
    let length = u16::try_from(tiff.len() + 2).expect("short").to_be_bytes();
    [&[0xFF, 0xE1], length.as_slice(), &tiff].concat()
}

#[test]
fn a_turned_picture_stands_upright_and_tells_nothing_of_its_maker() {
    let mut picture = photo(900, 600);
    // A mark in the corner that comes to the upper right.
    for (x, y) in (0..90).flat_map(|x| (0..90).map(move |y| (x, y))) {
        picture.put_pixel(x, y, Rgb([255, 0, 0]));
    }
    let plain = jpeg(&picture);
    let turned = [&plain[..2], &exif(6), &plain[2..]].concat();
    let (_, shown) = of(turned);
    let shown = shown.expect("a form");
    assert_eq!((shown.width, shown.height), (600, 900));
    let upright = again(&shown).to_rgb8();
    let Rgb([red, green, _]) = *upright.get_pixel(560, 40);
    assert!(red > 200 && green < 60, "{red} {green}");
    let bytes = shown.file.expect("a file").bytes;
    assert!(
        !bytes
            .windows(4)
            .any(|found| found == b"HOME" || found == b"EXIF")
    );
}

/// A chunk of a PNG that says where it was taken; the sum behind it is for nobody who skips it.
fn png_comment() -> Vec<u8> {
    let words = b"Comment\0HOME";
    let length = u32::try_from(words.len()).expect("short").to_be_bytes();
    [&length, b"tEXt".as_slice(), words, &[0; 4]].concat()
}

/// Two frames, and a comment between the header and the first.
fn moving_gif_with_a_comment() -> Vec<u8> {
    let mut bytes = Vec::new();
    let frame = |width| image::Frame::new(DynamicImage::from(screenshot(width, 9)).to_rgba8());
    image::codecs::gif::GifEncoder::new(&mut bytes)
        .encode_frames([frame(9), frame(9)])
        .expect("a moving GIF");
    let colours = 3 << ((bytes[10] & 7) + 1);
    let at = 13 + if bytes[10] & 0x80 == 0 { 0 } else { colours };
    bytes.splice(at..at, *b"\x21\xFE\x04HOME\0");
    bytes
}

fn holds(bytes: &[u8], mark: &[u8]) -> bool {
    bytes.windows(mark.len()).any(|found| found == mark)
}

#[test]
fn a_file_that_goes_out_as_it_is_tells_nothing_of_its_maker() {
    let tiny = jpeg(&photo(20, 12));
    let tiny_turned = [&tiny[..2], &exif(6), &tiny[2..]].concat();
    assert!(tiny_turned.len() < TINY_BYTES);
    let tiny_png = png(&screenshot(8, 8));
    let told_png = [&tiny_png[..33], &png_comment(), &tiny_png[33..]].concat();
    let behind = [tiny_png.as_slice(), b"HOME"].concat();
    for (kind, bytes, size) in [
        ("jpeg", tiny_turned, (12, 20)),
        ("png", told_png, (8, 8)),
        ("behind", behind, (8, 8)),
        ("gif", moving_gif_with_a_comment(), (9, 9)),
    ] {
        assert!(holds(&bytes, b"HOME"), "{kind}");
        let (image, shown) = of(bytes);
        let shown = shown.expect(kind);
        assert_eq!((shown.width, shown.height), size, "{kind}");
        let file = shown.file.expect(kind);
        assert!(!holds(&file.bytes, b"HOME"), "{kind}");
        // What is left is whole: it is read again, and nothing more is taken out of it.
        let again = identify("again", file.bytes).expect(kind);
        let seen = redrawn(&again, LONGEST_SIDE).expect(kind);
        assert_eq!((seen.width, seen.height), size, "{kind}");
        assert_eq!(metadata::without(&again.bytes, again.media_type), None);
        let is_moving = image.media_type == "image/gif";
        assert_eq!(again.media_type == SHOWN_TYPE, !is_moving, "{kind}");
    }
}

#[test]
fn a_webp_loses_what_it_tells_and_keeps_its_pixels() {
    let picture = again(&of(png(&screenshot(600, 400))).1.expect("a form"));
    let mut plain = Cursor::new(Vec::new());
    picture
        .write_to(&mut plain, ImageFormat::WebP)
        .expect("a WebP");
    let plain = plain.into_inner();
    let mut told = plain[..12].to_vec();
    told.extend(b"VP8X\x0A\0\0\0\x0C\0\0\0\x57\x02\0\x8F\x01\0");
    told.extend(&plain[12..]);
    told.extend(b"EXIF\x05\0\0\0HOME!\0XMP \x04\0\0\0HOME");
    let length = u32::try_from(told.len() - 8).expect("short");
    told[4..8].copy_from_slice(&length.to_le_bytes());
    let kept = metadata::without(&told, SHOWN_TYPE).expect("less");
    assert!(!holds(&kept, b"HOME"));
    let kept = image::load_from_memory_with_format(&kept, ImageFormat::WebP).expect("a WebP");
    assert_eq!(kept.to_rgb8(), picture.to_rgb8());
}

#[test]
fn a_picture_is_drawn_anew_upright_bounded_and_still() {
    let plain = jpeg(&photo(900, 600));
    let turned = [&plain[..2], &exif(6), &plain[2..]].concat();
    let seen = redrawn(&of(turned).0, 300).expect("a picture");
    assert_eq!((seen.width, seen.height), (200, 300));
    assert!(!holds(&seen.bytes, b"HOME") && !holds(&seen.bytes, b"EXIF"));
    let seen = redrawn(&of(moving_gif_with_a_comment()).0, 300).expect("a picture");
    assert_eq!((seen.width, seen.height), (9, 9));
    assert!(!holds(&seen.bytes, b"ANIM"));
    let cut = plain[..20].to_vec();
    let cut = identify("cut", cut).map(|cut| redrawn(&cut, 300));
    assert!(cut.flatten().is_none());
}

#[test]
fn what_moves_or_is_tiny_or_drawn_stays_as_it_is() {
    let frame = |number: u8| {
        let picture = screenshot(400, 400 + u32::from(number));
        image::Frame::new(
            DynamicImage::ImageRgb8(picture)
                .crop_imm(0, 0, 400, 400)
                .to_rgba8(),
        )
    };
    let mut moving = Vec::new();
    let mut encoder = image::codecs::gif::GifEncoder::new(&mut moving);
    encoder
        .encode_frames([frame(0), frame(1)])
        .expect("a moving GIF");
    drop(encoder);
    assert!(moving.len() > TINY_BYTES);
    assert_eq!(of(moving).1, None);

    let mut still = Vec::new();
    let mut encoder = image::codecs::gif::GifEncoder::new(&mut still);
    encoder.encode_frames([frame(0)]).expect("a GIF");
    drop(encoder);
    assert!(of(still).1.is_some());

    assert_eq!(of(png(&screenshot(8, 8))).1, None);
    let words = "<!-- ".to_owned() + &"word ".repeat(1000) + "-->";
    let drawing = format!("<svg viewBox='0 0 90000 90000'>{words}</svg>").into_bytes();
    let (drawing, shown) = of(drawing);
    assert_eq!((shown, check_pixels(&drawing)), (None, Ok(())));
}

#[test]
fn damaged_files_are_left_to_browsers() {
    let whole = jpeg(&photo(400, 300));
    let mut png = png(&photo(400, 300));
    let middle = png.len() / 2;
    png[middle] ^= 0xFF;
    for bytes in [whole[..whole.len() / 2].to_vec(), png] {
        // A decoder may see something of it; it must not break.
        let _ = of(bytes);
    }
}

/// A header that promises, and nothing behind it.
fn bombs() -> Vec<(&'static str, Vec<u8>)> {
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xC3\x50\0\0\xC3\x50\x08\x06\0\0\0".to_vec();
    png.resize(4000, 0);
    let mut gif = b"GIF89a\xFF\xFF\xFF\xFF\0\0\0".to_vec();
    gif.resize(4000, 0);
    let mut jpeg =
        b"\xFF\xD8\xFF\xC0\0\x11\x08\xFF\xFF\xFF\xFF\x03\x01\x22\0\x02\x11\x01\x03\x11\x01"
            .to_vec();
    jpeg.resize(4000, 0);
    let mut webp = b"RIFF\xA0\x0F\0\0WEBPVP8X\x0A\0\0\0\0\0\0\0\x4F\xC3\0\x4F\xC3\0".to_vec();
    webp.resize(4000, 0);
    let mut bmp =
        b"BM\xA0\x0F\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x50\xC3\0\0\x50\xC3\0\0\x01\0\x18\0".to_vec();
    bmp.resize(4000, 0);
    vec![
        ("png", png),
        ("gif", gif),
        ("jpeg", jpeg),
        ("webp", webp),
        ("bmp", bmp),
    ]
}

#[test]
fn bombs_are_refused_by_their_first_bytes() {
    for (kind, bytes) in bombs() {
        let image = identify("bomb", bytes).unwrap_or_else(|| unreachable!("{kind} is known"));
        let refused = check_pixels(&image).expect_err(kind);
        assert!(refused.width >= 50_000, "{kind}: {refused:?}");
        assert_eq!(shown(&image), None, "{kind}");
        // Not even by somebody who passes over the first look.
        assert!(redrawn(&image, 100).is_none(), "{kind}");
    }
    insta::assert_snapshot!(TooManyPixels { width: 50_000, height: 50_000 }, @"the image has 50000 × 50000 pixels, and 50 million are the most; make it smaller");
}

#[test]
fn a_bomb_stays_outside_and_the_codelab_comes_in() {
    let mut files = Vec::new();
    let mut text = "# T\n\n## S\n\n".to_owned();
    for (kind, bytes) in bombs() {
        text.extend(["![a bomb](img/", kind, ".png)\n\n"]);
        let name = format!("img/{kind}.png");
        files.push(crate::import::NamedFile { name, bytes });
    }
    text.push_str("![a picture](img/good.png)\n");
    let mut add = |name: &str, bytes: Vec<u8>| {
        let name = name.to_owned();
        files.push(crate::import::NamedFile { name, bytes });
    };
    add("index.md", text.into_bytes());
    add("img/good.png", png(&screenshot(8, 8)));
    let import = crate::import::from_files(files).expect("a codelab");
    let came: Vec<&str> = import.images.iter().map(|i| i.reference.as_str()).collect();
    assert_eq!(came, ["img/good.png"]);
    let remarks: Vec<_> = import
        .diagnostics
        .iter()
        .map(|found| (found.code, found.line))
        .collect();
    let lines = [5, 7, 9, 11, 13];
    assert_eq!(
        remarks,
        lines.map(|line| (crate::DiagnosticCode::ImageTooManyPixels, Some(line)))
    );
    insta::assert_snapshot!(import.diagnostics[0].message(), @"The image img/png.png (50000 × 50000) has more than 50 million pixels and is left out; make it smaller.");
}
