//! A start in practice after the as-of date.

use crate::book::phrase::day;
use crate::field::caseload::Entry;
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "start-date-in-future",
    severity: Severity::Warning,
    about: About::Worker,
    what: "A worker's start in practice lies after the date that all is judged on.",
    why: "Somebody who has not started cannot hold cases, or the date is wrong and with it the limit.",
    action: "Correct the date, or take the worker off the sheet until they start.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for member in view.members() {
        if let Entry::Given(started, at) = &member.worker.post.started
            && *started > view.policies.as_of
        {
            let [started, as_of] = [*started, view.policies.as_of].map(day);
            let message = format!("{} starts in practice on {started}, after {as_of}.", member.worker.who.name);
            findings.push(member.finding(&RULE, Some(*at), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn the_next_day_is_flagged() {
        expect(
            check,
            "
                Child ID, Worker, Worker start date
                C-101, Ada Lovell, 2025-10-01
            ",
            &["C2: Ada Lovell starts in practice on 01/10/2025, after 30/09/2025."],
        );
    }

    #[test]
    fn the_day_itself_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Worker start date
                C-101, Ada Lovell, 2025-09-30
            ",
            &[],
        );
    }
}
