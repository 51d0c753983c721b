//! A legal status that hints at care proceedings.

use super::*;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "proceedings-hinted",
    severity: Severity::Warning,
    about: About::Case,
    what: "A legal status hints at care proceedings that no cell states; the case is taken to be in none.",
    why: "An interim order is made in proceedings, and is no proof that they still run.",
    action: "Write care proceedings or none in the proceedings column.",
    source: sources::POINTS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for row in view.rows() {
        if let (Some(at), false) = (row.case.hint, row.case.in_proceedings(Proceedings::Care)) {
            let message = "This legal status hints at care proceedings; none are counted.";
            findings.push(row.finding(&RULE, Some(at), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn an_interim_care_order_is_asked_about() {
        expect(
            check,
            "
                Child ID, Worker, Status, Legal status
                C-101, Ada Lovell, LAC, ICO
            ",
            &["D2: This legal status hints at care proceedings; none are counted."],
        );
    }

    #[test]
    fn a_full_care_order_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Status, Legal status
                C-101, Ada Lovell, LAC, Full care order
            ",
            &[],
        );
    }
}
