//! The words of the field: teams, workers, the children they hold, and what each cell said of them.

use std::collections::BTreeSet;

use crate::book::sheet::Place;
use crate::field::reading::{Meaning, SheetReading};

mod beside;
mod case;
mod shared;
mod tasks;
mod terms;
mod time;
mod worker;

pub use beside::{Beside, beside, care_sets, count};
pub use case::{Case, CaseRow, Child, Repeat, Work, WorkerSays};
pub use shared::{Shared, shared};
pub use tasks::{TaskForm, TaskLine};
pub use terms::{CaseStatus, Level, Proceedings, Role, ServiceArea, Stage, Subject, Unit};
pub use time::{CaseTime, Deduction, StatedTotals, TimeForm, TimeItem};
pub use worker::{
    Agreed, Counts, Duties, Fte, FteFigure, FteRead, Holding, Household, Identity, Judgement, NotCounted, Post,
    StageFrom, Stated, Worker,
};

/// The sheet number of places on a roster that came from another file; no sheet of the workbook has it.
pub const ELSEWHERE: usize = usize::MAX;

/// What one workbook says: how each sheet was read, and the teams found in it.
#[derive(Debug, Clone, Default)]
pub struct Caseload {
    /// One entry for each sheet of the workbook, in its order; a [`Place`] points into it.
    pub sheets: Vec<SheetReading>,
    /// Teams in the order in which they first appear.
    pub teams: Vec<Team>,
}

impl Caseload {
    /// The name of the sheet that a place lies on.
    pub fn sheet_name(&self, place: Place) -> &str {
        self.sheets.get(place.sheet).map_or("", |sheet| sheet.name.as_str())
    }

    /// Every worker with the team they are listed in.
    pub fn workers(&self) -> impl Iterator<Item = (&Team, &Worker)> {
        self.teams.iter().flat_map(|team| team.workers.iter().map(move |worker| (team, worker)))
    }
}

/// A team: the workers it lists and the children nobody holds.
#[derive(Debug, Clone)]
pub struct Team {
    /// The name as first written.
    pub name: String,
    /// The service area whose limits apply; `None` where no word for one was found.
    pub area: Option<ServiceArea>,
    /// What the service area was taken from, as a phrase: `the team column`.
    pub area_from: &'static str,
    /// Where the team's name stands: cells of its column, or the first cell of its table.
    pub named: Vec<Place>,
    /// What the columns of the team's sheets mean, taken together.
    pub columns: BTreeSet<Meaning>,
    /// Workers in the order in which they first appear.
    pub workers: Vec<Worker>,
    /// Cases without a key worker.
    pub unallocated: Vec<Case>,
}

/// What a cell said, at its place.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Entry<T> {
    /// The sheet has no such column.
    #[default]
    NoColumn,
    /// The column is there, the cell is blank.
    Blank(Place),
    /// Read.
    Given(T, Place),
    /// Something is written that was not understood; the text is for the manager's own eyes.
    Unclear(String, Place),
}

impl<T> Entry<T> {
    /// The value, where one was read.
    pub fn given(&self) -> Option<&T> {
        match self {
            Entry::Given(value, _) => Some(value),
            _ => None,
        }
    }

    /// The same cell with another value, where it has one.
    pub fn map<U>(self, of: impl FnOnce(T) -> U) -> Entry<U> {
        match self {
            Entry::NoColumn => Entry::NoColumn,
            Entry::Blank(place) => Entry::Blank(place),
            Entry::Given(value, place) => Entry::Given(of(value), place),
            Entry::Unclear(text, place) => Entry::Unclear(text, place),
        }
    }

    /// The cell, where the column exists.
    pub fn place(&self) -> Option<Place> {
        match self {
            Entry::NoColumn => None,
            Entry::Blank(place) | Entry::Given(_, place) | Entry::Unclear(_, place) => Some(*place),
        }
    }

    /// Nothing is written: no column, or a blank cell.
    pub fn is_absent(&self) -> bool {
        matches!(self, Entry::NoColumn | Entry::Blank(_))
    }
}
