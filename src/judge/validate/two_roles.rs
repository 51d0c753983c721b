//! Two roles for one worker.

use crate::field::caseload::Worker;
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "two-roles",
    severity: Severity::Warning,
    about: About::Worker,
    what: "Different roles are written for the same worker.",
    why: "Limits follow the role; with two roles one of them is wrong, or the worker holds two posts.",
    action: "Write the right one on every row of the worker.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    let written =
        |worker: &Worker| worker.post.roles.iter().map(|(role, at)| (role.label().to_string(), *at)).collect();
    let used = |worker: &Worker| Some(worker.post.role.label().to_string());
    view.tell_different(&RULE, "role", written, used, findings);
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
                Child ID, Worker, Role
                C-101, Ada Lovell, Deputy team manager
                C-102, Ada Lovell, Social worker
            ",
            &["C3: Ada Lovell has role deputy team manager in C2 and social worker in C3; …"],
        );
    }

    #[test]
    fn the_same_on_every_row_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Role
                C-101, Ada Lovell, Deputy team manager
                C-102, Ada Lovell, Deputy team manager
                C-103, Ben Marsh, Social worker
            ",
            &[],
        );
    }
}
