//! One row for each foster carer or assessment (fostering teams).

use crate::book::text::fold;
use crate::field::reading::{Layout, Meaning};
use crate::understand::recognise::heads::{Fit, Heads};
use crate::understand::recognise::row_per_child::without_rag_of_cases;
use crate::understand::words::{Heading, Words};

/// A worker and a foster carer, or a worker and the kind of fostering work.
pub fn fit(heads: &Heads, _: &Words) -> Option<Fit> {
    let carers = heads.has(Meaning::FosterCarer) || heads.has(Meaning::CarerWork);
    // A child's list may name the carer it is placed with.
    if !heads.has(Meaning::Worker) || !carers || (heads.has(Meaning::Child) && !heads.has(Meaning::CarerWork)) {
        return None;
    }
    let mut means = without_rag_of_cases(heads);
    // Beside foster carers a bare "Type" tells supervision from assessment.
    if !heads.has(Meaning::CarerWork) {
        let bare = |text: &str| ["type", "kind", "work", "role", "supervision", "task"].contains(&fold(text).as_str());
        let at = heads.cells.iter().zip(&means).position(|(cell, means)| means.is_none() && bare(&cell.text));
        if let Some(at) = at {
            means[at] = Some(Heading::Means(Meaning::CarerWork));
        }
    }
    Some(Fit::of_cases(Layout::RowPerCarer, means))
}
