//! What a manager types on our sheet "Action plan", through the whole program.

use std::path::{Path, PathBuf};

use calamine::{Data, Reader, Xlsx};
use fairload::book::annotation::{Annotation, Tone};

use super::books::{added, our_names};
use super::packages::{text, unzipped, zipped};
use super::{overlay, sheet_names};

const STEM: &str = "Cliffside caseload";

/// Runs the program on a workbook and gives the annotated one.
fn run(input: &Path, out: &Path) -> PathBuf {
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_fairload"))
        .args(["run", "--quiet", "--as-of", "2025-09-30", "--out"])
        .args([out, input])
        .output()
        .unwrap();
    assert!(run.status.code().is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&run.stderr));
    let stem = input.file_stem().unwrap().to_string_lossy();
    out.join(format!("{} RAG.xlsx", stem.strip_suffix(" RAG").unwrap_or(&stem)))
}

/// The rows of the action plan as text.
fn plan(path: &Path) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = calamine::open_workbook(path).unwrap();
    let range = book.worksheet_range("Action plan").unwrap();
    let text = |data: &Data| match data {
        Data::DateTime(day) => format!("day {}", day.as_f64()),
        other => other.to_string(),
    };
    range.rows().map(|row| row.iter().map(text).collect()).collect()
}

/// Types into cells of the action plan, as a spreadsheet would save it.
fn type_in(path: &Path, cells: &[(&str, &str)]) {
    let mut parts = unzipped(&std::fs::read(path).unwrap());
    let is_plan =
        |text: &str| text.contains("<t xml:space=\"preserve\">Agreed action<") || text.contains(">Agreed action<");
    let (_, bytes) = parts
        .iter_mut()
        .find(|(name, bytes)| name.starts_with("xl/worksheets/sheet") && is_plan(&String::from_utf8_lossy(bytes)))
        .unwrap();
    let mut sheet = String::from_utf8(bytes.clone()).unwrap();
    for (cell, typed) in cells {
        let value = match typed.parse::<f64>() {
            Ok(number) => format!("><v>{number}</v></c>"),
            Err(_) => format!(" t=\"inlineStr\"><is><t>{typed}</t></is></c>"),
        };
        match sheet.find(&format!("<c r=\"{cell}\"")) {
            Some(at) => {
                let end = at + sheet[at..].find("/>").unwrap();
                assert!(!sheet[at..end].contains('>'), "{cell} holds something");
                sheet = format!("{}{value}{}", &sheet[..end], &sheet[end + 2..]);
            }
            None => {
                let row: String = cell.chars().filter(char::is_ascii_digit).collect();
                let value = format!("<c r=\"{cell}\"{value}");
                match sheet.find(&format!("<row r=\"{row}\"")) {
                    Some(at) => {
                        let end = at + sheet[at..].find("</row>").unwrap();
                        sheet.insert_str(end, &value);
                    }
                    None => {
                        let end = sheet.find("</sheetData>").unwrap();
                        sheet.insert_str(end, &format!("<row r=\"{row}\">{value}</row>"));
                    }
                }
            }
        }
    }
    *bytes = sheet.into_bytes();
    std::fs::write(path, zipped(&parts)).unwrap();
}

