//! A child without a household where others have one.

use crate::field::caseload::{Entry, Subject};
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "household-missing",
    severity: Severity::Warning,
    about: About::Case,
    what: "A child has no household although the sheet has a column for it; the child is a household alone.",
    why: "Points are given once for each household, so a sibling without it earns them twice.",
    action: "Enter the family's reference, the same for all siblings living together.",
    source: sources::POINTS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for row in view.held().filter(|row| row.case.subject == Subject::Child) {
        if let Entry::Blank(at) = &row.case.household {
            let message = "This child has no household and is taken for one alone.";
            findings.push(row.finding(&RULE, Some(*at), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn a_blank_household_is_flagged() {
        expect(
            check,
            "
                Child ID, Worker, Household
                C-101, Ada Lovell, H1
                C-102, Ada Lovell,
            ",
            &["C3: This child has no household and is taken for one alone."],
        );
    }

    #[test]
    fn a_sheet_without_the_column_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker
                C-101, Ada Lovell
            ",
            &[],
        );
    }
}
