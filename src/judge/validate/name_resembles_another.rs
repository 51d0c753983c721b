//! Two names that may be one worker.

use std::collections::BTreeSet;

use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "name-resembles-another",
    severity: Severity::Warning,
    about: About::Worker,
    what: "Two names resemble each other and were read as two workers.",
    why: "Two half loads would be two wrong greens.",
    action: "If they are one worker, write the name the same way on every row.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    let mut told = BTreeSet::new();
    for member in view.members() {
        for (other, at) in &member.worker.who.resembles {
            let name = &member.worker.who.name;
            if told.insert((name.min(other), name.max(other))) {
                let message = format!("{name} and {other} may be the same worker; they are counted as two.");
                findings.push(member.finding(&RULE, Some(*at), message));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn an_initial_is_flagged() {
        expect(
            check,
            "
                Child ID, Worker
                C-101, Ada Lovell
                C-102, A Lovell
            ",
            &["B2: Ada Lovell and A Lovell may be the same worker; they are counted as two."],
        );
    }

    #[test]
    fn another_initial_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker
                C-101, Ada Lovell
                C-102, B Lovell
            ",
            &[],
        );
    }
}
