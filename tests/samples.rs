//! The sample directorate through the whole program, against tables worked out without it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use crate::saltmarsh;

/// A row of a table by column.
type Row = BTreeMap<String, String>;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// One run of the samples.
struct Run {
    out: PathBuf,
    output: Output,
    /// Every sample before and after, by path.
    before: BTreeMap<PathBuf, Vec<u8>>,
    after: BTreeMap<PathBuf, Vec<u8>>,
}

/// The run that most tests look at, with two threads.
static RUN: LazyLock<Run> = LazyLock::new(|| run("two", "2"));

fn run(name: &str, jobs: &str) -> Run {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("samples").join(name);
    let _ = fs::remove_dir_all(&out);
    let before = files(&root().join("samples"));
    let output = Command::new(env!("CARGO_BIN_EXE_fairload"))
        .current_dir(root())
        .args(["run", "samples", "--as-of", "2025-09-30", "--quiet", "--jobs", jobs, "--out"])
        .arg(&out)
        .output()
        .unwrap();
    let after = files(&root().join("samples"));
    Run { out, output, before, after }
}

/// Every file below a folder with its bytes, by the path below it.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.unwrap_or_else(|why| panic!("{why}"));
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(folder).unwrap().to_path_buf();
            found.insert(path, fs::read(entry.path()).unwrap());
        }
    }
    found
}

fn rows(path: &Path) -> Vec<Row> {
    let text = fs::read_to_string(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
    reader.deserialize().map(|row| row.unwrap()).collect()
}

/// What is expected, `?` being open.
fn agrees(expected: &str, found: &str) -> bool {
    expected == "?" || expected == found
}

/// Reasons in one order: the tables promise words and counts, not an order.
fn in_order(reasons: &str) -> String {
    reasons.split("; ").collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join("; ")
}

/// Compares a table with what is expected, row by row, and lists every difference in one message.
fn compare(table: &str, key: &[&str]) {
    let expected = rows(&root().join("tests/expected").join(table));
    let found = rows(&RUN.out.join(table));
    let mut matched = BTreeSet::new();
    let mut differences = Vec::new();
    for row in &expected {
        let name: Vec<&str> = key.iter().map(|column| row[*column].as_str()).collect();
        let name = name.join(" | ");
        let hits: Vec<usize> = (0..found.len())
            .filter(|at| !matched.contains(at))
            .filter(|at| key.iter().all(|column| agrees(&row[*column], &found[*at][*column])))
            .collect();
        let [hit] = hits[..] else {
            differences.push(format!("{name}: {} rows found, expected one", hits.len()));
            continue;
        };
        matched.insert(hit);
        for (column, figure) in row {
            let got = &found[hit][column];
            let same = match column.as_str() {
                "reasons" => in_order(figure) == in_order(got),
                _ => agrees(figure, got),
            };
            if !same {
                differences.push(format!("{name}: {column} is `{got}`, expected `{figure}`"));
            }
        }
    }
    for (at, row) in found.iter().enumerate() {
        if !matched.contains(&at) {
            let name: Vec<&str> = key.iter().map(|column| row[*column].as_str()).collect();
            differences.push(format!("{}: not expected", name.join(" | ")));
        }
    }
    assert!(
        differences.is_empty(),
        "{table}: {} differences among {} rows\n{}",
        differences.len(),
        expected.len(),
        differences.join("\n")
    );
}

#[test]
fn the_run_goes_through() {
    let said = String::from_utf8_lossy(&RUN.output.stderr);
    assert_eq!(RUN.output.status.code(), Some(1), "red ratings and errors are there to be found\n{said}");
}

#[test]
fn every_sheet_is_read_as_planned() {
    compare("sheets.csv", &["file", "sheet"]);
}

#[test]
fn every_worker_holds_what_was_planned() {
    compare("workers.csv", &["file", "team", "worker"]);
}

#[test]
fn every_rating_is_as_reckoned_by_hand() {
    compare("ratings.csv", &["file", "team", "worker", "measure", "unit"]);
}

#[test]
fn every_team_adds_up() {
    compare("teams.csv", &["file", "team"]);
}

/// A council's own words tell the field of work of a team, and a status, that nothing else tells.
#[test]
fn own_words_make_limits_known() {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("samples/own-words");
    let _ = fs::remove_dir_all(&out);
    let run = Command::new(env!("CARGO_BIN_EXE_fairload"))
        .current_dir(root())
        .args(["run", "samples/quirks/First Contact.xlsx", "--columns", "samples/quirks/own-words.toml"])
        .args(["--as-of", "2025-09-30", "--quiet", "--out"])
        .arg(&out)
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(1), "a worker is red: {}", String::from_utf8_lossy(&run.stderr));
    let limits: Vec<Row> = rows(&out.join("ratings.csv")).into_iter().filter(|row| row["measure"] == "limit").collect();
    let told: Vec<(&str, &str, &str)> =
        limits.iter().map(|row| (row["load"].as_str(), row["upper"].as_str(), row["rag"].as_str())).collect();
    assert_eq!(told, [("21", "22", "green"), ("18", "22", "green"), ("25", "22", "red")]);
    assert!(rows(&out.join("findings.csv")).iter().all(|row| row["rule"] != "status-not-known"));
}

