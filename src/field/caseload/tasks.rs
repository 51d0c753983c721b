//! Tasks or pieces of work, as forms and lists give them.

use rust_decimal::Decimal;

use super::Entry;
use crate::book::sheet::Place;

/// Tasks or pieces of work of one worker, as forms or lists of tasks give them.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskForm {
    /// The cell that names the worker on the first of them.
    pub place: Place,
    /// Tasks or pieces of work.
    pub lines: Vec<TaskLine>,
    /// Additional travel for tasks.
    pub travel: Vec<TaskLine>,
    /// Duties beside the tasks.
    pub duties: Vec<TaskLine>,
    /// All points together, as the form states them.
    pub stated_total: Entry<Decimal>,
}

/// One line of a tasks form.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskLine {
    /// What the line says.
    pub label: String,
    /// What it may name a task by, as texts are compared: the whole of it first, then its parts.
    pub names: Vec<String>,
    /// The cell that names it.
    pub place: Place,
    /// How many there are.
    pub number: Entry<Decimal>,
    /// The points that the form itself gives for all of them.
    pub points: Entry<Decimal>,
}

impl TaskForm {
    /// Adds the lines of another form of the same worker; totals are known together or not at all.
    pub fn add(&mut self, other: TaskForm) {
        self.lines.extend(other.lines);
        self.travel.extend(other.travel);
        self.duties.extend(other.duties);
        self.stated_total = match (&self.stated_total, &other.stated_total) {
            (Entry::Given(one, at), Entry::Given(other, _)) => Entry::Given(one + other, *at),
            _ => Entry::NoColumn,
        };
    }

    /// Whether anything is written of how many there are, or what they come to.
    pub fn is_filled_in(&self) -> bool {
        self.all().any(|line| !line.number.is_absent() || !line.points.is_absent())
    }

    /// Every line: tasks, then travel, then duties.
    pub fn all(&self) -> impl Iterator<Item = &TaskLine> {
        self.lines.iter().chain(&self.travel).chain(&self.duties)
    }
}
