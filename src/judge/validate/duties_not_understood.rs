//! Points for duties that are no figure.

use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "duties-not-understood",
    severity: Severity::Warning,
    about: About::Worker,
    what: "The points for a worker's other duties are not a figure; the policy's are counted.",
    why: "Duties beside cases, such as practice teaching, count towards the load.",
    action: "Enter the points alone, and name the duty in its own column.",
    source: sources::POINTS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    let message = |name: &str| format!("The points for other duties of {name} are not a figure.");
    view.tell_unclear(&RULE, |worker| &worker.post.duties, message, findings);
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
                Child ID, Worker, Other duties, Duty points
                C-101, Ada Lovell, Practice teaching, a few
            ",
            &["D2: The points for other duties of Ada Lovell are not a figure."],
        );
    }

    #[test]
    fn a_figure_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Other duties, Duty points
                C-101, Ada Lovell, Practice teaching, 5
            ",
            &[],
        );
    }
}
