//! Additional factors that were not understood.

use crate::field::finding::{About, Finding, Rule, Severity};
use crate::field::reading::Meaning;

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "additional-not-understood",
    severity: Severity::Warning,
    about: About::Case,
    what: "Additional factors are neither a figure nor a tick; they are counted as one factor at most.",
    why: "Travel, large families and the like are missing from the load of the household.",
    action: "Enter 1 or 2, or tick the factors that hold, or leave the cell blank where there are none; if it is a council's own tick, add it to your --columns file under [ticks], for example yes = [\"…\"].",
    source: sources::POINTS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    let message = "These additional factors are not understood.";
    view.tell_unclear_cases(&RULE, |case| &case.work.additional, &[Meaning::Factor], message, findings);
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
            &["E2: These additional factors are not understood."],
        );
    }

    #[test]
    fn words_in_a_ticked_column_are_flagged() {
        expect(
            check,
            "
                Child ID, Worker, Household, Intervention, Large family
                C-101, Ada Lovell, H1, 2, perhaps
                C-102, Ada Lovell, H2, 2, yes
            ",
            &["E2: These additional factors are not understood."],
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
