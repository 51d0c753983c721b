//! A worker cell with two names, or a name beside something else.

use std::collections::BTreeMap;

use crate::book::phrase::{count, listed};
use crate::book::sheet::Place;
use crate::field::caseload::WorkerSays;
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::{Row, View};

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "two-names-in-one-cell",
    severity: Severity::Warning,
    about: About::Allocation,
    what: "A worker cell names two people, or a person beside something else; the first is taken for the key worker.",
    why: "A case counts for its one key worker; a pair read as a worker of their own would take cases off both.",
    action: "Put the key worker's name alone into the cell, and a second worker into a co-worker column.",
    source: sources::APPENDIX_A,
};

/// A worker's key, what kind of text stands there, and the names beside.
type Beside<'a> = (&'a str, WorkerSays, Vec<&'a str>);

/// Adds what it finds: once for a worker and what stands beside the name, at the first such cell.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    let mut told: BTreeMap<Beside, (Row, Place, usize)> = BTreeMap::new();
    for row in view.rows() {
        let Some(worker) = row.worker else { continue };
        // Where a title or the sheet's name names the two, the co-worker stands there.
        let beside = row.case.co_workers.last().map(|(_, at)| *at);
        let cell = row.case.row.worker_cell.or(beside).unwrap_or(row.case.place);
        if !matches!(
            row.case.row.worker_says,
            WorkerSays::TwoNames | WorkerSays::NameAndNobody | WorkerSays::NameAndUnknown
        ) {
            continue;
        }
        let helpers = row.case.co_workers.iter().filter(|(_, at)| *at == cell);
        let helpers = helpers.map(|(name, _)| name.as_str()).collect();
        let rows = told.entry((&worker.who.key, row.case.row.worker_says, helpers)).or_insert((row, cell, 0));
        rows.2 += 1;
    }
    for ((_, says, helpers), (row, cell, rows)) in told {
        let worker = row.worker.map_or("", |worker| worker.who.name.as_str());
        let helpers = listed(&helpers.into_iter().map(str::to_string).collect::<Vec<_>>());
        let beside = match says {
            WorkerSays::TwoNames => {
                format!("{helpers} stands beside {worker} in this cell, and is taken for a co-worker")
            }
            WorkerSays::NameAndNobody => format!("A word for nobody stands beside {worker} in this cell"),
            _ => format!("Something that was not understood stands beside {worker} in this cell"),
        };
        let also =
            if rows > 1 { format!(" here and in {} more", count(rows - 1, "row", "rows")) } else { String::new() };
        let message = format!("{beside}; {worker} is taken for the key worker{also}.");
        findings.push(row.finding(&RULE, Some(cell), message));
    }
    for member in view.members().filter(|member| may_be_two(&member.worker.who.name)) {
        let name = &member.worker.who.name;
        let message = format!("“{name}” may be two workers; they are read as one.");
        findings.push(member.finding(&RULE, None, message));
    }
}

/// Whether a name that is read as one person's has a mark that may part two: `Ada / Ben`,
/// or two full names about a comma.
fn may_be_two(name: &str) -> bool {
    let full = |part: &str| part.split_whitespace().count() >= 2;
    let commas: Vec<&str> = name.split(',').collect();
    name.contains(['/', '\\', '&', ';', '+', '|'])
        || [" and ", " with "].iter().any(|joint| name.to_lowercase().contains(joint))
        || commas.len() > 2
        || (commas.len() == 2 && commas.iter().all(|part| full(part)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn a_second_name_is_a_co_worker() {
        expect(
            check,
            "
                Child ID | Worker
                C-101 | Ada Lovell / Ben Marsh
                C-102 | Ada Lovell / Ben Marsh
                C-103 | Ada Lovell (Cy Reed)
                C-104 | Dot Sand & Ada Lovell
            ",
            &[
                "B2: Ben Marsh stands beside Ada Lovell in this cell, and is taken for a co-worker; Ada Lovell is taken for the key worker here and in 1 row more.",
                "B4: Cy Reed stands beside Ada Lovell in this cell, and is taken for a co-worker; Ada Lovell is taken for the key worker.",
                "B5: Ada Lovell stands beside Dot Sand in this cell, and is taken for a co-worker; Dot Sand is taken for the key worker.",
            ],
        );
    }

    #[test]
    fn a_word_for_nobody_beside_a_name_is_told() {
        expect(
            check,
            "
                Child ID | Worker
                C-101 | Ada Lovell / TBC
                C-102 | Ada Lovell / Nightingale
                C-103 | Ada Lovell
                C-104 | Duty / Ada Lovell
            ",
            &[
                "B2: A word for nobody stands beside Ada Lovell in this cell; Ada Lovell is taken for the key worker here and in 1 row more.",
                "B3: Something that was not understood stands beside Ada Lovell in this cell; Ada Lovell is taken for the key worker.",
            ],
        );
    }

    #[test]
    fn what_may_be_two_and_is_read_as_one_is_told() {
        expect(
            check,
            "
                Child ID | Worker
                C-101 | Ada / Ben
                C-102 | Ada Lovell, Ben Marsh
            ",
            &[
                "B2: “Ada / Ben” may be two workers; they are read as one.",
                "B3: “Ada Lovell, Ben Marsh” may be two workers; they are read as one.",
            ],
        );
    }

    #[test]
    fn one_name_is_left_alone() {
        expect(
            check,
            "
                Child ID | Worker
                C-101 | Ada Smith-Jones
                C-102 | Smith Jones, Ada
                C-103 | Ben Marsh (0.8) - ASYE
                C-104 | Cy Reed S/W
                C-105 | Dot Sand (Maternity Cover)
            ",
            &[],
        );
    }
}
