//! Each worker's name in a row above their cases.

use std::collections::BTreeSet;

use crate::reading::{Headed, HeadedBy, Layout, Meaning, SheetReading, TableReading, Whose};
use crate::recognise::sheet_per_worker::{key, known_workers, lacks_worker};
use crate::recognise::{beside, block};
use crate::sheet::{CellRef, RawBook, RawRow, RawSheet, Value};
use crate::words::Words;

/// Finds the tables without a column of workers whose first row below the header names one, and
/// every row of theirs that heads cases.
pub fn settle(book: &RawBook, readings: &mut [SheetReading], words: &Words) {
    let known = known_workers(book, readings);
    for (sheet, reading) in book.sheets.iter().zip(readings) {
        for table in reading.tables.iter_mut().filter(|table| lacks_worker(table)) {
            let part = sheet.within(table.area);
            let headed = headed(&part, table, &known, words);
            if believed(&part, table, &headed) {
                table.headed = headed;
                table.layout = Layout::WorkerHeadings;
            }
        }
    }
}

/// Cases must stand below the first heading and none above it. A single name in a row of its own is
/// a remark as soon as a worker, unless a label or another sheet says that it is one.
fn believed(sheet: &RawSheet, table: &TableReading, headed: &[Headed]) -> bool {
    let first = sheet.rows.iter().find(|row| row.index > table.header);
    let workers: Vec<&Whose> = headed.iter().filter_map(|headed| headed.by.worker()).collect();
    first.is_some_and(|first| headed.first().is_some_and(|headed| headed.row == first.index))
        && (workers.len() >= 2 || workers.iter().any(|whose| whose.sure))
}

fn headed(sheet: &RawSheet, table: &TableReading, known: &BTreeSet<String>, words: &Words) -> Vec<Headed> {
    let mut all: Vec<Headed> = Vec::new();
    // What stands where names stand and reads like none makes the rows below it doubtful.
    let mut column = None;
    for row in sheet.rows.iter().filter(|row| row.index > table.header) {
        let Some(by) = heads(row, table, column, known, words) else { continue };
        column = column.or(row.cells.first().map(|cell| cell.column));
        all.push(Headed { row: row.index, by });
    }
    all
}

/// Whom a row names as holding the cases below it; `None` for any other row.
fn heads(
    row: &RawRow,
    table: &TableReading,
    column: Option<u32>,
    known: &BTreeSet<String>,
    words: &Words,
) -> Option<HeadedBy> {
    const FROM: &str = "the row above its cases";
    let said = block::said([row], words);
    if let Some(name) = said.iter().find(|said| said.meaning == Meaning::Worker) {
        let whose = Whose { name: name.value.text(), at: Some(name.at), from: FROM, sure: true };
        return Some(HeadedBy::Worker(whose, said));
    }
    let first = row.cells.first()?;
    let at = CellRef::new(row.index, first.column);
    let Value::Text(text) = &first.value else { return None };
    // Beside the name at most what is said of the worker, each with its label.
    if row.cells.len() > 1 + said.len() * 2 {
        return None;
    }
    let is_known = known.contains(&key(text));
    if let Some((name, beside)) = beside::person(text, at, words).filter(|(_, beside)| !beside.is_empty()) {
        let sure = is_known || known.contains(&key(&name));
        let said = said.into_iter().chain(beside).collect();
        return Some(HeadedBy::Worker(Whose { name, at: Some(at), from: FROM, sure }, said));
    }
    if is_known || words.reads_like_a_name(text) {
        let whose = Whose { name: text.to_string(), at: Some(at), from: FROM, sure: is_known };
        return Some(HeadedBy::Worker(whose, said));
    }
    if words.is_unallocated(text) {
        return Some(HeadedBy::Nobody(at));
    }
    let is_reference = text.chars().any(|c| c.is_ascii_digit()) && table.column(Meaning::Child) == Some(first.column);
    let listed = words.is_total(text)
        || words.statuses(text).is_some()
        || words.listed_heading(text, false).is_some()
        || words.is_generic(text);
    (column == Some(first.column) && !is_reference && !listed).then_some(HeadedBy::Unclear(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognise::recognise;
    use crate::testing::{AS_OF, book};

    fn table(text: &str) -> TableReading {
        let mut readings = recognise(&book("Sheet1", text), "caseload", &Words::built_in(), AS_OF);
        readings.remove(0).tables.remove(0)
    }

    #[test]
    fn names_in_rows_of_their_own_head_the_cases_below() {
        let table = table(
            "Child ID | Status | DOB
             Ada Heron |
             C-1 | CP | x
             C-2 | CIN | x
             Worker: Ben Kite | FTE | 0.6
             C-3 | CP | x
             Unallocated |
             C-4 | CP | x
             see the panel's list |
             C-5 | CP | x",
        );
        assert_eq!(table.layout, Layout::WorkerHeadings);
        let rows: Vec<u32> = table.headed.iter().map(|headed| headed.row).collect();
        assert_eq!(rows, [1, 4, 6, 8]);
        assert!(matches!(&table.headed[1].by, HeadedBy::Worker(whose, said) if whose.sure && said.len() == 2));
        assert!(matches!(table.headed[2].by, HeadedBy::Nobody(_)));
        assert!(matches!(table.headed[3].by, HeadedBy::Unclear(_)));
    }

    #[test]
    fn what_stands_beside_a_name_is_said_of_the_worker() {
        let table = table(
            "Child ID | Status | DOB
             Ada Heron (0.8) |
             C-1 | CP | x
             Ben Kite - ASYE 0.9 |
             C-2 | CP | x
             Worker: Cal Lark   FTE: 0.6   Cases: 1 |
             C-3 | CP | x",
        );
        let told: Vec<String> = table
            .headed
            .iter()
            .map(|headed| match &headed.by {
                HeadedBy::Worker(whose, said) => format!("{} {}", whose.name, said.last().unwrap().value.text()),
                other => format!("{other:?}"),
            })
            .collect();
        assert_eq!(told, ["Ada Heron 0.8", "Ben Kite 0.9", "Cal Lark 0.6"]);
    }

    #[test]
    fn one_name_alone_is_a_remark() {
        let table = table("Child ID | Status | DOB\nAda Heron |\nC-1 | CP | x\nC-2 | CIN | x");
        assert!(table.headed.is_empty());
    }
}
