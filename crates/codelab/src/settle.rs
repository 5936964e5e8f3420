//! A step's own Markdown made ready to stand under a heading of ours: its headings become smaller
//! than a step's, and nothing that it leaves open swallows the next step. What is ready stays as it
//! is, so that an export that was made ready comes back byte by byte.

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use crate::{escape, lines::Lines, markdown};

/// The largest heading inside a step.
const LARGEST: usize = 3;

/// Markdown knows no smaller one.
const SMALLEST: usize = 6;

/// What can close what a text leaves open, besides fences.
const CLOSERS: &[&str] = &[
    "-->",
    "</pre>",
    "</script>",
    "</style>",
    "</textarea>",
    "?>",
    "]]>",
    ">",
];

/// A step's text, line for line as it was, and what of it changed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Settled {
    pub(crate) text: String,
    /// What closes what the text leaves open.
    pub(crate) closing: Option<String>,
    /// Lines of headings that are now as small as others that were larger, from 1.
    pub(crate) flattened: Vec<u32>,
}

/// The text of its first heading, when it begins with one, and how many lines a title makes
/// superfluous: those of the heading, unless it shows an image, which no title does.
pub(crate) fn leading_heading(text: &str) -> Option<(String, usize)> {
    let mut events = markdown::events(text).into_iter();
    let (Event::Start(Tag::Heading { .. }), range) = events.next()? else {
        return None;
    };
    let inside = events.map_while(|(event, _)| {
        let is_end = matches!(event, Event::End(TagEnd::Heading(_)));
        (!is_end).then_some(event)
    });
    let inside = inside.collect::<Vec<_>>();
    let is_shown = |event: &Event<'_>| matches!(event, Event::Start(Tag::Image { .. }));
    let lines = if inside.iter().any(is_shown) {
        0
    } else {
        text.get(..range.end)?.lines().count()
    };
    let title = markdown::plain_text(inside);
    (!title.is_empty()).then_some((title, lines))
}

/// Makes a text ready.
pub(crate) fn settle(text: &str) -> Settled {
    let (text, flattened) = demoted(text);
    let closing = closing(&text);
    Settled {
        text,
        closing,
        flattened,
    }
}

/// Every heading smaller by as much as the largest needs; headings that are underlined get their
/// marks in front, because only two sizes can be underlined.
fn demoted(text: &str) -> (String, Vec<u32>) {
    let mut headings = Vec::new();
    for (event, range) in markdown::parser(text).into_offset_iter() {
        if let Event::Start(Tag::Heading { level, .. }) = event {
            headings.push((level, range));
        }
    }
    let size = |level: HeadingLevel| level as usize;
    let largest = headings.iter().map(|(level, _)| size(*level)).min();
    let by = LARGEST.saturating_sub(largest.unwrap_or(LARGEST));
    if by == 0 {
        return (text.to_owned(), Vec::new());
    }
    let lines = Lines::new(text);
    let mut out = String::with_capacity(text.len() + headings.len() * by);
    let (mut done, mut flattened) = (0, Vec::new());
    for (level, range) in headings {
        if range.start < done {
            continue;
        }
        if size(level) + by > SMALLEST {
            flattened.push(lines.number(range.start));
        }
        let marks = "#".repeat((size(level) + by).min(SMALLEST));
        let source = &text[range.clone()];
        out.push_str(&text[done..range.start]);
        done = range.end;
        out.push_str(&marks);
        let Some(words) = underlined(source) else {
            out.push_str(source.trim_start_matches('#'));
            continue;
        };
        // The words may stand on several lines; as many stay empty.
        out.extend([" ", &words]);
        out.extend(source.matches('\n'));
    }
    (out + &text[done..], flattened)
}

/// The words of a heading that is underlined, for one line; nothing if it has its marks in front.
pub(crate) fn underlined(heading: &str) -> Option<String> {
    if is_marked(heading) {
        return None;
    }
    let heading = heading.trim_end();
    let above = heading
        .rsplit_once('\n')
        .map_or(heading, |(above, _)| above);
    // Each further line of a quote has its mark.
    let lines = above.lines().enumerate().map(|(index, line)| {
        let quoted: &[char] = if index == 0 { &[] } else { &['>', ' ', '\t'] };
        line.trim_start_matches(quoted)
    });
    let words = escape::one_line(&lines.collect::<Vec<_>>().join(" "));
    Some(match words.strip_suffix('#') {
        // Marks at the end of a line would be taken off.
        Some(before) if !before.ends_with('\\') => format!("{before}\\#"),
        Some(_) | None => words,
    })
}

