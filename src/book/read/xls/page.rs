//! The records of one sheet: which cells hold something, and what calamine does not tell of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::read::bytes::{u16_at, u32_at};
use crate::book::sheet::{Area, CellRef, Width};

use super::records::Records;

/// Rows and columns that a sheet of these formats can have.
const ROWS_MOST: u32 = 65_536;
const COLUMNS_MOST: u32 = 256;

/// What calamine does not tell of a sheet.
#[derive(Default)]
pub struct Page {
    /// Every cell that holds something, with what is known of it already and the number of its format.
    pub cells: BTreeMap<CellRef, (Known, u16)>,
    pub formulas: BTreeSet<CellRef>,
    pub hidden_rows: BTreeSet<u32>,
    pub hidden_columns: BTreeSet<u32>,
    pub widths: Vec<Width>,
    pub merged: Vec<Area>,
    pub filtered: bool,
}

/// What is known of a cell's value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// calamine has the value.
    Value,
    /// The result of a formula is a text, which the next record holds.
    TextToCome,
    /// A text of no length.
    NoText,
}

/// Reads the records of a sheet.
///
/// # Errors
///
/// The sheet ends in its middle, or its cells cannot be told apart.
pub fn page(stream: &[u8], start: usize) -> Result<Page, String> {
    const SHORT: &str = "one of its records is cut short; open it in Excel, let it be repaired and save it as .xlsx";
    const BEGIN: u16 = 0x809;
    const END: u16 = 0x0A;
    let mut page = Page::default();
    let mut depth = 0;
    let mut last = CellRef::default();
    for (kind, data) in (Records { stream, at: start }) {
        match kind {
            BEGIN => depth += 1,
            END if depth <= 1 => return Ok(page),
            END => depth -= 1,
            _ if depth == 0 => {
                return Err("it does not stand where the workbook says; open it in Excel and save it as .xlsx".into());
            }
            // What stands within an embedded chart.
            _ if depth > 1 => {}
            _ => page.record(kind, data, &mut last).ok_or(SHORT)??,
        }
    }
    Err("it ends in its middle; ask for the workbook to be sent again".into())
}

impl Page {
    /// Takes one record in; `None` where it is shorter than it has to be.
    fn record(&mut self, kind: u16, data: &[u8], last: &mut CellRef) -> Option<Result<(), String>> {
        let place = || Some(CellRef::new(u32::from(u16_at(data, 0)?), u32::from(u16_at(data, 2)?)));
        match kind {
            // Number, label, text, truth value or error, rich text, packed number.
            0x203 | 0x204 | 0xFD | 0x205 | 0xD6 | 0x27E => {
                return Some(self.add(place()?, Known::Value, u16_at(data, 4)?));
            }
            // Packed numbers beside each other.
            0xBD => {
                let (first, end) = (place()?, u32::from(u16_at(data, data.len().checked_sub(2)?)?));
                // A format and a number, six bytes together.
                let format = |at| u16_at(data, 4 + 6 * at).unwrap_or(0);
                let mut cells = (first.column..=end).map(|column| CellRef::new(first.row, column)).enumerate();
                return Some(cells.try_for_each(|(at, cell)| self.add(cell, Known::Value, format(at))));
            }
            0x06 | 0x206 | 0x406 => {
                let place = place()?;
                let result = data.get(6..14)?;
                let known = match (result[0], result[6] == 0xFF && result[7] == 0xFF) {
                    (0, true) => Known::TextToCome,
                    (3, true) => Known::NoText,
                    _ => Known::Value,
                };
                *last = place;
                self.formulas.insert(place);
                return Some(self.add(place, known, u16_at(data, 4)?));
            }
            0x207 => {
                if let Some((known @ Known::TextToCome, _)) = self.cells.get_mut(last) {
                    *known = Known::Value;
                }
            }
            0x208 if u16_at(data, 12)? & 0x20 != 0 => _ = self.hidden_rows.insert(u32::from(u16_at(data, 0)?)),
            0x7D => self.columns(data)?,
            0x9B => self.filtered = true,
            0xE5 => {
                for area in data.get(2..)?.chunks_exact(8) {
                    let at = |at| u16_at(area, at).map(u32::from);
                    let (first, end) = (CellRef::new(at(0)?, at(4)?), CellRef::new(at(2)?, at(6)?));
                    self.merged.push(Area { first, last: end });
                }
            }
            0x200 => return claimed(data),
            _ => {}
        }
        Some(Ok(()))
    }

    fn columns(&mut self, data: &[u8]) -> Option<()> {
        let (first, end) = (u32::from(u16_at(data, 0)?), u32::from(u16_at(data, 2)?));
        let last = end.min(COLUMNS_MOST - 1);
        if u16_at(data, 8)? & 1 != 0 {
            self.hidden_columns.extend(first..=last);
        }
        // In parts of a digit of the usual font, which is seven pixels wide.
        let pixels = (f64::from(u16_at(data, 4)?) * 7.0 / 256.0).round() as u32;
        self.widths.push(Width { first, last, pixels });
        Some(())
    }

    fn add(&mut self, place: CellRef, known: Known, format: u16) -> Result<(), String> {
        if place.column >= COLUMNS_MOST {
            return Err("a cell has an address that no sheet has; open it in Excel and save it as .xlsx".into());
        }
        match self.cells.insert(place, (known, format)) {
            None => Ok(()),
            Some(_) => Err("a cell stands twice; open it in Excel and save it as .xlsx".into()),
        }
    }
}

/// Holds the extent that a sheet claims to what a sheet can be, for calamine believes it.
fn claimed(data: &[u8]) -> Option<Result<(), String>> {
    let (first, rows, columns) = match data.len() {
        10 => (u32::from(u16_at(data, 0)?), u32::from(u16_at(data, 2)?), u16_at(data, 6)?),
        _ => (u32_at(data, 0)?, u32_at(data, 4)?, u16_at(data, 10)?),
    };
    if rows > ROWS_MOST || u32::from(columns) > COLUMNS_MOST || first > rows.max(1) {
        return Some(Err("it claims to be larger than a sheet can be; open it in Excel and save it as .xlsx".into()));
    }
    Some(Ok(()))
}

/// How many places lie between the outermost cells.
pub fn extent<'a>(cells: impl Iterator<Item = &'a CellRef>) -> usize {
    let mut corners: Option<(CellRef, CellRef)> = None;
    for cell in cells {
        let (low, high) = corners.get_or_insert((*cell, *cell));
        *low = CellRef::new(low.row.min(cell.row), low.column.min(cell.column));
        *high = CellRef::new(high.row.max(cell.row), high.column.max(cell.column));
    }
    corners.map_or(0, |(low, high)| ((high.row - low.row + 1) * (high.column - low.column + 1)) as usize)
}
