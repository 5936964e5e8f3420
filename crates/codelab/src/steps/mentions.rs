//! Where in its source a step mentions what it points at, so that a remark can say the place.
//!
//! What a step points at is known from its Markdown as it is rendered, which is not what stands in
//! the file: its boxes are opened and its definitions are put in front. So the places are looked
//! for: of equal references the first has the first mention, the second the second.

use std::{collections::HashMap, ops::Range};

use pulldown_cmark::{Event, Tag};

use crate::{
    lines::{self, Lines},
    markdown,
};

/// A place in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// From 1.
    pub(crate) line: u32,
    /// In characters, from 1; unknown when only the step is known.
    pub(crate) column: Option<u32>,
}

impl Place {
    /// The place of an offset in a text that begins with some line of its file.
    pub(super) fn of(first_line: u32, lines: &Lines<'_>, offset: usize) -> Self {
        Self {
            line: first_line + lines.number(offset) - 1,
            column: u32::try_from(lines.column(offset)).ok(),
        }
    }
}

/// A longer address is looked for like a word.
const ADDRESS_LIMIT_BYTES: usize = 300;

/// So many different words are looked for in the whole text. Nearly all are addresses, which are
/// known; beyond this only they have places.
const SEARCHES_LIMIT: usize = 500;

/// The mentions of one text that are not used up yet.
pub(super) struct Mentions<'a> {
    source: &'a str,
    lines: Lines<'a>,
    first_line: u32,
    /// What is known before anything is asked for.
    known: Option<Known<'a>>,
    /// Where each mention begins, and which is next.
    found: HashMap<String, (Vec<usize>, usize)>,
    searches: usize,
}

/// What of a text may be meant.
struct Known<'a> {
    /// Sorted.
    code: Vec<Range<usize>>,
    /// Where each address begins, sorted.
    addresses: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Mentions<'a> {
    /// `first_line` is the line of the file that the source begins with.
    pub(super) fn new(first_line: u32, source: &'a str) -> Self {
        Self {
            source,
            lines: Lines::new(source),
            first_line,
            known: None,
            found: HashMap::new(),
            searches: 0,
        }
    }

    /// The place of the next mention of some words; of the last one when there are no more, and
    /// where the source begins when there is none.
    pub(super) fn next(&mut self, words: &str) -> Place {
        if !self.found.contains_key(words) {
            let all = self.all(words);
            self.found.insert(words.to_owned(), (all, 0));
        }
        let offset = self.found.get_mut(words).and_then(|(offsets, next)| {
            let offset = offsets.get(*next).or_else(|| offsets.last()).copied();
            *next += 1;
            offset
        });
        let Some(offset) = offset else {
            return Place {
                line: self.first_line,
                column: None,
            };
        };
        Place::of(self.first_line, &self.lines, offset)
    }

    /// All mentions of the likeliest kind: as an address, else outside of code, else anywhere, else
    /// of what is behind the last `=`, because the tag of a video has nothing else of its address.
    fn all(&mut self, words: &str) -> Vec<usize> {
        let known = self.known.get_or_insert_with(|| Known::of(self.source));
        if let Some(addresses) = known.addresses.get(words) {
            return addresses.clone();
        }
        self.searches += 1;
        if words.is_empty() || self.searches > SEARCHES_LIMIT {
            return Vec::new();
        }
        let anywhere = self.source.match_indices(words).map(|(at, _)| at);
        let anywhere = anywhere.collect::<Vec<_>>();
        if anywhere.is_empty() {
            let id = words.rsplit_once('=').map_or("", |(_, id)| id);
            return if id.is_empty() {
                anywhere
            } else {
                self.all(id)
            };
        }
        let outside = anywhere.iter().copied();
        let outside = outside.filter(|at| !lines::inside(&known.code, *at));
        let outside = outside.collect::<Vec<_>>();
        if outside.is_empty() {
            anywhere
        } else {
            outside
        }
    }
}

impl<'a> Known<'a> {
    /// Addresses are what stands between the marks of links, images, definitions and attributes,
    /// and what an image has for its description.
    fn of(source: &'a str) -> Self {
        let code = code(source);
        let mut addresses: HashMap<&str, Vec<usize>> = HashMap::new();
        let (mut end, mut bracket) = (source.len(), source.len());
        for (at, c) in source.char_indices().rev() {
            let start = at + c.len_utf8();
            let before = &source[..start];
            let opens = matches!(c, '(' | '<' | '"' | '\'' | '=') || before.ends_with("]: ");
            let describes = before.ends_with("![");
            let closes = if describes { bracket } else { end };
            if (opens || describes)
                && (start + 1..=start + ADDRESS_LIMIT_BYTES).contains(&closes)
                && !lines::inside(&code, start)
                && let Some(address) = source.get(start..closes)
            {
                addresses.entry(address).or_default().push(start);
            }
            if c == ']' {
                bracket = at;
            } else if c.is_whitespace() || matches!(c, ')' | '>' | '"' | '\'') {
                end = at;
            }
        }
        for offsets in addresses.values_mut() {
            offsets.reverse();
        }
        Self { code, addresses }
    }
}

/// The code of a text, which mentions nothing.
fn code(source: &str) -> Vec<Range<usize>> {
    let is_code =
        |event: &Event<'_>| matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_)));
    let events = markdown::parser(source).into_offset_iter();
    let code = events.filter(|(event, _)| is_code(event));
    code.map(|(_, range)| range).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places<const N: usize>(source: &str, words: [&str; N]) -> [(u32, Option<u32>); N] {
        let mut mentions = Mentions::new(10, source);
        words.map(|words| {
            let Place { line, column } = mentions.next(words);
            (line, column)
        })
    }

    #[test]
    fn equal_words_have_a_place_each() {
        let source = "## S\n\n```\n[a](x:1)\n```\n`x:1` [a](x:1)\n[é](x:1)\n";
        let expected = [(15, Some(11)), (16, Some(5)), (16, Some(5))];
        assert_eq!(places(source, ["x:1", "x:1", "x:1"]), expected);
        assert_eq!(places(source, ["gone", ""]), [(10, None), (10, None)]);
    }

    #[test]
    fn an_address_is_meant_and_no_other_word() {
        let source = "## x\n![a](extra.png) <img src=x>\n";
        assert_eq!(places(source, ["x"]), [(11, Some(26))]);
        let source = "v1\n<video id=\"v1\"></video>\n[j][j]\n\n[j]: js:1\n![http://v](.)\n";
        let words = ["https://y.t/watch?v=v1", "js:1", "http://v"];
        assert_eq!(
            places(source, words),
            [(11, Some(12)), (14, Some(6)), (15, Some(3))]
        );
        // Better a mention in code or in a sentence than none.
        assert_eq!(
            places("a\n`b`\n", ["b", "a"]),
            [(11, Some(2)), (10, Some(1))]
        );
    }
}
