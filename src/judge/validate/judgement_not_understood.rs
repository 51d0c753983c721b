//! A manager's judgement that is no colour.

use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "judgement-not-understood",
    severity: Severity::Warning,
    about: About::Worker,
    what: "A manager's own judgement is none of red, amber and green; it is not shown.",
    why: "The judgement belongs beside the calculated colour and would be lost.",
    action: "Write red, amber or green, and the rest as the reason; if it is a council's own word, add it to your --columns file under [judgements], for example amber = [\"…\"].",
    source: sources::PRINCIPLES,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    let message = |name: &str| format!("The judgement of {name} is none of red, amber and green.");
    view.tell_unclear(&RULE, |worker| &worker.post.judgement, message, findings);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn words_are_flagged() {
        expect(
            check,
            "
                Child ID, Worker, Manager RAG
                C-101, Ada Lovell, tired
            ",
            &["C2: The judgement of Ada Lovell is none of red, amber and green."],
        );
    }

    #[test]
    fn a_colour_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Manager RAG
                C-101, Ada Lovell, Amber
            ",
            &[],
        );
    }
}
