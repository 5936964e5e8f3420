//! What files of images tell besides the picture: where a photo was taken, by
//! whom, with what. The pixels stay byte for byte.

/// The same file without it; nothing if there is nothing to take out, or the
/// file is of a kind or form that is not read here.
pub(super) fn without(bytes: &[u8], media_type: &str) -> Option<Vec<u8>> {
    let kept = match media_type {
        "image/png" => png(bytes),
        "image/jpeg" => jpeg(bytes),
        "image/webp" => webp(bytes),
        "image/gif" => gif(bytes),
        _ => None,
    };
    kept.filter(|kept| kept.len() != bytes.len())
}

/// Takes pieces off the front of a file.
struct Pieces<'a>(&'a [u8]);

impl<'a> Pieces<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (piece, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(piece)
    }

    /// Looks ahead at a byte.
    fn peek(&self, at: usize) -> Option<u8> {
        self.0.get(at).copied()
    }

    /// A number of four bytes that stands ahead.
    fn number(&self, at: usize) -> Option<[u8; 4]> {
        self.0.get(at..at.checked_add(4)?)?.try_into().ok()
    }
}

fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut pieces = Pieces(bytes);
    let mut kept = pieces.take(8)?.to_vec();
    loop {
        let length = usize::try_from(u32::from_be_bytes(pieces.number(0)?)).ok()?;
        let chunk = pieces.take(length.checked_add(12)?)?;
        let name = chunk.get(4..8)?;
        if !matches!(name, b"tEXt" | b"zTXt" | b"iTXt" | b"eXIf" | b"tIME") {
            kept.extend(chunk);
        }
        if name == b"IEND" {
            // What stands behind the end is no picture.
            return Some(kept);
        }
    }
}

fn jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut pieces = Pieces(bytes);
    let mut kept = pieces.take(2)?.to_vec();
    loop {
        let (0xFF, marker) = (pieces.peek(0)?, pieces.peek(1)?) else {
            return None;
        };
        if marker == 0xDA {
            // The pixels begin.
            kept.extend(pieces.0);
            return Some(kept);
        }
        let length = u16::from_be_bytes([pieces.peek(2)?, pieces.peek(3)?]);
        let segment = pieces.take(usize::from(length) + 2)?;
        let is_kept = match marker {
            // The colour profile stands in APP2; so do further pictures of some cameras.
            0xE2 => segment.get(4..)?.starts_with(b"ICC_PROFILE\0"),
            // APP0 and APP14 say how colours are to be read; they stay.
            0xE1 | 0xE3..=0xED | 0xEF | 0xFE => false,
            _ => true,
        };
        if is_kept {
            kept.extend(segment);
        }
    }
}

fn webp(bytes: &[u8]) -> Option<Vec<u8>> {
    /// In the extended header: that there is EXIF, and XMP.
    const TELLS: u8 = 0x08 | 0x04;
    let mut pieces = Pieces(bytes);
    let mut kept = pieces.take(12)?.to_vec();
    while !pieces.0.is_empty() {
        let length = usize::try_from(u32::from_le_bytes(pieces.number(4)?)).ok()?;
        let padded = length.checked_add(length % 2)?.checked_add(8)?;
        let chunk = pieces.take(padded)?;
        match chunk.get(..4)? {
            b"EXIF" | b"XMP " => {}
            b"VP8X" => {
                let at = kept.len() + 8;
                kept.extend(chunk);
                *kept.get_mut(at)? &= !TELLS;
            }
            _ => kept.extend(chunk),
        }
    }
    let length = u32::try_from(kept.len().checked_sub(8)?).ok()?;
    kept.get_mut(4..8)?.copy_from_slice(&length.to_le_bytes());
    Some(kept)
}

fn gif(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut pieces = Pieces(bytes);
    let mut kept = pieces.take(13)?.to_vec();
    kept.extend(pieces.take(colours(*kept.get(10)?))?);
    loop {
        let whole = pieces.0;
        let is_kept = match (pieces.peek(0)?, pieces.peek(1)) {
            (0x3B, _) => {
                kept.push(0x3B);
                return Some(kept);
            }
            (0x2C, _) => {
                let descriptor = pieces.take(10)?;
                pieces.take(colours(*descriptor.get(9)?))?;
                pieces.take(1)?;
                true
            }
            (0x21, Some(label)) => {
                pieces.take(2)?;
                let name = pieces.0.get(1..12).unwrap_or_default();
                // How often it begins again is said in one of these two.
                label == 0xF9 || label == 0xFF && matches!(name, b"NETSCAPE2.0" | b"ANIMEXTS1.0")
            }
            _ => return None,
        };
        loop {
            let length = usize::from(pieces.peek(0)?);
            pieces.take(length + 1)?;
            if length == 0 {
                break;
            }
        }
        if is_kept {
            kept.extend(whole.get(..whole.len() - pieces.0.len())?);
        }
    }
}

/// Bytes of the table of colours that a GIF's flags announce.
fn colours(flags: u8) -> usize {
    if flags & 0x80 == 0 {
        return 0;
    }
    3 << ((flags & 0x07) + 1)
}
