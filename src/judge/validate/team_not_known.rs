//! A team whose service area cannot be told.

use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "team-not-known",
    severity: Severity::Warning,
    about: About::Worker,
    what: "A team's service area is not known, so its workers are not scored for limits.",
    why: "Limits are agreed by service area: assessment, locality, children in our care and so on.",
    action: "Put the service area into the team's name, the sheet's name or a column of its own; if the name is a council's own, add it to your --columns file under [areas], for example locality = [\"…\"].",
    source: sources::APPENDIX_A,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for team in view.caseload.teams.iter().filter(|team| team.area.is_none() && !team.workers.is_empty()) {
        let message = format!("The service area of team {} cannot be told, so its limits are not known.", team.name);
        findings.push(RULE.finding(team.named.first().copied(), message).in_team(&team.name));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn a_team_of_no_known_area_is_flagged_once() {
        expect(
            check,
            "
                ## Caseload
                Child ID, Worker, Team
                C-101, Ada Lovell, Blue
                C-102, Ben Marsh, Blue
            ",
            &["C2: The service area of team Blue cannot be told, so its limits are not known."],
        );
    }

    #[test]
    fn a_team_named_after_its_area_is_left_alone() {
        expect(
            check,
            "
                ## Caseload
                Child ID, Worker, Team
                C-101, Ada Lovell, Leaving Care
            ",
            &[],
        );
    }
}
