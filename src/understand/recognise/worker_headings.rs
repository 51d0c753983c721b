//! Each worker's name in a row above their cases.

use std::collections::BTreeSet;

use crate::book::sheet::{CellRef, RawBook, RawRow, RawSheet, Value};
use crate::book::text::fold;
use crate::field::reading::{Headed, HeadedBy, Layout, Meaning, SheetReading, TableReading, Whose};
use crate::understand::recognise::sheet_per_worker::{key, known_as, known_workers, lacks_worker};
use crate::understand::recognise::{beside, block};
use crate::understand::words::{AreaWord, SheetWord, Words};

/// Finds the tables without a column of workers whose first row below the header names one, and
/// every row of theirs that heads cases.
pub fn settle(book: &RawBook, readings: &mut [SheetReading], words: &Words) {
    let known = known_workers(book, readings);
    for (sheet, reading) in book.sheets.iter().zip(readings) {
        // The lines of a form are no cases, and their labels no names.
        for table in reading.tables.iter_mut().filter(|table| lacks_worker(table) && table.layout.form().is_none()) {
            let part = sheet.within(table.area);
            let headed = headed(&part, table, &known, words);
            if believed(&part, table, &headed) {
                table.headed = headed;
                table.layout = Layout::WorkerHeadings;
            }
        }
    }
}

/// Cases must stand below the first heading and none above it; a team's name may. A single name in a row of its own is
/// a remark as soon as a worker, unless a label or another sheet says that it is one.
fn believed(sheet: &RawSheet, table: &TableReading, headed: &[Headed]) -> bool {
    let mut rows = sheet.rows.iter().filter(|row| row.index > table.header);
    let first = rows.find(|row| row.cells.len() > 1 || headed.iter().any(|headed| headed.row == row.index));
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
    // Where children are written by name, a name alone in a row may be a child's: only what a label or
    // another sheet says is believed.
    if column.is_some_and(|column| names_children(sheet, table, column, &all, words))
        && all.iter().any(|headed| headed.by.worker().is_some_and(|whose| !whose.sure))
    {
        return Vec::new();
    }
    let ends: Vec<u32> = all.iter().skip(1).map(|headed| headed.row).chain([u32::MAX]).collect();
    for (headed, end) in all.iter_mut().zip(ends) {
        let below = sheet.rows.iter().filter(|row| row.index > headed.row && row.index < end);
        let cases = below.filter(|row| row.cells.len() > 1).count();
        if let HeadedBy::Worker(whose, _) = &mut headed.by
            && let Some(name) = without_count(&whose.name, cases)
        {
            whose.name = name;
        }
    }
    all
}

/// Whether a good part of the cases have a name, and no reference, in the column that the headings stand in.
fn names_children(sheet: &RawSheet, table: &TableReading, column: u32, headed: &[Headed], words: &Words) -> bool {
    let case = |row: &&RawRow| {
        row.index > table.header && row.cells.len() > 1 && !headed.iter().any(|headed| headed.row == row.index)
    };
    let texts = sheet.rows.iter().filter(case).filter_map(|row| row.value(column)).map(Value::text);
    let (names, all) = texts.fold((0, 0), |(names, all), text| {
        let name = !text.chars().any(|c| c.is_ascii_digit()) && words.reads_like_a_name(&text);
        (names + usize::from(name), all + 1)
    });
    table.columns_of(Meaning::ChildName).any(|other| other.column == column) || names * 3 >= all.max(1)
}

/// A name without the number of its cases behind it: in brackets where it is that of the cases below.
fn without_count(name: &str, cases: usize) -> Option<String> {
    let (before, number) = name.trim().strip_suffix(')')?.rsplit_once('(')?;
    (number.trim().parse() == Ok(cases) && cases > 1).then(|| before.trim().to_string())
}

