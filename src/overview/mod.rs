//! The directorate's workbook as pages: an overview, the teams side by side, and how to read them.
//!
//! No child stands in it, by name, reference or row.

mod guide;
mod headline;
mod teams;

use rust_decimal::Decimal;

use crate::directorate::Directorate;
use crate::page::{Cell, Look, Page};
use crate::policy::Policies;
use crate::rating::rounded;

/// Names of the three sheets.
pub const NAMES: [&str; 3] = ["Overview", "Teams", "How to read this"];

/// The pages of the directorate's workbook, in their order.
pub fn pages(directorate: &Directorate, policies: &Policies) -> Vec<Page> {
    vec![headline::page(directorate, policies), teams::page(directorate), guide::page(directorate, policies)]
}

/// A figure in percent as the ratio that percent formats show; a dash where there is none.
fn percent(figure: Option<Decimal>) -> Cell {
    match figure {
        Some(figure) => Cell::number(rounded(figure / Decimal::ONE_HUNDRED, 6)).look(Look::Percent),
        None => Cell::text("–").look(Look::Figure),
    }
}

/// A figure of two places; a dash where there is none.
fn two_places(figure: Option<Decimal>) -> Cell {
    Cell::maybe(figure.map(|figure| rounded(figure, 2))).look(Look::Decimals)
}

fn whole(figure: u32) -> Cell {
    Cell::number(Decimal::from(figure))
}
