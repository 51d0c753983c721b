//! Three generated months with known changes, through the whole program: what changed, written by hand,
//! what could not be matched, and what folders that hold no run are told.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::generated_months::{AUGUST, DAYS, File, JULY, SEPTEMBER};
use crate::overlay::packages::{unzipped, zipped};

/// The three runs, made once: July, August with July before it, September with both.
struct Made {
    folder: tempfile::TempDir,
    /// What September's run said.
    said: String,
}

impl Made {
    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn rows(&self, file: &str) -> Vec<BTreeMap<String, String>> {
        rows(&self.at(file))
    }
}

fn made() -> &'static Made {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for (month, files) in [("in/july", JULY), ("in/august", AUGUST), ("in/september", SEPTEMBER)] {
            put(&at(month), files);
        }
        let policy = ["--policy", "redcar-2020"];
        say(folder.path(), &[&["run", "in/july", "--out", "july", "--as-of", DAYS[0]], &policy[..]].concat());
        let plan = at("july/Harbour RAG.xlsx");
        fs::copy(&plan, at("in/august/Harbour RAG.xlsx")).unwrap();
        // Nia is the only one on the plan: an action by 15 September, for which Excel keeps the day's number.
        type_in(&at("in/august/Harbour RAG.xlsx"), &[("J5", "Transfer case"), ("L5", "45915"), ("N5", "Under way")]);
        let august = ["run", "in/august", "--out", "august", "--as-of", DAYS[1], "--previous", "july"];
        say(folder.path(), &[&august, &policy[..]].concat());
        fs::copy(at("august/Harbour RAG.xlsx"), at("in/september/Harbour RAG.xlsx")).unwrap();
        // The same policy with other words in its file.
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/policy/redcar-2020.toml"));
        fs::write(at("agreed.toml"), format!("{}\n# Looked through in September.\n", text.unwrap())).unwrap();
        let september = ["run", "in/september", "--out", "september", "--as-of", DAYS[2], "--policy", "agreed.toml"];
        let (_, said) = say(folder.path(), &[&september[..], &["--previous", "august", "--previous", "july"]].concat());
        Made { folder, said }
    })
}

fn put(folder: &Path, files: &[File]) {
    fs::create_dir_all(folder).unwrap();
    for file in files {
        fs::write(folder.join(file.name), file.text()).unwrap();
    }
}

/// Runs the program in a folder; the exit code and everything it said.
fn say(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_fairload")).current_dir(folder).args(arguments).output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(text).unwrap())
}

/// The rows of a table, by the names of its columns.
fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let bytes = fs::read(path).unwrap_or_else(|_| panic!("{} is not there", path.display()));
    let mut reader = csv::Reader::from_reader(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap());
    reader.deserialize().map(|row| row.unwrap()).collect()
}

/// Types into blank cells of the action plan, as a spreadsheet would save it.
fn type_in(path: &Path, cells: &[(&str, &str)]) {
    let mut parts = unzipped(&fs::read(path).unwrap());
    // In a workbook all of our own making the sheets' parts are numbered in their order.
    let (_, book) = parts.iter().find(|(name, _)| name == "xl/workbook.xml").unwrap();
    let book = String::from_utf8_lossy(book).into_owned();
    let at = book.split("<sheet name=\"").skip(1).position(|sheet| sheet.starts_with("Action plan\"")).unwrap();
    let part = format!("xl/worksheets/sheet{}.xml", at + 1);
    let (_, bytes) = parts.iter_mut().find(|(name, _)| *name == part).unwrap();
    let mut sheet = String::from_utf8(bytes.clone()).unwrap();
    for (cell, typed) in cells {
        let value = match typed.parse::<f64>() {
            Ok(number) => format!("><v>{number}</v></c>"),
            Err(_) => format!(" t=\"inlineStr\"><is><t>{typed}</t></is></c>"),
        };
        let at = sheet.find(&format!("<c r=\"{cell}\"")).unwrap_or_else(|| panic!("{cell} is not there"));
        let end = at + sheet[at..].find("/>").unwrap();
        assert!(!sheet[at..end].contains('>'), "{cell} holds something");
        sheet = format!("{}{value}{}", &sheet[..end], &sheet[end + 2..]);
    }
    *bytes = sheet.into_bytes();
    fs::write(path, zipped(&parts)).unwrap();
}

