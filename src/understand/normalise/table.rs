//! The rows of a table, every one of them, and what is noted of its cells.

use std::collections::BTreeSet;

use crate::book::sheet::{CellRef, RawRow, RawSheet, Value};
use crate::field::reading::{Reason, SheetReading, TableReading};
use crate::understand::normalise::aside::aside;
use crate::understand::normalise::cells;
use crate::understand::normalise::reader::Reader;

/// The rows of a table below its header; `None` for one that holds nothing.
pub fn rows_below<'a>(sheet: &'a RawSheet, table: &TableReading) -> impl Iterator<Item = (u32, Option<&'a RawRow>)> {
    let header = table.header;
    let start = sheet.rows.partition_point(|row| row.index <= header);
    let end = sheet.rows.partition_point(|row| row.index <= table.area.last.row).max(start);
    let mut next = header + 1;
    // Blank rows in front of the next table are rows of this one.
    let last = sheet.rows[start..end].last().map_or(header, |row| row.index);
    let behind = (last + 1..table.area.last.row.max(last) + 1).map(|index| (index, None));
    let rows = sheet.rows[start..end].iter().flat_map(move |row| {
        let gap = next..row.index;
        next = row.index + 1;
        gap.map(|index| (index, None)).chain([(row.index, Some(row))])
    });
    rows.chain(behind)
}

/// The titles and headings of a table that stands below another are rows below a header too.
pub fn rows_above(reader: &Reader<'_>, reading: &mut SheetReading) {
    if !reader.table.below_another {
        return;
    }
    for index in reader.table.area.first.row..=reader.table.header {
        reading.rows_read += 1;
        let blank = reader.sheet.row(index).is_none();
        reading.set_aside.push(aside(index, if blank { Reason::Blank } else { Reason::Heading }));
    }
}

/// Sets every row of a sheet aside for the one reason that holds for all of it.
pub fn set_aside_whole(sheet: &RawSheet, reading: &mut SheetReading) {
    let Some((reason, _)) = reading.aside.clone() else { return };
    for table in &reading.tables {
        for (index, row) in rows_below(&sheet.within(table.area), table) {
            reading.rows_read += 1;
            reading.set_aside.push(aside(index, if row.is_some() { reason } else { Reason::Blank }));
        }
    }
}

/// Notes cells in used columns that hold an error, a formula without result, or a date whose century we supply.
pub fn note_cells(reader: &Reader<'_>, reading: &mut SheetReading) {
    reading.ambiguous.extend(reader.ambiguous());
    let used: BTreeSet<u32> = reader.table.columns.iter().map(|column| column.column).collect();
    let dated = reader.table.columns.iter().filter(|column| column.meaning.is_date());
    let dated: BTreeSet<u32> = dated.map(|column| column.column).collect();
    let as_of = reader.policies.as_of;
    let start = reader.sheet.rows.partition_point(|row| row.index <= reader.table.header);
    for row in &reader.sheet.rows[start..] {
        for cell in row.cells.iter().filter(|cell| used.contains(&cell.column)) {
            let place = CellRef::new(row.index, cell.column);
            match &cell.value {
                Value::Error(error) => reading.error_values.push((place, error.to_string())),
                Value::NoResult => reading.without_result.push(place),
                value if dated.contains(&cell.column) && cells::has_short_year(value, as_of) => {
                    reading.short_years.push(place);
                }
                _ => {}
            }
        }
    }
}
