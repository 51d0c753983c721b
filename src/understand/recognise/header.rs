//! Rows that read like headings, of one row or of two.

use std::collections::BTreeSet;

use crate::book::sheet::{CellRef, RawRow, RawSheet, Value};
use crate::book::text::fold;
use crate::field::reading::{ColumnReading, HowRead, Meaning};
use crate::understand::recognise::block;
use crate::understand::recognise::heads::{Fit, Head, Heads};
use crate::understand::recognise::layouts::fit;
use crate::understand::words::{Found, Heading, Words};

/// How many rows with content are searched for a header: twenty of titles are usual, some write more.
const HEADER_WITHIN: usize = 60;

/// A row with more texts is searched for close spellings only where a good part reads like headings.
const SPELT_CLOSELY_WITHIN: usize = 200;

/// A row, or two that belong together, taken for a header.
pub struct Header {
    /// Zero-based row of the upper of two heading rows, else the row itself.
    pub first_row: u32,
    /// Zero-based row of the (last) heading row.
    pub row: u32,
    pub heads: Heads,
    pub fit: Fit,
}

impl Header {
    /// The columns used, with how each heading was read; those passed over, and those not known.
    pub fn columns(&self, sheet: &RawSheet) -> Columns {
        let mut columns = Columns::default();
        for (cell, means) in self.heads.cells.iter().zip(&self.fit.means) {
            let Some(Heading::Means(meaning)) = means else {
                columns.unused.push((CellRef::new(self.row, cell.column), cell.text.clone()));
                continue;
            };
            let found = if self.fit.on_roster { &cell.on_roster } else { &cell.plain };
            let how = match found {
                Some(found) if found.means == Heading::Means(*meaning) => found.how.clone(),
                _ => HowRead::Listed,
            };
            columns.take(ColumnReading {
                column: cell.column,
                heading: cell.text.clone(),
                meaning: *meaning,
                how,
                hidden: sheet.hidden_columns.binary_search(&cell.column).is_ok(),
            });
        }
        columns.used.sort_by_key(|column| column.column);
        columns
    }

    /// The meanings of the header's cells by column.
    pub fn shape(&self) -> Vec<(u32, Heading)> {
        let cells = self.heads.cells.iter().zip(&self.fit.means);
        cells.filter_map(|(cell, means)| means.map(|means| (cell.column, means))).collect()
    }

    fn score(&self) -> usize {
        let means: BTreeSet<Meaning> = self.fit.means.iter().flatten().filter_map(|heading| meant(*heading)).collect();
        let ignored = self.fit.means.iter().filter(|means| **means == Some(Heading::Ignored)).count();
        // A header without its worker column is only believed where no other row has one.
        4 * means.len() + ignored + if self.fit.worker_missing { 0 } else { 100 }
    }
}

/// What a header's columns were taken for.
#[derive(Default)]
pub struct Columns {
    pub used: Vec<ColumnReading>,
    pub unused: Vec<(CellRef, String)>,
    pub doubled: Vec<ColumnReading>,
}

/// Headings that say little by themselves: beside a fuller one of the same meaning they give way.
const VAGUE: &[&str] = &["child", "case", "id", "ref", "reference", "identifier", "staff", "owner", "children"];

impl Columns {
    fn take(&mut self, entry: ColumnReading) {
        if entry.meaning.may_repeat() {
            self.used.push(entry);
            return;
        }
        let Some(at) = self.used.iter().position(|other| other.meaning == entry.meaning) else {
            self.used.push(entry);
            return;
        };
        let vague = |column: &ColumnReading| VAGUE.contains(&fold(&column.heading).as_str());
        let child = entry.meaning == Meaning::Child;
        if vague(&self.used[at]) && !vague(&entry) {
            let mut old = std::mem::replace(&mut self.used[at], entry);
            if child {
                old.meaning = Meaning::ChildName;
                self.used.push(old);
            } else {
                self.doubled.push(old);
            }
        } else if child && vague(&entry) && !vague(&self.used[at]) {
            self.used.push(ColumnReading { meaning: Meaning::ChildName, ..entry });
        } else {
            self.doubled.push(entry);
        }
    }
}

