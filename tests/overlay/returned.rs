//! Workbooks that come back: nothing doubled, nothing left over.

use fairload::book::annotation::{Annotation, Tone};
use fairload::book::overlay::marker;
use fairload::manager::sheet_names::SheetNames;

use super::books::{added, manager, our_names};
use super::packages::{Small, text, unzipped, zipped};
use super::{PLACES, contents, format_of, marks, overlaid, overlay, sheet_names};

const SHIFTED: &[&str] = &["1!B2", "1!B3", "1!B4", "1!D5", "1!A7", "1!B11", "1!F6", "1!H20", "2!A2", "2!A3"];

/// The whole program, fed its own output twice.
#[test]
fn what_comes_back_goes_out_the_same() {
    let samples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    for name in ["north/Harbour Locality Team", "care/Fostering Team", "task-force-example"] {
        let folder = tempfile::tempdir().unwrap();
        let mut input = samples.join(format!("{name}.xlsx"));
        let mut outputs = Vec::new();
        for round in 1..=3 {
            let out = folder.path().join(round.to_string());
            let run = std::process::Command::new(env!("CARGO_BIN_EXE_fairload"))
                .args(["run", "--quiet", "--as-of", "2025-09-30", "--out"])
                .args([&out, &input])
                .output()
                .unwrap();
            assert!(run.status.code().is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&run.stderr));
            let stem = name.rsplit('/').next().unwrap();
            input = out.join(format!("{stem} RAG.xlsx"));
            outputs.push(std::fs::read(&input).unwrap());
        }
        assert!(outputs[0] == outputs[1] && outputs[1] == outputs[2], "{name}");
    }
}

#[test]
fn the_second_run_changes_nothing() {
    let one = overlaid(&manager(), PLACES).unwrap().bytes;
    let two = overlaid(&one, SHIFTED).unwrap().bytes;
    assert!(one == two);
}

#[test]
fn old_marks_go() {
    let one = overlaid(&manager(), PLACES).unwrap().bytes;
    let two = overlay(&one, &marks(Tone::Green, &["1!C2"]), &added(&our_names())).unwrap().bytes;
    let (styles, sheet) = (text(&two, "xl/styles.xml"), text(&two, "xl/worksheets/sheet1.xml"));
    for cell in ["B2", "B3", "D5", "A7", "A10", "H20"] {
        assert!(format_of(&styles, &sheet, cell).1.contains("none"), "{cell}");
    }
    assert!(format_of(&styles, &sheet, "C2").1.contains("C8EBC8"));
    let notes = text(&two, "xl/comments1.xml");
    assert!(notes.contains("Agreed with HR") && notes.contains("On leave"));
    assert_eq!(notes.matches("— fairload —").count(), 1);
    // The notes of the other sheet went, and with them the part that held them.
    assert!(!unzipped(&two).iter().any(|(name, _)| name == "xl/comments2.xml"));
    assert!(!text(&two, "xl/worksheets/sheet2.xml").contains("legacyDrawing"));
    let (before, after) = (contents(&manager()), contents(&two));
    for (name, cells) in &before {
        assert_eq!(cells, &after[name], "{name}");
    }
}

#[test]
fn our_sheets_are_known_when_renamed_and_moved() {
    let one = overlaid(&manager(), PLACES).unwrap().bytes;
    let mut parts = unzipped(&one);
    for (name, bytes) in &mut parts {
        if name == "xl/workbook.xml" {
            let text = String::from_utf8(bytes.clone()).unwrap();
            let text = text.replace("name=\"Findings\"", "name=\"Mine now\"").replace(">Findings!", ">'Mine now'!");
            let text = text.replace("'Findings'!$A$1", "'Mine now'!$A$1");
            *bytes = text.into_bytes();
        }
    }
    let renamed = zipped(&parts);
    assert_eq!(marker(&renamed), Some(vec![0, 5, 6, 7, 8]));
    let two = overlaid(&renamed, SHIFTED).unwrap().bytes;
    assert_eq!(sheet_names(&two), sheet_names(&one));
}

