//! What plain Markdown cannot say is rewritten before it is parsed: old info boxes, Markdown
//! inside `<aside>`, boxes written as `<dl>`, buttons over several lines, surveys.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::{
    boxes::{self, BoxKind},
    lines::{self, Lines},
    markdown,
    markup::{self, Piece},
};

/// The Markdown as the renderer wants it.
pub(crate) fn prepare(text: &str) -> String {
    prepare_with(text, Forms::Listed)
}

/// The same for the stock tools, which know surveys.
pub(crate) fn prepare_for_export(text: &str) -> String {
    prepare_with(text, Forms::Kept)
}

/// What happens to survey forms.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Forms {
    Listed,
    Kept,
}

fn prepare_with(text: &str, forms: Forms) -> String {
    let text = boxes::modernise(text);
    let lower = text.to_ascii_lowercase();
    if ["<aside", "<dl", "<button", "<form"]
        .iter()
        .any(|tag| lower.contains(tag))
    {
        // Behind a box, lines are Markdown that were a part of its HTML.
        let opened = boxes::modernise(&open_blocks(&text, &lower, forms));
        let boxed = lower.contains("<aside") || lower.contains("<dl");
        if boxed && lower.contains("<button") {
            // A button beside a box stands in a block of its own only now.
            open_blocks(&opened, &opened.to_ascii_lowercase(), forms)
        } else {
            opened
        }
    } else {
        text
    }
}

/// Rewrites every raw HTML block that needs it; `lower` is the same text in lower case.
fn open_blocks(text: &str, lower: &str, forms: Forms) -> String {
    let lines = Lines::new(text);
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    let last_form_end = lower.rfind("</form>").unwrap_or(0);
    for block in html_blocks(text) {
        if block.start < done {
            continue;
        }
        if forms == Forms::Kept && lower[block.clone()].contains("<form") {
            continue;
        }
        let Some((end, replacement)) = rewrite(text, lower, last_form_end, &block) else {
            continue;
        };
        let line_start = lines.start_of(block.start);
        // Inside a list item the new lines must stay in it.
        let margin = text[line_start..block.start]
            .chars()
            .map(|c| if c == '\t' { '\t' } else { ' ' })
            .collect::<String>();
        out.push_str(&text[done..block.start]);
        for (index, line) in replacement.trim_matches('\n').lines().enumerate() {
            if index > 0 && !line.is_empty() {
                out.push_str(&margin);
            }
            out.push_str(line);
            out.push('\n');
        }
        done = end;
        // A blank line stands behind it; one that is there is not written again.
        let behind = text[end..].lines().next();
        if behind.is_some_and(|line| !line.trim().is_empty()) {
            out.push('\n');
        }
    }
    out + &text[done..]
}

/// Raw HTML blocks outside quotes, whose lines would need their mark again.
fn html_blocks(text: &str) -> Vec<Range<usize>> {
    let mut quotes = 0_u32;
    let mut blocks = Vec::new();
    for (event, range) in markdown::parser(text).into_offset_iter() {
        if matches!(event, Event::Start(Tag::BlockQuote(_))) {
            quotes += 1;
        } else if matches!(event, Event::End(TagEnd::BlockQuote(_))) {
            quotes = quotes.saturating_sub(1);
        } else if matches!(event, Event::Start(Tag::HtmlBlock)) && quotes == 0 {
            blocks.push(range);
        }
    }
    blocks
}

/// The end of what is replaced, and what takes its place.
fn rewrite(
    text: &str,
    all_lower: &str,
    last_form_end: usize,
    block: &Range<usize>,
) -> Option<(usize, String)> {
    let html = text.get(block.clone())?;
    let lower = all_lower.get(block.clone())?;
    // These go on over blank lines, and what is in them is nothing to read.
    if ["<!", "<?", "<pre", "<script", "<style", "<textarea"]
        .iter()
        .any(|tag| lower.starts_with(tag))
    {
        return None;
    }
    if let Some(form) = lower.find("<form") {
        // Blank lines end the block, but not the form.
        let start = block.start + form;
        // Not looking where there is no end keeps hostile text cheap.
        if start >= last_form_end {
            return None;
        }
        let length = all_lower[start..].find("</form>")? + "</form>".len();
        let rest = &text[start..];
        let end = (block.start + form + length).max(block.end);
        let before = &html[..form];
        let behind = &text[block.start + form + length..end];
        return Some((
            end,
            format!("{before}{}\n\n{behind}", survey(&rest[..length])),
        ));
    }
    if hides(html) {
        return None;
    }
    let margin = text[..block.start]
        .rsplit_once('\n')
        .map_or(block.start, |(_, margin)| margin.len());
    let html = &without_margin(html, margin);
    if lower.contains("<aside") || lower.contains("<dl") {
        return open_boxes(html).map(|opened| (block.end, opened));
    }
    lower
        .contains("<button")
        .then(|| (block.end, join_buttons(html)))
}

