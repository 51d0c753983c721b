//! A sheet that could not be read.

use crate::field::finding::{About, Finding, Rule, Severity};
use crate::field::reading::SheetState;

use super::sources;
use super::view::{View, header_of};

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "sheet-not-readable",
    severity: Severity::Error,
    about: About::Sheet,
    what: "A sheet could not be read.",
    why: "Whatever it holds was not counted.",
    action: "Open the workbook, save it anew as .xlsx and run again.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for (sheet, reading) in view.caseload.sheets.iter().enumerate() {
        // A sheet that lacks a column is told of by name of the column.
        if reading.state == SheetState::Unreadable && reading.required_missing.is_none() {
            let message = format!("The sheet could not be read: {}.", reading.why.trim_end_matches('.'));
            let finding = RULE.finding(Some(header_of(sheet, reading)), message);
            findings.push(finding);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn a_damaged_sheet_is_flagged() {
        expect(
            check,
            "
                ## Locality North; unreadable
            ",
            &["A1: The sheet could not be read: the part is damaged."],
        );
    }

    #[test]
    fn a_sheet_of_something_else_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker
                C-101, Ada Lovell
                ## Lunch
                Day, Soup
            ",
            &[],
        );
    }
}
