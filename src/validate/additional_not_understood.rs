//! Additional factors that were not understood.

use super::*;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "additional-not-understood",
    severity: Severity::Warning,
    about: About::Case,
    what: "Points for additional factors are not a figure.",
    why: "Travel, large families and the like are missing from the load of the household.",
    action: "Enter 1 or 2, or leave the cell blank where there are none.",
    source: sources::POINTS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    let message = "The points for additional factors are not a figure.";
    findings.extend(view.rows().iter().filter_map(|row| row.unclear(&RULE, &row.case.additional, message)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn words_are_flagged() {
        expect(
            check,
            "
                Child ID, Worker, Household, Intervention, Additional factors
                C-101, Ada Lovell, H1, 2, some travel
            ",
            &["E2: The points for additional factors are not a figure."],
        );
    }

    #[test]
    fn a_figure_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Household, Intervention, Additional factors
                C-101, Ada Lovell, H1, 2, 1
            ",
            &[],
        );
    }
}
