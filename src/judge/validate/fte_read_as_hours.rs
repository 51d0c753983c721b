//! An FTE that was taken for hours a week.

use crate::field::caseload::FteRead;
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "fte-read-as-hours",
    severity: Severity::Warning,
    about: About::Worker,
    what: "A figure in the FTE column was read as hours a week.",
    why: "The figure is no share of a post; if it is not hours a week either, the load is judged against the wrong limit.",
    action: "Enter the share of a full-time post, such as 0.6.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    view.tell_converted(&RULE, FteRead::Hours, "hours a week", findings);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn a_bare_figure_is_flagged() {
        expect(
            check,
            "
                Child ID, Worker, FTE
                C-101, Ada Lovell, 25
            ",
            &["C2: FTE 25 of Ada Lovell is read as hours a week, which is 0.6757 of a full-time post."],
        );
    }

    #[test]
    fn with_its_unit_it_is_a_note() {
        expect(
            check,
            "
                Child ID, Worker, FTE
                C-101, Ada Lovell, 25 hrs
            ",
            &["C2 note: FTE 25 of Ada Lovell is read as hours a week, which is 0.6757 of a full-time post."],
        );
    }

    #[test]
    fn a_column_of_hours_is_one_note() {
        expect(
            check,
            "
                Child ID, Worker, Contracted hours
                C-101, Ada Lovell, 25
                C-102, Ben Marsh, 37
            ",
            &["C1 note: The figures of this column are read as hours a week…"],
        );
    }

    #[test]
    fn a_share_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, FTE
                C-101, Ada Lovell, 0.6
            ",
            &[],
        );
    }
}
