//! Which sheets hold caseloads, and which rows and columns mean what.

use std::collections::BTreeSet;

use crate::reading::{ColumnReading, HowRead, Layout, Meaning, SheetReading, SheetState};
use crate::sheet::{CellRef, RawBook, RawRow, RawSheet, Value, column_letters};
use crate::words::{Found, Heading, Words, fold};

/// How many rows with content are searched for a header: twenty of titles are usual, some write more.
const HEADER_WITHIN: usize = 60;

/// A row with more texts is searched for close spellings only where a good part reads like headings.
const SPELT_CLOSELY_WITHIN: usize = 200;

/// Says how each sheet is to be read; rows are not yet looked at.
pub fn recognise(book: &RawBook, words: &Words) -> Vec<SheetReading> {
    book.sheets.iter().map(|sheet| recognise_sheet(sheet, words)).collect()
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
    let Some(header) = find_header(sheet, words) else {
        reading.why = nearest_miss(sheet, words);
        return reading;
    };
    let below = sheet.rows.last().is_some_and(|last| last.index > header.row);
    if !below {
        reading.why = format!("row {} reads like a header, and nothing stands below it", header.row + 1);
        return reading;
    }
    header.describe(sheet, &mut reading);
    if reading.state == SheetState::Read
        && let Some(why) = second_table(sheet, &reading, words)
    {
        reading.state = SheetState::Unreadable;
        reading.why = why;
    }
    reading
}

/// Why a sheet with a second table cannot be read by its first header: beside the first, both worker
/// and child stand twice; below it, another header has its columns in another order. Read all the
/// same, children would be lost or taken for workers.
fn second_table(sheet: &RawSheet, reading: &SheetReading, words: &Words) -> Option<String> {
    let header = reading.header?;
    // The same heading twice; a social worker beside a personal adviser is no second table.
    let again = |meaning: Meaning| {
        let first = reading.columns.iter().find(|column| column.meaning == meaning)?;
        let same = |column: &&ColumnReading| column.meaning == meaning && fold(&column.heading) == fold(&first.heading);
        reading.doubled.iter().find(same)
    };
    if let (Some(worker), Some(_)) = (again(Meaning::Worker), again(Meaning::Child).or(again(Meaning::FosterCarer))) {
        return Some(format!(
            "a second table stands beside the first, with its worker in column {}; put its rows below those of the first",
            column_letters(worker.column)
        ));
    }
    let known: Vec<u32> = [Meaning::Worker, Meaning::Child].into_iter().filter_map(|m| reading.column(m)).collect();
    let means = |value: &Value| match value {
        Value::Text(text) => words.listed_heading(text, reading.layout == Layout::Roster),
        _ => None,
    };
    let start = sheet.rows.partition_point(|row| row.index <= header);
    let moved = sheet.rows[start..].iter().find(|row| {
        // Most rows are done with after two looks.
        if !known.iter().any(|column| row.value(*column).and_then(means).is_some()) {
            return false;
        }
        let headings: Vec<(u32, Heading)> =
            row.cells.iter().filter_map(|cell| Some((cell.column, means(&cell.value)?))).collect();
        let column = |wanted: Meaning| {
            headings.iter().find(|(_, heading)| *heading == Heading::Means(wanted)).map(|(column, _)| *column)
        };
        let elsewhere =
            |meaning: Meaning| column(meaning).is_some_and(|at| reading.column(meaning).is_some_and(|own| own != at));
        headings.len() * 2 > row.cells.len()
            && column(Meaning::Worker).is_some()
            && (elsewhere(Meaning::Worker) || elsewhere(Meaning::Child))
            && [Meaning::Child, Meaning::ChildName, Meaning::Household, Meaning::Status, Meaning::Fte, Meaning::Role]
                .into_iter()
                .any(|meaning| column(meaning).is_some())
    });
    moved.map(|row| {
        format!(
            "row {} heads a second table with its columns in another order; put both tables in one order, or on two sheets",
            row.index + 1
        )
    })
}

/// A row taken for a header.
struct Header {
    row: u32,
    layout: Layout,
    missing: Option<Meaning>,
    cells: Vec<(u32, String, Option<Found<Heading>>)>,
}

