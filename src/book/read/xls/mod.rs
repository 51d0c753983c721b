//! Workbooks of Excel 5 to 2003: cells by calamine, what it does not tell by our own pass over the records.

mod page;
mod records;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};
use std::sync::Arc;

use calamine::{Data, Reader as _, Xls};

use crate::book::read::bytes::{u16_at, u32_at};
use crate::book::read::marks::mark;
use crate::book::read::{CELLS_MOST, Unreadable, dates, kind, shown};
use crate::book::sheet::{Area, RawBook, RawSheet, Shown, Value, Visibility};

use page::{Known, Page, extent, page};
use records::Records;

/// Reads a workbook's sheets in the order of its tabs.
///
/// # Errors
///
/// The workbook is protected by a password, damaged, another kind of document, or past a limit.
pub fn read(bytes: &[u8]) -> Result<RawBook, Unreadable> {
    let stream = stream(bytes)?;
    let tabs = tabs(&stream)?;
    let codes = codes(&stream);
    let mut pages = Vec::new();
    let mut left = CELLS_MOST;
    for tab in &tabs {
        let page = if tab.is_sheet { page(&stream, tab.start) } else { Ok(Page::default()) };
        // calamine reads all sheets or none, and one damaged sheet may mislead it about the others.
        let page = page.map_err(|why| Unreadable::broken(format!("sheet \"{}\": {why}", tab.name)))?;
        // It keeps a cell for every place between the corners of a sheet's values, and of its formulas.
        let asked = extent(page.cells.keys()) + extent(page.formulas.iter());
        left = left.checked_sub(asked).ok_or_else(|| {
            Unreadable::refused(
                "the cells of the workbook stand too far apart to be read; save it as .xlsx, or clear what stands far from the table",
            )
        })?;
        pages.push(page);
    }
    let mut workbook = Xls::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let mut book = RawBook::default();
    for (tab, page) in tabs.into_iter().zip(pages) {
        let mut sheet = RawSheet { name: tab.name, visibility: tab.visibility, ..RawSheet::default() };
        if tab.is_sheet {
            fill(&mut sheet, &mut workbook, page, &codes)?;
        }
        book.sheets.push(sheet);
    }
    mark(&mut book, workbook.defined_names());
    Ok(book)
}

fn damaged() -> Unreadable {
    Unreadable::broken("the workbook is damaged; open it in Excel, let it be repaired and save it as .xlsx")
}

/// The stream of records within the file, or what the file is instead.
fn stream(bytes: &[u8]) -> Result<Vec<u8>, Unreadable> {
    let locked = || Unreadable::refused("the workbook is protected by a password; save a copy without one");
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| {
        // The name of the locked contents tells even where the rest is damaged.
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        if bytes.windows(name.len()).any(|window| window == name) { locked() } else { damaged() }
    })?;
    let has = |name: &str| file.is_stream(name);
    let name = ["Workbook", "Book", "WORKBOOK", "BOOK"].into_iter().find(|name| has(name));
    let Some(name) = name else {
        return Err(match () {
            () if has("EncryptedPackage") => locked(),
            () if has("WordDocument") => kind::no_workbook("a Word document"),
            () if has("PowerPoint Document") => kind::no_workbook("a PowerPoint presentation"),
            () if has("__properties_version1.0") => kind::no_workbook("a message saved from Outlook"),
            () => kind::no_workbook("a document of another program"),
        });
    };
    let mut stream = Vec::new();
    file.open_stream(name).and_then(|mut part| part.read_to_end(&mut stream)).map_err(|_| damaged())?;
    Ok(stream)
}

/// A tab as the workbook lists it.
struct Tab {
    name: String,
    visibility: Visibility,
    is_sheet: bool,
    start: usize,
}

/// The tabs, by the records of the workbook itself.
fn tabs(stream: &[u8]) -> Result<Vec<Tab>, Unreadable> {
    const BOUND_SHEET: u16 = 0x85;
    const FILE_PASS: u16 = 0x2F;
    const BEGIN: u16 = 0x809;
    const END: u16 = 0x0A;
    let mut found = Vec::new();
    let mut wide = true;
    let mut whole = false;
    for (kind, data) in (Records { stream, at: 0 }) {
        match kind {
            BEGIN => wide = u16_at(data, 0) == Some(0x600),
            FILE_PASS if u16_at(data, 0) != Some(0) || data.len() > 2 => {
                return Err(Unreadable::refused("the workbook is protected by a password; save a copy without one"));
            }
            BOUND_SHEET => found.push(tab(data, wide).ok_or_else(damaged)?),
            END => {
                whole = true;
                break;
            }
            _ => {}
        }
    }
    let mut names: Vec<String> = found.iter().map(|tab| tab.name.to_lowercase()).collect();
    names.sort();
    if !whole || found.is_empty() || names.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(damaged());
    }
    Ok(found)
}

