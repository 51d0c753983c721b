//! A small writer of the workbooks of Excel 97 to 2003, after [MS-XLS]: the library at hand writes .xlsx alone.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use fairload::book::sheet::{RawBook, RawRow, RawSheet, Value, Visibility};
use jiff::civil::{Date, date};

/// The most that one record holds.
const RECORD_MOST: usize = 8_224;
/// Cell formats: as it is, and a date in a format of its own; fifteen formats of styles stand in front.
const PLAIN: u16 = 15;
const DATE: u16 = 16;

/// The sheets as an .xls; days are counted from 1904 where asked for.
pub fn workbook(book: &RawBook, from_1904: bool) -> Vec<u8> {
    let mut texts = Texts::default();
    let sheets: Vec<Vec<u8>> = book.sheets.iter().map(|from| sheet(from, from_1904, &mut texts)).collect();
    let front = [begin(5), about(book, from_1904)].concat();
    let behind = [texts.records(), record(END, &[])].concat();
    let tabs_long: usize = book.sheets.iter().map(|sheet| tab(sheet, 0).len()).sum();
    let mut stream = front.clone();
    let mut start = front.len() + tabs_long + behind.len();
    for (from, bytes) in book.sheets.iter().zip(&sheets) {
        stream.extend(tab(from, start as u32));
        start += bytes.len();
    }
    stream.extend(behind);
    stream.extend(sheets.concat());
    let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).unwrap();
    file.create_stream("Workbook").unwrap().write_all(&stream).unwrap();
    file.flush().unwrap();
    file.into_inner().into_inner()
}

const BEGIN: u16 = 0x809;
const END: u16 = 0x0A;

/// A record: kind and length, then its contents.
fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    assert!(data.len() <= RECORD_MOST, "a record of {} bytes", data.len());
    [&kind.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), data].concat()
}

fn words(all: &[u16]) -> Vec<u8> {
    all.iter().flat_map(|word| word.to_le_bytes()).collect()
}

/// Where a part of the workbook begins: 5 is the workbook itself, 0x10 a sheet.
fn begin(part: u16) -> Vec<u8> {
    record(BEGIN, &words(&[0x600, part, 0x0DBB, 0x07CC, 0, 0, 6, 0]))
}

/// A flag for the width of the letters, and the letters.
fn letters(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    if units.iter().all(|unit| *unit < 0x100) {
        [vec![0], units.iter().map(|unit| *unit as u8).collect()].concat()
    } else {
        [vec![1], words(&units)].concat()
    }
}

/// A text behind its length.
fn text(text: &str) -> Vec<u8> {
    [words(&[text.encode_utf16().count() as u16]), letters(text)].concat()
}

/// What stands in front of the list of sheets: days, window, fonts and cell formats.
fn about(book: &RawBook, from_1904: bool) -> Vec<u8> {
    const SHOWN_AS_DATE: u16 = 164;
    let active = book.sheets.iter().position(|sheet| sheet.visibility == Visibility::Visible).unwrap_or(0);
    let mut out = record(0x42, &words(&[1200]));
    out.extend(record(0x3D, &words(&[480, 90, 16_335, 10_830, 0x38, active as u16, 0, 1, 600])));
    out.extend(record(0x22, &words(&[u16::from(from_1904)])));
    let name = [vec![5], letters("Arial")].concat();
    for _ in 0..4 {
        out.extend(record(0x31, &[words(&[200, 0, 0x7FFF, 400, 0]), vec![0, 2, 0, 0], name.clone()].concat()));
    }
    out.extend(record(0x41E, &[words(&[SHOWN_AS_DATE]), text("dd/mm/yyyy")].concat()));
    let format = |shown: u16, kind: u16, used: u8| {
        record(0xE0, &[words(&[0, shown, kind]), vec![0x20, 0, 0, used], words(&[0, 0, 0, 0, 0x20C0])].concat())
    };
    for _ in 0..PLAIN {
        out.extend(format(0, 0xFFF5, 0));
    }
    out.extend(format(0, 1, 0));
    out.extend(format(SHOWN_AS_DATE, 1, 4));
    out.extend(record(0x293, &[0, 0x80, 0, 0xFF]));
    out
}

/// A line in the list of sheets, with where the sheet starts.
fn tab(sheet: &RawSheet, start: u32) -> Vec<u8> {
    let state = match sheet.visibility {
        Visibility::Visible => 0,
        Visibility::Hidden => 1,
        Visibility::VeryHidden => 2,
    };
    let length = sheet.name.encode_utf16().count() as u8;
    record(0x85, &[start.to_le_bytes().to_vec(), vec![state, 0, length], letters(&sheet.name)].concat())
}

/// The texts of the workbook, each once.
#[derive(Default)]
struct Texts {
    places: BTreeMap<String, u32>,
    all: Vec<String>,
    used: u32,
}

impl Texts {
    fn place(&mut self, text: &str) -> u32 {
        self.used += 1;
        *self.places.entry(text.to_string()).or_insert_with(|| {
            self.all.push(text.to_string());
            self.all.len() as u32 - 1
        })
    }

