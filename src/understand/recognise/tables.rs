//! The tables of a sheet: one below another, or side by side.

use crate::book::sheet::{Area, CellRef, RawCell, RawRow, RawSheet, Value};
use crate::book::text::fold;
use crate::field::reading::{BlanksBelow, ColumnReading, Meaning, TableReading};
use crate::understand::recognise::block;
use crate::understand::recognise::header::{self, Header};
use crate::understand::recognise::heads::{Head, Heads};
use crate::understand::recognise::layouts::fit;
use crate::understand::words::{Heading, Words};

/// How many columns tell whether a table stands there.
const TOLD_WITHIN: u32 = 200;

/// Every table of a sheet that a layout fits, in reading order.
pub fn find(sheet: &RawSheet, words: &Words) -> Vec<TableReading> {
    let Some(first) = header::best(sheet, words) else { return Vec::new() };
    let all = sheet.columns();
    let starts = side_by_side(sheet, &first, words);
    if starts.is_empty() {
        return one_below_another(sheet, first, all, words);
    }
    let ends = starts.iter().map(|start| start - 1).chain([all.1]);
    let spans: Vec<(u32, u32)> = [all.0].into_iter().chain(starts.iter().copied()).zip(ends).collect();
    let mut tables = Vec::new();
    for span in spans {
        let part = sheet.within(Area { first: CellRef::new(0, span.0), last: CellRef::new(u32::MAX, span.1) });
        let Some(first) = header::best(&part, words) else { continue };
        let mut found = one_below_another(&part, first, span, words);
        // A title across the whole sheet is every table's.
        let across = sheet.rows.iter().filter(|row| row.cells.len() == 1);
        for table in &mut found {
            let own = |at: &CellRef| (span.0..=span.1).contains(&at.column);
            let above = across.clone().take_while(|row| row.index < table.header).filter_map(title);
            let mut titles: Vec<(CellRef, String)> = above.filter(|(at, _)| !own(at)).collect();
            titles.append(&mut table.titles);
            table.titles = titles;
        }
        tables.append(&mut found);
    }
    tables
}

/// The first columns of further tables beside the first.
///
/// A table begins behind an empty column where both sides are tables by themselves, or where the
/// headings begin again. A second column of workers in one table begins none.
fn side_by_side(sheet: &RawSheet, header: &Header, words: &Words) -> Vec<u32> {
    let cells = &header.heads.cells;
    let (Some(first), Some(last)) = (cells.first(), cells.last()) else { return Vec::new() };
    let mut starts: Vec<u32> = Vec::new();
    let mut left = first.column;
    for pair in cells.windows(2) {
        let (before, here) = (&pair[0], &pair[1]);
        let begins_again = fold(&here.text) == fold(&cells[cells.partition_point(|cell| cell.column < left)].text);
        let gap = here.column > before.column + 1;
        if !gap && !begins_again {
            continue;
        }
        let one = header.heads.within(left..=before.column.min(left + TOLD_WITHIN));
        let other = header.heads.within(here.column..=last.column.min(here.column + TOLD_WITHIN));
        let again = |meaning: Meaning| {
            let of = |heads: &Heads| {
                let cell = heads.cells.iter().find(|cell| cell.plain() == Some(Heading::Means(meaning)));
                cell.map(|cell| fold(&cell.text))
            };
            let (here, there) = (of(&one), of(&other));
            here.is_some() && here == there
        };
        let (Some(left_fit), Some(right)) = (fit(&one, words), fit(&other, words)) else { continue };
        let cases = [Meaning::Child, Meaning::ChildName, Meaning::FosterCarer].into_iter().any(again);
        let roster = !right.worker_missing && !right.layout.holds_cases();
        let apart = match gap {
            true => {
                cases
                    || again(Meaning::Worker)
                    || (roster && !(left_fit.worker_missing && is_one(sheet, header, here.column)))
            }
            false => cases,
        };
        if apart {
            starts.push(here.column);
            left = here.column;
        }
    }
    starts
}