/// Limits used by team and month, by hand: children held ÷ 20 for each worker.
const USED: &[(&str, [&str; 3], [&str; 3])] = &[
    ("Directorate", ["81", "81.67", "82.33"], ["", "0.67", "0.66"]),
    ("Locality North", ["101.67", "105", "107.5"], ["", "3.33", "2.5"]),
    ("Locality East", ["71.67", "71.67", "–"], ["", "0", "–"]),
    ("Locality West", ["90", "90", "–"], ["", "0", "–"]),
    ("Locality South", ["–", "–", "80.83"], ["–", "–", ""]),
    ("Locality Old Town", ["55", "–", "–"], ["", "–", "–"]),
    ("Locality Castle", ["–", "55", "55"], ["–", "", "0"]),
    ("Locality Quay", ["67.5", "67.5", "–"], ["", "0", "–"]),
    ("Locality Harbour", ["107.5", "107.5", "107.5"], ["", "0", "0"]),
    ("Locality Meadow", ["–", "–", "77.5"], ["–", "–", ""]),
];

#[test]
fn every_figure_of_every_month_is_known() {
    let rows = made().rows("september/trend.csv");
    let mut found = BTreeSet::new();
    for (team, values, changes) in USED {
        for (at, day) in DAYS.iter().enumerate() {
            let here: Vec<_> = rows
                .iter()
                .filter(|row| row["team"] == *team && row["as_of"] == *day && row["measure"] == "limit_utilisation")
                .collect();
            if values[at] == "–" {
                assert!(here.is_empty(), "{team} is not in the run of {day}");
                continue;
            }
            assert_eq!(here.len(), 1, "{team} {day}");
            assert_eq!(
                (here[0]["value"].as_str(), here[0]["change"].as_str()),
                (values[at], changes[at]),
                "{team} {day}"
            );
            found.insert(*team);
        }
    }
    let teams: BTreeSet<&str> = rows.iter().map(|row| row["team"].as_str()).collect();
    assert_eq!(found, teams, "no other team is there");
    let of = |team: &str, measure: &str| {
        let of = |row: &&BTreeMap<String, String>| row["team"] == team && row["measure"] == measure;
        let last = rows.iter().rfind(of).unwrap();
        (last["value"].clone(), last["change"].clone(), last["unit"].clone())
    };
    let told = |value: &str, change: &str, unit: &str| (value.to_string(), change.to_string(), unit.to_string());
    assert_eq!(of("Directorate", "red"), told("4", "0", "workers"));
    assert_eq!(of("Directorate", "workers"), told("15", "0", "workers"));
    assert_eq!(of("Directorate", "average_caseload"), told("16.47", "0.14", "cases per fte"));
    assert_eq!(of("Locality North", "children"), told("43", "-20", "children"));
    assert_eq!(of("Directorate", "points_utilisation").0, "", "what no policy scores is not known, and not nought");
    // The series of a team whose file is called after its month is one.
    let files: BTreeSet<&str> =
        rows.iter().filter(|row| row["team"] == "Locality North").map(|row| row["file"].as_str()).collect();
    assert_eq!(files, BTreeSet::from(["Locality North Sep 2025.csv"]));
}

