//! A worksheet's rows and cells by byte offset, and the fills put on them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Refusal;
use super::styles::Styles;
use super::xml::{self, Edits, Kind, Tokens};
use crate::book::annotation::Tone;
use crate::book::sheet::{Area, COLUMNS_MOST, CellRef, ROWS_MOST};

/// A worksheet taken apart as far as marks need it.
pub struct Sheet {
    /// The part's text.
    pub text: String,
    /// Prefix of its elements, with the colon.
    pub prefix: String,
    /// The opening tag of the document.
    pub root: Range<usize>,
    /// First byte of the document's closing tag.
    pub close: usize,
    /// The elements right under the document, by name.
    pub children: Vec<Child>,
    rows: Vec<Row>,
    merged: Vec<Area>,
    ordered: bool,
}

/// An element right under the document; a choice of versions goes by what it offers first.
#[derive(Debug, Clone)]
pub struct Child {
    /// Name without prefix.
    pub name: String,
    /// First byte.
    pub start: usize,
    /// First byte after the opening tag.
    pub opened: usize,
    /// First byte of the closing tag.
    pub close: usize,
    /// First byte after it.
    pub end: usize,
}

#[derive(Debug, Clone, Copy)]
struct Row {
    index: u32,
    start: usize,
    opened: usize,
    close: usize,
    end: usize,
}

struct Cell {
    column: u32,
    start: usize,
    opened: usize,
}

impl Sheet {
    /// Takes a worksheet apart.
    pub fn read(text: String) -> Result<Self, Refusal> {
        let mut tokens = Tokens::new(&text, 0);
        let mut sheet = Sheet {
            text: String::new(),
            prefix: String::new(),
            root: 0..0,
            close: 0,
            children: Vec::new(),
            rows: Vec::new(),
            merged: Vec::new(),
            ordered: true,
        };
        let mut depth = 0usize;
        let mut in_rows = false;
        let mut next = 0u32;
        while let Some(token) = tokens.next()? {
            let tag = || text.get(token.start..token.end).unwrap_or("");
            if token.kind == Kind::Close {
                depth = depth.saturating_sub(1);
                match depth {
                    0 => sheet.close = token.start,
                    1 => {
                        if let Some(child) = sheet.children.last_mut() {
                            (child.close, child.end) = (token.start, token.end);
                        }
                        in_rows = false;
                    }
                    2 if in_rows => {
                        if let Some(row) = sheet.rows.last_mut() {
                            (row.close, row.end) = (token.start, token.end);
                        }
                    }
                    _ => {}
                }
                continue;
            }
            if token.kind == Kind::Other {
                continue;
            }
            match depth {
                0 => {
                    sheet.root = token.start..token.end;
                    sheet.prefix = xml::prefix(tag()).to_string();
                }
                1 => {
                    let name = xml::local(tag()).to_string();
                    in_rows = name == "sheetData" && token.kind == Kind::Open;
                    sheet.children.push(Child {
                        name,
                        start: token.start,
                        opened: token.end,
                        close: token.end,
                        end: token.end,
                    });
                }
                2 if in_rows && xml::local(tag()) == "row" => {
                    let named = xml::number(tag(), "r").and_then(|row| u32::try_from(row).ok()?.checked_sub(1));
                    let index = named.unwrap_or(next);
                    if index >= ROWS_MOST {
                        return Err(Refusal("one of its rows lies beyond the last row of a sheet".into()));
                    }
                    sheet.ordered &= index >= next;
                    next = index + 1;
                    sheet.rows.push(Row {
                        index,
                        start: token.start,
                        opened: token.end,
                        close: token.end,
                        end: token.end,
                    });
                }
                _ if in_rows => {}
                2 if xml::local(tag()) == "mergeCell" => {
                    sheet.merged.extend(xml::attribute(tag(), "ref").and_then(|area| area.value.parse::<Area>().ok()));
                }
                // A choice of versions (mc:AlternateContent) stands where its first offer would.
                3 => {
                    if let Some(child) = sheet.children.last_mut().filter(|child| child.name == "AlternateContent") {
                        child.name = xml::local(tag()).to_string();
                    }
                }
                _ => {}
            }
            if token.kind == Kind::Open {
                depth += 1;
            }
        }
        sheet.text = text;
        if sheet.child("sheetData").is_none() {
            return Err(Refusal("one of its sheets has no cells part".into()));
        }
        Ok(sheet)
    }