/// Whether the columns on both sides of an empty one are one table's: nearly all rows stand on both,
/// and the right does not name each of several workers once as a roster does.
fn is_one(sheet: &RawSheet, header: &Header, column: u32) -> bool {
    let columns = || header.heads.cells.iter().map(|cell| cell.column);
    let (first, last) = (columns().next().unwrap_or(0), columns().next_back().unwrap_or(column));
    let is_worker = |cell: &&Head| cell.column >= column && cell.plain() == Some(Heading::Means(Meaning::Worker));
    let worker = header.heads.cells.iter().find(is_worker).map_or(column, |cell| cell.column);
    let within = |row: &RawRow, from: u32, to: u32| row.cells.iter().any(|cell| (from..=to).contains(&cell.column));
    let below = sheet.rows.iter().filter(|row| row.index > header.row);
    let (mut left, mut both, mut right) = (0usize, 0usize, 0usize);
    let mut named: Vec<String> = Vec::new();
    for row in below {
        let (one, other) = (within(row, first, column - 1), within(row, column, last));
        left += usize::from(one);
        right += usize::from(other);
        both += usize::from(one && other);
        named.extend(row.value(worker).map(|value| fold(&value.text())));
    }
    let names = named.len();
    named.sort_unstable();
    named.dedup();
    let each_once = named.len() == names && names > 1;
    both * 10 >= left.max(right) * 9 && !each_once
}

/// The tables below one another in these columns, the first with this header.
fn one_below_another(sheet: &RawSheet, first: Header, columns: (u32, u32), words: &Words) -> Vec<TableReading> {
    let end = sheet.rows.last().map_or(0, |row| row.index);
    let first = topmost(sheet, first, words);
    let mut tables: Vec<TableReading> = Vec::new();
    let start = sheet.rows.partition_point(|row| row.index < first.first_row);
    let above = &sheet.rows[..start];
    let mut current = table(sheet, &first, above, (0, end), columns, words);
    let mut shape = first.shape();
    let mut at = sheet.rows.partition_point(|row| row.index <= first.row);
    let mut paired = first.first_row != first.row;
    // Rows of the current table begin here.
    let mut floor = at;
    while at < sheet.rows.len() {
        let Some(next) = begins(sheet, at, paired, words) else {
            at += 1;
            continue;
        };
        let titles = titles_above(&sheet.rows[floor..at], words);
        // The headings again, as at the top of a printed page.
        if titles == 0 && (next.shape() == shape || repeats(&sheet.rows[at], &current)) {
            at = sheet.rows.partition_point(|row| row.index <= next.row);
            continue;
        }
        let next = match next.shape() == shape || next.first_row != next.row {
            true => next,
            // Headings that were spelt closely above are so here.
            false => header::single(&sheet.rows[at], words, true).unwrap_or(next),
        };
        let first_row = sheet.rows[at - titles].index;
        current.area.last.row = first_row.saturating_sub(1);
        tables.push(current);
        current = table(sheet, &next, &sheet.rows[at - titles..at], (first_row, end), columns, words);
        current.below_another = true;
        shape = next.shape();
        paired = next.first_row != next.row;
        at = sheet.rows.partition_point(|row| row.index <= next.row);
        floor = at;
    }
    tables.push(current);
    tables
}

/// The first header of the sheet: a wider one may stand below another table.
fn topmost(sheet: &RawSheet, best: Header, words: &Words) -> Header {
    let until = sheet.rows.partition_point(|row| row.index < best.first_row);
    let above = (0..until.saturating_sub(1)).find_map(|at| {
        let header = begins(sheet, at, false, words).filter(|header| !header.fit.worker_missing)?;
        // Something must be listed below it, and not only headings.
        let listed = sheet.rows[at + 1..until].iter().any(|row| row.cells.len() > 1 && title(row).is_none());
        listed.then_some(at).zip(Some(header))
    });
    match above {
        Some((at, header)) => header::single(&sheet.rows[at], words, true).unwrap_or(header),
        None => best,
    }
}

