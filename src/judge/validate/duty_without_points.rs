//! A duty on a tasks form that has no figure.

use crate::field::finding::{About, Finding, Rule, Severity};
use crate::policy::figure_ids;

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "duty-without-points",
    severity: Severity::Warning,
    about: About::Worker,
    what: "A duty on a tasks form has neither a number nor points; it counts once, with the policy's points.",
    why: "A duty that is written down is held, until the form says that it is not.",
    action: "Write its points beside it, 0 or nothing at all where the duty is not held.",
    source: sources::TASKS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for (member, form, policy) in view.members_with_tasks() {
        let Some(points) = policy.figure(figure_ids::TASKS_DUTY, view.policies.as_of) else { continue };
        for line in form.duties.iter().filter(|line| line.number.is_absent() && line.points.is_absent()) {
            let message = format!(
                "This duty of {} has neither a number nor points; it counts once, with {} points.",
                member.worker.who.name,
                points.value.normalize()
            );
            findings.push(member.finding(&RULE, Some(line.place), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn a_duty_alone_is_flagged() {
        expect_by(
            &policies_named(&["task-force-tasks"]),
            check,
            "
                Worker: Ada Lovell |
                Task or piece of work | Number in current caseload | Points
                Home visits | 12 | 12
                Additional duties | | Additional points
                Panel member | |
            ",
            &["A5: This duty of Ada Lovell has neither a number nor points; it counts once, with 5 points."],
        );
    }

    #[test]
    fn a_duty_with_its_points_and_a_line_left_free_are_left_alone() {
        expect_by(
            &policies_named(&["task-force-tasks"]),
            check,
            "
                Worker: Ada Lovell |
                Task or piece of work | Number in current caseload | Points
                Home visits | 12 | 12
                Additional duties | | Additional points
                Panel member | | 2
                • | |
            ",
            &[],
        );
    }
}
