//! A student as key worker.

use crate::field::caseload::{Role, Stage, Worker};
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::{View, subject};

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "student-key-worker",
    severity: Severity::Error,
    about: About::Allocation,
    what: "A student social worker is key worker of a case.",
    why: "Students co-work; their practice educator stays the allocated social worker.",
    action: "Name the practice educator as key worker and the student as co-worker.",
    source: sources::ALLOCATING,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for member in view.members().filter(|member| is_student(member.worker)) {
        for row in member.held() {
            let message =
                format!("{} is a student and key worker of this {}.", member.worker.who.name, subject(row.case));
            findings.push(row.finding(&RULE, None, message));
        }
    }
}

fn is_student(worker: &Worker) -> bool {
    worker.post.role == Role::Student || matches!(worker.post.stage, Some(Stage::Student1 | Stage::Student2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn each_case_of_a_student_is_flagged() {
        expect(
            check,
            "
                Child ID, Worker, Role
                C-101, Ada Lovell, Student social worker
                C-102, Ada Lovell, Student social worker
            ",
            &[
                "A2: Ada Lovell is a student and key worker of this child.",
                "A3: Ada Lovell is a student and key worker of this child.",
            ],
        );
    }

    #[test]
    fn a_student_as_co_worker_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Role, Co-worker
                C-101, Ben Marsh, Social worker, Ada Lovell
            ",
            &[],
        );
    }
}
