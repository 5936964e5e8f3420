//! What a link for the room may lead to.

/// A longer address is none that somebody typed.
const MAX_CHARS: usize = 2000;

/// The address as it is, if it is one on the web.
pub(super) fn web_address(url: String) -> Option<String> {
    let lower = url.to_ascii_lowercase();
    let host = lower
        .strip_prefix("https://")
        .or_else(|| lower.strip_prefix("http://"));
    let is_web = host.is_some_and(|host| !host.is_empty());
    let is_plain = !url.chars().any(|c| c.is_whitespace() || c.is_control());
    let fits = is_web && is_plain && url.chars().count() <= MAX_CHARS;
    fits.then_some(url)
}
