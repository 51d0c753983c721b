//! The lines of a CSV before they are read: held to what a sheet can hold, and none of them lost.

use crate::book::read::{CELLS_MOST, Unreadable};
use crate::book::sheet;

/// Most rows and columns that a spreadsheet can show.
pub const ROWS_MOST: usize = sheet::ROWS_MOST as usize;
pub const COLUMNS_MOST: usize = sheet::COLUMNS_MOST as usize;
/// Most UTF-16 units in a cell of a spreadsheet.
pub const CELL_MOST: usize = 32_767;

/// Gives blank lines an empty field: the reader would skip them, and every address below would be wrong.
/// On the way the text is held to what a sheet can hold, before anything is made of it.
///
/// # Errors
///
/// A quotation mark that is not closed, or more in a cell, a row or the whole than a sheet can hold.
pub fn keep_blank_lines(text: &str, separator: u8) -> Result<String, Unreadable> {
    let mut kept = String::with_capacity(text.len() + 64);
    let mut written = 0;
    let mut pass = Pass::default();
    let bytes = text.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        let ends_line = byte == b'\n' || (byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
        if ends_line && pass.field == Field::Start && pass.columns == 0 {
            let end = at - usize::from(byte == b'\n' && at > 0 && bytes[at - 1] == b'\r');
            kept.push_str(&text[written..end]);
            kept.push_str("\"\"");
            written = end;
        }
        if pass.takes(byte, separator, ends_line)? {
            pass.count(byte)?;
        }
    }
    if pass.field == Field::Quoted {
        return Err(pass.unclosed());
    }
    kept.push_str(&text[written..]);
    Ok(kept)
}

/// Where in a field a text is.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Field {
    /// Before its first character.
    #[default]
    Start,
    /// In a field without quotation marks.
    Plain,
    /// Between quotation marks.
    Quoted,
    /// Behind a quotation mark that closes the field, unless another follows.
    Closed,
}

/// Where the pass over a text stands; what is counted lies behind it.
#[derive(Default)]
struct Pass {
    field: Field,
    lines: usize,
    rows: usize,
    /// Columns of this row.
    columns: usize,
    cells: usize,
    /// UTF-16 units of this cell.
    units: usize,
    /// The line of the quotation mark that is open.
    opened: usize,
    /// A line has ended since the quotation mark was opened.
    broken: bool,
}

impl Pass {
    /// Goes over a byte; whether it is of a cell's text.
    fn takes(&mut self, byte: u8, separator: u8, ends_line: bool) -> Result<bool, Unreadable> {
        self.lines += usize::from(ends_line);
        match (self.field, byte) {
            (Field::Quoted, b'"') => {
                self.field = Field::Closed;
                return Ok(false);
            }
            (Field::Quoted, _) => self.broken |= ends_line,
            (_, byte) if byte == separator => {
                (self.field, self.columns, self.units) = (Field::Start, self.columns + 1, 0);
                self.cells += 1;
                if self.columns >= COLUMNS_MOST {
                    return Err(too_much(&format!("row {} has more than {COLUMNS_MOST} columns", self.rows + 1)));
                }
                return Ok(false);
            }
            (_, b'\r' | b'\n') => {
                if ends_line {
                    (self.field, self.columns, self.units) = (Field::Start, 0, 0);
                    (self.rows, self.cells) = (self.rows + 1, self.cells + 1);
                    if self.cells > CELLS_MOST {
                        return Err(too_much(&format!("the CSV has more than {CELLS_MOST} cells")));
                    }
                }
                return Ok(false);
            }
            (Field::Start, b'"') => {
                (self.field, self.opened, self.broken) = (Field::Quoted, self.lines + 1, false);
                return Ok(false);
            }
            (Field::Closed, b'"') => self.field = Field::Quoted,
            // A field over several lines whose mark is followed by more text took in the beginning of another.
            (Field::Closed, _) if self.broken => return Err(self.unclosed()),
            _ => self.field = Field::Plain,
        }
        Ok(true)
    }

    /// Counts a byte of a cell's text.
    fn count(&mut self, byte: u8) -> Result<(), Unreadable> {
        if self.rows >= ROWS_MOST {
            return Err(too_much(&format!("the CSV has more than {ROWS_MOST} rows")));
        }
        // Text counts as spreadsheets count it: two units for what UTF-8 writes in four bytes.
        self.units += match byte {
            0x80..=0xBF => 0,
            0xF0.. => 2,
            _ => 1,
        };
        if self.units > CELL_MOST {
            return Err(match self.field {
                Field::Quoted if self.broken => self.unclosed(),
                _ => too_much(&format!("a cell on line {} has more than {CELL_MOST} characters", self.lines + 1)),
            });
        }
        Ok(())
    }

    fn unclosed(&self) -> Unreadable {
        Unreadable::broken(format!(
            "the quotation mark that opens on line {} is not closed, so the rows below it would be lost; close or \
             remove it, or save the sheet from Excel as .xlsx",
            self.opened
        ))
    }
}

fn too_much(what: &str) -> Unreadable {
    Unreadable::refused(format!(
        "{what}, which is more than a sheet can hold; split it, or save it from Excel as .xlsx"
    ))
}
