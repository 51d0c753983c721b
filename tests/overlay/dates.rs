//! Dates in a workbook that counts its days from 1904.

use fairload::book::sheet::Value;

use super::packages::{unzipped, zipped};

/// The dates on our sheets of the annotated sample, once with the days counted from 1904.
fn dates(from_1904: bool) -> Vec<(String, u32, String)> {
    let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/task-force-example.xlsx");
    let mut parts = unzipped(&std::fs::read(sample).unwrap());
    let book = parts.iter_mut().find(|(name, _)| name == "xl/workbook.xml").unwrap();
    let text = String::from_utf8(book.1.clone()).unwrap();
    assert!(text.contains("<workbookPr "), "{text}");
    let mark = if from_1904 { "<workbookPr date1904=\"1\" " } else { "<workbookPr " };
    book.1 = text.replace("<workbookPr ", mark).into_bytes();
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("a.xlsx");
    std::fs::write(&input, zipped(&parts)).unwrap();
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_fairload"))
        .args(["run", "--quiet", "--as-of", "2025-09-30", "--out"])
        .args([folder.path(), &input])
        .output()
        .unwrap();
    assert!(run.status.code().is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&run.stderr));
    let bytes = std::fs::read(folder.path().join("a RAG.xlsx")).unwrap();
    let (_, book) = fairload::book::read::read(&bytes, "a").unwrap();
    let ours = book.sheets.iter().filter(|sheet| super::books::OURS.contains(&sheet.name.as_str()));
    let cells = ours.flat_map(|sheet| sheet.rows.iter().map(|row| (&sheet.name, row)));
    let dates = cells.flat_map(|(name, row)| {
        let dates = row.cells.iter().filter(|cell| matches!(cell.value, Value::Date(_)));
        dates.map(|cell| (name.clone(), row.index, cell.value.text()))
    });
    dates.collect()
}

#[test]
fn days_are_counted_as_the_workbook_counts_them() {
    let usual = dates(false);
    assert!(!usual.is_empty());
    assert_eq!(dates(true), usual);
}
