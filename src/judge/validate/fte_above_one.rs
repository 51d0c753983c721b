//! More than a full-time post.

use crate::field::caseload::{Entry, Fte, FteFigure};
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "fte-above-one",
    severity: Severity::Warning,
    about: About::Worker,
    what: "FTE is above 1; it is used as it stands.",
    why: "A limit grows with FTE, so a figure that is too high hides an overload.",
    action: "Check the figure; enter the share of a full-time post, at most 1.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for member in view.members() {
        if let Entry::Given(FteFigure { fte: Some(fte), .. }, at) = &member.worker.post.fte
            && *fte > Fte::FULL
        {
            let message =
                format!("FTE {} of {} is above 1; it is used as it stands.", fte.0.normalize(), member.worker.who.name);
            findings.push(member.finding(&RULE, Some(*at), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn a_tenth_more_is_flagged() {
        expect(
            check,
            "
                Child ID, Worker, FTE
                C-101, Ada Lovell, 1.1
            ",
            &["C2: FTE 1.1 of Ada Lovell is above 1; it is used as it stands."],
        );
    }

    #[test]
    fn full_time_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, FTE
                C-101, Ada Lovell, 1.00
            ",
            &[],
        );
    }
}