/// Columns that only a list of children (or carers, or reviews) has.
const OF_A_CASE: &[Meaning] = &[
    Meaning::Child,
    Meaning::ChildName,
    Meaning::Household,
    Meaning::Status,
    Meaning::Proceedings,
    Meaning::PrivateProceedings,
    Meaning::Intervention,
    Meaning::Born,
    Meaning::Age,
    Meaning::FosterCarer,
    Meaning::CarerWork,
    Meaning::Review,
];

/// Columns of which a roster has at least one.
const OF_A_WORKER: &[Meaning] = &[
    Meaning::Role,
    Meaning::Fte,
    Meaning::Stage,
    Meaning::Started,
    Meaning::Duties,
    Meaning::DutyPoints,
    Meaning::AgreedLimit,
    Meaning::Judgement,
];

impl Header {
    fn score(&self) -> usize {
        let means = meanings(&self.cells).len();
        let ignored = self.cells.iter().filter(|cell| is_ignored(cell)).count();
        // A header without its worker column is only believed where no other row has one.
        4 * means + ignored + if self.missing.is_none() { 100 } else { 0 }
    }

    fn describe(self, sheet: &RawSheet, reading: &mut SheetReading) {
        reading.header = Some(self.row);
        reading.layout = self.layout;
        reading.state = SheetState::Read;
        reading.titles = titles_above(sheet, self.row);
        reading.required_missing = self.missing;
        if let Some(missing) = self.missing {
            reading.state = SheetState::Unreadable;
            reading.why = format!(
                "row {} reads like the header of a caseload, but no column says who the {} is",
                self.row + 1,
                missing.label()
            );
        }
        if self.layout == Layout::Counts {
            reading.state = SheetState::Unreadable;
            reading.why = format!(
                "row {} heads a table with one row for each worker and counts of children, not one row for each child",
                self.row + 1
            );
        }
        for (column, heading, found) in &self.cells {
            let place = CellRef::new(self.row, *column);
            match found {
                Some(Found { means: Heading::Means(meaning), how }) => {
                    let entry = ColumnReading {
                        column: *column,
                        heading: heading.clone(),
                        meaning: *meaning,
                        how: how.clone(),
                        hidden: sheet.hidden_columns.binary_search(column).is_ok(),
                    };
                    take_column(reading, entry);
                }
                _ => reading.unused.push((place, heading.clone())),
            }
        }
        reading.columns.sort_by_key(|column| column.column);
    }
}

/// Headings that say little by themselves: beside a fuller one of the same meaning they give way.
const VAGUE: &[&str] = &["child", "case", "id", "ref", "reference", "identifier", "staff", "owner", "children"];

fn take_column(reading: &mut SheetReading, entry: ColumnReading) {
    if entry.meaning.may_repeat() {
        reading.columns.push(entry);
        return;
    }
    let Some(at) = reading.columns.iter().position(|other| other.meaning == entry.meaning) else {
        reading.columns.push(entry);
        return;
    };
    let vague = |column: &ColumnReading| VAGUE.contains(&fold(&column.heading).as_str());
    let child = entry.meaning == Meaning::Child;
    if vague(&reading.columns[at]) && !vague(&entry) {
        let mut old = std::mem::replace(&mut reading.columns[at], entry);
        if child {
            old.meaning = Meaning::ChildName;
            reading.columns.push(old);
        } else {
            reading.doubled.push(old);
        }
    } else if child && vague(&entry) && !vague(&reading.columns[at]) {
        reading.columns.push(ColumnReading { meaning: Meaning::ChildName, ..entry });
    } else {
        reading.doubled.push(entry);
    }
}

/// The row that reads most like a header. Close spellings are costly and seldom needed: they are
/// looked for in the row found by listed words, and in all rows only where that found none to be read.
fn find_header(sheet: &RawSheet, words: &Words) -> Option<Header> {
    let best = |closely: bool| {
        let mut best: Option<Header> = None;
        for row in sheet.rows.iter().take(HEADER_WITHIN) {
            let Some(header) = header_of(row, words, closely) else { continue };
            if best.as_ref().is_none_or(|best| header.score() > best.score()) {
                best = Some(header);
            }
        }
        best
    };
    match best(false) {
        Some(header) if header.missing.is_none() => {
            sheet.row(header.row).and_then(|row| header_of(row, words, true)).or(Some(header))
        }
        listed => best(true).or(listed),
    }
}

