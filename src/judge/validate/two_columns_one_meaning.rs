//! Two columns of one meaning.

use crate::book::sheet::{CellRef, Place, column_letters};
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "two-columns-one-meaning",
    severity: Severity::Warning,
    about: About::Sheet,
    what: "Two columns have the same meaning; the first is used.",
    why: "The other column may be the one that is kept up to date.",
    action: "Delete or rename the column that does not count, or add it to your --columns file under [ignored], for example headings = [\"…\"].",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for (sheet, table) in view.tables() {
        for column in &table.doubled {
            let cell = CellRef::new(table.header, column.column);
            let used = table.column(column.meaning).map_or("another".into(), column_letters);
            let message =
                format!("This column gives the {} as column {used} does, which is used.", column.meaning.label());
            findings.push(RULE.finding(Some(Place { sheet, cell }), message).quoting(&column.heading));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn a_second_column_of_workers_is_flagged() {
        expect(
            check,
            "
                Child ID, Worker, Allocated worker
                C-101, Ada Lovell, Ben Marsh
            ",
            &["C1: This column gives the key worker as column B does, which is used."],
        );
    }

    #[test]
    fn worker_and_co_worker_are_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Co-worker
                C-101, Ada Lovell, Ben Marsh
            ",
            &[],
        );
    }
}
