//! What the parts of "Working" share: the page, its columns, and the rows on which everything stands.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::book::page::{Cell, Look, Page};
use crate::field::rating::{Measure, Rag, Rating, rounded};
use crate::policy::Policy;

use super::super::{Book, Listed};

/// The page, and on which rows the ratings of each worker stand.
pub struct Working {
    /// The page.
    pub page: Page,
    /// First row of each worker, by team and worker.
    pub(super) rows: BTreeMap<(usize, usize), u32>,
    /// First and last row of the ratings, by team.
    pub(super) teams: BTreeMap<usize, (u32, u32)>,
    /// First and last row of the households, over all teams and by team.
    pub(super) households: Option<(u32, u32)>,
    pub(super) households_of: BTreeMap<usize, (u32, u32)>,
}

/// Columns of the table of workers.
pub mod at {
    #![allow(missing_docs)]
    pub const WORKER: u32 = 1;
    pub const MEASURE: u32 = 2;
    pub const UNIT: u32 = 3;
    pub const LOAD: u32 = 4;
    pub const FULL_LOWER: u32 = 5;
    pub const FULL_UPPER: u32 = 6;
    pub const FTE: u32 = 7;
    pub const LOWER: u32 = 8;
    pub const UPPER: u32 = 9;
    pub const USED: u32 = 10;
    pub const RAG: u32 = 11;
    pub const SHADE: u32 = 12;
    pub const NOT_PLANNED: u32 = 15;
}

/// Columns of the table of households.
pub mod family {
    #![allow(missing_docs)]
    pub const WORKER: u32 = 1;
    pub const CHILDREN: u32 = 4;
    pub const STATUS: u32 = 5;
    pub const CARE: u32 = 6;
    pub const LEVEL: u32 = 7;
    pub const ADDITIONAL: u32 = 9;
    pub const TOTAL: u32 = 10;
    pub const CHECK: u32 = 11;
}

/// Columns of the widest table.
pub const COLUMNS: u32 = 16;
/// Stands beside a family whose worker's name was changed to one that the team has not.
pub const NOBODY: &str = "no such worker in the team";

impl Working {
    /// The zero-based row of a worker's rating.
    pub fn row(&self, listed: (usize, usize), rating: usize) -> u32 {
        self.rows.get(&listed).copied().unwrap_or(0) + rating as u32
    }

    /// First and last row of a team's ratings, `None` for a team without workers.
    pub fn team(&self, team: usize) -> Option<(u32, u32)> {
        self.teams.get(&team).copied()
    }

    /// Puts a cell that refers to a part of the sheet below into the row of a rating.
    pub fn put(&mut self, row: u32, column: u32, cell: Cell) {
        if let Some(there) = self.page.rows[row as usize].cells.get_mut(column as usize) {
            *there = cell.look(Look::Figure);
        }
    }

    /// Children beside a name that is nobody of their team, as part of a formula: of one team or of all.
    pub fn beside_nobody(&self, book: &Book<'_>, team: Option<usize>) -> Option<String> {
        let rows = match team {
            Some(team) => self.households_of.get(&team).copied(),
            None => self.households,
        };
        let (first, last) = rows?;
        let block = |column| block(book, column, first, last);
        Some(format!("SUMPRODUCT(({}=\"{NOBODY}\")*1,{})", block(family::CHECK), block(family::CHILDREN)))
    }

    /// Workers who are amber or red by the formulas and were not when the workbook was read, as part of a formula.
    pub fn not_planned(&self, book: &Book<'_>) -> Option<String> {
        let first = self.teams.values().map(|(first, _)| *first).min()?;
        let last = self.teams.values().map(|(_, last)| *last).max()?;
        Some(format!("SUMPRODUCT(({}<>\"\")*1)", block(book, at::NOT_PLANNED, first, last)))
    }
}

/// A column of a worker's ratings as other sheets name it.
pub fn block(book: &Book<'_>, column: u32, first: u32, last: u32) -> String {
    crate::book::page::span(&book.names.working, crate::book::page::column(column, first, last))
}

/// A worker's rating of a measure by one policy.
#[derive(Clone, Copy)]
pub struct Rated<'a> {
    /// The policy.
    pub policy: &'a Policy,
    /// The worker.
    pub listed: Listed<'a>,
    /// Which of their ratings it is.
    pub at: usize,
}

impl<'a> Rated<'a> {
    /// `None` where the policy does not rate the worker by the measure.
    pub fn by(policy: &'a Policy, measure: Measure, listed: Listed<'a>) -> Option<Self> {
        let is_that = |rating: &Rating| rating.measure == measure && rating.policy == policy.name;
        Some(Self { policy, listed, at: listed.scored.ratings.iter().position(is_that)? })
    }

    /// The rating.
    pub fn rating(&self) -> &'a Rating {
        &self.listed.scored.ratings[self.at]
    }
}

/// First and last of the ratings that can give a worker their colour; `None` where others stand between.
pub fn governing(listed: Listed<'_>) -> Option<(usize, usize)> {
    let ratings = &listed.scored.ratings;
    let first = ratings.iter().position(|rating| !rating.advisory)?;
    let last = ratings.iter().rposition(|rating| !rating.advisory)?;
    ratings[first..=last].iter().all(|rating| !rating.advisory).then_some((first, last))
}

/// The worst of the colours that ratings have now as part of a formula: red before amber before green.
///
/// A rating that was scored and cannot be scored any more, for want of a figure, may have been the red one: what
/// is left of the ratings does not make the worker green.
pub fn worst(words: &str, ratings: &[Rating]) -> String {
    let unscored = ratings.iter().filter(|rating| rating.rag == Rag::NotScored).count();
    format!(
        "IF(COUNTIF({words},\"RED\")>0,\"RED\",IF(COUNTIF({words},\"AMBER\")>0,\"AMBER\",\
         IF(COUNTIF({words},\"NOT SCORED\")>{unscored},\"NOT SCORED\",\
         IF(COUNTIF({words},\"GREEN\")>0,\"GREEN\",\"NOT SCORED\"))))"
    )
}

/// The utilisation as a ratio of six places; `None` where nothing is expected or nothing was judged.
pub fn ratio(rating: &Rating) -> Option<Decimal> {
    Some(rounded(rating.utilisation()? / Decimal::ONE_HUNDRED, 6))
}
