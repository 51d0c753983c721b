//! Sheets as they stand in the file: values with true addresses, no meaning yet.

mod address;
mod shown;

use std::borrow::Cow;
use std::str::FromStr;
use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::book::phrase::day;

pub use address::{Area, COLUMNS_MOST, CellRef, Place, ROWS_MOST, column_letters};
pub use shown::{Appearance, Shown, ShownIn, Width};

/// A workbook as read: its sheets in workbook order.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct RawBook {
    /// Every sheet, in the order of the tabs.
    pub sheets: Vec<RawSheet>,
}

/// One sheet: rows that hold anything, in order, and what the reader noticed beside them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct RawSheet {
    /// The tab's name; for a CSV the file's stem.
    pub name: String,
    /// Whether people see the tab.
    pub visibility: Visibility,
    /// Rows with at least one cell that is not blank, ascending.
    pub rows: Vec<RawRow>,
    /// Merged areas.
    pub merged: Vec<Area>,
    /// Columns that are hidden, ascending.
    pub hidden_columns: Vec<u32>,
    /// A filter is switched on, so that some rows may be out of sight.
    pub filtered: bool,
    /// Why the sheet could not be read, when it could not.
    pub unreadable: Option<String>,
    /// Which of our added sheets the workbook says it is, counted from nought, where the reader is told.
    pub marked: Option<usize>,
    /// The sheet was added by an earlier run of this program; it is not read.
    pub ours: bool,
    /// How it looks, for a copy of its values.
    pub appearance: Appearance,
}

/// A row that holds something.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct RawRow {
    /// Zero-based row.
    pub index: u32,
    /// Hidden by hand or by a filter.
    pub hidden: bool,
    /// Cells that are not blank, by column ascending.
    pub cells: Vec<RawCell>,
}

/// A cell that is not blank.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RawCell {
    /// Zero-based column.
    pub column: u32,
    /// What the cell shows.
    pub value: Value,
    /// The value is the stored result of a formula.
    pub formula: bool,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// Text, never empty, spaces at its edges kept.
    Text(Arc<str>),
    /// A number as the file stores it.
    Number(f64),
    /// A date; the time of day beside it is kept with the sheet's appearance.
    Date(Date),
    /// TRUE or FALSE.
    Bool(bool),
    /// An error value such as `#REF!`.
    Error(Arc<str>),
    /// A formula whose result the file does not hold; its value is unknown, not blank.
    NoResult,
}

impl Value {
    /// The text as people see it, without spaces at its edges; empty for errors and unknown results.
    pub fn text(&self) -> String {
        match self {
            Value::Text(text) => text.trim().to_string(),
            Value::Number(number) => number.to_string(),
            Value::Date(date) => day(*date),
            Value::Bool(true) => "TRUE".into(),
            Value::Bool(false) => "FALSE".into(),
            Value::Error(_) | Value::NoResult => String::new(),
        }
    }

    /// The number as an exact decimal of at most four places, or `None`.
    ///
    /// The shortest decimal that names the stored number is taken, so that 0.65 is 0.65.
    /// Numbers of a thousand million and more are no figure that people reckon with: `None`.
    pub fn decimal(&self) -> Option<Decimal> {
        match self {
            Value::Number(number) if number.abs() < 1e9 => exact(&number.to_string()),
            Value::Text(text) => exact(text.trim()),
            _ => None,
        }
    }
}

/// Reads a plain decimal such as `0.65`, `.6` or `-2` to four places, half up; anything else is `None`.
pub fn exact(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let shape = text.strip_prefix(['-', '+']).unwrap_or(text);
    if shape.is_empty()
        || shape.len() > 40
        || !shape.bytes().any(|byte| byte.is_ascii_digit())
        || !shape.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        || shape.bytes().filter(|byte| *byte == b'.').count() > 1
    {
        return None;
    }
    // The whole part is bounded so that no later product can overflow.
    if shape.split('.').next().unwrap_or("").trim_start_matches('0').len() > 9 {
        return None;
    }
    let short: String = match shape.split_once('.') {
        Some((whole, part)) => {
            let part: String = part.chars().take(20).collect();
            format!("{}.{part}0", if whole.is_empty() { "0" } else { whole })
        }
        None => shape.to_string(),
    };
    let value = Decimal::from_str(&short).ok()?;
    let value = if text.starts_with('-') { -value } else { value };
    Some(value.round_dp_with_strategy(4, rust_decimal::RoundingStrategy::MidpointAwayFromZero).normalize())
}

