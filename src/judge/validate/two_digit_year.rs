//! Dates whose year has two digits.

use std::collections::BTreeMap;

use crate::book::phrase::count;
use crate::book::sheet::{CellRef, Place};
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "two-digit-year",
    severity: Severity::Warning,
    about: About::Case,
    what: "Dates are text with a year of two digits; the latest such year that is not beyond next year is read.",
    why: "A date in the wrong century closes a case, or makes a child or a worker's experience a hundred years older.",
    action: "Write years with four digits, such as 01/09/2024.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for (sheet, reading) in view.read_sheets() {
        let mut columns: BTreeMap<u32, Vec<CellRef>> = BTreeMap::new();
        for cell in &reading.short_years {
            columns.entry(cell.column).or_default().push(*cell);
        }
        for cells in columns.values() {
            let dates = count(cells.len(), "date", "dates");
            let message = format!(
                "The year has two digits in {dates} of this column; it is read as the latest such year up to next year."
            );
            let first = cells.iter().min().map(|cell| Place { sheet, cell: *cell });
            findings.push(RULE.finding(first, message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::validate::date_unreadable;
    use crate::testing::*;

    #[test]
    fn a_column_is_told_once_at_its_first_cell() {
        expect(
            check,
            "
                Child ID, Worker, Date of birth, End date
                C-101, Ada Lovell, 12/03/2015,
                C-102, Ada Lovell, 12/03/15, 31/03/24
                C-103, Ada Lovell, 1-Apr-16,
            ",
            &[
                "C3: The year has two digits in 2 dates of this column; it is read as the latest such year up to next year.",
                "D3: The year has two digits in 1 date of this column; it is read as the latest such year up to next year.",
            ],
        );
    }

    #[test]
    fn an_end_that_would_lie_a_lifetime_ago_is_asked_about() {
        expect(
            date_unreadable::check,
            "
                Child ID, Worker, End date
                C-101, Ada Lovell, 31/03/27
            ",
            &["C2: This date closed is not a date."],
        );
    }

    #[test]
    fn four_digits_and_dates_are_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Date of birth, End date
                C-101, Ada Lovell, 12/03/2015, 2026-03-31
            ",
            &[],
        );
    }
}
