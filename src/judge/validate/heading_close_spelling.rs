//! A heading spelt nearly like one that is known.

use crate::book::sheet::{CellRef, Place};
use crate::field::finding::{About, Finding, Rule, Severity};
use crate::field::reading::HowRead;

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "heading-close-spelling",
    severity: Severity::Note,
    about: About::Sheet,
    what: "A heading was recognised by a close spelling.",
    why: "A heading taken for another one would put figures in the wrong place.",
    action: "Correct the spelling; if the heading means something else, rename the column, or add it to your --columns file under [ignored], for example headings = [\"…\"].",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for (sheet, table) in view.tables() {
        for column in &table.columns {
            if let HowRead::Close(listed) = &column.how {
                let cell = CellRef::new(table.header, column.column);
                let message = format!("This heading is read as “{listed}”, the {}.", column.meaning.label());
                findings.push(RULE.finding(Some(Place { sheet, cell }), message).quoting(&column.heading));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn a_slip_of_the_keys_is_told() {
        expect(
            check,
            "
                Child ID, Alocated worker
                C-101, Ada Lovell
            ",
            &["B1: This heading is read as “allocated worker”, the key worker."],
        );
    }

    #[test]
    fn a_listed_heading_is_left_alone() {
        expect(
            check,
            "
                Child ID, Allocated worker
                C-101, Ada Lovell
            ",
            &[],
        );
    }
}
