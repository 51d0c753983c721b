//! A row that could not be taken for a child or a worker.

use crate::book::sheet::{CellRef, Place};
use crate::field::finding::{About, Finding, Rule, Severity};
use crate::field::reading::{Layout, Reason, SheetReading};

use super::sources;
use super::view::{View, header_of};

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "row-unreadable",
    severity: Severity::Warning,
    about: About::Sheet,
    what: "A row could not be taken for a child or a worker; it is not counted.",
    why: "If it is a case, it is missing from the load.",
    action: "Complete the row if it is a case; delete it, or move it below the table, if it is not.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    let rows = view.rows();
    // What a list that tells more of others' children lacks is a rule of its own.
    let lists = |reading: &SheetReading| reading.layout() != Layout::AnnexADetail;
    for (sheet, reading) in view.read_sheets().filter(|(_, reading)| lists(reading)) {
        let column = header_of(sheet, reading).cell.column;
        let cases = rows.iter().filter(|row| row.case.place.sheet == sheet);
        let last_case = cases.map(|row| row.case.place.cell.row).max();
        for row in reading.set_aside.iter().filter(|row| row.reason == Reason::Unreadable) {
            let cell = CellRef::new(row.row, column);
            let message = format!("Row {} could not be read and is not counted.", row.row + 1);
            // On a roster it is a vacancy more often than a person, below the last case a remark.
            let aside = reading.layout() == Layout::Roster || last_case.is_some_and(|last| row.row > last);
            let weight = if aside { Severity::Note } else { RULE.severity };
            findings.push(RULE.finding(Some(Place { sheet, cell }), message).weighing(weight));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn a_remark_among_the_rows_is_flagged() {
        expect(
            check,
            "
                Child ID, Worker, Status
                C-101, Ada Lovell, CP
                Please update this list before the panel on Friday, ,
                C-103, Ada Lovell, CP
            ",
            &["A3: Row 3 could not be read and is not counted."],
        );
    }

    #[test]
    fn a_remark_below_the_last_row_is_a_note() {
        expect(
            check,
            "
                Child ID, Worker, Status
                C-101, Ada Lovell, CP
                Please update this list before the panel on Friday, ,
            ",
            &["A3 note: Row 3 could not be read and is not counted."],
        );
    }

    #[test]
    fn a_blank_row_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Status
                C-101, Ada Lovell, CP
                ,,
                C-103, Ada Lovell, CP
            ",
            &[],
        );
    }
}
