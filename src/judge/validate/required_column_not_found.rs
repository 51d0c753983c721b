//! A caseload without a column it needs.

use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::{View, header_of};

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "required-column-not-found",
    severity: Severity::Error,
    about: About::Sheet,
    what: "A sheet looks like a caseload and lacks a column that it cannot be read without.",
    why: "Nothing on the sheet was read, checked or scored.",
    action: "Add the column, or give its heading a usual name; if it is a council's own, add it to your --columns file under [columns], for example worker = [\"…\"].",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    // A list of something else beside the caseload is usual, and still wants a look.
    let beside = view.caseload_sheets().next().is_some();
    let weight = if beside { Severity::Warning } else { RULE.severity };
    for (sheet, reading) in view.caseload.sheets.iter().enumerate() {
        if let Some(missing) = reading.required_missing {
            let message = format!("This looks like a caseload, and no column gives the {}.", missing.label());
            findings.push(RULE.finding(Some(header_of(sheet, reading)), message).weighing(weight));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn a_caseload_without_workers_is_flagged() {
        expect(
            check,
            "
                Child ID, Status, Household, Intervention
                C-101, CP, H1, 2
                C-102, CiN, H2, 1
            ",
            &["A1: This looks like a caseload, and no column gives the key worker."],
        );
    }

    #[test]
    fn beside_a_caseload_it_is_a_warning() {
        expect(
            check,
            "
                Child ID, Worker
                C-101, Ada Lovell
                ## Visits
                Child ID, Status, Date of birth
                C-101, CP, 2015-01-01
            ",
            &["Visits!A1 warning: This looks like a caseload, and no column gives the key worker."],
        );
    }

    #[test]
    fn workers_and_children_are_enough() {
        expect(
            check,
            "
                Child ID, Worker
                C-101, Ada Lovell
            ",
            &[],
        );
    }
}
