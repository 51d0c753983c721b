//! An age that is no figure.

use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "age-unreadable",
    severity: Severity::Warning,
    about: About::Case,
    what: "A child's age cannot be read.",
    why: "Whether the child is in the right team by age cannot be told.",
    action: "Enter the age in whole years, or unborn as −1; better still the date of birth.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    let message = "This age is not a figure.";
    view.tell_unclear_cases(&RULE, |case| &case.who.age, &[], message, findings);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn words_are_flagged() {
        expect(
            check,
            "
                Child ID, Worker, Age
                C-101, Ada Lovell, teenager
            ",
            &["C2: This age is not a figure."],
        );
    }

    #[test]
    fn years_are_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Age
                C-101, Ada Lovell, 12
            ",
            &[],
        );
    }
}
