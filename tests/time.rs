//! Months of hours worked by hand (`tests/scenarios/time`), through the whole program.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Month {
    source: String,
    worker: Worker,
    line: Vec<Line>,
    expected: Expected,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Worker {
    name: String,
    team: String,
    fte: String,
    experience: String,
    available: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    name: String,
    hours: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    sub_total: String,
    case_work: String,
    required: String,
    surplus: String,
    utilisation: String,
    rag: String,
}

#[test]
fn months_worked_by_hand_come_out_as_printed() {
    let mut seen = 0;
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios/time")).unwrap() {
        let path = entry.unwrap().path();
        let month: Month = toml::from_str(&fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|why| panic!("{}: {why}", path.display()));
        let folder = tempfile::tempdir().unwrap();
        // A form of its own, and a column for the worker below their name.
        for (layout, beside) in [("form", "Worker"), ("columns", "Line")] {
            let file = folder.path().join(format!("{layout}.csv"));
            fs::write(&file, form(&month, beside)).unwrap();
            let rating = rating(&file, &folder.path().join(format!("{layout} out")));
            for (column, figure) in [
                ("team", &month.worker.team),
                ("worker", &month.worker.name),
                ("load", &month.expected.required),
                ("upper", &month.worker.available),
                ("utilisation", &month.expected.utilisation),
                ("rag", &month.expected.rag),
            ] {
                assert_eq!(&rating[column], figure, "{column} of {layout} of {}", month.source);
            }
            assert!(rating["because"].contains(&month.expected.surplus), "{}", rating["because"]);
        }
        seen += 1;
    }
    assert!(seen > 0, "no month found");
}

fn rating(file: &Path, out: &Path) -> BTreeMap<String, String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fairload"));
    command.arg("run").arg(file).arg("--out").arg(out);
    let output = command.args(["--as-of", "2025-09-30", "--quiet", "--policy", "task-force-time"]).output().unwrap();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&output.stderr));
    let text = fs::read_to_string(out.join("ratings.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
    let mut rows: Vec<BTreeMap<String, String>> = reader.deserialize().map(|row| row.unwrap()).collect();
    assert_eq!(rows.len(), 1, "{rows:?}");
    rows.remove(0)
}

/// As published, two lines of travel share a cell, each on a line of its own.
#[test]
fn line_breaks_within_a_cell_part_its_lines() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("form.csv");
    let form = "Worker,Tess Arden\r\nExperience,3+ years\r\nFTE,1\r\nTotal time available,148 hours\r\n\
                Annual leave,-7.4 hours (1 day)\r\nSupervision,-3 hours\r\nCPD,-15 hours\r\nAdmin,-22 hours\r\n\
                \"• Local travel\n• Additional travel\",\"-3 hours\n-1 hour\"\r\n\
                Case-work time required,-95 hours\r\nTotal time required,146.4 hours\r\n";
    fs::write(&file, form).unwrap();
    assert_eq!(rating(&file, &folder.path().join("out"))["load"], "146.4");
}

/// The published form, without cases of its own.
fn form(month: &Month, beside: &str) -> String {
    let Worker { name, team, fte, experience, available } = &month.worker;
    let mut lines = vec![
        format!("{beside},{name}"),
        format!("Team,{team}"),
        format!("FTE,{fte}"),
        format!("Experience,{experience}"),
        format!("Total time available,{available}"),
    ];
    lines.extend(month.line.iter().map(|line| format!("{},{}", line.name, line.hours)));
    lines.push(format!("Sub-total,-{}", month.expected.sub_total));
    lines.push(format!("Case-work time required,-{}", month.expected.case_work));
    lines.push(format!("Total time required,{}", month.expected.required));
    lines.join("\r\n")
}
