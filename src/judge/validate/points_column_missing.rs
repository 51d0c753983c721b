//! A sheet without the columns that points need.

use std::collections::BTreeSet;

use crate::field::caseload::{Case, Entry, Subject};
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::{Member, View};

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "points-column-missing",
    severity: Severity::Note,
    about: About::Sheet,
    what: "The household or the intervention level is in no column, or the column is empty, so points are not scored.",
    why: "The count of children says little of the work that they are; points would say more.",
    action: "Add and fill the column to be scored in points, or choose the policies you want with --policy; if its heading is a council's own, add it to your --columns file under [columns], for example household = [\"…\"].",
    source: sources::POINTS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    let with_levels = view.sheets_with_levels();
    let of_annex_a = |case: &Case| view.table(case.place).is_some_and(|table| table.layout.is_annex_a());
    let listed = view.held().map(|row| row.case).filter(|case| of_annex_a(case)).map(|case| case.place).min();
    if let Some(place) = listed {
        let message = "Annex A tells no household and no intervention level, so points are not scored.";
        findings.push(RULE.finding(Some(view.header(place)), message).advising(
            "Nothing to do for limits; to be scored in points, keep a caseload with a household and an intervention level for each child.",
        ));
    }
    for team in &view.caseload.teams {
        let members = team.workers.iter().map(|worker| Member { team, worker });
        let members = members.filter(|member| view.points_policy(*member).is_some());
        let cases = members.flat_map(|member| &member.worker.holds.cases);
        let cases = cases.filter(|case| case.subject == Subject::Child && !of_annex_a(case));
        let lacking = cases.filter_map(|case| match view.counts_only(case.place) {
            true => Some((case.place, "The sheet gives only counts of children")),
            false => Some((case.place, lack(case, &with_levels)?)),
        });
        if let Some((place, lack)) = lacking.min_by_key(|(place, _)| *place) {
            let message = format!("{lack}, so points are not scored in team {}.", team.name);
            findings.push(RULE.finding(Some(view.header(place)), message).in_team(&team.name));
        }
    }
}

/// What a case's sheet lacks for points.
fn lack(case: &Case, with_levels: &BTreeSet<usize>) -> Option<&'static str> {
    let household = matches!(case.household, Entry::NoColumn);
    let level = matches!(case.work.intervention, Entry::NoColumn);
    match (household, level) {
        (true, true) => Some("There is no column for the household, and none for the intervention level"),
        (true, false) => Some("There is no column for the household"),
        (false, true) => Some("There is no column for the intervention level"),
        (false, false) if !with_levels.contains(&case.place.sheet) => {
            Some("The column for the intervention level is empty")
        }
        (false, false) => None,
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
            &["A1: There is no column for the household, so points are not scored in team Locality North."],
        );
    }

    #[test]
    fn an_empty_column_is_told() {
        expect(
            check,
            "
                Child ID, Worker, Household, Intervention
                C-101, Ada Lovell, H1,
            ",
            &["A1: The column for the intervention level is empty, so points are not scored in team Locality North."],
        );
    }

    #[test]
    fn annex_a_is_told_once() {
        expect(
            check,
            "
                ## List 6
                Child Unique ID, CIN Start Date, Primary Need Code, Case status, Allocated Team, Allocated Worker
                C-101, 2025-01-02, N1, c) Child in need plan, Locality North, Ada Lovell
                C-102, 2025-01-02, N1, c) Child in need plan, Assessment, Ben Marsh
            ",
            &["A1: Annex A tells no household and no intervention level, so points are not scored."],
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
