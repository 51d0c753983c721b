//! Statuses that are headings over ticks, in a list with one row for each child: `CIN | CP | LAC`.

use crate::book::sheet::{RawBook, RawSheet};
use crate::field::reading::{ColumnReading, HowRead, Layout, Meaning, SheetReading, TableReading};
use crate::understand::words::Words;

/// Takes columns for ticked statuses whose heading names one, and whose cells tick it.
///
/// Only where a column says who the child is: anywhere else a figure below `CP` may be a count.
pub fn settle(book: &RawBook, readings: &mut [SheetReading], words: &Words) {
    for (sheet, reading) in book.sheets.iter().zip(readings) {
        for table in &mut reading.tables {
            let of_a_child = [Meaning::Child, Meaning::ChildName].iter().any(|of| table.column(*of).is_some());
            if table.layout == Layout::RowPerChild && of_a_child && table.column(Meaning::Children).is_none() {
                take(sheet, table, words);
            }
        }
    }
}

fn take(sheet: &RawSheet, table: &mut TableReading, words: &Words) {
    let unused = std::mem::take(&mut table.unused);
    let (taken, unused): (Vec<_>, Vec<_>) = unused
        .into_iter()
        .partition(|(at, heading)| words.ticked_status(heading).is_some() && is_ticked(sheet, table, at.column, words));
    table.unused = unused;
    table.columns.extend(taken.into_iter().map(|(at, heading)| ColumnReading {
        column: at.column,
        heading,
        meaning: Meaning::TickedStatus,
        how: HowRead::Listed,
        hidden: sheet.hidden_columns.binary_search(&at.column).is_ok(),
    }));
    table.columns.sort_by_key(|column| column.column);
}

/// Whether a good part of what stands below a heading ticks it, or says that it does not hold.
fn is_ticked(sheet: &RawSheet, table: &TableReading, column: u32, words: &Words) -> bool {
    let rows = sheet.rows.iter().filter(|row| (table.header + 1..=table.area.last.row).contains(&row.index));
    let (mut filled, mut ticks) = (0, 0);
    for value in rows.filter_map(|row| row.value(column)) {
        let text = value.text();
        filled += 1;
        ticks += usize::from(words.tick(&text).is_some() || words.ticked_status(&text).is_some());
    }
    ticks > 0 && ticks * 2 >= filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{AS_OF, book};
    use crate::understand::recognise::recognise;

    fn ticked(text: &str) -> Vec<String> {
        let reading = recognise(&book("Sheet1", text), "caseload", &Words::built_in(), AS_OF).remove(0);
        let columns = reading.tables[0].columns_of(Meaning::TickedStatus);
        columns.map(|column| column.heading.clone()).collect()
    }

    #[test]
    fn statuses_over_ticks_are_taken() {
        for cells in ["x | | ", "✓ | | ", "1 | 0 | 0", "Yes | No | No", "TRUE | FALSE | FALSE", "CIN | - | -"] {
            let text = format!("Child ID | Worker | CIN | CP plan | LAC Y/N\nC-1 | Ada | {cells}\nC-2 | Ben | | x | x");
            assert_eq!(ticked(&text), ["CIN", "CP plan", "LAC Y/N"], "{cells}");
        }
    }

    #[test]
    fn counts_dates_and_needs_are_not() {
        for text in [
            "Worker | FTE | CIN | CP\nAda | 1 | 1 | 1",
            "Child ID | Worker | CP\nC-1 | Ada | 03/04/2025\nC-2 | Ada | 04/05/2025",
            "Child ID | Worker | Neglect | Open\nC-1 | Ada | x | x",
            "Household | Worker | No of children | CP\nF-1 | Ada | 3 | 1",
        ] {
            assert!(ticked(text).is_empty(), "{text}");
        }
    }
}
