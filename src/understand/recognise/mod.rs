//! Which sheets hold caseloads, and which rows and columns mean what.
//!
//! A sheet is searched for header rows; each begins a table. What a table is taken for is decided by
//! the layouts, one file each: the first that a header fits.

mod annex_a;
mod beside;
mod block;
mod contents;
mod copies;
mod evidence;
mod forms;
mod header;
mod heads;
mod layouts;
mod lookups;
mod months;
mod points_form;
mod roster;
mod row_per_carer;
mod row_per_child;
mod row_per_household;
mod row_per_review;
mod row_per_worker;
mod sheet_per_worker;
mod tables;
mod tasks_form;
mod ticked;
mod time_form;
mod worker_headings;

use jiff::civil::Date;

use crate::book::sheet::{RawBook, RawSheet};
use crate::field::reading::{Layout, Meaning, SheetReading, SheetState, TableReading};
use crate::understand::words::Words;

/// Says how each sheet is to be read; rows are not yet looked at one by one.
///
/// `stem` is the file's name without ending, `as_of` the date that everything is judged on.
pub fn recognise(book: &RawBook, stem: &str, words: &Words, as_of: Date) -> Vec<SheetReading> {
    let mut readings: Vec<SheetReading> = book.sheets.iter().map(|sheet| recognise_sheet(sheet, words)).collect();
    points_form::settle(book, &mut readings);
    tasks_form::settle(book, &mut readings, words);
    time_form::settle(book, &mut readings, words);
    annex_a::settle(book, &mut readings, words);
    lookups::settle(book, &mut readings);
    forms::settle_nobodys(&mut readings, words);
    row_per_worker::settle(book, &mut readings);
    ticked::settle(book, &mut readings, words);
    row_per_household::settle(book, &mut readings, words);
    worker_headings::settle(book, &mut readings, words);
    sheet_per_worker::settle(book, &mut readings, stem, words);
    evidence::settle(book, &mut readings, stem, words, as_of);
    forms::settle(book, &mut readings, words);
    months::settle(book, &mut readings, words, as_of);
    copies::settle(book, &mut readings, words);
    let shape = |table: &TableReading| table.columns.iter().map(|column| column.meaning).collect::<Vec<_>>();
    let read: Vec<Vec<Meaning>> = readings
        .iter()
        .filter(|reading| reading.aside.is_none())
        .flat_map(|reading| reading.tables.iter().filter(|table| table.whose.is_some()).map(shape))
        .collect();
    for (sheet, reading) in book.sheets.iter().zip(&mut readings).filter(|(_, reading)| reading.aside.is_none()) {
        // What looks like the other workers' sheets is one of them, or asked about.
        let like = |table: &TableReading| read.contains(&shape(table));
        conclude(sheet, reading, words, like);
    }
    readings
}

fn recognise_sheet(sheet: &RawSheet, words: &Words) -> SheetReading {
    let mut reading = SheetReading::passed_over(&sheet.name, sheet.visibility, "");
    reading.filtered = sheet.filtered;
    reading.ours = sheet.ours;
    if sheet.ours {
        reading.why = "added by an earlier run".into();
        return reading;
    }
    if let Some(why) = &sheet.unreadable {
        reading.state = SheetState::Unreadable;
        reading.why = why.clone();
        return reading;
    }
    if sheet.rows.is_empty() {
        reading.why = "the sheet is empty".into();
        return reading;
    }
    reading.tables = time_form::find(sheet, words).unwrap_or_else(|| tables::find(sheet, words));
    if !reading.tables.is_empty() {
        reading.state = SheetState::Read;
    }
    reading
}

