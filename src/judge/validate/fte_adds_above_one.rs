//! A worker in several teams whose FTE comes to more than one post.

use rust_decimal::Decimal;

use crate::book::phrase::listed;
use crate::field::caseload::Fte;
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "fte-adds-above-one",
    severity: Severity::Warning,
    about: About::Worker,
    what: "A worker stands in several teams, and the FTE given there adds to more than 1, or is written once for all of them.",
    why: "Each team judges its share of the load against its share of the post; shares that add to more than one post make every team look lighter.",
    action: "Agree the share of each team, so that together they are the worker's FTE.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for (key, person) in view.people() {
        let elsewhere = view.elsewhere.workers.get(key).map_or(&[][..], Vec::as_slice);
        let here = person.iter().map(|member| (member.team.name.clone(), member.worker.fte().map(|fte| fte.0)));
        // What is not usable elsewhere is a full post, as one not written is here.
        let there = elsewhere
            .iter()
            .map(|other| (format!("{} of {}", other.team, other.file), Some(other.fte.unwrap_or(Fte::FULL.0))));
        let shares: Vec<(String, Decimal)> = here.chain(there).filter_map(|(team, fte)| Some((team, fte?))).collect();
        let sum: Decimal = shares.iter().map(|(_, fte)| *fte).sum();
        // One cell, as on a roster, says how much of a post there is, and not how much in each team.
        let places: Vec<_> = person.iter().filter_map(|member| member.worker.post.fte.place()).collect();
        let once = elsewhere.is_empty() && places.len() > 1 && places.iter().all(|place| *place == places[0]);
        if shares.len() > 1 && sum <= Fte::FULL.0 && once {
            let last = person[person.len() - 1];
            let teams: Vec<String> = shares.iter().map(|(team, _)| team.clone()).collect();
            let share = shares[0].1.normalize();
            let message = format!(
                "The FTE of {} is written once, {share}, and each of {} is judged by all of it.",
                last.worker.who.name,
                listed(&teams)
            );
            findings.push(last.finding(&RULE, last.worker.post.fte.place(), message));
        }
        if shares.len() > 1 && sum > Fte::FULL.0 {
            let shares: Vec<String> =
                shares.iter().map(|(team, fte)| format!("{} in {team}", fte.normalize())).collect();
            let last = person[person.len() - 1];
            let message =
                format!("The FTE of {} adds to {}: {}.", last.worker.who.name, sum.normalize(), listed(&shares));
            findings.push(last.finding(&RULE, last.worker.post.fte.place(), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn two_posts_of_more_than_one_are_flagged() {
        expect(
            check,
            "
                Child ID, Worker, Team, FTE
                C-101, Ada Lovell, Locality North, 0.6
                C-102, Ada Lovell, Locality South, 0.6
            ",
            &["D3: The FTE of Ada Lovell adds to 1.2: 0.6 in Locality North and 0.6 in Locality South."],
        );
    }

    #[test]
    fn one_share_for_two_teams_is_flagged() {
        expect(
            check,
            "
                Child ID, Worker
                C-101, Ada Lovell
                ## Locality South
                Child ID, Worker
                C-102, Ada Lovell
                ## Staff
                Worker, Role, FTE
                Ada Lovell, Social worker, 0.5
            ",
            &[
                "Staff!C2: The FTE of Ada Lovell is written once, 0.5, and each of Locality North and Locality South is judged by all of it.",
            ],
        );
    }

    #[test]
    fn two_halves_are_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Team, FTE
                C-101, Ada Lovell, Locality North, 0.5
                C-102, Ada Lovell, Locality South, 0.5
            ",
            &[],
        );
    }

    #[test]
    fn a_share_in_another_workbook_is_added() {
        expect(
            check,
            "
                Child ID, Worker, FTE
                C-101, Ada Lovell, 0.6
                === south.xlsx
                Child ID, Worker, FTE
                C-102, Ada Lovell, 0.5
            ",
            &["C2: The FTE of Ada Lovell adds to 1.1: 0.6 in Locality North and 0.5 in Locality South of south.xlsx."],
        );
    }
}
