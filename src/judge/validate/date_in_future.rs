//! A date that lies in the future.

use jiff::Span;
use rust_decimal::prelude::ToPrimitive as _;

use crate::book::phrase::day;
use crate::field::caseload::Entry;
use crate::field::finding::{About, Finding, Rule, Severity};
use crate::field::reading::Meaning;
use crate::policy::figure_ids;

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "date-in-future",
    severity: Severity::Warning,
    about: About::Case,
    what: "A case was allocated or opened after the as-of date, or a date of birth lies further ahead than an unborn child allows.",
    why: "Years are easily mistyped, and a case that has not begun is no load yet.",
    action: "Correct the date, or run with --as-of the day the sheet was made.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    let as_of = view.policies.as_of;
    let due_by = as_of.saturating_add(unborn(view));
    for row in view.rows() {
        if let Entry::Given(born, at) = &row.case.who.born
            && *born > due_by
        {
            let message = "This date of birth is further ahead than an unborn child's.";
            findings.push(row.finding(&RULE, Some(*at), message));
        }
        for (meaning, date) in &row.case.dates {
            if let Entry::Given(date, at) = date
                && matches!(meaning, Meaning::Allocated | Meaning::Opened)
                && *date > as_of
            {
                let message = format!("This {} is after {}.", meaning.label(), day(as_of));
                findings.push(row.finding(&RULE, Some(*at), message));
            }
        }
    }
}

fn unborn(view: &View) -> Span {
    let months = view.policies.value(figure_ids::UNBORN_MONTHS).trunc().to_i64().unwrap_or(0);
    Span::new().months(months.clamp(0, 1200))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn the_next_day_and_a_far_birth_are_flagged() {
        expect(
            check,
            "
                Child ID, Worker, Date of birth, Date allocated
                C-101, Ada Lovell, 2026-07-01, 2025-10-01
            ",
            &[
                "C2: This date of birth is further ahead than an unborn child's.",
                "D2: This date allocated is after 30/09/2025.",
            ],
        );
    }

    #[test]
    fn the_day_itself_and_an_unborn_child_are_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Date of birth, Date allocated
                C-101, Ada Lovell, 2026-06-30, 2025-09-30
            ",
            &[],
        );
    }
}
