//! OpenDocument workbooks, read in one pass over their content: values, addresses and what is out of sight.

mod line;

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::book::marker::marked;
use crate::book::package::Package;
use crate::book::read::{CELLS_MOST, Unreadable};
use crate::book::sheet::{COLUMNS_MOST, RawBook, RawSheet, Visibility, Width};

use line::{Cell, Line};

/// Most cells that may come of repeating others; one line of content can stand for a million rows.
const REPEATED_MOST: usize = 4_000_000;

/// Reads a workbook's sheets in the order of its tabs.
///
/// # Errors
///
/// The workbook is protected by a password, damaged, or past a limit.
pub fn read(package: &mut Package<'_>) -> Result<RawBook, Unreadable> {
    let manifest = package.xml("META-INF/manifest.xml")?.unwrap_or_default();
    if ["encryption-data", "encrypted-package"].iter().any(|sign| holds(&manifest, sign))
        || package.has("encrypted-package")
    {
        return Err(Unreadable::refused("the workbook is protected by a password; save a copy without one"));
    }
    let content = package.xml("content.xml")?.ok_or_else(damaged)?;
    let mut reading = Reading { left: CELLS_MOST, repeated: REPEATED_MOST, ..Reading::default() };
    let mut reader = Reader::from_reader(content.as_slice());
    loop {
        match reader.read_event().map_err(|_| damaged())? {
            Event::Eof => break,
            Event::DocType(_) => return Err(damaged()),
            Event::Start(start) => reading.start(&start, false)?,
            Event::Empty(start) => {
                reading.start(&start, true)?;
                reading.end(start.local_name().as_ref())?;
            }
            Event::End(end) => reading.end(end.local_name().as_ref())?,
            Event::Text(text) => reading.text(&text),
            Event::CData(text) => reading.text(&text),
            Event::GeneralRef(name) => {
                let sign = match name.resolve_char_ref().map_err(|_| damaged())? {
                    Some(sign) => sign.to_string(),
                    None => quick_xml::escape::resolve_predefined_entity(&name).ok_or_else(damaged)?.to_string(),
                };
                reading.sign(&sign);
            }
            _ => {}
        }
    }
    if reading.depth != 0 || reading.sheet.is_some() || !reading.whole {
        return Err(Unreadable::broken("the workbook ends in its middle; ask for it to be sent again"));
    }
    if reading.book.sheets.is_empty() {
        return Err(Unreadable::broken("the workbook has no sheets"));
    }
    for sheet in &mut reading.book.sheets {
        sheet.marked = reading.marked.get(&sheet.name).copied();
        sheet.filtered |= reading.filters.contains(&sheet.name);
    }
    Ok(reading.book)
}

fn damaged() -> Unreadable {
    Unreadable::broken("the workbook is damaged; open it, let it be repaired and save it again as .xlsx")
}

fn too_large() -> Unreadable {
    Unreadable::refused(format!("the workbook has more than {CELLS_MOST} cells, or cells beyond a sheet; split it"))
}

fn holds(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|window| window == word.as_bytes())
}

/// Where the pass stands.
#[derive(Default)]
struct Reading {
    book: RawBook,
    /// Styles of tables that are not shown.
    hidden_styles: BTreeSet<String>,
    /// Widths in pixels of the styles of columns.
    widths: BTreeMap<String, u32>,
    style: Option<String>,
    /// Sheets with a filter switched on.
    filters: BTreeSet<String>,
    filter_on: Option<String>,
    /// Sheets that a name of ours leads to, and which of ours they are.
    marked: BTreeMap<String, usize>,
    sheet: Option<RawSheet>,
    /// The sheet is a copy of another file's, kept for formulas that refer to it.
    foreign: bool,
    row: u32,
    column_at: u32,
    line: Option<Line>,
    cell: Option<Cell>,
    /// The element whose content is passed over, and how deep in it.
    passed_over: Option<u32>,
    depth: u32,
    /// The end of the content was seen.
    whole: bool,
    left: usize,
    repeated: usize,
}

