//! A new workbook with the values of a file that cannot be annotated itself, its marks, and the added sheets.

use rust_xlsxwriter::{Color, ExcelDateTime, Format, FormatAlign, Formula, Note, Workbook, Worksheet, XlsxError};

use crate::annotation::{Annotation, Mark};
use crate::page::{Content, Page};
use crate::sheet::{Area, CellRef, RawBook, RawRow, RawSheet, Value, Visibility};

use super::overlay;
use super::pages::{self, Imprint, Looks};

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
        let marks: Vec<&Mark> = annotation.marks.iter().filter(|mark| mark.place.sheet == at).collect();
        let heading = source.headings.get(at).copied().flatten();
        let copied = Copied { from: sheet, heading, text_only: source.text_only };
        copied.write(workbook.add_worksheet().set_name(name)?, &marks)?;
    }
    for page in behind {
        pages::add(&mut workbook, &led(page, book, &names), &mut looks)?;
    }
    let ours: Vec<String> = taken.iter().map(ToString::to_string).collect();
    overlay::sign(&mut workbook, &ours)?;
    workbook.save_to_buffer()
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
    const LONGEST: usize = 31;
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
        let mut name = shortened(plain, LONGEST);
        let mut number = 2u32;
        while used.contains(&name.to_lowercase()) {
            let ending = format!(" ({number})");
            name = format!("{}{ending}", shortened(plain, LONGEST - ending.len()));
            number += 1;
        }
        used.push(name.to_lowercase());
        names.push(name);
    }
    names
}

/// At most so many UTF-16 units, which is what spreadsheets count.
fn shortened(text: &str, most: usize) -> String {
    let mut units = 0;
    let kept = text.chars().take_while(|sign| {
        units += sign.len_utf16();
        units <= most
    });
    kept.collect::<String>().trim_end().to_string()
}

/// A sheet being copied.
struct Copied<'a> {
    from: &'a RawSheet,
    heading: Option<u32>,
    text_only: bool,
}