/// A header that begins at this row below another table.
fn begins(sheet: &RawSheet, at: usize, paired: bool, words: &Words) -> Option<Header> {
    let row = &sheet.rows[at];
    let listed = |value: &Value| match value {
        Value::Text(text) => words.listed_heading(text, false).or_else(|| words.listed_heading(text, true)),
        _ => None,
    };
    // Most rows are done with after two looks.
    if row.cells.len() < 2 || !row.cells.iter().take(2).any(|cell| listed(&cell.value).is_some()) {
        return None;
    }
    let headings = row.cells.iter().filter(|cell| listed(&cell.value).is_some()).count() + counts(sheet, at, words);
    if headings * 2 <= row.cells.len() && !paired {
        return None;
    }
    if paired && let Some(header) = header::pair(sheet, at, words, false) {
        return Some(header);
    }
    let header = header::single(row, words, false)?;
    let of_a_table = |(_, heading): &(u32, Heading)| {
        matches!(
            heading,
            Heading::Means(
                Meaning::Child
                    | Meaning::ChildName
                    | Meaning::Household
                    | Meaning::Status
                    | Meaning::FosterCarer
                    | Meaning::Fte
                    | Meaning::Role
                    | Meaning::Count
                    | Meaning::Task
                    | Meaning::TasksOfKind
            )
        )
    };
    let is_header = headings * 2 > row.cells.len() && !block::is_block(sheet, at, words);
    (is_header && header.shape().iter().any(of_a_table)).then_some(header)
}

/// How many cells are headings of counts alone, such as `CIN` and `CP`: two at least, above figures.
fn counts(sheet: &RawSheet, at: usize, words: &Words) -> usize {
    let row = &sheet.rows[at];
    let below = sheet.rows.get(at + 1).filter(|below| below.index == row.index + 1);
    let is_count = |cell: &&RawCell| {
        let Value::Text(text) = &cell.value else { return false };
        let known = words.listed_heading(text, false).or_else(|| words.listed_heading(text, true));
        let figure = below.and_then(|below| below.value(cell.column)).is_some_and(|value| value.decimal().is_some());
        known.is_none() && figure && words.counted(text).is_some()
    };
    let counts = row.cells.iter().filter(is_count).count();
    if counts >= 2 { counts } else { 0 }
}

/// Whether a row writes a table's headings again.
fn repeats(row: &RawRow, table: &TableReading) -> bool {
    let same = |column: &&ColumnReading| {
        row.value(column.column).is_some_and(|value| fold(&value.text()) == fold(&column.heading))
    };
    let repeated = table.columns.iter().filter(same).count();
    repeated >= 2 && repeated * 2 >= table.columns.len()
}

/// How many of the last rows are titles of the table below them.
fn titles_above(rows: &[RawRow], words: &Words) -> usize {
    let mut titles = 0;
    let mut below: Option<u32> = None;
    for row in rows.iter().rev() {
        // Behind a gap stands the table above.
        if titles > 0 && below.is_some_and(|below| row.index + 1 < below) {
            break;
        }
        let is_title = match title(row) {
            Some((_, text)) => !words.is_total(&text) && !text.chars().all(|c| c.is_ascii_digit()),
            None => {
                let said = block::said([row], words);
                !said.is_empty() && said.len() * 2 >= row.cells.len()
            }
        };
        if !is_title {
            break;
        }
        titles += 1;
        below = Some(row.index);
    }
    titles
}

/// The one text of a row.
fn title(row: &RawRow) -> Option<(CellRef, String)> {
    match row.cells.as_slice() {
        [only] if matches!(only.value, Value::Text(_)) => {
            Some((CellRef::new(row.index, only.column), only.value.text()))
        }
        _ => None,
    }
}

fn table(
    sheet: &RawSheet,
    header: &Header,
    above: &[RawRow],
    rows: (u32, u32),
    columns: (u32, u32),
    words: &Words,
) -> TableReading {
    let texts = above.iter().flat_map(|row| row.cells.iter().map(move |cell| (row.index, cell)));
    let texts = texts.filter(|(_, cell)| matches!(cell.value, Value::Text(_)));
    let found = header.columns(sheet);
    TableReading {
        layout: header.fit.layout,
        area: Area { first: CellRef::new(rows.0, columns.0), last: CellRef::new(rows.1, columns.1) },
        header: header.row,
        below_another: false,
        columns: found.used,
        unused: found.unused,
        doubled: found.doubled,
        titles: texts.map(|(row, cell)| (CellRef::new(row, cell.column), cell.value.text())).collect(),
        said: block::said(above, words),
        whose: None,
        headed: Vec::new(),
        blanks_below: BlanksBelow::Unallocated,
    }
}
