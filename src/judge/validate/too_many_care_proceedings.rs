//! More sets of care proceedings than one worker should have.

use rust_decimal::Decimal;

use crate::field::caseload::{Case, Proceedings, Subject};
use crate::field::finding::{About, Finding, Rule, Severity};
use crate::policy::figure_ids;

use super::sources;
use super::view::{Row, View, by_household};

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "too-many-care-proceedings",
    severity: Severity::Warning,
    about: About::Allocation,
    what: "A worker holds more households in care proceedings than the policy has for one worker.",
    why: "Court work comes in peaks; a worker with several sets at once may not meet them all.",
    action: "Look at the stage of each set, and move one or plan the court work with the worker.",
    source: sources::NORTH_TYNESIDE,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    let most = view.policies.value(figure_ids::PROCEEDINGS_MOST);
    for person in view.people().values() {
        let counted = person.iter().filter_map(|member| member.worker.holds.counts.as_ref()?.sets).sum::<u32>();
        let name = &person[0].worker.who.name;
        if Decimal::from(counted) > most {
            let message = format!("{name} holds {counted} sets of care proceedings, above {most}.");
            findings.push(person[0].finding(&RULE, None, message));
        }
        let rows: Vec<Row> = person.iter().flat_map(|member| member.held()).filter(in_care_proceedings).collect();
        let Some(first) = rows.first() else { continue };
        let cases: Vec<&Case> = rows.iter().map(|row| row.case).collect();
        let message = match by_household(&cases) {
            Some(sets) if Decimal::from(sets.len()) > most => {
                format!("{name} holds {} households in care proceedings, above {most}.", sets.len())
            }
            None if Decimal::from(rows.len()) > most => format!(
                "{name} holds {} children in care proceedings; without the household it cannot be told whether they are more than {most} sets.",
                rows.len()
            ),
            _ => continue,
        };
        findings.push(first.finding(&RULE, person[0].worker.place(), message));
    }
}

fn in_care_proceedings(row: &Row) -> bool {
    row.case.subject == Subject::Child && row.case.in_proceedings(Proceedings::Care)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn a_third_set_is_flagged() {
        expect(
            check,
            "
                Child ID, Worker, Household, Proceedings
                C-101, Ada Lovell, H1, Care proceedings
                C-102, Ada Lovell, H2, Care proceedings
                C-103, Ada Lovell, H3, Care proceedings
            ",
            &["B2: Ada Lovell holds 3 households in care proceedings, above 2."],
        );
    }

    #[test]
    fn siblings_are_one_set() {
        expect(
            check,
            "
                Child ID, Worker, Household, Proceedings
                C-101, Ada Lovell, H1, Care proceedings
                C-102, Ada Lovell, H2, Care proceedings
                C-103, Ada Lovell, H2, Care proceedings
                C-104, Ada Lovell, H3, Private proceedings
            ",
            &[],
        );
    }

    #[test]
    fn without_households_it_cannot_be_told() {
        expect(
            check,
            "
                Child ID, Worker, Proceedings
                C-101, Ada Lovell, Care proceedings
                C-102, Ada Lovell, Care proceedings
                C-103, Ada Lovell, Care proceedings
            ",
            &["B2: Ada Lovell holds 3 children in care proceedings; without the household…"],
        );
    }
}
