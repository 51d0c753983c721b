//! One row for each worker, with role, FTE and the like.

use crate::field::reading::{Layout, Meaning};
use crate::understand::recognise::header::{Fit, Heads};
use crate::understand::recognise::row_per_child::OF_A_CASE;
use crate::understand::words::Words;

/// Columns of which a roster has at least one.
pub const OF_A_WORKER: &[Meaning] = &[
    Meaning::Role,
    Meaning::Fte,
    Meaning::Stage,
    Meaning::Started,
    Meaning::Duties,
    Meaning::DutyPoints,
    Meaning::AgreedLimit,
    Meaning::Judgement,
];

/// A worker with something of a worker, and nothing of a case.
pub fn fit(heads: &Heads, _: &Words) -> Option<Fit> {
    let strong: Vec<Meaning> = OF_A_CASE.iter().copied().filter(|meaning| *meaning != Meaning::ChildName).collect();
    let fits = heads.has_on_roster(Meaning::Worker)
        && heads.has_any_on_roster(OF_A_WORKER)
        && !heads.has_any_on_roster(&strong);
    fits.then(|| Fit {
        layout: Layout::Roster,
        means: heads.cells.iter().map(|cell| cell.on_roster()).collect(),
        worker_missing: false,
        on_roster: true,
    })
}
