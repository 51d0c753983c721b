//! A row of an OpenDocument sheet as it is read, and the cells in it.

use std::sync::Arc;

use jiff::civil::Time;
use quick_xml::events::BytesStart;

use crate::book::read::{Unreadable, shown};
use crate::book::sheet::{Area, COLUMNS_MOST, CellRef, ROWS_MOST, RawCell, RawRow, RawSheet, Shown, Value};

use super::{attribute, repeated, too_large};

/// A row being read.
#[derive(Default)]
pub struct Line {
    hidden: bool,
    filtered: bool,
    pub times: u32,
    column: u32,
    cells: Vec<RawCell>,
    /// How values are shown, by column.
    shown: Vec<(u32, Shown)>,
    merged: Vec<(u32, u32, u32)>,
}

/// A cell being read.
#[derive(Default)]
pub struct Cell {
    pub times: u32,
    across: u32,
    down: u32,
    kind: String,
    error: bool,
    formula: bool,
    value: Option<String>,
    pub shown: String,
    pub paragraphs: u32,
    pub in_paragraph: bool,
}

impl Line {
    /// The row that a tag begins.
    pub fn begun(start: &BytesStart<'_>) -> Self {
        let seen = attribute(start, "table:visibility");
        let filtered = seen.as_deref() == Some("filter");
        let hidden = filtered || seen.as_deref() == Some("collapse");
        let times = repeated(attribute(start, "table:number-rows-repeated"));
        Self { hidden, filtered, times, ..Self::default() }
    }

    /// Takes a cell in, as often as it stands.
    pub fn take(&mut self, cell: Cell, left: &mut usize, repeated: &mut usize) -> Result<(), Unreadable> {
        let first = self.column;
        self.column = self.column.saturating_add(cell.times);
        if cell.across > 1 || cell.down > 1 {
            self.merged.push((first, first.saturating_add(cell.across - 1).min(COLUMNS_MOST - 1), cell.down));
        }
        let (times, formula) = (cell.times as usize, cell.formula);
        let Some(value) = cell.value() else { return Ok(()) };
        let look = match &value {
            Value::Date(_) => cell.time().map(Shown::Time),
            Value::Number(number) => shown::code_as_shown(&cell.kind, *number, &cell.shown).map(Shown::Code),
            _ => None,
        };
        if self.column > COLUMNS_MOST {
            return Err(too_large());
        }
        *left = left.checked_sub(times).ok_or_else(too_large)?;
        *repeated = repeated.checked_sub(times - 1).ok_or_else(too_large)?;
        self.shown.extend(look.iter().flat_map(|look| (first..self.column).map(|column| (column, look.clone()))));
        self.cells.extend((first..self.column).map(|column| RawCell { column, value: value.clone(), formula }));
        Ok(())
    }

    /// Adds the row as often as it stands; rows that hold nothing are only counted.
    pub fn add_to(
        self,
        sheet: &mut RawSheet,
        row: u32,
        left: &mut usize,
        repeated: &mut usize,
    ) -> Result<(), Unreadable> {
        sheet.filtered |= self.filtered;
        for (first, last, down) in &self.merged {
            let last = CellRef::new(row.saturating_add(down - 1).min(ROWS_MOST - 1), *last);
            let area = Area { first: CellRef::new(row, *first), last };
            sheet.merged.extend(Some(area).filter(Area::is_on_a_sheet));
        }
        if self.cells.is_empty() {
            return Ok(());
        }
        let end = row.saturating_add(self.times);
        if end > ROWS_MOST {
            return Err(too_large());
        }
        let more = self.cells.len().saturating_mul(self.times as usize - 1);
        *left = left.checked_sub(more).ok_or_else(too_large)?;
        *repeated = repeated.checked_sub(more).ok_or_else(too_large)?;
        let look = |row| self.shown.iter().map(move |(column, look)| (CellRef::new(row, *column), look.clone()));
        sheet.appearance.shown.extend((row..end).flat_map(look));
        let line = |index| RawRow { index, hidden: self.hidden, cells: self.cells.clone() };
        sheet.rows.extend((row..end).map(line));
        Ok(())
    }
}