/// The row, or pair of rows, that reads most like a header. Close spellings are costly and seldom
/// needed: they are looked for in the row found by listed words, and in all rows only where that
/// found none to be read.
pub fn best(sheet: &RawSheet, words: &Words) -> Option<Header> {
    let search = |closely: bool| {
        let mut best: Option<Header> = None;
        for at in 0..sheet.rows.len().min(HEADER_WITHIN) {
            for header in [single(&sheet.rows[at], words, closely), pair(sheet, at, words, closely)] {
                let Some(header) = header.filter(|_| !block::is_block(sheet, at, words)) else { continue };
                if best.as_ref().is_none_or(|best| header.score() > best.score()) {
                    best = Some(header);
                }
            }
        }
        best
    };
    match search(false) {
        Some(header) if !header.fit.worker_missing => {
            let at = sheet.rows.partition_point(|row| row.index < header.first_row);
            let closely = match header.first_row == header.row {
                true => single(&sheet.rows[at], words, true),
                false => pair(sheet, at, words, true),
            };
            closely.or(Some(header))
        }
        listed => search(true).or(listed),
    }
}

/// A row by itself as a header.
pub fn single(row: &RawRow, words: &Words, closely: bool) -> Option<Header> {
    let texts = row.cells.iter().filter(|cell| matches!(cell.value, Value::Text(_))).count();
    // Headings are text; a row with many figures is data.
    if texts < 2 || texts * 2 < row.cells.len() {
        return None;
    }
    let cells = row.cells.iter().map(|cell| match &cell.value {
        Value::Text(text) => (cell.column, text.trim().to_string(), true),
        other => (cell.column, other.text(), false),
    });
    header_of(row.index, row.index, cells.collect(), words, closely)
}

/// A row and the one below it as a header of two rows: `Child` above `ID` and `Name`, or `Social` above `worker`.
///
/// It is one only where it says more than either row alone.
pub fn pair(sheet: &RawSheet, at: usize, words: &Words, closely: bool) -> Option<Header> {
    let (upper, lower) = (&sheet.rows[at], sheet.rows.get(at + 1)?);
    // Figures and dates stand below headings, not among them.
    let texts = |row: &RawRow| row.cells.iter().all(|cell| matches!(cell.value, Value::Text(_)));
    let next = lower.index == upper.index + 1 && texts(upper) && texts(lower) && lower.cells.len() >= 2;
    if !next || block::is_block(sheet, at + 1, words) {
        return None;
    }
    let told = listed_in(upper, words);
    // A title block above the header gives no columns of its own.
    let upper_alone = told >= 2 && told * 2 >= upper.cells.len();
    // Below headings that say enough by themselves stand cases: a few of their words head columns elsewhere.
    let enough = upper_alone || single(upper, words, closely).is_some_and(|header| !header.fit.worker_missing);
    if enough && listed_in(lower, words) * 2 < lower.cells.len() {
        return None;
    }
    let rows = TwoRows { upper, lower, upper_alone };
    let headings = rows.above_each(sheet).into_iter().map(|above| (above.column, rows.heading(above, words), true));
    let cells = headings.filter(|(_, text, _)| !text.is_empty()).collect();
    let both = header_of(upper.index, lower.index, cells, words, closely)?;
    let one = |row: &RawRow| single(row, words, closely).map_or(0, |header| header.score());
    (both.score() > one(upper).max(one(lower))).then_some(both)
}

/// Two rows, one below the other, while they are put together.
struct TwoRows<'a> {
    upper: &'a RawRow,
    lower: &'a RawRow,
    /// The headings of the upper row say enough by themselves.
    upper_alone: bool,
}

/// What the upper row says above a column.
struct Above {
    column: u32,
    text: String,
    /// Its cell is merged with the one below.
    upright: bool,
}