/// Whether a heading has its marks in front, and is not words that begin like marks.
fn is_marked(heading: &str) -> bool {
    let words = heading.trim_start_matches('#');
    let marks = heading.len() - words.len();
    (1..=SMALLEST).contains(&marks) && (words.is_empty() || words.starts_with([' ', '\t', '\n']))
}

/// The text with what closes what it leaves open.
pub(crate) fn closed(text: &str) -> String {
    match closing(text) {
        Some(closing) => format!("{text}\n{closing}"),
        None => text.to_owned(),
    }
}

/// What has to stand behind a text so that the next heading is one.
fn closing(text: &str) -> Option<String> {
    if ends_closed(text) {
        return None;
    }
    let fence = |mark: char| {
        let length = escape::longest_run(text, mark).max(3);
        std::iter::repeat_n(mark, length).collect::<String>()
    };
    let fences = [fence('`'), fence('~')];
    let others = CLOSERS.iter().map(|closer| (*closer).to_owned());
    let mut candidates = fences.into_iter().chain(others);
    candidates.find(|closer| ends_closed(&format!("{text}\n{closer}")))
}

/// Whether a second-level heading behind the text would be a block of its own.
fn ends_closed(text: &str) -> bool {
    let probe = format!("{text}\n\n## Next\n");
    let at = probe.len() - "## Next\n".len();
    let mut depth = 0_u32;
    for (event, range) in markdown::parser(&probe).into_offset_iter() {
        if let Event::Start(tag) = event {
            if depth == 0 && range.start == at && matches!(tag, Tag::Heading { .. }) {
                return true;
            }
            depth += 1;
        } else if matches!(event, Event::End(_)) {
            depth = depth.saturating_sub(1);
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn headings_become_smaller_than_steps() {
        let body = settle("# A\n\n## B #\n\nC\nd\n---\n\n> # Q\n\n##### E\n\n```\n# no\n```\n");
        insta::assert_snapshot!(body.text, @r"
        ### A

        #### B #

        #### C d



        > ### Q

        ###### E

        ```
        # no
        ```
        ");
        assert_eq!(body.flattened, [11]);
        assert_eq!(settle("### A\n").text, "### A\n");
        assert_eq!(settle("#a #\n===\n").text, "### #a \\#\n\n");
    }

    #[test]
    fn what_is_open_is_closed() {
        let closing = |text| settle(text).closing;
        assert_eq!(closing("a\n"), None);
        assert_eq!(closing("```js\nx\n").as_deref(), Some("```"));
        assert_eq!(closing("~~~~\nx\n").as_deref(), Some("~~~~"));
        assert_eq!(closing("<!-- x\n").as_deref(), Some("-->"));
        assert_eq!(closing("<pre>\n\nx\n").as_deref(), Some("</pre>"));
        assert_eq!(closing("- ```\n  x\n"), None);
    }

    #[test]
    fn a_heading_to_begin_with() {
        let title = |text| leading_heading(text);
        assert_eq!(title("\n# A *b*\n\nx"), Some(("A b".to_owned(), 2)));
        assert_eq!(title("A\n===\nx"), Some(("A".to_owned(), 2)));
        assert_eq!(title("x\n\n# A"), None);
        assert_eq!(title(""), None);
    }

    proptest! {
        #[test]
        fn the_next_step_is_one(text in "(#|##|a|\n|\n\n|```|~~~|<!--|<pre>|<div>|- |> |    |---|===| ){0,16}") {
            let body = settle(&text);
            let whole = body.closing.map_or(body.text.clone(), |closing| format!("{}\n{closing}", body.text));
            prop_assert!(ends_closed(&whole), "{whole:?}");
            prop_assert_eq!(body.text.split('\n').count(), text.split('\n').count());
        }
    }
}
