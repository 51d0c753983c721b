//! Merged cells read on each of their rows.

use crate::book::sheet::Place;
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "merged-read",
    severity: Severity::Note,
    about: About::Sheet,
    what: "Merged cells are read as the same value on each of their rows.",
    why: "The file keeps the value for the first row alone; it is taken for all of them.",
    action: "Nothing, if the value is meant for every row; else unmerge the cells and fill them in.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for (sheet, reading) in view.read_sheets() {
        let Some(first) = reading.merged_read.iter().min() else { continue };
        let message = match reading.merged_read.len() {
            1 => "This merged cell is read as its value on each of its rows.".to_string(),
            areas => {
                format!("{areas} merged cells are read as their value on each of their rows, the first of them here.")
            }
        };
        findings.push(RULE.finding(Some(Place { sheet, cell: *first }), message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn a_merged_worker_is_told() {
        expect(
            check,
            "
                ## Locality North; merged B2:B3
                Child ID, Worker
                C-101, Ada Lovell
                C-102,
                C-103, Ben Marsh
            ",
            &["B2: This merged cell is read as its value on each of its rows."],
        );
    }

    #[test]
    fn a_merged_title_is_left_alone() {
        expect(
            check,
            "
                ## Locality North; merged A1:B1
                Locality North,
                Child ID, Worker
                C-101, Ada Lovell
            ",
            &[],
        );
    }
}
