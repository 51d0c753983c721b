//! A worksheet's rows and cells by byte offset.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Refusal;
use super::xml::{self, Edits, Kind, Token, Tokens};
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
    /// Its rows.
    pub rows: Vec<Row>,
    merged: Vec<Area>,
    /// The rows stand in their order.
    pub ordered: bool,
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

impl Child {
    fn begun(name: &str, token: Token) -> Self {
        let (start, end) = (token.start, token.end);
        Self { name: name.to_string(), start, opened: end, close: end, end }
    }
}

/// A row.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// Counted from nought.
    pub index: u32,
    /// First byte.
    pub start: usize,
    /// First byte after the opening tag.
    pub opened: usize,
    /// First byte of the closing tag.
    pub close: usize,
    /// First byte after it.
    pub end: usize,
}

/// A cell.
pub struct Cell {
    /// Counted from nought.
    pub column: u32,
    /// First byte.
    pub start: usize,
    /// First byte after the opening tag.
    pub opened: usize,
}

impl Sheet {
    /// Takes a worksheet apart.
    pub fn read(text: String) -> Result<Self, Refusal> {
        let mut sheet = Self {
            text: String::new(),
            prefix: String::new(),
            root: 0..0,
            close: 0,
            children: Vec::new(),
            rows: Vec::new(),
            merged: Vec::new(),
            ordered: true,
        };
        let mut tokens = Tokens::new(&text, 0);
        let mut depth = 0usize;
        // Whether the pass is among the rows, and the row that comes next.
        let (mut in_rows, mut next) = (false, 0u32);
        while let Some(token) = tokens.next()? {
            let tag = text.get(token.start..token.end).unwrap_or("");
            match token.kind {
                Kind::Other => {}
                Kind::Close => {
                    depth = depth.saturating_sub(1);
                    sheet.closed(token, depth, in_rows);
                    in_rows &= depth != 1;
                }
                Kind::Open | Kind::Empty => {
                    match depth {
                        0 => (sheet.root, sheet.prefix) = (token.start..token.end, xml::prefix(tag).to_string()),
                        1 => {
                            in_rows = xml::local(tag) == "sheetData" && token.kind == Kind::Open;
                            sheet.children.push(Child::begun(xml::local(tag), token));
                        }
                        2 if in_rows && xml::local(tag) == "row" => next = sheet.row(tag, token, next)?,
                        _ if in_rows => {}
                        _ => sheet.below(tag, depth),
                    }
                    depth += usize::from(token.kind == Kind::Open);
                }
            }
        }
        sheet.text = text;
        if sheet.child("sheetData").is_none() {
            return Err(Refusal("one of its sheets has no cells part".into()));
        }
        Ok(sheet)
    }

    /// Ends the document, an element right under it, or a row.
    fn closed(&mut self, token: Token, depth: usize, in_rows: bool) {
        match depth {
            0 => self.close = token.start,
            1 => {
                if let Some(child) = self.children.last_mut() {
                    (child.close, child.end) = (token.start, token.end);
                }
            }
            2 if in_rows => {
                if let Some(row) = self.rows.last_mut() {
                    (row.close, row.end) = (token.start, token.end);
                }
            }
            _ => {}
        }
    }

    /// Begins a row, and says which comes next.
    fn row(&mut self, tag: &str, token: Token, next: u32) -> Result<u32, Refusal> {
        let named = xml::number(tag, "r").and_then(|row| u32::try_from(row).ok()?.checked_sub(1));
        let index = named.unwrap_or(next);
        if index >= ROWS_MOST {
            return Err(Refusal("one of its rows lies beyond the last row of a sheet".into()));
        }
        self.ordered &= index >= next;
        let (start, end) = (token.start, token.end);
        self.rows.push(Row { index, start, opened: end, close: end, end });
        Ok(index + 1)
    }

    /// Takes in what stands deeper than right under the document, beside the rows.
    fn below(&mut self, tag: &str, depth: usize) {
        if depth == 2 && xml::local(tag) == "mergeCell" {
            self.merged.extend(xml::attribute(tag, "ref").and_then(|area| area.value.parse::<Area>().ok()));
        }
        // A choice of versions (mc:AlternateContent) stands where its first offer would.
        if depth == 3
            && let Some(child) = self.children.last_mut().filter(|child| child.name == "AlternateContent")
        {
            child.name = xml::local(tag).to_string();
        }
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

    /// The cells of a row.
    pub fn cells(&self, row: Row) -> Result<Vec<Cell>, Refusal> {
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

#[cfg(test)]
mod tests {
    use super::*;

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
