//! The overlay on whole workbooks: nothing of the manager's is lost, everything of ours is there.
//!
//! What bites those who change workbooks, and the test that holds it:
//!
//! | trap | test |
//! |---|---|
//! | a byte order mark shifts every offset | `odd::a_byte_order_mark` |
//! | elements closed in themselves, `spans` on a row among them | `odd::elements_closed_in_themselves` |
//! | prefixed elements | `odd::prefixes` |
//! | the strict variant's namespaces | `odd::the_strict_variant` |
//! | notes in a choice of versions, as the strict variant has them | `odd::the_strict_variant_keeps_notes_in_a_choice_of_versions` |
//! | parts of relationships that have a type one by one | `odd::relationships_named_one_by_one_in_the_types` |
//! | formats alike but for what says whether a fill applies | `odd::formats_that_differ_by_a_hair_come_back_as_they_were` |
//! | absolute targets, backslashes, other capitals, content types that lie | `odd::targets_and_names_as_other_programs_write_them` |
//! | parts in UTF-16 or Latin 1 | `odd::utf_16_is_written_back_as_utf_8`, `odd::latin_1_is_written_back_as_utf_8` |
//! | no part of styles | `odd::no_styles` |
//! | formats past the end of their list | `odd::formats_past_the_end_catch_nothing_of_ours` |
//! | formats that a missing cell inherits from its row or column | `marks_are_there_and_formats_kept`, `rich` (formats) |
//! | a cell with a fill of its own: white, a theme's, a pattern, of its row or column | `painted::a_cell_with_a_fill_of_its_own_has_the_note_alone` |
//! | marks that are no longer due, and the formats under them | `painted::once_all_is_well_the_cells_are_as_they_were` |
//! | a note in several looks | `painted::a_note_of_the_managers_keeps_its_author_its_words_and_their_look` |
//! | notes of the manager's, and the drawing that buttons share with them | `marks_are_there_and_formats_kept`, `rich` (note, button) |
//! | threaded comments | `odd::a_threaded_comment_is_left_alone`, `rich` |
//! | merged cells | `marks_are_there_and_formats_kept`, `rich` (merged) |
//! | the order of elements in a sheet's tail | `odd::a_small_workbook`, `marks_are_there_and_formats_kept` |
//! | tables are not extended, and their names do not clash | `our_sheets_work`, `rich` (table) |
//! | defined names that clash, or stand there twice | `rich` (names, duplicate names) |
//! | names local to a sheet, print areas and the active tab | `what_counts_sheets_still_points_where_it_did`, `returned::a_view_scrolled_to_a_later_tab_stays_there` |
//! | tabs with our names | `returned::a_sheet_of_the_managers_keeps_its_name` |
//! | dates counted from 1904 | `dates::days_are_counted_as_the_workbook_counts_them` |
//! | the order of calculation, kept until it names a sheet of ours | `rich`, `returned::the_order_of_calculation_goes_when_it_names_our_sheets` |
//! | external links, custom XML, printer settings, pivots, slicers, embedded objects, controls, queries | `rich` |
//! | macros | `odd::macros_and_the_kind_of_file_are_kept`, `rich` |
//! | sparklines, data bars, icons and other conditional formats, extensions | `rich` |
//! | images on the sheet, in cells, in headers and behind; charts, chart sheets, text boxes, tick boxes | `rich`, `nothing_of_the_managers_is_lost` |
//! | hidden, very hidden and protected sheets | `rich` |
//! | properties of the document that the manager gave | `properties` |
//! | digital signatures, which cannot hold | `odd::a_signature_is_dropped_and_told` |
//! | a damaged part that needs no change | `odd::a_damaged_part_that_carries_no_mark_is_copied` |
//! | shared workbooks, document types, broken or disordered sheets | `odd::unsafe_workbooks_are_refused` |
//! | what comes back, renamed, moved, deleted or saved by another program | `returned`, `typed` |

