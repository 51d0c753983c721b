//! An FTE that cannot be used.

use crate::field::caseload::Entry;
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "fte-not-usable",
    severity: Severity::Error,
    about: About::Worker,
    what: "The FTE is no share of a post, no hours and no percent; the worker is not scored.",
    why: "Limits and benchmarks are shares of a full-time one; without FTE there is nothing to judge against.",
    action: "Enter the share of a full-time post, such as 0.6; if it is a council's own word for a full post, add it to your --columns file under [fte], for example full-time = [\"…\"].",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for member in view.members() {
        let name = &member.worker.who.name;
        match &member.worker.post.fte {
            Entry::Given(figure, at) if figure.fte.is_none() && !figure.written.is_zero() => {
                let written = figure.written;
                let message = format!("FTE {written} of {name} is neither a share of a post nor hours nor percent.");
                findings.push(member.finding(&RULE, Some(*at), message));
            }
            other => findings.extend(member.unclear(&RULE, other, format!("The FTE of {name} is not a figure."))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn figures_and_words_that_say_nothing_are_flagged() {
        expect(
            check,
            "
                Child ID, Worker, FTE
                C-101, Ada Lovell, 3
                C-102, Ben Marsh, some days
                C-103, Cy Reed, 250
            ",
            &[
                "C2: FTE 3 of Ada Lovell is neither a share of a post nor hours nor percent.",
                "C3: The FTE of Ben Marsh is not a figure.",
                "C4: FTE 250 of Cy Reed is neither…",
            ],
        );
    }

    #[test]
    fn hours_are_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, FTE
                C-101, Ada Lovell, 30
            ",
            &[],
        );
    }
}