#[test]
fn a_deleted_sheet_of_ours_comes_back() {
    let one = overlaid(&manager(), PLACES).unwrap().bytes;
    let mut parts = unzipped(&one);
    for (name, bytes) in &mut parts {
        if name == "xl/workbook.xml" {
            let text = String::from_utf8(bytes.clone()).unwrap();
            let start = text.find("<sheet name=\"Policy\"").unwrap();
            let end = start + text[start..].find("/>").unwrap() + 2;
            let text = text.replace(&text[start..end], "").replace("'Policy'!$A$1", "#REF!$A$1");
            *bytes = text.into_bytes();
        }
    }
    let two = overlaid(&zipped(&parts), SHIFTED).unwrap().bytes;
    assert_eq!(sheet_names(&two), sheet_names(&one));
    assert_eq!(text(&two, "xl/workbook.xml").matches("_fairload.sheet.").count(), 5);
}

#[test]
fn the_order_of_calculation_goes_when_it_names_our_sheets() {
    let chain = "<calcChain xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><c r=\"B2\" i=\"1\"/><c r=\"B3\"/></calcChain>";
    let source =
        Small::new().and("xl/calcChain.xml", chain).related("xl/_rels/workbook.xml.rels", "calcChain", "calcChain.xml");
    let one = overlaid(&source.bytes(), &["0!B2"]).unwrap().bytes;
    assert_eq!(text(&one, "xl/calcChain.xml"), chain);
    let mut parts = unzipped(&one);
    for (name, bytes) in &mut parts {
        if name == "xl/calcChain.xml" {
            *bytes = chain.replace("i=\"1\"", "i=\"2\"").into_bytes();
        }
    }
    let two = overlaid(&zipped(&parts), &["1!B2"]).unwrap().bytes;
    assert!(!unzipped(&two).iter().any(|(name, _)| name == "xl/calcChain.xml"));
    assert!(!text(&two, "xl/_rels/workbook.xml.rels").contains("calcChain"));
}

#[test]
fn a_sheet_of_the_managers_keeps_its_name() {
    let source = Small::new().with("xl/workbook.xml", "Team A", "policy").bytes();
    assert!(overlaid(&source, &[]).unwrap_err().0.contains("named `Policy`"));
    let names = SheetNames::beside(["policy"]).all().map(String::from);
    let one = overlay(&source, &marks(Tone::Red, &["0!B2"]), &added(&names)).unwrap().bytes;
    assert_eq!(sheet_names(&one), ["RAG summary", "policy", "Findings", "Working", "Action plan", "Policy (2)"]);
    let two = overlay(&one, &marks(Tone::Red, &["1!B2"]), &added(&names)).unwrap().bytes;
    assert!(one == two);
}

#[test]
fn a_workbook_without_marks_gets_its_sheets() {
    let one = overlay(&manager(), &Annotation::default(), &added(&our_names())).unwrap().bytes;
    assert_eq!(sheet_names(&one).len(), 9);
    assert_eq!(text(&one, "xl/worksheets/sheet1.xml"), text(&manager(), "xl/worksheets/sheet1.xml"));
}

#[test]
fn notes_are_known_when_their_author_was_lost() {
    // LibreOffice writes a single nameless author.
    let one = overlaid(&manager(), PLACES).unwrap().bytes;
    let mut parts = unzipped(&one);
    for (name, bytes) in &mut parts {
        if name.starts_with("xl/comments") {
            let text = String::from_utf8(bytes.clone()).unwrap();
            *bytes = text.replace("<author>fairload</author>", "<author> </author>").into_bytes();
        }
    }
    let two = overlaid(&zipped(&parts), SHIFTED).unwrap().bytes;
    assert_eq!(text(&two, "xl/comments1.xml").matches("— fairload —").count(), 8);
    assert_eq!(text(&two, "xl/drawings/vmlDrawing1.vml").matches("ObjectType=\"Note\"").count(), 8);
}

#[test]
fn a_view_scrolled_to_a_later_tab_stays_there() {
    let source = Small::new().with(
        "xl/workbook.xml",
        "<sheets>",
        "<bookViews><workbookView firstSheet=\"1\" activeTab=\"0\"/></bookViews><sheets>",
    );
    let one = overlaid(&source.bytes(), &["0!B2"]).unwrap().bytes;
    assert!(text(&one, "xl/workbook.xml").contains("<workbookView firstSheet=\"2\" activeTab=\"1\"/>"));
    // The small workbook has no second tab to scroll to, so the next run shows them all.
    let two = overlaid(&one, &["1!B2"]).unwrap().bytes;
    assert!(text(&two, "xl/workbook.xml").contains("<workbookView firstSheet=\"0\" activeTab=\"1\"/>"));
    assert!(overlaid(&two, &["1!B2"]).unwrap().bytes == two);
}
