//! The blank forms, filled in as a manager would: what their own formulas show is what `run` says.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use fairload::book::sheet::CellRef;

use super::engine::{Sheets, Shown};

/// A form with what is entered, as text of cells by sheet: `("Workers", "A7", "Ada Finch")`.
struct Filled {
    folder: tempfile::TempDir,
    path: PathBuf,
    sheets: Sheets,
}

type Entry = (&'static str, String, Shown);

/// Writes a form, enters these values into the file itself and into the engine.
fn filled(kind: &str, entries: &[Entry]) -> Filled {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("{kind}.xlsx"));
    let run = Command::new(env!("CARGO_BIN_EXE_fairload"))
        .args(["template", kind, "--as-of", "2025-09-30", "--out"])
        .arg(&path)
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    let bytes = std::fs::read(&path).unwrap();
    let mut sheets = Sheets::of(&bytes);
    let at = |sheets: &Sheets, name: &str| sheets.names.iter().position(|own| own == name).unwrap();
    let entered: Vec<(usize, CellRef, Shown)> =
        entries.iter().map(|(sheet, cell, value)| (at(&sheets, sheet), cell.parse().unwrap(), value.clone())).collect();
    sheets.enter(&entered);
    std::fs::write(&path, typed(&bytes, &entered)).unwrap();
    Filled { folder, path, sheets }
}

/// The workbook with these values typed in; every cell keeps its format, and nothing else changes.
fn typed(bytes: &[u8], entered: &[(usize, CellRef, Shown)]) -> Vec<u8> {
    let mut source = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut target = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..source.len() {
        let mut part = source.by_index(at).unwrap();
        let name = part.name().unwrap().to_string();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        let sheet = name.strip_prefix("xl/worksheets/sheet").and_then(|rest| rest.strip_suffix(".xml"));
        if let Some(number) = sheet.and_then(|number| number.parse::<usize>().ok()) {
            let mut xml = String::from_utf8(content).unwrap();
            for (_, cell, value) in entered.iter().filter(|(sheet, ..)| *sheet == number - 1) {
                let start = xml.find(&format!("<c r=\"{cell}\" ")).unwrap_or_else(|| panic!("{name} {cell}"));
                let end = start + xml[start..].find("/>").unwrap();
                let open = xml[start..end].to_string();
                assert!(!open.contains('>'), "{name} {cell} is blank and may be filled in: {open}");
                let cell = match value {
                    Shown::Text(text) => format!("{open} t=\"inlineStr\"><is><t>{text}</t></is></c>"),
                    Shown::Figure(figure) => format!("{open}><v>{figure}</v></c>"),
                    Shown::Nothing => continue,
                };
                xml.replace_range(start..end + 2, &cell);
            }
            content = xml.into_bytes();
        }
        target.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        target.write_all(&content).unwrap();
    }
    target.finish().unwrap().into_inner()
}

/// A line of ratings.csv: load, lower, upper, utilisation in percent and colour.
type Rated = (String, String, String, String, String);

impl Filled {
    /// What `run` says, by worker and measure.
    fn ratings(&self) -> BTreeMap<(String, String), Rated> {
        let out = self.folder.path().join("out");
        let own = ["tasks", "time"].into_iter().find(|kind| self.path.ends_with(format!("{kind}.xlsx")));
        let policy = own.map(|kind| ["--policy".to_string(), format!("task-force-{kind}")]);
        let run = Command::new(env!("CARGO_BIN_EXE_fairload"))
            .args(["run", "--quiet", "--as-of", "2025-09-30", "--out"])
            .arg(&out)
            .arg(&self.path)
            .args(policy.into_iter().flatten())
            .output()
            .unwrap();
        assert!(matches!(run.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&run.stderr));
        let sheets = std::fs::read_to_string(out.join("sheets.csv")).unwrap();
        for line in sheets.lines().filter(|line| {
            ["Guidance", "Policy", "Expected", "Reckoning", "Allocate"]
                .iter()
                .any(|name| line.contains(&format!(",{name}")))
        }) {
            assert!(line.contains(",no-caseload,"), "{line}");
        }
        let mut table = csv::Reader::from_path(out.join("ratings.csv")).unwrap();
        let of = |row: &csv::StringRecord, at: usize| row[at].to_string();
        let rows = table.records().map(|row| row.unwrap()).map(|row| {
            let rated = (of(&row, 6), of(&row, 7), of(&row, 8), of(&row, 9), of(&row, 10));
            ((of(&row, 2), of(&row, 4)), rated)
        });
        rows.collect()
    }

