//! An FTE that was taken for days a week.

use crate::field::caseload::FteRead;
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "fte-read-as-days",
    severity: Severity::Warning,
    about: About::Worker,
    what: "A figure in the FTE column was read as days a week.",
    why: "The figure is no share of a post; if it is not days either, the load is judged against the wrong limit.",
    action: "Enter the share of a full-time post, such as 0.6.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    view.tell_converted(&RULE, FteRead::Days, "days a week", findings);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn days_written_beside_the_figure_are_a_note() {
        expect(
            check,
            "
                Child ID, Worker, FTE
                C-101, Ada Lovell, 4 days a week
            ",
            &["C2 note: FTE 4 of Ada Lovell is read as days a week, which is 0.8 of a full-time post."],
        );
    }

    #[test]
    fn a_heading_of_days_is_told_once() {
        expect(
            check,
            "
                Child ID, Worker, Days per week
                C-101, Ada Lovell, 4
                C-102, Ben Marsh, 5
            ",
            &[
                "C1 note: The figures of this column are read as days a week and reckoned as shares of a full-time post.",
            ],
        );
    }

    #[test]
    fn a_bare_figure_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, FTE
                C-101, Ada Lovell, 4
            ",
            &[],
        );
    }
}
