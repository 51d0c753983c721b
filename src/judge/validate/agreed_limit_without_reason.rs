//! A limit agreed without a reason.

use crate::field::caseload::Entry;
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "agreed-limit-without-reason",
    severity: Severity::Warning,
    about: About::Worker,
    what: "A limit is agreed with a worker, and no reason is given.",
    why: "An agreed limit replaces that of the policy; without its reason nobody else can understand it.",
    action: "Write why the limit was agreed, and when it will be looked at again.",
    source: sources::ALLOCATING,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for member in view.members() {
        if let Entry::Given(agreed, at) = &member.worker.post.agreed
            && agreed.reason.is_empty()
        {
            let message =
                format!("A limit of {} is agreed with {} without a reason.", agreed.limit, member.worker.who.name);
            findings.push(member.finding(&RULE, Some(*at), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn an_agreed_limit_alone_is_flagged() {
        expect(
            check,
            "
                Child ID, Worker, Agreed limit, Agreed limit reason
                C-101, Ada Lovell, 15,
            ",
            &["C2: A limit of 15 is agreed with Ada Lovell without a reason."],
        );
    }

    #[test]
    fn an_agreed_limit_with_its_reason_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Agreed limit, Agreed limit reason
                C-101, Ada Lovell, 15, phased return
            ",
            &[],
        );
    }
}
