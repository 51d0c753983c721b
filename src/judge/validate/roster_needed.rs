//! Workers of whose posts nothing is known.

use crate::book::phrase::{count, listed};
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::{Member, View};

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "roster-needed",
    severity: Severity::Warning,
    about: About::Worker,
    what: "The lists of Annex A tell no FTE, role or experience, and no roster gives them; the workers are not scored.",
    why: "A limit depends on the post: a part-time or newly qualified worker judged as full time would look less loaded than they are.",
    action: "Run again with --roster and a sheet that has a row for each worker and the columns Worker, Role, FTE and Experience (or Start date).",
    source: sources::OURS,
};

/// Adds what it finds: one finding for the whole workbook.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    let people = view.people();
    let unknown = |person: &&Vec<Member>| person.iter().any(|member| member.worker.post.unknown);
    let all: Vec<&Member> = people.values().filter(unknown).map(|person| &person[0]).collect();
    let first = all.iter().filter_map(|member| member.worker.who.named.first()).min();
    let Some(first) = first else { return };
    // The few whom a roster left out are named; where there is none, it is everybody.
    let named = if all.len() < people.len() - all.len() || (all.len() == 1 && people.len() > 1) {
        let names: Vec<String> = all.iter().map(|member| member.worker.who.name.clone()).collect();
        format!(": {}", listed(&names))
    } else {
        String::new()
    };
    let workers = count(all.len(), "worker", "workers");
    let verb = if all.len() == 1 { "is" } else { "are" };
    let message = format!(
        "Annex A tells no FTE, role or experience, and no roster gives them, so {workers} {verb} not scored{named}."
    );
    findings.push(RULE.finding(Some(view.header(*first)), message));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn a_workbook_is_told_once() {
        expect(
            check,
            "
                ## List 6
                Child Unique ID, CIN Start Date, Primary Need Code, Case status, Allocated Team, Allocated Worker
                C-101, 2025-01-02, N1, c) Child in need plan, Locality North, Ada Lovell
                C-102, 2025-01-02, N1, c) Child in need plan, Assessment, Ben Marsh
            ",
            &["A1: Annex A tells no FTE, role or experience, and no roster gives them, so 2 workers are not scored."],
        );
    }

    #[test]
    fn those_on_no_roster_are_named() {
        expect(
            check,
            "
                ## List 6
                Child Unique ID, CIN Start Date, Primary Need Code, Case status, Allocated Team, Allocated Worker
                C-101, 2025-01-02, N1, c) Child in need plan, Locality North, Ada Lovell
                C-102, 2025-01-02, N1, c) Child in need plan, Assessment, Ben Marsh
                === roster
                Worker, Role, FTE
                Ada Lovell, Social worker, 0.8
            ",
            &[
                "A1: Annex A tells no FTE, role or experience, and no roster gives them, so 1 worker is not scored: Ben Marsh.",
            ],
        );
    }

    #[test]
    fn a_roster_is_enough() {
        expect(
            check,
            "
                ## List 6
                Child Unique ID, CIN Start Date, Primary Need Code, Case status, Allocated Team, Allocated Worker
                C-101, 2025-01-02, N1, c) Child in need plan, Locality North, Ada Lovell
                === roster
                Worker, Role, FTE
                Ada Lovell, Social worker, 0.8
            ",
            &[],
        );
    }
}
