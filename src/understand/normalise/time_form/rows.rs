//! What each row of a time form is, by its words and its place among the others.

use std::collections::BTreeSet;

use crate::book::sheet::{RawRow, Value};
use crate::book::text::fold;
use crate::field::caseload::Deduction;
use crate::field::reading::Meaning;
use crate::understand::normalise::reader::Reader;
use crate::understand::words::TimeRow;

/// What a row of the form is, by its place among the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Hours taken off; the label stands in a list or does not.
    Item(Deduction, bool),
    /// A case, or a task of one.
    Case,
    /// A line that adds up, or follows from one that does.
    Total(TimeRow),
    /// The heading of the cases, with cases in the same cell or none.
    Cases,
    /// Words.
    Words,
}

/// The rows of the form with what each is, down to its end.
pub fn kinds<'a>(reader: &Reader<'a>) -> Vec<(&'a RawRow, Kind)> {
    let mut found: Vec<(&RawRow, Kind)> = Vec::new();
    let mut seen: BTreeSet<Deduction> = BTreeSet::new();
    let (mut begun, mut headed, mut cases, mut closed) = (false, false, false, false);
    let first = reader.sheet.rows.partition_point(|row| row.index < reader.table.header);
    for row in &reader.sheet.rows[first..] {
        if row.index > reader.table.area.last.row {
            break;
        }
        let text = label(reader, row);
        let told = reader.words.time_row(&text);
        let kind = match told {
            Some(TimeRow::Available) => Kind::Total(TimeRow::Available),
            Some(row) if row.closes() || matches!(row, TimeRow::SubTotal | TimeRow::CaseWork) => Kind::Total(row),
            _ if closed => Kind::Words,
            Some(TimeRow::Cases) if !headed => Kind::Cases,
            // Below the cases' heading "Supervision" alone is such a line, "supervision order: visits" a case.
            Some(TimeRow::Item(kind))
                if !cases || (reader.words.is_whole_deduction(&text) && !seen.contains(&kind)) =>
            {
                Kind::Item(kind, true)
            }
            _ if !begun => Kind::Words,
            _ if reader.words.is_total(&text) => Kind::Total(TimeRow::SubTotal),
            _ if cases || (is_case(reader, &text) && written(reader, row)) => Kind::Case,
            _ if written(reader, row) => match reader.words.deduction_within(&text) {
                Some(kind) => Kind::Item(kind, true),
                None => Kind::Item(Deduction::OtherRoles, false),
            },
            _ => Kind::Words,
        };
        match &kind {
            Kind::Item(kind, _) => {
                seen.insert(*kind);
                begun = true;
            }
            Kind::Total(row) => {
                begun = true;
                closed |= row.closes();
                // Behind the sums of the cases none follows.
                cases |= *row == TimeRow::SubTotal;
            }
            Kind::Cases => (headed, cases) = (true, true),
            Kind::Case => cases = true,
            Kind::Words => {}
        }
        found.push((row, kind));
    }
    found
}

/// The texts of a row in front of its hours.
pub fn label(reader: &Reader<'_>, row: &RawRow) -> String {
    let hours: Vec<u32> = reader.table.columns_of(Meaning::Hours).map(|column| column.column).collect();
    let own = reader.table.column(Meaning::Line).unwrap_or(0);
    let first = hours.iter().min().copied().unwrap_or(u32::MAX);
    let texts = row.cells.iter().filter(|cell| (own..first).contains(&cell.column));
    let texts: Vec<String> = texts.map(|cell| cell.value.text()).filter(|text| !text.is_empty()).collect();
    texts.join(" ")
}

/// Whether a text is a case's letter or begins with one.
fn is_case(reader: &Reader<'_>, text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or("");
    reader.words.is_bare_case(text) || (reader.words.is_bare_case(first) && !first.is_empty())
}

/// Something stands in a column of hours.
pub fn written(reader: &Reader<'_>, row: &RawRow) -> bool {
    reader.table.columns_of(Meaning::Hours).any(|column| row.value(column.column).is_some())
}

/// A case's letter, or nothing, without hours.
pub fn bare(reader: &Reader<'_>, row: &RawRow) -> bool {
    let text = label(reader, row);
    fold(&text).is_empty() || reader.words.is_bare_case(&text)
}

/// Whether a row is a task of the case above it: it begins with a mark, or behind the column of labels.
pub fn is_task(reader: &Reader<'_>, row: &RawRow) -> bool {
    let own = reader.table.column(Meaning::Line).unwrap_or(0);
    match row.value(own) {
        Some(Value::Text(text)) => text.trim_start().starts_with(BULLETS),
        Some(_) => false,
        None => row.cells.iter().any(|cell| matches!(cell.value, Value::Text(_))),
    }
}

/// Marks in front of the items of a list.
const BULLETS: [char; 9] = ['▶', '►', '•', '●', '▪', '◦', '·', '-', '–'];
