//! The Task Force's time form: hours available, what is taken off them, and hours for each case. One
//! worker on a sheet or below another, or several workers in columns.

use std::collections::BTreeSet;

use crate::book::sheet::{Area, CellRef, RawBook, RawRow, RawSheet, Value};
use crate::field::reading::{
    BlanksBelow, ColumnReading, Headed, HeadedBy, HowRead, Layout, Meaning, Said, SheetReading, SheetState,
    TableReading, Whose,
};
use crate::understand::recognise::{block, tables};
use crate::understand::words::{Heading, TimeRow, Words};

/// So many kinds of lines make a form: fewer may stand in any list.
const KINDS_LEAST: usize = 4;

/// So many rows above a form may tell whose it is.
const ABOVE_MOST: usize = 15;

/// The forms of a sheet with the tables beside them, in reading order; `None` where there is no form.
pub fn find(sheet: &RawSheet, words: &Words) -> Option<Vec<TableReading>> {
    let labels = label_columns(sheet, words);
    let (first, last) = sheet.columns();
    let ends = labels.iter().skip(1).map(|start| start - 1).chain([last]);
    let mut found = Vec::new();
    for (nth, (label, end)) in labels.iter().zip(ends).enumerate() {
        let start = if nth == 0 { first } else { *label };
        let part = sheet.within(Area { first: CellRef::new(0, start), last: CellRef::new(u32::MAX, end) });
        found.append(&mut below_one_another(&part, *label, (start, end), words));
    }
    (!labels.is_empty()).then_some(found)
}

/// Passes over forms that nobody has filled in, and refuses those with several columns of hours and no
/// worker's name for each: nobody can tell whose they are.
pub fn settle(book: &RawBook, readings: &mut [SheetReading], words: &Words) {
    for (sheet, reading) in book.sheets.iter().zip(readings).filter(|(_, reading)| reading.state == SheetState::Read) {
        let before = reading.tables.len();
        reading.tables.retain(|table| table.layout != Layout::TimeForm || is_filled_in(sheet, table, words));
        if before > 0 && reading.tables.is_empty() {
            reading.state = SheetState::NoCaseload;
            reading.why = "it is a time form that is not filled in".into();
        }
        let unclear = reading.tables.iter().find(|table| lacks_names(sheet, table));
        if let Some(row) = unclear.map(|table| table.header + 1) {
            reading.state = SheetState::Unreadable;
            reading.why =
                format!("the time form at row {row} has several columns of hours, and no row names a worker for each");
        }
    }
}

/// The columns in which the lines of a form stand.
fn label_columns(sheet: &RawSheet, words: &Words) -> Vec<u32> {
    // The first text of a row is enough to tell whether there is a form at all.
    let first = |row: &RawRow| row.cells.iter().find_map(|cell| Some((cell.column, line(&cell.value, words)?)));
    let told: Vec<(u32, TimeRow)> = sheet.rows.iter().filter_map(first).collect();
    let form = |told: &[(u32, TimeRow)], column: u32| {
        let kinds: BTreeSet<TimeRow> = told.iter().filter(|(of, _)| *of == column).map(|(_, row)| *row).collect();
        let of_time = [TimeRow::Available, TimeRow::Required, TimeRow::CaseWork].iter().any(|row| kinds.contains(row));
        let items = kinds.iter().filter(|row| matches!(row, TimeRow::Item(_))).count();
        of_time && items >= 2 && kinds.len() >= KINDS_LEAST
    };
    let columns: BTreeSet<u32> = told.iter().map(|(column, _)| *column).collect();
    if !columns.iter().any(|column| form(&told, *column)) {
        return Vec::new();
    }
    let every = |row: &RawRow| -> Vec<(u32, TimeRow)> {
        row.cells.iter().filter_map(|cell| Some((cell.column, line(&cell.value, words)?))).collect()
    };
    let told: Vec<(u32, TimeRow)> = sheet.rows.iter().flat_map(every).collect();
    let columns: BTreeSet<u32> = told.iter().map(|(column, _)| *column).collect();
    columns.into_iter().filter(|column| form(&told, *column)).collect()
}

fn line(value: &Value, words: &Words) -> Option<TimeRow> {
    match value {
        Value::Text(text) => words.time_row(text),
        _ => None,
    }
}

