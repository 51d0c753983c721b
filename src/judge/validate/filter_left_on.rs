//! A filter left on.

use crate::book::phrase::count;
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::{View, header_of};

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "filter-left-on",
    severity: Severity::Note,
    about: About::Sheet,
    what: "A filter is switched on; rows out of sight are counted too.",
    why: "The manager sees fewer cases than are counted.",
    action: "Clear the filter to see every row that counts.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for (sheet, reading) in view.caseload_sheets().filter(|(_, reading)| reading.filtered) {
        let message = match reading.hidden_rows.len() {
            0 => "A filter is switched on; it hides no row that counts.".to_string(),
            hidden => format!("A filter is switched on and hides {}.", count(hidden, "counted row", "counted rows")),
        };
        findings.push(RULE.finding(Some(header_of(sheet, reading)), message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn rows_behind_a_filter_are_told() {
        expect(
            check,
            "
                ## Locality North; filtered
                Child ID, Worker
                C-101, Ada Lovell
                ~C-102, Ben Marsh
            ",
            &["A1: A filter is switched on and hides 1 counted row."],
        );
    }

    #[test]
    fn rows_hidden_by_hand_are_left_alone() {
        expect(
            check,
            "
                Child ID, Worker
                C-101, Ada Lovell
                ~C-102, Ben Marsh
            ",
            &[],
        );
    }
}
