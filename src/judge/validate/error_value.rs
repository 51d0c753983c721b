//! Cells that show an error.

use crate::book::sheet::Place;
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "error-value",
    severity: Severity::Error,
    about: About::Sheet,
    what: "A cell that is used shows an error value such as #REF!.",
    why: "What the cell should say is not known, and was not counted.",
    action: "Mend the formula, or type the value.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for (sheet, reading) in view.read_sheets() {
        for (cell, error) in &reading.error_values {
            let shown = if is_error(error) { error } else { "an error" };
            let message = format!("This cell shows {shown}; what it should say is not known.");
            findings.push(RULE.finding(Some(Place { sheet, cell: *cell }), message));
        }
    }
}

/// Whether it is one of Excel's words such as `#DIV/0!`; a file can say anything there.
fn is_error(text: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_uppercase() || b"/0!?_".contains(&byte);
    text.strip_prefix('#').is_some_and(|word| word.bytes().all(letter))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn a_broken_reference_is_flagged() {
        expect(
            check,
            "
                Child ID, Worker, FTE
                C-101, Ada Lovell, #REF!
            ",
            &["C2: This cell shows #REF!; what it should say is not known."],
        );
    }

    #[test]
    fn an_unused_column_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Gender
                C-101, Ada Lovell, #REF!
            ",
            &[],
        );
    }
}