/// Where a form stands, by position among the sheet's rows.
struct FormRows {
    /// Where the block above it begins.
    top: usize,
    /// Its first line.
    start: usize,
    /// The last of its known lines.
    end: usize,
}

/// The forms of these columns, and other tables above, between and below them.
fn below_one_another(sheet: &RawSheet, label: u32, columns: (u32, u32), words: &Words) -> Vec<TableReading> {
    let lines: Vec<(usize, TimeRow)> =
        sheet.rows.iter().enumerate().filter_map(|(at, row)| Some((at, line(row.value(label)?, words)?))).collect();
    // Where each form begins and ends, by position among the rows.
    let mut spans: Vec<(usize, usize)> = Vec::new();
    let mut closed = true;
    for (nth, (at, row)) in lines.iter().enumerate() {
        let next = lines.get(nth + 1).map(|(_, row)| *row);
        let starts = match row {
            TimeRow::Available => matches!(next, Some(TimeRow::Item(_) | TimeRow::SubTotal | TimeRow::Cases)),
            TimeRow::Item(_) => true,
            _ => false,
        };
        if closed && starts {
            spans.push((*at, *at));
            closed = false;
        }
        if let Some(span) = spans.last_mut() {
            span.1 = *at;
        }
        closed |= row.closes() || (*row == TimeRow::Available && !starts);
    }
    let mut tables = Vec::new();
    let mut floor = 0;
    let end_of_sheet = sheet.rows.last().map_or(0, |row| row.index);
    for (nth, &(start, end)) in spans.iter().enumerate() {
        let top = block_top(&sheet.rows[floor..start], label, words) + floor;
        let between = rest(sheet, floor, top, columns, words);
        close_before(&mut tables, &between, sheet.rows[top].index);
        tables.extend(between);
        let below = spans.get(nth + 1).map_or(sheet.rows.len(), |next| next.0);
        let mut form = form(sheet, FormRows { top, start, end }, label, columns, words);
        form.below_another = !tables.is_empty();
        form.area.last.row = end_of_sheet;
        floor = (end + 1).min(below);
        tables.push(form);
    }
    let behind = rest(sheet, floor, sheet.rows.len(), columns, words);
    if let Some(first) = behind.first() {
        close_before(&mut tables, &[], first.area.first.row);
    }
    tables.extend(behind);
    tables
}

/// Ends the last of the tables where the next begins.
fn close_before(tables: &mut [TableReading], between: &[TableReading], row: u32) {
    let next = between.first().map_or(row, |table| table.area.first.row);
    if let Some(last) = tables.last_mut() {
        last.area.last.row = next.saturating_sub(1);
    }
}

/// Other tables among these rows, by position.
fn rest(sheet: &RawSheet, from: usize, to: usize, columns: (u32, u32), words: &Words) -> Vec<TableReading> {
    let (Some(first), Some(last)) = (sheet.rows.get(from), to.checked_sub(1).and_then(|to| sheet.rows.get(to))) else {
        return Vec::new();
    };
    if from >= to {
        return Vec::new();
    }
    let area = Area { first: CellRef::new(first.index, columns.0), last: CellRef::new(last.index, columns.1) };
    let mut found = tables::find(&sheet.within(area), words);
    for table in found.iter_mut().filter(|_| from > 0) {
        table.area.first.row = table.area.first.row.max(first.index);
        table.below_another = true;
    }
    found
}

/// Where the block above a form begins: lines that say something, titles and names, up to a gap of two rows
/// or to a row of another table.
fn block_top(above: &[RawRow], label: u32, words: &Words) -> usize {
    let mut top = above.len();
    let mut below: Option<u32> = None;
    for (at, row) in above.iter().enumerate().rev().take(ABOVE_MOST) {
        if below.is_some_and(|below| row.index + 3 < below) {
            break;
        }
        let said = block::said([row], words).len();
        let labelled = row.value(label).is_some_and(|value| fact(value, words).is_some());
        let texts = row.cells.iter().all(|cell| matches!(cell.value, Value::Text(_)));
        let of_names =
            texts && row.cells.iter().filter(|cell| cell.column > label).any(|cell| is_name(&cell.value, words));
        let is_block = labelled || row.cells.len() <= 2 && texts || said * 2 >= row.cells.len() || of_names;
        if !is_block || line(&row.cells[0].value, words).is_some_and(TimeRow::closes) {
            break;
        }
        top = at;
        below = Some(row.index);
    }
    top
}

