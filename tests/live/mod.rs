//! The added sheets live: their formulas come to what is stored with them, and follow a change as the
//! program itself would rate it; and so do the blank forms, filled in. Reckoned by a spreadsheet engine that shares no code with us.

mod changes;
mod colour;
mod directorate;
mod edges;
mod engine;
mod forms;
mod restated;
pub mod soffice;
mod tasks;
mod time;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use engine::Sheets;
use fairload::policy::BUILT_IN;

/// Every annotated sample and the directorate's workbook, by the path below the folder of outputs.
fn annotated() -> &'static BTreeMap<PathBuf, Vec<u8>> {
    static MADE: OnceLock<BTreeMap<PathBuf, Vec<u8>>> = OnceLock::new();
    MADE.get_or_init(|| {
        let out = tempfile::tempdir().unwrap();
        run("", &[], out.path());
        // Tasks are scored by a policy that is none of the default ones.
        run(tasks::SAMPLE, &["--policy", "task-force-tasks"], &out.path().join("tasks"));
        // Every policy at once: case counts, shares of full loads, percentages of figures, written points.
        let every: Vec<&str> = BUILT_IN.iter().flat_map(|(name, _)| ["--policy", name]).collect();
        for folder in ["north", "care"] {
            run(folder, &every, &out.path().join("every").join(folder));
        }
        // And so are hours, here beside limits.
        let form = out.path().join(time::FILE);
        std::fs::write(&form, time::FORM).unwrap();
        let policies = ["--policy", "redcar-2020", "--policy", "task-force-time"];
        run(&form.to_string_lossy(), &policies, &out.path().join("time"));
        // A comparison with an earlier run: changes are reckoned on its sheet.
        let before = out.path().to_string_lossy().into_owned();
        run("south/Marram Locality Team.csv", &["--previous", &before], &out.path().join("since"));
        let entries = walkdir::WalkDir::new(out.path()).into_iter().map(|entry| entry.unwrap().into_path());
        let is_book = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "xlsx" || ending == "xlsm");
        entries
            .filter(is_book)
            .map(|path| (path.strip_prefix(out.path()).unwrap().to_path_buf(), std::fs::read(&path).unwrap()))
            .collect()
    })
}

/// Runs the program over a sample, or all of them.
fn run(sample: &str, options: &[&str], out: &Path) {
    let run = Command::new(env!("CARGO_BIN_EXE_fairload"))
        .args(["run", "--as-of", "2025-09-30", "--quiet", "--out"])
        .arg(out)
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(sample))
        .args(options)
        .output()
        .unwrap();
    // 1 where something has to be put right first.
    assert!(matches!(run.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&run.stderr));
}

#[test]
fn every_formula_comes_to_what_is_stored() {
    let mut wrong = Vec::new();
    let (mut books, mut formulas) = (0, 0);
    for (path, bytes) in annotated() {
        books += 1;
        let (count, differ) = differing(path, &Sheets::of(bytes));
        formulas += count;
        wrong.extend(differ);
    }
    println!("{formulas} formulas in {books} workbooks");
    assert!(
        wrong.is_empty(),
        "{} of {formulas} formulas differ:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(40)].join("\n")
    );
    assert!(books > 30 && formulas > 1000, "{formulas} formulas in {books} workbooks");
}

/// How many formulas there are, and those that come to something else than is stored with them.
fn differing(path: &Path, sheets: &Sheets) -> (usize, Vec<String>) {
    let mut formulas = 0;
    let mut wrong = Vec::new();
    for ((at, cell), saved) in &sheets.cells {
        let Some(formula) = &saved.formula else { continue };
        formulas += 1;
        let now = sheets.now(*at, *cell);
        if now != saved.result {
            let name = &sheets.names[*at];
            wrong.push(format!(
                "{} {name} {cell}: {:?} stored, {now:?} reckoned, ={formula}",
                path.display(),
                saved.result
            ));
        }
    }
    (formulas, wrong)
}

/// Functions that Excel 2016 and LibreOffice 7 both have, none of which changes with the day or by chance.
const FUNCTIONS: &[&str] = &[
    "COUNT",
    "COUNTIF",
    "IF",
    "INDEX",
    "INT",
    "ISNUMBER",
    "MATCH",
    "MAX",
    "MIN",
    "OR",
    "ROUND",
    "SUM",
    "SUMIFS",
    "SUMPRODUCT",
];

#[test]
fn formulas_use_only_functions_that_both_spreadsheets_have() {
    let mut used: BTreeSet<String> = BTreeSet::new();
    for (path, bytes) in annotated() {
        for ((at, cell), saved) in &Sheets::of(bytes).cells {
            let Some(formula) = &saved.formula else { continue };
            let told = || format!("{}, {cell} of sheet {at}: ={formula}", path.display());
            let bare = without_texts(formula);
            for odd in ["{", "@", "#", "[", "_xl", "_XL"] {
                assert!(!bare.contains(odd), "{odd} in {}", told());
            }
            // A text within a formula has at most 255 characters in Excel, and a formula 8,192.
            assert!(formula.split('"').skip(1).step_by(2).all(|text| text.chars().count() <= 255), "{}", told());
            assert!(formula.chars().count() <= 8_192, "{}", told());
            for name in functions(&bare) {
                assert!(FUNCTIONS.contains(&name.as_str()), "{name} in {}", told());
                used.insert(name);
            }
        }
    }
    assert_eq!(used.iter().map(String::as_str).collect::<Vec<_>>(), FUNCTIONS, "the list holds what is used");
}

/// A formula without its texts and the names of sheets.
fn without_texts(formula: &str) -> String {
    let mut bare = String::new();
    let mut within = None;
    for letter in formula.chars() {
        match within {
            None if letter == '"' || letter == '\'' => within = Some(letter),
            None => bare.push(letter),
            Some(end) if letter == end => within = None,
            Some(_) => {}
        }
    }
    bare
}

/// Names before an opening bracket.
fn functions(bare: &str) -> Vec<String> {
    let before = bare.split('(').collect::<Vec<_>>();
    let name = |text: &str| -> String {
        let letters = text.chars().rev().take_while(|letter| letter.is_alphanumeric() || "._".contains(*letter));
        letters.collect::<Vec<_>>().into_iter().rev().collect()
    };
    before[..before.len() - 1].iter().map(|text| name(text)).filter(|name| !name.is_empty()).collect()
}

#[test]
fn a_formula_is_taken_apart() {
    let bare = without_texts("IF('A (b)'!$A$1=\"NOW()\",_xlfn.XLOOKUP(1,2),(3))");
    assert_eq!(functions(&bare), ["IF", "_xlfn.XLOOKUP"]);
}
