//! Time forms where no policy scores hours.

use crate::field::caseload::Worker;
use crate::field::finding::{About, Finding, Rule, Severity};
use crate::field::reading::Layout;

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "time-not-scored",
    severity: Severity::Warning,
    about: About::Sheet,
    what: "A sheet gives the hours of workers, and no chosen policy scores hours.",
    why: "Who is known by a time form alone has no colour then, whatever the form says.",
    action: "Add --policy task-force-time beside the others.",
    source: sources::TIME,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    if !view.policies.chosen.iter().any(|policy| policy.time.is_some()) {
        let form = |worker: &Worker| worker.holds.time.as_ref().map(|form| form.place);
        view.tell_not_scored(&RULE, Layout::TimeForm, "hours", form, findings);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn hours_without_a_policy_for_them_are_flagged() {
        let told = "A4: The hours of 1 worker are read here, and no chosen policy scores hours.";
        expect(check, TIME_FORM, &[told]);
    }

    #[test]
    fn hours_that_are_scored_are_left_alone() {
        expect_by(&policies_named(&["redcar-2020", "task-force-time"]), check, TIME_FORM, &[]);
    }
}
