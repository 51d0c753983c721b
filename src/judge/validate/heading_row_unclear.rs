//! A row above cases that cannot be understood.

use crate::book::sheet::Place;
use crate::field::finding::{About, Finding, Rule, Severity};
use crate::field::reading::HeadedBy;

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "heading-row-unclear",
    severity: Severity::Error,
    about: About::Case,
    what: "A row stands where workers' names stand above their cases, and cannot be understood; the cases below it are nobody's, and the worker above is not scored.",
    why: "It may name the next worker, or be a remark about the one above.",
    action: "Write the worker's name there, or move the remark out of the way.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for (sheet, table) in view.tables() {
        for headed in &table.headed {
            if let HeadedBy::Unclear(cell) = headed.by {
                let message = "It cannot be told who holds the cases below this row.";
                findings.push(RULE.finding(Some(Place { sheet, cell }), message));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn a_remark_among_workers_names_is_asked_about() {
        expect(
            check,
            "
                Child ID | Status
                Ada Lovell |
                C-101 | CP
                Ben Marsh |
                C-102 | CP
                see the panel's list |
                C-103 | CP
            ",
            &["A6: It cannot be told who holds the cases below this row."],
        );
    }

    #[test]
    fn names_and_nobody_are_left_alone() {
        expect(
            check,
            "
                Child ID | Status
                Ada Lovell |
                C-101 | CP
                Ben Marsh |
                C-102 | CP
                Unallocated |
                C-103 | CP
            ",
            &[],
        );
    }
}
