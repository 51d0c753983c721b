//! A totals row that does not agree with the rows above it.

use crate::book::sheet::Place;
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "totals-disagree",
    severity: Severity::Warning,
    about: About::Sheet,
    what: "A totals row gives another figure than the rows above it come to.",
    why: "A row is missing, counted twice or set aside, or the total was typed by hand.",
    action: "Compare the rows with the total and correct what is wrong.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for (sheet, reading) in view.read_sheets() {
        for total in reading.totals.iter().filter(|total| total.stated != total.counted) {
            let of = if total.across { "figures of its row" } else { "rows above it" };
            let message = format!(
                "This total says {}, and the {of} come to {}.",
                total.stated.normalize(),
                total.counted.normalize()
            );
            findings.push(RULE.finding(Some(Place { sheet, cell: total.cell }), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn a_total_of_more_is_flagged() {
        expect(
            check,
            "
                Child ID, Worker
                C-101, Ada Lovell
                C-102, Ada Lovell
                Total, 3
            ",
            &["B4: This total says 3, and the rows above it come to 2."],
        );
    }

    #[test]
    fn a_total_that_agrees_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker
                C-101, Ada Lovell
                C-102, Ada Lovell
                Total, 2
            ",
            &[],
        );
    }
}
