//! A small writer of Excel's binary workbooks, after [MS-XLSB]: no program at hand writes them.

use std::io::{Cursor, Write};

use fairload::book::sheet::{RawBook, RawRow, RawSheet, Value, Visibility};
use jiff::civil::{Date, date};

/// The sheets as an .xlsb; days are counted from 1904 where asked for.
pub fn workbook(book: &RawBook, from_1904: bool) -> Vec<u8> {
    let mut texts = Vec::new();
    let sheets: Vec<Vec<u8>> = book.sheets.iter().map(|from| sheet(from, from_1904, &mut texts)).collect();
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = |all: &[(String, String)]| {
        let list: Vec<String> = all
            .iter()
            .enumerate()
            .map(|(at, (kind, target))| {
                format!("<Relationship Id=\"rId{}\" Type=\"{office}/{kind}\" Target=\"{target}\"/>", at + 1)
            })
            .collect();
        let of = "http://schemas.openxmlformats.org/package/2006/relationships";
        format!("<?xml version=\"1.0\"?><Relationships xmlns=\"{of}\">{}</Relationships>", list.concat()).into_bytes()
    };
    let mut parts: Vec<(String, String)> =
        (1..=sheets.len()).map(|at| ("worksheet".into(), format!("worksheets/sheet{at}.bin"))).collect();
    parts.push(("styles".into(), "styles.bin".into()));
    parts.push(("sharedStrings".into(), "sharedStrings.bin".into()));
    let kind = "application/vnd.ms-excel";
    let overrides: Vec<String> = (1..=sheets.len())
        .map(|at| format!("<Override PartName=\"/xl/worksheets/sheet{at}.bin\" ContentType=\"{kind}.worksheet\"/>"))
        .collect();
    let types = format!(
        "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"bin\" ContentType=\"{kind}.sheet.binary.macroEnabled.main\"/>{}\
         <Override PartName=\"/xl/styles.bin\" ContentType=\"{kind}.styles\"/>\
         <Override PartName=\"/xl/sharedStrings.bin\" ContentType=\"{kind}.sharedStrings\"/></Types>",
        overrides.concat()
    );
    let mut files = vec![
        ("[Content_Types].xml".to_string(), types.into_bytes()),
        ("_rels/.rels".into(), relations(&[("officeDocument".into(), "xl/workbook.bin".into())])),
        ("xl/workbook.bin".into(), tabs(book, from_1904)),
        ("xl/_rels/workbook.bin.rels".into(), relations(&parts)),
        ("xl/styles.bin".into(), styles()),
        ("xl/sharedStrings.bin".into(), shared(&texts)),
    ];
    files.extend(
        sheets.into_iter().enumerate().map(|(at, bytes)| (format!("xl/worksheets/sheet{}.bin", at + 1), bytes)),
    );
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(&bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A record: kind and length in seven bits a byte, then its contents.
fn record(out: &mut Vec<u8>, kind: u32, data: &[u8]) {
    for mut figure in [kind, data.len() as u32] {
        while figure > 0x7F {
            out.push((figure & 0x7F) as u8 | 0x80);
            figure >>= 7;
        }
        out.push(figure as u8);
    }
    out.extend(data);
}

fn text(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    [(units.len() as u32).to_le_bytes().to_vec(), units.into_iter().flat_map(u16::to_le_bytes).collect()].concat()
}

fn figures(all: &[u32]) -> Vec<u8> {
    all.iter().flat_map(|figure| figure.to_le_bytes()).collect()
}

fn tabs(book: &RawBook, from_1904: bool) -> Vec<u8> {
    let mut out = Vec::new();
    record(&mut out, 131, &[]);
    record(&mut out, 153, &figures(&[u32::from(from_1904), 0, 0]));
    record(&mut out, 143, &[]);
    for (at, sheet) in book.sheets.iter().enumerate() {
        let state = match sheet.visibility {
            Visibility::Visible => 0,
            Visibility::Hidden => 1,
            Visibility::VeryHidden => 2,
        };
        let about = figures(&[state, at as u32 + 1]);
        record(&mut out, 156, &[about, text(&format!("rId{}", at + 1)), text(&sheet.name)].concat());
    }
    record(&mut out, 144, &[]);
    record(&mut out, 132, &[]);
    out
}

/// Cell formats: 0 as it is, 1 a date in a format of its own.
fn styles() -> Vec<u8> {
    const DATE: u16 = 170;
    let mut out = Vec::new();
    record(&mut out, 278, &[]);
    record(&mut out, 615, &figures(&[1]));
    record(&mut out, 44, &[DATE.to_le_bytes().to_vec(), text("dd/mm/yyyy")].concat());
    record(&mut out, 616, &[]);
    record(&mut out, 611, &figures(&[1]));
    // The name holds the letters that, taken for a record, would be the beginning of the cell formats.
    let font = [220, 0, 0, 0, 0x90, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2];
    record(&mut out, 43, &[font.to_vec(), text("Calibri \u{04E9}")].concat());
    record(&mut out, 612, &[]);
    record(&mut out, 603, &figures(&[1]));
    record(&mut out, 45, &[0; 68]);
    record(&mut out, 604, &[]);
    record(&mut out, 613, &figures(&[1]));
    record(&mut out, 46, &[0; 51]);
    record(&mut out, 614, &[]);
    let format = |parent: u16, shown: u16| [&parent.to_le_bytes()[..], &shown.to_le_bytes(), &[0; 12]].concat();
    record(&mut out, 626, &figures(&[1]));
    record(&mut out, 47, &format(0xFFFF, 0));
    record(&mut out, 627, &[]);
    record(&mut out, 617, &figures(&[2]));
    record(&mut out, 47, &format(0, 0));
    record(&mut out, 47, &format(0, DATE));
    record(&mut out, 618, &[]);
    record(&mut out, 279, &[]);
    out
}

fn shared(texts: &[String]) -> Vec<u8> {
    let mut out = Vec::new();
    record(&mut out, 159, &figures(&[texts.len() as u32, texts.len() as u32]));
    for shared in texts {
        record(&mut out, 19, &[vec![0], text(shared)].concat());
    }
    record(&mut out, 160, &[]);
    out
}

fn sheet(from: &RawSheet, from_1904: bool, texts: &mut Vec<String>) -> Vec<u8> {
    let mut out = Vec::new();
    record(&mut out, 129, &[]);
    record(&mut out, 148, &figures(&[0, from.rows.last().map_or(0, |row| row.index), 0, 40]));
    if !from.hidden_columns.is_empty() {
        record(&mut out, 390, &[]);
        for column in &from.hidden_columns {
            record(&mut out, 60, &[figures(&[*column, *column, 2560, 0]), vec![1, 0]].concat());
        }
        record(&mut out, 391, &[]);
    }
    record(&mut out, 145, &[]);
    for row in &from.rows {
        let hidden = if row.hidden { 0x10 } else { 0 };
        record(&mut out, 0, &[figures(&[row.index, 0]), vec![44, 1, 0, hidden, 0], figures(&[0])].concat());
        cells(&mut out, row, from_1904, texts);
    }
    record(&mut out, 146, &[]);
    if from.filtered {
        record(&mut out, 161, &figures(&[0, 3, 0, 1]));
        record(&mut out, 163, &[0; 6]);
        record(&mut out, 164, &[]);
        record(&mut out, 162, &[]);
    }
    if !from.merged.is_empty() {
        record(&mut out, 177, &figures(&[from.merged.len() as u32]));
        for area in &from.merged {
            record(&mut out, 176, &figures(&[area.first.row, area.last.row, area.first.column, area.last.column]));
        }
        record(&mut out, 178, &[]);
    }
    record(&mut out, 130, &[]);
    out
}

fn cells(out: &mut Vec<u8>, row: &RawRow, from_1904: bool, texts: &mut Vec<String>) {
    for cell in &row.cells {
        let head = |style: u32| figures(&[cell.column, style]);
        // What a formula is does not matter: here it is the figure 1.
        let formula = [vec![0, 0], figures(&[3]), vec![0x1E, 1, 0], figures(&[0])].concat();
        let (kinds, style, data) = match &cell.value {
            Value::Text(shown) if cell.formula => ((8, 8), 0, text(shown)),
            Value::Text(shown) => {
                texts.push(shown.to_string());
                ((7, 7), 0, figures(&[texts.len() as u32 - 1]))
            }
            // Small whole numbers are packed, as Excel does.
            Value::Number(number) if number.fract() == 0.0 && number.abs() < 1e6 && !cell.formula => {
                ((2, 2), 0, ((*number as i32) << 2 | 2).to_le_bytes().to_vec())
            }
            Value::Number(number) => ((5, 9), 0, number.to_le_bytes().to_vec()),
            Value::Date(day) => ((5, 9), 1, serial(*day, from_1904).to_le_bytes().to_vec()),
            Value::Bool(set) => ((4, 10), 0, vec![u8::from(*set)]),
            Value::Error(name) => ((3, 11), 0, vec![code(name)]),
            Value::NoResult => continue,
        };
        let (kind, rest) = if cell.formula { (kinds.1, formula) } else { (kinds.0, Vec::new()) };
        record(out, kind, &[head(style), data, rest].concat());
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
