//! Tasks forms through the whole program: scored by the policy for tasks, against a table worked out
//! without the program and against months worked by hand (`tests/scenarios/tasks`); and never green
//! where no policy scores them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

/// A row of a table by column.
type Row = BTreeMap<String, String>;

const SAMPLE: &str = "layouts/Tasks forms.xlsx";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs the sample by these policies, or by the default ones; where everything was written.
fn run(name: &str, policies: &[&str]) -> PathBuf {
    run_on(&root().join("samples").join(SAMPLE), name, policies)
}

fn run_on(file: &Path, name: &str, policies: &[&str]) -> PathBuf {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("tasks").join(name);
    let _ = fs::remove_dir_all(&out);
    let mut command = Command::new(env!("CARGO_BIN_EXE_fairload"));
    command.arg("run").arg(file).arg("--out").arg(&out);
    command.args(["--as-of", "2025-09-30", "--quiet"]);
    policies.iter().for_each(|policy| _ = command.args(["--policy", policy]));
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{:?} {said}", output.status);
    out
}

fn rows(path: &Path) -> Vec<Row> {
    let text = fs::read_to_string(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
    reader.deserialize().map(|row| row.unwrap()).collect()
}

#[test]
fn the_sample_is_scored_as_worked_out() {
    let expected = rows(&root().join("tests/expected/tasks.csv"));
    let found = rows(&run("scored", &["task-force-tasks"]).join("ratings.csv"));
    assert_eq!(found.len(), expected.len());
    for row in &expected {
        let worker = &row["worker"];
        let hit = found.iter().find(|other| other["worker"] == *worker).unwrap_or_else(|| panic!("no {worker}"));
        for (column, figure) in row.iter().filter(|(column, figure)| *figure != "?" && *column != "file") {
            assert_eq!(&hit[column], figure, "{column} of {worker}: {}", hit["because"]);
        }
        let indicative = hit["because"].contains("indicative points");
        assert_eq!(indicative, row["rag"] != "not-scored", "{worker}: {}", hit["because"]);
    }
}

#[test]
fn flaws_of_the_sample_are_told_once_each() {
    let findings = rows(&run("told", &["task-force-tasks"]).join("findings.csv"));
    for (rule, cell) in [("task-points-differ", "C7"), ("task-not-known", "A18")] {
        let cells: Vec<&str> =
            findings.iter().filter(|row| row["rule"] == rule).map(|row| row["cell"].as_str()).collect();
        assert_eq!(cells, [cell], "{rule}");
    }
}

#[test]
fn where_no_policy_scores_tasks_nobody_is_green_and_it_is_said() {
    let out = run("unscored", &[]);
    let ratings = rows(&out.join("ratings.csv"));
    assert!(!ratings.is_empty());
    for row in &ratings {
        assert_eq!(row["rag"], "not-scored", "{row:?}");
        assert_eq!(row["because"], "this worker is known by a tasks form alone, which lists no children");
    }
    let findings = rows(&out.join("findings.csv"));
    let told = findings.iter().filter(|row| row["rule"] == "tasks-not-scored").count();
    assert_eq!(told, 4, "one for each sheet");
}

/// A month of one worker, as a file tells it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Month {
    source: String,
    worker: Worker,
    task: Vec<Line>,
    #[serde(default)]
    travel: Vec<Line>,
    #[serde(default)]
    duty: Vec<Line>,
    expected: Expected,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Worker {
    name: String,
    team: String,
    fte: String,
    experience: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    name: String,
    number: u32,
    each: u32,
    points: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    points: String,
    benchmark: String,
    utilisation: String,
    rag: String,
}

#[test]
fn months_worked_by_hand_come_out_as_printed() {
    let mut seen = 0;
    for entry in fs::read_dir(root().join("tests/scenarios/tasks")).unwrap() {
        let path = entry.unwrap().path();
        let month: Month = toml::from_str(&fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|why| panic!("{}: {why}", path.display()));
        let lines = month.task.iter().chain(&month.travel).chain(&month.duty);
        for Line { name, number, each, points } in lines {
            assert_eq!(number * each, *points, "{name} of {}", month.source);
        }
        let folder = tempfile::tempdir().unwrap();
        for (layout, text) in [("form", form(&month)), ("list", list(&month)), ("columns", columns(&month))] {
            let file = folder.path().join(format!("{layout}.csv"));
            fs::write(&file, text).unwrap();
            let ratings = rows(&run_on(&file, layout, &["task-force-tasks"]).join("ratings.csv"));
            let [rating] = &ratings[..] else { panic!("{layout} of {}: {ratings:?}", month.source) };
            for (column, figure) in [
                ("team", &month.worker.team),
                ("worker", &month.worker.name),
                ("load", &month.expected.points),
                ("upper", &month.expected.benchmark),
                ("utilisation", &month.expected.utilisation),
                ("rag", &month.expected.rag),
            ] {
                assert_eq!(&rating[column], figure, "{column} of {layout} of {}", month.source);
            }
        }
        seen += 1;
    }
    assert!(seen > 0, "no month found");
}

/// The form that the source publishes, without points of its own.
fn form(month: &Month) -> String {
    let Worker { name, team, fte, experience } = &month.worker;
    let mut lines = vec![
        format!("Social worker: {name},Team: {team}"),
        format!("FTE: {fte},Experience: {experience}"),
        "Case and task or piece of work,Number in current caseload,Points".to_string(),
    ];
    let number = |number: u32| if number == 0 { String::new() } else { number.to_string() };
    let written = |line: &Line| format!("{},{},", line.name, number(line.number));
    lines.extend(month.task.iter().map(written));
    lines.push("Additional out of borough travel required per task,,Additional points".into());
    lines.extend(month.travel.iter().map(written));
    lines.push("Additional duties,,Additional points".into());
    lines.extend(month.duty.iter().map(|line| format!("{},,{}", line.name, line.points)));
    lines.push(format!("TOTAL POINTS,,{}", month.expected.points));
    lines.join("\r\n")
}

/// A row for each task.
fn list(month: &Month) -> String {
    let Worker { name, team, fte, experience } = &month.worker;
    let mut lines = vec!["Team,Social worker,FTE,Experience,Task type,Number".to_string()];
    let row = |task: &str, number: u32| format!("{team},{name},{fte},{experience},{task},{number}");
    lines.extend(month.task.iter().map(|line| row(&line.name, line.number)));
    lines.extend(month.travel.iter().map(|line| row("Out of borough travel", line.number)));
    lines.extend(month.duty.iter().map(|line| row("Additional duties", line.number)));
    lines.join("\r\n")
}

/// Tasks down, and a column for the worker.
fn columns(month: &Month) -> String {
    let Worker { name, team, fte, experience } = &month.worker;
    let mut lines = vec![
        format!("Task or piece of work,{name}"),
        format!("Team,{team}"),
        format!("FTE,{fte}"),
        format!("Experience,{experience}"),
    ];
    lines.extend(month.task.iter().map(|line| format!("{},{}", line.name, line.number)));
    lines.extend(month.travel.iter().map(|line| format!("Out of borough travel,{}", line.number)));
    lines.extend(month.duty.iter().map(|line| format!("Additional duties,{}", line.number)));
    lines.join("\r\n")
}
