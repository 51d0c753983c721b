//! Worked examples that a practitioner can read, each a file in `tests/scenarios`, run as a sheet.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scenario {
    source: String,
    worker: Worker,
    household: Vec<Household>,
    expected: Expected,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Worker {
    name: String,
    team: String,
    role: String,
    fte: u32,
    experience: String,
    duties: String,
    duty_points: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Household {
    name: String,
    children: u32,
    status: String,
    #[serde(default)]
    proceedings: String,
    intervention: u32,
    #[serde(default)]
    additional: u32,
    points: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    points: u32,
    benchmark: u32,
    utilisation: u32,
    rag: String,
    families: u32,
    children: u32,
}

#[test]
fn scenarios_come_out_as_printed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let mut seen = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let scenario = toml::from_str(&fs::read_to_string(&path).unwrap())
                .unwrap_or_else(|why| panic!("{}: {why}", path.display()));
            come_out_as_printed(&scenario);
            seen += 1;
        }
    }
    assert!(seen > 0, "no scenario found");
}

fn come_out_as_printed(scenario: &Scenario) {
    let (worker, expected) = (&scenario.worker, &scenario.expected);
    let folder = tempfile::tempdir().unwrap();
    // One worker with every family, and beside them each family alone with a worker named after it,
    // so that each printed row total is checked as well as the sum.
    let whole = sheet(scenario, &worker.name, &worker.duties, worker.duty_points);
    fs::write(folder.path().join("whole.csv"), whole).unwrap();
    let single = sheet(scenario, "", "", 0);
    fs::write(folder.path().join("single.csv"), single).unwrap();
    fs::write(folder.path().join("form.csv"), form(scenario)).unwrap();
    let out = folder.path().join("out");
    for file in ["whole", "single", "form"] {
        let run = Command::new(env!("CARGO_BIN_EXE_fairload"))
            .arg("run")
            .arg(folder.path().join(format!("{file}.csv")))
            .arg("--out")
            .arg(out.join(file))
            .args(["--as-of", "2025-09-30", "--quiet"])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&run.stderr);
        assert!(matches!(run.status.code(), Some(0 | 1)), "{file}: {:?} {said}", run.status);
    }

    let source = &scenario.source;
    for file in ["whole", "form"] {
        let source = format!("{source} ({file})");
        let points = row(&out.join(file).join("ratings.csv"), &[("worker", &worker.name), ("measure", "points")]);
        for (column, figure) in [
            ("load", expected.points.to_string()),
            ("upper", expected.benchmark.to_string()),
            ("utilisation", expected.utilisation.to_string()),
            ("rag", expected.rag.clone()),
        ] {
            assert_eq!(points[column], figure, "{column} of {source}");
        }
        let held = row(&out.join(file).join("workers.csv"), &[("worker", &worker.name)]);
        assert_eq!(held["households"], expected.families.to_string(), "families of {source}");
        assert_eq!(held["children"], expected.children.to_string(), "children of {source}");
    }

    for household in &scenario.household {
        let name = format!("Family {}", household.name);
        let points = row(&out.join("single/ratings.csv"), &[("worker", &name), ("measure", "points")]);
        assert_eq!(points["load"], household.points.to_string(), "{name} of {source}");
    }
}

/// The families as a caseload; without a worker's name, each with a worker of its own.
fn sheet(scenario: &Scenario, name: &str, duties: &str, duty_points: u32) -> String {
    let mut lines = vec![
        "Team,Worker,Role,FTE,Experience,Other duties,Points for duties,Child ID,Household,Case status,Proceedings,\
         Intervention level,Additional factors"
            .to_string(),
    ];
    let Worker { team, role, fte, experience, .. } = &scenario.worker;
    let mut child = 9000;
    for household in &scenario.household {
        let Household { name: family, status, proceedings, intervention, additional, .. } = household;
        let name = if name.is_empty() { format!("Family {family}") } else { name.to_string() };
        for _ in 0..household.children {
            child += 1;
            lines.push(format!(
                "{team},{name},{role},{fte},{experience},{duties},{duty_points},S-{child},{family},{status},\
                 {proceedings},{intervention},{additional}"
            ));
        }
    }
    lines.join("\r\n")
}

/// The families as the form that the source publishes: one row for each, with its points.
fn form(scenario: &Scenario) -> String {
    let Worker { name, team, role, fte, experience, duties, duty_points } = &scenario.worker;
    let mut lines = vec![
        format!("{role}: {name},Team: {team},FTE: {fte},Experience level: {experience},{duties}"),
        "Case,Base points = 1 per child,Case status,Intervention level,Additional factors,Total points".to_string(),
    ];
    for household in &scenario.household {
        let Household { name, children, status, proceedings, intervention, additional, points } = household;
        let of_status = points - children - intervention - additional;
        lines.push(format!(
            "{name}: {status} {proceedings},{children},{of_status},{intervention},{additional},{points}"
        ));
    }
    lines.push(format!("Additional points non-case related,,,,,{duty_points}"));
    lines.push(format!("GRAND TOTAL,,,,,{}", scenario.expected.points));
    lines.join("\r\n")
}

/// The one row of a table in which these columns say this.
fn row(path: &Path, wanted: &[(&str, &str)]) -> BTreeMap<String, String> {
    let text = fs::read_to_string(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
    let rows: Vec<BTreeMap<String, String>> = reader
        .deserialize()
        .map(Result::unwrap)
        .filter(|row: &BTreeMap<String, String>| wanted.iter().all(|(column, text)| row[*column] == *text))
        .collect();
    assert_eq!(rows.len(), 1, "{}: {wanted:?} should be one row: {rows:?}", path.display());
    rows.into_iter().next().unwrap()
}
