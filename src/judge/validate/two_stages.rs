//! Two stages of experience for one worker.

use crate::field::caseload::Worker;
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "two-stages",
    severity: Severity::Warning,
    about: About::Worker,
    what: "Different stages of experience are written for the same worker.",
    why: "Limits and benchmarks follow experience; with two stages one of them is wrong.",
    action: "Write the right one on every row of the worker.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    let written =
        |worker: &Worker| worker.post.stages.iter().map(|(stage, at)| (stage.label().to_string(), *at)).collect();
    let used = |worker: &Worker| worker.post.stage.map(|stage| stage.label().to_string());
    view.tell_different(&RULE, "experience", written, used, findings);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn the_second_one_is_flagged() {
        expect(
            check,
            "
                Child ID, Worker, Experience
                C-101, Ada Lovell, 3 years
                C-102, Ada Lovell, 18 months
            ",
            &["C3: Ada Lovell has experience 3 years and more in C2 and 1 year up to 2 in C3; …"],
        );
    }

    #[test]
    fn the_same_on_every_row_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Experience
                C-101, Ada Lovell, 3 years
                C-102, Ada Lovell, 3 years
                C-103, Ben Marsh, 18 months
            ",
            &[],
        );
    }
}