/// A name without a number of cases in words behind it: `Ada Heron – 12 cases`.
fn without_counted_cases<'t>(text: &'t str, words: &Words) -> &'t str {
    let Some(at) = text.find(|c: char| c.is_ascii_digit()) else { return text };
    let (before, counted) = text.split_at(at);
    let unit = counted.trim_start_matches(|c: char| c.is_ascii_digit());
    let unit = unit.trim_matches(|c: char| c.is_whitespace() || c == ')');
    let counts = words.is_generic(unit) || words.sheet_says(SheetWord::Part, unit);
    if !unit.is_empty() && counts && !unit.starts_with('.') {
        before.trim_end_matches(|c: char| c.is_whitespace() || "–—-:(,".contains(c))
    } else {
        text
    }
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
        let whose = Whose { name: name.value.text(), at: Some(name.at), from: FROM, sure: true, may_be_a_team: false };
        return Some(HeadedBy::Worker(whose, said));
    }
    let first = row.cells.first()?;
    let at = CellRef::new(row.index, first.column);
    let Value::Text(text) = &first.value else { return None };
    // Beside the name at most what is said of the worker, each with its label or in a column of its own.
    let of_worker = |column: u32| {
        let of = table.columns.iter().find(|other| other.column == column);
        of.is_some_and(|column| Meaning::OF_A_WORKER.contains(&column.meaning) || column.meaning == Meaning::Team)
    };
    let own = row.cells.iter().skip(1).filter(|cell| of_worker(cell.column)).count();
    if row.cells.len() > 1 + said.len() * 2 && row.cells.len() > 1 + own {
        return None;
    }
    let text = without_counted_cases(text.trim(), words);
    let full = known_as(text, known);
    let is_known = full.is_some();
    if let Some((name, beside)) = beside::person(text, at, words).filter(|(_, beside)| !beside.is_empty()) {
        let sure = is_known || known.contains(&key(&name));
        let said = said.into_iter().chain(beside).collect();
        let whose = Whose { name, at: Some(at), from: FROM, sure, may_be_a_team: false };
        return Some(HeadedBy::Worker(whose, said));
    }
    if is_known || words.reads_like_a_name(text) {
        let whose = Whose {
            name: full.unwrap_or_else(|| text.to_string()),
            at: Some(at),
            from: FROM,
            sure: is_known,
            may_be_a_team: false,
        };
        return Some(HeadedBy::Worker(whose, said));
    }
    if words.is_unallocated(text) {
        return Some(HeadedBy::Nobody(at));
    }
    let is_reference = text.chars().any(|c| c.is_ascii_digit()) && table.column(Meaning::Child) == Some(first.column);
    let team = words.area(text) != AreaWord::None || fold(text).split(' ').any(|word| word == "team");
    // A team's name between the workers' heads nobody's cases.
    if team && words.statuses(text).is_none() && row.cells.len() == 1 && column.is_none_or(|c| c == first.column) {
        return Some(HeadedBy::Nobody(at));
    }
    let listed = words.is_total(text)
        || words.statuses(text).is_some()
        || words.listed_heading(text, false).is_some()
        || words.is_generic(text);
    (column == Some(first.column) && !is_reference && !listed).then_some(HeadedBy::Unclear(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{AS_OF, book, loads};
    use crate::understand::recognise::recognise;

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

    #[test]
    fn headings_may_say_more_than_the_name() {
        for rows in [
            "Ada Heron – 2 cases |\n1 | CP\n2 | CP\nBen Kite: 1 case |\n3 | CP",
            "Ada Heron (2) |\n1 | CP\n2 | CP\nBen Kite (1) |\n3 | CP",
            "Ada Heron |\n1 | CP\n2 | CP\nTotal for Ada: 2 |\nBen Kite |\n3 | CP\nTotal for Ben: 1 |",
            "Team North |\nAda Heron |\n1 | CP\n2 | CP\nTeam South |\nBen Kite |\n3 | CP",
            "Ada Heron |  | 0.8 | SW\n1 | CP\n2 | CP\nBen Kite |  | 1 | NQSW\n3 | CP",
            "Ada Heron |\nChild ID | Status | FTE | Role\n1 | CP\n2 | CP\nBen Kite |\nChild ID | Status | FTE | Role\n3 | CP",
        ] {
            let book = format!("Child ID | Status | FTE | Role\n{rows}");
            assert_eq!(loads(&book), "Ada Heron 2, Ben Kite 1", "{rows}");
        }
    }

    #[test]
    fn a_childs_name_is_never_taken_for_a_workers() {
        for heading in ["Child name", "Child"] {
            let book = format!(
                "{heading} | Status | DOB\nAl Tiny | |\nJo Small | CP | x\nMo Wee | |\nSi Lad | CP | x\nBo Dot | CP | x"
            );
            assert_eq!(loads(&book), "", "{heading}");
        }
        let known = "Child name | Status | DOB\nAda Heron |\nJo Small | CP | x\nBen Kite |\nSi Lad | CP | x
            ## Team\nName | FTE\nAda Heron | 1\nBen Kite | 1";
        assert_eq!(loads(known), "Ada Heron 1, Ben Kite 1");
    }
}
