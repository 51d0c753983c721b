//! Proceedings that were not understood.

use crate::field::finding::{About, Finding, Rule, Severity};
use crate::field::reading::Meaning;

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "proceedings-not-known",
    severity: Severity::Warning,
    about: About::Case,
    what: "The proceedings cell is not understood; the case is taken to be in none.",
    why: "Care proceedings are among the heaviest work there is, and would be missing from the load.",
    action: "Write care proceedings, private proceedings or none; if it is a council's own word, add it to your --columns file under [proceedings], for example care = [\"…\"].",
    source: sources::POINTS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    let message = "It is not clear whether this case is in proceedings.";
    view.tell_unclear_cases(
        &RULE,
        |case| &case.proceedings,
        &[Meaning::Proceedings, Meaning::PrivateProceedings],
        message,
        findings,
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn a_word_in_no_list_is_flagged() {
        expect(
            check,
            "
                Child ID, Worker, Proceedings
                C-101, Ada Lovell, perhaps in May
            ",
            &["C2: It is not clear whether this case is in proceedings."],
        );
    }

    #[test]
    fn known_words_and_a_blank_are_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Proceedings
                C-101, Ada Lovell, Care proceedings
                C-102, Ada Lovell, None
                C-103, Ada Lovell,
            ",
            &[],
        );
    }
}
