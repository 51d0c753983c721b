//! Small packages written by hand, for what no library writes.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// A package of parts, in order.
pub fn zipped(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        out.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// The parts of a package.
pub fn unzipped(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

/// Name, check sum and compressed bytes of every part.
pub fn raw(bytes: &[u8]) -> Vec<(String, u32, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index_raw(at).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().into_owned(), file.crc32(), bytes)
        })
        .collect()
}

/// The text of a part.
pub fn text(bytes: &[u8], part: &str) -> String {
    let found = unzipped(bytes).into_iter().find(|(name, _)| name == part);
    String::from_utf8(found.unwrap_or_else(|| panic!("{part} is missing")).1).unwrap()
}

pub const SHEET: &str = "xl/worksheets/sheet1.xml";

/// A small workbook: one sheet `Team A` with a name in A2 and a figure in B2.
pub struct Small {
    pub parts: Vec<(String, Vec<u8>)>,
}

impl Small {
    pub fn new() -> Self {
        let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
        let part = |name: &str, text: &str| (name.to_string(), format!("{declaration}{text}").into_bytes());
        Self {
            parts: vec![
                part(
                    "[Content_Types].xml",
                    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/></Types>",
                ),
                part(
                    "_rels/.rels",
                    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
                ),
                part(
                    "xl/workbook.xml",
                    "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"Team A\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
                ),
                part(
                    "xl/_rels/workbook.xml.rels",
                    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/></Relationships>",
                ),
                part(
                    SHEET,
                    "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>Ada</t></is></c><c r=\"B2\"><v>0.8</v></c></row></sheetData><pageMargins left=\"0.7\" right=\"0.7\" top=\"0.7\" bottom=\"0.7\" header=\"0.3\" footer=\"0.3\"/></worksheet>",
                ),
                part(
                    "xl/styles.xml",
                    "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><fonts count=\"1\"><font><sz val=\"10\"/><name val=\"Arial\"/></font></fonts><fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills><borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/></cellXfs></styleSheet>",
                ),
            ],
        }
    }

    /// With text of a part replaced; every occurrence.
    pub fn with(mut self, part: &str, old: &str, new: &str) -> Self {
        let found = self.parts.iter_mut().find(|(name, _)| name == part).unwrap();
        let text = String::from_utf8(found.1.clone()).unwrap();
        assert!(text.contains(old), "{part} has no {old}");
        found.1 = text.replace(old, new).into_bytes();
        self
    }

    /// With every part's text replaced.
    pub fn with_all(mut self, old: &str, new: &str) -> Self {
        for (_, bytes) in &mut self.parts {
            *bytes = String::from_utf8(bytes.clone()).unwrap().replace(old, new).into_bytes();
        }
        self
    }

    /// With a further part.
    pub fn and(mut self, part: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.parts.push((part.into(), bytes.into()));
        self
    }

    /// With a relationship of a part; (kind, target).
    pub fn related(mut self, part: &str, kind: &str, target: &str) -> Self {
        let id = format!("x{}", self.parts.len());
        let new = format!(
            "<Relationship Id=\"{id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"/></Relationships>"
        );
        if !self.parts.iter().any(|(name, _)| name == part) {
            self = self.and(part, "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>");
        }
        self.with(part, "</Relationships>", &new)
    }

    /// With a part's bytes made anew.
    pub fn made(mut self, part: &str, new: impl Fn(Vec<u8>) -> Vec<u8>) -> Self {
        for (name, bytes) in &mut self.parts {
            if name == part {
                *bytes = new(std::mem::take(bytes));
            }
        }
        self
    }

    /// With a part under another name.
    pub fn renamed(mut self, part: &str, new: &str) -> Self {
        self.parts.iter_mut().find(|(name, _)| name == part).unwrap().0 = new.into();
        self
    }

    pub fn without(mut self, part: &str) -> Self {
        self.parts.retain(|(name, _)| name != part);
        self
    }

    pub fn bytes(&self) -> Vec<u8> {
        zipped(&self.parts)
    }
}