impl Cell {
    /// The cell that a tag begins.
    pub fn begun(start: &BytesStart<'_>) -> Self {
        let get = |wanted: &str| attribute(start, wanted);
        let value = ["office:value", "office:date-value", "office:time-value", "office:boolean-value"];
        Self {
            times: repeated(get("table:number-columns-repeated")),
            across: repeated(get("table:number-columns-spanned")),
            down: repeated(get("table:number-rows-spanned")),
            kind: get("office:value-type").unwrap_or_default(),
            error: get("calcext:value-type").as_deref() == Some("error"),
            formula: get("table:formula").is_some(),
            value: value.into_iter().find_map(get).or_else(|| get("office:string-value")),
            ..Self::default()
        }
    }

    /// The time of day beside a date.
    fn time(&self) -> Option<Time> {
        let (_, time) = self.value.as_deref().filter(|_| self.kind == "date")?.split_once('T')?;
        let time: Time = time.get(..8)?.parse().ok()?;
        (time != Time::midnight()).then_some(time)
    }

    /// What the cell holds; `None` where it is blank.
    fn value(&self) -> Option<Value> {
        const ERRORS: &[&str] =
            &["#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"];
        let shown = if self.paragraphs > 0 { self.shown.as_str() } else { self.value.as_deref().unwrap_or("") };
        let is_error = ERRORS.contains(&shown) || shown.starts_with("Err:");
        if self.error || self.formula && is_error {
            return Some(Value::Error(if shown.is_empty() { "#VALUE!".into() } else { shown.into() }));
        }
        let text = |text: &str| (!text.is_empty()).then(|| Value::Text(Arc::from(text)));
        let unknown = || Some(Value::Error("#VALUE!".into()));
        let value = self.value.as_deref();
        let number = || value.and_then(|value| value.trim().parse::<f64>().ok()).filter(|number| number.is_finite());
        match self.kind.as_str() {
            "float" | "percentage" | "currency" => match (number(), shown) {
                // A cell that is shown as a truth value may be stored as a number.
                (Some(1.0), "TRUE") => Some(Value::Bool(true)),
                (Some(0.0), "FALSE") => Some(Value::Bool(false)),
                (Some(number), _) => Some(Value::Number(number)),
                (None, _) => unknown(),
            },
            "boolean" => match value {
                Some("true") => Some(Value::Bool(true)),
                Some("false") => Some(Value::Bool(false)),
                _ => unknown(),
            },
            "date" => match value.and_then(|value| value.get(..10)?.parse().ok()) {
                Some(date) => Some(Value::Date(date)),
                None => text(shown).or_else(unknown),
            },
            "time" => value.and_then(days).map(Value::Number).or_else(|| text(shown)).or_else(unknown),
            "string" => text(shown),
            // A text of no length is shown by an empty line; a formula without even that was never reckoned.
            _ if self.formula && self.paragraphs == 0 => Some(Value::NoResult),
            _ => text(shown),
        }
    }
}

/// `PT30H15M00S` in days.
fn days(duration: &str) -> Option<f64> {
    let (sign, rest) = match duration.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, duration),
    };
    let mut seconds = 0.0;
    let mut figure = String::new();
    let mut in_time = false;
    for c in rest.strip_prefix('P')?.chars() {
        match c {
            'T' => in_time = true,
            '0'..='9' | '.' => figure.push(c),
            unit => {
                let length = match unit {
                    'D' => 86_400.0,
                    'H' if in_time => 3_600.0,
                    'M' if in_time => 60.0,
                    'S' if in_time => 1.0,
                    _ => return None,
                };
                seconds += figure.parse::<f64>().ok()? * length;
                figure.clear();
            }
        }
    }
    figure.is_empty().then_some(sign * seconds / 86_400.0)
}
