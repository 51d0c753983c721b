//! A new workbook with the values of a file that cannot be annotated itself, its marks, and the added sheets.

mod copied;
mod plain;
mod widths;

use std::collections::BTreeSet;

use rust_xlsxwriter::{Workbook, XlsxError};

use crate::book::annotation::Annotation;
use crate::book::page::{Content, Page, free_tab};
use crate::book::sheet::RawBook;

use super::marker::sign;
use super::pages::{self, Imprint, Looks};
use copied::{Copied, marks, merged};
use plain::undated;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::annotation::{Mark, Tone};
    use crate::book::overlay;
    use crate::book::sheet::{CellRef, Place, RawCell, RawRow, RawSheet, Shown, Value};
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

    fn imprint() -> Imprint {
        Imprint { title: "North".into(), policies: vec!["limits".into()], as_of: date(2025, 9, 30) }
    }

    #[test]
    fn values_stay_what_they_are() {
        let place = |row, column| Place { sheet: 0, cell: CellRef::new(row, column) };
        let marks = vec![
            Mark { place: place(2, 0), tone: Some(Tone::Red), note: Some("RED: 24 children".into()) },
            // Longer than a note can be: it is cut.
            Mark { place: place(5, 0), tone: Some(Tone::Error), note: Some("two words ".repeat(5_000)) },
        ];
        let pages = [Page::new("RAG summary", "", &[]), Page::new("Findings", "", &[])];
        let source = Source { book: &book(), headings: &[], text_only: false };
        let bytes = workbook(source, &Annotation { marks }, &pages, &imprint()).unwrap();
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
        let source = Source { book: &book, headings: &[], text_only: false };
        let pages = [Page::new("RAG summary", "", &[])];
        let bytes = workbook(source, &Annotation::default(), &pages, &imprint()).unwrap();
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
        let source = Source { book: &book, headings: &[], text_only: false };
        let pages = [Page::new("RAG summary", "", &[])];
        let bytes = workbook(source, &Annotation::default(), &pages, &imprint()).unwrap();
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
        let source = Source { book: &book, headings: &[], text_only: false };
        let pages = [Page::new("RAG summary", "", &[])];
        let bytes = workbook(source, &Annotation::default(), &pages, &imprint()).unwrap();
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
    fn names_that_cannot_stand_are_told() {
        let mut book = book();
        book.sheets[1].name = "North".into();
        let told = renamed(&book, &["RAG summary"]);
        assert_eq!(told, [("Team: North/South".to_string(), "Team  North South".to_string())]);
    }

    #[test]
    fn headings_stay_in_sight() {
        let source = Source { book: &book(), headings: &[Some(2), None], text_only: true };
        let pages = [Page::new("RAG summary", "", &[])];
        let bytes = workbook(source, &Annotation::default(), &pages, &imprint()).unwrap();
        let made = overlay::marker(&bytes);
        assert_eq!(made, Some(vec![0]));
        let names: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
        let titles = names.defined_names().iter().find(|(name, _)| name.contains("Print_Titles"));
        assert_eq!(titles.map(|(_, rows)| rows.as_str()), Some("'Team  North South'!$3:$3"));
    }
}
