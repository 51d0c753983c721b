//! Sheets that people have painted, filtered into tables or written notes on: marks stand beside all that, and go again.

use rust_xlsxwriter::{Color, Format, FormatPattern, Note, Table, Workbook};

use super::books::{added, our_names};
use super::packages::{Small, text};
use super::{cell_tag, format_of, marks, overlay};
use fairload::book::annotation::{Annotation, Tone};

const SHEET: &str = "xl/worksheets/sheet1.xml";
const RED: &str = "FFEE827C";

/// A sheet in a table style, with a white row, a row format, a column format, stripes, a theme's colour and a locked sheet.
fn painted() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Team A").unwrap();
    let fill = |colour| Format::new().set_background_color(colour);
    sheet.write_row(0, 0, ["Worker", "FTE", "Child"]).unwrap();
    for row in 1..9u32 {
        sheet.write_row(row, 0, [format!("Worker {row}"), "1".into(), format!("C-{row}")]).unwrap();
    }
    sheet.add_table(0, 0, 8, 2, &Table::new()).unwrap();
    let own = [
        fill(Color::White),
        fill(Color::Theme(5, 3)),
        Format::new().set_pattern(FormatPattern::Gray125),
        Format::new().set_pattern(FormatPattern::LightUp).set_foreground_color(Color::Red),
    ];
    for (row, format) in (2u32..).zip(&own) {
        sheet.write_with_format(row, 0, format!("Worker {row}"), format).unwrap();
    }
    sheet.set_row_format(12, &fill(Color::Yellow)).unwrap();
    sheet.set_row_format(13, &Format::new().set_num_format_index(2)).unwrap();
    sheet.set_column_format(5, &fill(Color::Yellow)).unwrap();
    sheet.set_column_format(6, &Format::new().set_num_format_index(2)).unwrap();
    sheet.protect();
    book.save_to_buffer().unwrap()
}

const PLAIN: [&str; 5] = ["A2", "A7", "C9", "A14", "G20"];
const OWN: [&str; 4] = ["A3", "A4", "A5", "A6"];
const MISSING_IN_PAINT: [&str; 2] = ["B13", "F20"];

fn places() -> Vec<String> {
    PLAIN.iter().chain(&OWN).chain(&MISSING_IN_PAINT).map(|cell| format!("0!{cell}")).collect()
}

fn marked(source: &[u8], places: &[String]) -> Vec<u8> {
    let places: Vec<&str> = places.iter().map(String::as_str).collect();
    overlay(source, &marks(Tone::Red, &places), &added(&our_names())).unwrap().bytes
}

#[test]
fn a_cell_with_a_fill_of_its_own_has_the_note_alone() {
    let source = painted();
    let out = marked(&source, &places());
    let (styles, sheet) = (text(&out, "xl/styles.xml"), text(&out, SHEET));
    for cell in PLAIN {
        assert!(format_of(&styles, &sheet, cell).1.contains(RED), "{cell}");
    }
    // The missing cells of a row or column with a number format are made with it.
    for cell in ["A14", "G20"] {
        assert!(format_of(&styles, &sheet, cell).0.contains("numFmtId=\"2\""), "{cell}");
    }
    for cell in OWN {
        assert_eq!(cell_tag(&sheet, cell), cell_tag(&text(&source, SHEET), cell), "{cell}");
    }
    for cell in MISSING_IN_PAINT {
        assert_eq!(cell_tag(&sheet, cell), None, "{cell}");
    }
    let notes = text(&out, "xl/comments1.xml");
    for place in places() {
        assert!(notes.contains(&format!("ref=\"{}\"", &place[2..])), "{place}");
    }
    // Nothing is pinned to an address: a fill is the cell's own and goes where the cell goes.
    assert!(!sheet.contains("conditionalFormatting") && sheet.contains("<sheetProtection"));
}

