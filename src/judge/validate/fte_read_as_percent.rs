//! An FTE that was taken for percent.

use crate::field::caseload::FteRead;
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "fte-read-as-percent",
    severity: Severity::Warning,
    about: About::Worker,
    what: "A figure in the FTE column was read as percent.",
    why: "The figure is no share of a post; if it is not percent either, the load is judged against the wrong limit.",
    action: "Enter the share of a full-time post, such as 0.6.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    view.tell_converted(&RULE, FteRead::Percent, "percent", findings);
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
                C-101, Ada Lovell, 60
            ",
            &["C2: FTE 60 of Ada Lovell is read as percent, which is 0.6 of a full-time post."],
        );
    }

    #[test]
    fn with_its_unit_it_is_a_note() {
        expect(
            check,
            "
                Child ID, Worker, FTE
                C-101, Ada Lovell, 60%
            ",
            &["C2 note: FTE 60 of Ada Lovell is read as percent, which is 0.6 of a full-time post."],
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
