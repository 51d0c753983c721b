//! The directorate's workbook as pages: an overview, the teams side by side, and how to read them.
//!
//! No child stands in it, by name, reference or row.

mod benchmarks;
mod capacity;
mod fairness;
mod first;
mod guide;
mod headline;
mod lines;
mod policy;
mod quality;
pub mod shared;
mod teams;
mod trend;
mod values;
mod workers;

use rust_decimal::Decimal;

use crate::book::page::{Cell, Look, Page};
use crate::directorate::comparison::{Directorate, Shown};
use crate::directorate::history::Trend;
use crate::field::rating::rounded;
use crate::policy::Policies;

/// Headline figures and where to look first.
pub const OVERVIEW: &str = "Overview";
/// Every figure of every team.
pub const TEAMS: &str = "Teams";
/// Where posts are short.
pub const CAPACITY: &str = "Capacity";
/// How evenly the work is spread.
pub const FAIRNESS: &str = "Fairness";
/// Teams beside limits, the directorate and the country.
pub const BENCHMARKS: &str = "Benchmarks";
/// What changed since earlier runs.
pub const TREND: &str = "Trend";
/// Workers by name, where they are asked for.
pub const WORKERS: &str = "Workers";
/// How sure the figures are.
pub const QUALITY: &str = "Data quality";
/// Every limit, benchmark, band and assumption.
pub const POLICY: &str = "Policy";
/// What the other sheets are reckoned from.
pub const VALUES: &str = "Values";
/// What each figure means.
pub const GUIDE: &str = "How to read this";

/// The pages of the directorate's workbook, in their order.
pub fn pages(directorate: &Directorate, policies: &Policies, shown: Shown) -> Vec<Page> {
    let mut pages = vec![
        headline::page(directorate, policies),
        teams::page(directorate),
        capacity::page(directorate),
        fairness::page(directorate),
        benchmarks::page(directorate, policies),
        trend::page(directorate.trend.as_ref(), shown.workers),
    ];
    pages.extend(shown.workers.then(|| workers::page(directorate)));
    pages.extend([quality::page(directorate), policy::page(policies), values::page(directorate)]);
    pages.push(guide::page(directorate, policies, &pages));
    pages
}

/// The pages of a comparison of runs, which has their tables and nothing else.
pub fn comparison(trend: &Trend, shown: Shown) -> Vec<Page> {
    vec![trend::page(Some(trend), shown.workers)]
}

/// A figure in percent as the ratio that percent formats show; a dash where there is none.
fn percent(figure: Option<Decimal>) -> Cell {
    match figure {
        Some(figure) => Cell::number(rounded(figure / Decimal::ONE_HUNDRED, 6)).look(Look::Percent),
        None => Cell::text("–").look(Look::Figure),
    }
}

fn whole(figure: u32) -> Cell {
    Cell::number(Decimal::from(figure))
}
