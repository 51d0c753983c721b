//! Cases out of sight.

use crate::book::phrase::count;
use crate::book::sheet::{CellRef, Place, Visibility};
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::{View, header_of};

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "hidden-cases",
    severity: Severity::Warning,
    about: About::Sheet,
    what: "A hidden sheet, row or column holds cases; they are counted.",
    why: "Out of sight may be out of date: the manager sees another caseload than the one that is counted.",
    action: "Unhide them and check; delete what does not count.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for (sheet, reading) in view.caseload_sheets() {
        let here = header_of(sheet, reading);
        if reading.visibility != Visibility::Visible && reading.rows_counted > 0 {
            let rows = count(reading.rows_counted as usize, "counted row", "counted rows");
            findings.push(RULE.finding(Some(here), format!("This sheet is hidden and holds {rows}.")));
        }
        // Rows behind a filter are told of where the filter is.
        if let (Some(first), false) = (reading.hidden_rows.first(), reading.filtered) {
            let rows = count(reading.hidden_rows.len(), "hidden row is", "hidden rows are");
            let cell = CellRef::new(*first, here.cell.column);
            findings
                .push(RULE.finding(Some(Place { sheet, cell }), format!("{rows} counted, the first of them here.")));
        }
        let columns = reading.tables.iter().flat_map(|table| table.columns.iter().map(move |column| (table, column)));
        for (table, column) in columns.filter(|(_, column)| column.hidden) {
            let cell = CellRef::new(table.header, column.column);
            let message = format!("This hidden column is read as the {}.", column.meaning.label());
            findings.push(RULE.finding(Some(Place { sheet, cell }), message).weighing(Severity::Note));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn hidden_rows_and_columns_are_told() {
        expect(
            check,
            "
                ## Locality North; hidden-column C
                Child ID, Worker, Status
                C-101, Ada Lovell, CP
                ~C-102, Ada Lovell, CP
                ~C-103, Ada Lovell, CP
            ",
            &[
                "C1 note: This hidden column is read as the case status.",
                "A3: 2 hidden rows are counted, the first of them here.",
            ],
        );
    }

    #[test]
    fn a_hidden_sheet_is_told() {
        expect(
            check,
            "
                ## Locality North; hidden
                Child ID, Worker
                C-101, Ada Lovell
            ",
            &["A1: This sheet is hidden and holds 1 counted row."],
        );
    }

    #[test]
    fn a_hidden_row_without_a_case_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker
                C-101, Ada Lovell
                ~Total, 1
            ",
            &[],
        );
    }
}
