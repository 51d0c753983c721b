//! The sheets of figures that a form's formulas refer to, and the words that its cells offer.

mod lists;
mod singles;
mod whom;

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::book::page::{Cell, Page, address, column, span};
use crate::book::sheet::CellRef;
use crate::book::text::fold;
use crate::field::rating::{Measure, Rag};
use crate::policy::{Bands, PointsFrom, Policies, Policy, Task, asked_for, figure_ids as id};

use super::expected::is_plain;

pub use lists::List;

/// The sheet of single figures and of words.
pub const NAME: &str = "Policy figures";
/// The sheet of what is expected of whom.
pub const EXPECTED: &str = "Expected of whom";
/// What stands where nothing is expected or known.
pub const NONE: &str = "–";
/// What stands for a blank cell where a worker's figures are looked up.
pub const NOT_GIVEN: &str = "not given";

/// Figures of the chosen policies, each at a cell.
pub struct Figures<'a> {
    /// The policies of the form.
    pub policies: &'a Policies,
    /// The policy whose limits the form shows.
    pub limits: Option<&'a Policy>,
    /// The policy whose points the form shows.
    pub points: Option<&'a Policy>,
    /// The policy whose tasks the form shows.
    pub tasks: Option<&'a Policy>,
    /// The policy whose hours the form shows.
    pub time: Option<&'a Policy>,
    page: Page,
    table: Page,
    cells: BTreeMap<Key, CellRef>,
    lists: BTreeMap<List, (u32, u32)>,
}

/// A figure that formulas of a form refer to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// A single figure, by one of the ids that the program knows.
    Figure(&'static str),
    /// Points of a task, by its id.
    Task(String),
    /// The percent from which a load has this colour by a measure.
    Edge(Measure, Rag),
}

/// Columns of [`EXPECTED`].
pub mod of {
    #![allow(missing_docs)]
    pub const KEY: u32 = 0;
    pub const LOWER: u32 = 1;
    pub const UPPER: u32 = 2;
    pub const PRO_RATA: u32 = 3;
    pub const AGREE: u32 = 4;
    pub const POINTS: u32 = 5;
    pub const WITH_CASES: u32 = 6;
    pub const LINE: u32 = 7;
    pub const TASKS: u32 = 8;
    pub const SUPERVISION: u32 = 9;
    pub const CPD: u32 = 10;
}

/// The single figures that a form may have: those that its policies must give.
const SINGLES: &[&[&str]] = &[id::POINTS, id::TASKS, id::TIME, &[id::FTE_MOST, id::WEEK]];

const COLUMNS: u32 = 4;
const TAB: &str = "7A6C9D";

impl<'a> Figures<'a> {
    /// The sheets with the figures in force on the policies' date.
    pub fn new(policies: &'a Policies) -> Self {
        let has_limit = |policy: &&Policy| policy.limits.iter().any(|limit| limit.measure == Measure::Limit);
        let limits = policies.chosen.iter().find(has_limit).filter(|policy| is_plain(policy));
        let matrix = |policy: &&Policy| policy.points.as_ref().is_some_and(|model| model.from == PointsFrom::Matrix);
        let points = policies.chosen.iter().find(|policy| policy.points.is_some());
        let points = points.filter(|policy| is_plain(policy)).filter(matrix);
        let tasks = policies.chosen.iter().find(|policy| policy.tasks.is_some());
        let tasks = tasks.filter(|policy| is_plain(policy));
        let time = policies.chosen.iter().find(|policy| policy.time.is_some());
        let page = Page::new(NAME, TAB, &[44, 22, 40, 64]);
        let table = Page::new(EXPECTED, TAB, &[66, 12, 12, 12, 14, 14, 16, 10, 14, 14, 14]);
        let (cells, lists) = (BTreeMap::new(), BTreeMap::new());
        let mut figures = Self { policies, limits, points, tasks, time, page, table, cells, lists };
        figures.head();
        figures.bands();
        figures.singles();
        figures.words();
        figures.whom();
        figures.page.protected = true;
        figures.table.protected = true;
        figures
    }

