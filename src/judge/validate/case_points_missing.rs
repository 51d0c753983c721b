//! Cases without the points that a chosen policy takes from the sheet.

use std::collections::BTreeMap;

use crate::field::caseload::{Entry, Subject};
use crate::field::finding::{About, Finding, Rule, Severity};
use crate::policy::{PointsFrom, figure_ids};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "case-points-missing",
    severity: Severity::Warning,
    about: About::Case,
    what: "A chosen policy takes the points of each case from the sheet, and there is no figure for them; the worker is not scored in points.",
    why: "A case without points would count as nothing, and make the load look lighter than it is.",
    action: "Write the points of the case in the points column, 0 where it has none; if the column's heading is a council's own, add it to your --columns file under [columns], for example points-total = [\"…\"].",
    source: sources::WIRRAL,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    let mut without_column = BTreeMap::new();
    for member in view.members() {
        let Some(policy) = view.points_policies(member, PointsFrom::Written).next() else { continue };
        for row in member.held().filter(|row| row.case.subject == Subject::Child) {
            let name = &member.worker.who.name;
            match &row.case.work.points {
                Entry::Given(..) => {}
                Entry::NoColumn => _ = without_column.entry(view.header(row.case.place)).or_insert(policy),
                Entry::Blank(at) => {
                    let message = format!("No points are written for this case, so {name} is not scored in points.");
                    findings.push(row.finding(&RULE, Some(*at), message));
                }
                Entry::Unclear(text, at) => {
                    let message = format!("The points of this case are no figure, so {name} is not scored in points.");
                    let finding = row.finding(&RULE, Some(*at), message);
                    findings.push(if text.is_empty() { finding } else { finding.quoting(text) });
                }
            }
        }
        if let Entry::Given(duties, at) = &member.worker.post.duties
            && duties.points.is_none()
            && policy.figure(figure_ids::POINTS_DUTY, view.policies.as_of).is_none()
        {
            let message = format!(
                "{} has duties beside cases without points, so they are not scored in points.",
                member.worker.who.name
            );
            let advice = "Write the points agreed for the duties beside them.";
            findings.push(member.finding(&RULE, Some(*at), message).advising(advice));
        }
    }
    for (header, policy) in without_column {
        let message = format!("There is no column for the points of a case, so {} scores nobody here.", policy.title);
        findings.push(RULE.finding(Some(header), message).weighing(Severity::Note));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn blank_and_unreadable_points_are_flagged() {
        expect_by(
            &policies_named(&["wirral"]),
            check,
            "
                Child ID, Worker, Points
                C-101, Ada Lovell, 6
                C-102, Ada Lovell,
                C-103, Ada Lovell, lots
            ",
            &[
                "C3: No points are written for this case, so Ada Lovell is not scored in points.",
                "C4: The points of this case are no figure, so Ada Lovell is not scored in points.",
            ],
        );
    }

    #[test]
    fn a_list_without_the_column_is_told_once() {
        expect_by(
            &policies_named(&["wirral"]),
            check,
            "
                Child ID, Worker
                C-101, Ada Lovell
                C-102, Ada Lovell
            ",
            &["A1 note: There is no column for the points of a case…"],
        );
    }

    #[test]
    fn duties_without_points_are_flagged() {
        expect_by(
            &policies_named(&["wirral"]),
            check,
            "
                Child ID, Worker, Points, Other duties
                C-101, Ada Lovell, 6, Practice teaching
            ",
            &["D2: Ada Lovell has duties beside cases without points, so they are not scored in points."],
        );
    }

    #[test]
    fn nought_is_a_figure_and_other_policies_ask_nothing() {
        let sheet = "
            Child ID, Worker, Points
            C-101, Ada Lovell, 0
        ";
        expect_by(&policies_named(&["wirral"]), check, sheet, &[]);
        expect(check, "\nChild ID, Worker, Points\nC-101, Ada Lovell,", &[]);
    }
}