    fn shown(&self, sheet: &str, cell: CellRef) -> Shown {
        let at = self.sheets.names.iter().position(|own| own == sheet).unwrap();
        self.sheets.now(at, cell)
    }

    fn rated(&self, sheet: &str, cells: [CellRef; 5]) -> Rated {
        let [load, lower, upper, used, colour] = cells.map(|cell| self.shown(sheet, cell));
        let plain = |shown: Shown| match shown {
            Shown::Figure(figure) => figure.to_string(),
            _ => String::new(),
        };
        let percent = match used {
            Shown::Figure(share) => ((share * 1_000_000.0).round() / 10_000.0).to_string(),
            _ => String::new(),
        };
        let word = colour.text().to_lowercase().replace(' ', "-");
        (plain(load), plain(lower), plain(upper), percent, word)
    }
}

fn text(text: &str) -> Shown {
    Shown::Text(text.to_string())
}

fn value(word: &str) -> Shown {
    match word.parse::<f64>() {
        _ if word.is_empty() => Shown::Nothing,
        Ok(figure) => Shown::Figure(figure),
        Err(_) => text(word),
    }
}

/// Rows of cells parted by `|`, from a row on.
fn rows(sheet: &'static str, first: u32, table: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (down, line) in table.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate() {
        for (across, word) in line.split('|').map(str::trim).enumerate().filter(|(_, word)| !word.is_empty()) {
            let cell = CellRef::new(first - 1 + down as u32, across as u32).to_string();
            entries.push((sheet, cell, value(word)));
        }
    }
    entries
}

/// So many children of one household each, or `each` of them to a household.
fn children(table: &mut Vec<String>, worker: &str, number: usize, each: usize, rest: &str) {
    for at in 0..number {
        let line = table.len();
        table.push(format!("C-{line} | {}-{} | {worker} | | {rest}", &worker[..1], at / each));
    }
}

const WORKED_EXAMPLE: &str = "
    A | 1 | Child in our care | Care proceedings | 2
    B | 2 | Child protection plan | | 2
    C | 6 | Child protection plan | | 2
    D | 1 | Child in our care | | 2
    E | 1 | Child protection plan | | 3 | 2
    F | 2 | Child protection plan | | 2
    G | 1 | Child protection plan | | 2
    H | 2 | Child in need | | 1
    I | 1 | Child in need | | 1
";

fn points_form(worker: &[&str], households: &str) -> Filled {
    let mut entries = rows("Points", 19, households);
    for (at, word) in worker.iter().enumerate().filter(|(_, word)| !word.is_empty()) {
        entries.push(("Points", format!("B{}", at + 9), value(word)));
    }
    filled("points", &entries)
}

/// The row of the results on the points form.
fn results() -> [CellRef; 5] {
    ["D4", "E4", "E4", "G4", "H4"].map(|cell| cell.parse().unwrap())
}

#[test]
fn a_points_form_shows_what_run_says() {
    let experienced =
        ["Ada Finch", "Harbour team", "Locality / field", "Social worker", "1", "3+ years", "Practice teaching", "5"];
    let form = points_form(&experienced, WORKED_EXAMPLE);
    let said = &form.ratings()[&("Ada Finch".to_string(), "points".to_string())];
    assert_eq!(*said, form.rated("Points", results()));
    assert_eq!((said.0.as_str(), said.1.as_str(), said.3.as_str(), said.4.as_str()), ("50", "50", "100", "amber"));
    assert_eq!(form.shown("Points", "F4".parse().unwrap()), Shown::Figure(0.0), "no surplus");

    for (worker, households) in [
        // The usual points of a duty; an FTE left blank; newly qualified; levels in words and left blank.
        (vec!["Ada Finch", "", "Assessment", "", "", "", "Union post"], "A | 3 | Assessment | | High | 1\nB | 2"),
        (
            vec!["Ada Finch", "", "Locality / field", "NQSW", "0.6"],
            "A | 6 | Child protection plan | Private proceedings | Low",
        ),
        (vec!["Ada Finch", "", "", "", "0.35", "NQSW 6-12 months", "none"], "A | 9 | Child in need | None | Ending"),
        (vec!["Ada Finch", "", "Assessment", "Student", "1", "Student, second placement"], "A | 1 | | | 2"),
        (vec!["Ada Finch", "", "Assessment", "Team manager", "1"], "A | 1 | | | 2"),
        // No level at all: nothing can be scored, and nothing is green.
        (vec!["Ada Finch", "", "Assessment", "Social worker", "1"], "A | 2 | Child in need"),
    ] {
        let form = points_form(&worker, households);
        let mut shown = form.rated("Points", results());
        let said = &form.ratings()[&("Ada Finch".to_string(), "points".to_string())];
        if said.4 == "not-scored" {
            // The form goes on showing what was entered.
            shown.0.clone_from(&said.0);
        }
        assert_eq!(*said, shown, "{worker:?} {households}");
        let remarks = form.shown("Points", "B6".parse().unwrap());
        let assumed = households.ends_with("B | 2");
        assert_eq!(remarks.text().contains("1 without an intervention level count as medium"), assumed, "{remarks:?}");
    }
}

