//! An intervention level outside the range of the points model.

use rust_decimal::Decimal;

use crate::field::caseload::{Entry, Level};
use crate::field::finding::{About, Finding, Rule, Severity};
use crate::policy::figure_ids;

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "intervention-out-of-range",
    severity: Severity::Error,
    about: About::Case,
    what: "An intervention level is outside the range of the points model; it is used as it stands.",
    why: "One wrong figure moves the whole household, and with it the colour of the worker.",
    action: "Enter a level of the model: 0 or 1 low, 2 or 3 medium, 4 or 5 high.",
    source: sources::POINTS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    let Some(most) = view.policies.figure(figure_ids::POINTS_LEVEL_MOST).map(|figure| figure.value) else { return };
    for row in view.rows() {
        if let Entry::Given(Level::Figure(level), at) = &row.case.work.intervention
            && !(Decimal::ZERO..=most).contains(level)
        {
            let message = format!("Intervention level {level} is outside 0 to {most}; it is used as it stands.");
            findings.push(row.finding(&RULE, Some(*at), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn six_and_below_nought_are_flagged() {
        expect(
            check,
            "
                Child ID, Worker, Household, Intervention
                C-101, Ada Lovell, H1, 6
                C-102, Ada Lovell, H2, -1
            ",
            &[
                "D2: Intervention level 6 is outside 0 to 5; it is used as it stands.",
                "D3: Intervention level -1 is outside…",
            ],
        );
    }

    #[test]
    fn both_ends_are_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Household, Intervention
                C-101, Ada Lovell, H1, 0
                C-102, Ada Lovell, H2, 5
                C-103, Ada Lovell, H3, High
            ",
            &[],
        );
    }
}
