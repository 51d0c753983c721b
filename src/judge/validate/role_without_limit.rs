//! A role that no policy limits in this area.

use crate::field::caseload::{Entry, Role, Worker};
use crate::field::finding::{About, Finding, Rule, Severity};
use crate::field::rating::Measure;
use crate::policy::Policy;

use super::sources;
use super::view::View;

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
        // A policy that limits some roles alone judges the others by its points.
        let by_points = |policy: &Policy| {
            let meant =
                policy.points.as_ref().is_some_and(|model| model.is_meant_for(Some(area), member.worker.post.role));
            meant && policy.benchmark(Measure::Points, member.whom(), on).is_some()
        };
        if limiting.iter().all(|policy| policy.limits_for(member.whom(), on).is_empty() && !by_points(policy)) {
            let message = format!(
                "No chosen policy has a limit for {}, {}, in {}.",
                member.worker.who.name,
                member.worker.post.role.label(),
                area.label()
            );
            let held = if member.worker.holds.cases.is_empty() { Severity::Note } else { RULE.severity };
            let mut finding = member.finding(&RULE, member.worker.post.written_role.place(), message).weighing(held);
            let grades =
                |policy: &&&Policy| policy.grade_of(&member.worker.post).is_none() && !policy.grades.is_empty();
            if let Some(policy) = limiting.iter().find(grades) {
                let labels: Vec<String> = policy.grades.iter().map(|grade| grade.label.clone()).collect();
                finding = finding.advising(format!(
                    "Write the grade in the role column, as the policy tells them apart ({}), or record a limit agreed with the worker and its reason.",
                    labels.join(", ")
                ));
            }
            findings.push(finding);
        }
    }
}

/// Students are never scored for limits, an agreed limit stands for itself, and a role that is not
/// known is told already.
fn is_judged(worker: &Worker) -> bool {
    worker.post.role != Role::Student
        && worker.post.agreed.given().is_none()
        && !matches!(worker.post.written_role, Entry::Unclear(..))
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
    fn who_is_judged_by_the_same_policys_points_is_left_alone() {
        let sheet = "
            Child ID, Worker, Role, Points
            C-101, Ada Lovell, Social worker, 6
            C-102, Ben Marsh, NQSW, 6
        ";
        expect_by(&policies_named(&["wirral"]), check, sheet, &[]);
    }

    #[test]
    fn a_grade_that_is_not_written_is_asked_for() {
        let sheet = "
            Child ID, Worker, Role
            C-101, Ada Lovell, Social worker
            C-102, Ben Marsh, Social worker level 2
        ";
        let said = "C2: No chosen policy has a limit for Ada Lovell, social worker, in Locality / field.";
        expect_by(&policies_named(&["salford"]), check, sheet, &[said]);
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
