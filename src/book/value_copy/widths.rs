//! How wide the columns of the copy are, and how high its headings.

use std::collections::BTreeMap;

use crate::book::sheet::{CellRef, RawRow, RawSheet, Value};

/// Widths in pixels: those of the source, wide enough for its figures and dates; else by what the first
/// rows hold, so that a list opens legibly.
pub fn widths(from: &RawSheet) -> BTreeMap<u32, u32> {
    const LOOKED_AT: usize = 200;
    const COLUMNS_MOST: u32 = 200;
    let pixels = |characters: usize| characters as u32 * 7 + 5;
    let mut held: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for row in from.rows.iter().take(LOOKED_AT) {
        for cell in row.cells.iter().filter(|cell| cell.column < COLUMNS_MOST) {
            let length = cell.value.text().chars().count();
            let (all, figures) = held.entry(cell.column).or_default();
            // A title above the table may run on; it does not make its column wide.
            *all = (*all).max(if row.cells.len() == 1 { 0 } else { length });
            // What is no text is not cut off where it has no room, but hidden behind signs.
            let needed = match (&cell.value, from.appearance.shown(CellRef::new(row.index, cell.column))) {
                (Value::Date(_), Some(_)) => 18,
                (Value::Date(_), None) => 12,
                (Value::Number(_), _) => length.min(11) + 2,
                _ => 0,
            };
            *figures = (*figures).max(needed);
        }
    }
    let last = held.keys().next_back().map_or(0, |last| last + 1);
    let width = |column: u32| {
        let (all, figures) = held.get(&column).copied().unwrap_or_default();
        let width = match from.appearance.width(column) {
            Some(width) => width.clamp(pixels(2), pixels(255)),
            None => pixels((all + 2).clamp(9, 40)),
        };
        (column, width.max(pixels(figures)))
    };
    (0..last).map(width).collect()
}

/// How many lines the longest heading takes in its column, bold letters being eight pixels wide.
pub fn lines(headings: &RawRow, widths: &BTreeMap<u32, u32>) -> u32 {
    const MOST: u32 = 8;
    let lines = headings.cells.iter().map(|cell| {
        let room = widths.get(&cell.column).map_or(9, |pixels| (pixels / 8).max(1)) as usize;
        let mut lines = 1;
        let mut used = 0;
        for word in cell.value.text().split_whitespace() {
            let length = word.chars().count();
            if used > 0 && used + 1 + length > room {
                lines += 1;
                used = 0;
            }
            lines += (length.saturating_sub(1) / room) as u32;
            used += length % room + usize::from(used > 0);
        }
        lines
    });
    lines.max().unwrap_or(1).min(MOST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::sheet::RawCell;

    #[test]
    fn a_heading_takes_the_lines_it_needs() {
        let heading = |text: &str| RawRow {
            index: 0,
            hidden: false,
            cells: vec![RawCell { column: 0, value: Value::Text(text.into()), formula: false }],
        };
        // Eleven letters of eight pixels.
        let widths = BTreeMap::from([(0, 89)]);
        assert_eq!(lines(&heading("Worker"), &widths), 1);
        assert_eq!(lines(&heading("Date allocated"), &widths), 2);
        assert_eq!(lines(&heading("Reasons for the move"), &widths), 2);
        assert_eq!(lines(&heading("Responsibilities"), &widths), 2);
    }
}
