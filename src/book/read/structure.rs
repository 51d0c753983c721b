//! What the cell reader does not tell of a sheet: hidden rows and columns, filters, merged cells,
//! formulas without a result, and cells that would be read wrongly.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::book::read::formats::Formats;
use crate::book::read::tags::{attribute, flag};
use crate::book::sheet::{Area, COLUMNS_MOST, CellRef, ROWS_MOST, Width};

/// The structure of a sheet.
#[derive(Debug, Default)]
pub struct Structure {
    pub hidden_rows: BTreeSet<u32>,
    pub hidden_columns: Vec<u32>,
    pub widths: Vec<Width>,
    pub merged: Vec<Area>,
    pub filtered: bool,
    /// Cells whose format shows a percentage or a time.
    pub shown: BTreeMap<CellRef, Arc<str>>,
    /// Cells with a formula.
    pub formulas: BTreeSet<CellRef>,
    /// Formula cells whose result is not stored.
    pub without_result: BTreeSet<CellRef>,
    /// Cells that point at a shared text that is not there.
    pub lost_texts: BTreeSet<CellRef>,
    /// Cells that show an error value, and which: the cell reader knows those of older versions alone.
    pub errors: BTreeMap<CellRef, Arc<str>>,
    /// Some cells have no address of their own and stand beside the cell before them.
    pub unaddressed: bool,
}

/// Reads a sheet's structure.
///
/// # Errors
///
/// The sheet is not well-formed, or its cells cannot be told apart: an address beyond the sheet,
/// or one given twice.
pub fn read(xml: &[u8], shared_texts: usize, formats: &Formats) -> Result<Structure, String> {
    let mut pass = Pass::new(shared_texts, formats);
    let mut reader = Reader::from_reader(xml);
    loop {
        match reader.read_event().map_err(|_| "the sheet is not well-formed".to_string())? {
            Event::Eof => break,
            Event::DocType(_) => return Err("the sheet declares a document type".into()),
            Event::Start(start) => pass.start(&start, false)?,
            Event::Empty(start) => pass.start(&start, true)?,
            Event::Text(text) if pass.in_value => pass.value(text.trim()),
            Event::End(end) => pass.end(end.local_name().as_ref()),
            _ => {}
        }
    }
    let mut found = pass.found;
    found.hidden_columns.sort_unstable();
    found.hidden_columns.dedup();
    Ok(found)
}

/// Where the pass over a sheet stands.
struct Pass<'a> {
    shared_texts: usize,
    formats: &'a Formats,
    found: Structure,
    row: Option<u32>,
    cell: Cell,
    /// The cell before, in the same row.
    last: Option<CellRef>,
    /// Where a cell without an address stands.
    next_column: u32,
    in_value: bool,
    in_filter: bool,
}

/// The cell that the pass is in.
#[derive(Default)]
struct Cell {
    place: CellRef,
    shared: bool,
    text: bool,
    error: bool,
    formula: bool,
    value: bool,
}

impl<'a> Pass<'a> {
    fn new(shared_texts: usize, formats: &'a Formats) -> Self {
        Self {
            shared_texts,
            formats,
            found: Structure::default(),
            row: None,
            cell: Cell::default(),
            last: None,
            next_column: 0,
            in_value: false,
            in_filter: false,
        }
    }

    fn start(&mut self, start: &BytesStart<'_>, empty: bool) -> Result<(), String> {
        match start.local_name().as_ref() {
            "row" => self.row(start)?,
            "c" => self.cell(start, empty)?,
            "f" => self.cell.formula = true,
            "v" if !empty => self.in_value = true,
            // A formula whose result is empty text has an empty value element; without the type
            // of a text an empty one is no result, as programs that do not calculate write it.
            "v" => self.cell.value |= self.cell.text,
            "is" => self.cell.value = true,
            "col" => self.columns(start),
            "mergeCell" => {
                let area = attribute(start, "ref").and_then(|area| area.parse().ok());
                self.found.merged.extend(area.filter(Area::is_on_a_sheet));
            }
            "autoFilter" => self.in_filter = !empty,
            "filterColumn" if self.in_filter => self.found.filtered = true,
            _ => {}
        }
        Ok(())
    }

    fn row(&mut self, start: &BytesStart<'_>) -> Result<(), String> {
        let index = match attribute(start, "r") {
            Some(text) => text.parse::<u32>().ok().filter(|row| (1..=ROWS_MOST).contains(row)),
            None => Some(self.row.map_or(1, |row| row + 2)),
        };
        let index = index.ok_or("a row has a number that no sheet has")? - 1;
        if self.row.is_some_and(|row| index <= row) {
            return Err("rows stand in the wrong order or twice".into());
        }
        (self.row, self.next_column, self.last) = (Some(index), 0, None);
        if flag(start, "hidden") {
            self.found.hidden_rows.insert(index);
        }
        Ok(())
    }

    fn cell(&mut self, start: &BytesStart<'_>, empty: bool) -> Result<(), String> {
        let place = match attribute(start, "r") {
            Some(text) => text.parse().map_err(|()| "a cell has an address that no sheet has")?,
            None => {
                self.found.unaddressed = true;
                CellRef::new(self.row.unwrap_or(0), self.next_column)
            }
        };
        if self.last.is_some_and(|last| place.column <= last.column) || self.row != Some(place.row) {
            return Err("a cell stands twice, or in another row than it says".into());
        }
        (self.last, self.next_column) = (Some(place), place.column + 1);
        let format = attribute(start, "s").and_then(|text| text.parse().ok());
        let code = format.and_then(|format| self.formats.code(format)).filter(|_| !empty);
        self.found.shown.extend(code.map(|code| (place, Arc::clone(code))));
        let kind = attribute(start, "t");
        let is = |wanted: &str| kind.as_deref() == Some(wanted);
        let cell = Cell { place, shared: is("s"), text: is("str"), error: is("e"), ..Cell::default() };
        self.cell = if empty { Cell::default() } else { cell };
        Ok(())
    }

