//! Packages that are allowed and seldom seen, and packages that are refused.

use fairload::book::overlay::marker;

use super::packages::{SHEET, Small, raw, text, unzipped};
use super::{contents, format_of, overlaid, sheet_names};

const PLACES: &[&str] = &["0!A2", "0!B2", "0!C3"];
const SHIFTED: &[&str] = &["1!A2", "1!B2", "1!C3"];
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

// Overlays, reads the result, and overlays it again.
fn holds(name: &str, source: &Small) -> Vec<u8> {
    let bytes = source.bytes();
    let one = overlaid(&bytes, PLACES).unwrap_or_else(|why| panic!("{name}: {why}")).bytes;
    let all = contents(&one);
    assert_eq!(sheet_names(&one), ["RAG summary", "Team A", "Findings", "Working", "Action plan", "Policy"], "{name}");
    assert!(all["RAG summary"].contains(&(1, 1, "='Working'!B2*2".into())), "{name}");
    assert_eq!(marker(&one), Some(vec![0, 2, 3, 4, 5]), "{name}");
    let two = overlaid(&one, SHIFTED).unwrap_or_else(|why| panic!("{name}: {why}")).bytes;
    let three = overlaid(&two, SHIFTED).unwrap().bytes;
    assert!(two == three, "{name}: not stable");
    one
}

fn values(bytes: &[u8]) -> Vec<(u32, u32, String)> {
    contents(bytes)["Team A"].clone()
}

#[test]
fn a_small_workbook() {
    let source = Small::new();
    let out = holds("small", &source);
    assert_eq!(values(&out), values(&source.bytes()));
    assert!(text(&out, "xl/workbook.xml").contains("<bookViews><workbookView activeTab=\"1\"/></bookViews><sheets>"));
    let sheet = text(&out, SHEET);
    assert!(sheet.contains("<row r=\"3\"><c r=\"C3\" s="));
    assert!(sheet.contains("footer=\"0.3\"/><legacyDrawing xmlns:r="));
    assert!(format_of(&text(&out, "xl/styles.xml"), &sheet, "B2").1.contains("FFEE827C"));
    let types = text(&out, "[Content_Types].xml");
    assert!(types.contains("Extension=\"vml\"") && types.contains("PartName=\"/xl/comments1.xml\""));
}

#[test]
fn a_byte_order_mark() {
    let mut source = Small::new();
    for part in ["xl/workbook.xml", SHEET, "xl/styles.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"] {
        source = source.made(part, |bytes| [&[0xEF, 0xBB, 0xBF][..], &bytes].concat());
    }
    let out = holds("mark", &source);
    assert_eq!(values(&out), values(&source.bytes()));
    assert!(text(&out, SHEET).starts_with("\u{feff}<?xml"));
}

#[test]
fn elements_closed_in_themselves() {
    for sheet in
        ["<sheetData/>", "<sheetData><row r=\"2\" spans=\"1:1\"/><row r=\"3\"/></sheetData>", "<sheetData></sheetData>"]
    {
        let source =
            Small::new().made(SHEET, |_| format!("<worksheet xmlns=\"{MAIN}\">{sheet}</worksheet>").into_bytes());
        let out = holds(sheet, &source);
        assert!(format_of(&text(&out, "xl/styles.xml"), &text(&out, SHEET), "C3").1.contains("FFEE827C"), "{sheet}");
    }
    let names = Small::new().with("xl/workbook.xml", "</sheets>", "</sheets><definedNames/><calcPr calcId=\"1\"/>");
    holds("names", &names);
    holds("styles", &Small::new().made("xl/styles.xml", |_| format!("<styleSheet xmlns=\"{MAIN}\"/>").into_bytes()));
}

#[test]
fn prefixes() {
    let prefixed = |text: Vec<u8>| {
        let text = String::from_utf8(text).unwrap().replace("xmlns=", "xmlns:x=");
        let mut out = String::new();
        for piece in text.split_inclusive('<') {
            out.push_str(piece);
        }
        let out = out.replace('<', "<x:").replace("<x:/", "</x:").replace("<x:?", "<?");
        out.into_bytes()
    };
    let mut source = Small::new();
    for part in ["xl/workbook.xml", SHEET, "xl/styles.xml"] {
        source = source.made(part, prefixed);
    }
    let out = holds("prefixes", &source);
    let sheet = text(&out, SHEET);
    assert!(sheet.contains("<x:c r=\"C3\"") && sheet.contains("<x:legacyDrawing "), "{sheet}");
    assert!(text(&out, "xl/workbook.xml").contains("<x:definedName name=\"_fairload.sheet.1\""));
    assert!(text(&out, "xl/styles.xml").contains("<x:fill><x:patternFill patternType=\"solid\">"));
}