/// What changes.csv has to hold, by hand: kind, day, team, worker, since, how many.
const CHANGED: &[[&str; 6]] = &[
    ["newly-red", "2025-08-31", "Locality North", "Ben Hill", "", ""],
    ["renamed-or-merged", "2025-08-31", "Locality Old Town", "", "", ""],
    ["team-not-in-run-before", "2025-08-31", "Locality Castle", "", "", ""],
    ["red-not-in-run-before", "2025-09-30", "Locality Meadow", "Pia Cole", "", ""],
    ["red-running", "2025-09-30", "Locality North", "Ada Lovell", "2025-07-31", "3"],
    ["red-running", "2025-09-30", "Locality South", "Hana Todd", "2025-07-31", "3"],
    ["red-running", "2025-09-30", "Locality Harbour", "Nia Abel", "2025-07-31", "3"],
    ["no-longer-red", "2025-09-30", "Locality North", "Ben Hill", "", ""],
    ["moved-team", "2025-09-30", "Locality South", "Cara Wood", "", ""],
    ["actions-overdue", "2025-09-30", "Locality Harbour", "Nia Abel", "2025-09-15", "1"],
    ["team-not-in-run", "2025-09-30", "Locality Quay", "", "", ""],
    ["renamed-or-merged", "2025-09-30", "Locality East", "", "", ""],
    ["renamed-or-merged", "2025-09-30", "Locality West", "", "", ""],
    ["team-not-in-run-before", "2025-09-30", "Locality South", "", "", ""],
    ["team-not-in-run-before", "2025-09-30", "Locality Meadow", "", "", ""],
    ["policy-changed", "2025-09-30", "", "", "", ""],
];

#[test]
fn every_change_is_told_and_none_beside() {
    let rows = made().rows("september/changes.csv");
    let found: BTreeSet<[&str; 6]> = rows
        .iter()
        .map(|row| ["kind", "as_of", "team", "worker", "since", "runs"].map(|of| row[of].as_str()))
        .collect();
    assert_eq!(found, CHANGED.iter().copied().collect());
    assert_eq!(rows.len(), CHANGED.len());
    let message = |kind: &str, team: &str| {
        let row = rows.iter().rfind(|row| row["kind"] == kind && row["team"] == team).unwrap();
        row["message"].clone()
    };
    assert!(message("renamed-or-merged", "Locality East").contains("3 of its 3 workers are in Locality South now"));
    assert!(message("renamed-or-merged", "Locality Old Town").contains("in Locality Castle now: renamed or merged?"));
    assert!(message("team-not-in-run", "Locality Quay").contains("is in august (31/08/2025) and not in september"));
    assert!(message("policy-changed", "").contains("redcar-2020 has other content"));
    assert!(message("moved-team", "Locality South").contains("was in Locality North"));
}

#[test]
fn a_run_compares_with_the_last_of_its_earlier_runs() {
    let teams = made().rows("september/teams.csv");
    let changes: BTreeMap<&str, &str> =
        teams.iter().map(|row| (row["team"].as_str(), row["change"].as_str())).collect();
    let expected = [
        ("Locality North", "2.5"),
        ("Locality South", ""),
        ("Locality Castle", "0"),
        ("Locality Harbour", "0"),
        ("Locality Meadow", ""),
    ];
    assert_eq!(changes, BTreeMap::from(expected));
    let workers = made().rows("september/workers.csv");
    let actions = |worker: &str| {
        let row = workers.iter().find(|row| row["worker"] == worker).unwrap();
        ["actions_open", "actions_overdue", "next_action"].map(|of| row[of].clone())
    };
    assert_eq!(actions("Nia Abel"), ["1", "1", "2025-09-15"]);
    assert_eq!(actions("Ola Beck"), ["0", "0", ""]);
    assert_eq!(actions("Ada Lovell"), ["", "", ""], "of a workbook without a plan nothing is known");
    let august = made().rows("august/workers.csv");
    let nia = august.iter().find(|row| row["worker"] == "Nia Abel").unwrap();
    assert_eq!((nia["actions_open"].as_str(), nia["actions_overdue"].as_str()), ("1", "0"), "not due yet");
    assert!(!fs::read_to_string(made().at("september/workers.csv")).unwrap().contains("Transfer case"));
    for words in [
        "Red in three or more runs running: Nia Abel (Locality Harbour, 3 runs); Hana Todd (Locality South, 3 runs); Ada",
        "up 0.7 points, worse",
    ] {
        assert!(made().said.contains(words), "`{words}` is not in:\n{}", made().said);
    }
}

