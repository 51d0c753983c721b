//! Blank cells below a name that may mean either thing.

use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "blank-worker-cannot-be-told",
    severity: Severity::Error,
    about: About::Worker,
    what: "It cannot be told whether blank worker cells mean the worker above or nobody; the workers concerned are not scored.",
    why: "Taken for the worker above they may be a wrong red, taken for nobody a wrong green.",
    action: "Write the worker on every row, or “unallocated” where there is none.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for (member, at) in view.members().filter_map(|member| Some((member, member.worker.holds.unclear_below?))) {
        let message = format!("This blank cell may mean {} or nobody.", member.worker.who.name);
        findings.push(member.finding(&RULE, Some(at), message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn half_of_the_rows_is_asked_about() {
        expect(
            check,
            "
                Child ID, Worker
                C-101, Ada Lovell
                C-102,
                C-103, Ben Marsh
                C-104,
            ",
            &[
                "B3: This blank cell may mean Ada Lovell or nobody.",
                "B5: This blank cell may mean Ben Marsh or nobody.",
            ],
        );
    }

    #[test]
    fn most_of_the_rows_is_fill_down() {
        expect(
            check,
            "
                Child ID, Worker
                C-101, Ada Lovell
                C-102,
                C-103,
                C-104,
            ",
            &[],
        );
    }
}
