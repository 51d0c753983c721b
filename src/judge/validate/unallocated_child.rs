//! A child without a named worker.

use crate::field::caseload::WorkerSays;
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::{View, subject, subjects};

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
        let stands = match row.case.row.worker_says {
            WorkerSays::Blank => ": nothing stands in the cell",
            WorkerSays::Placeholder => ": a word for nobody in particular stands there",
            WorkerSays::Duty => ": the duty desk stands there",
            WorkerSays::Vacant => ": a vacant post stands there",
            WorkerSays::Team => ": a team stands in place of a name",
            WorkerSays::Role => ": a role stands in place of a name",
            WorkerSays::Figure => ": a figure stands in place of a name",
            WorkerSays::Unreadable => ": the cell shows an error or has no result",
            _ => "",
        };
        let message = match row.case.of {
            1 => format!("This {} has no named worker{stands}.", subject(row.case)),
            several => format!("{several} {} here have no named worker{stands}.", subjects(row.case)),
        };
        let finding = row.finding(&RULE, row.case.row.worker_cell, message);
        findings.push(match row.case.row.worker_says {
            WorkerSays::Team | WorkerSays::Role => finding.advising(
                "Name the worker who holds the case; if this is a person, write the first name and the surname.",
            ),
            _ => finding,
        });
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
            &["B3: This child has no named worker: a word for nobody in particular stands there."],
        );
    }

    #[test]
    fn what_stands_there_is_said_in_kind() {
        expect(
            check,
            "
                Child ID | Worker | Status
                C-101 | Ada Lovell | CP
                C-102 |  | CP
                C-103 | Vacant post (maternity) | CP
                C-104 | Duty | CP
                C-105 | Locality North | CP
                C-106 | Team Manager | CP
                C-107 | 123456 | CP
                C-108 | #REF! | CP
                C-109 | ? | CP
            ",
            &[
                "B3: This child has no named worker: nothing stands in the cell.",
                "B4: This child has no named worker: a vacant post stands there.",
                "B5: This child has no named worker: the duty desk stands there.",
                "B6: This child has no named worker: a team stands in place of a name.",
                "B7: This child has no named worker: a role stands in place of a name.",
                "B8: This child has no named worker: a figure stands in place of a name.",
                "B9: This child has no named worker: the cell shows an error or has no result.",
                "B10: This child has no named worker: a word for nobody in particular stands there.",
            ],
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
                C-103, Sam Pool, 1
                C-104, Mr Student, 1
                C-105, Jane Foster, 1
            ",
            &[],
        );
    }
}