    /// The first element of this name right under the document.
    pub fn child(&self, name: &str) -> Option<&Child> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The opening tag of a child.
    pub fn tag(&self, child: &Child) -> &str {
        self.text.get(child.start..child.opened).unwrap_or("")
    }

    /// What stands in a child.
    pub fn inner(&self, child: &Child) -> &str {
        self.text.get(child.opened..child.close).unwrap_or("")
    }

    /// The cell that shows what is put on this one: the first cell of a merged area.
    pub fn anchor(&self, cell: CellRef) -> CellRef {
        self.merged.iter().find(|area| area.contains(cell)).map_or(cell, |area| area.first)
    }

    /// The last column that this cell covers: its own, or that of the merged area it begins.
    pub fn last_column(&self, cell: CellRef) -> u32 {
        self.merged.iter().find(|area| area.first == cell).map_or(cell.column, |area| area.last.column)
    }

    /// Height of a row in pixels.
    pub fn height(&self, index: u32, default: f64) -> f64 {
        let Ok(at) = self.rows.binary_search_by_key(&index, |row| row.index) else { return default };
        let tag = self.text.get(self.rows[at].start..self.rows[at].opened).unwrap_or("");
        if xml::truth(tag, "hidden") {
            return 0.0;
        }
        let points = xml::attribute(tag, "ht").and_then(|height| height.value.trim().parse::<f64>().ok());
        points.filter(|points| (0.0..=500.0).contains(points)).map_or(default, |points| points * 4.0 / 3.0)
    }

    fn cells(&self, row: Row) -> Result<Vec<Cell>, Refusal> {
        let mut cells = Vec::new();
        if row.close == row.opened {
            return Ok(cells);
        }
        let mut tokens = Tokens::new(self.text.get(..row.close).unwrap_or(""), row.opened);
        let mut depth = 0usize;
        let mut next = 0u32;
        while let Some(token) = tokens.next()? {
            match token.kind {
                Kind::Close => depth = depth.saturating_sub(1),
                Kind::Other => {}
                Kind::Open | Kind::Empty => {
                    let tag = self.text.get(token.start..token.end).unwrap_or("");
                    if depth == 0 && xml::local(tag) == "c" {
                        let named =
                            xml::attribute(tag, "r").and_then(|address| address.value.trim().parse::<CellRef>().ok());
                        let column = named.map_or(next, |cell| cell.column);
                        next = column.saturating_add(1);
                        cells.push(Cell { column, start: token.start, opened: token.end });
                    }
                    depth += usize::from(token.kind == Kind::Open);
                }
            }
        }
        Ok(cells)
    }

