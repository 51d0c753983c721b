//! Lines of a time form that are blank, stand in no list, or change the sign.

use crate::field::caseload::Deduction;
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "time-lines-unclear",
    severity: Severity::Note,
    about: About::Worker,
    what: "Lines of a time form are blank, not known, or written with another sign than the others.",
    why: "Blank lines count as no hours, lines not known as other roles, and every figure without its sign.",
    action: "Enter 0 where there are no hours, and check the lines named.",
    source: sources::TIME,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for (member, form, _) in view.members_with_time() {
        let name = &member.worker.who.name;
        let asked = |kind: &Deduction| !matches!(kind, Deduction::Supervision | Deduction::Cpd);
        let blank = |kind: &&Deduction| asked(kind) && form.line(**kind).is_some() && !form.tells(**kind);
        let blank: Vec<Deduction> = Deduction::ALL.iter().filter(blank).copied().collect();
        if let Some(first) = blank.first().filter(|_| !form.stands_by_totals()) {
            let labels: Vec<&str> = blank.iter().map(|kind| kind.label()).collect();
            let message = format!("No hours are written on the time form of {name} for {}.", labels.join(", "));
            findings.push(member.finding(&RULE, form.line(*first), message));
        }
        for item in form.items.iter().filter(|item| !item.label_known && !item.hours.is_absent()) {
            let message = format!("This line of the time form of {name} is not known; its hours count as other roles.");
            findings.push(member.finding(&RULE, item.hours.place(), message));
        }
        if let Some(at) = form.other_sign {
            let message = format!("This figure on the time form of {name} has another sign than the others.");
            findings.push(member.finding(&RULE, Some(at), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn blank_and_unknown_lines_and_signs_are_told() {
        let form = TIME_FORM.replace("Leave | 7.4", "Leave | -7.4").replace("CPD | 15", "Feeding fish | 15");
        expect_by(
            &policies_named(&["task-force-time"]),
            check,
            &form.replace("Admin | 20", "Admin |"),
            &[
                "B5: This figure on the time form of Ada Lovell has another sign than the others.",
                "B7: This line of the time form of Ada Lovell is not known; its hours count as other roles.",
                "B8: No hours are written on the time form of Ada Lovell for general admin.",
            ],
        );
    }

    #[test]
    fn a_form_filled_in_is_left_alone() {
        expect_by(&policies_named(&["task-force-time"]), check, TIME_FORM, &[]);
    }
}
