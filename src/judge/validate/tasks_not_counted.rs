//! A number of tasks, or points for them, that cannot be read.

use crate::field::caseload::Entry;
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "tasks-not-counted",
    severity: Severity::Error,
    about: About::Worker,
    what: "A number of tasks or their points cannot be read, or none is written; the worker is not scored in tasks.",
    why: "How much work there is is not known, and taken for nothing it would be a wrong green.",
    action: "Enter the number as a figure; leave it blank, or enter 0, only where there is no task of the kind.",
    source: sources::TASKS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for (member, form, _) in view.members_with_tasks() {
        let name = &member.worker.who.name;
        if !form.is_filled_in() {
            let message = format!("No number of tasks is written for {name}, who is not scored in tasks.");
            findings.push(member.finding(&RULE, Some(form.place), message));
        }
        for line in form.all() {
            for (entry, what) in [(&line.number, "number of tasks"), (&line.points, "figure of points")] {
                let Entry::Unclear(text, at) = entry else { continue };
                let message = format!("This is no {what} that can be read, so {name} is not scored in tasks.");
                let finding = member.finding(&RULE, Some(*at), message);
                findings.push(if text.is_empty() { finding } else { finding.quoting(text) });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn words_and_a_column_left_blank_are_flagged() {
        let tasks = policies_named(&["task-force-tasks"]);
        expect_by(
            &tasks,
            check,
            "
                Worker: Ada Lovell |
                Task or piece of work | Number in current caseload | Points
                Home visits | about ten |
                Reviews | 2 | ?
            ",
            &[
                "B3: This is no number of tasks that can be read, so Ada Lovell is not scored in tasks.",
                "C4: This is no figure of points that can be read, so Ada Lovell is not scored in tasks.",
            ],
        );
        expect_by(
            &tasks,
            check,
            "
                Task | Ada Lovell | Ben Marsh
                Home visits | 12 |
                Reviews | 2 |
            ",
            &["C1: No number of tasks is written for Ben Marsh, who is not scored in tasks."],
        );
    }

    #[test]
    fn figures_and_blanks_are_left_alone() {
        let sheet = "
            Worker: Ada Lovell |
            Task or piece of work | Number in current caseload | Points
            Home visits | 12 | 12
            Reviews | | -
        ";
        expect_by(&policies_named(&["task-force-tasks"]), check, sheet, &[]);
        // Where no policy scores tasks, nothing depends on them.
        expect(check, "Worker: Ada Lovell |\nTask or piece of work | Number of tasks\nReviews | two\nVisits | 3", &[]);
    }
}