    /// The sheets themselves.
    pub fn into_pages(self) -> [Page; 2] {
        [self.page, self.table]
    }

    /// The cell of a single figure, as formulas on other sheets name it.
    pub fn at(&self, id: &'static str) -> String {
        debug_assert!(SINGLES.iter().any(|ids| ids.contains(&id)), "{id} stands on no sheet of a form");
        self.at_key(&Key::Figure(id))
    }

    /// The cell of a figure, as formulas on other sheets name it; a nought where the policies have none.
    pub fn at_key(&self, key: &Key) -> String {
        self.cells.get(key).map_or("0".to_string(), |cell| address(NAME, *cell))
    }

    /// A column of a list: 0 for its words.
    pub fn list(&self, list: List, column_of: u32) -> String {
        let (first, last) = self.lists.get(&list).copied().unwrap_or_default();
        span(NAME, column(column_of, first, last))
    }

    /// A column of what is expected of whom.
    pub fn whom_column(&self, of: u32) -> String {
        span(EXPECTED, column(of, 2, self.table.next() - 1))
    }

    /// The policies of limits, points, tasks and hours that the form shows.
    pub fn shown(&self) -> [Option<&'a Policy>; 4] {
        [self.limits, self.points, self.tasks, self.time]
    }

    /// The value of a figure.
    pub fn value(&self, key: &Key) -> Decimal {
        let cell = self.cells.get(key).and_then(|cell| self.page.cell(*cell));
        cell.and_then(Cell::figure).unwrap_or_default()
    }

    /// Hours of supervision and percent for CPD of a worker of whom nothing is given.
    pub fn assumed_hours(&self) -> [Decimal; 2] {
        let last = self.table.next() - 1;
        [of::SUPERVISION, of::CPD]
            .map(|of| self.table.cell(CellRef::new(last, of)).and_then(Cell::figure).unwrap_or_default())
    }

    /// The lines of a tasks form: what each is called, so that it is read again, and the key of its points.
    pub fn tasks_lines(&self) -> Vec<(String, Key)> {
        let tasks = self.tasks_in_force().into_iter();
        let mut lines: Vec<_> = tasks.map(|(label, task)| (label, Key::Task(task.id.clone()))).collect();
        lines.push(("Additional out of borough travel".to_string(), Key::Figure(id::TASKS_TRAVEL)));
        lines
    }

    /// Each task as it stands on the policies' date, with a name that the policy itself knows.
    fn tasks_in_force(&self) -> Vec<(String, &'a Task)> {
        let Some(policy) = self.tasks else { return Vec::new() };
        let on = self.policies.as_of;
        let mut tasks: Vec<(String, &Task)> = Vec::new();
        for task in &policy.task_kinds {
            let same = policy.task_kinds.iter().filter(|other| other.id == task.id && other.from <= on);
            let current = same.max_by_key(|other| other.from);
            if let Some(task) = current.filter(|task| tasks.iter().all(|(_, known)| known.id != task.id)) {
                let known = task.words.contains(&fold(&task.label));
                let name = if known { Some(task.label.clone()) } else { task.words.first().map(|word| capital(word)) };
                tasks.extend(name.map(|name| (name, task)));
            }
        }
        tasks
    }

    /// How many lines say what is expected of whom; the last is for a worker of whom nothing is given.
    pub fn lines(&self) -> u32 {
        self.table.next() - 2
    }

    /// The bands of a measure that the form shows.
    pub fn bands_of(&self, measure: Measure) -> Option<(&'a Policy, &'a Bands)> {
        let policy = match measure {
            Measure::Limit => self.limits,
            Measure::Tasks => self.tasks,
            Measure::Time => self.time,
            _ => self.points,
        }?;
        Some((policy, policy.bands(measure, self.policies.as_of)?))
    }

    /// What a colour asks for, as an expression.
    pub fn action(&self, colour: &str) -> String {
        let (first, _) = self.lists.get(&List::Actions).copied().unwrap_or_default();
        let [red, amber, green] = [0, 1, 2].map(|line| address(NAME, CellRef::new(first + line, 1)));
        asked_for(colour, [&red, &amber, &green])
    }
}

/// The text with a capital letter in front.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
