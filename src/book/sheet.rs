//! Sheets as they stand in the file: values with true addresses, no meaning yet.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use jiff::civil::{Date, Time};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::book::phrase::day;

/// Most rows of a sheet.
pub const ROWS_MOST: u32 = 1_048_576;
/// Most columns of a sheet.
pub const COLUMNS_MOST: u32 = 16_384;

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

/// How a sheet looks, as far as a copy of its values keeps it; the hours of time forms alone are read by it.
///
/// Of annotated workbooks it holds times and percentages only.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Appearance {
    /// Widths of columns, where the file gives them.
    pub widths: Vec<Width>,
    /// How values are shown where that is not the plain way, by place ascending.
    pub shown: Vec<(CellRef, Shown)>,
}

/// The width of columns beside each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Width {
    /// The first column.
    pub first: u32,
    /// The last column.
    pub last: u32,
    /// At 96 to the inch.
    pub pixels: u32,
}

/// How a value is shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Shown {
    /// A date with its time of day.
    Time(Time),
    /// A number by a spreadsheet's number format, such as `0%`.
    Code(Arc<str>),
}

impl Shown {
    /// A number of days is shown as hours and minutes, or a ratio as percent; `None` where a number is plain.
    pub fn unit(&self) -> Option<ShownIn> {
        let Shown::Code(code) = self else { return None };
        let mut plain = String::new();
        let mut signs = code.chars();
        while let Some(sign) = signs.next() {
            match sign {
                '"' => _ = signs.by_ref().find(|sign| *sign == '"'),
                '\\' | '_' | '*' => _ = signs.next(),
                '[' => {
                    let inside: String = signs.by_ref().take_while(|sign| *sign != ']').collect();
                    if inside.chars().all(|sign| "hmsHMS".contains(sign)) {
                        plain.push_str(&inside);
                    }
                }
                sign => plain.extend(sign.to_lowercase()),
            }
        }
        match plain.as_str() {
            plain if plain.contains('%') => Some(ShownIn::Percent),
            plain if plain.contains("am") || plain.contains("a/p") => Some(ShownIn::Clock),
            plain if plain.to_lowercase().contains('h') => Some(ShownIn::Hours),
            plain if plain.contains('s') || plain.contains('m') => Some(ShownIn::Clock),
            _ => None,
        }
    }
}

/// What a number stands for by the way it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShownIn {
    /// Percent of something.
    Percent,
    /// Hours and minutes: the number counts days.
    Hours,
    /// A time of the day, or minutes and seconds.
    Clock,
}

impl Appearance {
    /// The width of a column in pixels, where the file gives it.
    pub fn width(&self, column: u32) -> Option<u32> {
        let width = self.widths.iter().find(|width| (width.first..=width.last).contains(&column))?;
        Some(width.pixels)
    }

    /// How the value of a cell is shown, where that is not the plain way.
    pub fn shown(&self, cell: CellRef) -> Option<&Shown> {
        let at = self.shown.binary_search_by_key(&cell, |(place, _)| *place).ok()?;
        Some(&self.shown[at].1)
    }
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
    /// The shortest decimal that names the stored number is taken, so that 0.65 is 0.65
    /// (domain section 2). Numbers of a thousand million and more are no caseload figure: `None`.
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

/// A cell's address on its sheet, zero-based; shown as `C7`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct CellRef {
    /// Zero-based row.
    pub row: u32,
    /// Zero-based column.
    pub column: u32,
}

impl CellRef {
    /// The cell in this row and column, both counted from nought.
    pub fn new(row: u32, column: u32) -> Self {
        Self { row, column }
    }
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", column_letters(self.column), u64::from(self.row) + 1)
    }
}

impl FromStr for CellRef {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let text = text.trim_start_matches('$');
        let split = text.find(|c: char| !c.is_ascii_alphabetic()).ok_or(())?;
        let (letters, digits) = text.split_at(split);
        let digits = digits.trim_start_matches('$');
        if letters.is_empty() || letters.len() > 3 || digits.is_empty() || digits.len() > 7 {
            return Err(());
        }
        let mut column = 0u32;
        for letter in letters.bytes() {
            column = column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1;
        }
        let row: u32 = digits.parse().map_err(|_| ())?;
        if row == 0 || row > ROWS_MOST || column > COLUMNS_MOST {
            return Err(());
        }
        Ok(Self::new(row - 1, column - 1))
    }
}

/// The letters of a zero-based column: 0 is `A`, 26 is `AA`.
pub fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut left = u64::from(column) + 1;
    while left > 0 {
        left -= 1;
        letters.push(b'A' + (left % 26) as u8);
        left /= 26;
    }
    letters.iter().rev().map(|byte| *byte as char).collect()
}

/// A rectangle of cells, both corners within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// Upper left corner.
    pub first: CellRef,
    /// Lower right corner.
    pub last: CellRef,
}

impl Area {
    /// Whether the cell lies within.
    pub fn contains(&self, cell: CellRef) -> bool {
        (self.first.row..=self.last.row).contains(&cell.row)
            && (self.first.column..=self.last.column).contains(&cell.column)
    }

    /// Whether its corners are in order and on a sheet; damaged files claim others.
    pub fn is_on_a_sheet(&self) -> bool {
        let (first, last) = (self.first, self.last);
        first.row <= last.row && first.column <= last.column && last.row < ROWS_MOST && last.column < COLUMNS_MOST
    }
}

impl FromStr for Area {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        Ok(Self { first: first.parse()?, last: last.parse()? })
    }
}

/// A cell of a workbook: the sheet by its position, and the address on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Position of the sheet in the workbook, from nought.
    pub sheet: usize,
    /// Address on that sheet.
    pub cell: CellRef,
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
    fn addresses_read_back() {
        for text in ["A1", "Z9", "AA10", "XFD1048576"] {
            assert_eq!(text.parse::<CellRef>().unwrap().to_string(), text);
        }
        for text in ["", "A", "1", "A0", "XFE1", "A1048577", "ABCD1"] {
            assert!(text.parse::<CellRef>().is_err(), "{text}");
        }
    }

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