/// What becomes of a sheet once every way of telling its workers has been tried.
fn conclude(sheet: &RawSheet, reading: &mut SheetReading, words: &Words, like: impl Fn(&TableReading) -> bool) {
    if reading.state != SheetState::Read {
        if reading.why.is_empty() {
            reading.why = row_per_worker::trend(sheet, words).unwrap_or_else(|| header::nearest_miss(sheet, words));
        }
        return;
    }
    let whose = |table: &TableReading| {
        !table.layout.holds_cases()
            || table.layout == Layout::WorkerHeadings
            || table.whose.is_some()
            || !table.headed.is_empty()
            || table.column(Meaning::Worker).is_some()
            || table.column(Meaning::TasksOfWorker).is_some()
    };
    // A worker without cases has a sheet all the same; any other header with nothing below is no table.
    let below = |table: &TableReading| {
        let rows = &sheet.rows[sheet.rows.partition_point(|row| row.index <= table.header)..];
        rows.first().is_some_and(|row| row.index <= table.area.last.row)
    };
    let empty = reading.tables.iter().find(|table| !below(table)).map(|table| table.header);
    reading.tables.retain(|table| below(table) || table.whose.as_ref().is_some_and(|whose| whose.sure));
    if let (true, Some(header)) = (reading.tables.is_empty(), empty) {
        reading.state = SheetState::NoCaseload;
        reading.why =
            format!("row {} reads like a header, and nothing stands below it: it is not filled in", header + 1);
        return;
    }
    let Some(without) = reading.tables.iter().find(|table| !whose(table)) else { return };
    if let Some(form) = without.layout.form().filter(|_| without.layout == Layout::TimeForm) {
        reading.state = SheetState::Unreadable;
        reading.required_missing = Some(Meaning::Worker);
        reading.why = format!("it is {form} at row {}, and nothing says which worker's it is", without.header + 1);
        return;
    }
    // Two headings that might be anything are no caseload.
    if row_per_child::is_likely(without) || tasks_form::is_likely(without, words) || like(without) {
        reading.state = SheetState::Unreadable;
        reading.required_missing = Some(Meaning::Worker);
        reading.why = format!(
            "row {} reads like the header of a caseload, but no column says who the {} is",
            without.header + 1,
            Meaning::Worker.label()
        );
        return;
    }
    reading.tables.retain(whose);
    if reading.tables.is_empty() {
        reading.state = SheetState::NoCaseload;
        reading.why = header::nearest_miss(sheet, words);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{AS_OF, book};

    fn read(rows: &[&str]) -> SheetReading {
        recognise(&book("Sheet1", &rows.join("\n")), "caseload", &Words::built_in(), AS_OF).remove(0)
    }

    #[test]
    fn a_header_below_titles() {
        let reading =
            read(&["Assessment Team North", "Team manager: A Person", "", "Child ID | SW | Status", "1 | Ada | CP"]);
        assert_eq!(
            (reading.state, reading.layout(), reading.header()),
            (SheetState::Read, Layout::RowPerChild, Some(3))
        );
        let table = &reading.tables[0];
        assert_eq!(table.column(Meaning::Worker), Some(1));
        let titles: Vec<&str> = table.titles.iter().map(|(_, title)| title.as_str()).collect();
        assert_eq!(titles, ["Assessment Team North", "Team manager: A Person"]);
    }

    #[test]
    fn headings_of_a_councils_own_hide_no_listed_ones() {
        let own = ["Panel list", "Strand", "Hub lead", "Wave", "Flag 7", "Pilot", "Tier view"].join(" | ");
        let reading = read(&[&format!("Child ID | Worker | {own}"), "1 | Ada | x | x | x | x | x | x | x"]);
        assert_eq!((reading.state, reading.header()), (SheetState::Read, Some(0)));
        let slip = read(&[&format!("Child ID | Alocated worker | Status | {own}"), "1 | Ada | CP | x | x"]);
        assert_eq!(slip.tables[0].column(Meaning::Worker), Some(1));
        let wide: Vec<String> = (0..1000).map(|column| format!("Column {column}")).collect();
        let reading = read(&[&format!("Child ID | Worker | {}", wide.join(" | ")), "1 | Ada"]);
        assert_eq!(reading.state, SheetState::Read);
    }

    #[test]
    fn headings_of_two_rows_are_joined() {
        for rows in [
            ["Child | | Social | Case | Date of", "ID | Name | worker | status | birth", "1 | AB | Ada | CP | x"],
            ["Child | | Worker | | Court", "ID | Initials | Name | FTE | ", "1 | AB | Ada | 0.8 | Yes"],
        ] {
            let reading = read(&rows);
            assert_eq!((reading.state, reading.header()), (SheetState::Read, Some(1)), "{rows:?}");
            let table = &reading.tables[0];
            assert_eq!((table.column(Meaning::Child), table.column(Meaning::Worker)), (Some(0), Some(2)));
            assert_eq!(table.column(Meaning::ChildName), Some(1), "{rows:?}");
        }
        // Nor is the first case a lower one, though its words may head columns elsewhere.
        let case = read(&["Child ID | Previous worker | Worker | Previous status", "1 | Old Hand | Ada | Closed"]);
        assert_eq!(case.header(), Some(0));
        // A title block is no upper row of headings.
        let block = read(&["Team | Locality North | FTE | 5", "Child ID | Worker | Status", "1 | Ada | CP"]);
        assert_eq!(block.tables[0].columns.len(), 3);
    }

    #[test]
    fn tables_one_below_another() {
        for rows in [
            ["Worker | Child ID | Status", "Ada | 1 | CP", "Child ID | Worker | Status", "2 | Ben | CP"],
            ["Worker | Child ID | FTE", "Ada | 1 | 0.5", "Worker | FTE | Child ID", "Ben | 0.5 | 2"],
            ["Worker | Child ID | Status", "Ada | 1 | CP", "Name | Role | FTE", "Ada | SW | 1"],
        ] {
            let reading = read(&rows);
            let headers: Vec<u32> = reading.tables.iter().map(|table| table.header).collect();
            assert_eq!(headers, [0, 2], "{rows:?}");
        }
        for rows in [
            ["Worker | Child ID | Status", "Ada | 1 | CP", "Worker | Child ID | Status", "Ben | 2 | CP"],
            [
                "Worker | Child ID | Role",
                "Ada | 1 | Social worker",
                "Social worker | 2 | Social worker",
                "Ben | 3 | SW",
            ],
        ] {
            assert_eq!(read(&rows).tables.len(), 1, "{rows:?}");
        }
        let wider = read(&[
            "Child ID | Worker | Status",
            "1 | Ada | CP",
            "",
            "Name | Role | FTE | Stage | Duties",
            "Ada | SW | 1 | 3+ | none",
        ]);
        let layouts: Vec<Layout> = wider.tables.iter().map(|table| table.layout).collect();
        assert_eq!(layouts, [Layout::RowPerChild, Layout::Roster]);
        let titled = read(&[
            "Locality South",
            "Child ID | Worker",
            "1 | Ada",
            "",
            "Locality West",
            "Child ID | Worker",
            "2 | Ben",
            "Total | 1",
        ]);
        let areas: Vec<(u32, u32)> =
            titled.tables.iter().map(|table| (table.area.first.row, table.area.last.row)).collect();
        assert_eq!(areas, [(0, 3), (4, 7)]);
    }

    #[test]
    fn tables_side_by_side() {
        let reading =
            read(&["Worker | Child ID | | Worker | Child ID", "Ada | 1 | | Ben | 2", "Ada | 3 | | Ben | 4", "Ada | 5"]);
        let columns: Vec<(u32, u32)> =
            reading.tables.iter().map(|table| (table.area.first.column, table.area.last.column)).collect();
        assert_eq!(columns, [(0, 2), (3, 4)]);
        let close = read(&["Child ID | Status | DOB | Child ID | Status | DOB", "1 | CP | x | 2 | CP | x"]);
        assert_eq!(close.state, SheetState::Unreadable);
        let roster = read(&["Child ID | Worker | Status | | Worker | FTE", "1 | Ada | CP | | Ben | 0.5"]);
        let layouts: Vec<Layout> = roster.tables.iter().map(|table| table.layout).collect();
        assert_eq!(layouts, [Layout::RowPerChild, Layout::Roster]);
        let summary = read(&["Child ID | Status | | Worker | FTE", "1 | CP | | Ada | 0.5", "2 | CP | | Ben | 1"]);
        assert_ne!(summary.layout(), Layout::RowPerChild);
        // An empty column within the rows of one table.
        let gap = read(&["Child ID | Status | | Worker | FTE", "1 | CP | | Ada | 0.5", "2 | CP | | Ada | 0.5"]);
        assert_eq!((gap.tables.len(), gap.layout()), (1, Layout::RowPerChild));
        // An empty column, or a second worker, is no second table.
        for row in
            ["Child ID | Worker | Status | | Household | Intervention", "Child ID | Social worker | | PA | Status"]
        {
            assert_eq!(read(&[row, "1 | Ada | x | x | x | x"]).tables.len(), 1, "{row}");
        }
    }

    #[test]
    fn a_roster_is_told_from_a_caseload() {
        assert_eq!(read(&["Name | Role | FTE | Start date", "Ada | SW | 1 | x"]).layout(), Layout::Roster);
        assert_eq!(read(&["Name | DOB | Social worker | FTE", "Ada | x | Ben | 1"]).layout(), Layout::RowPerChild);
    }

    #[test]
    fn counts_by_worker_are_never_a_roster() {
        let reading = read(&["Social worker | FTE | CIN | CP | LAC | Total", "Ada | 1 | 3 | 4 | 5 | 12"]);
        assert_eq!(reading.layout(), Layout::RowPerWorker);
    }

    #[test]
    fn a_caseload_without_worker_says_so() {
        let reading = read(&["Child ID | Status | DOB", "1 | CP | x"]);
        assert_eq!(reading.state, SheetState::Unreadable);
        assert_eq!(reading.required_missing, Some(Meaning::Worker));
    }

    #[test]
    fn other_tables_are_passed_over() {
        let reading = read(&["Item | Price | Amount", "Tea | 1 | 2"]);
        assert_eq!(reading.state, SheetState::NoCaseload);
        assert!(reading.why.starts_with("no header row was found"), "{}", reading.why);
    }
}