#[test]
fn compare_tells_what_the_run_told() {
    let made = made();
    let arguments = ["compare", "september", "july", "august", "--out", "compared"];
    let (code, said) = say(made.folder.path(), &arguments);
    assert_eq!(code, 1, "there are red workers in September: {said}");
    for table in ["trend.csv", "changes.csv"] {
        let (one, other) = (made.at("september").join(table), made.at("compared").join(table));
        assert!(fs::read(one).unwrap() == fs::read(other).unwrap(), "{table}");
    }
    for words in
        ["Actions overdue: Nia Abel (Locality Harbour, 1)", "Locality Quay is in august", "Written to compared"]
    {
        assert!(said.contains(words), "`{words}` is not in:\n{said}");
    }
    let first = fs::read(made.at("compared/directorate.xlsx")).unwrap();
    // Again into the same folder, and in another order: the same bytes.
    let (code, quiet) =
        say(made.folder.path(), &["compare", "july", "august", "september", "--out", "compared", "--quiet"]);
    assert_eq!((code, quiet.as_str()), (1, ""));
    assert!(fs::read(made.at("compared/directorate.xlsx")).unwrap() == first);
    let json = say(made.folder.path(), &["compare", "july", "august", "--out", "two", "--format", "json"]).1;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((json["runs"].as_array().unwrap().len(), &json["runs"][1]["red"]), (2, &4.into()));
    // What a comparison wrote is no caseload.
    let (_, said) = say(made.folder.path(), &["check", "compared", "in/july"]);
    assert!(said.contains("trend.csv: passed over") || !said.contains("trend.csv"), "{said}");
}

#[test]
fn workers_names_stand_in_the_workbook_only_where_asked_for() {
    let made = made();
    let texts = |options: &[&str], out: &str| {
        let arguments = [&["compare", "july", "august", "september", "--out", out], options].concat();
        say(made.folder.path(), &arguments);
        let parts = unzipped(&fs::read(made.at(out).join("directorate.xlsx")).unwrap());
        parts.into_iter().map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned()).collect::<String>()
    };
    let (without, with) = (texts(&[], "unnamed"), texts(&["--workers"], "named"));
    for name in ["Ada Lovell", "Nia Abel", "Pia Cole", "Cara Wood"] {
        assert!(!without.contains(name) && with.contains(name), "{name}");
    }
    assert!(without.contains("lineChart") && without.contains("Locality Quay is in august"));
}

/// The July run as an earlier version wrote it: with fewer columns.
#[test]
fn what_an_older_run_does_not_have_is_not_known() {
    let made = made();
    let folder = tempfile::tempdir().unwrap();
    for (table, columns) in [("teams.csv", 29), ("workers.csv", 17), ("ratings.csv", 13), ("findings.csv", 10)] {
        let bytes = fs::read(made.at("july").join(table)).unwrap();
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes.as_slice());
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        for row in reader.records() {
            writer.write_record(row.unwrap().iter().take(columns)).unwrap();
        }
        fs::write(folder.path().join(table), writer.into_inner().unwrap()).unwrap();
    }
    fs::copy(made.at("july/run.json"), folder.path().join("run.json")).unwrap();
    let older = folder.path().to_str().unwrap();
    let (code, said) = say(made.folder.path(), &["compare", older, "august", "--out", "older"]);
    assert_eq!(code, 1, "{said}");
    let rows = made.rows("older/trend.csv");
    let whole = |measure: &str, day: &str| {
        let found = |row: &&BTreeMap<String, String>| {
            row["team"] == "Directorate" && row["measure"] == measure && row["as_of"] == day
        };
        let row = rows.iter().find(found).unwrap();
        (row["value"].clone(), row["change"].clone())
    };
    // Σ load ÷ Σ limits from the ratings; what has no column is blank, and so is its change.
    assert_eq!(whole("limit_utilisation", DAYS[0]), ("81".into(), String::new()));
    assert_eq!(whole("limit_utilisation", DAYS[1]), ("81.67".into(), "0.67".into()));
    assert_eq!(whole("average_caseload", DAYS[0]), (String::new(), String::new()));
    assert_eq!(whole("average_caseload", DAYS[1]), ("16.33".into(), String::new()));
    assert!(said.contains("do not have: Average caseload"), "{said}");
}

