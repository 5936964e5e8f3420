//! One HTML file with everything in it: it opens from a USB stick, and asks nobody for anything.
//!
//! Steps look as they do in the room: their style sheets are the interface's own. Without its
//! script the page is all steps, one below the other; so it is on paper. Its policy allows no
//! request at all, and no script but its own. A page with diagrams carries what draws them, some
//! three megabytes; pages without have none of it.

mod labels;

use std::collections::HashMap;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest as _, Sha256};

use super::{Material, open_codelabs::data_address};
use crate::{Codelab, Guide, ImageSource, Step, import::Image, markup::escape, render_step};
pub use labels::Labels;
use labels::Words;

const TOKENS: &str = include_str!("../../../../ui/src/styles/tokens.css");
const PROSE: &str = include_str!("../../../../ui/src/styles/prose-step.css");
const HIGHLIGHT: &str = include_str!("../../../../ui/src/lib/features/steps/highlight.css");
const STYLE: &str = include_str!("page/page.css");
const PAPER: &str = include_str!("page/paper.css");
const SCRIPT: &str = include_str!("page/page.js");

/// What a page is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    Read,
    Print,
}

/// An address that no author can have written: only images known to us get it.
const PLACE: &str = "/image-of-this-page/";

/// How rendered diagrams begin.
const DIAGRAM: &str = "<pre class=\"diagram\"";

/// A page, and what it may do.
pub(super) struct Page {
    pub(super) html: String,
    pub(super) policy: String,
}

pub(super) fn page(
    codelab: &Codelab,
    material: &Material<'_>,
    labels: Labels,
    purpose: Use,
) -> Page {
    let sections = sections(codelab, material.images, labels);
    let drawing = material.drawing.filter(|_| sections.contains(DIAGRAM));
    // Nothing in a script may look like its end.
    let drawing = drawing.map(|script| script.replace("</script", "<\\/script"));
    let reading = (purpose == Use::Read).then_some(SCRIPT);
    // What is searched are the words of a diagram: they are read before it is drawn.
    let scripts: Vec<&str> = reading.into_iter().chain(drawing.as_deref()).collect();
    let policy = policy(&scripts);
    let html = html(codelab, labels, purpose, &policy, &sections, &scripts);
    Page { html, policy }
}

/// It may load nothing at all, and run nothing but these.
fn policy(scripts: &[&str]) -> String {
    let mut sources = String::new();
    for script in scripts {
        let hash = STANDARD.encode(Sha256::digest(script));
        sources.extend([" 'sha256-", &hash, "'"]);
    }
    if sources.is_empty() {
        sources.push_str(" 'none'");
    }
    format!(
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src{sources}; \
         base-uri 'none'; form-action 'none'"
    )
}