fn header_of(row: &RawRow, words: &Words, closely: bool) -> Option<Header> {
    let texts = row.cells.iter().filter(|cell| matches!(cell.value, Value::Text(_))).count();
    // Headings are text; a row with many figures is data.
    if texts < 2 || texts * 2 < row.cells.len() {
        return None;
    }
    // A row of data may hold a word that heads columns elsewhere ("Social worker" as a role); close
    // spellings are looked for only where more of the row reads like headings as listed. A council's
    // own headings, however many, hide no listed ones.
    let listed = row.cells.iter().filter(|cell| {
        matches!(&cell.value, Value::Text(text)
            if words.listed_heading(text, false).is_some() || words.listed_heading(text, true).is_some())
    });
    let listed = listed.count();
    if listed == 0 {
        return None;
    }
    let spelt_closely = closely && (listed * 3 >= texts || (listed >= 2 && texts <= SPELT_CLOSELY_WITHIN));
    let heading = |text: &str, roster: bool| {
        if spelt_closely {
            return words.heading(text, roster);
        }
        words.listed_heading(text, roster).map(|means| Found { means, how: HowRead::Listed })
    };
    let read = |roster: bool| -> Vec<(u32, String, Option<Found<Heading>>)> {
        row.cells
            .iter()
            .map(|cell| {
                let text = cell.value.text();
                let found = heading(&text, roster).filter(|_| matches!(cell.value, Value::Text(_)));
                (cell.column, text, found)
            })
            .collect()
    };
    let mut cells = read(false);
    let means = meanings(&cells);
    let has = |means: &BTreeSet<Meaning>, any: &[Meaning]| any.iter().any(|meaning| means.contains(meaning));
    let found = |layout, missing, cells| Some(Header { row: row.index, layout, missing, cells });

    if means.contains(&Meaning::Worker) && has(&means, OF_A_CASE) {
        // Beside foster carers a bare "Type" tells supervision from assessment.
        if means.contains(&Meaning::FosterCarer) && !means.contains(&Meaning::CarerWork) {
            for cell in cells.iter_mut().filter(|cell| cell.2.is_none()) {
                if ["type", "kind", "work", "role", "supervision", "task"].contains(&fold(&cell.1).as_str()) {
                    cell.2 = Some(Found { means: Heading::Means(Meaning::CarerWork), how: HowRead::Listed });
                    break;
                }
            }
        }
        // A bare "RAG" beside a child is the case's, not the manager's judgement of the worker.
        for cell in &mut cells {
            if ["rag", "rag rating"].contains(&fold(&cell.1).as_str()) {
                cell.2 = Some(Found { means: Heading::Ignored, how: HowRead::Listed });
            }
        }
        return found(Layout::RowPerChild, None, cells);
    }
    let roster = read(true);
    let roster_means = meanings(&roster);
    if roster_means.contains(&Meaning::Worker) {
        let strong: Vec<Meaning> = OF_A_CASE.iter().copied().filter(|meaning| *meaning != Meaning::ChildName).collect();
        let counted = roster.iter().filter(|(_, text, found)| {
            !matches!(found, Some(Found { means: Heading::Means(_), .. })) && is_count_heading(text, words)
        });
        if counted.count() >= 1 && !has(&roster_means, &strong) {
            return found(Layout::Counts, None, roster);
        }
        if has(&roster_means, OF_A_WORKER) && !has(&roster_means, &strong) {
            return found(Layout::Roster, None, roster);
        }
    }
    let of_a_case = OF_A_CASE.iter().filter(|meaning| means.contains(meaning)).count();
    if of_a_case >= 2 && cells.len() >= 3 {
        return found(Layout::RowPerChild, Some(Meaning::Worker), cells);
    }
    None
}

/// Whether a heading names a status or a total, as tables of counts have them.
fn is_count_heading(text: &str, words: &Words) -> bool {
    words.statuses(text).is_some()
        || words.is_total(text)
        || [
            "children",
            "cases",
            "caseload",
            "number of cases",
            "no of cases",
            "no of children",
            "open cases",
            "current caseload",
        ]
        .contains(&fold(text).as_str())
}

fn meanings(cells: &[(u32, String, Option<Found<Heading>>)]) -> BTreeSet<Meaning> {
    cells
        .iter()
        .filter_map(|(_, _, found)| match found {
            Some(Found { means: Heading::Means(meaning), .. }) => Some(*meaning),
            _ => None,
        })
        .collect()
}

fn is_ignored(cell: &(u32, String, Option<Found<Heading>>)) -> bool {
    matches!(cell.2, Some(Found { means: Heading::Ignored, .. }))
}

