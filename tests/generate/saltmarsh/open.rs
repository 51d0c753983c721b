//! A small writer of OpenDocument workbooks, after OpenDocument 1.3.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

use crate::saltmarsh::grid::Cell;
use crate::saltmarsh::paper::Paper;

/// A sheet and what of it is out of sight.
pub struct Sheet<'p> {
    pub name: &'p str,
    pub paper: &'p Paper,
    pub hidden_columns: &'p [usize],
}

/// The sheets as an .ods.
pub fn workbook(sheets: &[Sheet<'_>]) -> Vec<u8> {
    const KIND: &str = "application/vnd.oasis.opendocument.spreadsheet";
    let names = "urn:oasis:names:tc:opendocument:xmlns";
    let tables: String = sheets.iter().map(table).collect();
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <office:document-content xmlns:office=\"{names}:office:1.0\" xmlns:table=\"{names}:table:1.0\" \
         xmlns:text=\"{names}:text:1.0\" xmlns:style=\"{names}:style:1.0\" xmlns:number=\"{names}:datastyle:1.0\" \
         xmlns:of=\"{names}:of:1.2\" office:version=\"1.3\"><office:automatic-styles>\
         <number:date-style style:name=\"day\"><number:day number:style=\"long\"/><number:text>/</number:text>\
         <number:month number:style=\"long\"/><number:text>/</number:text><number:year number:style=\"long\"/>\
         </number:date-style><number:percentage-style style:name=\"share\"><number:number number:decimal-places=\"0\" \
         number:min-integer-digits=\"1\"/><number:text>%</number:text></number:percentage-style>\
         <style:style style:name=\"ce1\" style:family=\"table-cell\" style:data-style-name=\"day\"/>\
         <style:style style:name=\"ce2\" style:family=\"table-cell\" style:data-style-name=\"share\"/>\
         </office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>\
         </office:document-content>\n"
    );
    let manifest = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <manifest:manifest xmlns:manifest=\"{names}:manifest:1.0\" manifest:version=\"1.3\">\
         <manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.3\" manifest:media-type=\"{KIND}\"/>\
         <manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/>\
         </manifest:manifest>\n"
    );
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let (packed, plain) = (CompressionMethod::Deflated, CompressionMethod::Stored);
    for (name, text, method) in
        [("mimetype", KIND, plain), ("content.xml", &content, packed), ("META-INF/manifest.xml", &manifest, packed)]
    {
        archive.start_file(name, SimpleFileOptions::default().compression_method(method)).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn table(sheet: &Sheet<'_>) -> String {
    const ROWS: usize = 1_048_576;
    let lines: Vec<(&[Cell], bool)> = sheet.paper.cells().collect();
    let width = lines.iter().map(|(cells, _)| cells.len()).max().unwrap_or(1);
    let mut out = format!("<table:table table:name=\"{}\">", escaped(sheet.name));
    for column in 0..width {
        let seen = if sheet.hidden_columns.contains(&column) { " table:visibility=\"collapse\"" } else { "" };
        write!(out, "<table:table-column{seen}/>").unwrap();
    }
    // Empty lines beside each other are one element, and so is the rest of the sheet.
    let mut empty = 0;
    for (cells, hidden) in &lines {
        if cells.iter().all(|cell| *cell == Cell::Blank) {
            empty += 1;
            continue;
        }
        blank(&mut out, empty, width);
        empty = 0;
        let seen = if *hidden { " table:visibility=\"collapse\"" } else { "" };
        write!(out, "<table:table-row{seen}>{}</table:table-row>", cells.iter().map(cell).collect::<String>()).unwrap();
    }
    blank(&mut out, ROWS - lines.len() + empty, width);
    out + "</table:table>"
}

fn blank(out: &mut String, rows: usize, width: usize) {
    if rows > 0 {
        write!(
            out,
            "<table:table-row table:number-rows-repeated=\"{rows}\">\
             <table:table-cell table:number-columns-repeated=\"{width}\"/></table:table-row>"
        )
        .unwrap();
    }
}

fn cell(cell: &Cell) -> String {
    let typed = |kind: &str, value: &str, shown: &str| {
        format!("<table:table-cell office:value-type=\"{kind}\" {value}><text:p>{shown}</text:p></table:table-cell>")
    };
    match cell {
        Cell::Blank => "<table:table-cell/>".into(),
        Cell::Text(text) => {
            format!(
                "<table:table-cell office:value-type=\"string\"><text:p>{}</text:p></table:table-cell>",
                escaped(text)
            )
        }
        Cell::Number(number) => typed("float", &format!("office:value=\"{number}\""), &number.to_string()),
        Cell::Percent(share) => {
            let value = format!("office:value=\"{share}\" table:style-name=\"ce2\"");
            typed("percentage", &value, &format!("{:.0}%", share * 100.0))
        }
        Cell::Date((year, month, day)) => {
            let value = format!("office:date-value=\"{year}-{month:02}-{day:02}\" table:style-name=\"ce1\"");
            typed("date", &value, &format!("{day:02}/{month:02}/{year}"))
        }
        Cell::Truth(set) => {
            typed("boolean", &format!("office:boolean-value=\"{set}\""), &set.to_string().to_uppercase())
        }
        Cell::Formula(formula, shows) => {
            let value = format!("office:value=\"{shows}\" table:formula=\"of:{}\"", escaped(formula));
            typed("float", &value, shows)
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
