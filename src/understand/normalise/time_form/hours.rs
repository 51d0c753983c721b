//! Hours as they are written and shown: a figure, words for a length of time, several lines in one cell.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::book::sheet::{CellRef, Place, RawCell, RawRow, RawSheet, ShownIn, Value};
use crate::book::text::fold;
use crate::field::caseload::Entry;
use crate::field::reading::{Meaning, TableReading};
use crate::policy::{Policies, figure_ids};
use crate::understand::normalise::reader::Reader;
use crate::understand::words::{Time, TimeUnit, Words};

/// The form with its figures in hours, as people see them: a length of time is kept as a part of a day. What
/// is shown in percent, or as a time of the day, is no figure of hours.
pub fn in_hours_as_shown<'a>(sheet: &'a RawSheet, table: &TableReading) -> Cow<'a, RawSheet> {
    let mut part = sheet.within(table.area);
    let is_hours = |column: u32| table.columns_of(Meaning::Hours).any(|hours| hours.column == column);
    let in_hours = |row: u32, cell: &RawCell| {
        let Value::Number(number) = cell.value else { return None };
        let shown = sheet.appearance.shown(CellRef::new(row, cell.column))?.unit()?;
        Some(match shown {
            ShownIn::Hours => Value::Number((number * 24.0 * 10_000.0).round() / 10_000.0),
            ShownIn::Percent => Value::Text(format!("{}%", (number * 10_000.0).round() / 100.0).into()),
            ShownIn::Clock => {
                let minutes = (number.fract().abs() * 1_440.0).round();
                // The mark says that it is in doubt.
                Value::Text(format!("{:02}:{:02}?", (minutes / 60.0).floor(), minutes % 60.0).into())
            }
        })
    };
    let changes =
        |row: &RawRow| row.cells.iter().any(|cell| is_hours(cell.column) && in_hours(row.index, cell).is_some());
    if part.rows.iter().any(changes) {
        for row in &mut part.to_mut().rows {
            for cell in row.cells.iter_mut().filter(|cell| is_hours(cell.column)) {
                if let Some(value) = in_hours(row.index, cell) {
                    cell.value = value;
                }
            }
        }
    }
    part
}

/// The lines of a label, without the marks in front of them.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', '▶', '►', '•', '●', '▪']).map(str::trim).filter(|line| !line.is_empty())
}

/// Label and hours of each line of a cell that holds several of both.
pub fn parts(label: &str, value: Option<&Value>, reader: &Reader<'_>) -> Vec<(String, Decimal)> {
    let labels: Vec<&str> = lines(label).collect();
    let Some(hours) = value.and_then(|value| figures(value, reader)) else { return Vec::new() };
    if labels.len() != hours.len() {
        return Vec::new();
    }
    labels.into_iter().map(str::to_string).zip(hours).collect()
}

/// Whether something that may be hours is written.
pub fn says_hours(value: &Value) -> bool {
    match value {
        Value::Text(text) => text.chars().any(|c| c.is_ascii_digit()),
        _ => true,
    }
}

/// One figure: hours, with the sign they are written with.
pub fn hours(value: Option<&Value>, place: Place, reader: &Reader<'_>) -> Entry<Decimal> {
    let Some(value) = value else { return Entry::Blank(place) };
    let unclear = || Entry::Unclear(value.text(), place);
    match figures(value, reader).as_deref() {
        Some([one]) => Entry::Given(*one, place),
        Some([]) => Entry::Blank(place),
        _ => unclear(),
    }
}

/// The figures of a cell in hours; none where it is blank, `None` where it is not understood.
pub fn figures(value: &Value, reader: &Reader<'_>) -> Option<Vec<Decimal>> {
    let Value::Text(text) = value else { return value.decimal().map(|hours| vec![hours]) };
    if let Some(hours) = value.decimal() {
        return Some(vec![hours]);
    }
    if let Some(times) = reader.words.times(text) {
        return Some(times.iter().map(|time| in_hours(time, reader.policies)).collect());
    }
    let nothing = fold(text).is_empty() && !text.contains('?');
    let dash = text.chars().any(|c| "-–—".contains(c));
    match nothing {
        true if dash => Some(vec![Decimal::ZERO]),
        true => Some(Vec::new()),
        false => is_nil(text, reader.words).then(|| vec![Decimal::ZERO]),
    }
}

fn is_nil(text: &str, words: &Words) -> bool {
    words.tick(text) == Some(false)
}

/// Hours of a length of time, to four places; a day is a fifth of the full-time week.
fn in_hours(time: &[Time], policies: &Policies) -> Decimal {
    let of = |(figure, unit): &Time| match unit {
        TimeUnit::Hours => *figure,
        TimeUnit::Minutes => *figure / Decimal::from(60),
        TimeUnit::Days => {
            *figure * policies.value(figure_ids::WEEK) / policies.value(figure_ids::DAYS).max(Decimal::ONE)
        }
    };
    time.iter().map(of).sum::<Decimal>().round_dp(4).normalize()
}
