//! One sheet of the copy: its values, marks and appearance.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rust_xlsxwriter::{Color, ExcelDateTime, Format, FormatAlign, Formula, Note, Worksheet, XlsxError};

use crate::book::annotation::{Annotation, Tone};
use crate::book::overlay;
use crate::book::sheet::{Area, CellRef, RawRow, RawSheet, Shown, Value, Visibility};
use crate::book::text::fitting;

use super::plain::{Plain, plain};
use super::widths::{lines, widths};

/// A sheet being copied.
pub struct Copied<'a> {
    /// As read.
    pub from: &'a RawSheet,
    /// The row of its headings.
    pub heading: Option<u32>,
    /// Areas to be merged.
    pub merged: Vec<Area>,
    /// What is put on its cells.
    pub marks: BTreeMap<CellRef, Marked>,
    /// What reads as a number is one.
    pub text_only: bool,
    /// Columns whose texts are no dates, though some look like it.
    pub undated: BTreeSet<u32>,
}

impl Copied<'_> {
    /// Writes the sheet.
    pub fn write(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let from = self.from;
        if from.visibility != Visibility::Visible {
            sheet.set_hidden(true);
        }
        let widths = widths(from);
        for (column, pixels) in &widths {
            sheet.set_column_width_pixels(*column as u16, *pixels)?;
        }
        if let Some((heading, lines)) =
            self.heading.and_then(|heading| Some((heading, lines(from.row(heading)?, &widths))))
        {
            sheet.set_row_height(heading, f64::from(lines) * 15.0)?;
        }
        // Before the values: merging blanks what it covers.
        for area in &self.merged {
            let (first, last) = (area.first, area.last);
            let (left, right) = (first.column as u16, last.column as u16);
            let format = self.format(first).set_align(FormatAlign::Top);
            sheet.merge_range(first.row, left, last.row, right, "", &format)?;
        }
        for row in &from.rows {
            if row.hidden {
                sheet.set_row_hidden(row.index)?;
            }
            self.row(sheet, row)?;
        }
        for column in &from.hidden_columns {
            sheet.set_column_hidden(*column as u16)?;
        }
        for (cell, marked) in &self.marks {
            if from.value(*cell).is_none() && marked.tone.is_some() {
                sheet.write_blank(cell.row, cell.column as u16, &self.format(*cell))?;
            }
            if !marked.notes.is_empty() {
                sheet.insert_note(cell.row, cell.column as u16, &note(&marked.notes.join("\n\n")))?;
            }
        }
        const A4: u8 = 9;
        sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
        if let Some(heading) = self.heading {
            sheet.set_freeze_panes(heading + 1, 0)?.set_repeat_rows(heading, heading)?;
        }
        Ok(())
    }

    /// A plain format with the fill that the cell is marked by.
    fn format(&self, cell: CellRef) -> Format {
        let tone = self.marks.get(&cell).and_then(|marked| marked.tone);
        match tone.and_then(|tone| u32::from_str_radix(tone.rgb(), 16).ok()) {
            Some(colour) => Format::new().set_background_color(Color::RGB(colour)),
            None => Format::new(),
        }
    }

    fn row(&self, sheet: &mut Worksheet, row: &RawRow) -> Result<(), XlsxError> {
        for cell in &row.cells {
            let at = CellRef::new(row.index, cell.column);
            let format = self.format(at).set_align(FormatAlign::Top);
            let format = if self.heading == Some(row.index) { format.set_bold().set_text_wrap() } else { format };
            let column = cell.column as u16;
            // Room to the right, so that a figure is not read together with the text in the next column.
            let right = || format.clone().set_align(FormatAlign::Right).set_indent(1);
            let shown = self.from.appearance.shown(at);
            match &cell.value {
                Value::Text(text) => match plain(text).filter(|_| self.text_only) {
                    Some(Plain::Number(number)) => {
                        sheet.write_number_with_format(row.index, column, number, &right())?
                    }
                    Some(Plain::Date(date, code)) if !self.undated.contains(&cell.column) => {
                        let format = right().set_num_format(code);
                        sheet.write_datetime_with_format(row.index, column, &day(date)?, &format)?
                    }
                    _ => sheet.write_string_with_format(row.index, column, fitting(text), &format)?,
                },
                Value::Number(number) if number.is_finite() => {
                    let format = match shown {
                        Some(Shown::Code(code)) => right().set_num_format(code.as_ref()),
                        _ => right(),
                    };
                    sheet.write_number_with_format(row.index, column, *number, &format)?
                }
                Value::Date(date) => match (day(*date), shown) {
                    (Ok(day), Some(Shown::Time(time))) => {
                        let (hour, minute) = (time.hour() as u16, time.minute() as u8);
                        let moment = day.and_hms(hour, minute, f64::from(time.second()))?;
                        let format = right().set_num_format("dd/mm/yyyy hh:mm");
                        sheet.write_datetime_with_format(row.index, column, &moment, &format)?
                    }
                    (Ok(day), _) => {
                        let format = right().set_num_format("dd/mm/yyyy");
                        sheet.write_datetime_with_format(row.index, column, &day, &format)?
                    }
                    // Before 1900 spreadsheets know no dates.
                    (Err(_), _) => sheet.write_string_with_format(row.index, column, cell.value.text(), &format)?,
                },
                Value::Bool(set) => sheet.write_boolean_with_format(row.index, column, *set, &format)?,
                // What is not known stays unknown when the copy is read again: neither a word nor a blank.
                Value::Error(error) => sheet.write_formula_with_format(row.index, column, broken(error), &format)?,
                Value::Number(_) | Value::NoResult => {
                    sheet.write_formula_with_format(row.index, column, broken("#N/A"), &format)?
                }
            };
        }
        Ok(())
    }
}

