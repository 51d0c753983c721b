//! No experience written for a worker who is scored in points or in tasks.

use std::collections::BTreeSet;

use crate::book::sheet::Place;
use crate::field::finding::{About, Finding, Rule, Severity};
use crate::field::reading::Meaning;

use super::sources;
use super::view::{Member, View};

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "experience-missing",
    severity: Severity::Warning,
    about: About::Worker,
    what: "No experience is written for a worker; the benchmark of an experienced worker is assumed.",
    why: "Benchmarks grow with experience, so a worker in the first years taken for an experienced one looks less loaded.",
    action: "Write the worker's experience, such as “18 months”, or the start in practice.",
    source: sources::POINTS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    let in_tasks: BTreeSet<Place> = view.members_with_tasks().map(|(_, form, _)| form.place).collect();
    let tasks = |member: &Member| member.worker.holds.tasks.as_ref().is_some_and(|form| in_tasks.contains(&form.place));
    let points = |member: &Member| view.earns_points(*member) && !member.worker.holds.cases.is_empty();
    let scored = |member: &Member| member.worker.post.stage.is_none() && (points(member) || tasks(member));
    let unknown =
        |member: &Member| member.worker.post.written_stage.is_absent() && member.worker.post.started.is_absent();
    let members = view.members().filter(|member| scored(member) && unknown(member));
    let members = members.map(|member| (member, &member.worker.post.written_stage));
    view.tell_missing(&RULE, Meaning::Stage, "the full benchmark", members, findings);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn a_blank_experience_is_told_for_each_worker() {
        expect(
            check,
            "
                Child ID, Worker, Household, Intervention, Experience
                C-101, Ada Lovell, H1, 2, 3 years
                C-102, Ben Marsh, H2, 2,
            ",
            &["E3: No experience is written for Ben Marsh; the full benchmark is assumed."],
        );
    }

    #[test]
    fn a_sheet_without_the_column_is_told_once() {
        expect(
            check,
            "
                Child ID, Worker, Household, Intervention
                C-101, Ada Lovell, H1, 2
                C-102, Ben Marsh, H2, 2
            ",
            &["A1: There is no column for experience; the full benchmark is assumed for 2 workers."],
        );
    }

    #[test]
    fn a_tasks_form_without_experience_is_told() {
        expect_by(
            &policies_named(&["task-force-tasks"]),
            check,
            "
                Worker: Ada Lovell | FTE: 1
                Task or piece of work | Number in current caseload
                Home visits | 12
            ",
            &["A2: There is no column for experience; the full benchmark is assumed for 1 worker."],
        );
    }

    #[test]
    fn without_points_it_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker
                C-101, Ada Lovell
            ",
            &[],
        );
    }
}
