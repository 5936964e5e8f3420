//! What a step points at: images to bring along, and things that are not brought along.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::{
    markdown,
    markup::{self, Piece},
    prepare::prepare,
};

/// Something outside the text that a step mentions.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Reference {
    /// An image beside the codelab, as written.
    Image(String),
    /// An image on the internet: its address, and what it shows.
    RemoteImage(String, String),
    /// An image whose address no browser is let follow here.
    UnshownImage(String),
    /// A video on the internet.
    Video(String),
    /// Another page, shown in a frame by other tools.
    Embed(String),
    /// A file that is not played or shown inside a step.
    LocalMedia(String),
    /// A file beside the codelab that is no image of it.
    LocalLink(String),
    /// A link with a scheme that may run code.
    UnsafeLink(String),
    /// A form to fill in.
    Survey,
}

/// What an image stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Picture {
    Local(String),
    Remote(String),
    Video(String),
    Embed(String),
    /// An address that is not followed: `data:`, `file:`, …
    Unshown(String),
    /// No address.
    None,
}

/// In the claat dialect an image whose description is an address stands for that page, and the
/// image itself for nothing.
pub(crate) fn picture(source: &str, description: &str) -> Picture {
    let description = description.trim();
    if is_web(description) && !description.contains(char::is_whitespace) {
        let address = untypeset(description);
        let video = ["youtube.com/", "youtu.be/", "vimeo.com/"];
        return if video.iter().any(|part| address.contains(part)) {
            Picture::Video(address)
        } else {
            Picture::Embed(address)
        };
    }
    let source = source.trim();
    if is_web(source) {
        Picture::Remote(source.to_owned())
    } else if source.is_empty() || source == "." {
        Picture::None
    } else if scheme(source).is_some() {
        Picture::Unshown(source.to_owned())
    } else {
        Picture::Local(source.to_owned())
    }
}

/// Where a link leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LinkTarget {
    /// A page on the internet or a mail address.
    Outside,
    /// A place on the same page.
    Fragment,
    /// A file beside the codelab.
    Local,
    /// A scheme that we do not follow.
    Unsafe,
}

pub(crate) fn link_target(address: &str) -> LinkTarget {
    let address = address.trim();
    let local = address.strip_prefix("./").unwrap_or(address);
    if local.is_empty() || local.starts_with('#') {
        return LinkTarget::Fragment;
    }
    match scheme(address).as_deref() {
        Some("http" | "https" | "mailto") => LinkTarget::Outside,
        Some(_) => LinkTarget::Unsafe,
        None if address.starts_with("//") => LinkTarget::Unsafe,
        None => LinkTarget::Local,
    }
}

fn is_web(address: &str) -> bool {
    address.starts_with("//") || matches!(scheme(address).as_deref(), Some("http" | "https"))
}

/// The scheme of an address, lower case. Control characters and spaces are looked through, because
/// browsers do so; a single letter is a drive.
fn scheme(address: &str) -> Option<String> {
    let (scheme, _) = address.split_once(':')?;
    let scheme = scheme
        .chars()
        .filter(|c| !c.is_control() && !c.is_whitespace())
        .collect::<String>()
        .to_ascii_lowercase();
    let is_scheme = scheme.len() > 1
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    is_scheme.then_some(scheme)
}

/// Takes typographic replacements out of an address again.
pub(crate) fn untypeset(address: &str) -> String {
    if address.is_ascii() {
        return address.to_owned();
    }
    address
        .replace('—', "---")
        .replace('–', "--")
        .replace('…', "...")
        .replace(['‘', '’'], "'")
        .replace(['“', '”'], "\"")
}

/// Everything a step's Markdown refers to, in order.
pub(crate) fn collect(step: &str) -> Vec<Reference> {
    let text = prepare(step);
    let mut found = Vec::new();
    let mut images: Vec<(String, String)> = Vec::new();
    let mut html = String::new();
    for (event, _) in markdown::events(&text) {
        match event {
            Event::Start(Tag::Image { dest_url, .. }) => {
                images.push((dest_url.into_string(), String::new()));
            }
            Event::End(TagEnd::Image) => {
                if let Some((source, description)) = images.pop() {
                    found.extend(of_picture(picture(&source, &description), &description));
                }
            }
            Event::Text(words) | Event::Code(words) => {
                if let Some((_, description)) = images.last_mut() {
                    description.push_str(&words);
                }
            }
            Event::Start(Tag::Link { dest_url, .. }) => found.extend(of_link(&dest_url)),
            Event::Start(Tag::HtmlBlock) => html.clear(),
            Event::Html(line) => html.push_str(&line),
            Event::End(TagEnd::HtmlBlock) => of_html(&html, &mut found),
            Event::InlineHtml(tag) => of_html(&tag, &mut found),
            Event::Start(_)
            | Event::End(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::SoftBreak
            | Event::HardBreak
            | Event::Rule
            | Event::TaskListMarker(_) => {}
        }
    }
    found
}

fn of_picture(picture: Picture, description: &str) -> Option<Reference> {
    match picture {
        Picture::Local(source) => Some(Reference::Image(source)),
        Picture::Remote(address) => {
            let description = description.trim().to_owned();
            Some(Reference::RemoteImage(address, description))
        }
        Picture::Video(address) => Some(Reference::Video(address)),
        Picture::Embed(address) => Some(Reference::Embed(address)),
        Picture::Unshown(address) => Some(Reference::UnshownImage(address)),
        Picture::None => None,
    }
}

fn of_link(address: &str) -> Option<Reference> {
    match link_target(address) {
        LinkTarget::Outside | LinkTarget::Fragment => None,
        LinkTarget::Local => Some(Reference::LocalLink(address.to_owned())),
        LinkTarget::Unsafe => Some(Reference::UnsafeLink(address.to_owned())),
    }
}

fn of_html(html: &str, found: &mut Vec<Reference>) {
    for piece in markup::pieces(html) {
        let Piece::Tag(tag) = piece else { continue };
        if tag.closing {
            continue;
        }
        match tag.name.as_str() {
            "img" => {
                let source = tag.attribute("src").unwrap_or_default();
                let description = tag.attribute("alt").unwrap_or_default();
                found.extend(of_picture(picture(source, description), description));
            }
            "a" => found.extend(tag.attribute("href").and_then(of_link)),
            "div" if tag.attribute("class") == Some("survey") => found.push(Reference::Survey),
            _ => found.extend(embedded(&tag).map(|embedded| match embedded {
                Embedded::Video(address) => Reference::Video(address),
                Embedded::Page(address) => Reference::Embed(address),
                Embedded::File(name) => Reference::LocalMedia(name),
            })),
        }
    }
}

/// What a tag would load from elsewhere.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Embedded {
    Video(String),
    Page(String),
    /// Something that is not on the internet.
    File(String),
}

