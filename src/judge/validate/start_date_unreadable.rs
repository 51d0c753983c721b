//! A start in practice that is no date.

use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "start-date-unreadable",
    severity: Severity::Warning,
    about: About::Worker,
    what: "A worker's start in practice cannot be read.",
    why: "Experience is worked out from it, and with it the limit of a newly qualified worker and the benchmark.",
    action: "Enter the day as a date, such as 01/09/2024.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    let message = |name: &str| format!("The start of {name} in practice is not a date.");
    view.tell_unclear(&RULE, |worker| &worker.post.started, message, findings);
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
                Child ID, Worker, Worker start date
                C-101, Ada Lovell, last autumn
            ",
            &["C2: The start of Ada Lovell in practice is not a date."],
        );
    }

    #[test]
    fn a_text_date_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Worker start date
                C-101, Ada Lovell, 01/09/2024
            ",
            &[],
        );
    }
}