    /// Puts fills on cells, making those that are missing.
    pub fn fill(
        &self,
        wanted: &BTreeMap<CellRef, Tone>,
        styles: &mut Styles,
        edits: &mut Edits,
    ) -> Result<(), Refusal> {
        let mut by_row: BTreeMap<u32, BTreeMap<u32, Tone>> = BTreeMap::new();
        for (cell, tone) in wanted {
            by_row.entry(cell.row).or_default().insert(cell.column, *tone);
        }
        let columns = self.column_formats();
        let mut made: Vec<CellRef> = Vec::new();
        let mut rows_at_end = String::new();
        let Some(data) = self.child("sheetData") else { return Ok(()) };
        for (index, tones) in by_row {
            let place = match self.ordered {
                true => self.rows.binary_search_by_key(&index, |row| row.index),
                false => self.rows.iter().position(|row| row.index == index).ok_or(self.rows.len()),
            };
            match place {
                Ok(at) => self.fill_row(self.rows[at], &tones, &columns, styles, edits, &mut made)?,
                Err(at) => {
                    if !self.ordered {
                        return Err(Refusal("the rows of one of its sheets are not in order".into()));
                    }
                    let mut cells = String::new();
                    for (column, tone) in tones {
                        let cell = CellRef::new(index, column);
                        let base = format_of_column(&columns, column);
                        if let Some(format) = styles.filled(base, tone) {
                            cells.push_str(&self.blank(cell, format));
                            made.push(cell);
                        }
                    }
                    let prefix = &self.prefix;
                    let row = format!("<{prefix}row r=\"{}\">{cells}</{prefix}row>", index + 1);
                    match self.rows.get(at) {
                        _ if cells.is_empty() => {}
                        Some(next) => edits.insert(next.start, row),
                        None => rows_at_end.push_str(&row),
                    }
                }
            }
        }
        let data = xml::Element {
            start: data.start,
            opened: data.opened,
            close: data.close,
            end: data.end,
            children: Vec::new(),
        };
        edits.append(&self.text, &data, &rows_at_end);
        self.widen_dimension(&made, edits);
        Ok(())
    }

    fn blank(&self, cell: CellRef, format: usize) -> String {
        format!("<{}c r=\"{cell}\" s=\"{format}\"/>", self.prefix)
    }

    fn fill_row(
        &self,
        row: Row,
        tones: &BTreeMap<u32, Tone>,
        columns: &[(Range<u32>, usize)],
        styles: &mut Styles,
        edits: &mut Edits,
        made: &mut Vec<CellRef>,
    ) -> Result<(), Refusal> {
        let tag = self.text.get(row.start..row.opened).unwrap_or("");
        let own = xml::number(tag, "s").filter(|_| xml::truth(tag, "customFormat"));
        let cells = self.cells(row)?;
        let ordered = cells.windows(2).all(|pair| pair[0].column < pair[1].column);
        let mut at_end = String::new();
        let mut added: Vec<u32> = Vec::new();
        for (&column, &tone) in tones {
            let mut found = cells.iter().filter(|cell| cell.column == column).peekable();
            if found.peek().is_some() {
                for cell in found {
                    let tag = self.text.get(cell.start..cell.opened).unwrap_or("");
                    if let Some(format) = styles.filled(xml::number(tag, "s").unwrap_or(0), tone) {
                        edits.set_attribute(&self.text, cell.start, cell.opened, "s", &format.to_string());
                    }
                }
                continue;
            }
            if !ordered {
                return Err(Refusal("the cells of one of its rows are not in order".into()));
            }
            let base = own.unwrap_or_else(|| format_of_column(columns, column));
            let Some(format) = styles.filled(base, tone) else { continue };
            let cell = CellRef::new(row.index, column);
            match cells.iter().find(|cell| cell.column > column) {
                Some(next) => edits.insert(next.start, self.blank(cell, format)),
                None => at_end.push_str(&self.blank(cell, format)),
            }
            added.push(column);
            made.push(cell);
        }
        if row.opened != row.end {
            edits.insert(row.close, at_end);
            self.widen_spans(row, tag, &added, edits);
        } else if !at_end.is_empty() {
            // A row closed in itself is opened, and its spans put right, in one change.
            let open = match spans(tag, &added) {
                Some(spans) => xml::with_attribute(tag, "spans", &spans),
                None => tag.to_string(),
            };
            let open = open.trim_end_matches('>').trim_end_matches('/');
            edits.replace(row.start..row.end, format!("{open}>{at_end}</{}>", xml::qualified(tag)));
        }
        Ok(())
    }

    fn widen_spans(&self, row: Row, tag: &str, added: &[u32], edits: &mut Edits) {
        if let Some(spans) = spans(tag, added) {
            edits.set_attribute(&self.text, row.start, row.opened, "spans", &spans);
        }
    }

