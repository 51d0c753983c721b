//! A worker awaiting registration whose case no manager oversees as co-worker.

use crate::book::phrase::count;
use crate::field::caseload::{Case, Role, Team, Worker};
use crate::field::finding::{About, Finding, Rule, Severity};
use crate::field::reading::Meaning;

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "awaiting-registration-without-manager",
    severity: Severity::Error,
    about: About::Allocation,
    what: "A worker awaiting registration holds a case without a manager as co-worker.",
    why: "Until a worker is registered the team manager is allocated as co-worker to oversee their practice.",
    action: "Name the team manager, or the deputy, as co-worker of the case.",
    source: sources::ALLOCATING,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for member in view.members().filter(|member| member.worker.post.role == Role::AwaitingRegistration) {
        let name = &member.worker.who.name;
        if !says_co_workers(member.team) && !member.worker.holds.cases.is_empty() {
            let message = format!(
                "{name} awaits registration, and no column says whether a manager is co-worker of the {} held.",
                count(member.worker.holds.cases.len(), "case", "cases")
            );
            let advice = "Add a column for the co-worker and name the team manager, or the deputy, in it.";
            findings.push(member.finding(&RULE, None, message).weighing(Severity::Warning).advising(advice));
            continue;
        }
        for row in member.held() {
            match overseen(view, row.case) {
                Overseen::Manager => {}
                Overseen::Nobody => {
                    let message =
                        format!("{name} awaits registration and holds this case without a manager as co-worker.");
                    findings.push(row.finding(&RULE, None, message));
                }
                Overseen::Unknown => {
                    let message =
                        format!("{name} awaits registration, and the role of this case's co-worker is not known.");
                    let advice = "Give the co-worker's role; it has to be the team manager or the deputy.";
                    findings.push(row.finding(&RULE, None, message).weighing(Severity::Warning).advising(advice));
                }
            }
        }
    }
}

enum Overseen {
    Manager,
    Nobody,
    Unknown,
}

fn says_co_workers(team: &Team) -> bool {
    team.columns.contains(&Meaning::CoWorker) || team.columns.contains(&Meaning::Holding)
}

fn overseen(view: &View, case: &Case) -> Overseen {
    let helps = |worker: &&Worker| worker.holds.co_worked.iter().any(|helped| same_case(helped, case));
    let helpers: Vec<&Worker> = view.caseload.workers().map(|(_, worker)| worker).filter(helps).collect();
    let manages = |worker: &&Worker| matches!(worker.post.role, Role::TeamManager | Role::DeputyTeamManager);
    if helpers.iter().any(manages) {
        Overseen::Manager
    } else if helpers.len() < case.co_workers.len()
        || helpers.iter().any(|worker| worker.post.written_role.given().is_none())
    {
        Overseen::Unknown
    } else {
        Overseen::Nobody
    }
}

fn same_case(one: &Case, other: &Case) -> bool {
    one.place == other.place || one.who.child.given().is_some_and(|child| other.who.child.given() == Some(child))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn a_case_without_a_manager_is_flagged() {
        expect(
            check,
            "
                Child ID, Worker, Role, Co-worker
                C-101, Ada Lovell, Awaiting registration,
                C-102, Ada Lovell, Awaiting registration, Ben Marsh
                C-103, Ben Marsh, Social worker,
            ",
            &[
                "A2: Ada Lovell awaits registration and holds this case without a manager as co-worker.",
                "A3: Ada Lovell awaits registration and holds this case without a manager as co-worker.",
            ],
        );
    }

    #[test]
    fn a_case_overseen_by_the_manager_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Role, Co-worker
                C-101, Ada Lovell, Awaiting registration, Mo Tarn
                C-102, Mo Tarn, Team manager,
            ",
            &[],
        );
    }

    #[test]
    fn what_cannot_be_told_is_asked() {
        expect(
            check,
            "
                Child ID, Worker, Role, Co-worker
                C-101, Ada Lovell, Awaiting registration, Mo Tarn
                ## Locality South
                Child ID, Worker, Role
                C-102, Cy Reed, Awaiting registration
            ",
            &[
                "A2 warning: Ada Lovell awaits registration, and the role of this case's co-worker is not known.",
                "Locality South!B2 warning: Cy Reed awaits registration, and no column says whether a manager is co-worker of the 1 case held.",
            ],
        );
    }
}
