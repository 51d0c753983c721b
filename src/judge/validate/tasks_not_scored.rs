//! Forms of tasks where no policy scores tasks.

use crate::book::phrase::count;
use crate::book::sheet::Place;
use crate::field::finding::{About, Finding, Rule, Severity};
use crate::field::reading::Layout;

use super::sources;
use super::view::{Member, View};

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
    if view.policies.chosen.iter().any(|policy| policy.tasks.is_some()) {
        return;
    }
    for (sheet, reading) in view.read_sheets() {
        let Some(table) = reading.tables.iter().find(|table| table.layout == Layout::TasksForm) else { continue };
        let here = |member: &Member| member.worker.tasks.as_ref().is_some_and(|form| form.place.sheet == sheet);
        let workers = count(view.members().filter(here).count(), "worker", "workers");
        let message = format!("The tasks of {workers} are read here, and no chosen policy scores tasks.");
        findings.push(RULE.finding(Some(Place { sheet, cell: table.first_heading() }), message));
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