fn titles_above(sheet: &RawSheet, header: u32) -> Vec<String> {
    sheet
        .rows
        .iter()
        .take_while(|row| row.index < header)
        .flat_map(|row| row.cells.iter())
        .filter(|cell| matches!(cell.value, Value::Text(_)))
        .map(|cell| cell.value.text())
        .collect()
}

/// The row that came nearest to a header, in words that quote headings we know and nothing else.
fn nearest_miss(sheet: &RawSheet, words: &Words) -> String {
    let mut best: Option<(u32, BTreeSet<Meaning>)> = None;
    for row in sheet.rows.iter().take(HEADER_WITHIN) {
        let known: BTreeSet<Meaning> = row
            .cells
            .iter()
            .filter_map(|cell| match words.listed_heading(&cell.value.text(), false)? {
                Heading::Means(meaning) => Some(meaning),
                Heading::Ignored => None,
            })
            .collect();
        if !known.is_empty() && best.as_ref().is_none_or(|(_, most)| known.len() > most.len()) {
            best = Some((row.index, known));
        }
    }
    match best {
        Some((row, known)) => {
            let known: Vec<&str> = known.into_iter().map(Meaning::label).collect();
            format!(
                "no header row was found; row {} came nearest, with a heading for {} alone",
                row + 1,
                known.join(", ")
            )
        }
        None => "no header row was found; no cell reads like a heading of a caseload".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::book;

    fn read(rows: &[&str]) -> SheetReading {
        recognise(&book("Sheet1", &rows.join("\n")), &Words::built_in()).remove(0)
    }

    #[test]
    fn a_header_below_titles() {
        let reading =
            read(&["Assessment Team North", "Team manager: A Person", "", "Child ID | SW | Status", "1 | Ada | CP"]);
        assert_eq!((reading.state, reading.layout, reading.header), (SheetState::Read, Layout::RowPerChild, Some(3)));
        assert_eq!(reading.column(Meaning::Worker), Some(1));
        assert_eq!(reading.titles, ["Assessment Team North", "Team manager: A Person"]);
    }

    #[test]
    fn headings_of_a_councils_own_hide_no_listed_ones() {
        let own = ["Panel list", "Strand", "Hub lead", "Wave", "Flag 7", "Pilot", "Tier view"].join(" | ");
        let reading = read(&[&format!("Child ID | Worker | {own}"), "1 | Ada | x | x | x | x | x | x | x"]);
        assert_eq!((reading.state, reading.header), (SheetState::Read, Some(0)));
        let slip = read(&[&format!("Child ID | Alocated worker | Status | {own}"), "1 | Ada | CP | x | x"]);
        assert_eq!(slip.column(Meaning::Worker), Some(1));
        let wide: Vec<String> = (0..1000).map(|column| format!("Column {column}")).collect();
        let reading = read(&[&format!("Child ID | Worker | {}", wide.join(" | ")), "1 | Ada"]);
        assert_eq!(reading.state, SheetState::Read);
    }

    #[test]
    fn a_second_table_in_another_order_is_not_read_by_the_first_header() {
        for rows in [
            ["Worker | Child ID | Status", "Ada | 1 | CP", "Child ID | Worker | Status", "2 | Ben | CP"],
            ["Worker | Child ID | FTE", "Ada | 1 | 0.5", "Worker | FTE | Child ID", "Ben | 0.5 | 2"],
            ["Worker | Child ID | | Worker | Child ID", "Ada | 1 | | Ben | 2", "Ada | 3 | | Ben | 4", "Ada | 5"],
        ] {
            assert_eq!(read(&rows).state, SheetState::Unreadable, "{rows:?}");
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
            assert_eq!(read(&rows).state, SheetState::Read, "{rows:?}");
        }
    }

    #[test]
    fn a_roster_is_told_from_a_caseload() {
        assert_eq!(read(&["Name | Role | FTE | Start date", "Ada | SW | 1 | x"]).layout, Layout::Roster);
        assert_eq!(read(&["Name | DOB | Social worker | FTE", "Ada | x | Ben | 1"]).layout, Layout::RowPerChild);
    }

    #[test]
    fn counts_by_worker_are_never_a_roster() {
        let reading = read(&["Social worker | FTE | CIN | CP | LAC | Total", "Ada | 1 | 3 | 4 | 5 | 12"]);
        assert_eq!((reading.state, reading.layout), (SheetState::Unreadable, Layout::Counts));
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
