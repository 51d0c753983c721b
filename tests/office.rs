//! Another spreadsheet reckons every formula again and must come to our stored results.
//!
//! Run with `cargo test --test suite office:: -- --ignored`. LibreOffice's `soffice` has to be on the path.
//! `FAIRLOAD_OFFICE_DIR` names a folder of workbooks to check instead of those made from `samples/`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use calamine::{Data, Reader, Xlsx};
use fairload::book::page::{Content, Look, Page};
use fairload::book::pages::Imprint;
use fairload::manager::annotate::Book;
use fairload::manager::sheet_names::SheetNames;
use fairload::policy::Policies;
use fairload::understand::words::Words;

use crate::live::soffice::recalculated;

#[test]
#[ignore = "needs LibreOffice"]
fn recalculated_formulas_equal_our_stored_results() {
    let made = tempfile::tempdir().expect("a temporary folder");
    let folder = std::env::var_os("FAIRLOAD_OFFICE_DIR").map_or_else(|| annotated_samples(made.path()), PathBuf::from);
    let books = workbooks(&folder);
    assert!(!books.is_empty(), "no workbook to check in {}", folder.display());
    let given = std::env::var_os("FAIRLOAD_OFFICE_DIR").is_some();
    // Copies of values of .xls, .ods, .xlsb and .csv are among them, and the directorate's workbook.
    assert!(given || books.iter().any(|book| book.ends_with("directorate.xlsx")) && books.len() > 35, "{books:?}");
    let work = tempfile::tempdir().expect("a temporary folder");
    let mut wrong = Vec::new();
    let mut compared = 0;
    for (ours, theirs) in recalculated(&books, work.path()) {
        match theirs {
            Some(theirs) => compared += differences(&ours, &theirs, &mut wrong),
            None => wrong.push(format!("{}: LibreOffice could not open it", ours.display())),
        }
    }
    assert!(wrong.is_empty(), "{} of {compared} formulas differ:\n{}", wrong.len(), wrong.join("\n"));
    assert!(compared > 0, "no formula was compared");
}

#[test]
#[ignore = "needs LibreOffice"]
fn a_wrong_stored_result_would_be_noticed() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("wrong.xlsx");
    let mut book = rust_xlsxwriter::Workbook::new();
    let formula = rust_xlsxwriter::Formula::new("=1+1").set_result("3");
    book.add_worksheet().write_formula(0, 0, formula).expect("one cell");
    book.save(&path).expect("a workbook");
    let mut wrong = Vec::new();
    for (ours, theirs) in recalculated(&[path], folder.path()) {
        differences(&ours, &theirs.expect("it opens"), &mut wrong);
    }
    assert_eq!(wrong.len(), 1, "{wrong:?}");
}

/// What a manager changes on "Working" is followed by every sheet, as the program itself would rate it.
#[test]
#[ignore = "needs LibreOffice"]
fn a_changed_figure_changes_the_colour() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("changed.xlsx");
    let (mut pages, imprint) = worked_example();
    let working = &mut pages[2];
    let points = working.rows.iter_mut().find(|row| row.cells.get(2).is_some_and(|cell| cell.shown() == "Points"));
    let row = points.expect("the worker's points");
    assert_eq!((row.cells[10].figure(), row.cells[11].shown()), (Some(1.into()), "AMBER"), "50 of 50 points");
    // Nine tenths of a post: 50 points against 45 are 111.1 %, which is red. The figure is entered on the first row.
    let share = working.rows.iter_mut().flat_map(|row| row.cells.get_mut(7)).find(|cell| cell.look == Look::Input);
    share.expect("a share of a post to change").content = Content::Number("0.9".parse().expect("a figure"));
    fs::write(&path, fairload::book::pages::workbook(&pages, &imprint).expect("a workbook")).expect("written");

    for (_, theirs) in recalculated(&[path], folder.path()) {
        let mut book: Xlsx<_> = calamine::open_workbook(theirs.expect("it opens")).expect("a workbook");
        for sheet in ["Working", "RAG summary", "Action plan"] {
            let range = book.worksheet_range(sheet).expect("the sheet");
            let said =
                |row: &&[Data]| row.contains(&Data::String("RED".into())) && row.contains(&Data::Float(1.111111));
            assert!(range.rows().any(|row| said(&row)), "{sheet} does not follow: {range:?}");
        }
        let summary = values(&mut book, "RAG summary").expect("the summary");
        assert!(summary.values().any(|cell| *cell == Data::String("RED 1".into())), "the count follows");
    }
}

