//! The layouts that a table may have, one file each: the first that a header fits.

use crate::understand::recognise::heads::{Fit, Heads};
use crate::understand::recognise::{
    points_form, roster, row_per_carer, row_per_child, row_per_household, row_per_review, row_per_worker, tasks_form,
};
use crate::understand::words::Words;

/// The layouts that a header row may fit, the more telling first.
const LAYOUTS: &[fn(&Heads, &Words) -> Option<Fit>] = &[
    tasks_form::fit,
    row_per_worker::fit,
    points_form::fit,
    row_per_carer::fit,
    row_per_review::fit,
    row_per_household::fit,
    row_per_child::fit,
    roster::fit,
    row_per_child::fit_without_worker,
];

/// The first layout that the heads fit.
pub fn fit(heads: &Heads, words: &Words) -> Option<Fit> {
    LAYOUTS.iter().find_map(|layout| layout(heads, words))
}
