//! Cells and areas by their addresses.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Most rows of a sheet.
pub const ROWS_MOST: u32 = 1_048_576;
/// Most columns of a sheet.
pub const COLUMNS_MOST: u32 = 16_384;

/// A cell's address on its sheet, zero-based; shown as `C7`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct CellRef {
    /// Zero-based row.
    pub row: u32,
    /// Zero-based column.
    pub column: u32,
}

impl CellRef {
    /// The cell in this row and column, both counted from nought.
    pub fn new(row: u32, column: u32) -> Self {
        Self { row, column }
    }
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", column_letters(self.column), u64::from(self.row) + 1)
    }
}

impl FromStr for CellRef {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let text = text.trim_start_matches('$');
        let split = text.find(|c: char| !c.is_ascii_alphabetic()).ok_or(())?;
        let (letters, digits) = text.split_at(split);
        let digits = digits.trim_start_matches('$');
        if letters.is_empty() || letters.len() > 3 || digits.is_empty() || digits.len() > 7 {
            return Err(());
        }
        let mut column = 0u32;
        for letter in letters.bytes() {
            column = column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1;
        }
        let row: u32 = digits.parse().map_err(|_| ())?;
        if row == 0 || row > ROWS_MOST || column > COLUMNS_MOST {
            return Err(());
        }
        Ok(Self::new(row - 1, column - 1))
    }
}

/// The letters of a zero-based column: 0 is `A`, 26 is `AA`.
pub fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut left = u64::from(column) + 1;
    while left > 0 {
        left -= 1;
        letters.push(b'A' + (left % 26) as u8);
        left /= 26;
    }
    letters.iter().rev().map(|byte| *byte as char).collect()
}

/// A rectangle of cells, both corners within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// Upper left corner.
    pub first: CellRef,
    /// Lower right corner.
    pub last: CellRef,
}

impl Area {
    /// Whether the cell lies within.
    pub fn contains(&self, cell: CellRef) -> bool {
        (self.first.row..=self.last.row).contains(&cell.row)
            && (self.first.column..=self.last.column).contains(&cell.column)
    }

    /// Whether its corners are in order and on a sheet; damaged files claim others.
    pub fn is_on_a_sheet(&self) -> bool {
        let (first, last) = (self.first, self.last);
        first.row <= last.row && first.column <= last.column && last.row < ROWS_MOST && last.column < COLUMNS_MOST
    }
}

impl FromStr for Area {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        Ok(Self { first: first.parse()?, last: last.parse()? })
    }
}

/// A cell of a workbook: the sheet by its position, and the address on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Position of the sheet in the workbook, from nought.
    pub sheet: usize,
    /// Address on that sheet.
    pub cell: CellRef,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_read_back() {
        for text in ["A1", "Z9", "AA10", "XFD1048576"] {
            assert_eq!(text.parse::<CellRef>().unwrap().to_string(), text);
        }
        for text in ["", "A", "1", "A0", "XFE1", "A1048577", "ABCD1"] {
            assert!(text.parse::<CellRef>().is_err(), "{text}");
        }
    }
}
