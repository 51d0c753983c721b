//! A new workbook with the values of a file that cannot be annotated itself, its marks, and the added sheets.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rust_xlsxwriter::{Color, ExcelDateTime, Format, FormatAlign, Formula, Note, Workbook, Worksheet, XlsxError};

use crate::book::annotation::{Annotation, Tone};
use crate::book::page::{Content, Page, free_tab};
use crate::book::sheet::{Area, CellRef, RawBook, RawRow, RawSheet, Shown, Value, Visibility};

use super::marker::sign;
use super::overlay;
use super::pages::{self, Imprint, Looks};
use super::text::fitting;

/// What is copied.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The sheets as read.
    pub book: &'a RawBook,
    /// The row of each sheet's headings, where it has them: bold, and in sight on screen and on every printed page.
    pub headings: &'a [Option<u32>],
    /// The file knows no numbers, only text: what reads as a number is written as one.
    pub text_only: bool,
}

/// The values of a workbook with its marks, the first page in front and the others behind, as bytes.
///
/// Numbers stay numbers, dates dates and text text, leading zeros kept.
///
/// # Errors
///
/// A sheet is larger than an .xlsx sheet can be, or two sheets have one name.
pub fn workbook(
    source: Source<'_>,
    annotation: &Annotation,
    pages: &[Page],
    imprint: &Imprint,
) -> Result<Vec<u8>, XlsxError> {
    let book = source.book;
    let mut workbook = Workbook::new();
    pages::stamp(&mut workbook, imprint)?;
    let mut looks = Looks::default();
    let taken: Vec<&str> = pages.iter().map(|page| page.name.as_str()).collect();
    let names = tab_names(book, &taken);
    let (front, behind) = pages.split_at(pages.len().min(1));
    for page in front {
        pages::add(&mut workbook, &led(page, book, &names), &mut looks)?;
    }
    // What an earlier run added is replaced by the pages.
    for (at, (sheet, name)) in book.sheets.iter().zip(&names).enumerate().filter(|(_, (sheet, _))| !sheet.ours) {
        let heading = source.headings.get(at).copied().flatten();
        let merged = merged(sheet);
        let marks = marks(annotation, at, &merged);
        let undated = if source.text_only { undated(sheet) } else { BTreeSet::new() };
        let copied = Copied { from: sheet, heading, merged, marks, text_only: source.text_only, undated };
        copied.write(workbook.add_worksheet().set_name(name)?)?;
    }
    for page in behind {
        pages::add(&mut workbook, &led(page, book, &names), &mut looks)?;
    }
    let ours: Vec<String> = taken.iter().map(ToString::to_string).collect();
    sign(&mut workbook, &ours)?;
    workbook.save_to_buffer()
}

/// The sheets that have another name in the copy, beside pages of these names: as they were called, as they are.
pub fn renamed(book: &RawBook, pages: &[&str]) -> Vec<(String, String)> {
    let names = book.sheets.iter().zip(tab_names(book, pages));
    let other = names.filter(|(sheet, name)| !sheet.ours && sheet.name != *name);
    other.map(|(sheet, name)| (sheet.name.clone(), name)).collect()
}

/// What is put on a cell.
#[derive(Default)]
struct Marked {
    tone: Option<Tone>,
    notes: Vec<String>,
}

