//! Tables: the first row becomes the head, because Markdown's tables have one.

use scraper::ElementRef;

use super::{blocks::Writer, inline};

/// More columns are no table to read.
const MOST_COLUMNS: usize = 100;

/// A table, or nothing when it has no cells.
pub(super) fn write(writer: &mut Writer, table: ElementRef<'_>, depth: usize) -> Option<String> {
    let mut rows = Vec::new();
    for row in table.descendent_elements() {
        if row.value().name() != "tr" || !is_row_of(row, table) {
            continue;
        }
        let mut cells = Vec::new();
        for cell in row.child_elements() {
            if !matches!(cell.value().name(), "td" | "th") || cells.len() == MOST_COLUMNS {
                continue;
            }
            let spans = |name| cell.attr(name).is_some_and(|value| value.trim() != "1");
            if spans("colspan") || spans("rowspan") {
                writer.leave("A cell over several cells");
            }
            cells.push(cell_text(writer, cell, depth));
        }
        if !cells.is_empty() {
            rows.push(cells);
        }
    }
    let columns = rows.iter().map(Vec::len).max()?;
    let mut lines = Vec::new();
    for (index, mut cells) in rows.into_iter().enumerate() {
        cells.resize(columns, String::new());
        lines.push(format!("| {} |", cells.join(" | ")));
        if index == 0 {
            lines.push(format!("|{}", " --- |".repeat(columns)));
        }
    }
    Some(lines.join("\n"))
}

/// Whether a row is of this table and not of one inside it.
fn is_row_of(row: ElementRef<'_>, table: ElementRef<'_>) -> bool {
    row.ancestors()
        .filter_map(ElementRef::wrap)
        .find(|ancestor| ancestor.value().name() == "table")
        == Some(table)
}

/// A cell on one line.
fn cell_text(writer: &mut Writer, cell: ElementRef<'_>, depth: usize) -> String {
    let holds = |names: &[&str]| {
        let mut inner = cell.descendent_elements();
        inner.any(|inner| names.contains(&inner.value().name()))
    };
    if holds(&["pre", "ul", "ol", "table", "aside", "iframe"]) {
        writer.leave("A list, code or a table in a cell");
        return inline::line(writer, cell, depth).replace("\\\n", "<br>");
    }
    let blocks = writer.blocks(cell, depth);
    blocks
        .join("<br>")
        .replace("\\\n", "<br>")
        .replace('\n', " ")
}