#[test]
fn a_points_form_that_needs_a_look_is_never_green() {
    for households in ["A | 2 | Other | | 1", "A | 2 | | | 1\na | 1", "| 2 | | | 1", "A | | | | 1", "A | 1 | | | lots"]
    {
        let form = points_form(&["Ada Finch", "", "Locality / field", "", "1", "3+ years"], households);
        assert_eq!(form.shown("Points", results()[4]).text(), "NOT SCORED", "{households}");
    }
}

/// The team of a caseload form: everybody whose limit, benchmark or colour is a case of its own.
const STAFF: &str = "
    Ada Finch | Social worker | 1 | 3+ years | Practice teaching | 5
    Ben Wren | Social worker | 0.65 | 2-3 years
    Cy Reed | NQSW | 1 | NQSW 0-6 months
    Dee Marsh | Social worker | 0.5 | NQSW 6-12 months
    Eve Moor
    Fay Holt | Team manager | 1 | 3+ years
    Gil Lea | Social worker | 1 | 3+ years | | | 12 | Phased return
    Hal Orr | Deputy team manager | 1 | 3+ years | none
    Ida Pell | Student | 1 | Student, first placement
    Jo Kerr | Family support worker | 1 | 1-2 years
";

fn team_cases() -> Vec<String> {
    let mut cases: Vec<String> = Vec::new();
    for line in WORKED_EXAMPLE.trim().lines() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        for child in 0..cells[1].parse::<usize>().unwrap() {
            let more = cells.get(5).copied().unwrap_or_default();
            // A sibling's blank level says nothing new.
            let level = if child == 0 { cells[4] } else { "" };
            let line = cases.len();
            cases.push(format!(
                "C-{line} | H {} | Ada Finch | | {} | {} | {level} | {more}",
                cells[0], cells[2], cells[3]
            ));
        }
    }
    // Exactly at a limit, in words and with a blank level; just past one; within a range; by an agreed limit.
    children(&mut cases, "Ben Wren", 12, 2, "Child protection plan | | Medium");
    children(&mut cases, "Ben Wren", 1, 1, "Child in our care | Care proceedings");
    children(&mut cases, "Cy Reed", 16, 3, "Child in need | | 3");
    children(&mut cases, "Dee Marsh", 9, 1, "Child in need | Private proceedings | High | 2");
    children(&mut cases, "Eve Moor", 22, 4, "Assessment | | 1");
    children(&mut cases, "Gil Lea", 12, 5, "Care leaver | | 4");
    children(&mut cases, "Hal Orr", 1, 1, "Early help | | 0");
    children(&mut cases, "Ida Pell", 1, 1, "Child in need | | 2");
    children(&mut cases, "Jo Kerr", 2, 1, "Child in need | | 5");
    // Closed, held by nobody, and the first child once more.
    cases.push("C-900 | Z | Gil Lea | | Closed | | 5".to_string());
    cases.push("C-901 | Z | | | Child in need | | 5".to_string());
    cases.push("c-0 | H A | Ada Finch | | Child in our care".to_string());
    cases
}

fn team_form(cases: &[String]) -> Filled {
    let mut entries = rows("Caseload", 8, &cases.join("\n"));
    entries.extend(rows("Workers", 7, STAFF));
    entries.push(("Caseload", "B3".to_string(), text("Harbour team")));
    entries.push(("Caseload", "B4".to_string(), text("Locality / field")));
    for (cell, word) in [("B4", "Ben Wren"), ("B5", "1"), ("B8", "Low")] {
        entries.push(("Allocate", cell.to_string(), value(word)));
    }
    filled("caseload", &entries)
}

