//! Blank worker cells read as the name above.

use crate::field::finding::{About, Finding, Rule, Severity};
use crate::field::reading::{BlanksBelow, Meaning};

use super::sources;
use super::view::{View, heading_of};

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "filled-down",
    severity: Severity::Note,
    about: About::Sheet,
    what: "Blank worker cells are read as the worker named above.",
    why: "Most rows of the sheet are so, which says that names are written once for each block.",
    action: "Write the worker on every row if any of the blank ones is unallocated.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for (sheet, table) in view.tables().filter(|(_, table)| table.blanks_below == BlanksBelow::FillDown) {
        let message = "Blank cells in this column are read as the worker named above.";
        findings.push(RULE.finding(Some(heading_of(sheet, table, Meaning::Worker)), message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn names_written_once_are_told() {
        expect(
            check,
            "
                Child ID, Worker
                C-101, Ada Lovell
                C-102,
                C-103,
                C-104,
            ",
            &["B1: Blank cells in this column are read as the worker named above."],
        );
    }

    #[test]
    fn one_blank_cell_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker
                C-101, Ada Lovell
                C-102, Ada Lovell
                C-103,
                C-104, Ben Marsh
                C-105, Ben Marsh
                C-106, Ben Marsh
            ",
            &[],
        );
    }
}