mod books;
mod dates;
mod odd;
pub mod packages;
mod painted;
mod properties;
mod returned;
mod rich;
mod typed;

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use fairload::book::annotation::{Annotation, Mark, Tone};
use fairload::book::overlay::{Overlaid, Refusal, Source, marker};
use fairload::book::sheet::Place;

use books::{added, manager, our_names};
use packages::{raw, text};

/// Marks as `0!B2`, each with a fill and a note.
pub fn marks(tone: Tone, places: &[&str]) -> Annotation {
    let marks = places
        .iter()
        .map(|place| {
            let (sheet, cell) = place.split_once('!').unwrap();
            let place = Place { sheet: sheet.parse().unwrap(), cell: cell.parse().unwrap() };
            Mark { place, tone: Some(tone), note: Some(format!("{cell} wants a look\nand <care>")) }
        })
        .collect();
    Annotation { marks }
}

/// The workbook with marks and the sheets of `added`.
pub fn overlay(source: &[u8], annotation: &Annotation, added: &[u8]) -> Result<Overlaid, Refusal> {
    Source::open(source)?.overlaid(annotation, added)
}

/// The workbook with a red mark on each place, and our five sheets.
pub fn overlaid(source: &[u8], places: &[&str]) -> Result<Overlaid, Refusal> {
    overlay(source, &marks(Tone::Red, places), &added(&our_names()))
}

/// Values and formulas of every sheet, by name.
pub fn contents(bytes: &[u8]) -> BTreeMap<String, Vec<(u32, u32, String)>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let mut all = BTreeMap::new();
    for name in book.sheet_names() {
        let mut cells = Vec::new();
        if let Ok(range) = book.worksheet_range(&name) {
            let start = range.start().unwrap_or_default();
            let used = range.used_cells().filter(|cell| *cell.2 != Data::Empty);
            cells.extend(
                used.map(|(row, column, value)| (row as u32 + start.0, column as u32 + start.1, format!("{value:?}"))),
            );
        }
        if let Ok(range) = book.worksheet_formula(&name) {
            let start = range.start().unwrap_or_default();
            let used = range.used_cells().filter(|cell| !cell.2.is_empty());
            cells.extend(
                used.map(|(row, column, formula)| {
                    (row as u32 + start.0, column as u32 + start.1, format!("={formula}"))
                }),
            );
        }
        all.insert(name, cells);
    }
    all
}

/// The tabs, in order.
pub fn sheet_names(bytes: &[u8]) -> Vec<String> {
    Xlsx::new(Cursor::new(bytes.to_vec())).unwrap().sheet_names()
}

/// The tag of a cell.
pub fn cell_tag(sheet: &str, cell: &str) -> Option<String> {
    let at = sheet.find(&format!("r=\"{cell}\""))?;
    let start = sheet[..at].rfind('<')?;
    Some(sheet[start..start + sheet[start..].find('>')? + 1].to_string())
}

fn attribute(tag: &str, name: &str) -> Option<usize> {
    let at = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[at..].split('"').next()?.parse().ok()
}

/// The xf of a cell and the fill it names.
pub fn format_of(styles: &str, sheet: &str, cell: &str) -> (String, String) {
    let tag = cell_tag(sheet, cell).unwrap_or_else(|| panic!("no cell {cell}"));
    let formats = &styles[styles.find("<cellXfs").unwrap()..styles.find("</cellXfs>").unwrap()];
    let xf = formats.split("<xf").nth(attribute(&tag, "s").unwrap_or(0) + 1).unwrap_or("").to_string();
    let fills = &styles[styles.find("<fills").unwrap()..styles.find("</fills>").unwrap()];
    let fill = fills.split("<fill>").nth(attribute(&xf, "fillId").unwrap_or(0) + 1).unwrap_or("").to_string();
    (xf, fill)
}

