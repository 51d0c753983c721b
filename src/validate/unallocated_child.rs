//! A child without a named worker.

use super::*;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "unallocated-child",
    severity: Severity::Error,
    about: About::Allocation,
    what: "A counted row names no worker, or only a placeholder such as TBC or duty.",
    why: "Every child has a named worker; none unallocated is expected.",
    action: "Name the worker who holds the case, or give the date it was closed.",
    source: sources::NORTH_TYNESIDE,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for row in view.rows().iter().filter(|row| row.worker.is_none()) {
        findings.push(row.finding(
            &RULE,
            row.case.worker_cell,
            format!("This {} has no named worker.", subject(row.case)),
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn a_child_for_duty_is_flagged() {
        expect(
            check,
            "
                Child ID, Worker, FTE
                C-101, Ada Lovell, 1
                C-102, TBC, 1
                C-103, Ada Lovell, 1
            ",
            &["B3: This child has no named worker."],
        );
    }

    #[test]
    fn a_child_with_a_worker_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, FTE
                C-101, Ada Lovell, 1
                C-102, Ben Duty, 1
            ",
            &[],
        );
    }
}
