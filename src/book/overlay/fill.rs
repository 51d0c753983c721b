//! Fills put on the cells of a worksheet, the missing ones made.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::book::annotation::Tone;
use crate::book::sheet::{Area, CellRef};

use super::Refusal;
use super::cells::{Row, Sheet, column_range, column_tags};
use super::styles::Styles;
use super::xml::{self, Edits};

/// Puts fills on cells, making those that are missing.
pub fn fill(
    sheet: &Sheet,
    wanted: &BTreeMap<CellRef, Tone>,
    styles: &mut Styles,
    edits: &mut Edits,
) -> Result<(), Refusal> {
    let Some(data) = sheet.child("sheetData") else { return Ok(()) };
    let mut by_row: BTreeMap<u32, BTreeMap<u32, Tone>> = BTreeMap::new();
    for (cell, tone) in wanted {
        by_row.entry(cell.row).or_default().insert(cell.column, *tone);
    }
    let mut filling = Filling { sheet, styles, edits, columns: column_formats(sheet), made: Vec::new() };
    let mut rows_at_end = String::new();
    for (index, tones) in by_row {
        let place = match sheet.ordered {
            true => sheet.rows.binary_search_by_key(&index, |row| row.index),
            false => sheet.rows.iter().position(|row| row.index == index).ok_or(sheet.rows.len()),
        };
        match place {
            Ok(at) => filling.row(sheet.rows[at], &tones)?,
            Err(_) if !sheet.ordered => {
                return Err(Refusal("the rows of one of its sheets are not in order".into()));
            }
            Err(at) => {
                let row = filling.new_row(index, tones);
                match sheet.rows.get(at) {
                    Some(next) => filling.edits.insert(next.start, row),
                    None => rows_at_end.push_str(&row),
                }
            }
        }
    }
    let (start, opened, close, end) = (data.start, data.opened, data.close, data.end);
    let data = xml::Element { start, opened, close, end, children: Vec::new() };
    filling.edits.append(&sheet.text, &data, &rows_at_end);
    filling.widen_dimension();
    Ok(())
}

/// The fills of one sheet as they are put on.
struct Filling<'a> {
    sheet: &'a Sheet,
    styles: &'a mut Styles,
    edits: &'a mut Edits,
    /// The formats of columns, which cells that are made inherit.
    columns: Vec<(Range<u32>, usize)>,
    /// The cells made.
    made: Vec<CellRef>,
}

impl Filling<'_> {
    /// Makes a cell, where its fill needs one; `base` is the format of its row or column.
    fn make(&mut self, cell: CellRef, base: usize, tone: Tone) -> Option<String> {
        let format = self.styles.filled(base, tone)?;
        self.made.push(cell);
        Some(format!("<{}c r=\"{cell}\" s=\"{format}\"/>", self.sheet.prefix))
    }

    /// A row that is not there yet; empty where no cell of it has to be made.
    fn new_row(&mut self, index: u32, tones: BTreeMap<u32, Tone>) -> String {
        let mut cells = String::new();
        for (column, tone) in tones {
            let base = self.format_of_column(column);
            cells.extend(self.make(CellRef::new(index, column), base, tone));
        }
        if cells.is_empty() {
            return cells;
        }
        let prefix = &self.sheet.prefix;
        format!("<{prefix}row r=\"{}\">{cells}</{prefix}row>", index + 1)
    }

    fn row(&mut self, row: Row, tones: &BTreeMap<u32, Tone>) -> Result<(), Refusal> {
        let sheet = self.sheet;
        let tag = sheet.text.get(row.start..row.opened).unwrap_or("");
        let own = xml::number(tag, "s").filter(|_| xml::truth(tag, "customFormat"));
        let cells = sheet.cells(row)?;
        let ordered = cells.windows(2).all(|pair| pair[0].column < pair[1].column);
        let mut at_end = String::new();
        let mut added: Vec<u32> = Vec::new();
        for (&column, &tone) in tones {
            let mut found = cells.iter().filter(|cell| cell.column == column).peekable();
            if found.peek().is_some() {
                for cell in found {
                    let tag = sheet.text.get(cell.start..cell.opened).unwrap_or("");
                    if let Some(format) = self.styles.filled(xml::number(tag, "s").unwrap_or(0), tone) {
                        self.edits.set_attribute(&sheet.text, cell.start, cell.opened, "s", &format.to_string());
                    }
                }
                continue;
            }
            if !ordered {
                return Err(Refusal("the cells of one of its rows are not in order".into()));
            }
            let base = own.unwrap_or_else(|| self.format_of_column(column));
            let Some(made) = self.make(CellRef::new(row.index, column), base, tone) else { continue };
            match cells.iter().find(|cell| cell.column > column) {
                Some(next) => self.edits.insert(next.start, made),
                None => at_end.push_str(&made),
            }
            added.push(column);
        }
        self.close(row, tag, at_end, &added);
        Ok(())
    }

    /// Puts cells at a row's end, and the span that it says right.
    fn close(&mut self, row: Row, tag: &str, at_end: String, added: &[u32]) {
        let spans = spans(tag, added);
        if row.opened != row.end {
            self.edits.insert(row.close, at_end);
            if let Some(spans) = spans {
                self.edits.set_attribute(&self.sheet.text, row.start, row.opened, "spans", &spans);
            }
        } else if !at_end.is_empty() {
            // A row closed in itself is opened, and its spans put right, in one change.
            let open = spans.map_or_else(|| tag.to_string(), |spans| xml::with_attribute(tag, "spans", &spans));
            let open = open.trim_end_matches('>').trim_end_matches('/');
            self.edits.replace(row.start..row.end, format!("{open}>{at_end}</{}>", xml::qualified(tag)));
        }
    }

    fn widen_dimension(&mut self) {
        let sheet = self.sheet;
        let Some(child) = sheet.child("dimension") else { return };
        let area = xml::attribute(sheet.tag(child), "ref").and_then(|area| area.value.parse::<Area>().ok());
        let Some(area) = area else { return };
        let mut wide = area;
        for cell in &self.made {
            wide.first = CellRef::new(wide.first.row.min(cell.row), wide.first.column.min(cell.column));
            wide.last = CellRef::new(wide.last.row.max(cell.row), wide.last.column.max(cell.column));
        }
        if wide != area {
            let wide = format!("{}:{}", wide.first, wide.last);
            self.edits.set_attribute(&sheet.text, child.start, child.opened, "ref", &wide);
        }
    }

    fn format_of_column(&self, column: u32) -> usize {
        self.columns.iter().find(|(range, _)| range.contains(&column)).map_or(0, |(_, format)| *format)
    }
}

