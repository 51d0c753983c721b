//! A total of a tasks form that its lines do not come to.

use crate::field::caseload::Entry;
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "tasks-total-differs",
    severity: Severity::Warning,
    about: About::Worker,
    what: "The total of points on a tasks form is not what its lines come to by the policy.",
    why: "A line is missing or counted otherwise than was agreed, and the worker's load with it.",
    action: "Compare the lines with the total, and write the points of each line beside it.",
    source: sources::TASKS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for (member, form, policy) in view.members_with_tasks() {
        let Entry::Given(stated, at) = &form.stated_total else { continue };
        // A total of lines that all give their points is held against those.
        if form.all().all(|line| line.points.given().is_some()) {
            continue;
        }
        let load = policy.reckon_tasks(form, &Entry::NoColumn, view.policies.as_of).total;
        if let Some(load) = load.filter(|load| load != stated) {
            let message = format!(
                "The form of {} says {} points in all, and its lines come to {load} by the policy, which count.",
                member.worker.who.name,
                stated.normalize()
            );
            findings.push(member.finding(&RULE, Some(*at), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn a_higher_total_is_flagged() {
        expect_by(
            &policies_named(&["task-force-tasks"]),
            check,
            "
                Worker: Ada Lovell |
                Task or piece of work | Number in current caseload | Points
                Home visits | 12 |
                Reviews | 2 |
                TOTAL POINTS | | 55
            ",
            &["C5: The form of Ada Lovell says 55 points in all, and its lines come to 16 by the policy, which count."],
        );
    }

    #[test]
    fn a_total_that_agrees_is_left_alone() {
        expect_by(
            &policies_named(&["task-force-tasks"]),
            check,
            "
                Worker: Ada Lovell |
                Task or piece of work | Number in current caseload | Points
                Home visits | 12 |
                Reviews | 2 | 4
                TOTAL POINTS | | 16
            ",
            &[],
        );
    }
}
