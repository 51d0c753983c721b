//! Workers whose name stands in no column.

use crate::book::phrase::{count, listed};
use crate::book::sheet::Place;
use crate::field::finding::{About, Finding, Rule, Severity};
use crate::field::reading::Meaning;

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "worker-from-name",
    severity: Severity::Note,
    about: About::Sheet,
    what: "No column gives the key worker; the name of the sheet, the file or a title is taken for theirs.",
    why: "A name that is no worker's would put the cases on somebody who does not exist.",
    action: "Check the names; a column for the worker leaves no doubt.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    let mut sure = Vec::new();
    let mut teams = Vec::new();
    for (sheet, table) in view.tables().filter(|(_, table)| table.column(Meaning::Worker).is_none()) {
        let Some(whose) = &table.whose else { continue };
        let at = Place { sheet, cell: whose.at.unwrap_or(table.first_heading()) };
        if whose.sure && whose.may_be_a_team {
            teams.push((at, whose.name.clone()));
        } else if whose.sure {
            sure.push(at);
        } else {
            let message = format!("{} is taken for the worker whose cases these are, from {}.", whose.name, whose.from);
            findings.push(
                RULE.finding(Some(at), message)
                    .weighing(Severity::Warning)
                    .advising("Write “Worker:” in front of the name above the table, or add a column for the worker."),
            );
        }
    }
    if let Some((first, _)) = teams.first() {
        let names: Vec<String> = teams.iter().map(|(_, name)| name.clone()).collect();
        let (names, taken) = match names.len() {
            1 => (listed(&names), "is taken for a worker, and may be a team"),
            _ => (listed(&names), "are taken for workers, and may be teams"),
        };
        let finding = RULE.finding(Some(*first), format!("{names} {taken}."));
        let todo = "Check that they are workers; give the sheets full names, or add a column for the worker.";
        findings.push(finding.weighing(Severity::Warning).advising(todo));
    }
    if let Some(first) = sure.first() {
        let tables = count(
            sure.len(),
            "table is read as the cases of one worker",
            "tables are each read as the cases of one worker",
        );
        let message = format!("{tables}, named by a title or by the sheet; the first of them is here.");
        findings.push(RULE.finding(Some(*first), message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn one_name_without_a_label_is_asked_about() {
        expect(
            check,
            "
                ## Ada Lovell
                Child ID | Status
                C-101 | CP
            ",
            &["A1 warning: Ada Lovell is taken for the worker whose cases these are, from the sheet's name."],
        );
    }

    #[test]
    fn several_are_told_once() {
        expect(
            check,
            "
                ## Ada Lovell
                Child ID | Status
                C-101 | CP
                ## Ben Marsh
                Child ID | Status
                C-102 | CP
            ",
            &[
                "A1: 2 tables are each read as the cases of one worker, named by a title or by the sheet; the first of them is here.",
            ],
        );
    }

    #[test]
    fn a_column_of_workers_is_left_alone() {
        expect(check, "## Ada Lovell\nChild ID, Worker\nC-101, Ben Marsh", &[]);
    }
}