/// Loads at the edges, and families moved, in the spreadsheet itself. Figures by hand from the domain.
#[test]
#[ignore = "needs LibreOffice"]
fn edges_and_moves_are_followed() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let figure = |text: &str| Content::Number(text.parse().expect("a figure"));
    let mut cases = Vec::new();
    // Load, share of a post, full-time limit, colour.
    for (load, share, full, wanted) in [
        ("13", "0.65", "20", "GREEN"),
        ("14", "0.65", "20", "AMBER"),
        ("14.3", "0.65", "20", "RED"),
        ("22", "1", "20", "RED"),
        ("21", "1", "20", "AMBER"),
        ("13.514", "0.6757", "20", "GREEN"),
        ("13.5141", "0.6757", "20", "AMBER"),
        ("14.8653", "0.6757", "20", "AMBER"),
        ("14.8654", "0.6757", "20", "RED"),
        ("0.3", "0.1", "3", "GREEN"),
        ("0.33", "0.1", "3", "RED"),
        ("1.1", "1", "1", "RED"),
        ("1.21", "1.1", "1", "RED"),
        ("0", "0.5", "0", "GREEN"),
        ("1", "0.5", "0", "RED"),
        ("5", "0", "20", "NOT SCORED"),
        ("5", "37", "20", "NOT SCORED"),
        ("-3", "1", "20", "NOT SCORED"),
    ] {
        let (mut pages, imprint) = pages_of("layouts/Counts.xlsx");
        let row = row_of(&pages[2], 2, "Limit");
        pages[2].rows[row].cells[4].content = figure(load);
        pages[2].rows[row].cells[7].content = figure(share);
        let limit = row_of(&pages[4], 0, "Locality / field, social worker");
        pages[4].rows[limit].cells[2].content = figure(full);
        let told = format!("{load} of {full} at {share}");
        cases.push((told, pages, imprint, vec![("Working", row, 11, wanted.to_string())]));
    }
    for (load, wanted) in [("", "NOT SCORED"), ("about five", "NOT SCORED")] {
        let (mut pages, imprint) = pages_of("layouts/Counts.xlsx");
        let row = row_of(&pages[2], 2, "Limit");
        pages[2].rows[row].cells[4].content = match load {
            "" => Content::Blank,
            text => Content::Text(text.into()),
        };
        cases.push((format!("{load:?}"), pages, imprint, vec![("Working", row, 11, wanted.to_string())]));
    }
    // A family of six with nine points stands with somebody else: 41 of 50 points and 11 of 20 children.
    let (mut pages, imprint) = worked_example();
    let (family, worker) = (row_of(&pages[2], 2, "C"), row_of(&pages[0], 1, "Worker X"));
    let limit = row_of(&pages[2], 2, "Limit");
    let of_plan = row_of(&pages[3], 1, "Worker X");
    pages[2].rows[family].cells[1].content = Content::Text("Worker Y".into());
    let wanted = [
        ("Working", limit, 4, "11"),
        ("Working", limit + 1, 4, "41"),
        ("Working", limit + 1, 10, "0.82"),
        ("Working", family, 11, "no such worker in the team"),
        ("RAG summary", worker, 2, "GREEN"),
        ("Action plan", of_plan, 2, "Limit, children"),
        ("Action plan", of_plan, 3, "11"),
        ("Action plan", of_plan, 6, "GREEN"),
    ];
    let wanted = wanted.map(|(sheet, row, column, text)| (sheet, row, column, text.to_string())).to_vec();
    cases.push(("a family moved".into(), pages, imprint, wanted));

    let mut paths = Vec::new();
    for (at, (_, pages, imprint, _)) in cases.iter().enumerate() {
        let path = folder.path().join(format!("case {at}.xlsx"));
        fs::write(&path, fairload::book::pages::workbook(pages, imprint).expect("a workbook")).expect("written");
        paths.push(path);
    }
    let mut wrong = Vec::new();
    for ((told, _, _, wanted), (_, theirs)) in cases.iter().zip(recalculated(&paths, folder.path())) {
        let mut book: Xlsx<_> = calamine::open_workbook(theirs.expect("it opens")).expect("a workbook");
        for (sheet, row, column, text) in wanted {
            let cells = values(&mut book, sheet).expect("the sheet");
            let found = cells.get(&(*row as u32, *column)).map(ToString::to_string).unwrap_or_default();
            if found != *text {
                wrong.push(format!("{told}: {found:?} on {sheet} row {}, {text:?} is right", row + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The first row whose cell in this column is this text.
fn row_of(page: &Page, column: usize, text: &str) -> usize {
    let fits = |row: &fairload::book::page::Row| row.cells.get(column).is_some_and(|cell| cell.shown() == text);
    page.rows.iter().position(fits).unwrap_or_else(|| panic!("no {text} on {}", page.name))
}

/// The Task Force's worked example as pages.
fn worked_example() -> (Vec<Page>, Imprint) {
    pages_of("task-force-example.xlsx")
}

/// A sample's added sheets as pages.
fn pages_of(sample: &str) -> (Vec<Page>, Imprint) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(sample);
    let (_, raw) = fairload::book::read::read(&fs::read(path).expect("the sample"), "example").expect("it reads");
    let policies = Policies::built_in(jiff::civil::date(2025, 9, 30)).expect("our own policies read");
    let caseload = fairload::run::workbook::understand(&raw, "example", &Words::built_in(), &policies, &[]);
    let scored = fairload::judge::score::score(&caseload, &policies);
    let book = Book {
        file: sample,
        caseload: &caseload,
        scored: &scored,
        findings: &[],
        plan: &fairload::field::plan::Plan::default(),
        policies: &policies,
        names: &SheetNames::default(),
        copy_of_values: false,
        renamed: &[],
    };
    (fairload::manager::annotate::pages(&book), policies.imprint("example"))
}

/// Runs the program over the samples, and over those that one policy alone scores; the blank forms stand beside.
fn annotated_samples(out: &Path) -> PathBuf {
    annotated("", &[], &out.join("all"));
    annotated("layouts/Tasks forms.xlsx", &["--policy", "task-force-tasks"], &out.join("tasks"));
    for kind in ["caseload", "roster", "points", "time", "tasks"] {
        let form = Command::new(env!("CARGO_BIN_EXE_fairload"))
            .args(["template", kind, "--as-of", "2025-09-30", "--out"])
            .arg(out.join("forms").join(kind).with_extension("xlsx"))
            .output()
            .expect("fairload writes a form");
        assert!(form.status.success(), "{}", String::from_utf8_lossy(&form.stderr));
    }
    out.to_path_buf()
}

/// Runs the program over a sample, or a folder of them.
fn annotated(sample: &str, options: &[&str], out: &Path) {
    let run = Command::new(env!("CARGO_BIN_EXE_fairload"))
        .args(["run", "--quiet", "--as-of", "2025-09-30", "--out"])
        .arg(out)
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(sample))
        .args(options)
        .output()
        .expect("fairload runs");
    assert!(run.status.code().is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&run.stderr));
}

fn workbooks(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok)
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|ending| ending == "xlsx" || ending == "xlsm"))
        .collect();
    found.sort();
    found
}

