//! Rows that are no case, no worker and no worker's heading, and why.

use crate::book::sheet::{RawCell, RawRow, Value};
use crate::book::text::fold;
use crate::field::reading::{Meaning, Reason, SetAside};
use crate::understand::normalise::reader::{Reader, says_something};
use crate::understand::words::{AreaWord, is_like_a_name};

/// Why a row below the header is no case, worker or worker's heading; `None` where it may be one.
pub fn reason_aside(reader: &Reader<'_>, row: &RawRow) -> Option<Reason> {
    let reading = reader.table;
    if row.cells.iter().all(|cell| matches!(&cell.value, Value::Text(text) if text.trim().is_empty())) {
        return Some(Reason::Blank);
    }
    // A header repeated, as at the top of a printed page.
    let repeated = reading
        .columns
        .iter()
        .filter(|column| row.value(column.column).is_some_and(|value| fold(&value.text()) == fold(&column.heading)))
        .count();
    if repeated >= 2 && repeated * 2 >= reading.columns.len() {
        return Some(Reason::Heading);
    }
    // Below the heading for intervention "average" is a level.
    let level = |cell: &RawCell| {
        reading.columns_of(Meaning::Intervention).any(|column| column.column == cell.column)
            && reader.words.level(&cell.value.text()).is_some()
    };
    let figure = |cell: &RawCell| matches!(cell.value, Value::Text(_)) && cell.value.decimal().is_some();
    let first_text =
        row.cells.iter().find(|cell| matches!(cell.value, Value::Text(_)) && !figure(cell)).filter(|cell| !level(cell));
    if let Some(value) = first_text.map(|cell| &cell.value) {
        let holder = reading.column(Meaning::Worker).and_then(|column| row.value(column));
        // A figure below the worker column is the total itself; in a CSV figures are text.
        let text =
            |holder: &Value| matches!(holder, Value::Text(_)) && says_something(holder) && holder.decimal().is_none();
        let named = holder.is_some_and(|holder| holder != value && text(holder));
        if reader.words.is_total(&value.text()) && !named {
            return Some(Reason::Totals);
        }
    }
    let used = reading.columns.iter().any(|column| row.value(column.column).is_some_and(says_something));
    if !used {
        let text = row.cells.iter().any(|cell| matches!(cell.value, Value::Text(_)) && says_something(&cell.value));
        // A running number or a formula filled down beside empty rows says nothing.
        return Some(if text { Reason::Unreadable } else { Reason::Blank });
    }
    if is_footer(reader, row) {
        return Some(Reason::Unreadable);
    }
    if is_section(reader, row) {
        return Some(Reason::Heading);
    }
    if let [only] = row.cells.as_slice() {
        let text = only.value.text();
        let wordy = fold(&text).split(' ').count() >= 4 || text.ends_with(':') || text.chars().count() > 40;
        let named = reading.column(Meaning::Worker) == Some(only.column) && is_like_a_name(&text);
        if matches!(only.value, Value::Text(_)) && wordy && !named {
            return Some(Reason::Unreadable);
        }
    }
    None
}

/// Whether a row belongs below the table: where it is signed, or what an abbreviation means.
pub fn is_footer(reader: &Reader<'_>, row: &RawRow) -> bool {
    let Some(first) = row.cells.first() else { return false };
    let Value::Text(text) = &first.value else { return false };
    let label = |cell: &RawCell| matches!(&cell.value, Value::Text(text) if text.trim_end().ends_with(':'));
    if row.cells.len() >= 2 && row.cells.iter().all(|cell| label(cell) || !says_something(&cell.value)) {
        return true;
    }
    // In a column of names it may be one: nobody is called so where the child stands.
    let of_child = |column: u32| {
        let mut children = reader.table.columns_of(Meaning::Child).chain(reader.table.columns_of(Meaning::ChildName));
        children.any(|child| child.column == column)
    };
    if reader.words.is_footer(text) && (of_child(first.column) || label(first)) {
        return true;
    }
    // "CIN | Child in need", and nothing that says whose it is.
    let means = |cell: &RawCell| {
        let text = cell.value.text();
        reader.words.statuses(&text).is_some() || reader.words.listed_heading(&text, false).is_some()
    };
    row.cells.len() == 2
        && of_child(first.column)
        && means(first)
        && reader.table.column(Meaning::Worker).is_none_or(|column| row.value(column).is_none())
}

/// Whether a row by itself heads the rows below it with a status or a service area: `CHILD PROTECTION`.
pub fn is_section(reader: &Reader<'_>, row: &RawRow) -> bool {
    let [only] = row.cells.as_slice() else { return false };
    let status = reader.table.columns_of(Meaning::Status).any(|column| column.column == only.column);
    let text = only.value.text();
    let heads = reader.words.statuses(&text).is_some() || reader.words.area(&text) != AreaWord::None;
    !status && heads && reader.table.columns.len() >= 3
}

/// Rows set aside, for the reading.
pub fn aside(row: u32, reason: Reason) -> SetAside {
    SetAside { row, reason, of: None }
}
