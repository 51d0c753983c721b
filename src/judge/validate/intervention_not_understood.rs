//! An intervention level that was not understood.

use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "intervention-not-understood",
    severity: Severity::Warning,
    about: About::Case,
    what: "An intervention level is neither a figure nor low, medium or high.",
    why: "The level of work with the household is missing from the load, and has to be assumed.",
    action: "Enter a figure, or low, medium, high or ending; if it is a council's own word, add it to your --columns file under [levels], for example high = [\"…\"].",
    source: sources::POINTS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    let message = "This intervention level is neither a figure nor low, medium or high.";
    view.tell_unclear_cases(&RULE, |case| &case.work.intervention, &[], message, findings);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn other_words_are_flagged() {
        expect(
            check,
            "
                Child ID, Worker, Household, Intervention
                C-101, Ada Lovell, H1, lots
            ",
            &["D2: This intervention level is neither a figure nor low, medium or high."],
        );
    }

    #[test]
    fn figures_words_and_blanks_are_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Household, Intervention
                C-101, Ada Lovell, H1, 3
                C-102, Ada Lovell, H2, Medium
                C-103, Ada Lovell, H3,
            ",
            &[],
        );
    }
}
