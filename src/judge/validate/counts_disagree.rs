//! Two numbers for the same children on one row.

use crate::book::sheet::Place;
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "counts-disagree",
    severity: Severity::Warning,
    about: About::Sheet,
    what: "A number of children differs from what else its row says of them; the larger is taken.",
    why: "One of the two is out of date; the larger keeps a wrong green away.",
    action: "Correct the number, or what stands beside it.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for (sheet, reading) in view.read_sheets() {
        for total in &reading.row_totals {
            let message = format!(
                "This says {}, and the rest of the row comes to {}; {} are counted.",
                total.stated,
                total.counted,
                total.stated.max(total.counted)
            );
            findings.push(RULE.finding(Some(Place { sheet, cell: total.cell }), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn a_total_that_is_not_the_sum_is_flagged() {
        expect(
            check,
            "
                Worker, CIN, CP, LAC, Court, Total
                Ada Lovell, 3, 2, 4, 2, 8
                Ben Marsh, 3, 2, 4, 2, 11
            ",
            &[
                "F2: This says 8, and the rest of the row comes to 9; 9 are counted.",
                "F3: This says 11, and the rest of the row comes to 9; 11 are counted.",
            ],
        );
    }

    #[test]
    fn a_total_that_is_the_sum_is_left_alone() {
        expect(
            check,
            "
                Worker, CIN, CP, LAC, Court, Total
                Ada Lovell, 3, 2, 4, 2, 9
                Ben Marsh, , , , , 9
            ",
            &[],
        );
    }
}
