//! A sheet without the columns that points need.

use super::*;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "points-column-missing",
    severity: Severity::Note,
    about: About::Sheet,
    what: "A team has no column for the household or the intervention level, so points are not scored.",
    why: "The count of children says little of the work that they are; points would say more.",
    action: "Add the column to be scored in points, or choose the policies you want with --policy.",
    source: sources::POINTS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for team in &view.caseload.teams {
        let missing = [Meaning::Household, Meaning::Intervention];
        let missing = missing.iter().filter(|meaning| !team.columns.contains(meaning));
        let missing: Vec<String> = missing.map(|meaning| meaning.label().to_string()).collect();
        let scored =
            |worker: &Worker| !worker.cases.is_empty() && view.points_policy(Member { team, worker }).is_some();
        if !missing.is_empty() && team.workers.iter().any(scored) {
            let at = team.workers.iter().find_map(Worker::place).map(|at| view.header(at));
            let message =
                format!("Team {} has no column for {}, so points are not scored.", team.name, listed(&missing));
            findings.push(RULE.finding(at, message).in_team(&team.name));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn a_team_without_households_is_told() {
        expect(
            check,
            "
                Child ID, Worker, Intervention
                C-101, Ada Lovell, 2
            ",
            &["A1: Team Locality North has no column for household, so points are not scored."],
        );
    }

    #[test]
    fn both_columns_are_enough() {
        expect(
            check,
            "
                Child ID, Worker, Household, Intervention
                C-101, Ada Lovell, H1, 2
            ",
            &[],
        );
    }

    #[test]
    fn fostering_is_left_alone() {
        expect(
            check,
            "
                ## Fostering
                Foster carer, Worker
                F-101, Ada Lovell
            ",
            &[],
        );
    }
}