impl TwoRows<'_> {
    /// The heading above each column: its own, that of a merged cell, or the last before it.
    fn above_each(&self, sheet: &RawSheet) -> Vec<Above> {
        let upper = self.upper;
        let columns: BTreeSet<u32> = upper.cells.iter().chain(&self.lower.cells).map(|cell| cell.column).collect();
        let merged = |column: u32| sheet.merged.iter().find(|area| area.contains(CellRef::new(upper.index, column)));
        let mut carried: Option<(u32, String)> = None;
        let mut above = |column: u32| match (text_of(upper.value(column)), merged(column)) {
            (own, _) if !own.is_empty() => {
                carried = Some((column, own.clone()));
                own
            }
            (_, Some(area)) => text_of(upper.value(area.first.column)),
            // Without merged cells a heading reaches as far as the next.
            (_, None) => carried
                .as_ref()
                .filter(|(from, _)| merged(*from).is_none())
                .map_or(String::new(), |(_, text)| text.clone()),
        };
        let upright = |column: u32| merged(column).is_some_and(|area| area.last.row > upper.index);
        columns.into_iter().map(|column| Above { column, text: above(column), upright: upright(column) }).collect()
    }

    /// The heading of a column: both texts where they are one heading, else the one that is known; empty
    /// where the column has none.
    fn heading(&self, above: Above, words: &Words) -> String {
        let Above { column, text: above, upright } = above;
        let own = self.upper.value(column);
        let below = text_of(self.lower.value(column));
        let joined = format!("{above} {below}").trim().to_string();
        match (above.is_empty(), below.is_empty()) {
            (true, _) => below,
            (false, true) if upright || self.upper_alone => text_of(own),
            (false, true) => String::new(),
            _ if listed(&joined, words).is_some() => joined,
            // A role or a status below its heading is a row of data.
            _ if self.upper_alone && own.is_some() && listed(&above, words).and_then(meant).is_some() => above,
            _ if listed(&below, words).is_some() => below,
            _ if listed(&above, words).is_some() && own.is_some() => above,
            _ => joined,
        }
    }
}

fn text_of(value: Option<&Value>) -> String {
    match value {
        Some(Value::Text(text)) => text.trim().to_string(),
        _ => String::new(),
    }
}

/// What a text heads on a list, else on a roster, as listed.
fn listed(text: &str, words: &Words) -> Option<Heading> {
    words.listed_heading(text, false).or_else(|| words.listed_heading(text, true))
}

/// How many cells of a row read like headings as listed.
fn listed_in(row: &RawRow, words: &Words) -> usize {
    row.cells.iter().filter(|cell| listed(&text_of(Some(&cell.value)), words).is_some()).count()
}

fn header_of(
    first_row: u32,
    row: u32,
    cells: Vec<(u32, String, bool)>,
    words: &Words,
    closely: bool,
) -> Option<Header> {
    let texts = cells.iter().filter(|(.., is_text)| *is_text).count();
    // A row of data may hold a word that heads columns elsewhere ("Social worker" as a role); close
    // spellings are looked for only where more of the row reads like headings as listed. A council's
    // own headings, however many, hide no listed ones.
    let listed = cells.iter().filter(|(_, text, is_text)| *is_text && listed(text, words).is_some()).count();
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
    let cells = cells.into_iter().map(|(column, text, is_text)| Head {
        column,
        plain: if is_text { heading(&text, false) } else { None },
        on_roster: if is_text { heading(&text, true) } else { None },
        text,
    });
    let heads = Heads { cells: cells.collect() };
    let fit = fit(&heads, words)?;
    Some(Header { first_row, row, heads, fit })
}

/// The row that came nearest to a header, in words that quote headings we know and nothing else.
pub fn nearest_miss(sheet: &RawSheet, words: &Words) -> String {
    let mut best: Option<(u32, BTreeSet<Meaning>)> = None;
    for row in sheet.rows.iter().take(HEADER_WITHIN) {
        let known: BTreeSet<Meaning> = row
            .cells
            .iter()
            .filter_map(|cell| words.listed_heading(&cell.value.text(), false).and_then(meant))
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

fn meant(heading: Heading) -> Option<Meaning> {
    match heading {
        Heading::Means(meaning) => Some(meaning),
        Heading::Ignored => None,
    }
}