fn html(
    codelab: &Codelab,
    labels: Labels,
    purpose: Use,
    policy: &str,
    sections: &str,
    scripts: &[&str],
) -> String {
    let words = labels.words();
    let title = escape(&codelab.metadata.title);
    let mut out = String::from("<!doctype html>\n");
    out.extend([
        "<html lang=\"",
        words.language,
        "\">\n<head>\n<meta charset=\"utf-8\">\n",
    ]);
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.extend([
        "<meta http-equiv=\"Content-Security-Policy\" content=\"",
        policy,
        "\">\n",
    ]);
    out.extend(["<title>", &title, "</title>\n<style>\n"]);
    out.extend([TOKENS, PROSE, HIGHLIGHT, STYLE, PAPER, &label_rules(words)]);
    out.push_str("</style>\n</head>\n");
    out.push_str(&body_tag(codelab, words, purpose));
    out.push_str(&top(codelab, &title, labels, purpose));
    out.extend([
        "<div class=\"columns\">\n<nav aria-label=\"",
        words.steps,
        "\">\n<ol>\n",
    ]);
    if codelab.guide.is_some() {
        out.extend([
            "<li class=\"guide\"><a href=\"#0\">",
            words.guide,
            "</a></li>\n",
        ]);
    }
    for (step, number) in codelab.steps.iter().zip(1_u32..) {
        out.extend([format!(
            "<li><a href=\"#{number}\">{}</a>",
            escape(&step.title)
        )]);
        if let Some(minutes) = step.minutes {
            out.extend([format!(" <small>{}</small>", labels.minutes(minutes))]);
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ol>\n<p role=\"status\"></p>\n</nav>\n<main>\n");
    out.extend([sections, "</main>\n</div>\n"]);
    for script in scripts {
        out.extend(["<script>", script, "</script>\n"]);
    }
    out + "</body>\n</html>\n"
}

/// All that is read, one below the other.
fn sections(codelab: &Codelab, images: &[Image], labels: Labels) -> String {
    let pictures = Pictures::new(images);
    let language = codelab.metadata.language.as_deref();
    let lang = language.map_or(String::new(), |language| {
        format!(" lang=\"{}\"", escape(language))
    });
    let mut out = String::new();
    if let Some(guide) = &codelab.guide {
        out.push_str(&guide_section(guide, &pictures, labels.words(), &lang));
    }
    for (step, number) in codelab.steps.iter().zip(1_u32..) {
        out.push_str(&section(step, number, &pictures, labels, &lang));
    }
    out
}

/// The script's words and what progress is remembered under.
fn body_tag(codelab: &Codelab, words: &Words, purpose: Use) -> String {
    let metadata = &codelab.metadata;
    let id = metadata.id.as_deref().unwrap_or(&metadata.title);
    let mut tag = String::from("<body");
    for (name, value) in [
        ("id", id),
        ("next", words.next),
        ("previous", words.previous),
        ("copy", words.copy),
        ("copied", words.copied),
        ("done", words.done),
        ("nomatch", words.no_match),
    ] {
        tag.extend([" data-", name, "=\"", &escape(value), "\""]);
    }
    if purpose == Use::Print {
        tag.push_str(" class=\"handout\"");
    }
    tag + ">\n"
}

fn top(codelab: &Codelab, title: &str, labels: Labels, purpose: Use) -> String {
    let words = labels.words();
    let metadata = &codelab.metadata;
    let mut out = format!("<header>\n<div>\n<h1>{title}</h1>\n");
    let minutes = codelab.minutes();
    let facts = [
        metadata.authors.as_deref().map(escape),
        (minutes > 0).then(|| labels.minutes(minutes)),
        Some(labels.count(codelab.steps.len())),
    ];
    let facts = facts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    out.extend(["<p class=\"facts\">", &facts, "</p>\n"]);
    if let Some(summary) = &metadata.summary {
        out.extend(["<p class=\"summary\">", &escape(summary), "</p>\n"]);
    }
    out.push_str("</div>\n");
    if purpose == Use::Read {
        out.extend([format!(
            "<div class=\"tools\" hidden>\n\
             <input type=\"search\" aria-label=\"{0}\" placeholder=\"{0}\">\n\
             <button type=\"button\" data-do=\"theme\">{1}</button>\n\
             <button type=\"button\" data-do=\"print\">{2}</button>\n</div>\n",
            words.search, words.theme, words.print
        )]);
    }
    out + "</header>\n"
}

fn section(
    step: &Step,
    number: u32,
    pictures: &Pictures<'_>,
    labels: Labels,
    lang: &str,
) -> String {
    let mut out = format!(
        "<section id=\"{number}\" aria-labelledby=\"title-{number}\"{lang}>\n\
         <h2 id=\"title-{number}\" tabindex=\"-1\"><span>{number}</span> {}</h2>\n",
        escape(&step.title)
    );
    if let Some(minutes) = step.minutes {
        out.extend([format!(
            "<p class=\"minutes\">{}</p>\n",
            labels.minutes(minutes)
        )]);
    }
    out.extend([
        "<div class=\"prose-step\">\n",
        &pictures.render(&step.markdown),
        "\n</div>\n",
    ]);
    out + "</section>\n"
}

/// What to prepare, in front of the first step.
fn guide_section(guide: &Guide, pictures: &Pictures<'_>, words: &Words, lang: &str) -> String {
    format!(
        "<section id=\"0\" class=\"guide\" aria-labelledby=\"title-0\"{lang}>\n\
         <h2 id=\"title-0\" tabindex=\"-1\">{}</h2>\n\
         <div class=\"prose-step\">\n{}\n</div>\n</section>\n",
        words.guide,
        pictures.render(&guide.markdown)
    )
}

/// Words that style sheets show.
fn label_rules(words: &Words) -> String {
    format!(
        ":root {{ --label-positive: \"{}\"; --label-negative: \"{}\"; --label-remote: \"{}\"; \
         --label-missing: \"{}\"; --label-poll: \"{}\"; --label-diagram: \"{}\"; }}\n",
        words.tip, words.warning, words.internet, words.missing, words.poll, words.diagram
    )
}

/// The images of a page, by what steps call them.
struct Pictures<'a>(HashMap<&'a str, (usize, &'a Image)>);

impl<'a> Pictures<'a> {
    fn new(images: &'a [Image]) -> Self {
        let numbered = images.iter().enumerate();
        Self(
            numbered
                .map(|(number, image)| (image.reference.as_str(), (number, image)))
                .collect(),
        )
    }

    /// A step with its images inside. The sanitiser lets no address through that holds a file, so
    /// they come in behind it.
    fn render(&self, markdown: &str) -> String {
        let html = render_step(markdown, &|reference| {
            let (number, image) = self.0.get(reference)?;
            Some(ImageSource {
                url: format!("{PLACE}{number}"),
                width: image.width,
                height: image.height,
            })
        });
        let mut out = String::with_capacity(html.len());
        let mut rest = html.as_str();
        while let Some((before, behind)) = rest.split_once(PLACE) {
            let digits = behind.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
            let (number, behind) = behind.split_at(digits);
            let number = number.parse::<usize>().ok();
            let image = self.0.values().find(|(known, _)| Some(*known) == number);
            out.push_str(before);
            if let Some((_, image)) = image {
                out.push_str(&data_address(image));
            }
            rest = behind;
        }
        out.push_str(rest);
        // What is here already need not wait, and would be missing on paper.
        out.replace(" loading=\"lazy\"", "")
    }
}
