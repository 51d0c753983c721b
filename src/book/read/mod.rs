//! Bytes into sheets: the format is told by content, and nothing is guessed in silence.

mod csv;
mod dates;
mod formats;
mod guard;
mod kind;
mod marks;
mod ods;
mod parts;
mod shown;
mod structure;
mod xls;
mod xlsb;
mod xlsx;

use serde::{Deserialize, Serialize};

use crate::book::sheet::RawBook;

pub use kind::format;

/// A file's format, told by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// An Excel workbook without macros.
    Workbook,
    /// An Excel workbook with macros.
    MacroWorkbook,
    /// Excel's binary workbook.
    Xlsb,
    /// A workbook of Excel 5 to 2003.
    Xls,
    /// An OpenDocument workbook.
    OpenDocument,
    /// Text with one row a line.
    Csv,
}

impl Format {
    /// Whether a workbook of this format is annotated itself; the others give a copy of their values.
    pub fn is_annotated(self) -> bool {
        matches!(self, Format::Workbook | Format::MacroWorkbook)
    }

    /// Whether the readers of this format may end the program on a damaged file, so that the cells
    /// are best read in a process of their own.
    pub fn is_read_apart(self) -> bool {
        matches!(self, Format::Xlsb | Format::Xls | Format::OpenDocument)
    }
}

/// Why a file could not be read, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unreadable {
    /// A limit or a rule of ours refused it; otherwise the file itself cannot be read.
    pub refused: bool,
    /// One or two sentences without the file's name.
    pub why: String,
}

impl Unreadable {
    fn broken(why: impl Into<String>) -> Self {
        Self { refused: false, why: why.into() }
    }

    fn refused(why: impl Into<String>) -> Self {
        Self { refused: true, why: why.into() }
    }
}

/// Reads a workbook or CSV; `stem` is the file's name without ending, which names a CSV's sheet.
///
/// # Errors
///
/// The file is empty, protected by a password, damaged, of a format that is not read, or past a
/// limit; the sentence says which and what to do.
pub fn read(bytes: &[u8], stem: &str) -> Result<(Format, RawBook), Unreadable> {
    let format = format(bytes)?;
    let book = match format {
        Format::Workbook | Format::MacroWorkbook => xlsx::read(bytes),
        Format::Xlsb => xlsb::read(bytes),
        Format::Xls => xls::read(bytes),
        Format::OpenDocument => ods::read(bytes),
        Format::Csv => csv::read(bytes, stem),
    };
    Ok((format, book?))
}