fn tab(data: &[u8], wide: bool) -> Option<Tab> {
    let visibility = match data.get(4)? & 3 {
        0 => Visibility::Visible,
        1 => Visibility::Hidden,
        _ => Visibility::VeryHidden,
    };
    let length = usize::from(*data.get(6)?);
    let name = match (wide, data.get(7)? & 1) {
        (true, 1) => {
            let units = data.get(8..8 + 2 * length)?.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
            char::decode_utf16(units).map(|sign| sign.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        }
        (true, _) => data.get(8..8 + length)?.iter().map(|byte| char::from(*byte)).collect(),
        (false, _) => encoding_rs::WINDOWS_1252.decode(data.get(7..7 + length)?).0.into_owned(),
    };
    let name: String = name;
    Some(Tab {
        name: name.replace('\0', ""),
        visibility,
        is_sheet: *data.get(5)? == 0,
        start: usize::try_from(u32_at(data, 0)?).ok()?,
    })
}

/// How each cell format shows numbers; none for what cannot be told.
fn codes(stream: &[u8]) -> Vec<Option<Arc<str>>> {
    const BEGIN: u16 = 0x809;
    const END: u16 = 0x0A;
    const FORMAT: u16 = 0x41E;
    const CELL_FORMAT: u16 = 0xE0;
    let mut wide = true;
    let mut written: BTreeMap<u16, Option<Arc<str>>> = BTreeMap::new();
    let mut found = Vec::new();
    for (kind, data) in (Records { stream, at: 0 }) {
        match kind {
            BEGIN => wide = u16_at(data, 0) == Some(0x600),
            FORMAT => {
                let text = format_text(data, wide).and_then(|text| shown::code(&text));
                written.extend(u16_at(data, 0).map(|number| (number, text)));
            }
            CELL_FORMAT => {
                let number = u16_at(data, 2).unwrap_or(0);
                let built_in = || shown::built_in(number).map(Arc::from);
                found.push(written.get(&number).cloned().unwrap_or_else(built_in));
            }
            END => break,
            _ => {}
        }
    }
    found
}

/// The text of a number format, which stands behind its number and its length.
fn format_text(data: &[u8], wide: bool) -> Option<String> {
    if !wide {
        let length = usize::from(*data.get(2)?);
        return Some(encoding_rs::WINDOWS_1252.decode(data.get(3..3 + length)?).0.into_owned());
    }
    let length = usize::from(u16_at(data, 2)?);
    if data.get(4)? & 1 == 0 {
        return Some(data.get(5..5 + length)?.iter().map(|byte| char::from(*byte)).collect());
    }
    let units = data.get(5..5 + 2 * length)?.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    char::decode_utf16(units).collect::<Result<_, _>>().ok()
}

fn fill(
    sheet: &mut RawSheet,
    workbook: &mut Xls<Cursor<&[u8]>>,
    page: Page,
    codes: &[Option<Arc<str>>],
) -> Result<(), Unreadable> {
    let range = workbook.worksheet_range(&sheet.name).map_err(|_| damaged())?;
    let mut texts: BTreeSet<Arc<str>> = BTreeSet::new();
    for (place, (known, format)) in page.cells {
        let lost = || Some(Value::Error("#TEXT?".into()));
        let value = match (range.get_value((place.row, place.column)), known) {
            (_, Known::NoText) => None,
            (_, Known::TextToCome) => Some(Value::NoResult),
            // The cell points at a text that is not there.
            (None | Some(Data::Empty), Known::Value) => lost(),
            (Some(data), Known::Value) => value_of(data, &mut texts),
        };
        let Some(value) = value else { continue };
        let code = || codes.get(usize::from(format)).cloned().flatten().map(Shown::Code);
        let look = match (&value, range.get_value((place.row, place.column))) {
            (Value::Number(_), Some(Data::DateTime(_))) => code().or_else(|| Some(Shown::Code(shown::TIME.into()))),
            (Value::Number(_), _) => code(),
            (Value::Date(_), Some(Data::DateTime(serial))) => dates::time(serial).map(Shown::Time),
            _ => None,
        };
        sheet.appearance.shown.extend(look.map(|look| (place, look)));
        let hidden = || page.hidden_rows.contains(&place.row);
        sheet.push(place, value, page.formulas.contains(&place), hidden);
    }
    sheet.merged = page.merged.into_iter().filter(Area::is_on_a_sheet).collect();
    sheet.hidden_columns = page.hidden_columns.into_iter().collect();
    sheet.filtered = page.filtered;
    sheet.appearance.widths = page.widths;
    Ok(())
}

fn value_of(data: &Data, texts: &mut BTreeSet<Arc<str>>) -> Option<Value> {
    match data {
        Data::Int(number) => Some(Value::Number(*number as f64)),
        Data::Float(number) => Some(Value::Number(*number)),
        Data::Bool(yes) => Some(Value::Bool(*yes)),
        Data::DateTime(serial) => Some(dates::value(serial)),
        Data::Error(error) => Some(Value::Error(error.to_string().into())),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) if text.is_empty() => None,
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
            // One text of the workbook is one allocation, however many cells show it.
            let known = texts.get(text.as_str()).cloned();
            let text = known.unwrap_or_else(|| Arc::from(text.as_str()));
            texts.insert(Arc::clone(&text));
            Some(Value::Text(text))
        }
        Data::Empty => None,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::book::sheet::{CellRef, RawRow, Width};

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).unwrap();
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
    }

    fn cell(kind: u16, row: u16, column: u16, rest: &[u8]) -> Vec<u8> {
        let place = [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat();
        record(kind, &[&place[..], rest].concat())
    }

    fn number(row: u16, column: u16, number: f64) -> Vec<u8> {
        cell(0x203, row, column, &number.to_le_bytes())
    }

    /// A text as Excel 5 stores it, a byte a letter.
    fn label(row: u16, column: u16, text: &[u8]) -> Vec<u8> {
        cell(0x204, row, column, &[&[text.len() as u8, 0], text].concat())
    }

    fn begin(version: u16, kind: u16) -> Vec<u8> {
        record(0x809, &[&version.to_le_bytes()[..], &kind.to_le_bytes(), &[0; 12]].concat())
    }

    /// A workbook of one sheet in a compound file; what stands before the list of its sheets, and on the sheet.
    fn book(version: u16, stream: &str, before: &[u8], cells: &[u8]) -> Vec<u8> {
        let name: &[u8] = if version == 0x600 { b"\x01\x00A" } else { b"\x01A" };
        let mut globals = [begin(version, 5), before.to_vec()].concat();
        let start = (globals.len() + 4 + 6 + name.len() + 4) as u32;
        globals.extend(record(0x85, &[&start.to_le_bytes()[..], &[0, 0], name].concat()));
        globals.extend(record(0x0A, &[]));
        assert_eq!(globals.len(), start as usize);
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        let all = [globals, begin(version, 0x10), cells.to_vec()].concat();
        file.create_stream(stream).unwrap().write_all(&all).unwrap();
        file.into_inner().into_inner()
    }

    fn sheet(cells: &[Vec<u8>]) -> Result<RawSheet, Unreadable> {
        let cells = [cells.concat(), record(0x0A, &[])].concat();
        Ok(read(&book(0x600, "Workbook", &[], &cells))?.sheets.remove(0))
    }

    fn why(cells: &[Vec<u8>]) -> String {
        sheet(cells).unwrap_err().why
    }

    fn held(sheet: &RawSheet) -> Vec<String> {
        let cells = |row: &RawRow| row.cells.iter().map(|cell| (row.index, cell.clone())).collect::<Vec<_>>();
        let cells = sheet.rows.iter().flat_map(cells);
        cells.map(|(row, cell)| format!("{} {:?}", CellRef::new(row, cell.column), cell.value)).collect()
    }

    #[test]
    fn excel_5_is_read_like_its_successors() {
        let cells = [label(2, 1, b"Zo\xEB"), number(2, 2, 0.65), record(0x0A, &[])].concat();
        let read = read(&book(0x500, "Book", &record(0x42, &1252u16.to_le_bytes()), &cells)).unwrap();
        assert_eq!(held(&read.sheets[0]), ["B3 Text(\"Zoë\")", "C3 Number(0.65)"]);
    }

    #[test]
    fn what_is_out_of_sight_and_merged() {
        let row = record(0x208, &[1, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0x20, 0, 0, 0]);
        // Ten digits wide, in 256ths.
        let columns = record(0x7D, &[2, 0, 3, 0, 0, 10, 0, 0, 1, 0, 0, 0]);
        let merged = record(0xE5, &[2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 9, 0, 1, 0, 0, 0, 2, 0]);
        let read = sheet(&[columns, row, number(0, 0, 1.0), number(1, 0, 2.0), record(0x9B, &[]), merged]).unwrap();
        assert_eq!(read.rows.iter().map(|row| row.hidden).collect::<Vec<_>>(), [false, true]);
        assert_eq!(read.hidden_columns, [2, 3]);
        assert_eq!(read.appearance.widths, [Width { first: 2, last: 3, pixels: 70 }]);
        assert!(read.filtered);
        assert_eq!(read.merged, ["A1:C2".parse().unwrap()]);
    }

    #[test]
    fn how_numbers_are_shown() {
        let wide = [&[164, 0, 4, 0, 0][..], b"0.0%"].concat();
        let narrow = [&[165, 0, 7, 0, 1][..], &"[h]:mm ".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()];
        let (wide, narrow) = (record(0x41E, &wide), record(0x41E, &narrow.concat()));
        let format = |number: u8| record(0xE0, &[0, 0, number, 0, 0, 0]);
        let before = [wide, narrow, format(0), format(9), format(164), format(165), format(22)].concat();
        let with = |format: u8, row, column, number: f64| {
            record(0x203, &[&[row, 0, column, 0, format, 0][..], &number.to_le_bytes()].concat())
        };
        let cells = [
            with(0, 0, 0, 0.6),
            with(1, 0, 1, 0.6),
            with(2, 0, 2, 0.625),
            with(3, 0, 3, 1.5),
            with(4, 0, 4, 45_351.0 + 13.75 / 24.0),
            with(9, 0, 5, 1.0),
            record(0x0A, &[]),
        ];
        let read = read(&book(0x600, "Workbook", &before, &cells.concat())).unwrap();
        let shown: Vec<String> =
            read.sheets[0].appearance.shown.iter().map(|(place, shown)| format!("{place} {shown:?}")).collect();
        assert_eq!(shown, ["B1 Code(\"0%\")", "C1 Code(\"0.0%\")", "D1 Code(\"[h]:mm \")", "E1 Time(13:45:00)"]);
    }

    #[test]
    fn results_of_formulas() {
        let formula = |column, result: [u8; 8]| cell(0x06, 0, column, &[&result[..], &[0; 8]].concat());
        let text = [0, 0, 0, 0, 0, 0, 0xFF, 0xFF];
        let string = record(0x207, &[1, 0, 0, b'x']);
        let read = sheet(&[
            formula(0, 2.5f64.to_le_bytes()),
            formula(1, text),
            string,
            formula(2, text),
            formula(3, [3, 0, 0, 0, 0, 0, 0xFF, 0xFF]),
            formula(4, [2, 0, 0x2A, 0, 0, 0, 0xFF, 0xFF]),
            formula(5, [1, 0, 1, 0, 0, 0, 0xFF, 0xFF]),
        ])
        .unwrap();
        let expected = ["A1 Number(2.5)", "B1 Text(\"x\")", "C1 NoResult", "E1 Error(\"#N/A\")", "F1 Bool(true)"];
        assert_eq!(held(&read), expected);
        assert!(read.rows[0].cells.iter().all(|cell| cell.formula));
    }

    #[test]
    fn a_text_that_is_not_there_is_an_error() {
        let read = sheet(&[cell(0xFD, 0, 0, &7u32.to_le_bytes())]).unwrap();
        assert_eq!(held(&read), ["A1 Error(\"#TEXT?\")"]);
    }

    #[test]
    fn what_would_mislead_is_not_read() {
        assert!(why(&[number(0, 0, 1.0), number(0, 0, 2.0)]).contains("stands twice"));
        assert!(why(&[number(0, 300, 1.0)]).contains("address"));
        assert!(why(&[record(0x203, &[0, 0])]).contains("cut short"));
        let claim = [[0, 0, 0, 0], 0xFFFF_FFFFu32.to_le_bytes()].concat();
        let claim = record(0x200, &[&claim[..], &[0, 0, 0xFF, 0xFF, 0, 0]].concat());
        assert!(why(&[claim, number(0, 0, 1.0)]).contains("larger"));
        let unended = book(0x600, "Workbook", &[], &number(0, 0, 1.0));
        assert!(read(&unended).unwrap_err().why.contains("ends in its middle"));
    }

    #[test]
    fn cells_far_apart_do_not_exhaust_the_machine() {
        assert_eq!(sheet(&[number(0, 0, 1.0), number(9, 255, 2.0)]).unwrap().rows.len(), 2);
        let corners = |formula: u16| [number(0, 0, 1.0), number(65_535, 255, 2.0), cell(formula, 1, 0, &[0; 16])];
        assert_eq!(sheet(&corners(0x06)).unwrap().rows.len(), 3);
        let far = [corners(0x06).concat(), cell(0x06, 65_534, 255, &[0; 16])];
        assert!(sheet(&far).unwrap_err().refused);
    }

    #[test]
    fn what_is_under_a_password_or_no_workbook_says_so() {
        let ended = record(0x0A, &[]);
        for locked in [&[1, 0, 1, 0][..], &[0, 0, 0x12, 0x34, 0x56, 0x78]] {
            let read = read(&book(0x600, "Workbook", &record(0x2F, locked), &ended));
            assert!(read.unwrap_err().why.contains("password"));
        }
        let other = |stream: &str| read(&book(0x600, stream, &[], &ended)).unwrap_err().why;
        assert!(other("EncryptedPackage").contains("password"));
        assert!(other("WordDocument").contains("Word"));
        assert!(other("Other").contains("not a workbook"));
    }
}
