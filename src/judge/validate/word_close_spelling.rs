//! A word spelt nearly like one that is known.

use crate::book::sheet::Place;
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "word-close-spelling",
    severity: Severity::Note,
    about: About::Sheet,
    what: "A role, status or other word was recognised by a close spelling.",
    why: "A word taken for another one would change what is counted.",
    action: "Correct the spelling; if the word means something else, write another one, or add it to your --columns file under what it means, such as [roles] or [statuses].",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for (sheet, reading) in view.read_sheets() {
        for (cell, listed) in &reading.close_words {
            let message = format!("This is read as “{listed}”, which is spelt nearly like it.");
            findings.push(RULE.finding(Some(Place { sheet, cell: *cell }), message));
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
                Child ID, Worker, Role
                C-101, Ada Lovell, Socail worker
            ",
            &["C2: This is read as “social worker”, which is spelt nearly like it."],
        );
    }

    #[test]
    fn a_listed_word_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Role
                C-101, Ada Lovell, Social worker
            ",
            &[],
        );
    }
}
