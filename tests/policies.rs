//! Policies by the people who agree them: what is wrong with a file is told to the letter, a council's
//! own policy is used without a change to the program, and figures change on their day.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use fairload::policy::{BUILT_IN, Policy, Weight, schema};
use jiff::civil::{Date, date};

const AS_OF: Date = date(2025, 9, 30);

/// The gallery: each file begins with what is to be said of it, a line `#! …` for each thing.
#[test]
fn every_flaw_of_the_gallery_is_told_to_the_letter() {
    let (mut unusable, mut doubtful, mut wrong) = (0, 0, Vec::new());
    for (name, text) in gallery() {
        let expected: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("#! ")).collect();
        let examined = Policy::examine(text.as_bytes(), AS_OF);
        let found: Vec<String> = examined.problems.iter().map(ToString::to_string).collect();
        if found.is_empty() || expected != found {
            wrong.push(format!("{name}\n  found:\n  {}\n  expected:\n  {}", found.join("\n  "), expected.join("\n  ")));
        }
        let weight = if name.starts_with("look-") { Weight::WorthALook } else { Weight::Unusable };
        assert!(examined.problems.iter().all(|problem| problem.weight == weight), "{name}");
        assert_eq!(examined.policy.is_some(), weight == Weight::WorthALook, "{name}");
        *(if weight == Weight::Unusable { &mut unusable } else { &mut doubtful }) += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(unusable >= 30 && doubtful >= 10, "{unusable} and {doubtful}");
}

