//! What a file is, told by its content and never by its name.

use crate::book::package::Package;
use crate::book::read::{Format, Unreadable, csv};

/// The format of a file with its package, where it is one; or what it is instead and what to do about it.
///
/// # Errors
///
/// The file is of no format that is read, protected by a password, damaged, or past a limit.
pub fn told(bytes: &[u8]) -> Result<(Format, Option<Package<'_>>), Unreadable> {
    if bytes.is_empty() {
        return Err(Unreadable::broken("the file is empty; ask for it to be sent again"));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        let mut package = Package::open(bytes)?.within_limits()?;
        return Ok((packed(&mut package)?, Some(package)));
    }
    // What else may stand in a compound file its reader tells.
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Ok((Format::Xls, None));
    }
    if let Some((_, what)) = OLD.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(to_be_saved(what));
    }
    if let Some((_, what)) = OTHERS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(no_workbook(what));
    }
    if looks_binary(bytes) {
        return Err(Unreadable::broken("this is not a workbook; save it from Excel as .xlsx or .csv"));
    }
    match csv::decoded_start(bytes).trim_start_matches('\u{feff}').trim_start().to_lowercase() {
        text if MARK_UPS.iter().any(|start| text.starts_with(start)) => Err(marked_up(&text)),
        text if is_sylk(&text) => Err(to_be_saved("a SYLK file")),
        text if text.starts_with("mime-version:") || text.contains("\nmime-version:") => {
            Err(to_be_saved("a web page saved as one file (MHTML)"))
        }
        _ => Ok((Format::Csv, None)),
    }
}

/// Says what a file is that is no workbook at all.
pub fn no_workbook(what: &str) -> Unreadable {
    Unreadable::broken(format!(
        "this is {what}, not a workbook; give the workbook itself, and save it from Excel as .xlsx"
    ))
}

/// Says what a file is that a spreadsheet opens and that is not read here.
fn to_be_saved(what: &str) -> Unreadable {
    Unreadable::broken(format!("this is {what}, whatever its name ends in; open it in Excel and save it as .xlsx"))
}

/// Old formats of spreadsheets, by their first bytes.
const OLD: &[(&[u8], &str)] = &[
    (&[0x09, 0x00, 0x04, 0x00], "a workbook of Excel 2"),
    (&[0x09, 0x02, 0x06, 0x00], "a workbook of Excel 3"),
    (&[0x09, 0x04, 0x06, 0x00], "a workbook of Excel 4"),
];

/// Formats of other things, by their first bytes.
const OTHERS: &[(&[u8], &str)] = &[
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a text document (RTF)"),
    (&[0x1F, 0x8B], "a packed file (gzip)"),
    (b"7z\xBC\xAF\x27\x1C", "a packed file (7z)"),
    (b"Rar!", "a packed file (RAR)"),
    (b"\x89PNG", "a picture"),
    (&[0xFF, 0xD8, 0xFF], "a picture"),
];

/// What a zip holds: a workbook, or another kind of document.
fn packed(package: &mut Package<'_>) -> Result<Format, Unreadable> {
    if package.has("mimetype") {
        let kind = package.xml("mimetype")?.unwrap_or_default();
        return match kind.strip_prefix(b"application/vnd.oasis.opendocument.") {
            Some(kind) if kind.starts_with(b"spreadsheet") => Ok(Format::OpenDocument),
            Some(kind) if kind.starts_with(b"text") => Err(no_workbook("an OpenDocument text")),
            _ => Err(no_workbook("a document of another program")),
        };
    }
    if package.ends_in(".iwa") || package.has("index.zip") {
        return Err(Unreadable::broken(
            "this is a document of Apple's Numbers or Pages; open it there and export it to Excel",
        ));
    }
    for (part, what) in [
        ("word/document.xml", "a Word document"),
        ("ppt/presentation.xml", "a PowerPoint presentation"),
        ("visio/document.xml", "a Visio drawing"),
    ] {
        if package.has(part) {
            return Err(no_workbook(what));
        }
    }
    if !package.has("_rels/.rels") {
        return Err(Unreadable::broken(
            "this is a zip archive, not a workbook; unpack it and give the folder, or save the workbook again from Excel",
        ));
    }
    match package.main_part()? {
        None => Err(Unreadable::broken("this is not an Excel workbook; save it from Excel as .xlsx")),
        Some(main) if main.ends_with(".bin") => Ok(Format::Xlsb),
        Some(_) => {
            // A spreadsheet opens either of them only under its own ending, and goes by what is declared here.
            let declared = package.xml("[Content_Types].xml")?.unwrap_or_default();
            let macros = b"sheet.macroEnabled.main+xml";
            let has_macros = declared.windows(macros.len()).any(|window| window == macros);
            Ok(if has_macros { Format::MacroWorkbook } else { Format::Workbook })
        }
    }
}

/// Whether lines of text are cells by their letters; a CSV's first heading may well be `ID`.
fn is_sylk(text: &str) -> bool {
    let mut lines = text.lines();
    let second = |line: &str| ["p;", "f;", "b;", "c;", "o;", "nn;"].iter().any(|start| line.starts_with(start));
    lines.next().is_some_and(|first| first.starts_with("id;p")) && lines.next().is_some_and(second)
}

