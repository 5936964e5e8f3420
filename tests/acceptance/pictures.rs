//! Pictures to try things with.

use std::io::Write as _;

use flate2::{Compression, Crc, write::ZlibEncoder};

/// A white picture of 2,400 by 300 pixels that nobody has compressed.
pub fn wide_picture() -> Vec<u8> {
    let mut bytes = b"BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0".to_vec();
    bytes.extend(2400_u32.to_le_bytes());
    bytes.extend(300_u32.to_le_bytes());
    bytes.extend(b"\x01\0\x18\0");
    bytes.resize(0x36, 0);
    bytes.resize(0x36 + 2400 * 300 * 3, 0xFF);
    bytes
}

/// A PNG of one pixel, whose colour comes from the mark.
pub fn picture(mark: &str) -> Vec<u8> {
    let colour = mark.bytes().fold(7_u32, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(u32::from(byte))
    });
    let [red, green, blue, _] = colour.to_le_bytes();
    // Eight bits of red, green and blue; the line begins with the name of its filter.
    png_with(1, 1, [8, 2], &[0, red, green, blue])
}

/// A black PNG of one bit a pixel: few bytes for many pixels.
pub fn black_picture(width: u32, height: u32) -> Vec<u8> {
    let line = usize::try_from(width.div_ceil(8)).expect("a size") + 1;
    let lines = usize::try_from(height).expect("a size");
    png_with(width, height, [1, 0], &vec![0; line * lines])
}

/// A PNG; `form` is its depth and type of colour.
pub fn png_with(width: u32, height: u32, form: [u8; 2], lines: &[u8]) -> Vec<u8> {
    let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
    header.extend(form);
    header.extend([0, 0, 0]);
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(lines).expect("memory");
    let pixels = encoder.finish().expect("memory");
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    for (name, content) in [(b"IHDR", header), (b"IDAT", pixels), (b"IEND", Vec::new())] {
        let length = u32::try_from(content.len()).expect("a size");
        let mut sum = Crc::new();
        sum.update(name);
        sum.update(&content);
        bytes.extend(length.to_be_bytes());
        bytes.extend(name);
        bytes.extend(content);
        bytes.extend(sum.sum().to_be_bytes());
    }
    bytes
}
