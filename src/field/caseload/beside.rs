//! What is shown of a worker beside the ratings.

use std::collections::BTreeSet;

use super::{Case, CaseStatus, Entry, Household, Proceedings, Subject, Team, Worker};
use crate::field::reading::Meaning;

/// Per-worker figures shown beside the ratings.
#[derive(Debug, Clone, PartialEq)]
pub struct Beside {
    /// Children held as key worker; `None` of a worker known by a form that lists none.
    pub children: Option<u32>,
    /// Households of those children; `None` where a sheet has no household column.
    pub households: Option<u32>,
    /// Children on protection plans; `None` where no column says.
    pub cp: Option<u32>,
    /// Children in our care; `None` where no column says.
    pub cioc: Option<u32>,
    /// Households in care proceedings, a child without a household alone; `None` where no column says.
    pub care_proceedings: Option<u32>,
    /// Cases helped with as co-worker.
    pub co_worked: u32,
    /// Cases awaiting transfer, closure or step-down; `None` where no column says.
    pub awaiting_move: Option<u32>,
}

/// Counts what is shown beside a worker's ratings [RC: CP, children in our care, proceedings, families].
pub fn beside(team: &Team, worker: &Worker) -> Beside {
    let children = || worker.holds.cases.iter().filter(|case| case.subject == Subject::Child);
    let known = |any: &dyn Fn(&Case) -> bool, columns: &[Meaning]| {
        children().any(any) || columns.iter().any(|meaning| team.columns.contains(meaning))
    };
    // A form may tell the status of some households and give points alone for others.
    let points_alone = |case: &Case| {
        let points = case.work.status_points.given().is_some_and(|points| !points.is_zero());
        points && matches!(case.status, Entry::NoColumn)
    };
    let has_status = known(&|case| !matches!(case.status, Entry::NoColumn), &[Meaning::Status, Meaning::TickedStatus])
        && !children().any(points_alone);
    let has_court = has_status || known(&|case| !matches!(case.proceedings, Entry::NoColumn), &[Meaning::Proceedings]);
    let listed = worker.holds.only_on_form.is_none();
    let has_moves = known(
        &|case| !matches!(case.awaiting_move, Entry::NoColumn),
        &[Meaning::AwaitingMove, Meaning::Status, Meaning::Notes],
    );
    let with = |status: CaseStatus| {
        let has_column = worker.holds.counts.as_ref().map_or(has_status, |counts| counts.statuses.contains(&status));
        (has_column && listed).then(|| count(children().filter(|case| case.has(status))))
    };
    let counts = worker.holds.counts.as_ref();
    Beside {
        children: listed.then(|| count(children())),
        households: match counts {
            Some(counts) => counts.families,
            None => worker.households().filter(|_| listed).map(|all| count(all.iter().filter(of_children))),
        },
        cp: with(CaseStatus::ChildProtection),
        cioc: with(CaseStatus::InCare),
        care_proceedings: match counts {
            Some(counts) => counts.sets,
            None => (has_court && listed).then(|| care_sets(children())),
        },
        co_worked: count(worker.holds.co_worked.iter()) + counts.and_then(|counts| counts.co_worked).unwrap_or(0),
        awaiting_move: (has_moves && listed && counts.is_none())
            .then(|| count(children().filter(|case| case.awaits_move()))),
    }
}

fn of_children(household: &&Household<'_>) -> bool {
    household.cases.iter().any(|case| case.subject == Subject::Child)
}

/// How many items there are, as the figures count them.
pub fn count<T>(items: impl Iterator<Item = T>) -> u32 {
    u32::try_from(items.count()).unwrap_or(u32::MAX)
}

/// Households in care proceedings among these children; a child without a household is one alone.
pub fn care_sets<'a>(children: impl Iterator<Item = &'a Case>) -> u32 {
    let mut named = BTreeSet::new();
    let mut alone = 0;
    for case in children.filter(|case| case.in_proceedings(Proceedings::Care)) {
        match case.household.given() {
            Some(household) => _ = named.insert(household.as_str()),
            None => alone += 1,
        }
    }
    alone + count(named.into_iter())
}