impl Reading {
    fn start(&mut self, start: &BytesStart<'_>, empty: bool) -> Result<(), Unreadable> {
        self.depth += 1;
        if self.passed_over.is_some() {
            return Ok(());
        }
        let name = start.local_name();
        let name = name.as_ref();
        let get = |wanted: &str| attribute(start, wanted);
        // Notes, drawings and the history of changes hold words and even cells that stand in no cell.
        let drawn = start.name().as_ref().starts_with("draw:");
        match name {
            _ if drawn => self.passed_over = Some(self.depth),
            "annotation" | "tracked-changes" | "shapes" | "forms" => self.passed_over = Some(self.depth),
            "style" => self.style = get("style:name"),
            "table-properties" if get("table:display").as_deref() == Some("false") => {
                self.hidden_styles.extend(self.style.clone());
            }
            "table-column-properties" => {
                let width = get("style:column-width").and_then(|width| pixels(&width));
                self.widths.extend(self.style.clone().zip(width));
            }
            // A table within a cell of another.
            "table" if self.sheet.is_some() => self.passed_over = Some(self.depth),
            "table" => self.table(start),
            "table-source" => self.foreign = true,
            "table-column" => self.column(start),
            "table-row" if self.line.is_none() => {
                self.line = Some(Line::begun(start));
            }
            "table-cell" | "covered-table-cell" if self.line.is_some() && self.cell.is_none() => {
                self.cell = Some(Cell::begun(start));
            }
            "p" | "h" => {
                if let Some(cell) = &mut self.cell {
                    if cell.paragraphs > 0 {
                        cell.shown.push('\n');
                    }
                    cell.paragraphs += 1;
                    cell.in_paragraph = !empty;
                }
            }
            "s" => {
                let spaces = repeated(get("text:c")).min(1_000);
                self.sign(&" ".repeat(spaces as usize));
            }
            "tab" => self.sign("\t"),
            "line-break" => self.sign("\n"),
            "database-range" => self.filter_on = get("table:target-range-address").and_then(|area| sheet_of(&area)),
            "named-range" if self.sheet.is_none() => {
                let page = get("table:name").and_then(|name| marked(&name));
                let sheet = get("table:cell-range-address").and_then(|area| sheet_of(&area));
                self.marked.extend(sheet.zip(page));
            }
            "filter" => self.filters.extend(self.filter_on.clone()),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), Unreadable> {
        let depth = self.depth;
        self.depth = self.depth.checked_sub(1).ok_or_else(damaged)?;
        if let Some(from) = self.passed_over {
            if depth <= from {
                self.passed_over = None;
            }
            return Ok(());
        }
        match name {
            "p" | "h" => {
                if let Some(cell) = &mut self.cell {
                    cell.in_paragraph = false;
                }
            }
            "table-cell" | "covered-table-cell" => {
                if let (Some(cell), Some(line)) = (self.cell.take(), &mut self.line) {
                    line.take(cell, &mut self.left, &mut self.repeated)?;
                }
            }
            "table-row" => {
                if let (Some(line), Some(sheet)) = (self.line.take(), &mut self.sheet) {
                    let times = line.times;
                    line.add_to(sheet, self.row, &mut self.left, &mut self.repeated)?;
                    self.row = self.row.saturating_add(times);
                }
            }
            "table" => self.book.sheets.extend(self.sheet.take().filter(|_| !self.foreign)),
            "database-range" => self.filter_on = None,
            "document-content" => self.whole = true,
            _ => {}
        }
        Ok(())
    }

    fn table(&mut self, start: &BytesStart<'_>) {
        let hidden = attribute(start, "table:style-name").is_some_and(|style| self.hidden_styles.contains(&style));
        let visibility = if hidden { Visibility::Hidden } else { Visibility::Visible };
        let name = attribute(start, "table:name").unwrap_or_default();
        self.sheet = Some(RawSheet { name, visibility, ..RawSheet::default() });
        (self.foreign, self.row, self.column_at) = (false, 0, 0);
    }

    fn column(&mut self, start: &BytesStart<'_>) {
        let times = repeated(attribute(start, "table:number-columns-repeated"));
        let end = self.column_at.saturating_add(times).min(COLUMNS_MOST);
        let seen = attribute(start, "table:visibility");
        let width = attribute(start, "table:style-name").and_then(|style| self.widths.get(&style));
        if let (Some(pixels), Some(sheet), true) = (width, &mut self.sheet, self.column_at < end) {
            sheet.appearance.widths.push(Width { first: self.column_at, last: end - 1, pixels: *pixels });
        }
        if let (Some("collapse" | "filter"), Some(sheet)) = (seen.as_deref(), &mut self.sheet) {
            sheet.hidden_columns.extend(self.column_at..end);
        }
        self.column_at = end;
    }

    /// Text as it stands between two tags: spaces and line ends within it count as one space.
    fn text(&mut self, text: &str) {
        let Some(cell) = self.shown() else { return };
        for sign in text.chars() {
            match sign {
                ' ' | '\t' | '\r' | '\n' if cell.shown.is_empty() || cell.shown.ends_with([' ', '\n']) => {}
                ' ' | '\t' | '\r' | '\n' => cell.shown.push(' '),
                sign => cell.shown.push(sign),
            }
        }
    }

    /// A sign that is written out as itself.
    fn sign(&mut self, sign: &str) {
        if let Some(cell) = self.shown() {
            cell.shown.push_str(sign);
        }
    }

    fn shown(&mut self) -> Option<&mut Cell> {
        self.cell.as_mut().filter(|cell| cell.in_paragraph && self.passed_over.is_none())
    }
}

/// A length such as `2.258cm` in pixels, of which there are 96 to the inch.
fn pixels(length: &str) -> Option<u32> {
    let units =
        [("cm", 96.0 / 2.54), ("mm", 96.0 / 25.4), ("in", 96.0), ("pt", 96.0 / 72.0), ("pc", 16.0), ("px", 1.0)];
    let (figure, pixels) = units.iter().find_map(|(unit, pixels)| Some((length.strip_suffix(unit)?, pixels)))?;
    let length: f64 = figure.trim().parse().ok()?;
    (0.0..=100_000.0).contains(&(length * pixels)).then(|| (length * pixels).round() as u32)
}

/// The sheet of an address such as `'Team A'.A1:'Team A'.C9`.
fn sheet_of(area: &str) -> Option<String> {
    let area = area.strip_prefix('$').unwrap_or(area);
    let Some(quoted) = area.strip_prefix('\'') else {
        return area.split('.').next().map(str::to_string);
    };
    let mut name = String::new();
    let mut signs = quoted.chars().peekable();
    while let Some(sign) = signs.next() {
        if sign == '\'' && signs.next_if_eq(&'\'').is_none() {
            return Some(name);
        }
        name.push(sign);
    }
    None
}

/// A count, at least one.
fn repeated(text: Option<String>) -> u32 {
    text.and_then(|text| text.parse().ok()).unwrap_or(1).max(1)
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.attributes().flatten().find(|attribute| attribute.key.as_ref() == name)?;
    let raw = found.value.into_owned();
    Some(quick_xml::escape::unescape(&raw).map(Into::into).unwrap_or(raw))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::book::sheet::{CellRef, Value};

    /// A workbook of this content, which stands between the tags of the spreadsheet.
    fn book(styles: &str, content: &str) -> Vec<u8> {
        let content = format!(
            "<office:document-content><office:automatic-styles>{styles}</office:automatic-styles><office:body>\
             <office:spreadsheet>{content}</office:spreadsheet></office:body></office:document-content>"
        );
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, text) in [("META-INF/manifest.xml", "<manifest/>"), ("content.xml", content.as_str())] {
            archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(text.as_bytes()).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    fn read(bytes: &[u8]) -> Result<RawBook, Unreadable> {
        super::read(&mut Package::open(bytes)?.within_limits()?)
    }

    fn sheet(rows: &str) -> Result<RawSheet, Unreadable> {
        let read = read(&book("", &format!("<table:table table:name='A'>{rows}</table:table>")))?;
        Ok(read.sheets.into_iter().next().unwrap())
    }

    fn cell(cell: &str) -> Option<Value> {
        let read = sheet(&format!("<table:table-row>{cell}</table:table-row>")).unwrap();
        read.value(CellRef::default()).cloned()
    }

    #[test]
    fn values() {
        let kind = |kind: &str, value: &str, shown: &str| {
            cell(&format!(
                "<table:table-cell office:value-type='{kind}' {value}><text:p>{shown}</text:p></table:table-cell>"
            ))
        };
        let text = |text: &str| Some(Value::Text(text.into()));
        assert_eq!(kind("float", "office:value='0.65'", "0,7"), Some(Value::Number(0.65)));
        assert_eq!(kind("percentage", "office:value='0.8'", "80%"), Some(Value::Number(0.8)));
        assert_eq!(kind("boolean", "office:boolean-value='true'", "YES"), Some(Value::Bool(true)));
        assert_eq!(kind("time", "office:time-value='PT36H00M00S'", "36:00"), Some(Value::Number(1.5)));
        let day = Some(Value::Date(jiff::civil::date(2024, 2, 29)));
        assert_eq!(kind("date", "office:date-value='2024-02-29T13:45:00'", "29 Feb"), day);
        assert_eq!(kind("date", "office:date-value='2024-02-30'", "30 Feb"), text("30 Feb"));
        assert_eq!(
            kind("string", "", " O&apos;Neil &amp; <text:span>Zo&#235;</text:span><text:s text:c='2'/>\n x"),
            text("O'Neil & Zoë  x")
        );
        assert_eq!(kind("string", "", "a</text:p><text:p>b"), text("a\nb"));
        assert_eq!(kind("string", "", ""), None);
        assert_eq!(kind("string", "calcext:value-type='error'", "#N/A"), Some(Value::Error("#N/A".into())));
        assert_eq!(
            kind("float", "table:formula='=1/0' office:value='0'", "#DIV/0!"),
            Some(Value::Error("#DIV/0!".into()))
        );
        assert_eq!(kind("float", "office:value='many'", "7"), Some(Value::Error("#VALUE!".into())));
        let unshown =
            "<table:table-cell table:formula='of:=NA()' office:value-type='string' office:string-value='#N/A'/>";
        assert_eq!(cell(unshown), Some(Value::Error("#N/A".into())));
        assert_eq!(cell("<table:table-cell table:formula='of:=A2'/>"), Some(Value::NoResult));
        assert_eq!(cell("<table:table-cell table:formula='of:=A2'><text:p/></table:table-cell>"), None);
        let noted = "<table:table-cell office:value-type='string'><office:annotation><text:p>note</text:p>\
                     </office:annotation><draw:rect><text:p>drawn</text:p></draw:rect><text:p>own</text:p></table:table-cell>";
        assert_eq!(cell(noted), text("own"));
    }

    #[test]
    fn addresses_and_what_is_out_of_sight() {
        let x = "<table:table-cell office:value-type='string'><text:p>x</text:p></table:table-cell>";
        let read = sheet(&format!(
            "<table:table-column table:number-columns-repeated='2'/>\
             <table:table-column table:visibility='collapse' table:number-columns-repeated='2'/>\
             <table:table-row table:number-rows-repeated='3'><table:table-cell table:number-columns-repeated='16384'/></table:table-row>\
             <table:table-row table:visibility='filter'><table:table-cell table:number-columns-repeated='2'/>{x}</table:table-row>\
             <table:table-row-group><table:table-row table:visibility='collapse' table:number-rows-repeated='2'>{x}</table:table-row></table:table-row-group>\
             <table:table-row><table:table-cell table:number-rows-spanned='2' table:number-columns-spanned='3'/></table:table-row>\
             <table:table-row table:number-rows-repeated='1048569'><table:table-cell table:number-columns-repeated='16384'/></table:table-row>"
        ))
        .unwrap();
        let rows: Vec<(u32, bool, u32)> =
            read.rows.iter().map(|row| (row.index, row.hidden, row.cells[0].column)).collect();
        assert_eq!(rows, [(3, true, 2), (4, true, 0), (5, true, 0)]);
        assert_eq!(read.hidden_columns, [2, 3]);
        assert!(read.filtered);
        assert_eq!(read.merged, ["A7:C8".parse().unwrap()]);
    }

    #[test]
    fn widths_and_how_values_are_shown() {
        let styles = "<style:style style:name='co1'><style:table-column-properties style:column-width='2.54cm'/></style:style>\
             <style:style style:name='co2'><style:table-column-properties style:column-width='0.5in'/></style:style>";
        let cell = |kind: &str, value: &str, shown: &str| {
            format!("<table:table-cell office:value-type='{kind}' {value}><text:p>{shown}</text:p></table:table-cell>")
        };
        let cells = [
            cell("percentage", "office:value='0.6'", "60%"),
            cell("date", "office:date-value='2024-02-29T13:45:00'", "29 Feb"),
            cell("date", "office:date-value='2024-02-29T00:00:00'", "29 Feb"),
            cell("float", "office:value='0.65'", "0.65"),
        ];
        let content = format!(
            "<table:table table:name='A'><table:table-column table:style-name='co1' table:number-columns-repeated='2'/>\
             <table:table-column table:style-name='co2'/><table:table-column/>\
             <table:table-row table:number-rows-repeated='2'>{}</table:table-row></table:table>",
            cells.concat()
        );
        let read = read(&book(styles, &content)).unwrap();
        let looks = &read.sheets[0].appearance;
        let width = |first, last, pixels| Width { first, last, pixels };
        assert_eq!(looks.widths, [width(0, 1, 96), width(2, 2, 48)]);
        let shown: Vec<String> = looks.shown.iter().map(|(place, shown)| format!("{place} {shown:?}")).collect();
        let (code, time) = ("Code(\"0%\")", "Time(13:45:00)");
        assert_eq!(shown, [format!("A1 {code}"), format!("B1 {time}"), format!("A2 {code}"), format!("B2 {time}")]);
    }

    #[test]
    fn sheets() {
        let styles = "<style:style style:name='t'><style:table-properties table:display='false'/></style:style>";
        let content = "<table:tracked-changes><table:table-cell office:value-type='string'/></table:tracked-changes>\
             <table:table table:name='A &amp; B'/><table:table table:name='H' table:style-name='t'/>\
             <table:table table:name='file:x'><table:table-source/></table:table>\
             <table:database-ranges><table:database-range table:target-range-address=\"'A &amp; B'.A1:'A &amp; B'.B2\">\
             <table:filter/></table:database-range></table:database-ranges>";
        let read = read(&book(styles, content)).unwrap();
        let told: Vec<_> = read.sheets.iter().map(|sheet| (&*sheet.name, sheet.visibility, sheet.filtered)).collect();
        assert_eq!(told, [("A & B", Visibility::Visible, true), ("H", Visibility::Hidden, false)]);
    }

    #[test]
    fn repeats_do_not_exhaust_the_machine() {
        let row = |rows: &str, columns: &str| {
            sheet(&format!(
                "<table:table-row table:number-rows-repeated='{rows}'><table:table-cell \
                 table:number-columns-repeated='{columns}' office:value-type='float' office:value='1'/></table:table-row>"
            ))
        };
        assert_eq!(row("100", "100").unwrap().rows.len(), 100);
        for (rows, columns) in [("1048576", "16384"), ("1", "4294967295"), ("4294967295", "1"), ("1048577", "1")] {
            assert!(row(rows, columns).unwrap_err().refused, "{rows} × {columns}");
        }
    }

    #[test]
    fn half_a_workbook_is_none() {
        let content = "<office:document-content><office:body><table:table table:name='A'>";
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        archive.start_file("content.xml", zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
        assert!(read(&archive.finish().unwrap().into_inner()).is_err());
    }

    #[test]
    fn what_is_under_a_password_says_so() {
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        archive.start_file("META-INF/manifest.xml", zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(b"<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>").unwrap();
        assert!(read(&archive.finish().unwrap().into_inner()).unwrap_err().why.contains("password"));
    }
}