#[test]
fn a_caseload_form_shows_what_run_says() {
    let cases = team_cases();
    let form = team_form(&cases);
    let ratings = form.ratings();
    let names = STAFF.trim().lines().map(|line| line.split('|').next().unwrap().trim());
    for (at, name) in names.enumerate() {
        let row = 6 + at as u32;
        for (measure, columns) in [("limit", [10, 11, 12, 13, 14]), ("points", [15, 16, 16, 17, 18])] {
            let said = &ratings[&(name.to_string(), measure.to_string())];
            let mut shown = form.rated("Workers", columns.map(|column| CellRef::new(row, column)));
            if said.4 == "not-scored" {
                shown.0.clone_from(&said.0);
            }
            assert_eq!(*said, shown, "{name} {measure}");
        }
    }
    let at = |name: &str, measure: &str| ratings[&(name.to_string(), measure.to_string())].clone();
    assert_eq!(at("Ada Finch", "points").0, "50");
    assert_eq!((at("Ben Wren", "limit").3.as_str(), at("Ben Wren", "limit").4.as_str()), ("100", "green"));
    let told = form.shown("Caseload", "A5".parse().unwrap());
    assert_eq!(
        told.text(),
        format!("On this sheet: {} open; held by nobody yet: 1; rows that need a look: 0", cases.len() - 2)
    );
    // One more for Ben: 14 of 13 is 107.7 %, amber; the points are red before and after.
    let after = form.rated("Allocate", ["B16", "C16", "D16", "E16", "F16"].map(|cell| cell.parse().unwrap()));
    assert_eq!(after, ("14".into(), "13".into(), "13".into(), "107.69".into(), "amber".into()));
}

#[test]
fn a_caseload_row_that_needs_a_look_leaves_its_worker_unscored() {
    for row in [
        "C-1 | H | Ada Finch | | Other | | 2",
        "C-1 | H | Ada Finch | | | Soon | 2",
        "C-1 | H | Ada Finch | | | | lots",
    ] {
        let mut entries =
            rows("Caseload", 8, &format!("{row}\nC-2 | K | Ada Finch | | | | 1\nC-3 | K | Ann Other | | | | 1"));
        entries.extend(rows("Workers", 7, "Ada Finch | Social worker | 1 | 3+ years\nBen Wren | Social worker | 7"));
        entries.push(("Caseload", "B4".to_string(), text("Locality / field")));
        let form = filled("caseload", &entries);
        for cell in ["O7", "S7", "T7", "O8", "S8", "T8"] {
            assert_eq!(form.shown("Workers", cell.parse().unwrap()).text(), "NOT SCORED", "{row} {cell}");
        }
        assert!(form.shown("Caseload", "M8".parse().unwrap()).text().starts_with("Choose the "), "{row}");
        assert!(form.shown("Caseload", "M10".parse().unwrap()).text().contains("does not stand once"), "{row}");
    }
}

#[test]
fn a_roster_form_shows_what_is_expected() {
    let staff = "
        Ada Finch | Harbour team | Locality / field | Social worker | 0.65 | 3+ years
        Ben Wren | Quay team | Assessment | | | NQSW 6-12 months
        Cy Reed | Quay team | Assessment | Team manager | 1
        Dee Marsh | Quay team | Assessment | Social worker | 0.5 | 3+ years | | | | 9 | Phased return
    ";
    let form = filled("roster", &rows("Workers", 5, staff));
    let expected = |row: u32| [13, 14, 15].map(|column| form.shown("Workers", CellRef::new(row, column)));
    let figures = |all: [f64; 3]| all.map(Shown::Figure);
    assert_eq!(expected(4), figures([13.0, 13.0, 32.5]));
    assert_eq!(expected(5), figures([15.0, 18.0, 35.0]));
    assert_eq!(expected(6), [text("–"), text("–"), Shown::Figure(50.0)]);
    assert_eq!(expected(7), figures([9.0, 9.0, 25.0]));
    // As a roster beside a caseload, the same figures are judged by.
    let caseload = form.folder.path().join("Harbour team.csv");
    std::fs::write(&caseload, "Child ID,Worker,Household,Intervention level\nC-1,Ada Finch,H-1,2\n").unwrap();
    let out = form.folder.path().join("both");
    let run = Command::new(env!("CARGO_BIN_EXE_fairload"))
        .args(["run", "--quiet", "--as-of", "2025-09-30", "--roster"])
        .arg(&form.path)
        .arg("--out")
        .arg(&out)
        .arg(&caseload)
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    let ratings = std::fs::read_to_string(out.join("ratings.csv")).unwrap();
    assert!(ratings.contains("Ada Finch,redcar-2020,limit,children,1,13,13,"), "{ratings}");
    assert!(ratings.contains("Ada Finch,task-force-points,points,points,3,32.5,32.5,"), "{ratings}");
}