#[test]
fn nothing_typed_is_lost_and_nothing_doubled() {
    let folder = tempfile::tempdir().unwrap();
    let at = |round: &str| folder.path().join(round);
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("samples/north/{STEM}.xlsx"));
    let first = run(&source, &at("1"));
    let typed = [
        ("J5", "Co-work with Jo"),
        ("L5", "46173"),
        ("M5", "after the holidays"),
        ("O5", "0.5"),
        ("P5", "ask the union"),
        ("N6", "Under way"),
        ("B60", "Meeting room 3"),
    ];
    let worker = |row: usize| plan(&first)[row - 1][1].clone();
    let (one, two) = (worker(5), worker(6));
    type_in(&first, &typed);

    let second = run(&first, &at("2"));
    let rows = plan(&second);
    let of = |worker: &str| rows.iter().find(|row| row[1] == worker).unwrap()[9..].to_vec();
    assert_eq!(of(&one), ["Co-work with Jo", "", "day 46173", "after the holidays", "", "0.5"]);
    assert_eq!(of(&two), ["", "", "", "", "Under way", ""]);
    let note = |cell: &str| rows.iter().find(|row| row[0] == cell).unwrap()[1..3].to_vec();
    assert_eq!(note("P5"), [one, "ask the union".to_string()]);
    assert_eq!(note("B60"), ["", "Meeting room 3"]);

    let third = run(&second, &at("3"));
    let fourth = run(&third, &at("4"));
    let bytes = |path: &Path| std::fs::read(path).unwrap();
    assert!(bytes(&second) == bytes(&third) && bytes(&third) == bytes(&fourth), "the plan changes when it comes back");
}

#[test]
fn a_plan_outlives_the_workbook_that_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("samples/north/{STEM}.xlsx"));
    let first = run(&source, folder.path());
    let untouched = std::fs::read(&first).unwrap();
    assert!(std::fs::read(run(&source, folder.path())).unwrap() == untouched);
    type_in(&first, &[("J5", "Co-work with Jo")]);
    let again = run(&source, folder.path());
    assert_eq!(plan(&again)[4][9], "Co-work with Jo");
}

#[test]
fn notes_on_the_plan_are_kept() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let plan = book.add_worksheet().set_name("Action plan").unwrap();
    plan.write(4, 9, "Co-work").unwrap();
    let note = rust_xlsxwriter::Note::new("Ann agrees").set_author("Ann").add_author_prefix(false);
    plan.insert_note(4, 9, &note).unwrap();
    book.define_name("_fairload.sheet.4", "='Action plan'!$A$1").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let opened = fairload::run::workbook::open(&bytes, "a", &|file, stem| file.cells(stem)).unwrap();
    let asides: Vec<(String, String)> =
        opened.plan.asides.iter().map(|aside| (aside.cell.clone(), aside.typed.text())).collect();
    let expected = [("J5", "Co-work"), ("note on J5", "Ann agrees")];
    assert_eq!(asides, expected.map(|(cell, typed)| (cell.to_string(), typed.to_string())));
}

/// The workbook as LibreOffice saves it in this format.
fn saved(path: &Path, ending: &str, work: &Path) -> PathBuf {
    let run = std::process::Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", work.join("profile").display()))
        .args(["--headless", "--convert-to", ending, "--outdir"])
        .args([&work.join(ending), path])
        .output()
        .expect("soffice on the path");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    work.join(ending).join(path.file_name().unwrap()).with_extension(ending)
}

/// The ratings but for the name of the file.
fn ratings(out: &Path) -> Vec<String> {
    let mut table = csv::Reader::from_path(out.join("ratings.csv")).unwrap();
    table.records().map(|row| row.unwrap().iter().skip(1).collect::<Vec<_>>().join(";")).collect()
}

