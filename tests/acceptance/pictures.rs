//! Pictures to try things with.

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