/// What a label above a form is about.
fn fact(value: &Value, words: &Words) -> Option<Meaning> {
    let Value::Text(text) = value else { return None };
    match words.listed_heading(text.trim().trim_end_matches(':'), true)? {
        Heading::Means(meaning) => {
            let says = [Meaning::Worker, Meaning::Team, Meaning::Area];
            (says.contains(&meaning) || Meaning::OF_A_WORKER.contains(&meaning)).then_some(meaning)
        }
        Heading::Ignored => None,
    }
}

fn is_name(value: &Value, words: &Words) -> bool {
    match value {
        Value::Text(text) => words.reads_like_a_name(text.trim()) && !words.heads_no_worker(text),
        _ => false,
    }
}

fn is_figure(value: &Value, words: &Words) -> bool {
    match value {
        Value::Number(_) => true,
        Value::Text(text) => words.times(text).is_some(),
        Value::Error(_) | Value::NoResult => true,
        _ => false,
    }
}

/// The form that stands in these rows.
fn form(sheet: &RawSheet, rows: FormRows, label: u32, columns: (u32, u32), words: &Words) -> TableReading {
    let FormRows { top, start, end } = rows;
    let above = &sheet.rows[top..start];
    let hours = hours_columns(sheet, (start, end), label, above, words);
    let workers = workers_in_columns(above, label, &hours, words);
    let by_column = !workers.is_empty();
    let first = sheet.rows[start].index;
    let header = match workers.iter().map(|(at, _)| at.row).max() {
        Some(row) => row,
        None if line_of(&sheet.rows[start], label, words) == Some(TimeRow::Available) => first,
        None => above.last().map_or(first, |row| row.index),
    };
    let headed = workers.into_iter().map(|(at, name)| Headed {
        row: header,
        by: HeadedBy::Worker(
            Whose { name, at: Some(at), from: "the heading of the column", sure: true, may_be_a_team: false },
            said_in_column(above, label, at.column, words),
        ),
    });
    let texts = above.iter().flat_map(|row| row.cells.iter().map(move |cell| (row.index, cell)));
    let titles = texts.filter(|(_, cell)| matches!(cell.value, Value::Text(_)) && (!by_column || cell.column == label));
    TableReading {
        layout: Layout::TimeForm,
        area: Area {
            first: CellRef::new(sheet.rows[top].index, columns.0),
            last: CellRef::new(sheet.rows[end].index, columns.1),
        },
        header,
        below_another: false,
        columns: columns_read(sheet, header, label, &hours),
        unused: Vec::new(),
        doubled: Vec::new(),
        titles: titles.map(|(row, cell)| (CellRef::new(row, cell.column), cell.value.text())).collect(),
        said: if by_column { Vec::new() } else { block::said(above, words) },
        whose: None,
        headed: headed.collect(),
        blanks_below: BlanksBelow::Unallocated,
    }
}

/// The names above the columns of hours where each is a worker's; none where the form is all one worker's.
fn workers_in_columns(above: &[RawRow], label: u32, hours: &[u32], words: &Words) -> Vec<(CellRef, String)> {
    let mut named = names_above(above, label, words);
    named.retain(|(at, _)| hours.contains(&at.column));
    // Several columns of hours are several workers' where each has a name.
    let each = !named.is_empty() && hours.iter().all(|column| named.iter().any(|(at, _)| at.column == *column));
    let worker_row = |at: &CellRef| above.iter().find(|row| row.index == at.row).and_then(|row| row.value(label));
    let labelled = |at: &CellRef| worker_row(at).is_some_and(|value| fact(value, words) == Some(Meaning::Worker));
    let by_column = each && (hours.len() > 1 || named.iter().all(|(at, _)| !labelled(at)));
    if by_column { named } else { Vec::new() }
}

/// The column of the lines, and those of hours.
fn columns_read(sheet: &RawSheet, header: u32, label: u32, hours: &[u32]) -> Vec<ColumnReading> {
    let reading = |column: u32, meaning: Meaning| {
        let heading = sheet.value(CellRef::new(header, column)).map_or(String::new(), Value::text);
        let hidden = sheet.hidden_columns.binary_search(&column).is_ok();
        ColumnReading { column, heading, meaning, how: HowRead::Listed, hidden }
    };
    let hours = hours.iter().map(|column| reading(*column, Meaning::Hours));
    [reading(label, Meaning::Line)].into_iter().chain(hours).collect()
}