fn tasks_form(worker: &[&str], numbers: &[&str]) -> Filled {
    let mut entries = Vec::new();
    for (first, words) in [(9, worker), (19, numbers)] {
        for (at, word) in words.iter().enumerate().filter(|(_, word)| !word.is_empty()) {
            entries.push(("Tasks", format!("B{}", at + first), value(word)));
        }
    }
    filled("tasks", &entries)
}

#[test]
fn a_tasks_form_shows_what_run_says() {
    let results = ["C4", "D4", "D4", "G4", "H4"].map(|cell| cell.parse().unwrap());
    for (worker, numbers) in [
        // One of each task and of travel; a half post with a half task; duties with points of their own, or the usual.
        (vec!["Ada Finch", "Harbour team", "Locality / field", "Social worker", "1", "3+ years"], vec!["1"; 10]),
        (
            vec!["Ada Finch", "", "", "", "0.5", "2-3 years", "Panel member", "2.5"],
            vec!["3", "0.5", "", "", "1", "", "2", "", "4", "3"],
        ),
        (vec!["Ada Finch", "", "", "NQSW", "", "", "Panel member"], vec!["", "5"]),
        (vec!["Ada Finch", "", "", "Student", "1", "Student, first placement"], vec!["1"]),
    ] {
        let form = tasks_form(&worker, &numbers);
        let mut shown = form.rated("Tasks", results);
        let said = &form.ratings()[&("Ada Finch".to_string(), "tasks".to_string())];
        if said.4 == "not-scored" {
            shown.0.clone_from(&said.0);
        }
        assert_eq!(*said, shown, "{worker:?} {numbers:?}");
    }
    let form = tasks_form(&["Ada Finch", "", "", "", "1", "3+ years"], &["some"]);
    assert_eq!(form.shown("Tasks", results[4]).text(), "NOT SCORED");
}

fn time_form(worker: &[&str], items: &[&str], cases: &[&str]) -> Filled {
    let mut entries = Vec::new();
    for (first, words) in [(9, worker), (18, items), (27, cases)] {
        for (at, word) in words.iter().enumerate().filter(|(_, word)| !word.is_empty()) {
            entries.push(("Hours", format!("B{}", at + first), value(word)));
        }
    }
    filled("time", &entries)
}

#[test]
fn a_time_form_shows_what_run_says() {
    let results = ["C4", "D4", "D4", "G4", "H4"].map(|cell| cell.parse().unwrap());
    let example = ["7.4", "3", "15", "0", "20", "2", "3", "1"];
    for (worker, items, cases) in [
        (
            vec!["Ada Finch", "Harbour team", "Locality / field", "Social worker", "1", "3+ years"],
            example.to_vec(),
            vec!["60", "35"],
        ),
        // Supervision and CPD left blank, by experience; part time, to the edge of red.
        (vec!["Ada Finch", "", "", "", "0.5", "NQSW 0-6 months"], vec!["8"], vec!["20.5", "", "12.1"]),
        (vec!["Ada Finch", "", "", "NQSW", ""], vec!["8", "3"], vec!["30"]),
        (vec!["Ada Finch", "", "", "", "0.65", "3+ years"], vec!["0"], vec!["93.2"]),
    ] {
        let form = time_form(&worker, &items, &cases);
        let said = &form.ratings()[&("Ada Finch".to_string(), "time".to_string())];
        assert_eq!(*said, form.rated("Hours", results), "{worker:?} {items:?} {cases:?}");
    }
    let form = time_form(&["Ada Finch", "", "", "", "1", "3+ years"], &example, &["60", "35"]);
    let figure = |cell: &str| form.shown("Hours", cell.parse().unwrap());
    assert_eq!([figure("A4"), figure("C4"), figure("E4"), figure("F4")], [51.4, 146.4, 1.6, 0.0108].map(Shown::Figure));
    // No case has hours, or some cannot be read: nothing is scored.
    for (items, cases) in [(&example[..], &[][..]), (&["some"], &["60"])] {
        let form = time_form(&["Ada Finch", "", "", "", "1", "3+ years"], items, cases);
        assert_eq!(form.shown("Hours", results[4]).text(), "NOT SCORED");
    }
}

