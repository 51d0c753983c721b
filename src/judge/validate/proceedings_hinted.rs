//! A legal status that hints at care proceedings.

use std::collections::BTreeMap;

use crate::book::phrase::count;
use crate::field::caseload::Proceedings;
use crate::field::finding::{About, Finding, Rule, Severity};
use crate::field::reading::Meaning;

use super::sources;
use super::view::{View, heading_of};

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "proceedings-hinted",
    severity: Severity::Warning,
    about: About::Case,
    what: "A legal status hints at care proceedings that no cell states; the case is taken to be in none.",
    why: "An interim order is made in proceedings, and is no proof that they still run.",
    action: "Write care proceedings or none in the proceedings column.",
    source: sources::POINTS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    // What a list joined to another hints at is told once for the whole list.
    let mut by_list: BTreeMap<usize, usize> = BTreeMap::new();
    for row in view.rows() {
        if let (Some(at), false) = (row.case.hint, row.case.in_proceedings(Proceedings::Care)) {
            if at.sheet != row.case.place.sheet {
                *by_list.entry(at.sheet).or_default() += 1;
                continue;
            }
            let message = "This legal status hints at care proceedings; none are counted.";
            findings.push(row.finding(&RULE, Some(at), message));
        }
    }
    for (sheet, children) in by_list {
        let table = view.caseload.sheets[sheet].tables.first();
        let heading = table.map(|table| heading_of(sheet, table, Meaning::Proceedings));
        let children = count(children, "child", "children");
        let message = format!("The legal status of {children} hints at care proceedings; none are counted.");
        findings.push(
            RULE.finding(heading, message)
                .advising("Ask the workers which of these children are still in care proceedings."),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn an_interim_care_order_is_asked_about() {
        expect(
            check,
            "
                Child ID, Worker, Status, Legal status
                C-101, Ada Lovell, LAC, ICO
            ",
            &["D2: This legal status hints at care proceedings; none are counted."],
        );
    }

    #[test]
    fn a_list_joined_to_another_is_told_once() {
        expect(
            check,
            "
                ## List 6
                Child Unique ID, CIN Start Date, Primary Need Code, Case status, Allocated Team, Allocated Worker
                C-101, 2025-01-02, N1, a) Looked after child, Locality North, Ada Lovell
                C-102, 2025-01-02, N1, a) Looked after child, Locality North, Ada Lovell
                ## List 8
                Child Unique ID, Date Started to be Looked After, Child's Legal Status, Allocated Worker
                C-101, 2025-01-02, C1, Ada Lovell
                C-102, 2025-01-02, C1, Ada Lovell
            ",
            &["List 8!C1: The legal status of 2 children hints at care proceedings; none are counted."],
        );
    }

    #[test]
    fn a_full_care_order_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Status, Legal status
                C-101, Ada Lovell, LAC, Full care order
            ",
            &[],
        );
    }
}