fn line_of(row: &RawRow, label: u32, words: &Words) -> Option<TimeRow> {
    line(row.value(label)?, words)
}

/// The names in the nearest row above a form that holds any beside its labels.
fn names_above(above: &[RawRow], label: u32, words: &Words) -> Vec<(CellRef, String)> {
    let names = |row: &RawRow| -> Vec<(CellRef, String)> {
        let own = row.value(label).map(|value| fact(value, words));
        // Beside the label of another fact ("Team") stand no workers.
        if own.is_some_and(|fact| fact.is_some_and(|meaning| meaning != Meaning::Worker)) {
            return Vec::new();
        }
        let cells = row.cells.iter().filter(|cell| cell.column > label && is_name(&cell.value, words));
        cells.map(|cell| (CellRef::new(row.index, cell.column), cell.value.text())).collect()
    };
    let rows: Vec<Vec<(CellRef, String)>> = above.iter().rev().map(names).filter(|names| !names.is_empty()).collect();
    let most = rows.iter().map(Vec::len).max().unwrap_or(0);
    rows.into_iter().find(|names| names.len() == most).unwrap_or_default()
}

/// The columns that hold hours: figures on the known lines, and not mostly remarks.
fn hours_columns(
    sheet: &RawSheet,
    (start, end): (usize, usize),
    label: u32,
    above: &[RawRow],
    words: &Words,
) -> Vec<u32> {
    let rows = &sheet.rows[start..=end];
    let columns: BTreeSet<u32> =
        rows.iter().flat_map(|row| &row.cells).map(|cell| cell.column).filter(|column| *column > label).collect();
    let head = |column: u32| above.iter().rev().find_map(|row| row.value(column)).map_or(String::new(), Value::text);
    let summed = |column: &u32| words.is_total(&head(*column));
    let mut hours: Vec<u32> = columns
        .iter()
        .copied()
        .filter(|column| {
            let cells = || rows.iter().filter_map(|row| row.value(*column));
            let figures = cells().filter(|value| is_figure(value, words)).count();
            figures > 0 && figures * 2 >= cells().count()
        })
        .collect();
    if hours.iter().any(|column| !summed(column)) {
        hours.retain(|column| !summed(column));
    }
    if hours.is_empty() {
        hours.extend(columns.first());
    }
    hours
}

/// What the labelled rows above a form say in one column.
fn said_in_column(above: &[RawRow], label: u32, column: u32, words: &Words) -> Vec<Said> {
    let said = |row: &RawRow| {
        let meaning = fact(row.value(label)?, words).filter(|meaning| *meaning != Meaning::Worker)?;
        Some(Said { meaning, at: CellRef::new(row.index, column), value: row.value(column)?.clone() })
    };
    above.iter().filter_map(said).collect()
}

/// Whether a line of the form has hours in several columns that are nobody's.
fn lacks_names(sheet: &RawSheet, table: &TableReading) -> bool {
    let both =
        |row: &RawRow| table.columns_of(Meaning::Hours).filter(|column| row.value(column.column).is_some()).count() > 1;
    let within = |row: &&RawRow| (table.header..=table.area.last.row).contains(&row.index);
    table.layout == Layout::TimeForm && table.headed.is_empty() && sheet.rows.iter().filter(within).any(both)
}

/// Whether some line below the hours available has a figure that is not nought, or words for one.
fn is_filled_in(sheet: &RawSheet, table: &TableReading, words: &Words) -> bool {
    let Some(label) = table.column(Meaning::Line) else { return false };
    let rows = sheet.rows.iter().filter(|row| (table.header..=table.area.last.row).contains(&row.index));
    let mut rows = rows.filter(|row| {
        !matches!(
            line_of(row, label, words),
            Some(TimeRow::Available | TimeRow::Surplus | TimeRow::Outcome | TimeRow::Cases)
        )
    });
    rows.any(|row| {
        table.columns_of(Meaning::Hours).filter_map(|column| row.value(column.column)).any(|value| match value {
            Value::Text(text) => words.times(text).is_some() || text.chars().any(|c| c.is_ascii_digit()),
            value => value.decimal().is_none_or(|figure| !figure.is_zero()),
        })
    })
}
