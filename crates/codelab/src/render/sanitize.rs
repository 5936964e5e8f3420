//! The last stage: only what the markup contract names leaves this crate.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use ammonia::Builder;

use super::{highlight::HIGHLIGHT_CLASSES, short_texts};
use crate::references::{self, LinkTarget};

const TAGS: &[&str] = &[
    "a",
    "abbr",
    "aside",
    "b",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "input",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
    "var",
];

/// The elements of `MathML` Core that formulas are made of.
const MATHS_TAGS: &[&str] = &[
    "math",
    "mfrac",
    "mi",
    "mmultiscripts",
    "mn",
    "mo",
    "mover",
    "mpadded",
    "mphantom",
    "mprescripts",
    "mroot",
    "mrow",
    "mspace",
    "msqrt",
    "mstyle",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
    "munder",
    "munderover",
];

/// Tags whose content is not text for readers either.
const REMOVED_WITH_CONTENT: &[&str] = &[
    "script", "style", "template", "noscript", "noframes", "noembed", "iframe", "textarea", "title",
];

const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["href", "title", "target"]),
    ("abbr", &["title"]),
    ("details", &["open"]),
    ("div", &["data-choose", "data-quiz"]),
    (
        "img",
        &["src", "alt", "title", "width", "height", "loading"],
    ),
    ("input", &["type", "disabled", "checked"]),
    ("math", &["display"]),
    ("mfrac", &["linethickness", "displaystyle"]),
    ("mi", &["mathvariant"]),
    (
        "mo",
        &[
            "accent",
            "fence",
            "form",
            "largeop",
            "lspace",
            "maxsize",
            "minsize",
            "movablelimits",
            "rspace",
            "separator",
            "stretchy",
            "symmetric",
        ],
    ),
    ("mover", &["accent"]),
    (
        "mpadded",
        &["width", "height", "depth", "lspace", "voffset"],
    ),
    ("mrow", &["displaystyle", "scriptlevel", "mathcolor"]),
    ("mspace", &["width", "height", "depth"]),
    ("mstyle", &["displaystyle", "scriptlevel", "mathcolor"]),
    ("mtable", &["displaystyle", "scriptlevel"]),
    ("mtd", &["columnalign"]),
    ("munder", &["accentunder"]),
    ("munderover", &["accent", "accentunder"]),
    ("ol", &["start"]),
    (
        "pre",
        &["data-diagram", "data-file", "data-lang", "data-run"],
    ),
    ("span", &["data-n"]),
    ("td", &["align", "colspan", "rowspan"]),
    ("th", &["align", "colspan", "rowspan"]),
];

const CLASSES: &[(&str, &[&str])] = &[
    ("a", &["button", "download"]),
    ("aside", &["box", "box-positive", "box-negative"]),
    ("code", &["math", "display"]),
    ("div", &["poll", "quiz", "survey", "table"]),
    ("li", &["task"]),
    ("ol", &["checklist"]),
    ("p", &["question"]),
    ("pre", &["code", "console", "diagram", "diff"]),
    ("ul", &["checklist"]),
];

const SPAN_CLASSES: &[&str] = &[
    "del",
    "image-missing",
    "ins",
    "line",
    "mark",
    "out",
    "place",
    "prompt",
    "remote",
    "remote-image",
    "remote-video",
    "remote-embed",
];

static SANITIZER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let sets = |table: &[(&'static str, &'static [&'static str])]| {
        table
            .iter()
            .map(|(tag, values)| (*tag, values.iter().copied().collect::<HashSet<_>>()))
            .collect::<HashMap<_, _>>()
    };
    let mut classes = sets(CLASSES);
    let highlight = HIGHLIGHT_CLASSES.iter().map(|(class, _)| *class);
    classes.insert(
        "span",
        highlight.chain(SPAN_CLASSES.iter().copied()).collect(),
    );

    let mut builder = Builder::empty();
    builder
        .tags(TAGS.iter().chain(MATHS_TAGS).copied().collect())
        .clean_content_tags(REMOVED_WITH_CONTENT.iter().copied().collect())
        .tag_attributes(sets(ATTRIBUTES))
        .allowed_classes(classes)
        // An input is a task's box and nothing that anybody could fill in.
        .set_tag_attribute_value("input", "type", "checkbox")
        .set_tag_attribute_value("input", "disabled", "")
        .url_schemes(["http", "https", "mailto"].into())
        .link_rel(Some("noopener noreferrer"))
        .strip_comments(true)
        .attribute_filter(filter);
    builder
});

/// Allows links only to the outside, and images only from this server.
fn filter<'v>(element: &str, attribute: &str, value: &'v str) -> Option<Cow<'v, str>> {
    let is_fine = match (element, attribute) {
        _ if !short_texts::is_cheap(value) => false,
        ("a", "href") => references::link_target(value) == LinkTarget::Outside,
        ("a", "target") => value == "_blank",
        ("img", "src") => references::link_target(value) == LinkTarget::Local,
        ("pre", "data-diagram") => value == "mermaid",
        ("div", "data-quiz") => value.parse::<domain::QuizKey>().is_ok(),
        ("div", "data-choose") => matches!(value, "one" | "several"),
        ("img", "loading") => value == "lazy",
        (element, _) if MATHS_TAGS.contains(&element) => is_maths_value(value),
        ("td" | "th", "align") => matches!(value, "left" | "center" | "right"),
        ("img", "width" | "height")
        | ("ol", "start")
        | ("span", "data-n")
        | (_, "colspan" | "rowspan") => {
            value.len() <= 9 && value.bytes().all(|byte| byte.is_ascii_digit())
        }
        _ => true,
    };
    is_fine.then_some(Cow::Borrowed(value))
}

/// Words, lengths and colours; no maths attribute needs more.
fn is_maths_value(value: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"#.%- ".contains(&byte);
    value.len() <= 32 && value.bytes().all(is_plain)
}

/// Whether a tag of this name, in lower case, stays.
pub(crate) fn keeps(tag: &str) -> bool {
    TAGS.contains(&tag) || MATHS_TAGS.contains(&tag)
}

/// HTML with everything taken out that the contract does not name.
pub(super) fn clean(html: &str) -> String {
    SANITIZER.clean(&short_texts::divided(html)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_contract_does_not_name_is_gone() {
        insta::assert_snapshot!(clean("<p style='x' class='code box' onclick=x>a<script>b</script><!-- c --></p>"), @r#"<p class="">a</p>"#);
        insta::assert_snapshot!(clean("<a href='javascript:x'>a</a><a href='x.html'>b</a><a href='https://c' target=_top>c</a>"), @r#"<a rel="noopener noreferrer">a</a><a rel="noopener noreferrer">b</a><a href="https://c" rel="noopener noreferrer">c</a>"#);
        insta::assert_snapshot!(clean("<img src=https://x/a.png><img src=//x/a.png><img src=/images/1 width=9em height=2>"), @r#"<img><img><img src="/images/1" height="2">"#);
        insta::assert_snapshot!(clean("<input name=password type=text><form action=x><svg onload=x><math></form>"), @r#"<input type="checkbox" disabled="">"#);
    }
}