/// Whether people see a tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Visibility {
    /// An ordinary tab.
    #[default]
    Visible,
    /// Hidden, to be shown again from the menu.
    Hidden,
    /// Hidden so that only a macro shows it again.
    VeryHidden,
}

impl RawSheet {
    /// The first and last column that holds anything.
    pub fn columns(&self) -> (u32, u32) {
        let first = self.rows.iter().filter_map(|row| row.cells.first()).map(|cell| cell.column).min();
        let last = self.rows.iter().filter_map(|row| row.cells.last()).map(|cell| cell.column).max();
        (first.unwrap_or(0), last.unwrap_or(0))
    }

    /// The cells of this area as a sheet of their own, at their true addresses; the sheet itself
    /// where nothing lies outside.
    pub fn within(&self, area: Area) -> Cow<'_, RawSheet> {
        let inside = |row: &RawRow| (area.first.row..=area.last.row).contains(&row.index);
        let (first, last) = self.columns();
        let columns = area.first.column..=area.last.column;
        let wide = columns.contains(&first) && columns.contains(&last);
        if wide && self.rows.first().is_none_or(inside) && self.rows.last().is_none_or(inside) {
            return Cow::Borrowed(self);
        }
        let cells = |row: &RawRow| row.cells.iter().filter(|cell| columns.contains(&cell.column)).cloned().collect();
        let rows = self.rows.iter().filter(|row| inside(row));
        let rows = rows.map(|row| RawRow { index: row.index, hidden: row.hidden, cells: cells(row) });
        Cow::Owned(RawSheet {
            name: self.name.clone(),
            visibility: self.visibility,
            rows: rows.filter(|row| !row.cells.is_empty()).collect(),
            merged: self.merged.clone(),
            hidden_columns: self.hidden_columns.clone(),
            filtered: self.filtered,
            unreadable: self.unreadable.clone(),
            marked: self.marked,
            ours: self.ours,
            appearance: Appearance::default(),
        })
    }

    /// Adds a cell behind those already there; a row begun by it is hidden where `hidden` says so.
    pub fn push(&mut self, place: CellRef, value: Value, formula: bool, hidden: impl FnOnce() -> bool) {
        let cell = RawCell { column: place.column, value, formula };
        match self.rows.last_mut() {
            Some(row) if row.index == place.row => row.cells.push(cell),
            _ => self.rows.push(RawRow { index: place.row, hidden: hidden(), cells: vec![cell] }),
        }
    }

    /// The row with this zero-based index, if it holds anything.
    pub fn row(&self, index: u32) -> Option<&RawRow> {
        self.rows.binary_search_by_key(&index, |row| row.index).ok().map(|at| &self.rows[at])
    }

    /// The value at an address, `None` where the cell is blank.
    pub fn value(&self, cell: CellRef) -> Option<&Value> {
        self.row(cell.row)?.value(cell.column)
    }
}

impl RawRow {
    /// The value in a column, `None` where the cell is blank.
    pub fn value(&self, column: u32) -> Option<&Value> {
        let at = self.cells.binary_search_by_key(&column, |cell| cell.column).ok()?;
        Some(&self.cells[at].value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_exact_to_four_places() {
        assert_eq!(Value::Number(0.65).decimal(), exact("0.65"));
        assert_eq!(Value::Number(0.1 + 0.2).decimal(), exact("0.3"));
        assert_eq!(exact("0.67567567").unwrap().to_string(), "0.6757");
        assert_eq!(exact(".6").unwrap().to_string(), "0.6");
        for text in ["", ".", "1e3", "1,000", "12345678901", "٣"] {
            assert_eq!(exact(text), None, "{text}");
        }
    }
}
