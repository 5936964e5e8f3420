//! Any text within an address or a header.

use std::fmt::Write as _;

/// The text in percent-encoding (RFC 3986 §2.1), all but unreserved characters.
#[must_use]
pub fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'.' | b'-' | b'_' | b'~' => encoded.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => encoded.push(char::from(byte)),
            // A string takes whatever is written to it.
            byte => write!(encoded, "%{byte:02X}").unwrap_or_default(),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_but_unreserved_characters_are_encoded() {
        assert_eq!(percent_encoded("Ada-1_2.3~"), "Ada-1_2.3~");
        assert_eq!(percent_encoded("김 &#/"), "%EA%B9%80%20%26%23%2F");
    }
}
