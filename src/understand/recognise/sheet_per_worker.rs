//! A sheet, or a table below a title, for each worker: the name stands in no column.

use std::collections::BTreeSet;

use crate::book::sheet::{CellRef, RawBook, Value};
use crate::book::text::fold;
use crate::field::reading::{Layout, Meaning, Said, SheetReading, SheetState, TableReading, Whose};
use crate::understand::recognise::beside;
use crate::understand::words::{SheetWord, Words};

/// Names the worker of every table that has no column for one, where something else does.
///
/// A label (`Worker: …`) or a name that another sheet lists as a worker's is believed. A title or a
/// sheet's name that only reads like a name is believed where several tables have one of their own;
/// where a single one has, it is taken with a question.
pub fn settle(book: &RawBook, readings: &mut [SheetReading], stem: &str, words: &Words) {
    let known = known_workers(book, readings);
    let children = children(book, readings);
    let mut guesses: Vec<(usize, usize, Whose)> = Vec::new();
    for (sheet, reading) in readings.iter().enumerate() {
        for (at, table) in reading.tables.iter().enumerate().filter(|(_, table)| lacks_worker(table)) {
            // A sheet for each child, or for each family, bears a name too.
            let whose = whose(reading, table, stem, &known, words);
            if let Some(whose) = whose.filter(|whose| whose.sure || !children.contains(&key(&whose.name))) {
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
        && table.column(Meaning::TasksOfWorker).is_none()
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

/// What columns of children and households hold, as names are compared.
fn children(book: &RawBook, readings: &[SheetReading]) -> BTreeSet<String> {
    let mut children = BTreeSet::new();
    for (sheet, reading) in book.sheets.iter().zip(readings) {
        for table in reading.tables.iter().filter(|table| table.layout.holds_cases()) {
            let named = [Meaning::Child, Meaning::ChildName, Meaning::Household];
            let columns: Vec<u32> =
                named.into_iter().flat_map(|meaning| table.columns_of(meaning)).map(|column| column.column).collect();
            let rows = sheet.rows.iter().filter(|row| row.index > table.header && row.index <= table.area.last.row);
            for row in rows {
                children.extend(columns.iter().filter_map(|column| row.value(*column)).map(|value| key(&value.text())));
            }
        }
    }
    children
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
        let mut name = said.value.text();
        // A label says that somebody is meant, where "X" in a column of workers means nobody.
        if name.chars().count() == 1 {
            name = format!("Worker {name}");
        }
        if !name.is_empty() && !matches!(said.value, Value::Number(_)) {
            return Some(Whose {
                name,
                at: Some(said.at),
                from: "the block above the table",
                sure: true,
                may_be_a_team: false,
            });
        }
    }
    let named = |name: String, at: Option<CellRef>, from: &'static str| {
        let full = known_as(&name, known);
        let sure = full.is_some();
        let name = full.unwrap_or(name);
        let place = words.sheet_says(SheetWord::Place, &name);
        let may_be_a_team = !sure && (place || !fold(&name).contains(' '));
        let only_places = place && words.without_sheet_word(SheetWord::Place, &name).is_empty();
        let reads = sure || (words.reads_like_a_name(&name) && !only_places);
        reads.then_some(Whose { name, at, from, sure, may_be_a_team })
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
    let text = text.replace('_', " ");
    let segments = text.split([':', '|', '–', '—', '\n']).flat_map(|part| part.split(" - "));
    segments.map(|part| person(part, words)).filter(|part| !part.is_empty()).collect()
}

/// A part without the words around a name: a status, a page, a label.
fn person(part: &str, words: &Words) -> String {
    let mut text = words.without_generic(part);
    // "Social worker" is a label or a role, and no person called Social.
    if words.role(part).is_some() || words.listed_heading(part, true).is_some() {
        return part.trim().to_string();
    }
    loop {
        let around = |word: &str| {
            words.sheet_says(SheetWord::Part, word)
                || word.trim_matches(['.', ')', '(']).chars().all(|c| c.is_ascii_digit())
        };
        let mut parts: Vec<&str> = text.split_whitespace().collect();
        let before = parts.len();
        if parts.len() > 1 && parts.first().is_some_and(|word| around(word)) {
            parts.remove(0);
        }
        if parts.len() > 1 && parts.last().is_some_and(|word| around(word)) {
            parts.pop();
        }
        if parts.len() == before {
            return text;
        }
        text = words.without_generic(&parts.join(" "));
    }
}

/// The one worker whom another sheet names in full, for a name, a first name or initials.
pub fn known_as(name: &str, known: &BTreeSet<String>) -> Option<String> {
    let short = key(name);
    if known.contains(&short) {
        return Some(name.to_string());
    }
    if short.is_empty() || short.contains(' ') {
        return None;
    }
    let initials = |full: &str| full.split(' ').filter_map(|part| part.chars().next()).collect::<String>();
    let mut like = known.iter().filter(|full| {
        full.contains(' ') && (full.split(' ').next() == Some(short.as_str()) || initials(full) == short)
    });
    match (like.next(), like.next()) {
        (Some(only), None) => Some(titled(only)),
        _ => None,
    }
}

/// A folded name as names are written.
fn titled(name: &str) -> String {
    let word = |word: &str| {
        let mut signs = word.chars();
        signs.next().into_iter().flat_map(char::to_uppercase).chain(signs).collect::<String>()
    };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use crate::testing::loads;

    /// Two sheets of these names, with two children and with one.
    fn two(one: &str, other: &str) -> String {
        format!("## {one}\nChild ID | Status\n1 | CP\n2 | CP\n## {other}\nChild ID | Status\n3 | CP")
    }

    #[test]
    fn a_sheets_name_is_taken_for_the_worker() {
        for (one, other) in [
            ("Ada Heron", "Ben Kite"),
            ("Ada Heron 0.8", "Ben Kite 1.0"),
            ("1. Ada Heron", "2. Ben Kite"),
            ("Ada Heron's caseload", "Ben Kite’s caseload"),
            ("Caseload of Ada Heron", "Caseload of Ben Kite"),
            ("SW: Ada Heron", "SW: Ben Kite"),
            ("Worker Ada Heron", "Worker Ben Kite"),
            ("SW Ada Heron", "SW Ben Kite"),
            ("Ada_Heron", "Ben_Kite"),
            ("Ada Heron (ASYE)", "Ben Kite"),
            ("Ada Heron - CP", "Ben Kite - CP"),
        ] {
            assert_eq!(loads(&two(one, other)), "Ada Heron 2, Ben Kite 1", "{one}");
        }
        assert_eq!(loads(&two("Heron, Ada", "Kite, Ben")), "Heron, Ada 2, Kite, Ben 1");
        assert_eq!(loads(&two("ADA HERON", "BEN KITE")), "ADA HERON 2, BEN KITE 1");
        assert_eq!(loads(&two("Ada", "Ben")), "Ada 2, Ben 1");
    }

    #[test]
    fn a_sheet_that_bears_its_own_childs_name_is_no_workers() {
        let sheet = |name: &str, child: &str| format!("## {name}\nChild ID | Child name | Status\n1 | {child} | CP\n");
        let childs = sheet("Ada Heron", "A B") + &sheet("Ben Kite", "C D") + &sheet("Wren Finch", "FINCH, Wren");
        assert_eq!(loads(&childs), "Ada Heron 1, Ben Kite 1");
        // A worker who is listed as one is believed.
        let listed = "## Staff\nWorker | FTE\nWren Finch | 1\nAda Heron | 1\n";
        assert!(loads(&(childs + listed)).contains("Wren Finch 1"));
    }

    #[test]
    fn sheets_of_one_worker_are_added_up() {
        for (one, other) in [("Ada Heron CP", "Ada Heron CIN"), ("Ada Heron page 2", "Ada Heron")] {
            assert_eq!(loads(&two(one, other)), "Ada Heron 3", "{one}");
        }
    }

    #[test]
    fn first_names_and_initials_are_looked_up_on_a_roster() {
        for (one, other) in [("Ada", "Ben"), ("AH", "BK")] {
            let book = two(one, other) + "\n## Team\nName | FTE\nAda Heron | 0.8\nBen Kite | 1\nCy Reed | 1";
            assert_eq!(loads(&book), "Ada Heron 2, Ben Kite 1, Cy Reed 0", "{one}");
        }
        let twice = two("Ada", "Ben") + "\n## Team\nName | FTE\nAda Heron | 0.8\nAda Kite | 1";
        assert_eq!(loads(&twice), "Ada 2, Ada Heron 0, Ada Kite 0, Ben 1");
    }

    #[test]
    fn places_and_front_sheets_are_no_workers() {
        assert_eq!(loads(&two("North", "South")), "");
        assert_eq!(loads(&two("Ada Heron", "Summary")), "Ada Heron 2");
    }

    #[test]
    fn a_label_goes_before_the_sheets_name() {
        let role = "Role | Social worker | Start date | 2014-09-01";
        let roles = two("Ada Heron", "Ben Kite").replace("Child ID", &format!("{role}\nChild ID"));
        assert_eq!(loads(&roles), "Ada Heron 2, Ben Kite 1");
        let book = "## Ada Heron\nWorker: Ben Kite |\nChild ID | Status\n1 | CP";
        assert_eq!(loads(book), "Ben Kite 1");
        assert_eq!(loads("## Sheet1\nName: | Ada Heron\nChild ID | Status\n1 | CP"), "Ada Heron 1");
    }
}
