//! Bytes into sheets: the format is told by content, and nothing is guessed in silence.

mod csv;
mod guard;
mod structure;
mod xlsx;

use crate::sheet::RawBook;

/// A file's format, told by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// An Excel workbook, with or without macros.
    Workbook,
    /// Text with one row a line.
    Csv,
}

/// Why a file could not be read, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    if bytes.is_empty() {
        return Err(Unreadable::broken("the file is empty; ask for it to be sent again"));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Ok((Format::Workbook, xlsx::read(bytes)?));
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(compound_file(bytes));
    }
    if looks_binary(bytes) {
        return Err(Unreadable::broken("this is not a workbook; save it from Excel as .xlsx or .csv"));
    }
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(512)]).trim_start_matches('\u{feff}').to_lowercase();
    let start = start.trim_start();
    if start.starts_with("<!doctype html") || start.starts_with("<html") || start.starts_with("<table") {
        return Err(Unreadable::broken("this is a web page, not a workbook; open it in Excel and save it as .xlsx"));
    }
    if start.starts_with("<?xml") || start.starts_with("{\\rtf") || start.starts_with("%pdf") {
        return Err(Unreadable::broken("this is not a workbook; save it from Excel as .xlsx or .csv"));
    }
    Ok((Format::Csv, csv::read(bytes, stem)?))
}

/// What a compound file is: a workbook under a password, or Excel's format of before 2007.
fn compound_file(bytes: &[u8]) -> Unreadable {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if bytes.windows(name.len()).any(|window| window == name) {
        return Unreadable::refused("the workbook is protected by a password; save a copy without one");
    }
    Unreadable::refused("this is an .xls workbook of Excel 97–2003; open it in Excel and save it as .xlsx")
}

/// Whether bytes are no text in any encoding we read: control characters, but for UTF-16's.
fn looks_binary(bytes: &[u8]) -> bool {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return false;
    }
    let start = &bytes[..bytes.len().min(4096)];
    let zeros = start.iter().filter(|byte| **byte == 0).count();
    if zeros * 3 >= start.len() {
        // UTF-16 without a mark: every other byte is nought.
        return !csv::is_utf16_without_mark(start);
    }
    start.iter().any(|byte| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1a))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_workbook_says_so() {
        let why = |bytes: &[u8]| read(bytes, "a").unwrap_err().why;
        assert!(why(b"").contains("empty"));
        assert!(why(b"\x89PNG\r\n\x1a\n\0\0\0").contains("not a workbook"));
        assert!(why(b"<html><body>").contains("web page"));
        assert!(why(b"%PDF-1.7\n").contains("not a workbook"));
        let mut locked = vec![0xD0, 0xCF, 0x11, 0xE0, 0, 0];
        locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
        assert!(why(&locked).contains("password"));
        assert!(why(b"PK\x03\x04rubbish").contains("damaged"));
    }
}
