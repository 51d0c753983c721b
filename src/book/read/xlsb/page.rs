//! The records of one sheet.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::book::read::bytes::{u16_at, u32_at};
use crate::book::sheet::{Area, COLUMNS_MOST, CellRef, ROWS_MOST, RawCell, RawRow, RawSheet, Value, Width};

use super::formats::{Context, Looked};
use super::records::{Records, text_at};

/// Reads the records of a sheet.
///
/// # Errors
///
/// The sheet ends in its middle, or its cells cannot be told apart.
pub fn page(sheet: &mut RawSheet, part: &[u8], context: &Context, left: &mut usize) -> Result<(), String> {
    const SHORT: &str = "a record of the sheet is cut short";
    const END_SHEET: u16 = 130;
    let mut pass = Pass { sheet, context, left, last: None, hidden_columns: BTreeSet::new() };
    for (kind, data) in (Records { left: part }) {
        if kind == END_SHEET {
            pass.sheet.rows.retain(|row| !row.cells.is_empty());
            pass.sheet.hidden_columns = pass.hidden_columns.into_iter().collect();
            return Ok(());
        }
        pass.record(kind, data).ok_or(SHORT)??;
    }
    Err("the sheet ends in its middle".into())
}

/// Where the pass over a sheet stands.
struct Pass<'a> {
    sheet: &'a mut RawSheet,
    context: &'a Context,
    /// How many cells may still be read.
    left: &'a mut usize,
    /// The cell before.
    last: Option<CellRef>,
    hidden_columns: BTreeSet<u32>,
}

impl Pass<'_> {
    /// Takes one record in; `None` where it is shorter than it has to be.
    fn record(&mut self, kind: u16, data: &[u8]) -> Option<Result<(), String>> {
        match kind {
            0 => {
                let index = u32_at(data, 0)?;
                if index >= ROWS_MOST || self.sheet.rows.last().is_some_and(|row| index <= row.index) {
                    return Some(Err("rows stand in the wrong order or twice".into()));
                }
                let hidden = data.get(11)? & 0x10 != 0;
                self.sheet.rows.push(RawRow { index, hidden, cells: Vec::new() });
            }
            2..=11 | 62 => return self.cell(kind, data),
            60 => self.columns(data)?,
            163 => self.sheet.filtered = true,
            176 => {
                let at = |at| u32_at(data, at);
                let (first, last) = (CellRef::new(at(0)?, at(8)?), CellRef::new(at(4)?, at(12)?));
                self.sheet.merged.extend(Some(Area { first, last }).filter(Area::is_on_a_sheet));
            }
            _ => {}
        }
        Some(Ok(()))
    }

    fn cell(&mut self, kind: u16, data: &[u8]) -> Option<Result<(), String>> {
        let Some(row) = self.sheet.rows.last_mut() else { return Some(Err("a cell stands in no row".into())) };
        let column = u32_at(data, 0)?;
        let place = CellRef::new(row.index, column);
        if column >= COLUMNS_MOST || self.last.is_some_and(|last| place <= last) || *self.left == 0 {
            return Some(Err("cells stand twice, in the wrong order or beyond the sheet".into()));
        }
        self.last = Some(place);
        *self.left -= 1;
        if let Some((value, look)) = value(kind, data, self.context)? {
            self.sheet.appearance.shown.extend(look.map(|look| (place, look)));
            row.cells.push(RawCell { column, value, formula: (8..=11).contains(&kind) });
        }
        Some(Ok(()))
    }

    fn columns(&mut self, data: &[u8]) -> Option<()> {
        let (first, last) = (u32_at(data, 0)?, u32_at(data, 4)?.min(COLUMNS_MOST - 1));
        if u16_at(data, 16)? & 1 != 0 {
            self.hidden_columns.extend(first..=last);
        }
        // In parts of a digit of the usual font, which is seven pixels wide.
        let pixels = (f64::from(u32_at(data, 8)?) * 7.0 / 256.0).round() as u32;
        self.sheet.appearance.widths.push(Width { first, last, pixels });
        Some(())
    }
}

/// What a cell holds; the outer `None` where its record is cut short.
fn value(kind: u16, data: &[u8], context: &Context) -> Option<Option<Looked>> {
    let style = u32_at(data, 4)? & 0x00FF_FFFF;
    let number = match kind {
        2 => Some(unpacked(u32_at(data, 8)?)),
        5 | 9 => Some(f64::from_le_bytes(data.get(8..16)?.try_into().ok()?)),
        _ => None,
    };
    if let Some(number) = number.filter(|number| number.is_finite()) {
        return Some(Some(context.number(style, number)));
    }
    let text = |text: &str| (!text.is_empty()).then(|| Value::Text(Arc::from(text)));
    let value = match kind {
        // A number without a value.
        2 | 5 | 9 => Some(Value::Error("#NUM!".into())),
        3 | 11 => Some(error(*data.get(8)?)),
        4 | 10 => Some(Value::Bool(*data.get(8)? != 0)),
        6 | 8 => text(&text_at(data, 8)?.0),
        // Rich text has a byte in front that tells of its runs.
        62 => text(&text_at(data, 9)?.0),
        _ => match context.texts.get(u32_at(data, 8)? as usize) {
            Some(shared) if shared.is_empty() => None,
            Some(shared) => Some(Value::Text(Arc::clone(shared))),
            // The cell points at a text that is not there.
            None => Some(Value::Error("#TEXT?".into())),
        },
    };
    Some(value.map(|value| (value, None)))
}

/// A number packed into thirty bits: whole or the upper half of a float, and perhaps in hundredths.
fn unpacked(packed: u32) -> f64 {
    let number =
        if packed & 2 != 0 { f64::from((packed as i32) >> 2) } else { f64::from_bits(u64::from(packed & !3) << 32) };
    if packed & 1 != 0 { number / 100.0 } else { number }
}

/// An error by its number; those of newer versions have no name that is read here.
fn error(code: u8) -> Value {
    let name = match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        0x2B => "#GETTING_DATA",
        _ => "#ERROR!",
    };
    Value::Error(name.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_widths_and_may_be_hidden() {
        let mut sheet = RawSheet::default();
        // The third and fourth column, ten digits wide in 256ths; then the end of the sheet.
        let columns = [60, 18, 2, 0, 0, 0, 3, 0, 0, 0, 0, 10, 0, 0, 0, 0, 0, 0, 1, 0];
        let part = [&columns[..], &[0x82, 1, 0]].concat();
        let context = Context { texts: Vec::new(), formats: Vec::new(), from_1904: false };
        page(&mut sheet, &part, &context, &mut 0).unwrap();
        assert_eq!(sheet.hidden_columns, [2, 3]);
        assert_eq!(sheet.appearance.widths, [Width { first: 2, last: 3, pixels: 70 }]);
    }

    #[test]
    fn packed_numbers() {
        assert_eq!(unpacked(0b10 | 5 << 2), 5.0);
        assert_eq!(unpacked(0b11 | 65 << 2), 0.65);
        assert_eq!(unpacked((-3i32 << 2) as u32 | 0b10), -3.0);
        assert_eq!(unpacked((1.5f64.to_bits() >> 32) as u32), 1.5);
    }
}