    fn records(&self) -> Vec<u8> {
        const TEXTS: u16 = 0xFC;
        const MORE: u16 = 0x3C;
        let mut out = Vec::new();
        let mut kind = TEXTS;
        let mut data = [self.used.to_le_bytes(), (self.all.len() as u32).to_le_bytes()].concat();
        for shared in &self.all {
            let shared = text(shared);
            if data.len() + shared.len() > RECORD_MOST {
                out.extend(record(kind, &data));
                (kind, data) = (MORE, Vec::new());
            }
            data.extend(shared);
        }
        out.extend(record(kind, &data));
        out
    }
}

fn sheet(from: &RawSheet, from_1904: bool, texts: &mut Texts) -> Vec<u8> {
    let mut out = begin(0x10);
    for column in &from.hidden_columns {
        let column = *column as u16;
        out.extend(record(0x7D, &words(&[column, column, 2560, PLAIN, 1, 0])));
    }
    // Rows are out of sight by a filter.
    if from.filtered {
        out.extend(record(0x9B, &[]));
    }
    let rows = from.rows.last().map_or(0, |row| row.index + 1);
    let width = from.rows.iter().map(columns).max().unwrap_or(0);
    out.extend(record(0x200, &[vec![0; 4], rows.to_le_bytes().to_vec(), words(&[0, width, 0])].concat()));
    // Excel keeps rows together in groups of so many, what is said of the rows in front of their cells.
    for group in from.rows.chunks(32) {
        for row in group {
            let (hidden, at) = (if row.hidden { 0x20 } else { 0 }, row.index as u16);
            out.extend(record(0x208, &words(&[at, 0, columns(row), 255, 0, 0, 0x100 | hidden, PLAIN])));
        }
        for row in group {
            cells(&mut out, row, from_1904, texts);
        }
    }
    out.extend(record(0x23E, &words(&[0x6B6, 0, 0, 64, 0, 0, 0, 0, 0])));
    if !from.merged.is_empty() {
        let areas = from.merged.iter().flat_map(|area| {
            let (first, last) = (area.first, area.last);
            [first.row as u16, last.row as u16, first.column as u16, last.column as u16]
        });
        out.extend(record(0xE5, &[words(&[from.merged.len() as u16]), words(&areas.collect::<Vec<_>>())].concat()));
    }
    out.extend(record(END, &[]));
    out
}

/// How many columns a row reaches over.
fn columns(row: &RawRow) -> u16 {
    row.cells.last().map_or(0, |cell| cell.column as u16 + 1)
}

fn cells(out: &mut Vec<u8>, row: &RawRow, from_1904: bool, texts: &mut Texts) {
    for cell in &row.cells {
        let style = if matches!(cell.value, Value::Date(_)) { DATE } else { PLAIN };
        let place = words(&[row.index as u16, cell.column as u16, style]);
        if cell.formula {
            formula(out, place, &cell.value, from_1904);
            continue;
        }
        let (kind, data) = match &cell.value {
            Value::Text(shown) => (0xFD, texts.place(shown).to_le_bytes().to_vec()),
            Value::Number(number) => (0x203, number.to_le_bytes().to_vec()),
            Value::Date(day) => (0x203, serial(*day, from_1904).to_le_bytes().to_vec()),
            Value::Bool(set) => (0x205, vec![u8::from(*set), 0]),
            Value::Error(name) => (0x205, vec![code(name), 1]),
            Value::NoResult => panic!("what has no result is a formula"),
        };
        out.extend(record(kind, &[place, data].concat()));
    }
}

/// A formula with its stored result. What it is does not matter: here it is the figure 1.
fn formula(out: &mut Vec<u8>, place: Vec<u8>, result: &Value, from_1904: bool) {
    let told = |kind: u8, figure: u8| vec![kind, 0, figure, 0, 0, 0, 0xFF, 0xFF];
    let stored = match result {
        Value::Text(_) | Value::NoResult => told(0, 0),
        Value::Number(number) => number.to_le_bytes().to_vec(),
        Value::Date(day) => serial(*day, from_1904).to_le_bytes().to_vec(),
        Value::Bool(set) => told(1, u8::from(*set)),
        Value::Error(name) => told(2, code(name)),
    };
    let one = [words(&[0, 0, 0, 3]), vec![0x1E, 1, 0]].concat();
    out.extend(record(0x06, &[place, stored, one].concat()));
    if let Value::Text(shown) = result {
        out.extend(record(0x207, &text(shown)));
    }
}

fn serial(day: Date, from_1904: bool) -> f64 {
    let first = if from_1904 { date(1904, 1, 1) } else { date(1899, 12, 30) };
    f64::from(day.since(first).unwrap().get_days())
}

fn code(error: &str) -> u8 {
    match error {
        "#N/A" => 0x2A,
        "#DIV/0!" => 0x07,
        "#VALUE!" => 0x0F,
        other => panic!("{other}"),
    }
}
