//! A row without the child's reference.

use std::collections::BTreeSet;

use crate::field::caseload::{Entry, Subject};
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "child-id-missing",
    severity: Severity::Warning,
    about: About::Case,
    what: "A row has no reference for the child.",
    why: "Without a reference a duplicate row or a second key worker cannot be seen.",
    action: "Enter the child's reference from the case system.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    let mut without_column = BTreeSet::new();
    for row in view.rows().iter().filter(|row| row.case.subject == Subject::Child) {
        match &row.case.who.child {
            Entry::Blank(at) => {
                let message = "This row has no reference for the child; it counts as a child of its own.";
                findings.push(row.finding(&RULE, Some(*at), message));
            }
            // A table of counts has no row for a child, and no reference to ask for.
            Entry::NoColumn if view.counts_only(row.case.place) => {}
            Entry::NoColumn => _ = without_column.insert(view.header(row.case.place)),
            Entry::Given(..) | Entry::Unclear(..) => {}
        }
    }
    for header in without_column {
        let message =
            "There is no column for the child's reference, so duplicates and second key workers cannot be seen.";
        let advice = "Add a column with each child's reference from the case system.";
        findings.push(RULE.finding(Some(header), message).weighing(Severity::Note).advising(advice));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn a_blank_reference_is_flagged() {
        expect(
            check,
            "
                Child ID, Worker, Status
                C-101, Ada Lovell, CiN
                , Ada Lovell, CP
            ",
            &["A3: This row has no reference for the child; it counts as a child of its own."],
        );
    }

    #[test]
    fn a_reference_on_every_row_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Status
                C-101, Ada Lovell, CiN
                C-102, Ada Lovell, CP
            ",
            &[],
        );
    }

    #[test]
    fn a_sheet_without_references_is_a_note() {
        expect(
            check,
            "
                Child name, Worker, Status
                A. B., Ada Lovell, CiN
                C. D., Ada Lovell, CP
            ",
            &["A1 note: There is no column for the child's reference…"],
        );
    }
}