/// Annex A has no posts: with a roster beside it, the workers on the roster have limits, and the others none.
#[test]
fn a_roster_gives_annex_a_its_limits() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("samples/annex-a");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let (roster, out) = (folder.join("Staff.csv"), folder.join("out"));
    let staff = "Worker,Team,Role,FTE,Experience\r\n\
                 Aspen Petrel,Reedbed Locality Team,Social Worker,1,3+ years\r\n\
                 Maple Shelduck,Reedbed Locality Team,Social Worker,0.8,2-3 years\r\n\
                 Cedar Wigeon,Reedbed Children in Our Care Team,Social Worker,1,NQSW 6-12 months\r\n";
    fs::write(&roster, staff).unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_fairload"))
        .current_dir(root())
        .args(["run", "samples/layouts/Annex A.xlsx", "--as-of", "2025-09-30", "--quiet", "--roster"])
        .arg(&roster)
        .arg("--out")
        .arg(&out)
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(1), "a worker is red: {}", String::from_utf8_lossy(&run.stderr));
    let ratings = rows(&out.join("ratings.csv"));
    let limits: BTreeSet<Vec<&str>> = ratings
        .iter()
        .filter(|row| row["measure"] == "limit")
        .map(|row| ["worker", "load", "lower", "upper", "rag"].map(|column| row[column].as_str()).to_vec())
        .filter(|row| row[4] != "not-scored")
        .collect();
    // 18 children against 20; 21 against 20 x 0.8 = 16, which is 131 %; 15 against 15 to 18.
    let reckoned = [
        vec!["Aspen Petrel", "18", "20", "20", "green"],
        vec!["Cedar Wigeon", "15", "15", "18", "green"],
        vec!["Maple Shelduck", "21", "16", "16", "red"],
    ];
    assert_eq!(limits, BTreeSet::from(reckoned));
    let without: BTreeSet<&str> = ratings
        .iter()
        .filter(|row| row["measure"] == "limit" && row["rag"] == "not-scored")
        .map(|row| row["worker"].as_str())
        .collect();
    assert_eq!(without, BTreeSet::from(["Poppy Pochard", "Sage Gadwall", "Violet Eider"]));
    // Nothing says which children are siblings, whoever holds them.
    let points: Vec<&Row> = ratings.iter().filter(|row| row["measure"] == "points").collect();
    assert!(points.iter().all(|row| row["rag"] == "not-scored"), "{points:?}");
}

/// A form's totals that its own figures do not come to are told, each at its cell.
#[test]
fn the_wrong_totals_of_a_points_form_are_told() {
    let findings = rows(&RUN.out.join("findings.csv"));
    let told: BTreeSet<(&str, &str)> = findings
        .iter()
        .filter(|row| row["file"] == "layouts/Points forms.xlsx" && row["rule"] == "totals-disagree")
        .map(|row| (row["sheet"].as_str(), row["cell"].as_str()))
        .collect();
    assert_eq!(told, BTreeSet::from([("Part time", "G10"), ("Part time", "G14")]));
}

