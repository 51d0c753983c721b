//! Two FTE figures for one worker.

use std::collections::BTreeSet;

use crate::book::sheet::Place;
use crate::field::caseload::{FteFigure, FteRead, Worker};
use crate::field::finding::{About, Finding, Rule, Severity};

use super::sources;
use super::view::View;

/// What it looks for and why.
pub static RULE: Rule = Rule {
    name: "two-ftes",
    severity: Severity::Warning,
    about: About::Worker,
    what: "Different FTE figures are written for the same worker.",
    why: "The limit follows FTE; with two figures one of them is wrong.",
    action: "Write the right one on every row of the worker.",
    source: sources::OURS,
};

/// Adds what it finds.
pub fn check(view: &View, findings: &mut Vec<Finding>) {
    let used = |worker: &Worker| worker.fte().map(|fte| fte.0.normalize().to_string());
    view.tell_different(&RULE, "FTE", differing, used, findings);
}

/// The first figure of each share of a post, so that 0.6 and 22.2 hours are the same.
fn differing(worker: &Worker) -> Vec<(String, Place)> {
    let mut shares = BTreeSet::new();
    let differing = worker.post.ftes.iter().filter(|(figure, _)| shares.insert(figure.fte));
    differing.map(|(figure, at)| (written(figure), *at)).collect()
}

fn written(figure: &FteFigure) -> String {
    match figure.read_as {
        FteRead::Share => figure.written.to_string(),
        FteRead::Hours => format!("{} hours", figure.written),
        FteRead::Percent => format!("{} %", figure.written),
        FteRead::Days => format!("{} days", figure.written),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    #[test]
    fn the_second_one_is_flagged() {
        expect(
            check,
            "
                Child ID, Worker, FTE
                C-101, Ada Lovell, 0.6
                C-102, Ada Lovell, 0.8
            ",
            &["C3: Ada Lovell has FTE 0.6 in C2 and 0.8 in C3; …"],
        );
    }

    #[test]
    fn the_same_share_in_another_unit_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, FTE
                C-101, Ada Lovell, 0.6
                C-102, Ada Lovell, 60%
            ",
            &[],
        );
    }

    #[test]
    fn the_same_on_every_row_is_left_alone() {
        expect(
            check,
            "
                Child ID, Worker, FTE
                C-101, Ada Lovell, 0.6
                C-102, Ada Lovell, 0.6
                C-103, Ben Marsh, 0.8
            ",
            &[],
        );
    }
}
