//! Lists to choose from: each column a list of its own, nothing of which is a case.

use std::collections::BTreeSet;

use crate::book::sheet::{RawBook, RawSheet};
use crate::book::text::fold;
use crate::field::reading::{Layout, Meaning, SheetReading, SheetState, TableReading};

/// Passes the sheets over that only hold lists to choose from, beside a sheet that holds cases.
///
/// On such a list nothing is ever written twice, and no column tells one child from another.
pub fn settle(book: &RawBook, readings: &mut [SheetReading]) {
    let lists: Vec<bool> = book
        .sheets
        .iter()
        .zip(readings.iter())
        .map(|(sheet, reading)| !reading.tables.is_empty() && reading.tables.iter().all(|table| is_list(sheet, table)))
        .collect();
    let cases = readings
        .iter()
        .zip(&lists)
        .any(|(reading, list)| !list && reading.tables.iter().any(|table| table.layout.holds_cases()));
    for (reading, _) in readings.iter_mut().zip(&lists).filter(|(_, list)| **list && cases) {
        reading.state = SheetState::NoCaseload;
        reading.tables.clear();
        reading.why =
            "its columns are lists to choose from: nothing on them is written twice, and no child is named".into();
    }
}

fn is_list(sheet: &RawSheet, table: &TableReading) -> bool {
    let tells_children = Meaning::OF_A_CASE
        .iter()
        .filter(|meaning| !matches!(meaning, Meaning::Status | Meaning::Intervention | Meaning::Proceedings));
    if table.layout != Layout::RowPerChild || tells_children.into_iter().any(|meaning| table.column(*meaning).is_some())
    {
        return false;
    }
    let mut rows = 0;
    let mut met: BTreeSet<(u32, String)> = BTreeSet::new();
    for row in sheet.rows.iter().filter(|row| row.index > table.header && row.index <= table.area.last.row) {
        rows += 1;
        for cell in row.cells.iter().filter(|cell| table.columns.iter().any(|column| column.column == cell.column)) {
            if !met.insert((cell.column, fold(&cell.value.text()))) {
                return false;
            }
        }
    }
    rows >= 2
}

#[cfg(test)]
mod tests {
    use crate::testing::loads;

    #[test]
    fn lists_to_choose_from_hold_no_cases() {
        let cases = "## North\nChild ID, Worker\n1, Ada\n2, Ben\n";
        assert_eq!(loads(&format!("{cases}## Sheet2\nStatus, Worker\nCIN, Ada\nCP, Ben\nLAC,")), "Ada 1, Ben 1");
        // A worker or a status written twice is a case held; alone a sheet is what it is.
        assert_eq!(loads(&format!("{cases}## Sheet2\nStatus, Worker\nCIN, Ada\nCP, Ada")), "Ada 3, Ben 1");
        assert_eq!(loads("## Sheet2\nStatus, Worker\nCIN, Ada\nCP, Ben"), "Ada 1, Ben 1");
    }
}
