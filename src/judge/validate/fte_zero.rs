//! FTE 0 with cases.

use crate::book::phrase::count;
use crate::field::caseload::Entry;
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "fte-zero",
    severity: Severity::Error,
    about: About::Worker,
    what: "A worker with FTE 0 holds cases.",
    why: "Nobody is there to hold the cases, or the figure is wrong; either way the load cannot be judged.",
    action: "Correct the FTE, or give the cases to somebody who is at work.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for member in view.members().filter(|member| !member.worker.holds.cases.is_empty()) {
        if let Entry::Given(figure, at) = &member.worker.post.fte
            && figure.written.is_zero()
        {
            let held = count(member.worker.holds.cases.len(), "case", "cases");
            let message = format!("{} has FTE 0 and holds {held}.", member.worker.who.name);
            findings.push(member.finding(&RULE, Some(*at), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn cases_at_fte_nought_are_flagged() {
        expect(
            check,
            "
                Child ID, Worker, FTE
                C-101, Ada Lovell, 0
                C-102, Ada Lovell, 0
            ",
            &["C2: Ada Lovell has FTE 0 and holds 2 cases."],
        );
    }

    #[test]
    fn somebody_away_without_cases_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker
                C-101, Ben Marsh
                ## Roster
                Worker, Role, FTE
                Ada Lovell, Social worker, 0
                Ben Marsh, Social worker, 1
            ",
            &[],
        );
    }
}
