//! The ZIP of the web platform Open Codelabs: `codelab.json` and a file for every step.
//!
//! Its import reads nothing else, so images travel inside of the text. What a quiz asks is there,
//! what is right is not: everybody who reads a step there reads its source.

use std::ops::Range;

use domain::workshop::Requirement;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use pulldown_cmark::{Event, Tag, TagEnd};
use serde_json::json;

use super::{archive::Archive, in_place, keep_words, names, settled};
use crate::{
    Codelab, ImportError, Step, escape,
    import::Image,
    markdown,
    markup::{self, Piece},
    prepare::prepare_for_export,
    quizzes,
    references::{Picture, picture},
    settle,
    steps::{guide_again, without_lines},
};

pub(super) fn zip(codelab: &Codelab, images: &[Image]) -> Result<Vec<u8>, ImportError> {
    let metadata = &codelab.metadata;
    // A setting that the import keeps in the header.
    let says = |key| metadata.extra.get(key).is_some_and(|value| value == "true");
    let guide = codelab.guide.as_ref();
    let guide =
        guide.map(|guide| settled(&guide.markdown, |text| guide_again(&body(text, images))));
    let bodies = codelab
        .steps
        .iter()
        .map(|step| settled(&step.markdown, |text| without_lines(&body(text, images))));
    let has_guide = guide.is_some();
    let mut bodies: Vec<String> = guide.into_iter().chain(bodies).collect();
    keep_words(&mut bodies);
    let mut bodies = bodies.into_iter();
    let guide = bodies.by_ref().take(usize::from(has_guide)).next();
    let about = json!({
        "id": metadata.id.clone().unwrap_or_else(|| names::slug(&metadata.title)),
        "title": metadata.title,
        "description": metadata.summary.as_deref().unwrap_or_default(),
        "author": metadata.authors.as_deref().unwrap_or_default(),
        "is_public": false,
        "quiz_enabled": says("quiz_enabled"),
        "require_quiz": metadata.required.contains(&Requirement::Quiz),
        "require_feedback": metadata.required.contains(&Requirement::Feedback),
        "require_submission": metadata.required.contains(&Requirement::Submission),
        "guide_markdown": guide,
        "created_at": null,
    });
    let mut archive = Archive::stored();
    archive.text("codelab.json", &format!("{about:#}\n"))?;
    if let Some(guide) = &guide {
        archive.text("preparation_guide.md", &format!("{}\n", guide.trim_end()))?;
    }
    for ((step, mut body), number) in codelab.steps.iter().zip(bodies).zip(1_u32..) {
        let (name, needs_heading) = step_name(step, &body, number);
        if needs_heading {
            body = format!("# {}\n\n{body}", escape::heading(&step.title));
        }
        archive.text(&name, &format!("{}\n", body.trim_end()))?;
    }
    archive.finish()
}

/// A text with its images in it, ready to stand under its title: so it comes back from there.
fn body(text: &str, images: &[Image]) -> String {
    let text = rewrite(&prepare_for_export(text), images, Whole::Step);
    let text = settle::settle(text.trim_end()).text;
    settle::closed(text.trim_end())
}

/// The title is read from the file's name, which has ASCII only. A title that such a name cannot
/// hold stands in the text: without one in the name, the first heading is taken. So it is where the
/// text begins with the same words, which would be taken for the title.
fn step_name(step: &Step, body: &str, number: u32) -> (String, bool) {
    let begins = settle::leading_heading(body).is_some_and(|(words, _)| words == step.title);
    let is_word =
        step.title.chars().any(char::is_alphanumeric) && !step.title.eq_ignore_ascii_case("step");
    let plain = step.title.replace(' ', "_");
    let is_plain = !begins
        && is_word
        && !step.title.contains('_')
        && plain
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "_-.,()!&+".contains(c));
    if is_plain && step.title.len() <= 80 {
        (format!("step_{number:02}_{plain}.md"), false)
    } else {
        (format!("step_{number:02}_.md"), true)
    }
}

/// What a text is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whole {
    /// All of a step.
    Step,
    /// Between two tags of it. There are no quizzes, whose empty lines would end the HTML, and no
    /// more HTML to look into: it would be the same again.
    Between,
}

fn rewrite(text: &str, images: &[Image], whole: Whole) -> String {
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    let events = markdown::events(text);
    for (index, (event, range)) in events.iter().enumerate() {
        let inside = || events[index + 1..].iter().map(|(event, _)| event);
        if let Event::Start(Tag::Image {
            dest_url, title, ..
        }) = event
        {
            let inner = inside().take_while(|event| !matches!(event, Event::End(TagEnd::Image)));
            let description = markdown::plain_text(inner.cloned());
            if let Some(address) = address(dest_url, &description, images) {
                let title = escape::one_line(title);
                let title = title.replace('\\', "\\\\").replace('"', "\\\"");
                let title = Some(title).filter(|title| !title.is_empty());
                let title = title.map_or(String::new(), |title| format!(" \"{title}\""));
                let description = escape::escaped(&description);
                edits.push((range.clone(), format!("![{description}]({address}{title})")));
            }
        } else if whole == Whole::Step
            && matches!(event, Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_))
        {
            let html = text.get(range.clone()).unwrap_or_default();
            let changed = html_with_images(html, images);
            if changed != html {
                edits.push((range.clone(), changed));
            }
        } else if let Event::Start(Tag::CodeBlock(kind)) = event
            && whole == Whole::Step
            && quizzes::is_quiz(kind)
        {
            let asked = quizzes::as_list(&markdown::code_text(&events[index + 1..]));
            // Whatever follows directly would be in the list.
            let asked = format!("{}\n", asked.trim_end());
            edits.push((range.clone(), in_place(text, range.start, &asked)));
        }
    }
    let mut out = String::new();
    let mut done = 0;
    for (range, words) in edits {
        if range.start >= done {
            out.push_str(text.get(done..range.start).unwrap_or_default());
            out.push_str(&words);
            done = range.end;
        }
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

fn html_with_images(html: &str, images: &[Image]) -> String {
    let mut out = String::new();
    for piece in markup::pieces(html) {
        match piece {
            // Behind a tag our reader sees Markdown on the same lines, other readers only HTML.
            Piece::Text(text) if text.contains("![") => {
                out.push_str(&rewrite(text, images, Whole::Between));
            }
            Piece::Text(text) => out.push_str(text),
            Piece::Comment => out.push_str(markup::NO_WORDS),
            Piece::Tag(tag) if tag.opens("img") => {
                let source = tag.attribute("src").unwrap_or_default();
                let description = tag.attribute("alt").unwrap_or_default();
                match address(source, description, images) {
                    Some(address) => {
                        let description = markup::escape(&escape::one_line(description));
                        let width = tag.attribute("width").unwrap_or_default();
                        let width = markup::escape(&escape::one_line(width));
                        out.extend([format!(
                            "<img src=\"{address}\" alt=\"{description}\" width=\"{width}\">"
                        )]);
                    }
                    None => out.push_str(tag.raw),
                }
            }
            Piece::Tag(tag) => out.push_str(tag.raw),
        }
    }
    markup::end_as(html, &mut out);
    out
}

/// An image as an address that holds it.
fn address(source: &str, description: &str, images: &[Image]) -> Option<String> {
    let Picture::Local(reference) = picture(source, description) else {
        return None;
    };
    let image = images.iter().find(|image| image.reference == reference)?;
    Some(data_address(image))
}

/// An image inside of its own address.
pub(super) fn data_address(image: &Image) -> String {
    let bytes = STANDARD.encode(&image.bytes);
    format!("data:{};base64,{bytes}", image.media_type)
}
