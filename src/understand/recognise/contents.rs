//! Who and what stands on a sheet, so that whole sheets can be compared.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::sheet::{RawRow, RawSheet, Value};
use crate::book::text::fold;
use crate::field::reading::{Meaning, SheetReading, TableReading};
use crate::understand::recognise::sheet_per_worker::key;
use crate::understand::words::Words;

/// What a sheet's tables hold, as it is compared.
#[derive(Debug, Default)]
pub struct Contents {
    /// Workers, as they are compared.
    pub workers: BTreeSet<String>,
    /// Children, or carers or reviews, by reference or else by name.
    pub children: BTreeSet<String>,
    /// Whole rows and how often each stands there.
    pub rows: BTreeMap<String, usize>,
}

impl Contents {
    /// The contents of the tables of cases, or of the rosters.
    pub fn of(sheet: &RawSheet, reading: &SheetReading, words: &Words, rosters: bool) -> Self {
        let mut contents = Self::default();
        for table in reading.tables.iter().filter(|table| table.layout.holds_cases() != rosters) {
            let part = sheet.within(table.area);
            let whose = table.whose.as_ref().map(|whose| key(&whose.name));
            contents.workers.extend(whose.clone());
            let named = table.headed.iter().filter_map(|headed| headed.by.worker());
            contents.workers.extend(named.map(|whose| key(&whose.name)));
            for row in part.rows.iter().filter(|row| row.index > table.header) {
                contents.take(row, table, whose.as_deref().unwrap_or_default(), words);
            }
        }
        contents.workers.remove("");
        contents
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.values().sum()
    }

    /// Adds what another sheet holds.
    pub fn extend(&mut self, other: &Contents) {
        self.workers.extend(other.workers.iter().cloned());
        self.children.extend(other.children.iter().cloned());
        for (row, count) in &other.rows {
            *self.rows.entry(row.clone()).or_default() += count;
        }
    }

    /// Whether every row stands on the other too, as often.
    pub fn repeats(&self, other: &Contents) -> bool {
        !self.rows.is_empty()
            && self.rows.iter().all(|(row, count)| other.rows.get(row).is_some_and(|there| count <= there))
    }

    fn take(&mut self, row: &RawRow, table: &TableReading, whose: &str, words: &Words) {
        let text = |column: u32| row.value(column).map(Value::text).filter(|text| !text.is_empty());
        let first = row.cells.first().map_or(String::new(), |cell| cell.value.text());
        let heading = |column: u32| table.columns.iter().find(|other| other.column == column);
        let repeats_headings = row
            .cells
            .first()
            .is_some_and(|cell| heading(cell.column).is_some_and(|column| fold(&column.heading) == fold(&first)));
        if words.is_total(&first) || repeats_headings || table.headed.iter().any(|headed| headed.row == row.index) {
            return;
        }
        let worker = table.column(Meaning::Worker).and_then(text).filter(|text| !words.is_unallocated(text));
        self.workers.extend(worker.as_deref().map(key));
        let by = [Meaning::Child, Meaning::ChildName, Meaning::FosterCarer, Meaning::Review, Meaning::Household];
        let column = by.iter().find_map(|meaning| table.column(*meaning));
        let child = column.and_then(text).map(|text| fold(&text));
        // A single cell is a remark, a worker's name or a title.
        if child.is_none() && row.cells.len() < 2 {
            return;
        }
        self.children.extend(child);
        let cells = row.cells.iter().map(|cell| {
            let meaning = heading(cell.column).map_or(String::new(), |column| fold(&column.heading));
            format!("{meaning}={}", fold(&cell.value.text()))
        });
        let cells: Vec<String> = cells.collect();
        *self.rows.entry(format!("{whose}\u{1}{}", cells.join("\u{1}"))).or_default() += 1;
    }
}

/// Whether at most one sheet holds tables, so that there is nothing to compare it with.
pub fn is_alone(readings: &[SheetReading]) -> bool {
    readings.iter().filter(|reading| !reading.tables.is_empty() && reading.aside.is_none()).count() < 2
}

/// How many stand in both.
pub fn shared(one: &BTreeSet<String>, other: &BTreeSet<String>) -> usize {
    one.intersection(other).count()
}
