//! A household without an intervention level.

use crate::field::caseload::Entry;
use crate::field::finding::{About, Finding, Rule, Severity};
use crate::policy::figure_ids;

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "intervention-blank",
    severity: Severity::Warning,
    about: About::Case,
    what: "A household has no intervention level although others have; medium is assumed.",
    why: "Blank is not “no work”, and a wrong green is worse than a question.",
    action: "Enter the intervention level of the household.",
    source: sources::POINTS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    let sheets_with_levels = view.sheets_with_levels();
    for member in view.members().filter(|member| view.earns_points(*member)) {
        for household in member.worker.households().unwrap_or_default() {
            let blank = household.cases.iter().all(|case| matches!(case.work.intervention, Entry::Blank(_)));
            let first = household.cases[0].work.intervention.place();
            if let Some(at) = first.filter(|at| blank && sheets_with_levels.contains(&at.sheet)) {
                let assumed = view.policies.value(figure_ids::POINTS_BLANK);
                let message = format!("This household has no intervention level; medium, {assumed}, is assumed.");
                findings.push(member.finding(&RULE, Some(at), message));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn a_household_without_any_level_is_flagged() {
        expect(
            check,
            "
                Child ID, Worker, Household, Intervention
                C-101, Ada Lovell, H1, 3
                C-102, Ada Lovell, H2,
                C-103, Ada Lovell, H2,
            ",
            &["D3: This household has no intervention level; medium, 2, is assumed."],
        );
    }

    #[test]
    fn a_level_on_a_siblings_row_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Household, Intervention
                C-101, Ada Lovell, H1, 3
                C-102, Ada Lovell, H2,
                C-103, Ada Lovell, H2, 2
            ",
            &[],
        );
    }
}
