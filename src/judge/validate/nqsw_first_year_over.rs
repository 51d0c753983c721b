//! A newly qualified worker who started a year ago or more.

use crate::book::phrase::day;
use crate::field::caseload::StageFrom;
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "nqsw-first-year-over",
    severity: Severity::Warning,
    about: About::Worker,
    what: "A worker is written as newly qualified, and their start in practice lies a year back or more.",
    why: "The assessed and supported year is over by its date; months 6 to 12 are taken until it is known.",
    action: "If the assessed year is completed, write the experience; if it was extended, correct the start.",
    source: sources::APPENDIX_A,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for member in view.members().filter(|member| member.worker.post.stage_from == StageFrom::FirstYearOver) {
        let post = &member.worker.post;
        let Some(started) = post.started.given() else { continue };
        let message = format!(
            "{} is written as newly qualified and started in practice on {}, a year ago or more; months 6 to 12 are taken.",
            member.worker.who.name,
            day(*started)
        );
        findings.push(member.finding(&RULE, post.started.place(), message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    /// The tests judge on 30 September 2025.
    #[test]
    fn a_first_year_that_is_over_is_flagged_whatever_stage_is_written() {
        expect(
            check,
            "
                Child ID, Worker, Role, Experience, Worker start date
                C-101, Ada Lovell, NQSW, , 30/09/2024
                C-102, Ben Marsh, Social worker, NQSW 0-6 months, 01/02/2024
            ",
            &[
                "E2: Ada Lovell is written as newly qualified and started in practice on 30/09/2024, a year ago or \
                 more; months 6 to 12 are taken.",
                "E3: Ben Marsh is written as newly qualified and started in practice on 01/02/2024, a year ago or \
                 more; months 6 to 12 are taken.",
            ],
        );
    }

    #[test]
    fn a_first_year_under_way_and_a_later_one_are_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Role, Experience, Worker start date
                C-101, Ada Lovell, NQSW, , 01/10/2024
                C-102, Ben Marsh, Social worker, 3+ years, 01/02/2020
            ",
            &[],
        );
    }
}
