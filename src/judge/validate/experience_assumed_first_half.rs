//! A newly qualified worker without months.

use crate::field::caseload::StageFrom;
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "experience-assumed-first-half",
    severity: Severity::Warning,
    about: About::Worker,
    what: "A worker is newly qualified and nothing says for how long; the first six months are assumed.",
    why: "The first half year has the lowest limit, so this is the more protective reading; later it would be too low.",
    action: "Write the months in practice, or the start in practice.",
    source: sources::APPENDIX_A,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    for member in view.members().filter(|member| member.worker.post.stage_from == StageFrom::AssumedFirstHalf) {
        let at = member.worker.post.written_stage.place().or(member.worker.post.written_role.place());
        let message =
            format!("{} is newly qualified without months; the first six are assumed.", member.worker.who.name);
        findings.push(member.finding(&RULE, at, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn an_nqsw_without_months_is_flagged() {
        expect(
            check,
            "
                Child ID, Worker, Role
                C-101, Ada Lovell, NQSW
            ",
            &["C2: Ada Lovell is newly qualified without months; the first six are assumed."],
        );
    }

    #[test]
    fn an_nqsw_with_months_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, Role, Experience
                C-101, Ada Lovell, NQSW, 7 months
            ",
            &[],
        );
    }
}
