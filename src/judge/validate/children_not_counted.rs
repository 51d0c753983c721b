//! A number of children that is blank or cannot be read.

use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "children-not-counted",
    severity: Severity::Error,
    about: About::Worker,
    what: "A number of children is blank or is no whole number; the worker is not scored.",
    why: "How much the worker holds is not known, and taken for nothing it would be a wrong green.",
    action: "Enter the number of children, 0 where there is none.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for member in view.members() {
        let name = &member.worker.who.name;
        for cell in &member.worker.holds.not_counted {
            let message = match cell.blank {
                true => format!("No number of children is written here, so {name} is not scored."),
                false => format!("This is no number of children that can be counted, so {name} is not scored."),
            };
            let finding = member.finding(&RULE, Some(cell.at), message);
            findings.push(if cell.text.is_empty() { finding } else { finding.quoting(&cell.text) });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn what_is_no_whole_number_and_a_row_of_blanks_are_flagged() {
        expect(
            check,
            "
                Worker, FTE, CIN, CP, Total
                Ada Lovell, 1, 3?, 2, 5
                Ben Marsh, 1, , ,
                Cy Reed, 1, 4.5, 2,
                Di Sand, 1, 501, ,
                Ed Toll, 1, 12 (2 pending), ,
            ",
            &[
                "C2: This is no number of children that can be counted, so Ada Lovell is not scored.",
                "A3: No number of children is written here, so Ben Marsh is not scored.",
                "C4: This is no number of children that can be counted, so Cy Reed is not scored.",
                "C5: This is no number of children that can be counted, so Di Sand is not scored.",
                "C6: This is no number of children that can be counted, so Ed Toll is not scored.",
            ],
        );
    }

    #[test]
    fn numbers_dashes_and_blanks_beside_numbers_are_left_alone() {
        expect(
            check,
            "
                Worker, FTE, CIN, CP, LAC
                Ada Lovell, 1, 3, ,
                Ben Marsh, 1, -, n/a, nil
                Cy Reed, 1, 0, 12, 500
            ",
            &[],
        );
    }
}
