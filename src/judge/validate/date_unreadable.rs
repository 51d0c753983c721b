//! A date that cannot be read.

use crate::field::finding::{About, Finding, Rule, Severity};
use crate::field::reading::Meaning;

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "date-unreadable",
    severity: Severity::Warning,
    about: About::Case,
    what: "A date of birth or another date of the case cannot be read.",
    why: "Whether a case is closed and whether a child is of the right age is told by dates.",
    action: "Enter the day as a date, such as 01/09/2024.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for row in view.rows() {
        let born = [(Meaning::Born, &row.case.who.born)];
        let others = row.case.dates.iter().map(|(meaning, date)| (*meaning, date));
        for (meaning, date) in born.into_iter().chain(others) {
            let message = format!("This {} is not a date.", meaning.label());
            findings.extend(row.unclear(&RULE, date, &message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn words_and_days_that_do_not_exist_are_flagged() {
        expect(
            check,
            "
                Child ID, Worker, Date of birth, Date allocated
                C-101, Ada Lovell, 31/02/2015, in spring
            ",
            &["C2: This date of birth is not a date.", "D2: This date allocated is not a date."],
        );
    }

    #[test]
    fn a_text_date_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Date of birth, Date allocated
                C-101, Ada Lovell, 28/02/2015, 2024-03-01
            ",
            &[],
        );
    }
}