/// The marks of a sheet by cell; those within a merged area are put on its first cell, which shows them.
fn marks(annotation: &Annotation, sheet: usize, merged: &[Area]) -> BTreeMap<CellRef, Marked> {
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

/// The page with its links leading to the tabs as they are called in the copy.
fn led(page: &Page, book: &RawBook, names: &[String]) -> Page {
    let mut page = page.clone();
    for cell in page.rows.iter_mut().flat_map(|row| &mut row.cells) {
        if let Content::Link { sheet, .. } = &mut cell.content {
            let named = book.sheets.iter().zip(names).find(|(from, _)| from.name == *sheet);
            if let Some((_, name)) = named {
                sheet.clone_from(name);
            }
        }
    }
    page
}

/// The names that the tabs of the copy have: as read, made fit for an .xlsx where they are not.
fn tab_names(book: &RawBook, taken: &[&str]) -> Vec<String> {
    let mut used: Vec<String> = taken.iter().map(|name| name.to_lowercase()).collect();
    let mut names = Vec::new();
    for sheet in &book.sheets {
        if sheet.ours {
            names.push(sheet.name.clone());
            continue;
        }
        let plain: String = sheet.name.chars().map(|sign| if r"[]:*?/\".contains(sign) { ' ' } else { sign }).collect();
        let plain = plain.trim().trim_matches('\'').trim();
        let plain = if plain.is_empty() { "Sheet" } else { plain };
        let name = free_tab(plain, &used);
        used.push(name.to_lowercase());
        names.push(name);
    }
    names
}

/// A sheet being copied.
struct Copied<'a> {
    from: &'a RawSheet,
    heading: Option<u32>,
    merged: Vec<Area>,
    marks: BTreeMap<CellRef, Marked>,
    text_only: bool,
    /// Columns whose texts are no dates, though some look like it.
    undated: BTreeSet<u32>,
}

impl Copied<'_> {
    fn write(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
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

/// Columns with a text that is written like a date with the day first and is none: there the month may stand
/// first, and no text is made a date, lest half of them become other days.
fn undated(from: &RawSheet) -> BTreeSet<u32> {
    let is_none = |text: &str| {
        let parts: Vec<&str> = text.split('/').collect();
        let figures = parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
        let [day, month, _] = parts[..] else { return false };
        let low = |part: &str, most: u32| part.parse::<u32>().is_ok_and(|part| (1..=most).contains(&part));
        figures && !(low(day, 31) && low(month, 12))
    };
    let cells = from.rows.iter().flat_map(|row| &row.cells);
    let none = cells.filter(|cell| matches!(&cell.value, Value::Text(text) if is_none(text.trim())));
    none.map(|cell| cell.column).collect()
}

/// The areas that can be merged in the copy, so that it is read like the original: those of several cells
/// that overlap none before them. One that covers half a sheet is left out, for it would be written cell by cell.
fn merged(from: &RawSheet) -> Vec<Area> {
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

/// What a text is to a spreadsheet.
#[derive(Debug, PartialEq)]
enum Plain {
    Number(f64),
    /// A date, and the format that shows it as it was written.
    Date(Date, &'static str),
}

/// The number or date that a text is, where a spreadsheet would show it as this very text.
fn plain(text: &str) -> Option<Plain> {
    // Longer ones a spreadsheet shows with an exponent.
    const LONGEST: usize = 11;
    let written = [("%d/%m/%Y", "dd/mm/yyyy"), ("%Y-%m-%d", "yyyy-mm-dd")];
    let date = written.into_iter().find_map(|(pattern, code)| {
        let date = Date::strptime(pattern, text).ok()?;
        let known = date.year() >= 1900 && date.strftime(pattern).to_string() == text;
        known.then_some(Plain::Date(date, code))
    });
    date.or_else(|| {
        let number: f64 = text.parse().ok().filter(|_| text.len() <= LONGEST)?;
        (number.is_finite() && number.to_string() == text && text != "-0").then_some(Plain::Number(number))
    })
}

/// Widths in pixels: those of the source, wide enough for its figures and dates; else by what the first
/// rows hold, so that a list opens legibly.
fn widths(from: &RawSheet) -> BTreeMap<u32, u32> {
    const LOOKED_AT: usize = 200;
    const COLUMNS_MOST: u32 = 200;
    let pixels = |characters: usize| characters as u32 * 7 + 5;
    let mut held: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for row in from.rows.iter().take(LOOKED_AT) {
        for cell in row.cells.iter().filter(|cell| cell.column < COLUMNS_MOST) {
            let length = cell.value.text().chars().count();
            let (all, figures) = held.entry(cell.column).or_default();
            // A title above the table may run on; it does not make its column wide.
            *all = (*all).max(if row.cells.len() == 1 { 0 } else { length });
            // What is no text is not cut off where it has no room, but hidden behind signs.
            let needed = match (&cell.value, from.appearance.shown(CellRef::new(row.index, cell.column))) {
                (Value::Date(_), Some(_)) => 18,
                (Value::Date(_), None) => 12,
                (Value::Number(_), _) => length.min(11) + 2,
                _ => 0,
            };
            *figures = (*figures).max(needed);
        }
    }
    let last = held.keys().next_back().map_or(0, |last| last + 1);
    let width = |column: u32| {
        let (all, figures) = held.get(&column).copied().unwrap_or_default();
        let width = match from.appearance.width(column) {
            Some(width) => width.clamp(pixels(2), pixels(255)),
            None => pixels((all + 2).clamp(9, 40)),
        };
        (column, width.max(pixels(figures)))
    };
    (0..last).map(width).collect()
}

/// How many lines the longest heading takes in its column, bold letters being eight pixels wide.
fn lines(headings: &RawRow, widths: &BTreeMap<u32, u32>) -> u32 {
    const MOST: u32 = 8;
    let lines = headings.cells.iter().map(|cell| {
        let room = widths.get(&cell.column).map_or(9, |pixels| (pixels / 8).max(1)) as usize;
        let mut lines = 1;
        let mut used = 0;
        for word in cell.value.text().split_whitespace() {
            let length = word.chars().count();
            if used > 0 && used + 1 + length > room {
                lines += 1;
                used = 0;
            }
            lines += (length.saturating_sub(1) / room) as u32;
            used += length % room + usize::from(used > 0);
        }
        lines
    });
    lines.max().unwrap_or(1).min(MOST)
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
    use crate::book::sheet::{Place, RawCell};
    use crate::policy::Policies;
    use calamine::{Data, Reader, Xlsx};
    use jiff::civil::date;

    fn book() -> RawBook {
        let cell = |column, value| RawCell { column, value, formula: false };
        let cells = vec![
            cell(0, Value::Text("0071".into())),
            cell(1, Value::Number(0.65)),
            cell(2, Value::Date(date(2024, 2, 29))),
            cell(3, Value::Text("=1+1".into())),
        ];
        let sheet = RawSheet {
            name: "Team: North/South".into(),
            rows: vec![RawRow { index: 2, hidden: false, cells }],
            ..RawSheet::default()
        };
        RawBook { sheets: vec![sheet.clone(), sheet] }
    }

    #[test]
    fn values_stay_what_they_are() {
        let place = |row, column| Place { sheet: 0, cell: CellRef::new(row, column) };
        let marks = vec![
            Mark { place: place(2, 0), tone: Some(Tone::Red), note: Some("RED: 24 children".into()) },
            // Longer than a note can be: it is cut.
            Mark { place: place(5, 0), tone: Some(Tone::Error), note: Some("two words ".repeat(5_000)) },
        ];
        let policies = Policies::built_in(date(2025, 9, 30)).unwrap();
        let pages = [Page::new("RAG summary", "", &[]), Page::new("Findings", "", &[])];
        let imprint = policies.imprint("North");
        let source = Source { book: &book(), headings: &[], text_only: false };
        let bytes = workbook(source, &Annotation { marks }, &pages, &imprint).unwrap();
        let mut made: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
        assert_eq!(made.sheet_names(), ["RAG summary", "Team  North South", "Team  North South (2)", "Findings"]);
        let range = made.worksheet_range("Team  North South").unwrap();
        let row: Vec<Data> = (0..4).map(|column| range.get_value((2, column)).unwrap().clone()).collect();
        assert_eq!(row[0], Data::String("0071".into()));
        assert_eq!(row[1], Data::Float(0.65));
        assert!(matches!(&row[2], Data::DateTime(day) if day.as_f64() == 45351.0));
        assert_eq!(row[3], Data::String("=1+1".into()), "text is never made a formula");
    }

    #[test]
    fn what_is_not_known_stays_unknown() {
        let values = [Value::Error("#N/A".into()), Value::Error("Err:502".into()), Value::NoResult];
        let cells = (0u32..).zip(values).map(|(column, value)| RawCell { column, value, formula: true });
        let mut book = book();
        book.sheets[0].rows[0].cells = cells.collect();
        let policies = Policies::built_in(date(2025, 9, 30)).unwrap();
        let source = Source { book: &book, headings: &[], text_only: false };
        let pages = [Page::new("RAG summary", "", &[])];
        let bytes = workbook(source, &Annotation::default(), &pages, &policies.imprint("North")).unwrap();
        let (_, made) = crate::book::read::read(&bytes, "North").unwrap();
        let read: Vec<&Value> = made.sheets[1].rows[0].cells.iter().map(|cell| &cell.value).collect();
        assert_eq!(
            read,
            ["#N/A", "#VALUE!", "#N/A"].map(|error| Value::Error(error.into())).iter().collect::<Vec<_>>()
        );
    }

    #[test]
    fn merged_cells_stay_merged() {
        let mut book = book();
        let areas = ["A3:A5", "A5:B6", "C1:C1", "D4:D5", "A7:XFD1048576"].map(|area| area.parse().unwrap());
        book.sheets[0].merged = areas.to_vec();
        let policies = Policies::built_in(date(2025, 9, 30)).unwrap();
        let source = Source { book: &book, headings: &[], text_only: false };
        let pages = [Page::new("RAG summary", "", &[])];
        let bytes = workbook(source, &Annotation::default(), &pages, &policies.imprint("North")).unwrap();
        let (_, made) = crate::book::read::read(&bytes, "North").unwrap();
        assert_eq!(made.sheets[1].merged, [areas[0], areas[3]]);
        assert_eq!(made.sheets[1].value(CellRef::new(2, 0)), Some(&Value::Text("0071".into())));
    }

    #[test]
    fn widths_times_and_number_formats_are_those_of_the_source() {
        use crate::book::sheet::{Appearance, Width};
        use jiff::civil::time;
        let mut book = book();
        let at = |column| CellRef::new(2, column);
        book.sheets[0].appearance = Appearance {
            widths: vec![
                Width { first: 0, last: 0, pixels: 131 },
                Width { first: 1, last: 2, pixels: 20 },
                Width { first: 3, last: 16_383, pixels: 9_000 },
            ],
            shown: vec![(at(1), Shown::Code("0%".into())), (at(2), Shown::Time(time(13, 45, 0, 0)))],
        };
        let policies = Policies::built_in(date(2025, 9, 30)).unwrap();
        let source = Source { book: &book, headings: &[], text_only: false };
        let pages = [Page::new("RAG summary", "", &[])];
        let bytes = workbook(source, &Annotation::default(), &pages, &policies.imprint("North")).unwrap();
        let (_, made) = crate::book::read::read(&bytes, "North").unwrap();
        let copy = &made.sheets[1];
        let widths: Vec<Option<u32>> = (0..5).map(|column| copy.appearance.width(column)).collect();
        // 65 % has room in 47 pixels, a date with its time in 131; no column is wider than 255 digits.
        assert_eq!(widths, [Some(131), Some(47), Some(131), Some(1785), None]);
        assert_eq!(copy.value(at(2)), Some(&Value::Date(date(2024, 2, 29))));
        assert_eq!(copy.appearance.shown(at(2)), Some(&Shown::Time(time(13, 45, 0, 0))));
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let styles = std::io::read_to_string(archive.by_name("xl/styles.xml").unwrap()).unwrap();
        assert!(styles.contains("dd/mm/yyyy hh:mm") && styles.contains("formatCode=\"0%\""), "{styles}");
    }

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

    #[test]
    fn names_that_cannot_stand_are_told() {
        let mut book = book();
        book.sheets[1].name = "North".into();
        let told = renamed(&book, &["RAG summary"]);
        assert_eq!(told, [("Team: North/South".to_string(), "Team  North South".to_string())]);
    }

    #[test]
    fn text_is_a_number_where_it_is_shown_alike() {
        let number = |number| Some(Plain::Number(number));
        assert_eq!(["1", "0.65", "-3", "70026"].map(plain), [number(1.0), number(0.65), number(-3.0), number(70026.0)]);
        for text in ["0071", "1.0", "1e5", "+1", "-0", "inf", "NaN", "123456789012", "", " 1", "60%"] {
            assert_eq!(plain(text), None, "{text}");
        }
    }

    #[test]
    fn where_the_month_may_stand_first_no_text_becomes_a_date() {
        let column = |texts: &[&str]| RawSheet {
            rows: (0..)
                .zip(texts)
                .map(|(index, text)| {
                    let cell = RawCell { column: 4, value: Value::Text((*text).into()), formula: false };
                    RawRow { index, hidden: false, cells: vec![cell] }
                })
                .collect(),
            ..RawSheet::default()
        };
        assert!(undated(&column(&["Allocated", "04/03/2024", "31/12/2024", "3/4", "tbc", "W/C 5/6"])).is_empty());
        assert_eq!(undated(&column(&["04/03/2024", "03/13/2024"])), BTreeSet::from([4]));
    }

    #[test]
    fn a_heading_takes_the_lines_it_needs() {
        let heading = |text: &str| RawRow {
            index: 0,
            hidden: false,
            cells: vec![RawCell { column: 0, value: Value::Text(text.into()), formula: false }],
        };
        // Eleven letters of eight pixels.
        let widths = BTreeMap::from([(0, 89)]);
        assert_eq!(lines(&heading("Worker"), &widths), 1);
        assert_eq!(lines(&heading("Date allocated"), &widths), 2);
        assert_eq!(lines(&heading("Reasons for the move"), &widths), 2);
        assert_eq!(lines(&heading("Responsibilities"), &widths), 2);
    }

    #[test]
    fn text_is_a_date_where_it_is_shown_alike() {
        let day = date(2024, 3, 4);
        assert_eq!(plain("04/03/2024"), Some(Plain::Date(day, "dd/mm/yyyy")), "the day first, as everywhere");
        assert_eq!(plain("2024-03-04"), Some(Plain::Date(day, "yyyy-mm-dd")));
        for text in ["4/3/2024", "04/03/24", "03/13/2024", "30/02/2024", "04.03.2024", "04/03/2024 ", "2024-3-4"] {
            assert_eq!(plain(text), None, "{text}");
        }
    }

    #[test]
    fn headings_stay_in_sight() {
        let policies = Policies::built_in(date(2025, 9, 30)).unwrap();
        let source = Source { book: &book(), headings: &[Some(2), None], text_only: true };
        let pages = [Page::new("RAG summary", "", &[])];
        let bytes = workbook(source, &Annotation::default(), &pages, &policies.imprint("North")).unwrap();
        let made = overlay::marker(&bytes);
        assert_eq!(made, Some(vec![0]));
        let names: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
        let titles = names.defined_names().iter().find(|(name, _)| name.contains("Print_Titles"));
        assert_eq!(titles.map(|(_, rows)| rows.as_str()), Some("'Team  North South'!$3:$3"));
    }
}