#[test]
fn no_styles() {
    let source = Small::new()
        .without("xl/styles.xml")
        .made("xl/_rels/workbook.xml.rels", |bytes| {
            let text = String::from_utf8(bytes).unwrap();
            let at = text.find("<Relationship Id=\"rId2\"").unwrap();
            format!("{}</Relationships>", &text[..at]).into_bytes()
        })
        .with("[Content_Types].xml", "<Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>", "");
    let out = holds("no styles", &source);
    assert!(format_of(&text(&out, "xl/styles.xml"), &text(&out, SHEET), "B2").1.contains("FFEE827C"));
    assert!(text(&out, "[Content_Types].xml").contains("/xl/styles.xml"));
}

#[test]
fn formats_past_the_end_catch_nothing_of_ours() {
    let source = Small::new().with(SHEET, "<c r=\"B2\">", "<c r=\"B2\" s=\"7\">");
    let out = holds("formats", &source);
    let styles = text(&out, "xl/styles.xml");
    assert!(styles.contains("<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>"));
    assert!(format_of(&styles, &text(&out, SHEET), "B2").1.contains("FFEE827C"));
}

#[test]
fn the_strict_variant() {
    let source = Small::new().with_all(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main").with_all(
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    );
    let bytes = source.bytes();
    let out = overlaid(&bytes, PLACES).unwrap().bytes;
    assert!(text(&out, "xl/worksheets/sheet2.xml").contains("http://purl.oclc.org/ooxml/spreadsheetml/main"));
    assert!(!text(&out, "xl/_rels/workbook.xml.rels").contains("schemas.openxmlformats.org/officeDocument"));
    let two = overlaid(&out, SHIFTED).unwrap().bytes;
    assert!(two == out);
}