#[test]
fn a_folder_that_holds_no_run_is_told_what_to_do() {
    let made = made();
    let folder = made.folder.path();
    fs::create_dir_all(made.at("nothing")).unwrap();
    let broken = |name: &str, table: &str, from: &str, to: &str| {
        fs::create_dir_all(made.at(name)).unwrap();
        for file in ["run.json", "teams.csv", "workers.csv", "ratings.csv", "findings.csv"] {
            let text = fs::read_to_string(made.at("july").join(file)).unwrap();
            let text = if file == table { text.replacen(from, to, 1) } else { text };
            fs::write(made.at(name).join(file), text).unwrap();
        }
    };
    broken("theirs", "teams.csv", "service_area", "our_area");
    broken("typed", "teams.csv", "101.67", "about a hundred");
    broken("short", "workers.csv", "Ben Hill,", "");
    broken("colour", "workers.csv", ",green,", ",greenish,");
    broken("json", "run.json", "as_of", "asof");
    let cases: &[(&[&str], i32, &[&str])] = &[
        (&["compare", "july"], 64, &["RUN"]),
        (&["compare", "july", "july/../july"], 2, &["given twice"]),
        (
            &["compare", "july", "nothing"],
            2,
            &["nothing: its run.json cannot be read", "--out folder of an earlier run"],
        ),
        (&["compare", "july", "nowhere"], 2, &["nowhere: there is no such file or folder"]),
        (&["compare", "august", "theirs"], 2, &["theirs: its teams.csv was not written by fairload"]),
        (&["compare", "august", "typed"], 2, &["row 5 of teams.csv", "column limit_utilisation", "give the"]),
        (&["compare", "august", "short"], 2, &["row 10 of its workers.csv cannot be read"]),
        (&["compare", "august", "colour"], 2, &["workers.csv holds not a colour in column rag"]),
        (&["compare", "august", "json"], 2, &["run.json is not as a run writes it"]),
        (&["compare", "july", "august", "--out", "september"], 2, &["--out september: this folder holds a run"]),
        (
            &["run", "in/july", "--out", "x", "--as-of", "2025-07-31", "--previous", "august"],
            2,
            &["--previous august", "2025-08-31, which is after", "another --as-of"],
        ),
        (
            &["run", "in/july", "--out", "x", "--as-of", "2025-09-30", "--previous", "july", "--previous", "july"],
            2,
            &["--previous july: this run is given twice"],
        ),
    ];
    for (arguments, code, words) in cases {
        let (ended, said) = say(folder, arguments);
        assert_eq!(ended, *code, "{arguments:?}: {said}");
        for word in *words {
            assert!(said.contains(word), "{arguments:?}: `{word}` is not in:\n{said}");
        }
    }
    assert!(!made.at("x").exists(), "nothing was written");
}

#[test]
fn two_runs_of_one_date_are_told() {
    let made = made();
    say(made.folder.path(), &["run", "in/july", "--out", "again/july", "--as-of", DAYS[0], "--policy", "redcar-2020"]);
    let (_, said) = say(made.folder.path(), &["compare", "july", "again/july", "--out", "same"]);
    assert!(said.contains("july (31/07/2025) and july (2) (31/07/2025) are of one date"), "{said}");
}

#[test]
fn a_comparison_left_behind_does_not_stay() {
    let made = made();
    let run = |more: &[&str]| {
        let arguments = ["run", "in/august", "--out", "left", "--as-of", DAYS[1], "--policy", "redcar-2020"];
        say(made.folder.path(), &[&arguments, more].concat());
        made.rows("left/trend.csv").len()
    };
    assert!(run(&["--previous", "july"]) > 0);
    assert_eq!(run(&[]), 0);
    assert!(!made.at("july/trend.csv").exists(), "without an earlier run there is none");
}