#[test]
fn a_file_that_is_no_text_is_told_what_it_is() {
    let good = fs::read(saltmarsh()).unwrap();
    let said = |bytes: &[u8]| {
        let problems = Policy::examine(bytes, AS_OF).problems;
        problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(said(&good), "");
    assert_eq!(said(&[b"\xEF\xBB\xBF", good.as_slice()].concat()), "", "a byte order mark is no fault");
    assert_eq!(said(b" \n"), "the file is empty; begin with a copy of a shipped policy");
    let office = "this is a workbook or another document of Office, not a policy; \
                  write the policy as a text file, beginning with a copy of a shipped one";
    assert_eq!(said(b"PK\x03\x04rest"), office);
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain("name".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(said(&utf16), "the file is saved as UTF-16; save it again as UTF-8");
    assert_eq!(
        said(b"name = \"marshes\"\ntitle = \"caf\xE9\"\n"),
        "line 2, column 13: a character here is not in UTF-8; save the file again with the encoding UTF-8"
    );
}

/// Nothing that we ship leaves a question open.
#[test]
fn shipped_policies_are_fine() {
    for (name, text) in BUILT_IN {
        let problems = Policy::examine(text.as_bytes(), AS_OF).problems;
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert!(problems.is_empty(), "{name}:\n{}", problems.join("\n"));
    }
}

/// The schema that the made-up council's policy names stands beside it, and is the program's own.
#[test]
fn the_schema_for_editors_is_that_of_the_types() {
    let path = root().join("samples/policies/policy.schema.json");
    let printed = say(root(), &["policy", "schema"]).out;
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::write(&path, &printed).unwrap();
    }
    let there = fs::read_to_string(&path).unwrap_or_default();
    assert!(there == printed, "run `UPDATE_EXPECTED=1 cargo test --test suite policies::` and look at the difference");
    assert!(fs::read_to_string(saltmarsh()).unwrap().contains("#:schema ./policy.schema.json"));
}

/// Every key tells what it means, and every list of words is one.
#[test]
fn the_schema_explains_every_key() {
    fn walk(part: &serde_json::Value, path: &str, silent: &mut Vec<String>) {
        for (key, value) in part["properties"].as_object().into_iter().flatten() {
            let path = format!("{path}.{key}");
            if value["description"].as_str().is_none_or(str::is_empty) {
                silent.push(path.clone());
            }
            walk(value, &path, silent);
            walk(&value["items"], &path, silent);
        }
    }
    let mut silent = Vec::new();
    walk(schema(), "", &mut silent);
    assert!(silent.is_empty(), "{silent:?}");
    assert_eq!(schema()["additionalProperties"], false);
    let roles = schema()["properties"]["limit"]["items"]["properties"]["for"].to_string();
    assert!(roles.contains("deputy-team-manager") && roles.contains("leaving-care"), "{roles}");
}

#[test]
fn a_council_of_its_own_is_checked_shown_and_used() {
    let policy = saltmarsh();
    let policy = policy.to_str().unwrap();
    let check = say(root(), &["policy", "check", policy, "--against", "redcar-2020", "--as-of", "2025-09-30"]);
    check.holds(
        0,
        &[
            "saltmarsh.toml: this policy can be used",
            "none: workers of that role in that team are not scored for limits by this policy.",
            "Against redcar-2020 on 30 Sep 2025:",
            "Locality / field: social worker: 20 children → 16–18 children",
            "Locality / field: deputy team manager: 10 children → none",
            "Assessment, Locality / field: NQSW, months 0–6: 15 children → 10–12 children",
            "red above 115 % of",
            "added: limit field-senior, from 2025-04-01",
        ],
    );
    let same = say(root(), &["policy", "check", "redcar-2020", "--against", "redcar-2020"]);
    same.holds(0, &["nothing would change"]);
    say(root(), &["policy", "show", policy, "--as-of", "2025-09-30"]).holds(
        0,
        &[
            "Saltmarsh County Council caseload agreement",
            "from 1 Apr 2026: Locality / field or Assessment, social worker: 15–17 children",
            "amber above 100 % of the upper figure, red above 115 % of the upper figure",
        ],
    );
    say(root(), &["policy", "list"]).holds(0, &BUILT_IN.iter().map(|(name, _)| *name).collect::<Vec<_>>());
}

#[test]
fn what_is_shown_fits_the_screen() {
    let screens = BUILT_IN.iter().map(|(name, _)| vec!["policy", "show", name]);
    let checks = BUILT_IN.iter().map(|(name, _)| vec!["policy", "check", name]);
    for arguments in screens.chain(checks).chain([vec!["policy", "list"]]) {
        let said = say(root(), &arguments);
        for line in said.out.lines() {
            assert!(line.chars().count() <= 100, "{arguments:?}: {line}");
        }
    }
}

/// The figure in force is that of the day asked for: one child fewer from 1 April 2026.
#[test]
fn figures_change_on_their_day() {
    let desk = tempfile::tempdir().unwrap();
    let children: String = (1..=18).map(|at| format!("C-{at},Ada Lovell,Locality North,Social worker,1\n")).collect();
    fs::write(desk.path().join("team.csv"), format!("Child ID,Worker,Team,Role,FTE\n{children}")).unwrap();
    let rating = |day: &str| {
        let policy = saltmarsh();
        let policy = policy.to_str().unwrap();
        let run = ["run", "team.csv", "--policy", policy, "--as-of", day, "--out", day];
        say(desk.path(), &run).holds(0, &[]);
        let ratings = fs::read_to_string(desk.path().join(day).join("ratings.csv")).unwrap();
        let row = ratings.lines().nth(1).unwrap().to_string();
        row.split(',').skip(6).take(5).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(rating("2025-09-30"), "18 16 18 100 green");
    assert_eq!(rating("2026-03-31"), "18 16 18 100 green");
    assert_eq!(rating("2026-04-01"), "18 15 17 105.88 amber");
    // Before its first day the policy has nothing to judge by: alone it is refused, beside another it rates nobody.
    let policy = saltmarsh();
    let early = ["run", "team.csv", "--policy", policy.to_str().unwrap(), "--as-of", "2025-03-31", "--out", "early"];
    say(desk.path(), &early).holds(2, &["no chosen policy is in force on 31/03/2025", "01/04/2025"]);
    assert!(!desk.path().join("early").exists());
    say(desk.path(), &[&early[..], &["--policy", "redcar-2020"]].concat()).holds(0, &[]);
    let ratings = fs::read_to_string(desk.path().join("early/ratings.csv")).unwrap();
    let row: Vec<&str> = ratings.lines().nth(1).unwrap().split(',').skip(6).take(5).collect();
    assert_eq!(row.join(" "), "18    not-scored");
}

/// A policy that cannot be used stops a run before any sheet is read; the exit code of the check tells more.
#[test]
fn a_policy_that_cannot_be_used_is_refused_before_anything_is_read() {
    let desk = tempfile::tempdir().unwrap();
    let broken = root().join("tests/policies/lower-above-upper.toml");
    let broken = broken.to_str().unwrap();
    let said = say(desk.path(), &["run", "no-such-file.csv", "--policy", broken, "--out", "out"]);
    said.holds(2, &["policy lower-above-upper.toml: line 13, column 9: limit `field`: upper 18 is below lower 20;"]);
    assert!(!said.all().contains("no-such-file"), "{}", said.all());
    assert!(!desk.path().join("out").exists());
    let check = |name: &str| say(root(), &["policy", "check", name, "--as-of", "2025-09-30"]);
    check("tests/policies/lower-above-upper.toml").holds(2, &["cannot be used: 1 fault", "line 13, column 9"]);
    check("tests/policies/look-nobody-is-amber.toml").holds(1, &["can be used", "line 22, column 7"]);
    check("no-such-policy.toml").holds(2, &["there is neither a policy nor a file of this name"]);
}

struct Said {
    code: i32,
    out: String,
    err: String,
}

impl Said {
    fn all(&self) -> String {
        format!("{}{}", self.out, self.err)
    }

    #[track_caller]
    fn holds(&self, code: i32, words: &[&str]) {
        assert_eq!(self.code, code, "{}", self.all());
        for word in words {
            assert!(self.all().contains(word), "`{word}` is not in:\n{}", self.all());
        }
    }
}

fn say(folder: &Path, arguments: &[&str]) -> Said {
    let program = env!("CARGO_BIN_EXE_fairload");
    let output = Command::new(program).current_dir(folder).args(arguments).output().unwrap();
    Said {
        code: output.status.code().expect("it ends by itself"),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn gallery() -> Vec<(String, String)> {
    let entries = fs::read_dir(root().join("tests/policies")).unwrap().map(|entry| entry.unwrap().path());
    let sorted: BTreeSet<PathBuf> = entries.collect();
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    sorted.iter().map(|path| (name(path), fs::read_to_string(path).unwrap())).collect()
}

fn saltmarsh() -> PathBuf {
    root().join("samples/policies/saltmarsh.toml")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
