//! No FTE written for a worker.

use crate::field::finding::{About, Finding, Rule, Severity};
use crate::field::reading::Meaning;

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "fte-missing",
    severity: Severity::Warning,
    about: About::Worker,
    what: "No FTE is written for a worker; a full-time post is assumed.",
    why: "A part-time worker taken for full time looks less loaded than they are.",
    action: "Write the worker's share of a full-time post, such as 0.6.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    // Where nothing of a worker's post is known, a roster is asked for.
    let members = view.members().filter(|member| !member.worker.post.unknown);
    let members = members.map(|member| (member, &member.worker.post.fte));
    view.tell_missing(&RULE, Meaning::Fte, "a full-time post", members, findings);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn a_blank_fte_is_told_for_each_worker() {
        expect(
            check,
            "
                Child ID, Worker, FTE
                C-101, Ada Lovell, 0.6
                C-102, Ben Marsh,
            ",
            &["C3: No FTE is written for Ben Marsh; a full-time post is assumed."],
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
            &["A1: There is no column for FTE; a full-time post is assumed for 2 workers."],
        );
    }

    #[test]
    fn a_worker_not_on_the_roster_is_told() {
        expect(
            check,
            "
                Child ID, Worker
                C-101, Ada Lovell
                C-102, Ben Marsh
                ## Roster
                Worker, FTE
                Ada Lovell, 0.6
            ",
            &["B3: No FTE is written for Ben Marsh; a full-time post is assumed."],
        );
    }

    #[test]
    fn an_fte_on_another_row_of_the_worker_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, FTE
                C-101, Ada Lovell, 0.6
                C-102, Ada Lovell,
            ",
            &[],
        );
    }
}
