//! Little caseloads with figures reckoned by hand from the guidance, through the whole program.

use std::fs;
use std::path::Path;

use fairload::run::outcome::Outcome;
use fairload::run::{Options, run};

/// A run over files in a folder of their own; commas part the cells.
fn judged(files: &[(&str, &str)]) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let lines: Vec<String> = text.trim().lines().map(|line| line.trim().to_string()).collect();
        fs::write(path, lines.join("\n")).unwrap();
    }
    run(&options(folder.path(), None), &|_, _| {}).unwrap()
}

fn options(input: &Path, out: Option<&Path>) -> Options {
    Options {
        inputs: vec![input.to_path_buf()],
        out: out.map(Path::to_path_buf),
        policies: Vec::new(),
        roster: None,
        as_of: jiff::civil::date(2025, 9, 30),
        previous: Vec::new(),
        columns: None,
        jobs: Some(1),
        force: false,
        what_if: Vec::new(),
        shown: Default::default(),
        rows: true,
        reader: None,
    }
}

/// Load, upper figure and colour of a worker's limits: `5 of 10 green`.
fn limits(outcome: &Outcome, worker: &str) -> Vec<String> {
    let rows = outcome.tables.ratings.iter().filter(|row| row[2] == worker && row[4] == "limit");
    rows.map(|row| format!("{} of {} {}", row[6], row[8], row[10])).collect()
}

#[test]
fn an_agreed_limit_makes_no_green_of_a_post_of_nought_or_a_student() {
    let outcome = judged(&[(
        "Locality.csv",
        "Child ID,Worker,Role,FTE,Agreed limit,Agreed reason
         1,Ada Heron,SW,0,10,leave
         2,Sam Pole,Student,1,10,second placement
         3,Ben Kite,SW,0.5,10,phased return",
    )]);
    assert_eq!(limits(&outcome, "Ada Heron"), ["1 of  not-scored"]);
    assert_eq!(limits(&outcome, "Sam Pole"), ["1 of  not-scored"]);
    assert_eq!(limits(&outcome, "Ben Kite"), ["1 of 10 green"]);
    assert_eq!(outcome.exit, 1);
}

#[test]
fn an_agreed_limit_in_carers_leaves_the_fte_needed_for_assessments() {
    let outcome = judged(&[(
        "Fostering.csv",
        "Foster carer,Supervising social worker,Type,FTE,Agreed limit,Agreed reason
         C1,Fay Owl,Supervision,0.5,12,travel
         A1,Fay Owl,Assessment,0.5,12,travel
         A2,Fay Owl,Assessment,0.5,12,travel
         A3,Fay Owl,Assessment,0.5,12,travel",
    )]);
    assert_eq!(limits(&outcome, "Fay Owl"), ["1 of 12 green", "3 of 1.5 red"]);
    // Three assessments are one full-time post's; half a post is there.
    assert_eq!(outcome.directorate.teams[0].fte_needed(), "0.5".parse().unwrap());
}

#[test]
fn an_annotated_workbook_is_passed_over_for_its_own_source_alone() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, child: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, format!("Child ID,Worker\n{child},Ada Heron\n")).unwrap();
    };
    let files = |input: &Path| -> Vec<String> {
        run(&options(input, None), &|_, _| {}).unwrap().files.into_iter().map(|file| file.file).collect()
    };
    put("north/caseload.csv", "1001");
    put("south/caseload.csv", "2001");
    // Mirrored below a folder of outputs, and beside the source.
    let out = folder.path().join("fairload-out");
    run(&options(folder.path(), Some(&out)), &|_, _| {}).unwrap();
    assert_eq!(files(folder.path()), ["north/caseload.csv", "south/caseload.csv"]);
    fs::copy(out.join("north/caseload RAG.xlsx"), folder.path().join("north/caseload RAG 2025-09-30.xlsx")).unwrap();
    assert_eq!(files(folder.path()), ["north/caseload.csv", "south/caseload.csv"]);
    // The south keeps its annotated workbook alone; the north's source is not its.
    fs::copy(out.join("south/caseload RAG.xlsx"), folder.path().join("south/caseload RAG.xlsx")).unwrap();
    fs::remove_file(folder.path().join("south/caseload.csv")).unwrap();
    fs::remove_dir_all(out).unwrap();
    assert_eq!(files(folder.path()), ["north/caseload.csv", "south/caseload RAG.xlsx"]);
}
