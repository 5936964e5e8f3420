//! A QR code for a terminal: two modules per character, with its own quiet
//! zone, so that it can be scanned on a dark background too.

use fast_qr::{ECL, QRBuilder};

/// Light modules around the code (ISO/IEC 18004 wants four).
const QUIET_ZONE: usize = 4;

/// The code of `text` as lines; nothing if the text is too long for one.
pub fn lines(text: &str) -> Option<Vec<String>> {
    let code = QRBuilder::new(text).ecl(ECL::L).build().ok()?;
    let size = code.size + 2 * QUIET_ZONE;
    let dark = |row: usize, column: usize| -> bool {
        let inside = |at: usize| at.checked_sub(QUIET_ZONE).filter(|at| *at < code.size);
        match (inside(row), inside(column)) {
            (Some(row), Some(column)) => code[row][column].value(),
            (Some(_) | None, Some(_) | None) => false,
        }
    };
    let line = |row: usize| -> String {
        let character = |column: usize| match (dark(row, column), dark(row + 1, column)) {
            (true, true) => '█',
            (true, false) => '▀',
            (false, true) => '▄',
            (false, false) => ' ',
        };
        // Black on white, whatever the terminal's own colours are.
        format!(
            "\u{1b}[30;107m{}\u{1b}[0m",
            (0..size).map(character).collect::<String>()
        )
    };
    Some((0..size).step_by(2).map(line).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_lines_are_equally_long_and_begin_with_the_quiet_zone() {
        let lines = lines("http://192.168.1.20/").unwrap();
        let lengths: Vec<usize> = lines.iter().map(|line| line.chars().count()).collect();
        assert!(lengths.windows(2).all(|pair| pair[0] == pair[1]));
        assert!(
            lines[0].contains(&" ".repeat(lengths[0] - 13)),
            "{:?}",
            lines[0]
        );
    }
}
