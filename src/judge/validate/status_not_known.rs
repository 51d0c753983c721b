//! A case status that is in no list.

use crate::field::finding::{About, Finding, Rule, Severity};
use crate::field::reading::Meaning;
use crate::policy::{PointsFrom, Policy};

use super::sources;
use super::view::View;

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
    // A word of a policy's kinds is known, but where points are reckoned by the status it says nothing.
    let by_status = |policy: &Policy| policy.points.as_ref().is_some_and(|model| model.from == PointsFrom::Matrix);
    let chosen = &view.policies.chosen;
    let by_kind = !chosen.iter().any(by_status);
    let known = |finding: &Finding| {
        let text = finding.quote.as_deref().unwrap_or_default();
        by_kind && chosen.iter().any(|policy| policy.knows_kind(text))
    };
    for row in view.rows() {
        let unclear = row.unclear(&RULE, &row.case.status, message).into_iter();
        let all = unclear.chain(row.also_unclear(&RULE, &[Meaning::Status], message));
        findings.extend(all.filter(|finding| !known(finding)));
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
    fn a_word_of_a_policys_kinds_is_known() {
        let sheet = "
            Child ID, Worker, Status
            C-101, Ada Lovell, Family maintenance
            C-102, Ada Lovell, Family things
        ";
        expect_by(&policies_named(&["california-sb2030"]), check, sheet, &["C3: This case status is not known."]);
        // Where points are reckoned by the status the word says nothing.
        let both = &["california-sb2030", "task-force-points"];
        expect_by(
            &policies_named(both),
            check,
            sheet,
            &["C2: This case status is not known.", "C3: This case status is not known."],
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
