//! A role that no policy limits in this area.

use super::*;
use crate::policy::Policy;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "role-without-limit",
    severity: Severity::Warning,
    about: About::Worker,
    what: "No chosen policy gives a limit for this role in this service area, so the worker is not scored for limits.",
    why: "What is not scored is not green: the load still wants somebody who looks at it.",
    action: "Look at the load yourself, or record a limit agreed with the worker and its reason.",
    source: sources::APPENDIX_A,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    let limiting = view.policies.chosen.iter().filter(|policy| !policy.limits.is_empty());
    let limiting: Vec<&Policy> = limiting.collect();
    for member in view.members().filter(|member| !limiting.is_empty() && is_judged(member.worker)) {
        let Some(area) = member.team.area else { continue };
        let on = view.policies.as_of;
        if limiting.iter().all(|policy| policy.limits_for(member.whom(), on).is_empty()) {
            let message = format!(
                "No chosen policy has a limit for {}, {}, in {}.",
                member.worker.name,
                member.worker.role.label(),
                area.label()
            );
            let held = if member.worker.cases.is_empty() { Severity::Note } else { RULE.severity };
            findings.push(member.finding(&RULE, member.worker.written_role.place(), message).weighing(held));
        }
    }
}

/// Students are never scored for limits, an agreed limit stands for itself, and a role that is not
/// known is told already.
fn is_judged(worker: &Worker) -> bool {
    worker.role != Role::Student
        && worker.agreed.given().is_none()
        && !matches!(worker.written_role, Entry::Unclear(..))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn a_team_manager_with_cases_is_flagged() {
        expect(
            check,
            "
                Child ID, Worker, Role
                C-101, Ada Lovell, Team manager
                C-102, Ben Marsh, Social worker
            ",
            &["C2: No chosen policy has a limit for Ada Lovell, team manager, in Locality / field."],
        );
    }

    #[test]
    fn a_deputy_in_a_locality_team_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Role
                C-101, Ada Lovell, Deputy team manager
                C-102, Ben Marsh, NQSW
            ",
            &[],
        );
    }

    #[test]
    fn without_cases_it_is_a_note() {
        expect(
            check,
            "
                Child ID, Worker
                C-102, Ben Marsh
                ## Roster
                Worker, Role, FTE
                Ada Lovell, Team manager, 1
                Ben Marsh, Social worker, 1
            ",
            &["Roster!B2 note: No chosen policy has a limit for Ada Lovell…"],
        );
    }
}
