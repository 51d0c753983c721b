//! Workers against published figures, each policy a file in `tests/scenarios/limits`, worked by hand from its source.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use fairload::policy::{BUILT_IN, Policy};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scenario {
    /// The policy by its name.
    policy: String,
    /// Where the figures come from.
    source: String,
    worker: Vec<Worker>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Worker {
    name: String,
    #[serde(default = "locality")]
    team: String,
    role: String,
    fte: toml::Value,
    /// Time in practice as written, `3+ years` where it makes no difference.
    #[serde(default = "experienced")]
    experience: String,
    /// Points for duties beside cases.
    duty_points: Option<toml::Value>,
    cases: Vec<Cases>,
    /// One for each row of ratings.csv, in its order.
    expected: Vec<Expected>,
    /// The colour that the worst of them gives.
    overall: String,
    /// Rules that tell of this worker, of those a scenario is about.
    #[serde(default)]
    told: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    /// How many children.
    number: usize,
    /// In how many families; each child in one of its own where nothing is said.
    families: Option<usize>,
    #[serde(default)]
    status: String,
    #[serde(default)]
    proceedings: String,
    /// Points of each as the sheet gives them.
    points: Option<toml::Value>,
    allocated: Option<toml::value::Datetime>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    measure: String,
    load: Option<toml::Value>,
    lower: Option<toml::Value>,
    upper: Option<toml::Value>,
    /// Percent, rounded half up to two places.
    used: Option<toml::Value>,
    rag: String,
}

fn locality() -> String {
    "Example Locality Team".into()
}

fn experienced() -> String {
    "3+ years".into()
}

/// Rules that a scenario may be about.
const ABOUT: &[&str] =
    &["sub-limit-passed", "case-points-missing", "too-many-care-proceedings", "nqsw-key-worker-of-cp"];

#[test]
fn every_policy_that_limits_or_bounds_has_a_scenario() {
    let there: BTreeSet<String> = scenarios().into_iter().map(|(_, scenario)| scenario.policy).collect();
    for (name, _) in BUILT_IN {
        let policy = Policy::built_in(name).unwrap().unwrap();
        let needs = !policy.limits.is_empty() || !policy.flags.is_empty();
        assert!(!needs || there.contains(*name), "{name} has no file in tests/scenarios/limits");
    }
}

#[test]
fn workers_come_out_as_reckoned_by_hand() {
    let (mut judged, mut wrong) = (0, Vec::new());
    for (path, scenario) in scenarios() {
        assert!(!scenario.source.is_empty(), "{}: say where the figures come from", path.display());
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("caseload.csv"), sheet(&scenario)).unwrap();
        let out = folder.path().join("out");
        let run = Command::new(env!("CARGO_BIN_EXE_fairload"))
            .arg("run")
            .arg(folder.path().join("caseload.csv"))
            .args(["--policy", &scenario.policy, "--as-of", "2025-09-30", "--quiet", "--out"])
            .arg(&out)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&run.stderr);
        assert!(matches!(run.status.code(), Some(0 | 1)), "{}: {said}", path.display());
        let ratings = rows(&out.join("ratings.csv"));
        let workers = rows(&out.join("workers.csv"));
        let findings = rows(&out.join("findings.csv"));
        for worker in &scenario.worker {
            let own = |row: &&BTreeMap<String, String>| row["worker"] == worker.name;
            let expected: Vec<String> = worker.expected.iter().map(line).collect();
            let found: Vec<String> = ratings.iter().filter(own).map(row_line).collect();
            if expected != found {
                let because: Vec<&str> = ratings.iter().filter(own).map(|row| row["because"].as_str()).collect();
                wrong.push(format!(
                    "{}, {}:\n  expected {expected:?}\n  found    {found:?}\n  {because:?}",
                    scenario.policy, worker.name
                ));
            }
            let overall: Vec<&str> = workers.iter().filter(own).map(|row| row["rag"].as_str()).collect();
            if overall != [worker.overall.as_str()] {
                wrong.push(format!(
                    "{}, {}: overall {} and not {overall:?}",
                    scenario.policy, worker.name, worker.overall
                ));
            }
            let rules = findings.iter().filter(own).map(|row| row["rule"].clone());
            let told: BTreeSet<String> = rules.filter(|rule| ABOUT.contains(&rule.as_str())).collect();
            if told != worker.told.iter().cloned().collect() {
                wrong.push(format!("{}, {}: told {:?} and not {told:?}", scenario.policy, worker.name, worker.told));
            }
            judged += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(judged > 60, "{judged}");
}

fn scenarios() -> Vec<(PathBuf, Scenario)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios/limits");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let scenario = toml::from_str(&text).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
        (path, scenario)
    };
    files.into_iter().map(read).collect()
}

/// One row for each child; a column that nobody in the file uses is left out.
fn sheet(scenario: &Scenario) -> String {
    let of = |value: &Option<toml::Value>| value.as_ref().map_or(String::new(), ToString::to_string);
    let mut rows = vec![
        [
            "Team",
            "Worker",
            "Role",
            "FTE",
            "Experience",
            "Points for other duties",
            "Child ID",
            "Household",
            "Case status",
            "Proceedings",
            "Date allocated",
            "Points",
        ]
        .map(String::from)
        .to_vec(),
    ];
    let mut child = 9000;
    for worker in &scenario.worker {
        for (group, cases) in worker.cases.iter().enumerate() {
            let families = cases.families.unwrap_or(cases.number);
            for at in 0..cases.number {
                child += 1;
                rows.push(vec![
                    worker.team.clone(),
                    worker.name.clone(),
                    worker.role.clone(),
                    worker.fte.to_string(),
                    worker.experience.clone(),
                    of(&worker.duty_points),
                    format!("S-{child}"),
                    format!("{} {group}.{}", worker.name, at % families),
                    cases.status.clone(),
                    cases.proceedings.clone(),
                    cases.allocated.map_or(String::new(), |day| day.to_string()),
                    of(&cases.points),
                ]);
            }
        }
    }
    let used = |column: &usize| rows.iter().skip(1).any(|row| !row[*column].is_empty());
    let columns: Vec<usize> = (0..rows[0].len()).filter(used).collect();
    let text = |row: &Vec<String>| columns.iter().map(|at| row[*at].as_str()).collect::<Vec<_>>().join(",");
    rows.iter().map(text).collect::<Vec<_>>().join("\r\n")
}

fn line(expected: &Expected) -> String {
    let of = |value: &Option<toml::Value>| value.as_ref().map_or("–".to_string(), ToString::to_string);
    let Expected { measure, load, lower, upper, used, rag } = expected;
    format!("{measure}: {} against {} to {}, {} %, {rag}", of(load), of(lower), of(upper), of(used))
}

fn row_line(row: &BTreeMap<String, String>) -> String {
    let of = |column: &str| if row[column].is_empty() { "–".to_string() } else { row[column].clone() };
    let of_scored = |column: &str| if row["rag"] == "not-scored" { "–".to_string() } else { of(column) };
    format!(
        "{}: {} against {} to {}, {} %, {}",
        row["measure"],
        of_scored("load"),
        of("lower"),
        of("upper"),
        of("utilisation"),
        row["rag"]
    )
}

fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let text = fs::read_to_string(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}
