//! The Task Force's points form: one row for each household of one worker, with its points.

use crate::reading::{Layout, Meaning, SheetReading, SheetState};
use crate::sheet::{RawBook, RawRow, RawSheet, Value};
use crate::words::{Heading, Words, fold};

/// Refuses the sheets that are such forms.
///
/// A row of theirs is a household, with the number of its children as base points: read as one row
/// for each child it would give too low a load. So long as their figures are not read, nothing of
/// them is counted.
pub fn settle(book: &RawBook, readings: &mut [SheetReading], words: &Words) {
    for (sheet, reading) in book.sheets.iter().zip(readings).filter(|(_, reading)| reading.state == SheetState::Read) {
        let Some(row) = header(sheet, words) else { continue };
        let of_cases = |layout: Layout| layout.holds_cases();
        if !reading.tables.iter().any(|table| of_cases(table.layout)) {
            continue;
        }
        reading.tables.clear();
        reading.state = SheetState::Unreadable;
        reading.why = format!(
            "row {} reads like the header of a points form, whose rows are households and not children; list the children one by one with their household",
            row + 1
        );
    }
}

/// The row of a form's headings: base points as figures, and the intervention level, with no worker in a column.
fn header(sheet: &RawSheet, words: &Words) -> Option<u32> {
    let heads = |row: &RawRow| {
        let means = |value: &Value| words.listed_heading(&value.text(), false);
        let has = |meaning: Meaning| row.cells.iter().any(|cell| means(&cell.value) == Some(Heading::Means(meaning)));
        if !has(Meaning::Intervention) || has(Meaning::Worker) {
            return None;
        }
        let base = |value: &Value| matches!(value, Value::Text(text) if fold(text).split(' ').next() == Some("base"));
        row.cells.iter().find(|cell| base(&cell.value)).map(|cell| cell.column)
    };
    sheet.rows.iter().enumerate().find_map(|(at, row)| {
        let column = heads(row)?;
        // An office is called a base too; points are figures.
        let below = sheet.rows[at + 1..].iter().filter_map(|row| row.value(column));
        let mut below = below.take(2).peekable();
        (below.peek().is_some() && below.all(|value| value.decimal().is_some())).then_some(row.index)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognise::recognise;
    use crate::testing::{AS_OF, book};

    fn read(text: &str) -> SheetReading {
        recognise(&book("Sheet1", text), "caseload", &Words::built_in(), AS_OF).remove(0)
    }

    #[test]
    fn households_are_not_taken_for_children() {
        let reading = read(
            "Social worker: Ada Heron
             Case | Base points = 1 per child | Case status (1-4 pts per household) | Intervention level (1-5 pts per household) | Additional factors per household | Total points
             A: 1 LAC + court proceedings | 1 | 3 | 2 | | 6
             B: 2 CP | 2 | 1 | 2 | | 5
             GRAND TOTAL | | | | | 11",
        );
        assert_eq!(reading.state, SheetState::Unreadable);
        assert!(reading.why.starts_with("row 2 reads like the header of a points form"), "{}", reading.why);
    }

    #[test]
    fn an_office_is_no_base_points() {
        let own = read("Worker: Ada Heron\nChild ID | Base | Status | Intervention level\n1 | Harbour House | CP | 2");
        assert_eq!(own.state, SheetState::Read);
    }
}