    fn widen_dimension(&self, made: &[CellRef], edits: &mut Edits) {
        let Some(child) = self.child("dimension") else { return };
        let Some(area) = xml::attribute(self.tag(child), "ref").and_then(|area| area.value.parse::<Area>().ok()) else {
            return;
        };
        let mut wide = area;
        for cell in made {
            wide.first = CellRef::new(wide.first.row.min(cell.row), wide.first.column.min(cell.column));
            wide.last = CellRef::new(wide.last.row.max(cell.row), wide.last.column.max(cell.column));
        }
        if wide != area {
            edits.set_attribute(&self.text, child.start, child.opened, "ref", &format!("{}:{}", wide.first, wide.last));
        }
    }

    fn column_formats(&self) -> Vec<(Range<u32>, usize)> {
        let Some(columns) = self.child("cols") else { return Vec::new() };
        column_tags(self.inner(columns))
            .filter_map(|tag| {
                let (first, last) = column_range(tag)?;
                Some((first..last + 1, xml::number(tag, "style")?))
            })
            .collect()
    }

    /// Gives cells, rows and columns whose format is a key of `map` the format it names.
    pub fn reformat(&self, map: &BTreeMap<usize, usize>, edits: &mut Edits) -> Result<(), Refusal> {
        let mut change = |start: usize, opened: usize, name: &str| {
            let tag = self.text.get(start..opened).unwrap_or("");
            if let Some(format) = xml::number(tag, name).and_then(|format| map.get(&format)) {
                edits.set_attribute(&self.text, start, opened, name, &format.to_string());
            }
        };
        for row in &self.rows {
            change(row.start, row.opened, "s");
            for cell in self.cells(*row)? {
                change(cell.start, cell.opened, "s");
            }
        }
        if let Some(columns) = self.child("cols") {
            let mut at = columns.opened;
            for tag in column_tags(self.inner(columns)) {
                let Some(found) = self.text.get(at..).and_then(|rest| rest.find(tag)) else { break };
                change(at + found, at + found + tag.len(), "style");
                at += found + tag.len();
            }
        }
        Ok(())
    }
}

/// The `<col>` tags of a sheet's columns.
pub fn column_tags(columns: &str) -> impl Iterator<Item = &str> {
    columns
        .split_inclusive('>')
        .filter_map(|piece| piece.get(piece.find('<')?..))
        .filter(|tag| !tag.starts_with("</") && xml::local(tag) == "col")
}

/// The zero-based first and last column of a `<col>` tag.
pub fn column_range(tag: &str) -> Option<(u32, u32)> {
    let bound = |name| {
        xml::number(tag, name).and_then(|column| u32::try_from(column.min(COLUMNS_MOST as usize)).ok()?.checked_sub(1))
    };
    let (first, last) = (bound("min")?, bound("max")?);
    (first <= last).then_some((first, last))
}

fn format_of_column(columns: &[(Range<u32>, usize)], column: u32) -> usize {
    columns.iter().find(|(range, _)| range.contains(&column)).map_or(0, |(_, format)| *format)
}

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
        sheet.fill(&wanted, &mut styles, &mut edits).unwrap();
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
        assert!(sheet.fill(&wanted, &mut styles, &mut Edits::default()).is_err());
    }

    #[test]
    fn a_choice_of_versions_stands_where_its_first_would() {
        let choice = "<mc:AlternateContent><mc:Choice Requires=\"x14\"><controls><control/></controls></mc:Choice></mc:AlternateContent>";
        let sheet = Sheet::read(format!("<worksheet><sheetData/>{choice}<extLst/></worksheet>")).unwrap();
        let names: Vec<&str> = sheet.children.iter().map(|child| child.name.as_str()).collect();
        assert_eq!(names, ["sheetData", "controls", "extLst"]);
    }

    #[test]
    fn a_merged_cell_goes_by_its_first() {
        let text = "<worksheet><sheetData/><mergeCells><mergeCell ref=\"B2:C4\"/></mergeCells></worksheet>";
        let sheet = Sheet::read(text.into()).unwrap();
        assert_eq!(sheet.anchor("C3".parse().unwrap()), "B2".parse().unwrap());
    }
}
