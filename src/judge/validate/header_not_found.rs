//! A workbook without a caseload.

use crate::field::finding::{About, Finding, Rule, Severity};
use crate::field::reading::{SheetReading, SheetState};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "header-not-found",
    severity: Severity::Error,
    about: About::Sheet,
    what: "No sheet of the workbook has a header row that a caseload is known by.",
    why: "Nothing in the workbook was read, checked or scored.",
    action: "Give the columns headings such as “Child ID” and “Worker”, one row above the cases; if a heading is a council's own, add it to your --columns file under [columns], for example worker = [\"…\"].",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    let explained = |sheet: &SheetReading| sheet.required_missing.is_some() || sheet.state == SheetState::Unreadable;
    if view.caseload_sheets().next().is_some() || view.caseload.sheets.iter().any(explained) {
        return;
    }
    let reasons = view.caseload.sheets.iter().filter(|sheet| !sheet.why.is_empty());
    let reasons: Vec<String> = reasons.map(|sheet| format!("“{}”: {}", sheet.name, sheet.why)).collect();
    let message = format!("No caseload was found. {}", reasons.join(" "));
    let message = message.trim_end().trim_end_matches('.').to_string() + ".";
    let finding = RULE.finding(None, message);
    // A blank form has its headings; what it lacks is what stands below them.
    let blank = view.caseload.sheets.iter().any(|sheet| sheet.why.ends_with("not filled in"));
    findings.push(if blank { finding.advising("Fill the form in and run again.") } else { finding });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn a_workbook_of_something_else_is_flagged() {
        expect(
            check,
            "
                ## Lunch
                Day, Soup
                Monday, leek
            ",
            &["workbook: No caseload was found. “Lunch”: …"],
        );
    }

    #[test]
    fn a_blank_form_is_to_be_filled_in() {
        let message = "workbook: No caseload was found. “Locality North”: row 1 reads like a header, and nothing stands below \
                       it: it is not filled in.";
        expect(check, "Child ID, Worker, Status", &[message]);
    }

    #[test]
    fn a_sheet_of_something_else_beside_a_caseload_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker
                C-101, Ada Lovell
                ## Lunch
                Day, Soup
                Monday, leek
            ",
            &[],
        );
    }
}