    fn columns(&mut self, start: &BytesStart<'_>) {
        let at = |name| attribute(start, name).and_then(|text| text.parse::<u32>().ok()).unwrap_or(0);
        // A run of hidden columns is spelt out, so it must end with the sheet.
        let (first, last) = (at("min").max(1), at("max").min(COLUMNS_MOST));
        if flag(start, "hidden") {
            self.found.hidden_columns.extend((first..=last).map(|column| column - 1));
        }
        let width = attribute(start, "width").and_then(|text| text.trim().parse::<f64>().ok());
        if let (Some(width), true) = (width, first <= last) {
            // A digit of the usual font is seven pixels wide.
            let pixels = (width.clamp(0.0, 255.0) * 7.0).round() as u32;
            self.found.widths.push(Width { first: first - 1, last: last - 1, pixels });
        }
    }

    fn value(&mut self, text: &str) {
        self.cell.value = true;
        if self.cell.error {
            self.found.errors.insert(self.cell.place, text.into());
        }
        if self.cell.shared && text.parse::<usize>().ok().is_none_or(|index| index >= self.shared_texts) {
            self.found.lost_texts.insert(self.cell.place);
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "v" => {
                self.in_value = false;
                self.cell.value |= self.cell.text;
            }
            "c" => {
                let cell = std::mem::take(&mut self.cell);
                if cell.formula {
                    self.found.formulas.insert(cell.place);
                    if !cell.value {
                        self.found.without_result.insert(cell.place);
                    }
                }
            }
            "autoFilter" => self.in_filter = false,
            _ => {}
        }
    }
}

/// How many texts a shared-strings part holds.
///
/// # Errors
///
/// The part is not well-formed, or claims more texts than it has room for.
pub fn count_shared(xml: &[u8]) -> Result<usize, String> {
    let mut reader = Reader::from_reader(xml);
    let mut count = 0;
    loop {
        match reader.read_event().map_err(|_| "the workbook's texts are not well-formed".to_string())? {
            Event::Eof => return Ok(count),
            Event::DocType(_) => return Err("the workbook's texts declare a document type".into()),
            Event::Start(start) | Event::Empty(start) => match start.local_name().as_ref() {
                "si" => count += 1,
                "sst" => {
                    let claimed = attribute(&start, "uniqueCount").and_then(|text| text.parse::<u64>().ok());
                    // Each text needs at least its element.
                    if claimed.is_some_and(|claimed| claimed > xml.len() as u64) {
                        return Err("the workbook claims more texts than it holds".into());
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(rows: &str) -> Result<Structure, String> {
        read(format!("<worksheet><sheetData>{rows}</sheetData></worksheet>").as_bytes(), 2, &Formats::default())
    }

    #[test]
    fn formulas_without_a_result_are_told() {
        let found = sheet(
            "<row r='1'><c r='A1'><f>1+1</f><v>2</v></c><c r='B1'><f>A1</f></c><c r='C1' t='str'><f>\"\"</f><v></v></c>\
             <c r='D1' t='str'><f>\"\"</f><v/></c><c r='E1'><f>A1</f><v/></c><c r='F1'><f>A1</f><v></v></c></row>",
        )
        .unwrap();
        assert_eq!(found.formulas.len(), 6);
        let without: Vec<String> = found.without_result.iter().map(CellRef::to_string).collect();
        assert_eq!(without, ["B1", "E1", "F1"]);
    }

    #[test]
    fn a_text_that_is_not_there_is_told() {
        let found = sheet(
            "<row r='1'><c r='A1' t='s'><v>1</v></c><c r='B1' t='s'><v>-1</v></c><c r='C1' t='s'><v>2</v></c></row>",
        );
        let lost: Vec<String> = found.unwrap().lost_texts.iter().map(CellRef::to_string).collect();
        assert_eq!(lost, ["B1", "C1"]);
    }

    #[test]
    fn cells_that_cannot_be_told_apart_are_refused() {
        for rows in [
            "<row r='1'><c r='A1'/><c r='A1'/></row>",
            "<row r='4294967297'><c r='A4294967297'/></row>",
            "<row r='2'/><row r='2'/>",
            "<row r='1'><c r='A2'/></row>",
        ] {
            assert!(sheet(rows).is_err(), "{rows}");
        }
    }

    #[test]
    fn hidden_rows_filters_merges_and_widths() {
        let xml = "<x:worksheet xmlns:x='m'><x:cols><x:col min='2' max='3' hidden='1' width='10'/></x:cols><x:sheetData>\
                   <x:row r='3' hidden='1'/></x:sheetData><x:autoFilter ref='A1:C9'><x:filterColumn colId='0'/>\
                   </x:autoFilter><x:mergeCells><x:mergeCell ref='A1:C2'/></x:mergeCells></x:worksheet>";
        let found = read(xml.as_bytes(), 0, &Formats::default()).unwrap();
        assert!(found.filtered && found.hidden_rows.contains(&2));
        assert_eq!(found.hidden_columns, [1, 2]);
        assert_eq!(found.widths, [Width { first: 1, last: 2, pixels: 70 }]);
        assert_eq!(found.merged.len(), 1);
    }
}
