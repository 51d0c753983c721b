//! Points for a status on a form that are not those of the words beside them.

use rust_decimal::Decimal;

use crate::field::caseload::Entry;
use crate::field::finding::{About, Finding, Rule, Severity};
use crate::policy::figure_ids;

use super::sources;
use super::view::{Member, View};

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "status-points-differ",
    severity: Severity::Warning,
    about: About::Case,
    what: "A points form gives other points for the case status than the words beside them earn; the higher count.",
    why: "Either the words or the points are wrong, and the worker's points with them.",
    action: "Write the status as it is, and its points: 1 for CP, LAC or private proceedings, 2 for care proceedings.",
    source: sources::POINTS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for row in view.rows() {
        let Some(worker) = row.worker else { continue };
        let Some(policy) = view.points_policy(Member { team: row.team, worker }) else { continue };
        let (Some(model), Entry::Given(written, at)) = (&policy.points, &row.case.work.status_points) else { continue };
        // Words that name no status earn none, and say nothing against the points.
        if row.case.status.is_absent() && row.case.proceedings.is_absent() {
            continue;
        }
        let (status, care) =
            model.earned(|status| row.case.has(status), |proceedings| row.case.in_proceedings(proceedings));
        let points = |earned: bool, id: &str| if earned { view.policies.value(id) } else { Decimal::ZERO };
        let earned = points(status, figure_ids::POINTS_STATUS) + points(care, figure_ids::POINTS_CARE);
        if earned != *written {
            let message = format!(
                "The points for the status are {}, and the words beside them earn {}.",
                written.normalize(),
                earned.normalize()
            );
            findings.push(row.finding(&RULE, Some(*at), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn a_point_for_care_proceedings_is_flagged() {
        expect(
            check,
            "
                Worker: Ada Lovell |
                Case | Base points | Case status | Intervention level | Additional | Total points
                A: 2 LAC + court proceedings | 2 | 1 | 2 | | 5
                B: 1 CiN | 1 | 1 | 2 | | 4
            ",
            &[
                "C3: The points for the status are 1, and the words beside them earn 3.",
                "C4: The points for the status are 1, and the words beside them earn 0.",
            ],
        );
    }

    #[test]
    fn points_that_the_words_earn_are_left_alone() {
        expect(
            check,
            "
                Worker: Ada Lovell |
                Case | Base points | Case status | Intervention level | Additional | Total points
                A: 1 LAC + court proceedings | 1 | 3 | 2 | | 6
                B: CP | 1 | 1 | 2 | | 4
                C: CiN | 1 | - | 2 | | 3
                D | 1 | 1 | 2 | | 4
            ",
            &[],
        );
    }
}