/// Every quirk on the page about the samples has a file and a cell that shows it.
#[test]
fn every_quirk_is_where_the_page_says() {
    let page = fs::read_to_string(root().join("samples/README.md")).unwrap();
    let quirks: Vec<&str> = page
        .lines()
        .filter(|line| line.split_once(". ").is_some_and(|(number, _)| number.parse::<u32>().is_ok()))
        .collect();
    assert!(quirks.len() >= 45, "{}", quirks.len());
    let mut wrong = Vec::new();
    for (at, quirk) in quirks.iter().enumerate() {
        assert!(quirk.starts_with(&format!("{}. ", at + 1)), "{quirk}");
        let marked: Vec<&str> = quirk.split('`').skip(1).step_by(2).collect();
        let [.., file, place] = marked[..] else { panic!("no file and cell: {quirk}") };
        let path = root().join("samples").join(file);
        let bytes = fs::read(&path).unwrap_or_else(|why| panic!("{quirk}: {why}"));
        let (_, book) = fairload::book::read::read(&bytes, &path.file_stem().unwrap().to_string_lossy()).unwrap();
        let (sheet, cell) = place.rsplit_once('!').unwrap();
        let sheet = book.sheets.iter().find(|other| other.name == sheet).unwrap_or_else(|| panic!("{quirk}"));
        let filled = sheet.value(cell.parse().unwrap()).is_some();
        if filled == quirk.contains("blank") {
            wrong.push(*quirk);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The page about the samples names every one of them.
#[test]
fn every_sample_is_on_the_page() {
    let page = fs::read_to_string(root().join("samples/README.md")).unwrap();
    for book in saltmarsh::books() {
        assert!(page.contains(&format!("`{}`", book.file)), "{}", book.file);
    }
}

#[test]
fn no_row_is_lost() {
    for row in rows(&RUN.out.join("sheets.csv")) {
        let count = |column: &str| row[column].parse::<u32>().unwrap_or_else(|_| panic!("{column} of {row:?}"));
        assert_eq!(count("rows_read"), count("rows_counted") + count("rows_set_aside"), "{row:?}");
    }
}

#[test]
fn inputs_stay_as_they_were() {
    assert!(RUN.before == RUN.after, "a run changed something below samples/");
}

#[test]
fn one_thread_or_two_give_the_same_bytes() {
    let one = files(&run("one", "1").out);
    let two = files(&RUN.out);
    let names = |files: &BTreeMap<PathBuf, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&one), names(&two));
    let differ: Vec<_> = one.iter().filter(|(path, bytes)| two[*path] != **bytes).map(|(path, _)| path).collect();
    assert!(differ.is_empty(), "these files differ: {differ:?}");
}

#[test]
fn no_reference_of_a_child_leaves_the_team_workbooks() {
    let mut places: Vec<(String, String)> = Vec::new();
    for (path, bytes) in files(&RUN.out) {
        let name = path.display().to_string();
        if path == Path::new("directorate.xlsx") {
            let mut package = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
            for at in 0..package.len() {
                let mut part = package.by_index(at).unwrap();
                let (part_name, mut text) = (part.name().unwrap().to_string(), Vec::new());
                part.read_to_end(&mut text).unwrap();
                places.push((format!("{name}, {part_name}"), String::from_utf8_lossy(&text).into_owned()));
            }
        } else if path.extension().is_some_and(|extension| extension == "csv" || extension == "json") {
            places.push((name.clone(), String::from_utf8_lossy(&bytes).into_owned()));
        }
        places.push(("a file's name".into(), name));
    }
    for (name, said) in [("standard output", &RUN.output.stdout), ("standard error", &RUN.output.stderr)] {
        places.push((name.into(), String::from_utf8_lossy(said).into_owned()));
    }
    assert!(places.iter().any(|(name, _)| name.starts_with("directorate.xlsx")), "directorate.xlsx is missing");

    // The worked example's households are single letters, which stand everywhere.
    let references: BTreeSet<String> = saltmarsh::books()
        .iter()
        .flat_map(|book| &book.teams)
        .flat_map(|team| &team.cases)
        .flat_map(|case| [case.child.clone(), case.household.clone()])
        .filter(|reference| reference.len() > 3)
        .collect();
    assert!(references.len() > 1500, "{}", references.len());
    let mut leaks = Vec::new();
    for (place, text) in &places {
        for word in text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-') {
            if references.contains(&word.to_ascii_uppercase()) {
                leaks.push(format!("{place}: {word}"));
            }
        }
    }
    assert!(leaks.is_empty(), "{} references leaked\n{}", leaks.len(), leaks.join("\n"));
}

#[test]
fn the_samples_are_what_the_generator_writes() {
    let folder = tempfile::tempdir().unwrap();
    let (samples, expected) = (folder.path().join("samples"), folder.path().join("expected"));
    saltmarsh::write_all(&samples, &expected);
    let mut checked_in = files(&root().join("samples"));
    // The page about them, the README's pictures and the council's own policy are made by hand.
    let by_hand = |path: &Path| ["README.md", "pictures", "policies"].iter().any(|name| path.starts_with(name));
    checked_in.retain(|path, _| !by_hand(path));
    let advice = "run `cargo run --example make-samples -- samples` and look at the difference";
    for (fresh, kept) in [(files(&samples), checked_in), (files(&expected), files(&root().join("tests/expected")))] {
        assert_eq!(fresh.keys().collect::<Vec<_>>(), kept.keys().collect::<Vec<_>>(), "{advice}");
        let differ: Vec<_> =
            fresh.iter().filter(|(path, bytes)| kept[*path] != **bytes).map(|(path, _)| path).collect();
        assert!(differ.is_empty(), "{differ:?} differ; {advice}");
    }
}
