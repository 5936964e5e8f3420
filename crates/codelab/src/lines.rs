//! Byte offsets and line numbers of one text.

use std::{cell::OnceCell, ops::Range};

/// Characters are counted in blocks of so many bytes: a place in a long line is found without
/// counting the line again.
const BLOCK_BYTES: usize = 512;

/// Where each line of a text begins.
pub(crate) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
    /// Per block of the text, the characters in front of it.
    blocks: OnceCell<Vec<usize>>,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let after_breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            text,
            starts: std::iter::once(0).chain(after_breaks).collect(),
            blocks: OnceCell::new(),
        }
    }

    /// The column of an offset in its line, in characters from 1.
    pub(crate) fn column(&self, offset: usize) -> usize {
        self.chars_before(offset) - self.chars_before(self.start_of(offset)) + 1
    }

    fn chars_before(&self, offset: usize) -> usize {
        let bytes = self.text.as_bytes();
        let blocks = self.blocks.get_or_init(|| {
            let counts = bytes.chunks(BLOCK_BYTES).map(chars_in);
            let sums = counts.scan(0, |sum, count| {
                *sum += count;
                Some(*sum)
            });
            std::iter::once(0).chain(sums).collect()
        });
        let offset = offset.min(bytes.len());
        let block = offset / BLOCK_BYTES;
        let rest = bytes.get(block * BLOCK_BYTES..offset).unwrap_or_default();
        blocks.get(block).copied().unwrap_or(0) + chars_in(rest)
    }

    /// The line number of an offset, from 1.
    pub(crate) fn number(&self, offset: usize) -> u32 {
        let line = self.starts.partition_point(|start| *start <= offset);
        u32::try_from(line).unwrap_or(u32::MAX)
    }

    /// Where the line that holds this offset begins.
    pub(crate) fn start_of(&self, offset: usize) -> usize {
        let line = self.starts.partition_point(|start| *start <= offset);
        self.starts
            .get(line.saturating_sub(1))
            .copied()
            .unwrap_or(0)
    }

    /// Where the line of this number, from 1, begins.
    pub(crate) fn start_of_number(&self, number: u32) -> usize {
        let line = usize::try_from(number.saturating_sub(1)).unwrap_or(usize::MAX);
        self.starts.get(line).copied().unwrap_or(self.text.len())
    }

    /// The first line start at or after an offset, or the end of the text.
    pub(crate) fn start_at_or_after(&self, offset: usize) -> usize {
        let line = self.starts.partition_point(|start| *start < offset);
        self.starts.get(line).copied().unwrap_or(self.text.len())
    }

    /// Every line without its break, with the offset of its first byte.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (usize, &'a str)> + '_ {
        self.starts.iter().enumerate().map(|(index, &start)| {
            let end = self
                .starts
                .get(index + 1)
                .map_or(self.text.len(), |next| next - 1);
            (start, &self.text[start..end])
        })
    }
}

/// Characters that begin in these bytes of a text.
fn chars_in(bytes: &[u8]) -> usize {
    let begins = |byte: &&u8| (**byte).cast_signed() >= -0x40;
    bytes.iter().filter(begins).count()
}

/// Whether an offset lies in one of these ranges, which are sorted and do not overlap.
pub(crate) fn inside(ranges: &[Range<usize>], offset: usize) -> bool {
    let after = ranges.partition_point(|range| range.start <= offset);
    after
        .checked_sub(1)
        .and_then(|i| ranges.get(i))
        .is_some_and(|range| offset < range.end)
}

/// The width of the white space in front of a line, in bytes.
pub(crate) fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_and_lines_agree() {
        let lines = Lines::new("ab\n\ncd");
        assert_eq!(
            [0, 2, 3, 4, 6].map(|offset| lines.number(offset)),
            [1, 1, 2, 3, 3]
        );
        assert_eq!(lines.start_of(5), 4);
        assert_eq!(lines.start_at_or_after(1), 3);
        assert_eq!(lines.start_at_or_after(5), 6);
        assert_eq!(
            lines.iter().collect::<Vec<_>>(),
            [(0, "ab"), (3, ""), (4, "cd")]
        );
    }

    #[test]
    fn columns_count_characters() {
        let line = "가b".repeat(1000);
        let text = format!("é\n{line}\nx");
        let lines = Lines::new(&text);
        for (count, (at, _)) in line.char_indices().enumerate() {
            assert_eq!(lines.column("é\n".len() + at), count + 1);
        }
        assert_eq!((lines.column(0), lines.column(text.len())), (1, 2));
    }

    #[test]
    fn ranges_are_half_open() {
        let ranges = [2..4, 6..7];
        let hits = (0..8)
            .filter(|offset| inside(&ranges, *offset))
            .collect::<Vec<_>>();
        assert_eq!(hits, [2, 3, 6]);
    }
}
