//! Where everything on "Working" will stand, reckoned before the first formula is written.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::book::page::fixed;
use crate::book::sheet::CellRef;
use crate::field::caseload::Unit;
use crate::field::rating::{HouseholdPoints, Measure, Rating};
use crate::policy::{FigureOf, PointsFrom, Policy, figure_ids};

use super::super::policy_sheet::PolicySheet;
use super::super::{Book, Listed};

/// What the formulas are made of: the book, the figures of the sheet "Policy", and where the households will stand.
pub struct Plan<'a> {
    /// What the sheet is about.
    pub book: &'a Book<'a>,
    /// The cells of the policy's figures.
    pub policy: &'a PolicySheet,
    /// First and last row of the households, by team.
    pub households: BTreeMap<usize, (u32, u32)>,
    /// The policy that the points come from, with the cells of its figures.
    pub points: Option<PointCells<'a>>,
}

/// The policy that points come from by a matrix, with its points for each child, a status and care proceedings.
pub struct PointCells<'a> {
    /// The policy.
    pub policy: &'a Policy,
    /// Each figure with its cell.
    pub figures: [(Decimal, String); 3],
}

impl<'a> Plan<'a> {
    /// The plan of a sheet whose first rating stands on this row.
    pub fn new(book: &'a Book<'a>, policy: &'a PolicySheet, first: u32) -> Self {
        let ratings: usize = book.workers().map(|listed| listed.scored.ratings.len()).sum();
        // A blank row, the part's heading, a line about it, and the column headings.
        let head = first + ratings as u32 + 3;
        let mut next = head + 1;
        let mut households = BTreeMap::new();
        for team in 0..book.caseload.teams.len() {
            let rows: usize = book.team(team).map(|listed| lines(book, &listed)).sum();
            if rows > 0 {
                households.insert(team, (next, next + rows as u32 - 1));
                next += rows as u32;
            }
        }
        Self { book, policy, households, points: PointCells::of(book, policy) }
    }

    /// The cells of a column of the households of a team.
    ///
    /// `None` for a list so long that a sum over all of it for each worker would make the sheet slow.
    pub fn column(&self, team: usize, of: u32) -> Option<String> {
        let (first, last) = self.households.get(&team).filter(|rows| !too_long(rows))?;
        Some(format!("{}:{}", fixed(CellRef::new(*first, of)), fixed(CellRef::new(*last, of))))
    }

    /// Some team's list is so long.
    pub fn any_too_long(&self) -> bool {
        self.households.values().any(too_long)
    }
}

impl<'a> PointCells<'a> {
    fn of(book: &Book<'a>, sheet: &PolicySheet) -> Option<Self> {
        let policy = book
            .policies
            .chosen
            .iter()
            .find(|policy| policy.points.as_ref().is_some_and(|model| model.from == PointsFrom::Matrix))?;
        let cell = |id: &str| {
            let figure = policy.figure(id, book.policies.as_of)?;
            Some((figure.value, sheet.cell(&policy.key(FigureOf::Figure(figure)), figure.value)?))
        };
        let figures =
            [cell(figure_ids::POINTS_BASE)?, cell(figure_ids::POINTS_STATUS)?, cell(figure_ids::POINTS_CARE)?];
        Some(Self { policy, figures })
    }

    /// What a household comes to by the matrix.
    pub fn total(&self, household: &HouseholdPoints) -> Decimal {
        let [base, status, care] = &self.figures;
        base.0 * Decimal::from(household.children)
            + household.status * status.0
            + flag(household.care_proceedings) * care.0
            + household.intervention
            + household.additional
    }
}

fn too_long((first, last): &(u32, u32)) -> bool {
    const LONGEST: u32 = 4_000;
    last - first >= LONGEST
}

/// 1 or 0.
pub fn flag(set: bool) -> Decimal {
    if set { Decimal::ONE } else { Decimal::ZERO }
}

/// Rows of the households' table that a worker takes: one for each household, one for duties, and one for
/// children who are in no household.
fn lines(book: &Book<'_>, listed: &Listed<'_>) -> usize {
    let duties = usize::from(!listed.scored.duty_points.is_zero());
    listed.scored.households.len() + duties + usize::from(others(book, listed).is_some())
}

/// The children of a worker who has no households listed, in a team that lists those of others.
///
/// They have a row of their own, so that a family moved to this worker adds to the load they hold already.
pub fn others(book: &Book<'_>, listed: &Listed<'_>) -> Option<Decimal> {
    let by_household =
        listed.scored.households.is_empty() && book.team(listed.at.0).any(|other| !other.scored.households.is_empty());
    let children = listed.scored.ratings.iter().filter(|rating| counts_children(rating)).find_map(|rating| rating.load);
    children.filter(|load| by_household && *load > Decimal::ZERO)
}

/// Children of the households listed.
pub fn children_listed(listed: &Listed<'_>) -> Decimal {
    listed.scored.households.iter().map(|household| Decimal::from(household.children)).sum()
}

/// The load of a rating is a number of children.
pub fn counts_children(rating: &Rating) -> bool {
    matches!(rating.measure, Measure::Limit | Measure::CaseCount)
        && matches!(rating.unit, Unit::Children | Unit::YoungPeople | Unit::Cases)
}
