//! Every format of spreadsheet: the same cells, the same ratings, and no file that stops the run.
//!
//! `files/` holds workbooks that LibreOffice made of an .xlsx: of two samples, and of `values`, which has a
//! cell of each kind, and of `values` under a password. Nothing at hand writes .xlsb, so `binary.rs` does; `biff.rs` writes .xls for the samples.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::saltmarsh::{biff, binary};
use fairload::book::read::{Format, Spreadsheet, Unreadable};
use fairload::book::sheet::{RawBook, RawSheet, Shown, Value, Visibility};
use fairload::field::quality::FileStatus;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn file(name: &str) -> Vec<u8> {
    let path = root().join("tests/formats/files").join(name);
    fs::read(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

fn sample(name: &str) -> Vec<u8> {
    fs::read(root().join("samples").join(name)).unwrap()
}

fn format(bytes: &[u8]) -> Result<Format, Unreadable> {
    Spreadsheet::open(bytes).map(|file| file.format())
}

fn cells(bytes: &[u8]) -> RawBook {
    fairload::book::read::read(bytes, "a").unwrap_or_else(|error| panic!("{error:?}")).1
}

/// A folder with these files, run or checked by the program.
struct Desk(tempfile::TempDir);

impl Desk {
    fn with(files: &[(&str, &[u8])]) -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        for (name, bytes) in files {
            fs::write(desk.at(name), bytes).unwrap();
        }
        desk
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn run(&self, inputs: &[&str]) -> Output {
        let mut program = Command::new(env!("CARGO_BIN_EXE_fairload"));
        program.current_dir(self.0.path()).args(["run", "--as-of", "2025-09-30", "--out", "out"]).args(inputs);
        program.output().unwrap()
    }

    /// A table of the run without the name of the file.
    fn table(&self, name: &str) -> Vec<BTreeMap<String, String>> {
        let text = fs::read_to_string(self.at("out").join(name)).unwrap();
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
        let rows = reader.deserialize().map(|row: Result<BTreeMap<String, String>, _>| row.unwrap());
        rows.map(|mut row| {
            row.remove("file");
            row
        })
        .collect()
    }

    /// The status of each input.
    fn statuses(&self) -> BTreeMap<String, String> {
        let text = fs::read_to_string(self.at("out/run.json")).unwrap();
        let run: serde_json::Value = serde_json::from_str(&text).unwrap();
        let inputs = run["inputs"].as_array().unwrap().iter();
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_string();
        inputs.map(|input| (text(&input["file"]), text(&input["status"]))).collect()
    }
}

/// The sheet as a CSV of the same name.
fn csv_of(sheet: &RawSheet) -> Vec<u8> {
    let mut lines: Vec<Vec<String>> = Vec::new();
    for row in &sheet.rows {
        lines.resize(row.index as usize, Vec::new());
        let mut line = vec![String::new(); row.cells.last().unwrap().column as usize + 1];
        for cell in &row.cells {
            line[cell.column as usize] = cell.value.text();
        }
        lines.push(line);
    }
    let quoted = |text: &String| format!("\"{}\"", text.replace('"', "\"\""));
    let lines = lines.iter().map(|line| line.iter().map(quoted).collect::<Vec<_>>().join(","));
    lines.collect::<Vec<_>>().join("\r\n").into_bytes()
}

/// The figures of the samples are held to the oracle by `tests/samples.rs`; here the other formats are held to them.
#[test]
fn the_same_caseload_in_every_format_is_rated_alike() {
    for (name, folder, as_csv) in [("task-force-example", "", true), ("South localities", "south/", false)] {
        let original = sample(&format!("{folder}{name}.xlsx"));
        let mut all = vec![
            ("xls", file(&format!("{name}.xls"))),
            ("ods", file(&format!("{name}.ods"))),
            ("xlsb", binary::workbook(&cells(&original), false)),
        ];
        if as_csv {
            all.push(("csv", csv_of(&cells(&original).sheets[0])));
        }
        let source = format!("{name}.xlsx");
        let first = Desk::with(&[(&source, &original)]);
        let ended = first.run(&[&source]).status.code();
        for (ending, bytes) in all {
            let input = format!("{name}.{ending}");
            let desk = Desk::with(&[(&input, &bytes)]);
            let output = desk.run(&[&input]);
            assert_eq!(output.status.code(), ended, "{input}: {output:?}");
            assert_eq!(desk.statuses()[&input], "value-copy");
            assert!(desk.at(&format!("out/{name} RAG.xlsx")).exists());
            for table in ["ratings.csv", "workers.csv", "teams.csv"] {
                assert_eq!(desk.table(table), first.table(table), "{input}, {table}");
            }
            // The only sheet of a CSV is called like its file.
            if ending != "csv" {
                assert_eq!(desk.table("sheets.csv"), first.table("sheets.csv"), "{input}");
            }
        }
    }
}

/// What a cell holds, figures as far as every format keeps them, errors by what they are alone: programs
/// have words of their own for them.
fn told(sheet: &RawSheet) -> Vec<String> {
    let mut told = vec![format!(
        "{} {:?} columns {:?} filtered {} merged {:?}",
        sheet.name, sheet.visibility, sheet.hidden_columns, sheet.filtered, sheet.merged
    )];
    for row in &sheet.rows {
        for cell in &row.cells {
            let value = match &cell.value {
                Value::Number(number) => format!("{number:.9}"),
                Value::Error(_) => "an error".into(),
                other => format!("{other:?}"),
            };
            let column = fairload::book::sheet::column_letters(cell.column);
            told.push(format!("{column}{} hidden {} formula {} {value}", row.index + 1, row.hidden, cell.formula));
        }
    }
    told
}

#[test]
fn values_and_what_is_out_of_sight_are_the_same_in_every_format() {
    let all = |book: &RawBook| book.sheets.iter().flat_map(told).collect::<Vec<_>>();
    let original = cells(&file("values.xlsx"));
    for name in ["values.xls", "values.ods", "values-1904.xlsx", "values-1904.xls", "values-1904.ods"] {
        assert_eq!(all(&cells(&file(name))), all(&original), "{name}");
    }
    for from_1904 in [false, true] {
        assert_eq!(all(&cells(&binary::workbook(&original, from_1904))), all(&original), "xlsb, 1904 {from_1904}");
        assert_eq!(all(&cells(&biff::workbook(&original, from_1904))), all(&original), "xls, 1904 {from_1904}");
    }
    let sheet = &original.sheets[0];
    let at = |address: &str| sheet.value(address.parse().unwrap()).cloned();
    assert_eq!(at("A1"), None);
    assert_eq!(at("B3"), Some(Value::Text("  Ann  O'Neil ".into())));
    assert_eq!(at("C3"), Some(Value::Number(0.65)));
    assert_eq!(at("D3"), Some(Value::Date(jiff::civil::date(2024, 2, 29))));
    assert_eq!(at("E3"), at("D3"), "of a date with its time the date is kept");
    assert_eq!(at("F3"), Some(Value::Number(1.25)), "a duration is a number of days");
    assert_eq!(at("D4"), Some(Value::Text("0071".into())));
    assert_eq!(at("E4"), Some(Value::Date(jiff::civil::date(1998, 12, 31))));
    assert_eq!(at("G4"), Some(Value::Bool(false)));
    assert_eq!(at("H3"), Some(Value::Error("#N/A".into())));
    assert_eq!(at("I4"), None, "a formula that shows nothing");
    let seen: Vec<_> = original.sheets.iter().map(|sheet| (sheet.visibility, sheet.filtered)).collect();
    let (visible, hidden) = (Visibility::Visible, Visibility::Hidden);
    assert_eq!(seen, [(visible, false), (hidden, false), (visible, true), (visible, false)]);
}

#[test]
fn times_number_formats_and_widths_are_known_for_a_copy() {
    let code = |code: &str| Some(Shown::Code(code.into()));
    // The fifth column is 13 digits of seven pixels wide in the one, and 1.2638 of 96 in the other.
    for (name, hours, wide) in [("values.xls", "[hh]:mm:ss", 91), ("values.ods", "[h]:mm:ss", 121)] {
        let book = cells(&file(name));
        let looks = &book.sheets[0].appearance;
        let shown = |address: &str| looks.shown(address.parse().unwrap()).cloned();
        assert_eq!(shown("E3"), Some(Shown::Time(jiff::civil::time(13, 45, 0, 0))), "{name}");
        assert_eq!((shown("D3"), shown("C3")), (None, None), "{name}");
        assert_eq!(shown("C4"), code("0%"), "{name}");
        // Thirty hours.
        assert_eq!(shown("F3"), code(hours), "{name}");
        assert_eq!(looks.width(4), Some(wide), "{name}");
    }
}

#[test]
fn a_file_is_what_its_content_says() {
    let example = "task-force-example";
    let binary = binary::workbook(&cells(&sample("task-force-example.xlsx")), false);
    let text = csv_of(&cells(&sample("task-force-example.xlsx")).sheets[0]);
    for (name, bytes, status) in [
        ("really xlsx.xls", sample("task-force-example.xlsx"), "annotated"),
        ("really xlsx.csv", sample("task-force-example.xlsx"), "annotated"),
        ("really xlsx.xlsm", sample("task-force-example.xlsx"), "annotated"),
        ("really xls.xlsx", file("task-force-example.xls"), "value-copy"),
        ("really ods.xlsx", file("task-force-example.ods"), "value-copy"),
        ("really xlsb.ods", binary, "value-copy"),
        ("really csv.xls", text, "value-copy"),
    ] {
        let desk = Desk::with(&[(name, &bytes)]);
        let output = desk.run(&[name]);
        assert_eq!(output.status.code(), Some(0), "{name}: {output:?}");
        assert_eq!(desk.statuses()[name], status, "{name}");
        let stem = name.split('.').next().unwrap();
        let made = fs::read(desk.at(&format!("out/{stem} RAG.xlsx"))).unwrap_or_else(|_| panic!("{name}"));
        assert_eq!(format(&made), Ok(Format::Workbook), "{name}");
        assert_eq!(desk.table("workers.csv")[0]["children"], "17", "{name} is {example}");
    }
    let macros = sample("care/Children in Our Care Team 1.xlsm");
    let desk = Desk::with(&[("with macros.xlsx", &macros)]);
    assert!(desk.run(&["with macros.xlsx"]).status.code() < Some(2));
    let made = fs::read(desk.at("out/with macros RAG.xlsm")).expect("Excel opens macros under this ending alone");
    assert_eq!(format(&made), Ok(Format::MacroWorkbook));
}

#[test]
fn what_is_under_a_password_says_so() {
    for name in ["locked.xls", "locked.ods"] {
        let desk = Desk::with(&[(name, &file(name))]);
        let output = desk.run(&[name]);
        let said = String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("protected by a password; save a copy without one"), "{said}");
        assert_eq!(desk.statuses()[name], "refused");
    }
}

#[test]
fn inputs_of_one_stem_keep_their_names_apart() {
    let (xls, ods) = (file("task-force-example.xls"), file("task-force-example.ods"));
    let xlsx = sample("task-force-example.xlsx");
    let desk = Desk::with(&[("a.ods", &ods), ("a.xls", &xls), ("a.xlsx", &xlsx)]);
    desk.run(&["a.ods", "a.xls", "a.xlsx"]);
    assert_eq!(desk.statuses()["a.xlsx"], "annotated");
    for name in ["a RAG.xlsx", "a (xls) RAG.xlsx", "a (ods) RAG.xlsx"] {
        assert!(desk.at("out").join(name).exists(), "{name}");
    }
}

#[test]
fn a_copy_of_values_holds_what_the_original_shows() {
    let original = file("South localities.ods");
    let desk = Desk::with(&[("South localities.ods", &original)]);
    desk.run(&["South localities.ods"]);
    let made = cells(&fs::read(desk.at("out/South localities RAG.xlsx")).unwrap());
    let summary = made.sheets.iter().find(|sheet| sheet.name == "RAG summary").expect("the summary");
    let said = |word: &str| {
        let mut cells = summary.rows.iter().flat_map(|row| &row.cells);
        cells.any(|cell| cell.value.text().contains(word))
    };
    assert!(said("copy"), "the summary says that it is a copy");
    for sheet in &cells(&original).sheets {
        let copy = made.sheets.iter().find(|copy| copy.name == sheet.name).unwrap_or_else(|| panic!("{}", sheet.name));
        assert_eq!(copy.visibility, sheet.visibility, "{}", sheet.name);
        let held = |sheet: &RawSheet| -> Vec<(u32, u32, Value)> {
            let cells = sheet.rows.iter().flat_map(|row| row.cells.iter().map(|cell| (row.index, cell)));
            cells.map(|(row, cell)| (row, cell.column, cell.value.clone())).collect()
        };
        assert_eq!(held(copy), held(sheet), "{}", sheet.name);
    }
}

/// Files cut short and with bytes changed, each format beside a caseload in order.
#[test]
fn a_damaged_file_stops_nothing_but_itself() {
    const GOOD: &str = "Child ID,Worker,Team,Role,FTE,Experience\nC-101,Ada,Locality North,Social worker,1,3+ years\n";
    let binary = binary::workbook(&cells(&file("values.xlsx")), false);
    let whole = [("xls", file("task-force-example.xls")), ("ods", file("values.ods")), ("xlsb", binary)];
    let folder = tempfile::tempdir().unwrap();
    let mut chance = 0x2545_F491_4F6C_DD1Du64;
    let mut below = |most: usize| {
        chance ^= chance << 13;
        chance ^= chance >> 7;
        chance ^= chance << 17;
        (chance % most as u64) as usize
    };
    for (ending, bytes) in &whole {
        for at in 0..12 {
            let cut = &bytes[..bytes.len() * (at + 1) / 13];
            fs::write(folder.path().join(format!("cut {at}.{ending}")), cut).unwrap();
            let mut changed = bytes.clone();
            for _ in 0..=at * 2 {
                let place = below(changed.len());
                changed[place] = below(256) as u8;
            }
            fs::write(folder.path().join(format!("changed {at}.{ending}")), changed).unwrap();
        }
    }
    fs::write(folder.path().join("good.csv"), GOOD).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_fairload"))
        .current_dir(folder.path())
        .args(["check", ".", "--as-of", "2025-09-30", "--format", "json"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("good.csv") && said.contains("Ada"), "{said}");
}

#[cfg(unix)]
#[test]
fn a_reader_that_dies_leaves_the_other_files() {
    use std::os::unix::fs::PermissionsExt;
    let desk =
        Desk::with(&[("old.xls", &file("task-force-example.xls")), ("new.xlsx", &sample("task-force-example.xlsx"))]);
    let reader = desk.at("reader");
    fs::write(&reader, "#!/bin/sh\nkill -ABRT $$\n").unwrap();
    fs::set_permissions(&reader, PermissionsExt::from_mode(0o755)).unwrap();
    let options = fairload::run::Options {
        inputs: vec![desk.at("old.xls"), desk.at("new.xlsx")],
        out: Some(desk.at("out")),
        policies: Vec::new(),
        roster: None,
        as_of: jiff::civil::date(2025, 9, 30),
        previous: Vec::new(),
        columns: None,
        jobs: Some(2),
        force: false,
        what_if: Vec::new(),
        shown: Default::default(),
        rows: false,
        reader: Some(reader),
    };
    let outcome = fairload::run::run(&options, &|_, _| {}).unwrap();
    let told: Vec<_> = outcome.files.iter().map(|file| (file.file.as_str(), file.status)).collect();
    assert_eq!(told, [("new.xlsx", FileStatus::Annotated), ("old.xls", FileStatus::Unreadable)]);
    assert_eq!(outcome.exit, 2);
    let (name, why) = &outcome.failures[0];
    assert!(name == "old.xls" && why.contains("damaged") && why.contains("save it as .xlsx"), "{why}");
}
