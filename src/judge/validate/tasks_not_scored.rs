//! Forms of tasks where no policy scores tasks.

use crate::field::caseload::Worker;
use crate::field::finding::{About, Finding, Rule, Severity};
use crate::field::reading::Layout;

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "tasks-not-scored",
    severity: Severity::Warning,
    about: About::Sheet,
    what: "A sheet gives workers' tasks, and no chosen policy scores tasks.",
    why: "Who is known by a tasks form alone has no colour then, whatever the form says.",
    action: "Choose the policy with your points for tasks, or --policy task-force-tasks with its indicative ones, beside the others.",
    source: sources::TASKS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    if !view.policies.chosen.iter().any(|policy| policy.tasks.is_some()) {
        let form = |worker: &Worker| worker.holds.tasks.as_ref().map(|form| form.place);
        view.tell_not_scored(&RULE, Layout::TasksForm, "tasks", form, findings);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    const LIST: &str = "
        Worker, Task type, Number
        Ada Lovell, Home visits, 12
        Ada Lovell, Reviews, 2
        Ben Marsh, Reviews, 3
    ";

    #[test]
    fn tasks_without_a_policy_for_them_are_flagged() {
        expect(check, LIST, &["A1: The tasks of 2 workers are read here, and no chosen policy scores tasks."]);
    }

    #[test]
    fn tasks_that_are_scored_are_left_alone() {
        expect_by(&policies_named(&["redcar-2020", "task-force-tasks"]), check, LIST, &[]);
    }
}