/// Whether a block holds the beginning of something that goes on over blank lines, so that these
/// would make more of it than a part of this block.
fn hides(html: &str) -> bool {
    let mut open = 0_i32;
    for piece in markup::pieces(html) {
        match piece {
            Piece::Text(text) if text.contains("<?") || text.contains("<!") => return true,
            Piece::Tag(tag)
                if ["pre", "script", "style", "textarea"].contains(&tag.name.as_str()) =>
            {
                open += if tag.closing { -1 } else { 1 };
            }
            Piece::Text(_) | Piece::Tag(_) | Piece::Comment => {}
        }
    }
    open != 0
}

/// The lines below the first one without the margin that they get again.
fn without_margin(html: &str, margin: usize) -> String {
    let lines = html.split('\n').enumerate().map(|(index, line)| {
        let strip = if index == 0 { 0 } else { margin };
        &line[lines::indent(line).min(strip)..]
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Puts blank lines around the tags of boxes, so that what is inside is Markdown. What has them
/// already comes back as it was.
fn open_boxes(html: &str) -> Option<String> {
    let pieces = markup::pieces(html);
    let mut out = String::new();
    let mut inside = String::new();
    let mut depth = 0_u32;
    let mut index = 0;
    while let Some(piece) = pieces.get(index) {
        index += 1;
        match piece {
            Piece::Tag(tag) if tag.opens("aside") => {
                open_box(
                    &mut out,
                    &mut inside,
                    BoxKind::of_class(tag.attribute("class")),
                );
                depth += 1;
            }
            Piece::Tag(tag) if tag.opens("dl") => {
                if let Some((kind, length)) = definition_box(&pieces[index..]) {
                    open_box(&mut out, &mut inside, kind);
                    depth += 1;
                    index += length;
                } else {
                    inside.push_str(tag.raw);
                }
            }
            Piece::Tag(tag) if depth > 0 && tag.closes("dd") => {}
            Piece::Tag(tag) if depth > 0 && (tag.closes("aside") || tag.closes("dl")) => {
                out.push_str(&dedent(&inside));
                inside.clear();
                out.push_str("\n\n</aside>\n\n");
                depth -= 1;
            }
            Piece::Tag(tag) => inside.push_str(tag.raw),
            Piece::Text(text) => inside.push_str(text),
            Piece::Comment => {}
        }
    }
    out.push_str(&dedent(&inside));
    out.contains("<aside").then_some(out)
}

fn open_box(out: &mut String, before: &mut String, kind: BoxKind) {
    out.push_str(before.trim_end());
    before.clear();
    out.extend(["\n\n<aside class=\"", kind.word(), "\">\n\n"]);
}

/// Recognises `<dt>positive</dt><dd>` behind a `<dl>`; the number of pieces it takes.
fn definition_box(pieces: &[Piece<'_>]) -> Option<(BoxKind, usize)> {
    let mut kind = None;
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Tag(tag) if tag.opens("dd") => return Some((kind?, index + 1)),
            Piece::Tag(tag) if tag.name == "dt" => {}
            Piece::Text(text) if text.trim().is_empty() => {}
            Piece::Text(text) if kind.is_none() => kind = Some(BoxKind::read(text.trim())?),
            Piece::Comment => {}
            Piece::Tag(_) | Piece::Text(_) => return None,
        }
    }
    None
}

/// Takes the common margin off, so that indented words do not become code.
fn dedent(text: &str) -> String {
    let margin = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(lines::indent)
        .min()
        .unwrap_or(0);
    let lines = text
        .lines()
        .map(|line| line.get(margin..).unwrap_or("").trim_end());
    lines
        .collect::<Vec<_>>()
        .join("\n")
        .trim_matches('\n')
        .to_owned()
}

/// Puts a button on one line of its own, so that the link inside is Markdown.
fn join_buttons(html: &str) -> String {
    let mut out = String::new();
    let (mut inside, mut behind) = (false, false);
    for piece in markup::pieces(html) {
        match piece {
            Piece::Tag(tag) if tag.opens("button") => {
                out.truncate(out.trim_end().len());
                out.push_str("\n\n<button>");
                inside = true;
            }
            Piece::Tag(tag) if tag.closes("button") => {
                out.push_str("</button>\n\n");
                (inside, behind) = (false, true);
            }
            Piece::Tag(tag) => {
                out.push_str(tag.raw);
                behind = false;
            }
            Piece::Text(text) if inside => {
                out.push_str(&text.split_whitespace().collect::<Vec<_>>().join(" "));
            }
            Piece::Text(text) if behind => {
                out.push_str(text.trim_start());
                behind = text.trim().is_empty();
            }
            // A line that ends here may end more than itself.
            Piece::Text(text) => out.push_str(text),
            Piece::Comment => {}
        }
    }
    out
}

/// A survey as a list to read: `<name>` holds a question, each `<input value>` an answer.
fn survey(form: &str) -> String {
    let mut out = String::from("\n\n<div class=\"survey\">");
    let (mut in_question, mut in_list) = (false, false);
    for piece in markup::pieces(form) {
        match piece {
            Piece::Tag(tag) if tag.name == "name" => {
                if in_list {
                    out.push_str("</ul>");
                }
                in_list = false;
                in_question = !tag.closing;
            }
            Piece::Tag(tag) if tag.opens("input") => {
                if let Some(answer) = tag.attribute("value") {
                    out.push_str(if in_list { "<li>" } else { "<ul><li>" });
                    out.push_str(&markup::escape(answer));
                    out.push_str("</li>");
                    in_list = true;
                }
            }
            Piece::Text(text) if in_question && !text.trim().is_empty() => {
                let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
                out.extend(["<p class=\"question\">", &words, "</p>"]);
            }
            Piece::Tag(_) | Piece::Text(_) | Piece::Comment => {}
        }
    }
    out.push_str(if in_list { "</ul></div>" } else { "</div>" });
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_inside_an_aside_becomes_markdown() {
        insta::assert_snapshot!(prepare("a\n\n<aside class=\"warning\">\n    Mind **this**\n      and that\n</aside>\nb"), @r#"
        a

        <aside class="negative">

        Mind **this**
          and that

        </aside>

        b
        "#);
        insta::assert_snapshot!(prepare("- x\n\n  <aside class=\"x\">A *b*</aside>\n- y"), @r#"
        - x

          <aside class="positive">

          A *b*

          </aside>

        - y
        "#);
    }

    #[test]
    fn a_definition_list_may_be_a_box() {
        insta::assert_snapshot!(prepare("<dl><dt>Positive</dt>\n<dd>html `dl`</dd></dl>").trim(), @r#"
        <aside class="positive">

        html `dl`

        </aside>
        "#);
        let other = "<dl><dt>term</dt><dd>words</dd></dl>\n";
        assert_eq!(prepare(other), other);
    }

    #[test]
    fn buttons_and_surveys() {
        insta::assert_snapshot!(prepare("<button>\n  [Get it](https://x.y)\n</button>\n").trim(), @"<button>[Get it](https://x.y)</button>");
        let form = "<form>\n<name>Why &amp; how?</name>\n<input value=\"A <b>\">\n\n  <name>Q2</name>\n<input value=\"B\">\n</form>\nafter";
        insta::assert_snapshot!(prepare(form).trim(), @r#"
        <div class="survey"><p class="question">Why &amp; how?</p><ul><li>A &lt;b&gt;</li></ul><p class="question">Q2</p><ul><li>B</li></ul></div>

        after
        "#);
    }
}
