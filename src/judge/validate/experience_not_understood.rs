//! An experience that was not understood.

use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "experience-not-understood",
    severity: Severity::Warning,
    about: About::Worker,
    what: "A worker's experience is not understood; the benchmark of an experienced worker is assumed.",
    why: "Limits and benchmarks grow with experience, so a worker in the first years may look less loaded than they are.",
    action: "Write the time in practice, such as “NQSW, 4 months” or “18 months”; if it is a council's own word, add it to your --columns file under [stages], for example year-3-plus = [\"…\"].",
    source: sources::POINTS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    let message = |name: &str| format!("The experience of {name} is not understood.");
    view.tell_unclear(&RULE, |worker| &worker.post.written_stage, message, findings);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn words_that_give_no_time_are_flagged() {
        expect(
            check,
            "
                Child ID, Worker, Experience
                C-101, Ada Lovell, plenty
            ",
            &["C2: The experience of Ada Lovell is not understood."],
        );
    }

    #[test]
    fn months_are_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Experience
                C-101, Ada Lovell, 18 months
            ",
            &[],
        );
    }
}