impl Embedded {
    /// What stands for its address in a step: the name alone of a file, because nobody can go
    /// there; nothing for what has no name.
    pub(crate) fn name(address: &str) -> &str {
        match link_target(address) {
            LinkTarget::Local => address.rsplit(['/', '\\']).next().unwrap_or(address),
            LinkTarget::Outside | LinkTarget::Fragment | LinkTarget::Unsafe => "",
        }
    }
}

/// The foreign content of a tag that embeds something.
pub(crate) fn embedded(tag: &markup::Tag<'_>) -> Option<Embedded> {
    let source = |name| {
        tag.attribute(name)
            .map(str::trim)
            .filter(|value| !value.is_empty())
    };
    let is_id = |id: &&str| {
        let mut chars = id.chars();
        chars.all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
    };
    let of = |address: &str, remote: fn(String) -> Embedded| {
        let embedded = if is_web(address) {
            remote
        } else {
            Embedded::File
        };
        embedded(address.to_owned())
    };
    match tag.name.as_str() {
        "video" => match (source("id").filter(is_id), source("src")) {
            (Some(id), _) => Some(Embedded::Video(format!(
                "https://www.youtube.com/watch?v={id}"
            ))),
            (None, address) => address.map(|address| of(address, Embedded::Video)),
        },
        "source" | "audio" => source("src").map(|address| of(address, Embedded::Video)),
        "iframe" | "embed" => source("src").map(|address| of(address, Embedded::Page)),
        "object" => source("data").map(|address| of(address, Embedded::Page)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_by_source_and_description() {
        assert_eq!(
            picture("img/a.png", "a"),
            Picture::Local("img/a.png".into())
        );
        assert_eq!(
            picture("HTTPS://x/a.png", ""),
            Picture::Remote("HTTPS://x/a.png".into())
        );
        assert_eq!(
            picture("//x/a.png", ""),
            Picture::Remote("//x/a.png".into())
        );
        assert_eq!(
            picture("java\tscript:x", ""),
            Picture::Unshown("java\tscript:x".into())
        );
        assert_eq!(
            picture("data:image/png;base64,AA", ""),
            Picture::Unshown("data:image/png;base64,AA".into())
        );
        let video = "https://www.youtube.com/watch?v=a–b";
        assert_eq!(
            picture(".", video),
            Picture::Video(video.replace('–', "--"))
        );
        assert_eq!(
            picture("x", "https://codepen.io/a"),
            Picture::Embed("https://codepen.io/a".into())
        );
    }

    #[test]
    fn links_by_scheme() {
        let target = |address| link_target(address);
        assert_eq!(target("https://x"), LinkTarget::Outside);
        assert_eq!(target("#3"), LinkTarget::Fragment);
        assert_eq!(target("./#3"), LinkTarget::Fragment);
        assert_eq!(target("notes/a.md"), LinkTarget::Local);
        assert_eq!(target(" JavaScript:alert(1)"), LinkTarget::Unsafe);
        assert_eq!(target("java\nscript:alert(1)"), LinkTarget::Unsafe);
        assert_eq!(target("//evil.example"), LinkTarget::Unsafe);
    }

    #[test]
    fn everything_a_step_mentions() {
        let step = "![a](a.png) ![r][r] [l](b.zip)\n\n<img src=c.png> <video id=\"v\"></video>\n\n\
                    <aside class=\"positive\">\n![in](d.png)\n</aside>\n\n`![no](e.png)`\n\n\
                    <form><name>Q</name></form>\n\n[r]: http://x/r.png\n";
        let found = collect(step);
        let expected = [
            Reference::Image("a.png".into()),
            Reference::RemoteImage("http://x/r.png".into(), "r".into()),
            Reference::LocalLink("b.zip".into()),
            Reference::Image("c.png".into()),
            Reference::Video("https://www.youtube.com/watch?v=v".into()),
            Reference::Image("d.png".into()),
            Reference::Survey,
        ];
        assert_eq!(found, expected);
    }
}