/// Whether `after` holds `before` with text put in and figures changed, nothing taken out.
fn only_added(before: &str, after: &str) -> bool {
    let mut rest = after.chars().filter(|c| !c.is_ascii_digit());
    before.chars().filter(|c| !c.is_ascii_digit()).all(|c| rest.any(|other| other == c))
}

const PLACES: &[&str] = &["0!B2", "0!B3", "0!B4", "0!D5", "0!A7", "0!B11", "0!F6", "0!H20", "1!A2", "1!A3"];

#[test]
fn nothing_of_the_managers_is_lost() {
    let source = manager();
    let out = overlaid(&source, PLACES).unwrap();
    assert_eq!(out.remarks, Vec::<String>::new());
    let may_change = [
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet2.xml",
        "xl/worksheets/_rels/sheet2.xml.rels",
        "xl/drawings/vmlDrawing1.vml",
        "xl/comments1.xml",
    ];
    let after = raw(&out.bytes);
    for (at, (name, crc, bytes)) in raw(&source).into_iter().enumerate() {
        assert_eq!(after[at].0, name, "parts keep their order");
        if may_change.contains(&name.as_str()) {
            // The corner of the used area moves, and with it a letter.
            let before = text(&source, &name).replace("<dimension ref=\"A1:F", "<dimension ref=\"A1:H");
            assert!(only_added(&before, &text(&out.bytes, &name)), "{name} lost something");
        } else {
            assert!(after[at].1 == crc && after[at].2 == bytes, "{name} is not what it was");
        }
    }
    let (before, after) = (contents(&source), contents(&out.bytes));
    for (name, cells) in &before {
        assert_eq!(cells, &after[name], "{name}");
    }
    let names = ["RAG summary", "Team A", "It's B", "Picture", "Lists", "Findings", "Working", "Action plan", "Policy"];
    assert_eq!(sheet_names(&out.bytes), names);
    assert_eq!(marker(&out.bytes), Some(vec![0, 5, 6, 7, 8]));
}

#[test]
fn what_counts_sheets_still_points_where_it_did() {
    let book = text(&overlaid(&manager(), PLACES).unwrap().bytes, "xl/workbook.xml");
    for wanted in [
        "activeTab=\"2\"",
        "<definedName name=\"_xlnm.Print_Area\" localSheetId=\"1\">'Team A'!$A$1:$D$11</definedName>",
        "<definedName name=\"_xlnm.Print_Area\" localSheetId=\"2\">'It''s B'!$A$1:$B$4</definedName>",
        "<definedName name=\"Local\" localSheetId=\"4\">Lists!$A$1</definedName>",
        "<definedName name=\"Answers\">Lists!$A$1:$A$2</definedName>",
        "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"0\">'RAG summary'!$1:$1</definedName>",
        "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"5\" hidden=\"1\">Findings!$A$1:$B$2</definedName>",
        "<definedName name=\"_fairload.sheet.1\" hidden=\"1\">'RAG summary'!$A$1</definedName>",
    ] {
        assert!(book.contains(wanted), "{wanted} not in {book}");
    }
}

#[test]
fn marks_are_there_and_formats_kept() {
    let out = overlaid(&manager(), PLACES).unwrap().bytes;
    let (styles, sheet) = (text(&out, "xl/styles.xml"), text(&out, "xl/worksheets/sheet1.xml"));
    for cell in ["B2", "B3", "D5", "A7", "A10", "H20"] {
        assert!(format_of(&styles, &sheet, cell).1.contains("FFEE827C"), "{cell}");
    }
    let date = format_of(&styles, &sheet, "D5").0;
    assert!(
        date.contains("locked=\"0\"") && date.contains("applyNumberFormat=\"1\"") && date.contains("applyFill=\"1\"")
    );
    assert!(format_of(&styles, &sheet, "B4").1.contains("FFFF00"), "a fill of the manager's stays");
    // Column F has a fill: the missing cell in it is not even made.
    assert_eq!(cell_tag(&sheet, "F6"), None);
    assert!(sheet.contains("<dimension ref=\"A1:H20\"/>"));

    let notes = text(&out, "xl/comments1.xml");
    assert!(notes.contains("Agreed with HR") && notes.contains("— fairload —\nB3 wants a look\nand &lt;care&gt;"));
    assert!(notes.contains("<author>Ann</author><author>fairload</author>"));
    assert_eq!(notes.matches("— fairload —").count(), 8);
    let boxes = text(&out, "xl/drawings/vmlDrawing1.vml");
    assert!(boxes.contains("ObjectType=\"Button\"") && boxes.matches("ObjectType=\"Note\"").count() == 8);
    let other = text(&out, "xl/worksheets/sheet2.xml");
    assert!(other.contains("<legacyDrawing r:id=") && other.find("<legacyDrawing") < other.find("<tableParts"));
}

