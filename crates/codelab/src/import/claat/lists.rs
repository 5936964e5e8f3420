//! Lists, one inside another.

use scraper::ElementRef;

use super::blocks::{DEEPEST, Writer};

/// A list; `other_mark` when it follows another of its kind.
pub(super) fn write(
    writer: &mut Writer,
    list: ElementRef<'_>,
    other_mark: bool,
    depth: usize,
) -> String {
    if depth > DEEPEST {
        // The words of what is nested too deep.
        return writer.blocks(list, depth).join("\n\n");
    }
    let ordered = list.value().name() == "ol";
    let start = list
        .attr("start")
        .and_then(|start| start.trim().parse().ok());
    // Longer numbers begin no list.
    let first = start
        .filter(|start: &u32| *start < 100_000_000)
        .unwrap_or(1);
    let mut items = Vec::new();
    let mut loose = false;
    for (number, item) in (first..).zip(list.child_elements()) {
        let blocks = if item.value().name() == "li" {
            writer.blocks(item, depth)
        } else {
            // Some pages put a list into a list without an item around it.
            let nested = matches!(item.value().name(), "ul" | "ol");
            let block = nested.then(|| write(writer, item, false, depth + 1));
            block.into_iter().filter(|list| !list.is_empty()).collect()
        };
        let mark = match (ordered, other_mark) {
            (true, false) => format!("{number}. "),
            (true, true) => format!("{number}) "),
            (false, false) => "- ".to_owned(),
            (false, true) => "* ".to_owned(),
        };
        let is_tight = is_tight(&blocks);
        loose |= !is_tight;
        let inside = blocks.join(if is_tight { "\n" } else { "\n\n" });
        items.push(indented(&inside, &mark, &" ".repeat(mark.len())));
    }
    items.join(if loose { "\n\n" } else { "\n" })
}

/// Whether an item is words, with at most a list under them.
fn is_tight(blocks: &[String]) -> bool {
    match blocks {
        [] | [_] => true,
        // A list that begins with another number than one would go on with the words.
        [words, list] => {
            let begins = |mark| list.starts_with(mark);
            !is_list(words) && ["- ", "* ", "1. ", "1) "].into_iter().any(begins)
        }
        _ => false,
    }
}

fn is_list(block: &str) -> bool {
    let digits = block.trim_start_matches(|c: char| c.is_ascii_digit());
    ["- ", "* "].iter().any(|mark| block.starts_with(mark))
        || (digits.len() < block.len() && [". ", ") "].iter().any(|mark| digits.starts_with(mark)))
}

/// A block behind a mark, its other lines behind a margin.
pub(super) fn indented(block: &str, mark: &str, margin: &str) -> String {
    let mut out = String::new();
    for (index, line) in block.split('\n').enumerate() {
        let before = if index == 0 { mark } else { margin };
        if index > 0 {
            out.push('\n');
        }
        if line.is_empty() {
            out.push_str(before.trim_end());
        } else {
            out.push_str(before);
            out.push_str(line);
        }
    }
    out
}
