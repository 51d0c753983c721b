//! Sheets whose name, month or rows leave open whether they count.

use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::{View, header_of};

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "sheet-doubtful",
    severity: Severity::Warning,
    about: About::Sheet,
    what: "A sheet's name, month or rows leave open whether the whole of it counts.",
    why: "A sheet too many makes a wrong red, a sheet too few a wrong green.",
    action: "Check the sheet; rename it, or delete it if it does not count.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for (sheet, reading) in view.caseload.sheets.iter().enumerate() {
        for doubt in &reading.doubts {
            let finding = RULE.finding(Some(header_of(sheet, reading)), &doubt.said);
            findings.push(finding.advising(doubt.todo));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn months_with_nobody_in_common_are_asked_about() {
        expect(
            check,
            "
                ## Aug 2025
                Child ID, Worker
                C-101, Ada Lovell
                ## Sept 2025
                Child ID, Worker
                C-102, Ada Lovell
            ",
            &["A1: This sheet and “Sept 2025” are of different months and have nobody in common; both count."],
        );
    }

    #[test]
    fn a_template_that_is_the_only_sheet_is_left_alone() {
        expect(
            check,
            "
                ## Template
                Child ID, Worker
                C-101, Ada Lovell
            ",
            &[],
        );
    }
}
