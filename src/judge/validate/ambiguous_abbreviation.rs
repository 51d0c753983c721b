//! An abbreviation that has more than one meaning.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::phrase::count;
use crate::book::sheet::{CellRef, Place};
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "ambiguous-abbreviation",
    severity: Severity::Warning,
    about: About::Sheet,
    what: "An abbreviation has more than one meaning, and nothing beside it tells which; the likelier one is read.",
    why: "CL is a care leaver to some and a child looked after to others; read wrongly it counts for too little or too much.",
    action: "Write the word out, or say which it is in your --columns file, under [statuses] or [roles].",
    source: sources::OURS,
};

/// Adds what it finds: once for a column and what its cells are read as.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for (sheet, reading) in view.read_sheets() {
        let mut columns: BTreeMap<(u32, &str), BTreeSet<CellRef>> = BTreeMap::new();
        for (cell, read_as) in &reading.ambiguous {
            columns.entry((cell.column, read_as)).or_default().insert(*cell);
        }
        for ((_, read_as), cells) in columns {
            let also = match cells.len() - 1 {
                0 => String::new(),
                more => format!(", here and in {} of the column", count(more, "more cell", "more cells")),
            };
            let message = format!("This abbreviation has more than one meaning; it is read as {read_as}{also}.");
            let first = cells.first().map(|cell| Place { sheet, cell: *cell });
            findings.push(RULE.finding(first, message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn an_abbreviation_is_told_once_a_column() {
        expect(
            check,
            "
                Child ID, Worker, Role, Status
                C-101, Ada Lovell, SWA, CL
                C-102, Ada Lovell, SWA, CL
                C-103, Ada Lovell, SWA, S31
            ",
            &[
                "C2: This abbreviation has more than one meaning; it is read as family support worker, here and in 2 more cells of the column.",
                "D2: This abbreviation has more than one meaning; it is read as care leaver, here and in 1 more cell of the column.",
                "D4: This abbreviation has more than one meaning; it is read as care proceedings.",
            ],
        );
    }

    #[test]
    fn where_the_team_tells_it_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Team, Role, Status
                C-101, Ada Lovell, Leaving Care, PA, CL
                C-102, Ben Marsh, Locality, SSW, CIN
            ",
            &[],
        );
    }
}
