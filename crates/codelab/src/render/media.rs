//! Images, and the cards that stand in for what a room without internet cannot show.

use super::Writer;
use crate::{
    markup::{Tag, escape},
    references::{self, LinkTarget, Picture},
};

/// Where an imported image is served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageSource {
    /// An address of this server, never of another.
    pub url: String,
    /// Its own width in pixels.
    pub width: Option<u32>,
    /// Its own height in pixels.
    pub height: Option<u32>,
}

/// Wider or higher than this in an attribute is a mistake.
const LARGEST_SIDE_PX: f64 = 8192.0;

/// The size an author asks for, in pixels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Size {
    width: Option<u32>,
    height: Option<u32>,
}

impl Size {
    /// Reads `width="300.00"`; percentages are left to the style sheet.
    pub(super) fn of_tag(tag: &Tag<'_>) -> Self {
        Self {
            width: side(tag.attribute("width")),
            height: side(tag.attribute("height")),
        }
    }

    /// Completes one asked side from the image's own proportions, so that nothing jumps.
    fn of_image(self, image: &ImageSource) -> Self {
        let scaled = |asked: u32, from: Option<u32>, to: Option<u32>| {
            let (from, to) = (from.filter(|side| *side > 0)?, to?);
            u32::try_from(u64::from(asked) * u64::from(to) / u64::from(from)).ok()
        };
        match (self.width, self.height) {
            (Some(width), None) => Self {
                width: Some(width),
                height: scaled(width, image.width, image.height),
            },
            (None, Some(height)) => Self {
                width: scaled(height, image.height, image.width),
                height: Some(height),
            },
            (None, None) => Self {
                width: image.width,
                height: image.height,
            },
            (Some(_), Some(_)) => self,
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the value is known to be between 1 and LARGEST_SIDE_PX"
)]
fn side(value: Option<&str>) -> Option<u32> {
    let value = value?.trim().trim_end_matches(['/', 'p', 'x']);
    let pixels = value.parse::<f64>().ok()?.round();
    (1.0..=LARGEST_SIDE_PX)
        .contains(&pixels)
        .then_some(pixels as u32)
}

impl Writer<'_> {
    pub(super) fn picture(&mut self, source: &str, description: &str, title: &str, size: Size) {
        self.show(
            references::picture(source, description),
            description,
            title,
            size,
        );
    }

    pub(super) fn show(&mut self, picture: Picture, description: &str, title: &str, size: Size) {
        match picture {
            Picture::Local(reference) => match (self.images)(&reference) {
                Some(image) => self.image(&image, description, title, size),
                None => self.missing(&reference, description),
            },
            Picture::Unshown(_) | Picture::None => self.missing("", description),
            Picture::Remote(address) => self.remote("remote-image", &address, description),
            Picture::Video(address) => self.remote("remote-video", &address, description),
            Picture::Embed(address) => self.remote("remote-embed", &address, description),
        }
    }

    fn image(&mut self, image: &ImageSource, description: &str, title: &str, size: Size) {
        let mut tag = format!(
            "<img src=\"{}\" alt=\"{}\"",
            escape(&image.url),
            escape(description)
        );
        if !title.is_empty() {
            tag.extend([" title=\"", &escape(title), "\""]);
        }
        let size = size.of_image(image);
        for (name, side) in [("width", size.width), ("height", size.height)] {
            if let Some(side) = side {
                tag.extend([" ", name, "=\"", &side.to_string(), "\""]);
            }
        }
        self.put(&tag);
        self.put(" loading=\"lazy\">");
    }

    /// The description, or else the file's name, where the image would be.
    fn missing(&mut self, reference: &str, description: &str) {
        let name = reference.rsplit('/').next().unwrap_or(reference);
        let words = if description.trim().is_empty() {
            name
        } else {
            description
        };
        self.put(&format!(
            "<span class=\"image-missing\">{}</span>",
            escape(words)
        ));
    }

    /// A card: what it is, and its address as a link that nobody follows unasked.
    fn remote(&mut self, class: &str, address: &str, description: &str) {
        self.put(&format!("<span class=\"remote {class}\">"));
        let description = description.trim();
        if !description.is_empty() && references::untypeset(description) != address {
            self.put(&escape(description));
            self.out.push(' ');
        }
        let href = if address.starts_with("//") {
            format!("https:{address}")
        } else {
            address.into()
        };
        let words = escape(address);
        let may_link = !self.in_link;
        if may_link && references::link_target(&href) == LinkTarget::Outside {
            let href = escape(&href);
            self.put(&format!("<a href=\"{href}\" target=\"_blank\">{words}</a>"));
        } else {
            self.put(&words);
        }
        self.put("</span>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_keep_the_proportions() {
        let image = ImageSource {
            url: String::new(),
            width: Some(800),
            height: Some(400),
        };
        let size = |width, height| {
            let size = Size { width, height }.of_image(&image);
            (size.width, size.height)
        };
        assert_eq!(size(None, None), (Some(800), Some(400)));
        assert_eq!(size(Some(300), None), (Some(300), Some(150)));
        assert_eq!(size(None, Some(100)), (Some(200), Some(100)));
        assert_eq!(size(Some(10), Some(10)), (Some(10), Some(10)));
    }

    #[test]
    fn sides_are_pixels() {
        let sides = ["300.00", "300/", "12px", "50%", "-3", "0", "NaN", "1e9"];
        let read = sides.map(|value| side(Some(value)));
        assert_eq!(
            read,
            [Some(300), Some(300), Some(12), None, None, None, None, None]
        );
    }
}
