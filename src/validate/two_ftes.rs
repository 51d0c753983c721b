//! Two FTE figures for one worker.

use super::*;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "two-ftes",
    severity: Severity::Warning,
    about: About::Worker,
    what: "Different FTE figures are written for the same worker.",
    why: "The limit follows FTE; with two figures one of them is wrong.",
    action: "Write the right one on every row of the worker.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for member in view.members() {
        let used = member.worker.fte().map(|fte| fte.0.normalize().to_string());
        let written = &member.worker.ftes;
        findings.extend(view.tell_different(&RULE, "FTE", member, written, used, |figure| figure.written.to_string()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn the_second_one_is_flagged() {
        expect(
            check,
            "
                Child ID, Worker, FTE
                C-101, Ada Lovell, 0.6
                C-102, Ada Lovell, 0.8
            ",
            &["C3: Ada Lovell has FTE 0.6 in C2 and 0.8 in C3; …"],
        );
    }

    #[test]
    fn the_same_on_every_row_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, FTE
                C-101, Ada Lovell, 0.6
                C-102, Ada Lovell, 0.6
                C-103, Ben Marsh, 0.8
            ",
            &[],
        );
    }
}
