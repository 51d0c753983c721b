//! Bytes into sheets: the format is told by content, and nothing is guessed in silence.

mod bytes;
mod csv;
mod dates;
mod formats;
mod kind;
mod lines;
mod marks;
mod ods;
mod shown;
mod structure;
mod tags;
mod unreadable;
mod xls;
mod xlsb;
mod xlsx;

use crate::book::package::Package;
use crate::book::sheet::RawBook;

pub use unreadable::Unreadable;

/// Most cells read from one workbook.
const CELLS_MOST: usize = 20_000_000;

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

/// A file whose format is told; the package of a workbook is opened once and handed on.
pub struct Spreadsheet<'a> {
    bytes: &'a [u8],
    format: Format,
    package: Option<Package<'a>>,
}

impl<'a> Spreadsheet<'a> {
    /// Tells the format of a file.
    ///
    /// # Errors
    ///
    /// The file is empty, protected by a password, damaged, of a format that is not read, or past a
    /// limit; the sentence says which and what to do.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        let (format, package) = kind::told(bytes)?;
        Ok(Self { bytes, format, package })
    }

    /// The format, told by the content.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The file as it is.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The cells of all sheets; `stem` is the file's name without ending, which names a CSV's sheet.
    ///
    /// # Errors
    ///
    /// As [`Spreadsheet::open`].
    pub fn cells(&mut self, stem: &str) -> Result<RawBook, Unreadable> {
        match (self.format, &mut self.package) {
            (Format::Workbook | Format::MacroWorkbook, Some(package)) => xlsx::read(package, self.bytes),
            (Format::Xlsb, Some(package)) => xlsb::read(package, self.bytes),
            (Format::OpenDocument, Some(package)) => ods::read(package),
            (Format::Xls, _) => xls::read(self.bytes),
            _ => csv::read(self.bytes, stem),
        }
    }

    /// The package of a workbook that is one.
    pub(super) fn into_package(self) -> Option<Package<'a>> {
        self.package
    }
}

/// Reads a workbook or CSV; `stem` is the file's name without ending, which names a CSV's sheet.
///
/// # Errors
///
/// As [`Spreadsheet::open`].
pub fn read(bytes: &[u8], stem: &str) -> Result<(Format, RawBook), Unreadable> {
    let mut file = Spreadsheet::open(bytes)?;
    let book = file.cells(stem)?;
    Ok((file.format, book))
}
