//! One row for each worker, with role, FTE and the like.

use crate::field::reading::{Layout, Meaning};
use crate::understand::recognise::heads::{Fit, Heads};
use crate::understand::words::Words;

/// A worker with something of a worker, and nothing of a case.
pub fn fit(heads: &Heads, _: &Words) -> Option<Fit> {
    let strong: Vec<Meaning> =
        Meaning::OF_A_CASE.iter().copied().filter(|meaning| *meaning != Meaning::ChildName).collect();
    let fits = heads.has_on_roster(Meaning::Worker)
        && heads.has_any_on_roster(Meaning::OF_A_WORKER)
        && !heads.has_any_on_roster(&strong);
    fits.then(|| Fit {
        layout: Layout::Roster,
        means: heads.cells.iter().map(|cell| cell.on_roster()).collect(),
        worker_missing: false,
        on_roster: true,
    })
}
