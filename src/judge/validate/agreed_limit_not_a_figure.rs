//! An agreed limit that is no figure.

use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "agreed-limit-not-a-figure",
    severity: Severity::Warning,
    about: About::Worker,
    what: "A worker's agreed limit is not a figure; the policy's limit is used.",
    why: "The worker is judged by another limit than the one agreed.",
    action: "Enter the agreed number of children alone, and the rest as the reason.",
    source: sources::ALLOCATING,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    let message = |name: &str| format!("The limit agreed with {name} is not a figure; it is not used.");
    view.tell_unclear(&RULE, |worker| &worker.post.agreed, message, findings);
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
                Child ID, Worker, Agreed limit
                C-101, Ada Lovell, fewer than Ben
            ",
            &["C2: The limit agreed with Ada Lovell is not a figure; it is not used."],
        );
    }

    #[test]
    fn a_figure_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Agreed limit
                C-101, Ada Lovell, 15
            ",
            &[],
        );
    }
}
