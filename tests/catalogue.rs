//! Nothing is forgotten: templates are registered, figures have unit, date and source, and the
//! samples show what the rules are for. What rules are named and where they stand is in `rules.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use fairload::judge::validate::rules;
use fairload::policy::{BUILT_IN, DEFAULT, NATIONAL, PRACTICE};
use fairload::run::outcome::Outcome;
use fairload::run::{Options, run};
use fairload::understand::words;
use toml::{Table, Value};

/// Rules that neither `samples/` nor the plain sheets in `tests/flaws` show, each with the reason.
/// Their own files hold a sheet that they flag.
const NO_SAMPLE: &[(&str, &str)] = &[
    ("child-not-on-main-list", "a CSV has one sheet, and the rule needs two lists of Annex A"),
    ("lists-disagree", "a CSV has one sheet, and the rule needs two lists of Annex A"),
    ("sheet-not-readable", "the workbook has to be damaged"),
    ("time-not-scored", "the sheets with flaws are judged by every policy, the one for hours among them"),
];

#[test]
fn every_template_is_registered_as_it_stands() {
    let practice = [("practice", PRACTICE)];
    let policies = BUILT_IN.iter().chain(&practice).map(|(name, text)| (format!("{name}.toml"), *text));
    let lists = words::BUILT_IN.iter().map(|(name, text)| (name.to_string(), *text));
    for (folder, registered) in [
        ("templates/policy", policies.collect::<BTreeMap<String, &str>>()),
        ("templates/national", BTreeMap::from([("england.toml".to_string(), NATIONAL)])),
        ("templates/words", lists.collect::<BTreeMap<String, &str>>()),
    ] {
        let there = files(folder);
        let names: Vec<&String> = there.keys().collect();
        assert_eq!(names, registered.keys().collect::<Vec<_>>(), "{folder}: add what is missing to BUILT_IN");
        for (name, text) in there {
            assert_eq!(text, registered[&name], "{folder}/{name}");
        }
    }
    for name in DEFAULT {
        assert!(BUILT_IN.iter().any(|(known, _)| known == name), "{name} is a default that is not carried");
    }
}

#[test]
fn every_figure_has_unit_first_day_and_source() {
    let (mut lacking, mut figures) = (Vec::new(), 0);
    for (name, text) in files("templates/policy").into_iter().chain(files("templates/national")) {
        let policy: Table = text.parse().unwrap_or_else(|why| panic!("{name}: {why}"));
        for (kind, entry) in entries(&policy) {
            // Words that people write are no figures.
            if ["grade", "kind"].contains(&kind) {
                continue;
            }
            let title = entry.get("id").or(entry.get("text")).map_or(String::new(), Value::to_string);
            let mut lacks = |what: &str| lacking.push(format!("{name}: [[{kind}]] {title} has no {what}"));
            let source = |part: &str| entry.get("source").and_then(|source| source.get(part)?.as_str());
            if !source("document").is_some_and(filled) || !source("section").is_some_and(filled) {
                lacks("source with document and section");
            }
            if !holds_a_number(&Value::Table(entry.clone())) {
                continue;
            }
            figures += 1;
            if !entry.get("unit").and_then(Value::as_str).is_some_and(filled) {
                lacks("unit");
            }
            if !matches!(entry.get("from"), Some(Value::Datetime(day)) if day.date.is_some() && day.time.is_none()) {
                lacks("first day");
            }
        }
    }
    assert!(figures > 40, "{figures} figures were looked at");
    assert!(lacking.is_empty(), "{}", lacking.join("\n"));
}

#[test]
fn one_day_has_one_figure_for_one_thing() {
    for (name, text) in files("templates/policy").into_iter().chain(files("templates/national")) {
        let policy: Table = text.parse().unwrap();
        let mut seen = BTreeSet::new();
        for (kind, entry) in entries(&policy) {
            let (Some(id), Some(from)) = (entry.get("id"), entry.get("from")) else { continue };
            assert!(seen.insert((kind, id.to_string(), from.to_string())), "{name}: {id} is there twice from {from}");
        }
    }
}

