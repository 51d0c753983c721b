//! Children on lists 7 and 8 of Annex A who are not on list 6.

use crate::book::phrase::count;
use crate::book::sheet::Place;
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::{View, rows};

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "child-not-on-main-list",
    severity: Severity::Warning,
    about: About::Sheet,
    what: "Children on list 7 or 8 of Annex A stand on no list 6; they are not counted.",
    why: "List 6 holds every child in need, those on plans and in care too: a child who is missing there is missing from a worker's load.",
    action: "Find out whether these children are open, and add them to list 6 if they are.",
    source: sources::OURS,
};

/// Adds what it finds: one finding for each list.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for (sheet, reading) in view.read_sheets() {
        let unknown = &reading.differing.unknown;
        let (Some(first), Some(list)) = (unknown.first(), reading.annex_a) else { continue };
        let children = count(unknown.len(), "child", "children");
        let verb = if unknown.len() == 1 { "is" } else { "are" };
        let message = format!("{children} of list {list} {verb} not on list 6 and not counted: {}.", rows(unknown));
        findings.push(RULE.finding(Some(Place { sheet, cell: *first }), message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn a_plan_of_a_child_who_is_not_in_need_is_flagged() {
        expect(
            check,
            "
                ## List 6
                Child Unique ID, CIN Start Date, Primary Need Code, Case status, Allocated Worker
                C-101, 2025-01-02, N1, b) Child Protection plan, Ada Lovell
                ## List 7
                Child Unique ID, Child Protection Plan Start Date, Latest Category of Abuse, Allocated Worker
                C-101, 2025-01-02, Neglect, Ada Lovell
                C-901, 2025-01-02, Neglect, Ada Lovell
                C-902, 2025-01-02, Neglect, Ada Lovell
            ",
            &["List 7!A3: 2 children of list 7 are not on list 6 and not counted: rows 3 and 4."],
        );
    }

    #[test]
    fn plans_that_ended_are_left_alone() {
        expect(
            check,
            "
                ## List 6
                Child Unique ID, CIN Start Date, Primary Need Code, Case status, Allocated Worker
                C-101, 2025-01-02, N1, e) Closed episode, Ada Lovell
                C-102, 2025-01-02, N1, c) Child in need plan, Ada Lovell
                ## List 7
                Child Unique ID, Child Protection Plan Start Date, Child Protection Plan End Date, Allocated Worker
                C-101, 2025-01-02, , Ada Lovell
                C-901, 2025-01-02, 2025-08-01, Ada Lovell
            ",
            &[],
        );
    }
}
