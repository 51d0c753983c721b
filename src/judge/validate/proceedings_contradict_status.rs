//! Proceedings on a case whose status rules them out.

use crate::field::caseload::CaseStatus;
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "proceedings-contradict-status",
    severity: Severity::Warning,
    about: About::Case,
    what: "A care leaver's, an early help or a closed case is marked as in proceedings.",
    why: "One of the two is out of date, and the load counts the wrong one.",
    action: "Correct the status or the proceedings.",
    source: sources::POINTS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for row in view.rows() {
        let (Some(statuses), Some(proceedings)) = (row.case.status.given(), row.case.proceedings.given()) else {
            continue;
        };
        let ruled_out = statuses.iter().find_map(|status| ruling_out(*status));
        if let Some(words) = ruled_out
            && !proceedings.is_empty()
            && !statuses.iter().any(|status| goes_with_court(*status))
        {
            let message = format!("This case is marked as in proceedings, and its status is {words}.");
            findings.push(row.finding(&RULE, row.case.proceedings.place(), message));
        }
    }
}

fn ruling_out(status: CaseStatus) -> Option<&'static str> {
    match status {
        CaseStatus::CareLeaver => Some("care leaver"),
        CaseStatus::EarlyHelp => Some("early help"),
        CaseStatus::Closed => Some("closed"),
        _ => None,
    }
}

/// A case with two statuses is in order when one of them goes with proceedings.
fn goes_with_court(status: CaseStatus) -> bool {
    matches!(
        status,
        CaseStatus::ChildInNeed | CaseStatus::ChildProtection | CaseStatus::InCare | CaseStatus::Assessment
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn a_care_leaver_in_proceedings_is_flagged() {
        expect(
            check,
            "
                Child ID, Worker, Status, Proceedings
                C-101, Ada Lovell, Care leaver, Care proceedings
                C-102, Ada Lovell, Early help, Private proceedings
            ",
            &[
                "D2: This case is marked as in proceedings, and its status is care leaver.",
                "D3: This case is marked as in proceedings, and its status is early help.",
            ],
        );
    }

    #[test]
    fn a_child_in_care_in_proceedings_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Status, Proceedings
                C-101, Ada Lovell, LAC, Care proceedings
                C-102, Ada Lovell, Care leaver, None
            ",
            &[],
        );
    }
}