/// The date as spreadsheets know it, which is none before 1900.
fn day(date: Date) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(date.year().max(0) as u16, date.month() as u8, date.day() as u8)
}

/// What is put on a cell.
#[derive(Default)]
pub struct Marked {
    /// The fill.
    pub tone: Option<Tone>,
    /// The notes, one below the other.
    pub notes: Vec<String>,
}

/// The marks of a sheet by cell; those within a merged area are put on its first cell, which shows them.
pub fn marks(annotation: &Annotation, sheet: usize, merged: &[Area]) -> BTreeMap<CellRef, Marked> {
    let mut marks: BTreeMap<CellRef, Marked> = BTreeMap::new();
    for mark in annotation.marks.iter().filter(|mark| mark.place.sheet == sheet) {
        let cell = mark.place.cell;
        let anchor = merged.iter().find(|area| area.contains(cell)).map_or(cell, |area| area.first);
        let marked = marks.entry(anchor).or_default();
        marked.tone = marked.tone.or(mark.tone);
        marked.notes.extend(mark.note.clone());
    }
    marks
}

/// The areas that can be merged in the copy, so that it is read like the original: those of several cells
/// that overlap none before them. One that covers half a sheet is left out, for it would be written cell by cell.
pub fn merged(from: &RawSheet) -> Vec<Area> {
    const CELLS_MOST: u64 = 100_000;
    let mut left = CELLS_MOST;
    let mut kept: Vec<Area> = Vec::new();
    for area in &from.merged {
        let (first, last) = (area.first, area.last);
        if first == last {
            continue;
        }
        let cells = u64::from(last.row.abs_diff(first.row) + 1) * u64::from(last.column.abs_diff(first.column) + 1);
        let apart = |other: &Area| {
            other.last.row < first.row
                || last.row < other.first.row
                || other.last.column < first.column
                || last.column < other.first.column
        };
        if cells <= left && kept.iter().all(apart) {
            left -= cells;
            kept.push(*area);
        }
    }
    kept
}

/// A cell that shows this error, or the commonest one in place of another program's own.
fn broken(error: &str) -> Formula {
    const KNOWN: [&str; 7] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];
    let shown = KNOWN.into_iter().find(|known| *known == error).unwrap_or("#VALUE!");
    Formula::new(format!("={shown}")).set_result(shown)
}

fn note(text: &str) -> Note {
    let text = fitting(&format!("{}\n{text}", overlay::OUR_LINE));
    let (width, height) = overlay::note_size(&text);
    Note::new(text)
        .add_author_prefix(false)
        .set_author("fairload")
        .set_font_size(9)
        .set_width(width as u32)
        .set_height(height as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::annotation::Mark;
    use crate::book::sheet::Place;

    #[test]
    fn marks_within_a_merged_area_show_on_its_first_cell() {
        let mark = |row, tone, note: &str| Mark {
            place: Place { sheet: 0, cell: CellRef::new(row, 0) },
            tone: Some(tone),
            note: Some(note.into()),
        };
        let annotation = Annotation { marks: vec![mark(2, Tone::Red, "one"), mark(3, Tone::Error, "two")] };
        let marked = marks(&annotation, 0, &["A3:B9".parse().unwrap()]);
        let (cell, first) = marked.iter().next().expect("a mark");
        assert_eq!((marked.len(), *cell, first.tone), (1, CellRef::new(2, 0), Some(Tone::Red)));
        assert_eq!(first.notes, ["one", "two"]);
    }
}
