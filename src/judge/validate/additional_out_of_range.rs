//! Additional factors outside the range of the points model.

use rust_decimal::Decimal;

use crate::field::caseload::Entry;
use crate::field::finding::{About, Finding, Rule, Severity};
use crate::policy::figure_ids;

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "additional-out-of-range",
    severity: Severity::Error,
    about: About::Case,
    what: "Points for additional factors are outside the range of the points model; they are used as they stand.",
    why: "One wrong figure moves the whole household, and with it the colour of the worker.",
    action: "Enter 1 or 2, or leave the cell blank where there are none.",
    source: sources::POINTS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    let Some(most) = view.policies.figure(figure_ids::POINTS_FACTORS_MOST).map(|figure| figure.value) else { return };
    for row in view.rows() {
        if let Entry::Given(points, at) = &row.case.work.additional
            && !(Decimal::ZERO..=most).contains(points)
        {
            let message =
                format!("Additional factors of {points} are outside 0 to {most}; they are used as they stand.");
            findings.push(row.finding(&RULE, Some(*at), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn three_is_flagged() {
        expect(
            check,
            "
                Child ID, Worker, Household, Intervention, Additional factors
                C-101, Ada Lovell, H1, 2, 3
            ",
            &["E2: Additional factors of 3 are outside 0 to 2; they are used as they stand."],
        );
    }

    #[test]
    fn none_and_two_are_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Household, Intervention, Additional factors
                C-101, Ada Lovell, H1, 2, 2
                C-102, Ada Lovell, H2, 2, 0
                C-103, Ada Lovell, H3, 2,
            ",
            &[],
        );
    }
}
