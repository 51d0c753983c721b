//! Cases held by somebody whose limit is nought.

use crate::book::phrase::count;
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "cases-held-where-none-expected",
    severity: Severity::Error,
    about: About::Allocation,
    what: "A worker holds cases although the limit for their role is 0.",
    why: "A limit of 0 says that the role carries no caseload, so any case is one too many.",
    action: "Move the cases to workers of the team, or record a limit agreed with this worker and its reason.",
    source: sources::APPENDIX_A,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for member in view.members().filter(|member| member.worker.post.agreed.given().is_none()) {
        let chosen = view.policies.chosen.iter();
        let limits = chosen.flat_map(|policy| policy.limits_for(member.whom(), view.policies.as_of));
        let Some(none_expected) = limits.into_iter().find(|limit| limit.upper.is_zero()) else { continue };
        let held = member.worker.holds.cases.len();
        if held > 0 {
            let message = format!(
                "{} holds {} where none are expected ({}).",
                member.worker.who.name,
                count(held, "case", "cases"),
                none_expected.label
            );
            findings.push(member.finding(&RULE, None, message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn a_deputy_in_assessment_with_cases_is_flagged() {
        expect(
            check,
            "
                ## Assessment
                Child ID, Worker, Role
                C-101, Ada Lovell, Deputy team manager
                C-102, Ada Lovell, Deputy team manager
                C-103, Ben Marsh, Social worker
            ",
            &["B2: Ada Lovell holds 2 cases where none are expected (Assessment, deputy team manager)."],
        );
    }

    #[test]
    fn a_deputy_in_a_locality_team_is_left_alone() {
        expect(
            check,
            "
                ## Locality North
                Child ID, Worker, Role
                C-101, Ada Lovell, Deputy team manager
            ",
            &[],
        );
    }
}