fn column_formats(sheet: &Sheet) -> Vec<(Range<u32>, usize)> {
    let Some(columns) = sheet.child("cols") else { return Vec::new() };
    column_tags(sheet.inner(columns))
        .filter_map(|tag| {
            let (first, last) = column_range(tag)?;
            Some((first..last + 1, xml::number(tag, "style")?))
        })
        .collect()
}

/// The span of columns that a row says, once it has these as well; `None` where it says none.
fn spans(tag: &str, added: &[u32]) -> Option<String> {
    let old = xml::attribute(tag, "spans")?.value;
    let (first, last) = (added.iter().min()? + 1, added.iter().max()? + 1);
    let mut bounds = (first, last);
    for part in old.split_whitespace() {
        let (low, high) = part.split_once(':')?;
        bounds = (bounds.0.min(low.parse().ok()?), bounds.1.max(high.parse().ok()?));
    }
    Some(format!("{}:{}", bounds.0, bounds.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLES: &str = "<styleSheet><cellXfs><xf/><xf numFmtId=\"9\"/></cellXfs></styleSheet>";

    fn filled(sheet: &str, cells: &[&str]) -> String {
        let sheet = Sheet::read(sheet.into()).unwrap();
        let mut styles = Styles::read(STYLES.into()).unwrap();
        styles.pad(1).unwrap();
        let wanted = cells.iter().map(|cell| (cell.parse().unwrap(), Tone::Red)).collect();
        let mut edits = Edits::default();
        fill(&sheet, &wanted, &mut styles, &mut edits).unwrap();
        edits.apply(&sheet.text)
    }

    #[test]
    fn cells_and_rows_are_made_in_order() {
        let sheet = "<worksheet><dimension ref=\"B2:C3\"/><sheetData><row r=\"2\" spans=\"2:3\"><c r=\"B2\" t=\"s\"><v>0</v></c><c r=\"D2\"/></row><row r=\"4\" spans=\"2:3\"/></sheetData></worksheet>";
        assert_eq!(
            filled(sheet, &["B2", "C2", "E2", "A1", "A4", "A6", "B6"]),
            "<worksheet><dimension ref=\"A1:E6\"/><sheetData><row r=\"1\"><c r=\"A1\" s=\"2\"/></row><row r=\"2\" spans=\"2:5\"><c r=\"B2\" t=\"s\" s=\"2\"><v>0</v></c><c r=\"C2\" s=\"2\"/><c r=\"D2\"/><c r=\"E2\" s=\"2\"/></row><row r=\"4\" spans=\"1:3\"><c r=\"A4\" s=\"2\"/></row><row r=\"6\"><c r=\"A6\" s=\"2\"/><c r=\"B6\" s=\"2\"/></row></sheetData></worksheet>"
        );
    }

    #[test]
    fn an_empty_prefixed_sheet_is_opened() {
        assert_eq!(
            filled("<x:worksheet><x:sheetData/></x:worksheet>", &["A1"]),
            "<x:worksheet><x:sheetData><x:row r=\"1\"><x:c r=\"A1\" s=\"2\"/></x:row></x:sheetData></x:worksheet>"
        );
    }

    #[test]
    fn made_cells_take_the_style_of_their_row_or_column() {
        let sheet = "<worksheet><cols><col min=\"2\" max=\"3\" style=\"1\"/></cols><sheetData><row r=\"1\" s=\"1\" customFormat=\"1\"/></sheetData></worksheet>";
        let out = filled(sheet, &["A1", "C2", "D2"]);
        assert!(
            out.contains("<c r=\"A1\" s=\"2\"/>") && out.contains("<c r=\"C2\" s=\"2\"/><c r=\"D2\" s=\"3\"/>"),
            "{out}"
        );
    }

    #[test]
    fn rows_and_cells_without_addresses_are_counted() {
        let sheet = "<worksheet><sheetData><row><c/></row><row><c><v>1</v></c><c><is><t>x</t></is></c></row></sheetData></worksheet>";
        assert_eq!(filled(sheet, &["B2"]), sheet.replace("<c><is>", "<c s=\"2\"><is>"));
    }

    #[test]
    fn rows_out_of_order_are_not_added_to() {
        let sheet =
            Sheet::read("<worksheet><sheetData><row r=\"3\"/><row r=\"1\"/></sheetData></worksheet>".into()).unwrap();
        let mut styles = Styles::read(STYLES.into()).unwrap();
        let wanted = BTreeMap::from([(CellRef::new(1, 0), Tone::Red)]);
        assert!(fill(&sheet, &wanted, &mut styles, &mut Edits::default()).is_err());
    }
}
