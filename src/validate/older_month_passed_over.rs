//! A sheet of an earlier month.

use super::*;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "older-month-passed-over",
    severity: Severity::Note,
    about: About::Sheet,
    what: "A sheet is of an earlier month, or of a later one than the as-of date; its rows are set aside.",
    why: "Sheets of several months for the same people would count every child several times.",
    action: "Nothing, if the other month is the one that counts; else run with --as-of a day of this one.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for (sheet, reading) in view.read_sheets() {
        let superseded = reading.set_aside.iter().filter(|row| row.reason == Reason::Superseded).count();
        if superseded > 0 {
            let rows = count(superseded, "row is", "rows are");
            let message = format!("Another month of the same people counts; {rows} set aside here.");
            findings.push(RULE.finding(Some(header_of(sheet, reading)), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn an_earlier_month_is_told() {
        expect(
            check,
            "
                ## August 2025
                Child ID, Worker
                C-101, Ada Lovell
                ## September 2025
                Child ID, Worker
                C-101, Ada Lovell
                C-102, Ada Lovell
            ",
            &["A1: Another month of the same people counts; 1 row is set aside here."],
        );
    }

    #[test]
    fn two_teams_are_left_alone() {
        expect(
            check,
            "
                ## Locality North
                Child ID, Worker
                C-101, Ada Lovell
                ## Locality South
                Child ID, Worker
                C-102, Ben Marsh
            ",
            &[],
        );
    }
}
