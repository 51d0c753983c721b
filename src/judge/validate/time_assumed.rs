//! Supervision or development left blank on a time form.

use rust_decimal::Decimal;

use crate::field::caseload::Deduction;
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "time-assumed",
    severity: Severity::Warning,
    about: About::Worker,
    what: "Supervision or CPD is blank on a time form; the policy's figure for the worker's experience is assumed.",
    why: "Left out, the time that every worker has to have would make the hours look enough.",
    action: "Enter the hours agreed, 0 where there are none in the period.",
    source: sources::TIME,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for (member, form, policy) in view.members_with_time() {
        let Some(model) = policy.time.as_ref().filter(|_| !form.stands_by_totals()) else { continue };
        let stage = member.worker.post.stage;
        let value = |id| policy.figure(id, view.policies.as_of).map_or(Decimal::ZERO, |figure| figure.value);
        let hours = format!("{} hours", value(model.supervision(stage)));
        let share = format!("{} % of the hours available", value(model.cpd(stage)));
        for (kind, what, assumed) in [(Deduction::Supervision, "Supervision", hours), (Deduction::Cpd, "CPD", share)] {
            if form.tells(kind) {
                continue;
            }
            let message =
                format!("{what} is blank on the time form of {}; {assumed} are assumed.", member.worker.who.name);
            findings.push(member.finding(&RULE, Some(form.line(kind).unwrap_or(form.place)), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn blanks_are_flagged_with_what_is_assumed() {
        let form = TIME_FORM.replace("Supervision | 3", "Supervision |").replace("CPD | 15", "");
        expect_by(
            &policies_named(&["task-force-time"]),
            check,
            &form.replace("3+ years", "NQSW 0-6"),
            &[
                "B5: CPD is blank on the time form of Ada Lovell; 20 % of the hours available are assumed.",
                "B6: Supervision is blank on the time form of Ada Lovell; 6 hours are assumed.",
            ],
        );
    }

    #[test]
    fn what_is_written_and_totals_alone_are_left_alone() {
        let time = policies_named(&["task-force-time"]);
        expect_by(&time, check, TIME_FORM, &[]);
        let blank = TIME_FORM.replace("| 7.4", "|").replace("| 3\n", "|\n").replace("| 15", "|").replace("| 20", "|");
        expect_by(&time, check, &blank, &[]);
    }
}
