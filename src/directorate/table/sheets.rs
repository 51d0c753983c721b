//! sheets.csv: how each sheet was read.

use crate::directorate::column::{Table, count, ordinal, text, word};
use crate::field::judged::Judged;
use crate::field::reading::{Layout, SheetState};

use super::Rows;
use super::whose::FILE;

/// Sheet of an input.
pub const SHEETS: Table = Table {
    name: "sheets.csv",
    title: "Sheets",
    about: "One row for each sheet of each workbook: how it was read, and that no row was lost.",
    columns: &[
        FILE,
        text("sheet", "Sheet", "The sheet; of a CSV its file's name without the ending.").always(),
        word(
            "state",
            "State",
            states,
            "read; no-caseload where nothing on it looks like a caseload; unreadable where it looks like one and could \
             not be read.",
        )
        .always(),
        word("layout", "Layout", layouts, "What the sheet was taken for; none where it was passed over.").always(),
        ordinal(
            "header_row",
            "Header row",
            "The number of the sheet's row with the column headings, from 1; of two heading rows the lower, of several tables the first's. Empty without one.",
        ),
        count(
            "rows_read",
            "Rows read",
            "rows",
            "Rows below the header up to the last that holds anything: always rows_counted plus rows_set_aside.",
        )
        .always(),
        count("rows_counted", "Rows counted", "rows", "Rows that were taken for a case, a worker or the like.")
            .always(),
        count("rows_set_aside", "Rows set aside", "rows", "Rows that do not count, for the reasons beside.").always(),
        text("reasons", "Reasons", "Why rows do not count, with how many each, such as: blank 3; heading 4; totals 1."),
    ],
    since_ever: 9,
    key: &["file", "sheet"],
    refers: None,
};

fn states() -> Vec<&'static str> {
    SheetState::ALL.iter().map(|state| state.name()).collect()
}

fn layouts() -> Vec<&'static str> {
    Layout::ALL.iter().map(|layout| layout.name()).collect()
}

/// The rows of a workbook.
pub fn rows(judged: &Judged) -> Rows {
    let read = judged.caseload.sheets.iter().filter(|sheet| !sheet.ours);
    read.map(|sheet| {
        vec![
            judged.file.clone(),
            sheet.name.clone(),
            sheet.state.to_string(),
            sheet.layout().to_string(),
            sheet.header().map_or(String::new(), |row| (row + 1).to_string()),
            sheet.rows_read.to_string(),
            sheet.rows_counted.to_string(),
            sheet.set_aside.len().to_string(),
            sheet.reasons(),
        ]
    })
    .collect()
}
