//! No role written for a worker.

use crate::field::caseload::Role;
use crate::field::finding::{About, Finding, Rule, Severity};
use crate::field::reading::Meaning;

use super::sources;
use super::view::{Member, View};

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "role-missing",
    severity: Severity::Warning,
    about: About::Worker,
    what: "No role is written for a worker; social worker is assumed.",
    why: "Limits differ by role: a manager or a newly qualified worker taken for a social worker is judged by the wrong one.",
    action: "Add the worker's role, in a column of its own or on a roster sheet.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    // Where nothing of a worker's post is known, a roster is asked for.
    let assumed = |member: &Member| member.worker.post.role == Role::SocialWorker && !member.worker.post.unknown;
    let members = view.members().filter(assumed).map(|member| (member, &member.worker.post.written_role));
    view.tell_missing(&RULE, Meaning::Role, Role::SocialWorker.label(), members, findings);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn a_blank_role_is_told_for_each_worker() {
        expect(
            check,
            "
                Child ID, Worker, Role
                C-101, Ada Lovell, Social worker
                C-102, Ben Marsh,
            ",
            &["C3: No role is written for Ben Marsh; social worker is assumed."],
        );
    }

    #[test]
    fn a_sheet_without_the_column_is_told_once() {
        expect(
            check,
            "
                Child ID, Worker
                C-101, Ada Lovell
                C-102, Ben Marsh
            ",
            &["A1: There is no column for role; social worker is assumed for 2 workers."],
        );
    }

    #[test]
    fn a_role_on_the_roster_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker
                C-101, Ada Lovell
                ## Roster
                Worker, Role, FTE
                Ada Lovell, Social worker, 1
            ",
            &[],
        );
    }
}
