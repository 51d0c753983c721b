//! One row for each household, with a number of children.

use crate::reading::{Layout, Meaning};
use crate::recognise::header::{Fit, Heads};
use crate::recognise::row_per_child::without_rag_of_cases;
use crate::words::Words;

/// A number of children beside a household, and no column that tells one child from another.
pub fn fit(heads: &Heads, _: &Words) -> Option<Fit> {
    let of_a_household = [Meaning::Household, Meaning::ChildName, Meaning::Status, Meaning::Intervention];
    let fits = heads.has(Meaning::Children) && heads.has_any(&of_a_household) && !heads.has(Meaning::Child);
    fits.then(|| Fit {
        worker_missing: !heads.has(Meaning::Worker),
        ..Fit::of_cases(Layout::RowPerHousehold, without_rag_of_cases(heads))
    })
}
