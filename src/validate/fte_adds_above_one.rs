//! A worker in several teams whose FTE comes to more than one post.

use super::*;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "fte-adds-above-one",
    severity: Severity::Warning,
    about: About::Worker,
    what: "A worker stands in several teams, and the FTE given there adds to more than 1.",
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
        if shares.len() > 1 && sum > Fte::FULL.0 {
            let shares: Vec<String> =
                shares.iter().map(|(team, fte)| format!("{} in {team}", fte.normalize())).collect();
            let last = person[person.len() - 1];
            let message = format!("The FTE of {} adds to {}: {}.", last.worker.name, sum.normalize(), listed(&shares));
            findings.push(last.finding(&RULE, last.worker.fte.place(), message));
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
