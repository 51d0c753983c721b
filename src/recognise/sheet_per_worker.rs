//! A sheet, or a table below a title, for each worker: the name stands in no column.

use std::collections::BTreeSet;

use crate::reading::{Layout, Meaning, Said, SheetReading, SheetState, TableReading, Whose};
use crate::recognise::beside;
use crate::sheet::{CellRef, RawBook, Value};
use crate::words::{Words, fold};

/// Names the worker of every table that has no column for one, where something else does.
///
/// A label (`Worker: …`) or a name that another sheet lists as a worker's is believed. A title or a
/// sheet's name that only reads like a name is believed where several tables have one of their own;
/// where a single one has, it is taken with a question.
pub fn settle(book: &RawBook, readings: &mut [SheetReading], stem: &str, words: &Words) {
    let known = known_workers(book, readings);
    let mut guesses: Vec<(usize, usize, Whose)> = Vec::new();
    for (sheet, reading) in readings.iter().enumerate() {
        for (at, table) in reading.tables.iter().enumerate().filter(|(_, table)| lacks_worker(table)) {
            if let Some(whose) = whose(reading, table, stem, &known, words) {
                guesses.push((sheet, at, whose));
            }
        }
    }
    let names: BTreeSet<String> = guesses.iter().map(|(.., whose)| key(&whose.name)).collect();
    let several = names.len() >= 2;
    for (sheet, at, mut whose) in guesses {
        whose.sure |= several;
        let single = !fold(&whose.name).contains(' ');
        // One word alone may be anything, but where each of several tables has one.
        if single && !whose.sure {
            continue;
        }
        let name = readings[sheet].name.clone();
        let table = &mut readings[sheet].tables[at];
        // What the same cell, or the sheet's name, says beside the name.
        let text = match whose.at {
            Some(cell) => {
                table.titles.iter().find(|(at, _)| *at == cell).map_or(String::new(), |(_, text)| text.clone())
            }
            None => name,
        };
        let said = beside::said(&text, whose.at.unwrap_or(table.first_heading()), words);
        let new: Vec<Said> = said.into_iter().filter(|said| table.said(said.meaning).is_none()).collect();
        table.said.extend(new);
        table.whose = Some(whose);
        if table.layout == Layout::RowPerChild {
            table.layout = Layout::SheetPerWorker;
        }
    }
}

/// Whether a table of cases has nothing yet that says whose they are.
pub fn lacks_worker(table: &TableReading) -> bool {
    table.layout.holds_cases()
        && table.layout != Layout::WorkerHeadings
        && table.whose.is_none()
        && table.headed.is_empty()
        && table.column(Meaning::Worker).is_none()
}

/// The names that columns of workers give, as they are compared.
pub fn known_workers(book: &RawBook, readings: &[SheetReading]) -> BTreeSet<String> {
    let mut known = BTreeSet::new();
    for (sheet, reading) in book.sheets.iter().zip(readings).filter(|(_, reading)| reading.state == SheetState::Read) {
        for table in &reading.tables {
            let Some(column) = table.column(Meaning::Worker) else { continue };
            let rows = sheet.rows.iter().filter(|row| row.index > table.header && row.index <= table.area.last.row);
            known.extend(rows.filter_map(|row| row.value(column)).map(|value| key(&value.text())));
        }
    }
    known.remove("");
    known
}

/// A name as it is compared, without a remark in brackets; `Surname, First` and `First Surname` give the same.
pub fn key(name: &str) -> String {
    let plain = name.split(['(', '[']).next().unwrap_or("");
    match plain.split_once(',') {
        Some((surname, first)) => format!("{} {}", fold(first), fold(surname)).trim().to_string(),
        None => fold(plain),
    }
}

fn whose(
    reading: &SheetReading,
    table: &TableReading,
    stem: &str,
    known: &BTreeSet<String>,
    words: &Words,
) -> Option<Whose> {
    if let Some(said) = table.said(Meaning::Worker) {
        let name = said.value.text();
        if !name.is_empty() && !matches!(said.value, Value::Number(_)) {
            return Some(Whose { name, at: Some(said.at), from: "the block above the table", sure: true });
        }
    }
    let is_known = |name: &str| known.contains(&key(name));
    let named = |name: String, at: Option<CellRef>, from: &'static str| {
        let sure = is_known(&name);
        (sure || words.reads_like_a_name(&name)).then_some(Whose { name, at, from, sure })
    };
    // The title nearest to the table speaks first.
    let titles = table.titles.iter().rev().flat_map(|(at, text)| {
        parts(text, words).into_iter().filter_map(move |part| named(part, Some(*at), "the title above the table"))
    });
    let sheet = parts(&reading.name, words);
    let sheet = sheet.into_iter().filter_map(|part| named(part, None, "the sheet's name"));
    let all: Vec<Whose> = titles.chain(sheet).collect();
    let best = all.iter().find(|whose| whose.sure).or(all.first()).cloned();
    best.or_else(|| {
        let of_sheet = words.is_generic(&reading.name) || reading.name == stem;
        let mut file = parts(stem, words).into_iter().filter_map(|part| named(part, None, "the file's name"));
        if of_sheet { file.next() } else { None }
    })
}

/// The parts of a title or a name that may be a person's: without `caseload of`, a month or a year.
fn parts(text: &str, words: &Words) -> Vec<String> {
    let segments = text.split([':', '|', '–', '—', '\n', '_']).flat_map(|part| part.split(" - "));
    segments.map(|part| words.without_generic(part)).filter(|part| !part.is_empty()).collect()
}