#[test]
fn our_sheets_work() {
    let out = overlaid(&manager(), PLACES).unwrap().bytes;
    let all = contents(&out);
    assert!(all["RAG summary"].contains(&(1, 0, "String(\"Worker 1 <&>\")".into())));
    assert!(all["RAG summary"].contains(&(1, 1, "='Working'!B2*2".into())));
    assert!(all["Working"].contains(&(7, 0, "String(\"plain bold\")".into())));
    // The manager has a table `Plan`; ours took another name, and so did the formula.
    assert!(all["Action plan"].contains(&(6, 0, "=ROWS(Plan_2[Who])".into())));
    assert!(text(&out, "xl/tables/table2.xml").contains("displayName=\"Plan_2\""));
    let styles = text(&out, "xl/styles.xml");
    let summary = text(&out, "xl/worksheets/sheet4.xml");
    assert!(format_of(&styles, &summary, "A1").1.contains("1F3864"));
    let percent = styles.find("formatCode=\"0.0%\"").unwrap();
    let id = attribute(&styles[styles[..percent].rfind('<').unwrap()..], "numFmtId").unwrap();
    assert!(format_of(&styles, &summary, "B2").0.contains(&format!("numFmtId=\"{id}\"")));
    assert!(!summary.contains("tabSelected"));
    assert!(text(&out, "xl/worksheets/_rels/sheet4.xml.rels").contains("../drawings/drawing4.xml"));
    assert!(text(&out, "xl/drawings/_rels/drawing4.xml.rels").contains("../charts/chart3.xml"));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let (source, sheets) = (manager(), added(&our_names()));
    let one = overlay(&source, &marks(Tone::Amber, PLACES), &sheets).unwrap().bytes;
    assert!(one == overlay(&source, &marks(Tone::Amber, PLACES), &sheets).unwrap().bytes);
}

#[test]
fn a_mark_without_a_fill_is_a_note_alone() {
    let mut annotation = marks(Tone::Red, &["0!B2", "0!B3"]);
    annotation.marks[0].tone = None;
    annotation.marks[1].note = None;
    let out = overlay(&manager(), &annotation, &added(&our_names())).unwrap().bytes;
    let (styles, sheet) = (text(&out, "xl/styles.xml"), text(&out, "xl/worksheets/sheet1.xml"));
    assert!(!format_of(&styles, &sheet, "B2").1.contains("EE827C"));
    assert!(format_of(&styles, &sheet, "B3").1.contains("EE827C"));
    assert_eq!(text(&out, "xl/comments1.xml").matches("— fairload —").count(), 1);
}

#[test]
fn a_note_is_no_longer_than_a_note_can_be() {
    let mut annotation = marks(Tone::Red, &["0!B2"]);
    annotation.marks[0].note = Some("two words ".repeat(5_000));
    let out = overlay(&manager(), &annotation, &added(&our_names())).unwrap().bytes;
    let notes = text(&out, "xl/comments1.xml");
    let note = notes.split("<t").find(|piece| piece.contains("two words")).unwrap();
    assert!(note.chars().count() < 32_767 && note.contains(" …<"), "{}", note.len());
}