impl Copied<'_> {
    fn write(&self, sheet: &mut Worksheet, marks: &[&Mark]) -> Result<(), XlsxError> {
        let from = self.from;
        if from.visibility != Visibility::Visible {
            sheet.set_hidden(true);
        }
        for (column, width) in widths(from).into_iter().enumerate() {
            sheet.set_column_width(column as u16, f64::from(width))?;
        }
        // Before the values: merging blanks what it covers.
        for area in merged(from) {
            let (first, last) = (area.first, area.last);
            let (left, right) = (first.column as u16, last.column as u16);
            sheet.merge_range(first.row, left, last.row, right, "", &Format::new().set_align(FormatAlign::Top))?;
        }
        for row in &from.rows {
            if row.hidden {
                sheet.set_row_hidden(row.index)?;
            }
            self.row(sheet, row, marks)?;
        }
        for column in &from.hidden_columns {
            sheet.set_column_hidden(*column as u16)?;
        }
        for mark in marks {
            let cell = mark.place.cell;
            if from.value(cell).is_none() && mark.tone.is_some() {
                sheet.write_blank(cell.row, cell.column as u16, &filled(mark))?;
            }
            if let Some(text) = &mark.note {
                sheet.insert_note(cell.row, cell.column as u16, &note(text))?;
            }
        }
        const A4: u8 = 9;
        sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
        if let Some(heading) = self.heading {
            sheet.set_freeze_panes(heading + 1, 0)?.set_repeat_rows(heading, heading)?;
        }
        Ok(())
    }

    fn row(&self, sheet: &mut Worksheet, row: &RawRow, marks: &[&Mark]) -> Result<(), XlsxError> {
        for cell in &row.cells {
            let at = CellRef::new(row.index, cell.column);
            let mark = marks.binary_search_by_key(&at, |mark| mark.place.cell).ok().map(|found| marks[found]);
            let format = mark.map_or_else(Format::new, filled).set_align(FormatAlign::Top);
            let format = if self.heading == Some(row.index) { format.set_bold().set_text_wrap() } else { format };
            let column = cell.column as u16;
            // Room to the right, so that a figure is not read together with the text in the next column.
            let right = || format.clone().set_align(FormatAlign::Right).set_indent(1);
            match &cell.value {
                Value::Text(text) => match figure(text).filter(|_| self.text_only) {
                    Some(number) => sheet.write_number_with_format(row.index, column, number, &right())?,
                    None => sheet.write_string_with_format(row.index, column, pages::fitting(text), &format)?,
                },
                Value::Number(number) if number.is_finite() => {
                    sheet.write_number_with_format(row.index, column, *number, &right())?
                }
                Value::Date(date) => {
                    let day = ExcelDateTime::from_ymd(date.year().max(0) as u16, date.month() as u8, date.day() as u8);
                    match day {
                        Ok(day) => {
                            let format = right().set_num_format("dd/mm/yyyy");
                            sheet.write_datetime_with_format(row.index, column, &day, &format)?
                        }
                        // Before 1900 spreadsheets know no dates.
                        Err(_) => sheet.write_string_with_format(row.index, column, cell.value.text(), &format)?,
                    }
                }
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

/// The number that a text is, where a spreadsheet would show that number as this very text.
fn figure(text: &str) -> Option<f64> {
    // Longer ones a spreadsheet shows with an exponent.
    const LONGEST: usize = 11;
    let number: f64 = text.parse().ok().filter(|_| text.len() <= LONGEST)?;
    (number.is_finite() && number.to_string() == text && text != "-0").then_some(number)
}

/// Widths by what the first rows hold, so that a list opens legibly.
fn widths(from: &RawSheet) -> Vec<u16> {
    const LOOKED_AT: usize = 200;
    let mut widths: Vec<u16> = Vec::new();
    for row in from.rows.iter().take(LOOKED_AT) {
        for cell in row.cells.iter().filter(|cell| cell.column < 200) {
            let at = cell.column as usize;
            if widths.len() <= at {
                widths.resize(at + 1, 9);
            }
            // A title above the table may run on; it does not make its column wide.
            let length = if row.cells.len() == 1 { 0 } else { cell.value.text().chars().count() };
            widths[at] = widths[at].max((length + 2).min(40) as u16);
        }
    }
    widths
}

fn filled(mark: &Mark) -> Format {
    match mark.tone.and_then(|tone| u32::from_str_radix(tone.rgb(), 16).ok()) {
        Some(colour) => Format::new().set_background_color(Color::RGB(colour)),
        None => Format::new(),
    }
}

fn note(text: &str) -> Note {
    let text = format!("{}\n{text}", overlay::OUR_LINE);
    let lines: usize = text.lines().map(|line| line.chars().count() / 44 + 1).sum();
    Note::new(text)
        .add_author_prefix(false)
        .set_author("fairload")
        .set_width(300)
        .set_height((lines as u32 * 17 + 12).min(420))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::Tone;
    use crate::policy::Policies;
    use crate::sheet::{Place, RawCell};
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
            Mark { place: place(5, 0), tone: Some(Tone::Error), note: None },
        ];
        let policies = Policies::built_in(date(2025, 9, 30)).unwrap();
        let pages = [Page::new("RAG summary", "", &[]), Page::new("Findings", "", &[])];
        let imprint = Imprint::new("North", &policies);
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
        let bytes = workbook(source, &Annotation::default(), &pages, &Imprint::new("North", &policies)).unwrap();
        let (_, made) = crate::read::read(&bytes, "North").unwrap();
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
        let bytes = workbook(source, &Annotation::default(), &pages, &Imprint::new("North", &policies)).unwrap();
        let (_, made) = crate::read::read(&bytes, "North").unwrap();
        assert_eq!(made.sheets[1].merged, [areas[0], areas[3]]);
        assert_eq!(made.sheets[1].value(CellRef::new(2, 0)), Some(&Value::Text("0071".into())));
    }

    #[test]
    fn text_is_a_number_where_it_is_shown_alike() {
        assert_eq!(["1", "0.65", "-3", "70026"].map(figure), [Some(1.0), Some(0.65), Some(-3.0), Some(70026.0)]);
        for text in ["0071", "1.0", "1e5", "+1", "-0", "inf", "NaN", "123456789012", "", " 1"] {
            assert_eq!(figure(text), None, "{text}");
        }
    }

    #[test]
    fn headings_stay_in_sight() {
        let policies = Policies::built_in(date(2025, 9, 30)).unwrap();
        let source = Source { book: &book(), headings: &[Some(2), None], text_only: true };
        let pages = [Page::new("RAG summary", "", &[])];
        let bytes = workbook(source, &Annotation::default(), &pages, &Imprint::new("North", &policies)).unwrap();
        let made = overlay::marker(&bytes);
        assert_eq!(made, Some(vec![0]));
        let names: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
        let titles = names.defined_names().iter().find(|(name, _)| name.contains("Print_Titles"));
        assert_eq!(titles.map(|(_, rows)| rows.as_str()), Some("'Team  North South'!$3:$3"));
    }
}
