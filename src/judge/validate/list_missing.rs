//! Annex A without the lists that hold its caseload.

use crate::book::sheet::{CellRef, Place};
use crate::field::finding::{About, Finding, Rule, Severity};
use crate::field::reading::list;

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "list-missing",
    severity: Severity::Error,
    about: About::Sheet,
    what: "List 6 or list 9 of Annex A is not in the workbook; the children on it are not counted.",
    why: "The caseload is list 6 and list 9 together; the load of a worker with children on the missing one looks too low.",
    action: "Add the list to the workbook and run again.",
    source: sources::OURS,
};

/// The lists that make up the caseload, with what is missing without them.
const CASELOAD: &[(u8, &str)] =
    &[(list::CHILDREN_IN_NEED, "children in need, on plans and in care"), (list::CARE_LEAVERS, "care leavers")];

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    let sheets = || view.caseload.sheets.iter().enumerate().filter_map(|(at, sheet)| Some((at, sheet.annex_a?)));
    let Some((first, _)) = sheets().find(|(_, there)| (list::CHILDREN_IN_NEED..=list::CARE_LEAVERS).contains(there))
    else {
        return;
    };
    for (number, whom) in CASELOAD {
        if sheets().any(|(_, there)| there == *number) {
            continue;
        }
        let message = format!("List {number} of Annex A is not in this workbook, so {whom} are not counted.");
        let place = Place { sheet: first, cell: CellRef::default() };
        // A council may keep its care leavers elsewhere.
        let weight = if *number == list::CHILDREN_IN_NEED { RULE.severity } else { Severity::Note };
        findings.push(RULE.finding(Some(place), message).weighing(weight));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn details_without_the_children_are_flagged() {
        expect(
            check,
            "
                ## List 7
                Child Unique ID, Child Protection Plan Start Date, Latest Category of Abuse, Allocated Worker
                C-101, 2025-01-02, Neglect, Ada Lovell
                ## List 9
                Child Unique ID, Eligibility Category, LA In Touch, Allocated Worker
                C-102, Relevant, Yes, Ada Lovell
            ",
            &[
                "A1: List 6 of Annex A is not in this workbook, so children in need, on plans and in care are not counted.",
            ],
        );
    }

    #[test]
    fn care_leavers_may_be_kept_elsewhere() {
        expect(
            check,
            "
                ## List 6
                Child Unique ID, CIN Start Date, Primary Need Code, Case status, Allocated Worker
                C-101, 2025-01-02, N1, c) Child in need plan, Ada Lovell
            ",
            &["A1 note: List 9 of Annex A is not in this workbook, so care leavers are not counted."],
        );
    }

    #[test]
    fn both_lists_are_left_alone() {
        expect(
            check,
            "
                ## List 6
                Child Unique ID, CIN Start Date, Primary Need Code, Case status, Allocated Worker
                C-101, 2025-01-02, N1, c) Child in need plan, Ada Lovell
                ## List 9
                Child Unique ID, Eligibility Category, LA In Touch, Allocated Worker
                C-102, Relevant, Yes, Ada Lovell
            ",
            &[],
        );
    }
}
