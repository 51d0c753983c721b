//! Every annotated sample beside its source: nothing of the manager's is lost, and what comes back
//! goes out the same.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

use calamine::{Reader, Xlsx};
use fairload::book::read::{Format, Spreadsheet, read};
use fairload::book::sheet::{RawBook, Value};

fn run(inputs: &Path, out: &Path) {
    let code = Command::new(env!("CARGO_BIN_EXE_fairload"))
        .args(["run", "--as-of", "2025-09-30", "--quiet", "--out"])
        .arg(out)
        .arg(inputs)
        .status()
        .unwrap()
        .code();
    assert_eq!(code, Some(1), "the samples hold red ratings and nothing that cannot be done");
}

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples")
}

/// Workbooks below a folder, by the path below it.
fn workbooks(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let is_workbook = |path: &Path| path.extension().is_some_and(|ending| ending == "xlsx" || ending == "xlsm");
    entries
        .filter(|entry| is_workbook(entry.path()))
        .map(|entry| {
            let below = entry.path().strip_prefix(folder).unwrap().to_path_buf();
            (below, std::fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// Every sample with its format, by the path below `samples/`.
fn sources() -> BTreeMap<PathBuf, (Format, Vec<u8>)> {
    const ENDINGS: [&str; 6] = ["xlsx", "xlsm", "xlsb", "xls", "ods", "csv"];
    let entries = walkdir::WalkDir::new(samples()).into_iter().map(|entry| entry.unwrap().into_path());
    let is_sample =
        |path: &PathBuf| ENDINGS.into_iter().any(|ending| path.extension().is_some_and(|its| its == ending));
    entries
        .filter(is_sample)
        .map(|path| {
            let bytes = std::fs::read(&path).unwrap();
            (path.strip_prefix(samples()).unwrap().to_path_buf(), (Spreadsheet::open(&bytes).unwrap().format(), bytes))
        })
        .collect()
}

/// Name, check sum, and bytes of every part, packed or unpacked.
fn parts(bytes: &[u8], packed: bool) -> Vec<(String, u32, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut part = if packed { archive.by_index_raw(at).unwrap() } else { archive.by_index(at).unwrap() };
            let mut held = Vec::new();
            part.read_to_end(&mut held).unwrap();
            (part.name().unwrap().into_owned(), part.crc32(), held)
        })
        .collect()
}

/// Parts that marks and added sheets may change.
fn may_change(part: &str) -> bool {
    let named = [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/custom.xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
    ];
    let begins = ["xl/worksheets/sheet", "xl/worksheets/_rels/sheet", "xl/comments", "xl/drawings/vmlDrawing"];
    named.contains(&part) || begins.iter().any(|start| part.starts_with(start))
}

/// Whether `after` holds `before` with text put in and figures changed, nothing taken out.
fn only_added(before: &str, after: &str) -> bool {
    // The used area grows where an empty cell is marked.
    let plain = |text: &str| match (text.find("<dimension "), text) {
        (Some(start), text) => {
            let end = start + text[start..].find("/>").map_or(0, |end| end + 2);
            format!("{}{}", &text[..start], &text[end..])
        }
        (None, text) => text.to_string(),
    };
    let after = plain(after);
    let mut rest = after.chars().filter(|c| !c.is_ascii_digit());
    plain(before).chars().filter(|c| !c.is_ascii_digit()).all(|c| rest.any(|other| other == c))
}

/// Values and formulas of every sheet, as another reader sees them.
fn contents(bytes: &[u8]) -> BTreeMap<String, (Vec<String>, Vec<String>)> {
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    let names = book.sheet_names();
    names
        .into_iter()
        .map(|name| {
            let values = book.worksheet_range(&name).map_or(Vec::new(), |range| {
                range.used_cells().map(|(row, column, value)| format!("{row} {column} {value:?}")).collect()
            });
            let formulas = book.worksheet_formula(&name).map_or(Vec::new(), |range| {
                let start = range.start().unwrap_or((0, 0));
                let cells = range.used_cells().filter(|(.., formula)| !formula.is_empty());
                cells.map(|(row, column, formula)| format!("{start:?} {row} {column} {formula}")).collect()
            });
            (name, (values, formulas))
        })
        .collect()
}

#[test]
fn every_sample_keeps_all_of_its_own() {
    let out = tempfile::tempdir().unwrap();
    run(&samples(), out.path());
    let annotated = workbooks(out.path());
    let (mut compared, mut copied) = (0, 0);
    for (path, (format, source)) in sources() {
        let stem = path.file_stem().unwrap().to_string_lossy();
        let ending = if format == Format::MacroWorkbook { "xlsm" } else { "xlsx" };
        let name = path.with_file_name(format!("{stem} RAG.{ending}"));
        if matches!(format, Format::Workbook | Format::MacroWorkbook) {
            holds_every_part(&name, &source, &annotated[&name]);
            compared += 1;
        } else {
            holds_every_value(&name, &read(&source, &stem).unwrap().1, &annotated[&name]);
            copied += 1;
        }
    }
    assert!(compared >= 10, "{compared}");
    assert!(copied >= 7, "{copied}");
}

/// The workbook itself with marks and five sheets more.
fn holds_every_part(name: &Path, source: &[u8], after: &[u8]) {
    let kept: BTreeMap<String, (u32, Vec<u8>)> =
        parts(after, true).into_iter().map(|(part, sum, bytes)| (part, (sum, bytes))).collect();
    let unpacked: BTreeMap<String, Vec<u8>> =
        parts(after, false).into_iter().map(|(part, _, bytes)| (part, bytes)).collect();
    let texts: BTreeMap<String, Vec<u8>> =
        parts(source, false).into_iter().map(|(part, _, bytes)| (part, bytes)).collect();
    for (part, sum, bytes) in parts(source, true) {
        let found = kept.get(&part).unwrap_or_else(|| panic!("{name:?} lost {part}"));
        if found.0 == sum && found.1 == bytes {
            continue;
        }
        assert!(may_change(&part), "{name:?}: {part} is not what it was");
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        assert!(only_added(&text(&texts[&part]), &text(&unpacked[&part])), "{name:?}: {part} lost something");
    }
    let (theirs, ours) = (contents(source), contents(after));
    for (sheet, cells) in &theirs {
        assert_eq!(cells, &ours[sheet], "{name:?}, sheet {sheet}");
    }
    assert_eq!(ours.len(), theirs.len() + 5, "{name:?} has five sheets more");
}

/// A copy of what the file shows, with five sheets more.
fn holds_every_value(name: &Path, source: &RawBook, after: &[u8]) {
    let copy = read(after, "copy").unwrap().1;
    for theirs in &source.sheets {
        let ours = copy.sheets.iter().find(|sheet| sheet.name == theirs.name);
        let ours = ours.unwrap_or_else(|| panic!("{name:?} lost sheet {}", theirs.name));
        assert_eq!(ours.hidden_columns, theirs.hidden_columns, "{name:?}, sheet {}", theirs.name);
        let areas = |areas: &[fairload::book::sheet::Area]| {
            areas.iter().map(|area| format!("{area:?}")).collect::<BTreeSet<_>>()
        };
        assert_eq!(areas(&ours.merged), areas(&theirs.merged), "{name:?}, sheet {}", theirs.name);
        let held = |sheet: &fairload::book::sheet::RawSheet| -> Vec<String> {
            let cells = sheet.rows.iter().flat_map(|row| row.cells.iter().map(move |cell| (row, cell)));
            let shown = |value: &Value| match value {
                Value::Error(error) => error.to_string(),
                // A CSV knows text alone: figures are told by how they read.
                value => value.text(),
            };
            cells
                .map(|(row, cell)| format!("{} {} {} {}", row.index, row.hidden, cell.column, shown(&cell.value)))
                .collect()
        };
        assert_eq!(held(ours), held(theirs), "{name:?}, sheet {}", theirs.name);
    }
    assert_eq!(copy.sheets.len(), source.sheets.len() + 5, "{name:?} has five sheets more");
}

#[test]
fn what_comes_back_goes_out_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    run(&samples(), &at("first"));
    run(&at("first"), &at("second"));
    run(&at("second"), &at("third"));
    let (second, third) = (workbooks(&at("second")), workbooks(&at("third")));
    assert_eq!(second.keys().collect::<Vec<_>>(), third.keys().collect::<Vec<_>>());
    assert!(second.len() > 14);
    for (path, bytes) in &second {
        assert!(third[path] == *bytes, "{path:?} changes when it comes back");
    }
    // The same ratings; the file's name alone has grown.
    let ratings = |run: &str| -> Vec<String> {
        let mut table = csv::Reader::from_path(at(run).join("ratings.csv")).unwrap();
        let rows = table.records().map(|row| row.unwrap().iter().skip(1).collect::<Vec<_>>().join(","));
        let mut lines: Vec<String> = rows.collect();
        lines.sort();
        lines
    };
    assert!(ratings("first") == ratings("second"), "other ratings");
}
