//! What a manager types on our sheet "Action plan", through the whole program.

use std::path::{Path, PathBuf};

use calamine::{Data, Reader, Xlsx};

use super::packages::{unzipped, zipped};

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
