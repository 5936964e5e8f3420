//! Images that a codelab shows from the internet: which there are, and the same text with local
//! ones in their place. Nothing here fetches anything.

use std::collections::{BTreeMap, HashSet};

use crate::{
    import::percent_decoded,
    markup,
    references::{self, Reference},
    steps,
};

/// An image on the internet, where a codelab shows it first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteImage {
    /// Its address, as the text means it: escapes and entities resolved.
    pub address: String,
    /// What it shows, in the author's words; may be empty.
    pub description: String,
    /// The step's position, from 1; `None` for the preparation guide.
    pub step: Option<u32>,
}

/// The images from the internet that a codelab's text shows, each address once, in the order of
/// the text. Code shows none. A text that is no codelab has none.
#[must_use]
pub fn images(source: &str) -> Vec<RemoteImage> {
    let Ok(parsed) = steps::parse("", source) else {
        return Vec::new();
    };
    let codelab = parsed.codelab;
    let guide = codelab.guide.iter().map(|guide| (None, &guide.markdown));
    let steps = (1..).zip(&codelab.steps);
    let steps = steps.map(|(position, step)| (Some(position), &step.markdown));
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    for (step, markdown) in guide.chain(steps) {
        for reference in references::collect(markdown) {
            let Reference::RemoteImage(address, description) = reference else {
                continue;
            };
            if seen.insert(address.clone()) {
                found.push(RemoteImage {
                    address,
                    description,
                    step,
                });
            }
        }
    }
    found
}

/// The same text with local references in place of these addresses, wherever they stand for an
/// image: in Markdown, in link definitions that images use, in `<img>`. All other bytes stay, so
/// do links to the same addresses and what is code.
///
/// References are names like `img/map.png`: letters, digits, `-`, `_`, `.` and `/`.
#[must_use]
pub fn localise(source: &str, references: &BTreeMap<String, String>) -> String {
    let mut addresses: Vec<&str> = references.keys().map(String::as_str).collect();
    // Of two that begin alike, the longer is meant.
    addresses.sort_unstable_by_key(|address| (std::cmp::Reverse(address.len()), *address));
    addresses.retain(|address| !address.is_empty());
    let places = places(source, &addresses);
    if places.is_empty() {
        return source.to_owned();
    }
    // Only the reader knows what is an image: in boxes, definitions, tags, code. It is asked by
    // giving each place an address of its own, written in the same way.
    let asked = Asked::of(source);
    let questions = written(source, &places, |index, place| {
        Some(asked.written(index, place.spelling))
    });
    let found = images(&questions);
    let found: HashSet<&str> = found.iter().map(|image| image.address.as_str()).collect();
    written(source, &places, |index, place| {
        let is_image = found.contains(&*asked.meant(index, place.spelling));
        let reference = references.get(place.address).filter(|_| is_image);
        reference.cloned()
    })
}

/// What the file at an address is called there; may be empty.
#[must_use]
pub fn file_name(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or(address);
    let path = path.split_once("//").map_or(path, |(_, behind)| behind);
    let name = path
        .split_once('/')
        .map(|(_, path)| path.rsplit('/').next());
    percent_decoded(name.flatten().unwrap_or_default())
}

/// Where an address stands in a text, whatever for.
struct Place<'a> {
    start: usize,
    end: usize,
    address: &'a str,
    spelling: Spelling,
}

/// What of an address is written otherwise than it is meant, or would be elsewhere.
#[derive(Debug, Clone, Copy, Default)]
struct Spelling {
    /// A backslash that is one in a tag, and none in Markdown.
    backslash: bool,
    /// A backslash of Markdown.
    escape: bool,
    /// A character reference.
    reference: bool,
}

fn places<'a>(source: &str, addresses: &[&'a str]) -> Vec<Place<'a>> {
    let mut places = Vec::new();
    let mut from = 0;
    // Every web address has these, and nobody escapes them.
    for (at, _) in source.match_indices("//") {
        let found = addresses.iter().find_map(|address| {
            let scheme = address.find("//")?;
            let start = at.checked_sub(scheme).filter(|start| *start >= from)?;
            let (length, spelling) = spelt(source.get(start..)?, address)?;
            Some(Place {
                start,
                end: start + length,
                address,
                spelling,
            })
        });
        if let Some(place) = found {
            from = place.end;
            places.push(place);
        }
    }
    places
}

/// The bytes at the start of a text that may mean an address: with the backslashes of Markdown
/// and the character references of HTML.
fn spelt(text: &str, address: &str) -> Option<(usize, Spelling)> {
    let mut spelling = Spelling::default();
    let mut rest = text;
    let mut wanted = address;
    while let Some(next) = wanted.chars().next() {
        if let Some((meant, length)) = reference(rest) {
            wanted = wanted.strip_prefix(&*meant)?;
            rest = rest.get(length..)?;
            spelling.reference = true;
            continue;
        }
        if rest.starts_with('\\') {
            if next == '\\' {
                spelling.backslash = true;
            } else {
                spelling.escape = true;
                rest = rest.get(1..)?;
            }
        }
        rest = rest.strip_prefix(next)?;
        wanted = wanted.strip_prefix(next)?;
    }
    Some((text.len() - rest.len(), spelling))
}

/// What the character reference at the start of a text means, and its bytes.
fn reference(text: &str) -> Option<(String, usize)> {
    let end = text
        .strip_prefix('&')?
        .bytes()
        .take(12)
        .position(|byte| byte == b';')?;
    let reference = text.get(..end + 2)?;
    let meant = markup::unescape(reference);
    (meant != reference).then_some((meant, reference.len()))
}

