//! A newly qualified social worker as key worker of a child on a child protection plan.

use crate::field::caseload::{CaseStatus, Role, Stage, Worker};
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "nqsw-key-worker-of-cp",
    severity: Severity::Error,
    about: About::Allocation,
    what: "A newly qualified social worker is key worker of a child on a child protection plan.",
    why: "Newly qualified social workers are not allocated child protection cases as key worker; responsibility stays with an experienced worker.",
    action: "Give the case to an experienced worker as key worker; towards the end of the first year the newly qualified worker may be co-worker.",
    source: sources::ALLOCATING,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for member in view.members().filter(|member| is_nqsw(member.worker)) {
        for row in member.held().filter(|row| row.case.has(CaseStatus::ChildProtection)) {
            let name = &member.worker.who.name;
            let message = format!("{name} is newly qualified and key worker of a child on a child protection plan.");
            findings.push(row.finding(&RULE, row.case.status.place(), message));
        }
    }
}

fn is_nqsw(worker: &Worker) -> bool {
    worker.post.role == Role::Nqsw || worker.post.stage.is_some_and(Stage::is_nqsw)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn an_nqsw_holding_a_cp_case_is_flagged() {
        expect(
            check,
            "
                Child ID, Worker, Role, Experience, Status
                C-101, Ada Lovell, NQSW, 6-12 months, CP
                C-102, Ada Lovell, NQSW, 6-12 months, CiN
            ",
            &["E2: Ada Lovell is newly qualified and key worker of a child on a child protection plan."],
        );
    }

    #[test]
    fn a_plan_ticked_below_its_heading_is_flagged() {
        expect(
            check,
            "
                Child ID, Worker, Role, Experience, CIN, CP, LAC
                C-101, Ada Lovell, NQSW, 6-12 months, , x,
                C-102, Ada Lovell, NQSW, 6-12 months, x, ,
                C-103, Ada Lovell, NQSW, 6-12 months, no, 0, yes
                C-104, Ada Lovell, NQSW, 6-12 months, , 1, 1
            ",
            &[
                "F2: Ada Lovell is newly qualified and key worker of a child on a child protection plan.",
                "F5: Ada Lovell is newly qualified and key worker of a child on a child protection plan.",
            ],
        );
    }

    #[test]
    fn an_nqsw_helping_with_it_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Role, Experience, Status, Co-worker
                C-101, Ben Marsh, Social worker, 3 years, CP, Ada Lovell
                C-102, Ada Lovell, NQSW, 6-12 months, CiN,
            ",
            &[],
        );
    }
}
