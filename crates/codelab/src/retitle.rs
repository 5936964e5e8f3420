//! The same text under another title.

use crate::{
    front_matter,
    lines::Lines,
    source,
    steps::{self, Kind, Outline},
};

/// Gives a codelab's text another title: its heading of the first level, or a new one in front of
/// the first step. Line breaks in the title become spaces.
#[must_use]
pub fn retitle(source: &str, title: &str) -> String {
    let source = source::normalise(source);
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain = with_heading(&source, &title);
    let (_, text) = front_matter::split(&plain);
    if Outline::read(&text).title().as_deref() == Some(&title) {
        return plain;
    }
    // Something in it means something in Markdown.
    let mut escaped = String::with_capacity(title.len() + 8);
    for character in title.chars() {
        if character.is_ascii_punctuation() {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    with_heading(&source, &escaped)
}

fn with_heading(source: &str, title: &str) -> String {
    // Lines in place of the front matter; behind it the two texts are the same.
    let (_, text) = front_matter::split(source);
    let outline = Outline::read(&text);
    let heading = outline
        .blocks
        .iter()
        .find(|block| matches!(&block.kind, Kind::Heading { level: 1, text } if !text.is_empty()));
    let (range, behind) = if let Some(heading) = heading {
        (heading.range.clone(), "\n")
    } else {
        let step = outline
            .blocks
            .iter()
            .find(|block| steps::is_step(&text, block));
        let at = step.map_or(text.len(), |step| {
            Lines::new(&text).start_of(step.range.start)
        });
        (at..at, "\n\n")
    };
    let from_end = |at: usize| source.len() - (text.len() - at);
    let (before, after) = (from_end(range.start), from_end(range.end));
    format!(
        "{}# {title}{behind}{}",
        source.get(..before).unwrap_or_default(),
        source.get(after..).unwrap_or_default()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heading_is_replaced_wherever_it_stands() {
        let source = "---\nid: a\n---\n\nOld *title*\n=====\n\n## One\n\nText\n";
        assert_eq!(
            retitle(source, "New  (copy)"),
            "---\nid: a\n---\n\n# New (copy)\n\n## One\n\nText\n"
        );
        assert_eq!(
            retitle("id: a\n\n# Old\n## One\n", "N"),
            "id: a\n\n# N\n## One\n"
        );
    }

    #[test]
    fn without_a_heading_one_is_put_in_front_of_the_steps() {
        assert_eq!(
            retitle("id: a\n\n## One\n", "N"),
            "id: a\n\n# N\n\n## One\n"
        );
    }
}
