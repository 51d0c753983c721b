//! Every figure of the comparison reckoned again from the tables, apart from the program: from what the specification
//! says each figure means, in exact fractions.

mod comparison;
mod fraction;
mod made;
mod reckon;
mod tables;

use std::path::{Path, PathBuf};

use fraction::Fraction;
use reckon::EXACT;
use tables::{Row, Tables};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder for the outputs of one run.
fn out(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("recompute").join(name)
}

/// Every cell of teams.csv that differs from what its workers' rows give.
fn differences(tables: &Tables, previous: &[Row]) -> Vec<String> {
    let mut differences = Vec::new();
    for (line, row) in reckon::lines(tables, previous).iter().zip(&tables.teams) {
        let figures = line.figures();
        for (column, cell) in row.columns() {
            if ["file", "team", "service_area"].contains(&column) {
                continue;
            }
            let Some(own) = figures.get(column) else {
                differences.push(format!("{column}: not reckoned"));
                continue;
            };
            let own = own.map(|own| if EXACT.contains(&column) { own } else { own.rounded(2) });
            if own != Fraction::read(cell) {
                differences.push(format!("{} {} {column}: {cell:?} stands, {own:?} reckoned", line.file, line.team));
            }
        }
    }
    differences.dedup();
    differences
}

#[track_caller]
fn agrees(tables: &Tables, previous: &[Row]) {
    assert!(!tables.teams.is_empty());
    let differences = differences(tables, previous);
    assert!(differences.is_empty(), "{}:\n{}", tables.out.display(), differences.join("\n"));
    // 30 September of 2017 to 2024 (domain section 11).
    let england =
        ["17.8", "17.4", "16.9", "16.3", "16.3", "16.6", "16", "15.4"].map(|text| Fraction::read(text).unwrap());
    let lines = reckon::lines(tables, previous);
    let sum = |column| previous.iter().filter_map(|row| row.figure(column)).sum::<Fraction>();
    let before = sum("limit_load").percent(sum("limit_upper"));
    let differences = comparison::differences(tables, &lines, before, &england);
    assert!(differences.is_empty(), "{}:\n{}", tables.out.display(), differences.join("\n"));
}

#[test]
fn the_teams_of_the_samples() {
    agrees(&tables::run(&root().join("samples"), &out("samples"), &["--workers"]), &[]);
}

#[test]
fn the_teams_of_the_samples_by_several_policies_after_an_earlier_run() {
    let earlier = tables::run(&root().join("samples/south"), &out("earlier"), &["--policy", "walsall-2016"]);
    let policies = ["salford", "wirral", "redcar-2020", "task-force-points", "task-force-case-count", "cwla"];
    let mut options: Vec<&str> = policies.iter().flat_map(|name| ["--policy", name]).collect();
    let previous = earlier.out.to_string_lossy().into_owned();
    options.extend(["--previous", &previous]);
    let later = tables::run(&root().join("samples/south"), &out("later"), &options);
    agrees(&later, &earlier.teams);
    assert!(later.teams.iter().any(|row| !row.text("change").is_empty()));
}
