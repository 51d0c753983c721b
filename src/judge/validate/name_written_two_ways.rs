//! One worker whose name is written in two ways.

use crate::book::phrase::count;
use crate::field::caseload::ELSEWHERE;
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "name-written-two-ways",
    severity: Severity::Warning,
    about: About::Worker,
    what: "A name in another order, or with initials that fit one name on the roster, is read as the same worker.",
    why: "Two half loads would be two wrong greens; two people read as one would be a wrong red.",
    action: "Write the name the same way on every row; if they are two people, write both in full.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    // A system that writes "Surname, First" does so for everybody: told once beside a roster.
    let (mut turned, mut first) = (0, None);
    for member in view.members() {
        for (written, at) in &member.worker.who.also_written {
            if at.sheet == ELSEWHERE {
                turned += 1;
                first = first.or(member.worker.place());
                continue;
            }
            let message = format!("“{written}” is read as {}.", member.worker.who.name);
            findings.push(member.finding(&RULE, Some(*at), message));
        }
    }
    if turned > 0 {
        let workers = count(turned, "worker", "workers");
        let message = format!(
            "The roster given has first name and surname of {workers} the other way round; they are read as the same."
        );
        let at = first.filter(|at| at.sheet != ELSEWHERE).map(|at| view.header(at));
        findings.push(
            RULE.finding(at, message).weighing(Severity::Note).advising("Nothing to do if they are the same people."),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn the_other_order_is_flagged() {
        expect(
            check,
            "
                Child ID | Worker
                C-101 | Ada Lovell
                C-102 | Lovell, Ada
            ",
            &["B3: “Lovell, Ada” is read as Ada Lovell."],
        );
    }

    #[test]
    fn a_roster_given_in_the_other_order_is_told_once() {
        expect(
            check,
            "
                Child ID | Worker
                C-101 | Lovell, Ada
                C-102 | Marsh, Ben
                === roster
                Worker, Role
                Ada Lovell, Social worker
                Ben Marsh, Social worker
            ",
            &[
                "A1 note: The roster given has first name and surname of 2 workers the other way round; they are read as the same.",
            ],
        );
    }

    #[test]
    fn initials_of_one_name_on_the_roster_are_flagged() {
        expect(
            check,
            "
                Child ID, Worker
                C-101, A Lovell
                ## Roster
                Worker, Role
                Ada Lovell, Social worker
            ",
            &["B2: “A Lovell” is read as Ada Lovell."],
        );
    }

    #[test]
    fn another_first_name_is_left_alone() {
        expect(
            check,
            "
                Child ID | Worker
                C-101 | Ada Lovell
                C-102 | Lovell, Ben
            ",
            &[],
        );
    }
}
