//! Totals rows against the rows that they are about.

use rust_decimal::Decimal;

use crate::book::sheet::{CellRef, RawRow};
use crate::book::text::fold;
use crate::field::reading::{Meaning, Total};
use crate::understand::normalise::reader::Reader;

/// Checks the figures of a totals row against the rows above it.
///
/// `counted` holds each counted row with the number of its children.
pub fn check_totals(reader: &Reader<'_>, row: &RawRow, since: u32, counted: &[(u32, u32)]) -> Vec<Total> {
    let (sheet, table) = (reader.sheet, reader.table);
    let words = row.cells.iter().map(|cell| fold(&cell.value.text())).collect::<Vec<_>>().join(" ");
    if words.contains("average") || words.contains("mean") {
        return Vec::new();
    }
    let rows = |from: u32| counted.iter().filter(move |(at, _)| *at < row.index && *at >= from);
    let rows_from = |from: u32| Decimal::from(rows(from).count());
    let children_from = |from: u32| Decimal::from(rows(from).map(|(_, children)| u64::from(*children)).sum::<u64>());
    let mut totals = Vec::new();
    for cell in &row.cells {
        // In a CSV figures are text.
        let Some(stated) = cell.value.decimal() else { continue };
        let ticked = table.columns_of(Meaning::TickedStatus).any(|column| column.column == cell.column);
        let above = |from: u32| -> Vec<Decimal> {
            sheet
                .rows
                .iter()
                .filter(|other| {
                    other.index >= from
                        && other.index < row.index
                        && counted.binary_search_by_key(&other.index, |(at, _)| *at).is_ok()
                })
                .filter_map(|other| {
                    let value = other.value(cell.column)?;
                    value.decimal().or_else(|| {
                        ticked.then(|| reader.words.tick(&value.text()))?.map(|yes| Decimal::from(u8::from(yes)))
                    })
                })
                .collect()
        };
        let header = table.header + 1;
        let (column, recent) = (above(header), above(since));
        let counts = [rows_from(0), rows_from(since), children_from(0), children_from(since)];
        let sums = [column.iter().sum::<Decimal>(), recent.iter().sum::<Decimal>()];
        if counts.contains(&stated) || (!column.is_empty() && sums.contains(&stated)) {
            continue;
        }
        let references = table.column(Meaning::Child) == Some(cell.column);
        let number = table.columns_of(Meaning::Children).any(|column| column.column == cell.column);
        let by = match column.is_empty() || references || number {
            true => children_from(since),
            false => recent.iter().sum(),
        };
        totals.push(Total { cell: CellRef::new(row.index, cell.column), stated, counted: by, across: false });
    }
    totals
}