fn written<'a>(
    source: &str,
    places: &[Place<'a>],
    instead: impl Fn(usize, &Place<'a>) -> Option<String>,
) -> String {
    let mut out = String::with_capacity(source.len());
    let mut done = 0;
    for (index, place) in places.iter().enumerate() {
        let Some(instead) = instead(index, place) else {
            continue;
        };
        out.push_str(source.get(done..place.start).unwrap_or_default());
        out.push_str(&instead);
        done = place.end;
    }
    out.push_str(source.get(done..).unwrap_or_default());
    out
}

/// Addresses that stand in a text for its places, and lead nowhere.
struct Asked(String);

impl Asked {
    /// Addresses that the text does not have.
    fn of(source: &str) -> Self {
        let mut end = "invalid/".to_owned();
        while source.contains(&end) {
            end.insert_str(0, "x.");
        }
        Self(end)
    }

    fn written(&self, index: usize, spelling: Spelling) -> String {
        let dot = if spelling.escape || spelling.backslash {
            "\\."
        } else {
            "."
        };
        let other = if spelling.reference { "&#46;" } else { "." };
        format!("https://{index}{dot}place{other}{}", self.0)
    }

    fn meant(&self, index: usize, spelling: Spelling) -> String {
        let dot = if spelling.backslash { "\\." } else { "." };
        format!("https://{index}{dot}place.{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(text: &str, addresses: &[&str]) -> String {
        let names = (1..).zip(addresses);
        let names = names.map(|(n, address)| ((*address).to_owned(), format!("img/{n}.png")));
        localise(text, &names.collect())
    }

    const MANY_WAYS: &str = "# T\n\n![guide](https://a.b/g.png)\n\n## One\n\n\
        ![a](https://a.b/x.png \"https://a.b/x.png\") [link](https://a.b/x.png) https://a.b/x.png\n\
        ![a](<https://a.b/x.png>) ![r][r] ![](https://a.b/x.png?raw=1)\n\n\
        <img src=\"https://a.b/x.png\" alt='b'><img src=https://a.b/x.png>\n\n\
        `![a](https://a.b/x.png)`\n\n```\n![a](https://a.b/x.png)\n```\n\n\
        <aside class=\"positive\">\n![in](https://a.b/x.png) `![](https://a.b/x.png)`\n</aside>\n\n\
        ## Two\n\n> aside negative\n> ![deep](https://a.b/x\\_y.png)\n\n\
        <img src=\"https://a.b/q?a=1&amp;b=2\">\n\n\
        ![https://a.b/x.png](https://a.b/x.png)\n\n[r]: https://a.b/x.png 'T'\n";

    #[test]
    fn each_image_is_listed_once_with_its_place() {
        let found = images(MANY_WAYS);
        let found: Vec<_> = found
            .iter()
            .map(|image| {
                (
                    image.step,
                    image.address.as_str(),
                    image.description.as_str(),
                )
            })
            .collect();
        assert_eq!(
            found,
            [
                (None, "https://a.b/g.png", "guide"),
                (Some(1), "https://a.b/x.png", "a"),
                (Some(1), "https://a.b/x.png?raw=1", ""),
                (Some(2), "https://a.b/x_y.png", "deep"),
                (Some(2), "https://a.b/q?a=1&b=2", ""),
            ]
        );
    }

    #[test]
    fn images_become_local_and_everything_else_stays() {
        let after = local(
            MANY_WAYS,
            &[
                "https://a.b/x.png",
                "https://a.b/x_y.png",
                "https://a.b/q?a=1&b=2",
            ],
        );
        insta::assert_snapshot!(after, @r#"
        # T

        ![guide](https://a.b/g.png)

        ## One

        ![a](img/1.png "https://a.b/x.png") [link](https://a.b/x.png) https://a.b/x.png
        ![a](<img/1.png>) ![r][r] ![](https://a.b/x.png?raw=1)

        <img src="img/1.png" alt='b'><img src=img/1.png>

        `![a](https://a.b/x.png)`

        ```
        ![a](https://a.b/x.png)
        ```

        <aside class="positive">
        ![in](img/1.png) `![](https://a.b/x.png)`
        </aside>

        ## Two

        > aside negative
        > ![deep](img/2.png)

        <img src="img/3.png">

        ![https://a.b/x.png](https://a.b/x.png)

        [r]: img/1.png 'T'
        "#);
        let left: Vec<_> = images(&after)
            .into_iter()
            .map(|image| image.address)
            .collect();
        assert_eq!(left, ["https://a.b/g.png", "https://a.b/x.png?raw=1"]);
        assert_eq!(local(&after, &["https://a.b/x.png"]), after);
    }

    #[test]
    fn addresses_without_a_scheme_are_those_alone() {
        let text = "# T\n\n## S\n\n![](//a.b/x) ![](https://a.b/x) ![](HTTPS://a.b/x)\n";
        let after = local(text, &["//a.b/x"]);
        assert_eq!(after, text.replacen("//a.b/x", "img/1.png", 1));
        let all = local(text, &["//a.b/x", "https://a.b/x", "HTTPS://a.b/x"]);
        assert_eq!(images(&all), []);
    }

    #[test]
    fn a_text_that_is_no_codelab_stays() {
        let text = "![](https://a.b/x)";
        assert_eq!(images(text), []);
        assert_eq!(local(text, &["https://a.b/x"]), text);
    }

    #[test]
    fn a_file_is_called_as_its_address_ends() {
        for (address, name) in [
            ("https://a.b/img/My%20map.png?raw=1", "My map.png"),
            ("//a.b/c.svg#x", "c.svg"),
            ("https://a.b/", ""),
            ("https://a.b", ""),
            ("https://a.b/100%", "100%"),
        ] {
            assert_eq!(file_name(address), name, "{address}");
        }
    }
}
