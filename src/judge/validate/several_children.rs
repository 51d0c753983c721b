//! A row that stands for other than one child.

use crate::book::sheet::Place;
use crate::field::finding::{About, Finding, Rule, Severity};
use crate::field::reading::Told;

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "several-children",
    severity: Severity::Warning,
    about: About::Sheet,
    what: "A cell names several children, or leaves open how many children its row stands for.",
    why: "A row counted as one child where it holds three would be a wrong green.",
    action: "Give each child a row, or enter the number of children.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for (sheet, reading) in view.read_sheets() {
        for several in &reading.several {
            let at = Some(Place { sheet, cell: several.cell });
            findings.push(match several.told {
                Told::Named(children) => {
                    let message = format!("This cell stands for {children} children, and so many are counted.");
                    let advice = "Nothing to do if that is right; a row for each child tells more.";
                    RULE.finding(at, message).weighing(Severity::Note).advising(advice)
                }
                Told::NoneGiven => RULE.finding(at, "No child is given for this open case; one is counted.").advising(
                    "Enter the number of children, an unborn child included, or the date the case was closed.",
                ),
                Told::Siblings => {
                    RULE.finding(at, "Siblings may be counted here without the child; the number is used as it stands.")
                        .advising("Enter the number of all children that the worker holds in the family.")
                }
                Told::NotUsed => {
                    let message = "Each row is read as one child, so this number of children is not counted.";
                    let advice = "Nothing to do if each child has a row; else remove the child's reference, date of birth and age from the rows of families.";
                    RULE.finding(at, message).weighing(Severity::Note).advising(advice)
                }
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn several_in_one_cell_and_none_are_told() {
        expect(
            check,
            "
                Child name | Worker | Status
                Ann, Ben and Cal | Ada Lovell | CP
                Zed Yarrow | Ada Lovell | CP
                ## Families
                Family ref | Worker | No of siblings
                F-1 | Ada Lovell | 0
                F-2 | Ada Lovell | 2
            ",
            &[
                "A2 note: This cell stands for 3 children, and so many are counted.",
                "Families!C1: Siblings may be counted here without the child; the number is used as it stands.",
                "Families!C2: No child is given for this open case; one is counted.",
            ],
        );
    }

    #[test]
    fn one_child_a_row_is_left_alone() {
        expect(
            check,
            "
                Child name | Worker | Status
                Yarrow, Ann | Ada Lovell | CP
                Ben Yarrow | Ada Lovell | CP
                ## Families
                Family ref | Worker | No of children
                F-1 | Ada Lovell | 1
                F-2 | Ada Lovell | 2
            ",
            &[],
        );
    }
}
