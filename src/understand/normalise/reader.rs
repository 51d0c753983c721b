//! The cells of a table's rows, each with its place; what is written and not understood is never blank.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::book::sheet::{CellRef, Place, RawRow, RawSheet, Value, Visibility};
use crate::book::text::fold;
use crate::field::caseload::{Entry, Role, WorkerSays};
use crate::field::reading::{HowRead, Meaning, TableReading};
use crate::policy::Policies;
use crate::understand::normalise::cells::tidy;
use crate::understand::normalise::holders::Known;
use crate::understand::normalise::names::WorkerName;
use crate::understand::words::{Found, StatusWord, Words};

/// What reading a row needs to know.
pub struct Reader<'a> {
    /// The sheet, or the part of it that the table covers.
    pub sheet: &'a RawSheet,
    pub table: &'a TableReading,
    pub position: usize,
    pub words: &'a Words,
    pub policies: &'a Policies,
    /// What is known of other workers; without it a cell names one worker at most.
    pub known: Option<&'a Known>,
    /// Upright merged areas by column: first row, last row.
    pub merged: BTreeMap<u32, Vec<(u32, u32)>>,
    /// Texts met before, each understood once: the same few stand on row after row.
    pub met: Met,
}

/// Words taken for others that are spelt nearly so: the cell and the word.
pub type Close = Vec<(CellRef, String)>;

/// A worker cell as read: who holds the case, who helps, and what kind of text it is.
pub type ReadCell = Result<(WorkerName, Vec<String>, WorkerSays), WorkerSays>;

/// What texts of a sheet were understood as.
#[derive(Default)]
pub struct Met {
    pub holders: RefCell<BTreeMap<String, ReadCell>>,
    pub statuses: RefCell<BTreeMap<String, Option<Vec<Found<StatusWord>>>>>,
    pub roles: RefCell<BTreeMap<String, Option<Found<Role>>>>,
    pub ambiguous: RefCell<BTreeMap<String, Option<&'static str>>>,
    /// Abbreviations with another meaning: the cell and what it is read as.
    pub doubts: RefCell<Vec<(CellRef, &'static str)>>,
}

impl<'a> Reader<'a> {
    pub fn new(
        sheet: &'a RawSheet,
        table: &'a TableReading,
        position: usize,
        words: &'a Words,
        policies: &'a Policies,
    ) -> Self {
        let mut merged: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
        for area in sheet.merged.iter().filter(|area| area.first.row < area.last.row) {
            // A block as wide as a title says nothing of a column.
            if area.first.column == area.last.column {
                merged.entry(area.first.column).or_default().push((area.first.row, area.last.row));
            }
        }
        Self { sheet, table, position, words, policies, known: None, merged, met: Met::default() }
    }

    /// The same reader, knowing of other workers: a cell may name two of them.
    pub fn knowing(self, known: &'a Known) -> Self {
        Self { known: Some(known), ..self }
    }

    /// The value of a cell, or of the merged cell above that covers it, with the place that holds it.
    pub fn get(&self, row: &'a RawRow, column: u32) -> (Option<&'a Value>, Place) {
        let own = Place { sheet: self.position, cell: CellRef::new(row.index, column) };
        if let Some(value) = row.value(column) {
            return (Some(value), own);
        }
        let areas = self.merged.get(&column);
        let Some(anchor) = areas.into_iter().flatten().find(|(first, last)| (*first..=*last).contains(&row.index))
        else {
            return (None, own);
        };
        let cell = CellRef::new(anchor.0, column);
        (self.sheet.value(cell), Place { sheet: self.position, cell })
    }

    /// The value of the first column of this meaning, else what stands above the row about its worker;
    /// `None` where neither is there.
    pub fn value(&self, row: &'a RawRow, meaning: Meaning) -> Option<(Option<&'a Value>, Place)> {
        if let Some(column) = self.table.column(meaning) {
            return Some(self.get(row, column));
        }
        let said = self.table.said_of_worker(row.index, meaning)?;
        Some((Some(&said.value), Place { sheet: self.position, cell: said.at }))
    }

    /// The text of the first column of this meaning, tidied.
    pub fn text(&self, row: &'a RawRow, meaning: Meaning) -> Entry<String> {
        self.value(row, meaning).map_or(Entry::NoColumn, |(value, place)| Self::as_text(value, place))
    }

    pub fn text_at(&self, row: &'a RawRow, column: u32) -> Entry<String> {
        let (value, place) = self.get(row, column);
        Self::as_text(value, place)
    }

    pub fn as_text(value: Option<&Value>, place: Place) -> Entry<String> {
        match value {
            None => Entry::Blank(place),
            Some(Value::Error(_) | Value::NoResult) => Entry::Unclear(String::new(), place),
            Some(value) => match tidy(&value.text()) {
                Some(text) => Entry::Given(text, place),
                None => Entry::Blank(place),
            },
        }
    }

    /// A cell read by a function; what it does not understand is unclear, never blank.
    pub fn read<T>(&self, row: &'a RawRow, meaning: Meaning, of: impl Fn(&Value) -> Option<T>) -> Entry<T> {
        let Some((value, place)) = self.value(row, meaning) else { return Entry::NoColumn };
        let Some(value) = value else { return Entry::Blank(place) };
        if let Some(read) = of(value) {
            return Entry::Given(read, place);
        }
        let text = value.text();
        let says_something =
            matches!(value, Value::Error(_) | Value::NoResult) || !fold(&text).is_empty() || text.contains('?');
        if says_something { Entry::Unclear(text, place) } else { Entry::Blank(place) }
    }

    /// Abbreviations met that have another meaning: the cell and what it is read as.
    pub fn ambiguous(&self) -> Vec<(CellRef, &'static str)> {
        self.met.doubts.take()
    }

    /// What the row's used cells say, to tell a row that repeats another.
    pub fn whole_row(&self, row: &RawRow) -> String {
        let cells = self.table.columns.iter().map(|column| row.value(column.column));
        let texts: Vec<String> = cells.map(|value| value.map_or(String::new(), |value| fold(&value.text()))).collect();
        texts.join("\u{1}")
    }

    /// Whether people do not see the sheet.
    pub fn is_on_hidden_sheet(&self) -> bool {
        self.sheet.visibility != Visibility::Visible
    }

    pub fn place(&self, row: u32, column: u32) -> Place {
        Place { sheet: self.position, cell: CellRef::new(row, column) }
    }
}

/// The value for a text, worked out at its first meeting.
pub fn once<T: Clone>(met: &RefCell<BTreeMap<String, T>>, text: &str, of: impl FnOnce() -> T) -> T {
    if let Some(known) = met.borrow().get(text) {
        return known.clone();
    }
    let value = of();
    met.borrow_mut().insert(text.to_string(), value.clone());
    value
}

pub fn note_close(close: &mut Vec<(CellRef, String)>, place: Place, how: &HowRead) {
    if let HowRead::Close(word) = how {
        close.push((place.cell, word.clone()));
    }
}

pub fn says_something(value: &Value) -> bool {
    match value {
        Value::Text(text) => !fold(text).is_empty(),
        _ => true,
    }
}
