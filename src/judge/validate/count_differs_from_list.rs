//! A table of counts that says another number than the list of children.

use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "count-differs-from-list",
    severity: Severity::Warning,
    about: About::Worker,
    what: "A table of counts gives a worker another number of children than the workbook lists.",
    why: "Children may be missing from the list, or the count is of another day; what is listed counts, and the count where nothing is listed.",
    action: "Bring the list and the count to the same day.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for member in view.members() {
        for count in member.worker.holds.stated.iter().filter(|count| count.stated != count.listed) {
            let name = &member.worker.who.name;
            let message = match count.listed {
                0 => format!("{} are counted here for {name}, and none is listed; the count is taken.", count.stated),
                listed => format!(
                    "{} are counted here for {name}, and the workbook lists {listed}; those listed are taken.",
                    count.stated
                ),
            };
            findings.push(member.finding(&RULE, Some(count.at), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn another_number_and_a_worker_without_a_list_are_flagged() {
        expect(
            check,
            "
                Child ID, Worker
                C-101, Ada Lovell
                C-102, Ada Lovell
                C-103, Ben Marsh
                ## Summary
                Worker, FTE, Total
                Ada Lovell, 1, 5
                Ben Marsh, 1, 1
                Cy Reed, 1, 4
            ",
            &[
                "Summary!C2: 5 are counted here for Ada Lovell, and the workbook lists 2; those listed are taken.",
                "Summary!C4: 4 are counted here for Cy Reed, and none is listed; the count is taken.",
            ],
        );
    }

    #[test]
    fn counts_alone_and_counts_that_agree_are_left_alone() {
        expect(check, "Worker, FTE, Total\nAda Lovell, 1, 5", &[]);
        expect(
            check,
            "
                Child ID, Worker
                C-101, Ada Lovell
                ## Summary
                Worker, FTE, Total
                Ada Lovell, 1, 1
                Ben Marsh, 1, 0
            ",
            &[],
        );
    }
}
