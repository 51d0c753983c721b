//! A task that the policy gives no points for.

use crate::field::finding::{About, Finding, Rule, Severity};
use crate::policy::TaskKind;

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "task-not-known",
    severity: Severity::Error,
    about: About::Worker,
    what: "A task is none that the policy knows; its own points count, and without them the worker is not scored in tasks.",
    why: "Work that nobody has agreed points for is work all the same, and left out it would be a wrong green.",
    action: "Name it by one of the policy's kinds of task, write its points beside it, or add it as a [[task]] to a policy of your own.",
    source: sources::TASKS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for (member, form, policy) in view.members_with_tasks() {
        for line in policy.reckon_tasks(form, &member.worker.post.duties, view.policies.as_of).lines {
            let counts = line.number.is_some_and(|number| !number.is_zero()) || line.written.is_some();
            if line.kind != TaskKind::Task || line.each.is_some() || !counts {
                continue;
            }
            let worker = &member.worker.who.name;
            let finding = match line.written {
                Some((points, _)) => {
                    let message = format!(
                        "This task is none that the policy knows; its {} points count for {worker} as written.",
                        points.normalize()
                    );
                    member.finding(&RULE, Some(line.place), message).weighing(Severity::Warning)
                }
                None => {
                    let message = format!(
                        "This task is none that the policy knows and has no points, so {worker} is not scored in tasks."
                    );
                    member.finding(&RULE, Some(line.place), message)
                }
            };
            findings.push(if line.label.is_empty() { finding } else { finding.quoting(line.label) });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn a_task_of_another_name_is_flagged() {
        expect_by(
            &policies_named(&["task-force-tasks"]),
            check,
            "
                Worker: Ada Lovell |
                Task or piece of work | Number in current caseload | Points
                Home visits | 12 | 12
                Telephone calls | 20 | 4
                Transport | 2 |
            ",
            &[
                "A4 warning: This task is none that the policy knows; its 4 points count for Ada Lovell as written.",
                "A5: This task is none that the policy knows and has no points, so Ada Lovell is not scored in tasks.",
            ],
        );
    }

    #[test]
    fn tasks_that_are_known_or_not_there_are_left_alone() {
        expect_by(
            &policies_named(&["task-force-tasks"]),
            check,
            "
                Worker: Ada Lovell |
                Task or piece of work | Number in current caseload | Points
                Home visits (statutory) | 12 | 12
                Other eg counselling sessions | 2 |
                Transport | 0 |
            ",
            &[],
        );
    }
}
