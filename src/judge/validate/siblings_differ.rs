//! Siblings whose rows carry different household figures.

use rust_decimal::Decimal;

use crate::book::sheet::Place;
use crate::field::caseload::{Case, Entry, Household, Level};
use crate::field::finding::{About, Finding, Rule, Severity};
use crate::policy::figure_ids;

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "siblings-differ",
    severity: Severity::Warning,
    about: About::Case,
    what: "Rows of one household give different intervention levels or additional factors; the highest counts.",
    why: "These figures are given once for each household, so one of the rows is wrong.",
    action: "Write the same figure on every row of the household, or on one row only.",
    source: sources::POINTS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for member in view.members().filter(|member| view.earns_points(*member)) {
        for household in member.worker.households().unwrap_or_default() {
            let levels = figures(&household, |case| {
                let Entry::Given(level, at) = &case.work.intervention else { return None };
                Some((points(view, *level), *at))
            });
            let additional = figures(&household, |case| match &case.work.additional {
                Entry::Given(points, at) => Some((*points, *at)),
                _ => None,
            });
            for (word, figures) in [("intervention levels", levels), ("additional factors", additional)] {
                let differing = figures.iter().find(|(figure, _)| *figure != figures[0].0);
                if let Some((_, at)) = differing {
                    let first = view.cell(figures[0].1, *at);
                    let message =
                        format!("The household's {word} differ between here and {first}; the highest counts.");
                    findings.push(member.finding(&RULE, Some(*at), message));
                }
            }
        }
    }
}

fn figures(household: &Household, figure: impl Fn(&Case) -> Option<(Decimal, Place)>) -> Vec<(Decimal, Place)> {
    household.cases.iter().filter_map(|case| figure(case)).collect()
}

/// The points of a level, so that `low` and 1 are the same.
fn points(view: &View, level: Level) -> Decimal {
    let id = match level {
        Level::Figure(figure) => return figure,
        Level::Low => figure_ids::POINTS_LOW,
        Level::Medium => figure_ids::POINTS_MEDIUM,
        Level::High => figure_ids::POINTS_HIGH,
        Level::Ending => figure_ids::POINTS_ENDING,
    };
    view.policies.value(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn two_levels_in_a_household_are_flagged() {
        expect(
            check,
            "
                Child ID, Worker, Household, Intervention
                C-101, Ada Lovell, H1, 2
                C-102, Ada Lovell, H1, 3
            ",
            &["D3: The household's intervention levels differ between here and D2; the highest counts."],
        );
    }

    #[test]
    fn the_same_level_in_words_and_a_blank_are_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Household, Intervention
                C-101, Ada Lovell, H1, 2
                C-102, Ada Lovell, H1, Medium
                C-103, Ada Lovell, H1,
                C-104, Ada Lovell, H2, 4
            ",
            &[],
        );
    }
}
