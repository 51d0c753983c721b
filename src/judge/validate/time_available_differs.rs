//! Hours available that the share of a post does not come to.

use rust_decimal::Decimal;

use crate::field::caseload::Entry;
use crate::field::finding::{About, Finding, Rule, Severity};
use crate::policy::figure_ids;

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "time-available-differs",
    severity: Severity::Warning,
    about: About::Worker,
    what: "The hours available on a time form are not the weekly hours over its period by the worker's FTE.",
    why: "Judged against too many hours a load looks smaller than it is; the hours written count.",
    action: "Check the hours available and the FTE, and correct the one that is wrong; leave of the period is a line of its own.",
    source: sources::TIME,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for (member, form, _) in view.members_with_time() {
        let (Entry::Given(written, at), Some(fte)) = (&form.available, member.worker.fte()) else { continue };
        let week = view.policies.value(figure_ids::WEEK);
        let weeks = view.policies.value(figure_ids::TIME_WEEKS);
        let reckoned = (week * weeks * fte.0).normalize();
        // Less than an hour comes of rounding.
        if (written.abs() - reckoned).abs() < Decimal::ONE {
            continue;
        }
        let message = format!(
            "The time form of {} gives {} hours available, which count; {week} hours × {weeks} weeks × {} FTE come to \
             {reckoned}.",
            member.worker.who.name,
            written.abs().normalize(),
            fte.0.normalize()
        );
        findings.push(member.finding(&RULE, Some(*at), message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn other_hours_are_flagged() {
        expect_by(
            &policies_named(&["task-force-time"]),
            check,
            &TIME_FORM.replace("FTE | 1", "FTE | 0.5"),
            &[
                "B4: The time form of Ada Lovell gives 148 hours available, which count; 37 hours × 4 weeks × 0.5 FTE come to 74.",
            ],
        );
    }

    #[test]
    fn the_weekly_hours_are_left_alone() {
        let time = policies_named(&["task-force-time"]);
        expect_by(&time, check, TIME_FORM, &[]);
        expect_by(&time, check, &TIME_FORM.replace("FTE | 1", "FTE | 0.5").replace("148", "74"), &[]);
    }
}