#[test]
fn a_blank_form_comes_to_what_is_stored_and_is_not_filled_in() {
    for kind in ["caseload", "roster", "points", "time", "tasks"] {
        let form = filled(kind, &[]);
        let formulas = form.sheets.cells.iter().filter(|(_, saved)| saved.formula.is_some());
        let mut wrong = Vec::new();
        for ((at, cell), saved) in formulas {
            let now = form.sheets.now(*at, *cell);
            if now != saved.result {
                wrong.push(format!(
                    "{kind} {} {cell}: {:?} stored, {now:?} reckoned",
                    form.sheets.names[*at], saved.result
                ));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong[..wrong.len().min(20)].join("\n"));
        let run = Command::new(env!("CARGO_BIN_EXE_fairload")).arg("check").arg(&form.path).output().unwrap();
        assert_eq!(run.status.code(), Some(2), "{kind}");
        let said = String::from_utf8_lossy(&run.stdout);
        assert!(said.contains("not filled in") && said.contains("Fill the form in"), "{kind}: {said}");
    }
}

/// Points, a team, tasks and hours, filled in.
#[test]
#[ignore = "needs LibreOffice"]
fn libreoffice_shows_the_same_of_filled_forms() {
    let example =
        ["Ada Finch", "Harbour team", "Locality / field", "Social worker", "1", "3+ years", "Practice teaching", "5"];
    let hours = ["7.4", "3", "15", "0", "20", "2", "3", "1"];
    let forms = [
        points_form(&example, WORKED_EXAMPLE),
        points_form(
            &["Ada Finch", "", "Assessment", "", "", "", "Union post"],
            "A | 3 | Assessment | | High | 1\nB | 2",
        ),
        team_form(&team_cases()),
        tasks_form(&["Ada Finch", "", "", "", "0.5", "2-3 years", "Panel member", "2.5"], &["3", "0.5", "", "", "1"]),
        time_form(&["Ada Finch", "", "", "", "0.65", "3+ years"], &hours, &["60", "35"]),
    ];
    let paths: Vec<PathBuf> = forms.iter().map(|form| form.path.clone()).collect();
    let work = tempfile::tempdir().unwrap();
    for (form, (path, copy)) in forms.iter().zip(super::soffice::recalculated(&paths, work.path())) {
        let theirs = Sheets::of(&std::fs::read(copy.expect("LibreOffice opens it")).unwrap());
        let mut compared = 0;
        for ((at, cell), _) in form.sheets.cells.iter().filter(|(_, saved)| saved.formula.is_some()) {
            let nothing = |shown: Shown| if shown == Shown::Text(String::new()) { Shown::Nothing } else { shown };
            let their = theirs.cells.get(&(*at, *cell)).map_or(Shown::Nothing, |saved| saved.result.clone());
            let (our, their) = (nothing(form.sheets.now(*at, *cell)), nothing(their));
            assert_eq!(our, their, "{} {} {cell}", path.display(), form.sheets.names[*at]);
            compared += 1;
        }
        assert!(compared > 15, "{}: {compared}", path.display());
    }
}

#[test]
fn a_form_that_is_there_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let template = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_fairload"))
            .arg("template")
            .args(arguments)
            .current_dir(folder.path())
            .output()
            .unwrap()
    };
    assert_eq!(template(&["points"]).status.code(), Some(0));
    let path = folder.path().join("points.xlsx");
    std::fs::write(&path, "somebody's work").unwrap();
    let again = template(&["points"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&again.stderr).contains("points.xlsx: a file of this name is there already"));
    assert_eq!(std::fs::read(&path).unwrap(), b"somebody's work");
    assert_eq!(template(&["points", "--force"]).status.code(), Some(64), "nothing replaces a form");
    assert_eq!(template(&["holidays"]).status.code(), Some(64));
    assert_eq!(template(&["points", "--policy", "north-tyneside", "--out", "x.xlsx"]).status.code(), Some(2));
    assert!(!Path::new(&folder.path().join("x.xlsx")).exists());
}