/// Compares every formula cell of every sheet; says how many there were.
fn differences(ours: &Path, theirs: &Path, wrong: &mut Vec<String>) -> usize {
    let open = |path: &Path| -> Xlsx<_> { calamine::open_workbook(path).expect("a workbook") };
    let (mut our, mut their) = (open(ours), open(theirs));
    let mut compared = 0;
    for sheet in our.sheet_names() {
        let (Ok(formulas), Ok(stored)) = (our.worksheet_formula(&sheet), our.worksheet_range(&sheet)) else { continue };
        let Some(found) = values(&mut their, &sheet) else {
            wrong.push(format!("{} {sheet}: the sheet is not there", ours.display()));
            continue;
        };
        let start = formulas.start().unwrap_or_default();
        for (row, column, formula) in formulas.used_cells() {
            let at = (row as u32 + start.0, column as u32 + start.1);
            // What depends on the day, on chance or on other files is no stored result of anybody.
            let formula = formula.to_uppercase();
            if ["TODAY(", "NOW(", "RAND", "["].iter().any(|part| formula.contains(part)) {
                continue;
            }
            compared += 1;
            let (one, other) = (stored.get_value(at).unwrap_or(&Data::Empty), found.get(&at).unwrap_or(&Data::Empty));
            if !same(one, other) {
                let cell = fairload::book::sheet::CellRef::new(at.0, at.1);
                wrong
                    .push(format!("{} {sheet} {cell}: {one:?} stored, {other:?} reckoned, ={formula}", ours.display()));
            }
        }
    }
    compared
}

fn values(book: &mut Xlsx<std::io::BufReader<fs::File>>, sheet: &str) -> Option<BTreeMap<(u32, u32), Data>> {
    let range = book.worksheet_range(sheet).ok()?;
    let start = range.start().unwrap_or_default();
    let cells = range.used_cells();
    Some(cells.map(|(row, column, value)| ((row as u32 + start.0, column as u32 + start.1), value.clone())).collect())
}

fn same(one: &Data, other: &Data) -> bool {
    let text = |data: &Data| match data {
        Data::Empty => Some(String::new()),
        Data::String(text) => Some(text.clone()),
        Data::Bool(set) => Some(set.to_string()),
        _ => None,
    };
    let number = |data: &Data| match data {
        Data::Float(number) => Some(*number),
        Data::Int(number) => Some(*number as f64),
        Data::DateTime(date) => Some(date.as_f64()),
        _ => None,
    };
    match (number(one), number(other)) {
        // To the last digit: what is stored was rounded as the formulas round.
        (Some(one), Some(other)) => one == other,
        _ => text(one).is_some() && text(one) == text(other) || one == other,
    }
}
