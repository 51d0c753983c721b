//! How high the rows of a page are: some spreadsheets fit rows when they open a workbook and some do not.

use std::collections::BTreeSet;

use crate::book::sheet::CellRef;

use super::{Cell, Look, Page, Row};

impl Page {
    /// Adds text across the first columns, high enough for all of its lines.
    pub fn across(&mut self, columns: u32, text: &str, look: Look) -> u32 {
        let row = self.push(vec![Cell::text(text).look(look)]);
        self.spread(row, 0, columns.saturating_sub(1), look);
        let width = self.widths.iter().take(columns as usize).map(|width| u32::from(*width)).sum();
        // A merged cell is never fitted by the spreadsheet itself, so its height is reckoned here.
        self.rows[row as usize].height = Some(match look {
            Look::Title => 26,
            Look::Section => 21,
            _ => lines(text, width) * 15 + 1,
        });
        row
    }

    /// Makes a row high enough for these texts, each in a cell of so many characters.
    ///
    /// For merged cells, which no spreadsheet fits by itself.
    pub fn fit(&mut self, row: u32, texts: &[(&str, u32)]) {
        let most = texts.iter().map(|(text, width)| lines(text, *width)).max().unwrap_or(1);
        if let Some(row) = self.rows.get_mut(row as usize) {
            row.height = Some(most * 15 + 1);
        }
    }

    /// The heights of the rows in points: as set, or enough for the longest text in their cells.
    ///
    /// Some spreadsheets fit rows when they open a workbook and some do not, so it is reckoned here.
    pub fn heights(&self) -> Vec<Option<u16>> {
        let merged: BTreeSet<CellRef> = self
            .merges
            .iter()
            .flat_map(|area| (area.first.column..=area.last.column).map(|of| CellRef::new(area.first.row, of)))
            .collect();
        let fitted = |(row, at): (usize, &Row)| {
            let texts = at.cells.iter().enumerate().filter(|(_, cell)| cell.look.wraps() && !cell.shown().is_empty());
            let long = texts.filter_map(|(of, cell)| {
                let width = u32::from(*self.widths.get(of)?);
                // Bold letters run wider, and both stand a little off the border.
                let bold = matches!(cell.look, Look::Heading | Look::Strong);
                let width = if bold { width.saturating_sub(2) * 10 / 11 } else { width.saturating_sub(1) };
                let lines = lines(cell.shown(), width);
                (lines > 1 && !merged.contains(&CellRef::new(row as u32, of as u32))).then_some(lines)
            });
            let headings = at.cells.first().is_some_and(|cell| cell.look == Look::Heading);
            let least = headings.then_some(21);
            at.height.or_else(|| long.max().map(|lines| lines * 15 + 1).or(least))
        };
        self.rows.iter().enumerate().map(fitted).collect()
    }
}

/// Lines that a text takes in a cell of this many characters, at most what a sheet can show.
fn lines(text: &str, width: u32) -> u16 {
    // Proportional letters run narrower than the digits that widths are counted in; words break early.
    let width = (width * 11 / 10).max(4);
    let mut count: u32 = 0;
    for line in text.lines() {
        let mut used = 0;
        count += 1;
        for word in line.split(' ') {
            let length = word.chars().count() as u32;
            if used > 0 && used + 1 + length > width {
                count += 1;
                used = 0;
            }
            used += length + u32::from(used > 0);
            // A word longer than the line is broken.
            count += used.saturating_sub(1) / width;
            used = if used > width { used % width } else { used };
        }
    }
    count.clamp(1, 26) as u16
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::sheet::Area;

    #[test]
    fn prose_is_high_enough_for_its_lines() {
        let mut page = Page::new("Notes", "", &[10, 10, 80]);
        let row = page.across(2, "A sentence of about forty characters, say", Look::Prose);
        assert_eq!(page.rows[row as usize].height, Some(31));
        assert_eq!(page.merges, vec![Area { first: CellRef::new(0, 0), last: CellRef::new(0, 1) }]);
    }
}