/// Our notes in a workbook, and the cells of sheets other than these that carry a fill of ours.
fn marks_of_ours(bytes: &[u8], but: &[&str]) -> (usize, usize) {
    let parts = unzipped(bytes);
    let notes = parts
        .iter()
        .filter(|(name, _)| name.starts_with("xl/comments"))
        .map(|(_, part)| String::from_utf8_lossy(part).matches("— fairload —").count());
    let notes = notes.sum();
    let styles = text(bytes, "xl/styles.xml");
    let fills = &styles[styles.find("<fills").unwrap()..styles.find("</fills>").unwrap()];
    let is_ours = |fill: &str| Tone::ALL.iter().any(|tone| fill.contains(&format!("fgColor rgb=\"FF{}\"", tone.rgb())));
    let ours: Vec<usize> =
        fills.split("<fill>").skip(1).enumerate().filter(|(_, fill)| is_ours(fill)).map(|(at, _)| at).collect();
    let formats = &styles[styles.find("<cellXfs").unwrap()..styles.find("</cellXfs>").unwrap()];
    let formats: Vec<String> = formats
        .split("<xf ")
        .skip(1)
        .enumerate()
        .filter(|(_, format)| ours.iter().any(|fill| format.contains(&format!("fillId=\"{fill}\""))))
        .map(|(at, _)| format!(" s=\"{at}\""))
        .collect();
    let book = text(bytes, "xl/workbook.xml");
    let relations = text(bytes, "xl/_rels/workbook.xml.rels");
    let mut filled = 0;
    for tag in book.split("<sheet ").skip(1) {
        let value = |tag: &str, name: &str| {
            let at = tag.find(&format!("{name}=\"")).unwrap() + name.len() + 2;
            tag[at..].split('"').next().unwrap().to_string()
        };
        if but.contains(&value(tag, "name").as_str()) {
            continue;
        }
        let id = format!("Id=\"{}\"", value(tag, "r:id"));
        let relation = relations.split('<').find(|relation| relation.contains(&id)).unwrap();
        let sheet = text(bytes, &format!("xl/{}", value(relation, "Target").trim_start_matches("/xl/")));
        filled += sheet
            .split("<c ")
            .filter(|cell| formats.iter().any(|format| cell.split('>').next().unwrap().contains(format)))
            .count();
    }
    (notes, filled)
}

#[test]
#[ignore = "needs LibreOffice"]
fn what_another_program_saved_comes_back_whole() {
    let folder = tempfile::tempdir().unwrap();
    let at = |round: &str| folder.path().join(round);
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("samples/north/{STEM}.xlsx"));
    let first = run(&source, &at("first"));
    let worker = plan(&first)[4][1].clone();
    type_in(&first, &[("J5", "Co-work with Jo"), ("L5", "46173"), ("P5", "ask the union"), ("B60", "Meeting room 3")]);
    let bytes = std::fs::read(&first).unwrap();
    let ours = our_names();
    let ours: Vec<&str> = ours.iter().map(String::as_str).collect();
    let before = marks_of_ours(&bytes, &ours);
    assert!(before.0 > 5 && before.1 > 5, "{before:?}");
    for ending in ["xlsx", "ods", "xls"] {
        let saved = saved(&first, ending, folder.path());
        let again = run(&saved, &at(&format!("again-{ending}")));
        let rows = plan(&again);
        let row = rows.iter().find(|row| row[1] == worker).unwrap();
        assert_eq!((row[9].as_str(), row[11].as_str()), ("Co-work with Jo", "day 46173"), "{ending}");
        assert_eq!(rows.iter().filter(|row| row[2] == "ask the union").count(), 1, "{ending}");
        assert_eq!(rows.iter().filter(|row| row[2] == "Meeting room 3").count(), 1, "{ending}");
        assert!(ratings(&at("first")) == ratings(&at(&format!("again-{ending}"))), "{ending}: other ratings");
        let bytes = std::fs::read(&again).unwrap();
        assert_eq!(sheet_names(&bytes), sheet_names(&std::fs::read(&first).unwrap()), "{ending}");
        // A copy of values has no fills of the manager's for ours to give way to.
        let marks = marks_of_ours(&bytes, &ours);
        assert!(
            marks == before || ending != "xlsx" && marks.0 == before.0 && marks.1 >= before.1,
            "{ending}: {marks:?}"
        );
        let third = run(&again, &at(&format!("third-{ending}")));
        let fourth = run(&third, &at(&format!("fourth-{ending}")));
        assert_eq!(marks_of_ours(&std::fs::read(&third).unwrap(), &ours), marks, "{ending}: doubled");
        assert!(std::fs::read(third).unwrap() == std::fs::read(fourth).unwrap(), "{ending}: not stable");
    }
    // Where nothing is found any more, nothing of ours is left.
    let saved = std::fs::read(folder.path().join("xlsx").join(first.file_name().unwrap())).unwrap();
    let bare = overlay(&saved, &Annotation::default(), &added(&our_names())).unwrap().bytes;
    assert_eq!(marks_of_ours(&bare, &ours), (0, 0));
}
