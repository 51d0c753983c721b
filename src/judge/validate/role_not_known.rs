//! A role that is in no list.

use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "role-not-known",
    severity: Severity::Warning,
    about: About::Worker,
    what: "A role is not known, so the worker is not scored for limits.",
    why: "Limits are agreed by role; without one there is nothing to judge against.",
    action: "Write a role as the policy has it, such as “social worker”; if it is a council's own word, add it to your --columns file under [roles], for example social-worker = [\"…\"].",
    source: sources::APPENDIX_A,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    let message = |name: &str| format!("The role of {name} is not known, so no limit is chosen.");
    view.tell_unclear(&RULE, |worker| &worker.post.written_role, message, findings);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn a_role_in_no_list_is_flagged() {
        expect(
            check,
            "
                Child ID, Worker, Role
                C-101, Ada Lovell, Lamplighter
            ",
            &["C2: The role of Ada Lovell is not known, so no limit is chosen."],
        );
    }

    #[test]
    fn an_abbreviation_of_two_roles_is_asked_about_unless_written_out_elsewhere() {
        expect(
            check,
            "
                Child ID, Worker, Role
                C-101, Ada Lovell, AP
                C-102, Ben Marsh, AP
                C-103, Ben Marsh, Advanced practitioner
            ",
            &["C2: The role of Ada Lovell is not known, so no limit is chosen."],
        );
    }

    #[test]
    fn a_senior_practitioner_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Role
                C-101, Ada Lovell, Senior practitioner
            ",
            &[],
        );
    }
}