#[test]
fn once_all_is_well_the_cells_are_as_they_were() {
    let source = painted();
    let one = marked(&source, &places());
    let two = overlay(&one, &Annotation::default(), &added(&our_names())).unwrap().bytes;
    let (before, after) = (text(&source, SHEET), text(&two, SHEET));
    let (old, new) = (text(&source, "xl/styles.xml"), text(&two, "xl/styles.xml"));
    for row in 1..=9 {
        for cell in ["A", "B", "C"].map(|column| format!("{column}{row}")) {
            assert_eq!(format_of(&old, &before, &cell), format_of(&new, &after, &cell), "{cell}");
        }
    }
    // Cells made for a mark stay, empty and in the format of their row or column.
    for cell in ["A14", "G20"] {
        let (format, fill) = format_of(&new, &after, cell);
        assert!(format.contains("numFmtId=\"2\"") && fill.contains("none"), "{cell}");
    }
    assert!(!after.contains("legacyDrawing") && !new[new.find("<cellXfs").unwrap()..].contains("fairload"));
}

#[test]
fn a_note_of_the_managers_keeps_its_author_its_words_and_their_look() {
    let rich = "<comments xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><authors><author>Ann</author></authors><commentList><comment ref=\"B2\" authorId=\"0\"><text><r><rPr><b/><sz val=\"9\"/><rFont val=\"Tahoma\"/></rPr><t xml:space=\"preserve\">Ann:\n</t></r><r><rPr><i/><sz val=\"12\"/><rFont val=\"Arial\"/></rPr><t>0.8 since May</t></r></text></comment></commentList></comments>";
    let source = Small::new().and("xl/comments1.xml", rich).related(
        "xl/worksheets/_rels/sheet1.xml.rels",
        "comments",
        "../comments1.xml",
    );
    let source = source.bytes();
    let out = marked(&source, &["0!B2".into()]);
    let notes = text(&out, "xl/comments1.xml");
    let theirs = &rich[rich.find("<comment ").unwrap()..rich.find("</text>").unwrap()];
    let ours = &notes[notes.find(theirs).expect("theirs, to the letter") + theirs.len()..];
    assert!(ours.starts_with("<r><rPr><i/>") && ours.contains("\n— fairload —\nB2 wants a look"), "{ours}");
    assert_eq!(notes.matches("<comment ").count(), 1);
    let back = overlay(&out, &Annotation::default(), &added(&our_names())).unwrap().bytes;
    assert_eq!(text(&back, "xl/comments1.xml"), rich);
}

#[test]
fn a_box_has_room_for_every_line_of_its_note() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Team A").unwrap();
    sheet.write_row(0, 0, ["Worker", "FTE"]).unwrap().write_row(1, 0, ["Ada", "1"]).unwrap();
    sheet.insert_note(1, 0, &Note::new("On leave").set_author("Ann")).unwrap();
    let source = book.save_to_buffer().unwrap();
    let finding = "ERROR: The share of a full-time post is not usable.\nWhat to do: Enter a share such as 0.6.";
    let mut annotation = marks(Tone::Error, &["0!A2", "0!B2"]);
    for mark in &mut annotation.marks {
        mark.note = Some(vec![finding; 15].join("\n\n"));
    }
    let out = overlay(&source, &annotation, &added(&our_names())).unwrap().bytes;
    let boxes = text(&out, "xl/drawings/vmlDrawing1.vml");
    for (row, column, lines) in [(1, 0, 46), (1, 1, 45)] {
        let place = boxes.find(&format!("<x:Row>{row}</x:Row><x:Column>{column}</x:Column>")).expect("a box");
        let anchor = boxes[..place].rfind("<x:Anchor>").map(|at| &boxes[at + 10..]).unwrap();
        let anchor = anchor.split('<').next().unwrap().split(',').map(|figure| figure.trim().parse::<u32>().unwrap());
        let [_, _, top, top_offset, _, _, bottom, bottom_offset] = anchor.collect::<Vec<_>>()[..] else { panic!() };
        let high = (bottom * 20 + bottom_offset) - (top * 20 + top_offset);
        // Two lines of text fifteen times with an empty one between, ours above and the manager's: at 15 pixels a line.
        assert!(high >= lines * 15, "{column}: {high} pixels");
    }
}
