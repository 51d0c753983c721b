//! Tasks forms through the whole program: scored by the policy for tasks, against a table worked out
//! without the program; and never green where no policy scores them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A row of a table by column.
type Row = BTreeMap<String, String>;

const SAMPLE: &str = "layouts/Tasks forms.xlsx";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs the sample by these policies, or by the default ones; where everything was written.
fn run(name: &str, policies: &[&str]) -> PathBuf {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("tasks").join(name);
    let _ = fs::remove_dir_all(&out);
    let mut command = Command::new(env!("CARGO_BIN_EXE_fairload"));
    command.arg("run").arg(root().join("samples").join(SAMPLE)).arg("--out").arg(&out);
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
