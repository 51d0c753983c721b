//! A child on two rows of the same worker.

use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "duplicate-row",
    severity: Severity::Warning,
    about: About::Case,
    what: "A row repeats a child of the same worker; the child is counted once.",
    why: "Counted twice, the child would make the worker look more loaded than they are.",
    action: "Delete the row, or correct the reference if it is another child.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for row in view.rows() {
        for repeat in &row.case.row.repeats {
            let first = view.cell(row.case.place, repeat.place);
            let finding = if repeat.joined {
                let message = format!("This row adds to the child in {first}, who is counted once with both.");
                let advice = "Nothing to do if the child has both; else correct the row.";
                row.finding(&RULE, Some(repeat.place), message).weighing(Severity::Note).advising(advice)
            } else {
                let message = match row.case.of {
                    1 => format!("This row repeats the child in {first}; the child is counted once."),
                    _ => format!("This row repeats children of {first}; each is counted once."),
                };
                row.finding(&RULE, Some(repeat.place), message)
            };
            findings.push(finding);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn the_same_child_again_is_flagged() {
        expect(
            check,
            "
                Child ID, Worker, Status
                C-101, Ada Lovell, CP
                C-101, Ada Lovell, CP
            ",
            &["A3: This row repeats the child in A2; the child is counted once."],
        );
    }

    #[test]
    fn the_same_household_again_is_flagged_once() {
        expect(
            check,
            "
                Family ref, Worker, No of children, Status
                F-101, Ada Lovell, 3, CP
                F-101, Ada Lovell, 3, CP
            ",
            &["A3: This row repeats children of A2; each is counted once."],
        );
    }

    #[test]
    fn another_status_is_a_note() {
        expect(
            check,
            "
                Child ID, Worker, Status
                C-101, Ada Lovell, CP
                C-101, Ada Lovell, LAC
            ",
            &["A3 note: This row adds to the child in A2, who is counted once with both."],
        );
    }

    #[test]
    fn a_sibling_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Status
                C-101, Ada Lovell, CP
                C-102, Ada Lovell, CP
            ",
            &[],
        );
    }
}
