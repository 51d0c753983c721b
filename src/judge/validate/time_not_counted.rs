//! Hours that cannot be read, or a second form.

use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "time-not-counted",
    severity: Severity::Error,
    about: About::Worker,
    what: "Hours of a time form cannot be read, a case has none, or two forms name one worker, who is not scored in time.",
    why: "How much work there is is not known, and taken for nothing it would be a wrong green.",
    action: "Enter the hours as a figure, 0 where there are none; take out the form that no longer holds.",
    source: sources::TIME,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for (member, form, _) in view.members_with_time() {
        let name = &member.worker.who.name;
        if let Some(other) = form.again {
            let message = format!("This is another time form of {name}, who is not scored in time.");
            findings.push(member.finding(&RULE, Some(other), message));
        }
        for (text, at) in form.unread() {
            let message = format!("These are no hours that can be read, so {name} is not scored in time.");
            let finding = member.finding(&RULE, Some(at), message);
            findings.push(if text.is_empty() { finding } else { finding.quoting(text) });
        }
        for case in form.cases.iter().filter(|case| form.is_itemised() && case.hours.is_absent()) {
            let message = format!("No hours are written for this case, so {name} is not scored in time.");
            findings.push(member.finding(&RULE, Some(case.place), message));
        }
        let stated = [&form.stated.case_work, &form.stated.required];
        if !form.is_itemised() && stated.iter().all(|total| total.is_absent()) {
            let message = format!("No hours of case work are written for {name}, who is not scored in time.");
            findings.push(member.finding(&RULE, Some(form.place), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn words_and_cases_without_hours_are_flagged() {
        let sheet =
            TIME_FORM.replace("Leave | 7.4", "Leave | a week?").replace("Case A | 50", "Case A | 50\nCase B: visits |");
        expect_by(
            &policies_named(&["task-force-time"]),
            check,
            &sheet,
            &[
                "B5: These are no hours that can be read, so Ada Lovell is not scored in time.",
                "A10: No hours are written for this case, so Ada Lovell is not scored in time.",
            ],
        );
    }

    #[test]
    fn no_case_work_and_a_second_form_are_flagged() {
        let time = policies_named(&["task-force-time"]);
        let none = TIME_FORM.replace("Case A | 50", "Case A |").replace("Total time required | 95.4", "Surplus | 1");
        let said = ["B5: No hours of case work are written for Ada Lovell, who is not scored in time."];
        expect_by(&time, check, &none, &said);
        let twice = format!("{}\n\n{}", TIME_FORM.trim(), TIME_FORM.trim());
        let said = ["B16: This is another time form of Ada Lovell, who is not scored in time."];
        expect_by(&time, check, &twice, &said);
    }

    #[test]
    fn hours_are_left_alone() {
        expect_by(&policies_named(&["task-force-time"]), check, TIME_FORM, &[]);
        // Where no policy scores hours, nothing depends on them.
        expect(check, &TIME_FORM.replace("50", "most days"), &[]);
    }
}
