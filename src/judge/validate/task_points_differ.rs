//! Points of a form that are not number × the policy's points.

use crate::field::finding::{About, Finding, Rule, Severity};
use crate::policy::TaskKind;

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "task-points-differ",
    severity: Severity::Warning,
    about: About::Worker,
    what: "A tasks form gives other points for a line than its number comes to by the policy; the higher count.",
    why: "Either the number, the points or the policy is not what was agreed, and the worker's load with it.",
    action: "Correct the number or the points, or choose the policy that holds the points you have agreed.",
    source: sources::TASKS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for (member, form, policy) in view.members_with_tasks() {
        for line in policy.reckon_tasks(form, &member.worker.post.duties, view.policies.as_of).lines {
            let (Some((written, at)), Some(by_policy), Some((_, each))) = (line.written, line.by_policy(), line.each)
            else {
                continue;
            };
            // Travel and duties may be given in points alone.
            if written == by_policy || (line.kind != TaskKind::Task && line.number.is_none()) {
                continue;
            }
            let (written, by_policy, each) = (written.normalize(), by_policy.normalize(), each.normalize());
            let message = match line.number {
                Some(number) => format!(
                    "The points of this line are {written}, and {} × {each} by the policy come to {by_policy}; the higher \
                     count.",
                    number.normalize()
                ),
                None => format!("The points of this line are {written}, and no number is beside them; they count."),
            };
            findings.push(member.finding(&RULE, Some(at), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn other_points_are_flagged() {
        expect_by(
            &policies_named(&["task-force-tasks"]),
            check,
            "
                Worker: Ada Lovell |
                Task or piece of work | Number in current caseload | Points
                Home visits | 12 | 10
                Reviews | | 4
                Additional duties | | Additional points
                Panel member | 2 | 4
            ",
            &[
                "C3: The points of this line are 10, and 12 × 1 by the policy come to 12; the higher count.",
                "C4: The points of this line are 4, and no number is beside them; they count.",
                "C6: The points of this line are 4, and 2 × 5 by the policy come to 10; the higher count.",
            ],
        );
    }

    #[test]
    fn the_same_points_and_none_are_left_alone() {
        expect_by(
            &policies_named(&["task-force-tasks"]),
            check,
            "
                Worker: Ada Lovell |
                Task or piece of work | Number in current caseload | Points
                Home visits | 12 | 12
                Reviews | 2 |
                Additional out of borough travel required per task | | Additional points
                A placement in Wales | | 3
                Additional duties | | Additional points
                Panel member | | 4
            ",
            &[],
        );
    }
}
