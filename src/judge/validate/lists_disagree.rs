//! Lists of Annex A that say different things of one child.

use crate::book::phrase::count;
use crate::book::sheet::Place;
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::{View, rows};

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "lists-disagree",
    severity: Severity::Warning,
    about: About::Case,
    what: "Lists 7 and 8 of Annex A give children another status or worker than list 6 does.",
    why: "One of the lists is out of date: the child counts with both statuses, and for the worker of list 6.",
    action: "Correct the list that is out of date.",
    source: sources::OURS,
};

/// Adds what it finds: one finding for each list and kind.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for (sheet, reading) in view.read_sheets() {
        let Some(list) = reading.annex_a else { continue };
        let differing = &reading.differing;
        for (cells, what) in [
            (&differing.status, "a status on list 6 that does not say so; both count"),
            (&differing.worker, "another worker on list 6, who counts"),
        ] {
            let Some(first) = cells.first() else { continue };
            let children = count(cells.len(), "child", "children");
            let verb = if cells.len() == 1 { "has" } else { "have" };
            let message = format!("{children} of list {list} {verb} {what}: {}.", rows(cells));
            findings.push(RULE.finding(Some(Place { sheet, cell: *first }), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn another_status_and_another_worker_are_flagged() {
        expect(
            check,
            "
                ## List 6
                Child Unique ID, CIN Start Date, Primary Need Code, Case status, Allocated Worker
                C-101, 2025-01-02, N1, c) Child in need plan, Ada Lovell
                C-102, 2025-01-02, N1, b) Child Protection plan, Ada Lovell
                ## List 7
                Child Unique ID, Child Protection Plan Start Date, Latest Category of Abuse, Allocated Worker
                C-101, 2025-01-02, Neglect, Ada Lovell
                C-102, 2025-01-02, Neglect, Ben Marsh
            ",
            &[
                "List 7!A2: 1 child of list 7 has a status on list 6 that does not say so; both count: row 2.",
                "List 7!D3: 1 child of list 7 has another worker on list 6, who counts: row 3.",
            ],
        );
    }

    #[test]
    fn a_child_in_care_with_a_plan_is_left_alone() {
        expect(
            check,
            "
                ## List 6
                Child Unique ID, CIN Start Date, Primary Need Code, Case status, Allocated Worker
                C-101, 2025-01-02, N1, a) Looked after child, Ada Lovell
                ## List 7
                Child Unique ID, Child Protection Plan Start Date, Latest Category of Abuse, Allocated Worker
                C-101, 2025-01-02, Neglect, A Lovell
                ## List 8
                Child Unique ID | Date Started to be Looked After | Child's Legal Status | Allocated Worker
                C-101 | 2025-01-02 | C2 | Lovell, Ada
            ",
            &[],
        );
    }
}
