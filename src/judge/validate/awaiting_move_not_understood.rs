//! A transfer or closure that was not understood.

use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "awaiting-move-not-understood",
    severity: Severity::Warning,
    about: About::Case,
    what: "It is not clear whether a case awaits transfer, closure or step-down; it is taken not to.",
    why: "What awaits a move explains a load above the limit for a while.",
    action: "Write yes or no, or what the case awaits; if it is a council's own tick, add it to your --columns file under [ticks], for example yes = [\"…\"].",
    source: sources::ALLOCATING,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    let message = "It is not clear whether this case awaits transfer or closure.";
    view.tell_unclear_cases(&RULE, |case| &case.awaiting_move, &[], message, findings);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn other_words_are_flagged() {
        expect(
            check,
            "
                Child ID, Worker, Awaiting transfer
                C-101, Ada Lovell, see file
            ",
            &["C2: It is not clear whether this case awaits transfer or closure."],
        );
    }

    #[test]
    fn ticks_and_blanks_are_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Awaiting transfer
                C-101, Ada Lovell, Yes
                C-102, Ada Lovell,
            ",
            &[],
        );
    }
}
