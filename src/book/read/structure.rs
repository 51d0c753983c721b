//! What the cell reader does not tell of a sheet: hidden rows and columns, filters, merged cells,
//! formulas without a result, and cells that would be read wrongly.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::events::Event;

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
    let mut found = Structure::default();
    let mut reader = Reader::from_reader(xml);
    let mut cell = Cell::default();
    let mut row = None::<u32>;
    let mut next_column = 0u32;
    let mut last: Option<CellRef> = None;
    let mut in_value = false;
    let mut in_filter = false;
    loop {
        let event = reader.read_event().map_err(|_| "the sheet is not well-formed".to_string())?;
        match event {
            Event::Eof => break,
            Event::DocType(_) => return Err("the sheet declares a document type".into()),
            Event::Start(ref start) | Event::Empty(ref start) => {
                let empty = matches!(event, Event::Empty(_));
                match start.local_name().as_ref() {
                    "row" => {
                        let index = match attribute(start, "r") {
                            Some(text) => text.parse::<u32>().ok().filter(|row| (1..=ROWS_MOST).contains(row)),
                            None => Some(row.map_or(1, |row| row + 2)),
                        };
                        let index = index.ok_or("a row has a number that no sheet has")? - 1;
                        if row.is_some_and(|row| index <= row) {
                            return Err("rows stand in the wrong order or twice".into());
                        }
                        row = Some(index);
                        next_column = 0;
                        last = None;
                        if flag(start, "hidden") {
                            found.hidden_rows.insert(index);
                        }
                    }
                    "c" => {
                        let place = match attribute(start, "r") {
                            Some(text) => text.parse().map_err(|()| "a cell has an address that no sheet has")?,
                            None => {
                                found.unaddressed = true;
                                CellRef::new(row.unwrap_or(0), next_column)
                            }
                        };
                        if last.is_some_and(|last| place.column <= last.column) || row != Some(place.row) {
                            return Err("a cell stands twice, or in another row than it says".into());
                        }
                        last = Some(place);
                        next_column = place.column + 1;
                        let format = attribute(start, "s").and_then(|text| text.parse().ok());
                        let code = format.and_then(|format| formats.code(format)).filter(|_| !empty);
                        found.shown.extend(code.map(|code| (place, Arc::clone(code))));
                        let kind = attribute(start, "t");
                        let is = |wanted: &str| kind.as_deref() == Some(wanted);
                        let (shared, text, error) = (is("s"), is("str"), is("e"));
                        cell = Cell { place, shared, text, error, formula: false, value: false };
                        if empty {
                            cell = Cell::default();
                        }
                    }
                    "f" => cell.formula = true,
                    "v" if !empty => in_value = true,
                    // A formula whose result is empty text has an empty value element; without the type
                    // of a text an empty one is no result, as programs that do not calculate write it.
                    "v" => cell.value |= cell.text,
                    "is" => cell.value = true,
                    "col" => {
                        let at = |name| attribute(start, name).and_then(|text| text.parse::<u32>().ok()).unwrap_or(0);
                        let (first, last) = (at("min").max(1), at("max").min(COLUMNS_MOST));
                        if flag(start, "hidden") {
                            found.hidden_columns.extend((first..=last).map(|column| column - 1));
                        }
                        let width = attribute(start, "width").and_then(|text| text.trim().parse::<f64>().ok());
                        if let (Some(width), true) = (width, first <= last) {
                            // A digit of the usual font is seven pixels wide.
                            let pixels = (width.clamp(0.0, 255.0) * 7.0).round() as u32;
                            found.widths.push(Width { first: first - 1, last: last - 1, pixels });
                        }
                    }
                    "mergeCell" => {
                        let area = attribute(start, "ref").and_then(|text| text.parse().ok());
                        found.merged.extend(area.filter(Area::is_on_a_sheet));
                    }
                    "autoFilter" => in_filter = !empty,
                    "filterColumn" if in_filter => found.filtered = true,
                    _ => {}
                }
            }
            Event::Text(text) if in_value => {
                cell.value = true;
                if cell.error {
                    found.errors.insert(cell.place, text.trim().into());
                }
                if cell.shared {
                    let index = text.trim().parse::<usize>().ok();
                    if index.is_none_or(|index| index >= shared_texts) {
                        found.lost_texts.insert(cell.place);
                    }
                }
            }
            Event::End(end) => match end.local_name().as_ref() {
                "v" => {
                    in_value = false;
                    cell.value |= cell.text;
                }
                "c" => {
                    if cell.formula {
                        found.formulas.insert(cell.place);
                        if !cell.value {
                            found.without_result.insert(cell.place);
                        }
                    }
                    cell = Cell::default();
                }
                "autoFilter" => in_filter = false,
                _ => {}
            },
            _ => {}
        }
    }
    found.hidden_columns.sort_unstable();
    found.hidden_columns.dedup();
    Ok(found)
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

#[derive(Default)]
struct Cell {
    place: CellRef,
    shared: bool,
    text: bool,
    error: bool,
    formula: bool,
    value: bool,
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