#[test]
fn every_rule_is_shown_by_a_sheet() {
    let findings = SAMPLES.tables.findings.iter().chain(&FLAWS.tables.findings);
    let shown: BTreeSet<&str> = findings.map(|row| row[RULE].as_str()).collect();
    let excused: BTreeSet<&str> = NO_SAMPLE.iter().map(|(rule, _)| *rule).collect();
    let all: BTreeSet<&str> = rules().map(|rule| rule.name).collect();
    let hidden: Vec<_> = all.iter().filter(|rule| !shown.contains(*rule) && !excused.contains(*rule)).collect();
    assert!(hidden.is_empty(), "no sheet shows {hidden:?}; add a row in tests/flaws, or say in NO_SAMPLE why not");
    let idle: Vec<_> = excused.iter().filter(|rule| shown.contains(*rule) || !all.contains(*rule)).collect();
    assert!(idle.is_empty(), "take these out of NO_SAMPLE: {idle:?}");
}

#[test]
fn every_rule_leaves_a_sample_alone() {
    let files: BTreeSet<&str> = SAMPLES.files.iter().map(|file| file.file.as_str()).collect();
    let mut flagged: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in &SAMPLES.tables.findings {
        flagged.entry(&row[RULE]).or_default().insert(&row[FILE]);
    }
    for (rule, flags) in flagged {
        assert!(flags.len() < files.len(), "{rule} flags every sample");
    }
}

/// A rule's two tests stand in its file: one sheet that it flags and one that it leaves alone.
#[test]
fn every_rule_has_a_flagging_test_and_a_leaving_one() {
    for rule in rules() {
        let path = root().join("src/judge/validate").join(format!("{}.rs", rule.name.replace('-', "_")));
        let text = fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
        let tests = text.split("#[cfg(test)]").nth(1).unwrap_or_default();
        let quiet = tests.matches("&[],").count() + tests.matches("&[])").count();
        let all = tests.matches("expect(").count() + tests.matches("expect_by(").count();
        assert!(all > quiet, "{}: no test flags anything", rule.name);
        assert!(quiet > 0, "{}: no test leaves a sheet alone", rule.name);
    }
}

/// Columns of findings.csv.
const FILE: usize = 0;
const RULE: usize = 3;

/// The samples: what managers keep, with a flaw here and there.
static SAMPLES: LazyLock<Outcome> = LazyLock::new(|| checked("samples", &[]));
/// Sheets with one flaw a row, by every policy that the program carries.
static FLAWS: LazyLock<Outcome> =
    LazyLock::new(|| checked("tests/flaws", &BUILT_IN.iter().map(|(name, _)| *name).collect::<Vec<_>>()));

/// A folder as checked by these policies, or by the default ones; nothing written.
fn checked(folder: &str, policies: &[&str]) -> Outcome {
    let options = Options {
        inputs: vec![root().join(folder)],
        out: None,
        policies: policies.iter().map(ToString::to_string).collect(),
        roster: None,
        as_of: jiff::civil::date(2025, 9, 30),
        previous: Vec::new(),
        columns: None,
        jobs: Some(2),
        force: false,
        what_if: Vec::new(),
        shown: Default::default(),
        rows: true,
        reader: None,
    };
    run(&options, &|_, _| {}).unwrap()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files of a folder by name.
fn files(folder: &str) -> BTreeMap<String, String> {
    let entries = fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap());
    let text = |path: &Path| fs::read_to_string(path).unwrap();
    entries.map(|entry| (entry.file_name().to_string_lossy().into_owned(), text(&entry.path()))).collect()
}

/// Every entry of a policy with its kind, whatever kinds there are: the tables of lists, and a
/// section such as `[points]`.
fn entries(policy: &Table) -> Vec<(&str, &Table)> {
    let mut found = Vec::new();
    for (kind, value) in policy {
        match value {
            Value::Array(list) => {
                found.extend(list.iter().filter_map(|entry| Some((kind.as_str(), entry.as_table()?))))
            }
            Value::Table(table) => found.push((kind.as_str(), table)),
            _ => {}
        }
    }
    found
}

fn holds_a_number(value: &Value) -> bool {
    match value {
        Value::Integer(_) | Value::Float(_) => true,
        Value::Array(list) => list.iter().any(holds_a_number),
        Value::Table(table) => table.values().any(holds_a_number),
        _ => false,
    }
}

fn filled(text: &str) -> bool {
    !text.trim().is_empty()
}
