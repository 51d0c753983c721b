//! A sample workbook: its bytes, and the truth about it.

use std::io::{Cursor, Read, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::saltmarsh::grid::Grid;
use crate::saltmarsh::look::Look;
use crate::saltmarsh::people::{Fate, Team};

/// A finished sample.
pub struct Book {
    /// Path below `samples/`.
    pub file: &'static str,
    pub bytes: Vec<u8>,
    pub teams: Vec<Team>,
    pub sheets: Vec<SheetTruth>,
}

/// What is to be read on a sheet.
pub struct SheetTruth {
    pub name: String,
    /// As sheets.csv names what it is taken for.
    pub layout: &'static str,
    /// Zero-based row of the heading; `None` for a sheet that holds no caseload.
    pub header: Option<u32>,
    /// What becomes of each row below the heading.
    pub fates: Vec<Fate>,
}

impl SheetTruth {
    /// A sheet on which a table stands, one row for each child.
    pub fn of(name: &str, header: u32, grid: &Grid) -> Self {
        let fates = grid.rows.iter().map(|row| row.fate).collect();
        Self { name: name.into(), layout: "row-per-child", header: Some(header), fates }
    }

    /// A roster, one row for each worker.
    pub fn roster(name: &str, header: u32, grid: &Grid) -> Self {
        Self::of(name, header, grid).taken_for("roster")
    }

    /// The same sheet, its rows being something else.
    pub fn taken_for(self, layout: &'static str) -> Self {
        Self { layout, ..self }
    }

    /// A sheet that is no caseload.
    pub fn none(name: &str) -> Self {
        Self { name: name.into(), layout: "none", header: None, fates: Vec::new() }
    }
}

/// A workbook that says nothing of the day it was made on.
pub fn workbook(title: &str) -> Workbook {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_ymd(2025, 9, 30).unwrap();
    workbook.set_properties(
        &DocProperties::new().set_title(title).set_author("Saltmarsh Council (invented)").set_creation_datetime(&made),
    );
    workbook
}

/// A workbook as a program writes it that does not calculate: no formula has a stored result.
pub fn without_results(bytes: &[u8]) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().to_string();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        if name.starts_with("xl/worksheets/sheet") {
            let xml = String::from_utf8(content).unwrap();
            content = xml.replace("</f><v>0</v>", "</f>").into_bytes();
        }
        out.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        out.write_all(&content).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// Lines of text above a table: the first as a title, the others small.
pub fn titles(sheet: &mut Worksheet, look: &Look, lines: &[(u32, &str)]) {
    for (at, (row, line)) in lines.iter().enumerate() {
        let format = if at == 0 { &look.title } else { &look.small };
        sheet.write_with_format(*row, 0, *line, format).unwrap();
    }
}

/// Column widths, from the first on.
pub fn widths(sheet: &mut Worksheet, widths: &[f64]) {
    for (column, width) in widths.iter().enumerate() {
        sheet.set_column_width(column as u16, *width).unwrap();
    }
}

/// A sheet of advice or the like: text in the first column, a fact of life in every council's workbooks.
pub fn prose(sheet: &mut Worksheet, look: &Look, lines: &[&str]) {
    sheet.set_column_width(0, 90).unwrap();
    for (row, line) in lines.iter().enumerate() {
        let format = if row == 0 { &look.title } else { &look.small };
        sheet.write_with_format(row as u32, 0, *line, format).unwrap();
    }
}
