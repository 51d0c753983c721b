//! Whole sheets that do not count.

use crate::field::finding::{About, Finding, Rule, Severity};
use crate::field::reading::Reason;

use super::sources;
use super::view::{View, header_of};

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "sheet-set-aside",
    severity: Severity::Note,
    about: About::Sheet,
    what: "A whole sheet is set aside: an earlier month, a copy, a repeat, or closed cases.",
    why: "Counted beside the sheet that replaces it, it would double the load; were it the right one, the load would be out of date.",
    action: "Check that the right sheet counts; rename or delete the others.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for (sheet, reading) in view.caseload.sheets.iter().enumerate() {
        let Some((reason, why)) = &reading.aside else { continue };
        let finding = RULE.finding(Some(header_of(sheet, reading)), format!("This sheet is set aside: {why}."));
        findings.push(match reason {
            Reason::Closed => finding
                .weighing(Severity::Warning)
                .advising("Give the sheet another name if some of its cases are open."),
            _ => finding,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn an_earlier_month_and_closed_cases_are_told() {
        expect(
            check,
            "
                ## Aug 2025
                Child ID, Worker
                C-101, Ada Lovell
                C-102, Ada Lovell
                ## Sept 2025
                Child ID, Worker
                C-101, Ada Lovell
                ## Closed
                Child ID, Worker
                C-103, Ada Lovell
            ",
            &[
                "A1: This sheet is set aside: “Sept 2025” is the latest month of the same people not after 30/09/2025, and counts.",
                "Closed!A1 warning: This sheet is set aside: its name says that its cases are closed.",
            ],
        );
    }

    #[test]
    fn sheets_of_different_teams_are_left_alone() {
        expect(
            check,
            "
                ## North
                Child ID, Worker
                C-101, Ada Lovell
                ## South
                Child ID, Worker
                C-102, Ben Marsh
            ",
            &[],
        );
    }
}
