//! A manager's judgement without a reason.

use crate::field::caseload::Entry;
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "judgement-without-reason",
    severity: Severity::Warning,
    about: About::Worker,
    what: "A manager's own judgement of a worker has no reason beside it.",
    why: "The judgement is shown beside the calculated colour; only its reason says what the numbers hide.",
    action: "Write in a sentence why the load is as you judge it.",
    source: sources::PRINCIPLES,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for member in view.members() {
        if let Entry::Given(judgement, at) = &member.worker.post.judgement
            && judgement.reason.is_empty()
        {
            let message = format!("{} is judged {} without a reason.", member.worker.who.name, judgement.rag);
            findings.push(member.finding(&RULE, Some(*at), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn a_colour_alone_is_flagged() {
        expect(
            check,
            "
                Child ID, Worker, Manager RAG, Reason for judgement
                C-101, Ada Lovell, Red,
            ",
            &["C2: Ada Lovell is judged red without a reason."],
        );
    }

    #[test]
    fn a_colour_with_its_reason_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Manager RAG, Reason for judgement
                C-101, Ada Lovell, Red, two complex cases
            ",
            &[],
        );
    }
}
