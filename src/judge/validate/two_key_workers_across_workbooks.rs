//! A child with key workers in two workbooks.

use crate::field::caseload::{Subject, Worker};
use crate::field::elsewhere::Other;
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "two-key-workers-across-workbooks",
    severity: Severity::Error,
    about: About::Allocation,
    what: "The same child has another key worker in another workbook of the run.",
    why: "A child passed from team to team may stand in both caseloads, and neither team can see it.",
    action: "Agree with the other team who holds the case, and close or remove the row of the other.",
    source: sources::ALLOCATING,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for row in view.held().filter(|row| row.case.subject == Subject::Child) {
        let (Some(child), Some(worker)) = (row.case.who.child.given(), row.worker) else { continue };
        let others = view.elsewhere.children.get(child).map_or(&[][..], Vec::as_slice);
        if let Some(other) = others.iter().find(|other| !same_person(view, worker, other)) {
            let message = format!(
                "{} is key worker of this child here and {} in team {} of {}.",
                worker.who.name, other.worker, other.team, other.file
            );
            findings.push(row.finding(&RULE, None, message));
        }
    }
}

/// Whether the worker named in another workbook is this one, by the key both are compared by.
fn same_person(view: &View, worker: &Worker, other: &Other) -> bool {
    let namesakes = view.elsewhere.workers.get(&worker.who.key).map_or(&[][..], Vec::as_slice);
    namesakes.iter().any(|known| known.file == other.file && known.worker == other.worker)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn another_key_worker_elsewhere_is_flagged() {
        expect(
            check,
            "
                Child ID, Worker
                C-101, Ada Lovell
                C-102, Ada Lovell
                === south.xlsx
                Child ID, Worker
                C-101, Ben Marsh
            ",
            &["A2: Ada Lovell is key worker of this child here and Ben Marsh in team Locality South of south.xlsx."],
        );
    }

    #[test]
    fn the_same_worker_elsewhere_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker
                C-101, Ada Lovell
                === south.xlsx
                Child ID, Worker
                C-101, ada  lovell
                C-102, Ben Marsh
            ",
            &[],
        );
    }
}
