//! A case status that is in no list.

use super::*;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "status-not-known",
    severity: Severity::Warning,
    about: About::Case,
    what: "A case status is not known; the case counts, and earns no points for its status.",
    why: "A child on a plan or in care whose status is not understood makes the load look lighter.",
    action: "Write a status such as CiN, CP, LAC or care leaver; if it is a council's own word, add it to your --columns file under [statuses], for example child-protection = [\"…\"].",
    source: sources::POINTS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    let message = "This case status is not known.";
    for row in view.rows() {
        findings.extend(row.unclear(&RULE, &row.case.status, message));
        findings.extend(row.also_unclear(&RULE, &[Meaning::Status], message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn a_word_in_no_list_is_flagged() {
        expect(
            check,
            "
                Child ID, Worker, Status
                C-101, Ada Lovell, CPX plan pending
            ",
            &["C2: This case status is not known."],
        );
    }

    #[test]
    fn what_is_no_tick_below_a_status_is_flagged() {
        expect(
            check,
            "
                Child ID, Worker, CIN, CP
                C-101, Ada Lovell, x, maybe
                C-102, Ada Lovell, , maybe
                C-103, Ada Lovell, , x
                C-104, Ada Lovell, , x
            ",
            &["D2: This case status is not known.", "D3: This case status is not known."],
        );
    }

    #[test]
    fn a_known_word_and_a_blank_are_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Status
                C-101, Ada Lovell, Child Protection Plan
                C-102, Ada Lovell,
            ",
            &[],
        );
    }
}