#[test]
fn the_strict_variant_keeps_notes_in_a_choice_of_versions() {
    const STRICT: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships";
    let comments = format!(
        "<comments xmlns=\"{MAIN}\"><authors><author>Ann</author></authors><commentList><comment ref=\"A2\" authorId=\"0\"><text><t>On leave</t></text></comment></commentList></comments>"
    );
    let boxes = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><v:shape id=\"_x0000_s1025\" type=\"#_x0000_t202\"><x:ClientData ObjectType=\"Note\"><x:Anchor>1, 15, 0, 2, 3, 15, 4, 4</x:Anchor><x:Row>1</x:Row><x:Column>0</x:Column></x:ClientData></v:shape></xml>";
    let choice = "<mc:AlternateContent xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"><mc:Choice xmlns:v=\"urn:schemas-microsoft-com:vml\" Requires=\"v\"><legacyDrawing ";
    let plain = Small::new().with_all(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main");
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let strict = |small: Small| small.with_all(office, STRICT);

    // The manager's drawing is added to where it stands.
    let source = strict(
        Small::new()
            .and("xl/comments1.xml", comments.as_str())
            .related("xl/worksheets/_rels/sheet1.xml.rels", "comments", "../comments1.xml"),
    )
    .and("xl/drawings/vmlDrawing1.vml", boxes)
    .with(
        "xl/worksheets/_rels/sheet1.xml.rels",
        "</Relationships>",
        &format!("<Relationship Id=\"v\" Type=\"{office}/vmlDrawing\" Target=\"../drawings/vmlDrawing1.vml\"/></Relationships>"),
    )
    .with(
        SHEET,
        "</worksheet>",
        &format!("{choice}xmlns:r=\"{STRICT}\" r:id=\"v\"/></mc:Choice></mc:AlternateContent></worksheet>"),
    );
    let out = overlaid(&source.bytes(), PLACES).unwrap().bytes;
    assert_eq!(text(&out, SHEET).matches("legacyDrawing").count(), 1);
    assert_eq!(text(&out, "xl/drawings/vmlDrawing1.vml").matches("ObjectType=\"Note\"").count(), 3);
    assert!(overlaid(&out, SHIFTED).unwrap().bytes == out);

    // A new one is offered as Excel offers it, under the only type there is for it.
    let out = overlaid(&strict(plain).bytes(), PLACES).unwrap().bytes;
    assert!(text(&out, SHEET).contains(choice), "{}", text(&out, SHEET));
    assert!(text(&out, "xl/worksheets/_rels/sheet1.xml.rels").contains(&format!("{office}/vmlDrawing")));
    assert!(overlaid(&out, SHIFTED).unwrap().bytes == out);
}

#[test]
fn relationships_named_one_by_one_in_the_types() {
    let default =
        "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>";
    let each = |part: &str| {
        format!(
            "<Override PartName=\"{part}\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
        )
    };
    let named = each("/_rels/.rels") + &each("/xl/_rels/workbook.xml.rels");
    let out = holds("rels", &Small::new().with("[Content_Types].xml", default, &named));
    let types = text(&out, "[Content_Types].xml");
    assert!(types.contains(default) && types.contains(&named), "{types}");
}

#[test]
fn formats_that_differ_by_a_hair_come_back_as_they_were() {
    let one = "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>";
    let other = "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" applyFill=\"1\" xfId=\"0\"/>";
    let source = Small::new()
        .with("xl/styles.xml", "<cellXfs count=\"1\">", "<cellXfs count=\"2\">")
        .with("xl/styles.xml", &format!("{one}</cellXfs>"), &format!("{one}{other}</cellXfs>"))
        .with(SHEET, "<c r=\"B2\">", "<c r=\"B2\" s=\"1\">");
    let out = overlaid(&source.bytes(), PLACES).unwrap().bytes;
    assert!(overlaid(&out, SHIFTED).unwrap().bytes == out);
    let bare = overlaid(&out, &[]).unwrap().bytes;
    assert!(text(&bare, SHEET).contains("<c r=\"B2\" s=\"1\">"), "{}", text(&bare, SHEET));
}

#[test]
fn targets_and_names_as_other_programs_write_them() {
    holds(
        "absolute",
        &Small::new().with("xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml"),
    );
    let odd = Small::new().renamed(SHEET, "xl\\worksheets\\Sheet1.xml").bytes();
    let out = overlaid(&odd, PLACES).unwrap().bytes;
    assert!(text(&out, "xl\\worksheets\\Sheet1.xml").contains("<c r=\"C3\" s="));
    // Content types lie; relationships do not.
    let typed = Small::new().with("[Content_Types].xml", "worksheet+xml", "nonsense+xml").bytes();
    assert!(overlaid(&typed, PLACES).is_ok());
}

#[test]
fn utf_16_is_written_back_as_utf_8() {
    let source = Small::new().made(SHEET, |bytes| {
        let text = String::from_utf8(bytes).unwrap().replace("UTF-8", "UTF-16");
        [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
    });
    let out = overlaid(&source.bytes(), PLACES).unwrap().bytes;
    assert!(text(&out, SHEET).contains("encoding=\"UTF-8\""));
    assert_eq!(values(&out)[0], (1, 0, "String(\"Ada\")".into()));
}

#[test]
fn latin_1_is_written_back_as_utf_8() {
    let source = Small::new().made(SHEET, |bytes| {
        let text = String::from_utf8(bytes).unwrap().replace("UTF-8", "ISO-8859-1").replace("Ada", "Zoë");
        text.chars().map(|c| u8::try_from(c).unwrap()).collect()
    });
    let out = overlaid(&source.bytes(), PLACES).unwrap().bytes;
    assert!(text(&out, SHEET).contains("encoding=\"UTF-8\""));
    assert_eq!(values(&out)[0], (1, 0, "String(\"Zoë\")".into()));
}

#[test]
fn a_signature_is_dropped_and_told() {
    let source = Small::new()
        .and("_xmlsignatures/origin.sigs", "")
        .and("_xmlsignatures/sig1.xml", "<Signature/>")
        .with("_rels/.rels", "</Relationships>", "<Relationship Id=\"s\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin\" Target=\"_xmlsignatures/origin.sigs\"/></Relationships>")
        .related("_xmlsignatures/_rels/origin.sigs.rels", "signature", "sig1.xml");
    let out = overlaid(&source.bytes(), PLACES).unwrap();
    assert_eq!(out.remarks.len(), 1);
    assert!(!unzipped(&out.bytes).iter().any(|(name, _)| name.contains("_xmlsignatures")));
    assert!(!text(&out.bytes, "_rels/.rels").contains("signature"));
}

#[test]
fn a_threaded_comment_is_left_alone() {
    let comments = format!(
        "<comments xmlns=\"{MAIN}\"><authors><author>tc={{1}}</author></authors><commentList><comment ref=\"B2\" authorId=\"0\"><text><t>[Threaded comment]</t></text></comment></commentList></comments>"
    );
    let source = Small::new()
        .and("xl/comments1.xml", comments.as_str())
        .and(
            "xl/threadedComments/threadedComment1.xml",
            "<ThreadedComments><threadedComment ref=\"B2\"><text>Hm</text></threadedComment></ThreadedComments>",
        )
        .related("xl/worksheets/_rels/sheet1.xml.rels", "comments", "../comments1.xml")
        .related("xl/worksheets/_rels/sheet1.xml.rels", "threadedComment", "../threadedComments/threadedComment1.xml");
    let out = overlaid(&source.bytes(), &["0!B2"]).unwrap();
    assert!(out.remarks[0].contains("1 note was left out"), "{:?}", out.remarks);
    assert_eq!(text(&out.bytes, "xl/comments1.xml"), comments);
    assert!(format_of(&text(&out.bytes, "xl/styles.xml"), &text(&out.bytes, SHEET), "B2").1.contains("FFEE827C"));
}

#[test]
fn macros_and_the_kind_of_file_are_kept() {
    let source = Small::new()
        .and("xl/vbaProject.bin", vec![1u8, 2, 3])
        .related("xl/_rels/workbook.xml.rels", "vbaProject", "vbaProject.bin")
        .with(
            "[Content_Types].xml",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        );
    let out = overlaid(&source.bytes(), PLACES).unwrap().bytes;
    assert!(text(&out, "[Content_Types].xml").contains("macroEnabled.main+xml"));
    let macros = |bytes: &[u8]| raw(bytes).into_iter().find(|(name, _, _)| name == "xl/vbaProject.bin");
    assert_eq!(macros(&out), macros(&source.bytes()));
}

#[test]
fn a_damaged_part_that_carries_no_mark_is_copied() {
    let source = Small::new().and("docProps/thumbnail.jpeg", vec![7u8; 50]);
    let mut bytes = source.bytes();
    // Its check sum, in the part's own header and in the directory.
    let (_, crc, _) = raw(&bytes).into_iter().last().unwrap();
    for at in 0..bytes.len() - 4 {
        if bytes[at..at + 4] == crc.to_le_bytes() {
            bytes[at] ^= 0xFF;
        }
    }
    let out = overlaid(&bytes, PLACES).unwrap().bytes;
    assert!(raw(&out).contains(&raw(&bytes).pop().unwrap()));
}

#[test]
fn unsafe_workbooks_are_refused() {
    let revisions = Small::new().and("xl/revisions/revisionHeaders.xml", "<headers/>").related(
        "xl/_rels/workbook.xml.rels",
        "revisionHeaders",
        "revisions/revisionHeaders.xml",
    );
    let doctype = Small::new().with(SHEET, "<worksheet ", "<!DOCTYPE worksheet [<!ENTITY a \"b\">]><worksheet ");
    let unclosed = Small::new().with(SHEET, "</worksheet>", "");
    let nothing = Small::new().without(SHEET);
    let disordered = Small::new().with(SHEET, "<row r=\"2\">", "<row r=\"9\"/><row r=\"2\">");
    for (name, source, word) in [
        ("revisions", revisions, "shared workbook"),
        ("doctype", doctype, "document type"),
        ("unclosed", unclosed, "well-formed"),
        ("nothing", nothing, "missing"),
        ("disordered", disordered, "order"),
    ] {
        let refusal = overlaid(&source.bytes(), PLACES).map(|_| name).unwrap_err();
        assert!(refusal.0.contains(word), "{name}: {refusal}");
    }
    let mut twice = Small::new();
    twice.parts.push(("XL/workbook.xml".into(), Vec::new()));
    assert!(overlaid(&twice.bytes(), PLACES).unwrap_err().0.contains("twice"));
}

#[test]
fn no_bytes_make_it_panic() {
    let source = Small::new().bytes();
    for end in (0..source.len()).step_by(37) {
        let _ = overlaid(&source[..end], PLACES);
        let _ = marker(&source[..end]);
    }
    // Every tag of every part cut short or doubled, in a package that is whole.
    for part in 0..Small::new().parts.len() {
        let whole = Small::new().parts[part].1.clone();
        for at in (0..whole.len()).step_by(29) {
            for change in 0..3 {
                let mut odd = Small::new();
                let bytes = &mut odd.parts[part].1;
                match change {
                    0 => bytes.truncate(at),
                    1 => bytes[at] = b'<',
                    _ => bytes[at] = b'"',
                }
                let _ = overlaid(&odd.bytes(), PLACES);
            }
        }
    }
}
