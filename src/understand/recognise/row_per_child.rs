//! One row for each child, with the worker in a column or named otherwise.

use crate::field::reading::{Layout, Meaning, TableReading};
use crate::understand::recognise::heads::{Fit, Heads};
use crate::understand::words::{Heading, Words};

/// A worker, and something of a case.
pub fn fit(heads: &Heads, _: &Words) -> Option<Fit> {
    let fits = heads.has(Meaning::Worker) && heads.has_any(Meaning::OF_A_CASE);
    fits.then(|| Fit::of_cases(Layout::RowPerChild, without_rag_of_cases(heads)))
}

/// Something of a case, and no worker: whose cases they are must be told by a row, a title or the sheet.
pub fn fit_without_worker(heads: &Heads, _: &Words) -> Option<Fit> {
    const BESIDE: &[Meaning] =
        &[Meaning::Opened, Meaning::Allocated, Meaning::Closed, Meaning::AwaitingMove, Meaning::Additional];
    let of_a_case = Meaning::OF_A_CASE.iter().filter(|meaning| heads.has(**meaning)).count();
    let of_a_child = [Meaning::Child, Meaning::ChildName, Meaning::Household, Meaning::FosterCarer];
    let fits = of_a_case >= 2 || (heads.has_any(&of_a_child) && heads.has_any(BESIDE));
    (fits && !heads.has(Meaning::Worker))
        .then(|| Fit { worker_missing: true, ..Fit::of_cases(Layout::RowPerChild, without_rag_of_cases(heads)) })
}

/// Whether a table without a worker reads like a caseload all the same: two columns of a case among three.
pub fn is_likely(table: &TableReading) -> bool {
    let of_a_case = Meaning::OF_A_CASE.iter().filter(|meaning| table.column(**meaning).is_some()).count();
    of_a_case >= 2 && table.columns.len() + table.unused.len() + table.doubled.len() >= 3
}

/// A bare "RAG" beside a child is the case's, not the manager's judgement of the worker.
pub fn without_rag_of_cases(heads: &Heads) -> Vec<Option<Heading>> {
    let rag = |text: &str| ["rag", "rag rating"].contains(&crate::book::text::fold(text).as_str());
    heads.cells.iter().map(|cell| if rag(&cell.text) { Some(Heading::Ignored) } else { cell.plain() }).collect()
}
