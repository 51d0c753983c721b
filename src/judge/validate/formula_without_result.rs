//! Formulas whose result is not in the file.

use std::collections::BTreeMap;

use crate::book::sheet::{CellRef, Place};
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "formula-without-result",
    severity: Severity::Error,
    about: About::Sheet,
    what: "Formula cells have no stored result, so their value is not known.",
    why: "The file was written by a program that does not calculate; what the cells would show was not read.",
    action: "Open the workbook in Excel, save it and run again.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for (sheet, reading) in view.read_sheets() {
        let mut columns: BTreeMap<u32, Vec<CellRef>> = BTreeMap::new();
        for cell in &reading.without_result {
            columns.entry(cell.column).or_default().push(*cell);
        }
        for cells in columns.values() {
            let message = match cells.as_slice() {
                [_] => "This formula has no stored result; its value is not known.".to_string(),
                [.., last] => format!(
                    "{} formulas from here to {last} have no stored result; their values are not known.",
                    cells.len()
                ),
                [] => continue,
            };
            findings.push(RULE.finding(Some(Place { sheet, cell: cells[0] }), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn formulas_without_result_are_flagged_by_column() {
        expect(
            check,
            "
                Child ID, Worker, FTE
                C-101, Ada Lovell, =?
                C-102, Ben Marsh, =?
                C-103, =?, 1
            ",
            &[
                "C2: 2 formulas from here to C3 have no stored result; their values are not known.",
                "B4: This formula has no stored result; its value is not known.",
            ],
        );
    }

    #[test]
    fn an_unused_column_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Gender
                C-101, Ada Lovell, =?
            ",
            &[],
        );
    }
}