/// How mark-up begins; a CSV's first cell may begin with `<` as well.
const MARK_UPS: &[&str] =
    &["<?xml", "<!", "<html", "<head", "<meta", "<style", "<body", "<table", "<div", "<workbook", "<office:document"];

/// What a text is that begins with a mark-up; some systems call their reports `.xls` although they are one.
fn marked_up(text: &str) -> Unreadable {
    let has = |word: &str| text.contains(word);
    match () {
        () if has("urn:schemas-microsoft-com:office:spreadsheet") => to_be_saved("an XML spreadsheet of Excel 2003"),
        () if has("urn:oasis:names:tc:opendocument") => to_be_saved("an OpenDocument file in one piece (.fods)"),
        () if has("<html") || has("<table") || has("<!doctype html") || has("<head") || has("<body") => {
            to_be_saved("a web page")
        }
        () => no_workbook("an XML file"),
    }
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
    use std::io::Write;

    use super::*;

    fn format(bytes: &[u8]) -> Result<Format, Unreadable> {
        told(bytes).map(|(format, _)| format)
    }

    fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, text) in parts {
            archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(text.as_bytes()).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    fn package(main: &str, declared: &str) -> Vec<u8> {
        let relations =
            format!("<Relationships><Relationship Id='r' Type='x/officeDocument' Target='{main}'/></Relationships>");
        zipped(&[("_rels/.rels", relations.as_str()), (main, "<x/>"), ("[Content_Types].xml", declared)])
    }

    #[test]
    fn formats_are_told_by_content() {
        assert_eq!(format(&package("xl/workbook.xml", "")), Ok(Format::Workbook));
        let macros = "application/vnd.ms-excel.sheet.macroEnabled.main+xml";
        assert_eq!(format(&package("xl/workbook.xml", macros)), Ok(Format::MacroWorkbook));
        assert_eq!(format(&package("xl/workbook.bin", "")), Ok(Format::Xlsb));
        let open = |kind: &str| {
            let kind = format!("application/vnd.oasis.opendocument.{kind}");
            zipped(&[("mimetype", kind.as_str()), ("META-INF/manifest.xml", ""), ("content.xml", "")])
        };
        assert_eq!(format(&open("spreadsheet")), Ok(Format::OpenDocument));
        assert_eq!(format(&open("spreadsheet-template")), Ok(Format::OpenDocument));
        assert!(format(&open("text")).unwrap_err().why.contains("OpenDocument text"));
        assert_eq!(format(b"worker,fte\nAda,1\n"), Ok(Format::Csv));
        assert_eq!(format(b"ID;Person;Worker\n1;2;3\n"), Ok(Format::Csv));
        assert_eq!(format(b"<5 years,>5 years\n1,2\n"), Ok(Format::Csv), "a heading may begin like mark-up");
    }

    #[test]
    fn parts_of_one_name_are_refused_however_they_are_written() {
        let twice = |mut bytes: Vec<u8>, written: &[u8; 8]| {
            for at in 0..bytes.len() - 8 {
                if &bytes[at..at + 8] == b"xl/two.x" {
                    bytes[at..at + 8].copy_from_slice(written);
                }
            }
            format(&bytes).unwrap_err().why
        };
        let bytes = zipped(&[("_rels/.rels", ""), ("xl/one.x", "a"), ("xl/two.x", "b")]);
        for written in [b"xl/one.x", b"XL/One.x", b"xl\\one.x"] {
            assert!(twice(bytes.clone(), written).contains("have one name"));
        }
    }

    #[test]
    fn what_is_no_workbook_is_called_by_its_name() {
        let why = |bytes: &[u8]| format(bytes).unwrap_err().why;
        assert!(why(b"").contains("empty"));
        assert!(why(b"PK\x03\x04rubbish").contains("damaged"));
        assert!(why(b"\x00\x01\x02\x03").contains("not a workbook"));
        for (bytes, name) in [
            (&b"%PDF-1.7\n"[..], "a PDF"),
            (b"{\\rtf1\\ansi", "RTF"),
            (b"\x89PNG\r\n\x1a\n\0\0\0", "a picture"),
            (b"<html><body>", "a web page"),
            (b"\xEF\xBB\xBF \r\n<!DOCTYPE html>\n<html>", "a web page"),
            (b"<table border=1><tr><td>Worker", "a web page"),
            (b"MIME-Version: 1.0\r\nX: y\r\n", "MHTML"),
            (b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">", "Excel 2003"),
            (b"<?xml version=\"1.0\"?><rows/>", "an XML file"),
            (b"ID;PWXL;N;E\r\nP;PGeneral\r\n", "SYLK"),
            (&[0x09, 0x04, 0x06, 0x00, 0x00, 0x00], "Excel 4"),
        ] {
            assert!(why(bytes).contains(name), "{name}: {}", why(bytes));
        }
        let wide: Vec<u8> = "\u{feff}<html><table>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(why(&wide).contains("a web page"));
        assert!(why(&package("word/document.xml", "")).contains("Word"));
        assert!(why(&package("ppt/presentation.xml", "")).contains("PowerPoint"));
        assert!(why(&zipped(&[("Index/Document.iwa", "")])).contains("Numbers"));
        assert!(why(&zipped(&[("caseload.csv", "a,b")])).contains("zip archive"));
    }
}
