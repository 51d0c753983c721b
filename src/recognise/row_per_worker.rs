//! One row for each worker, with counts of children.

use crate::reading::{Layout, Meaning};
use crate::recognise::header::{Fit, Heads};
use crate::recognise::row_per_child::OF_A_CASE;
use crate::words::{Heading, Words, fold};

/// A worker and at least one count, and nothing that tells one child from another.
pub fn fit(heads: &Heads, words: &Words) -> Option<Fit> {
    if !heads.has_on_roster(Meaning::Worker) {
        return None;
    }
    let strong = |meaning: &Meaning| !matches!(meaning, Meaning::ChildName | Meaning::Children);
    let strong: Vec<Meaning> = OF_A_CASE.iter().copied().filter(strong).collect();
    let mut means: Vec<Option<Heading>> = heads.cells.iter().map(|cell| cell.on_roster()).collect();
    let mut counts = 0;
    for (cell, means) in heads.cells.iter().zip(&mut means) {
        let counted = matches!(means, Some(Heading::Means(Meaning::Children | Meaning::Count)))
            || (!matches!(means, Some(Heading::Means(_))) && is_count(&cell.text, words));
        if counted {
            *means = Some(Heading::Means(Meaning::Count));
            counts += 1;
        }
    }
    (counts > 0 && !heads.has_any_on_roster(&strong)).then_some(Fit {
        layout: Layout::RowPerWorker,
        means,
        worker_missing: false,
        on_roster: true,
    })
}

/// Whether a heading names a status or a total, as tables of counts have them.
fn is_count(text: &str, words: &Words) -> bool {
    const COUNTS: &[&str] = &[
        "children",
        "cases",
        "caseload",
        "number of cases",
        "no of cases",
        "no of children",
        "open cases",
        "current caseload",
    ];
    words.statuses(text).is_some() || words.is_total(text) || COUNTS.contains(&fold(text).as_str())
}
