//! A child with two key workers in one workbook.

use std::collections::BTreeMap;

use crate::book::sheet::Place;
use crate::field::caseload::Subject;
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::{Row, View};

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "two-key-workers",
    severity: Severity::Error,
    about: About::Allocation,
    what: "The same child has two key workers in this workbook.",
    why: "The key worker alone is responsible; with two the child counts in both caseloads and nobody can be sure who acts.",
    action: "Keep the row of the worker who is responsible and make the other the co-worker.",
    source: sources::ALLOCATING,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    let mut holders: BTreeMap<&str, (&str, &str, Place)> = BTreeMap::new();
    let mut rows: Vec<Row> = view.held().filter(|row| row.case.subject == Subject::Child).collect();
    rows.sort_by_key(|row| row.case.place);
    for row in rows {
        let (Some(child), Some(worker)) = (row.case.who.child.given(), row.worker) else { continue };
        let first = holders.entry(child).or_insert((&worker.who.key, &worker.who.name, row.case.place));
        let (key, name, at) = *first;
        if key != worker.who.key {
            let message = format!(
                "This child has two key workers: {} here and {name} in {}.",
                worker.who.name,
                view.cell(at, row.case.place)
            );
            findings.push(row.finding(&RULE, None, message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn a_second_key_worker_is_flagged() {
        expect(
            check,
            "
                Child ID, Worker
                C-101, Ada Lovell
                C-101, Ben Marsh
            ",
            &["A3: This child has two key workers: Ben Marsh here and Ada Lovell in A2."],
        );
    }

    #[test]
    fn the_later_row_is_flagged() {
        expect(
            check,
            "
                Child ID, Worker
                C-101, Ada Lovell
                C-102, Ben Marsh
                C-102, Ada Lovell
            ",
            &["A4: This child has two key workers: Ada Lovell here and Ben Marsh in A3."],
        );
    }

    #[test]
    fn a_co_worker_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Co-worker
                C-101, Ada Lovell, Ben Marsh
                C-102, Ben Marsh, Ada Lovell
            ",
            &[],
        );
    }
}
