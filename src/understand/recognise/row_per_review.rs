//! One row for each review (independent reviewing officers).

use crate::field::reading::{Layout, Meaning};
use crate::understand::recognise::heads::{Fit, Heads};
use crate::understand::recognise::row_per_child::without_rag_of_cases;
use crate::understand::words::Words;

/// A worker and a review.
pub fn fit(heads: &Heads, _: &Words) -> Option<Fit> {
    let fits = heads.has(Meaning::Worker) && heads.has(Meaning::Review);
    fits.then(|| Fit::of_cases(Layout::RowPerReview, without_rag_of_cases(heads)))
}
