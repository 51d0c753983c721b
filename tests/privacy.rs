//! Nothing of a child leaves their team's own workbook: no reference, no name, no household.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::saltmarsh;

/// Everything that others than a team's manager may see of a run and of a check, by where it stands:
/// what was shown, every name of a file, the tables, both JSON files and the parts of directorate.xlsx.
fn seen(inputs: &Path) -> Vec<(String, String)> {
    let out = tempfile::tempdir().unwrap();
    let mut all = Vec::new();
    let mut say = |what: &str, arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fairload"));
        let output = command.args(arguments).arg(inputs).args(["--as-of", "2025-09-30"]).output().unwrap();
        all.push((format!("{what}, stdout"), String::from_utf8(output.stdout).unwrap()));
        all.push((format!("{what}, stderr"), String::from_utf8(output.stderr).unwrap()));
    };
    say("run", &["run", "--workers", "--out", out.path().to_str().unwrap()]);
    say("check", &["check"]);
    say("check as JSON", &["check", "--format", "json"]);
    for entry in walkdir::WalkDir::new(out.path()) {
        let entry = entry.unwrap();
        let name = entry.file_name().to_str().unwrap().to_string();
        all.push((format!("the name of {name}"), name.clone()));
        if !entry.file_type().is_file() || name.contains(" RAG.") {
            continue;
        }
        let bytes = fs::read(entry.path()).unwrap();
        if !name.ends_with(".xlsx") {
            all.push((name, String::from_utf8(bytes).unwrap()));
            continue;
        }
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        for at in 0..archive.len() {
            let mut part = archive.by_index(at).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            all.push((format!("{name}, {}", part.name().unwrap()), text));
        }
    }
    for table in
        ["ratings.csv", "workers.csv", "teams.csv", "findings.csv", "sheets.csv", "run.json", "datapackage.json"]
    {
        assert!(all.iter().any(|(place, _)| place == table), "{table} is not looked at");
    }
    assert!(all.iter().any(|(place, _)| place.starts_with("directorate.xlsx, xl/worksheets")));
    all
}

/// The words of a text, as references are written: letters, figures and hyphens.
fn words(text: &str) -> BTreeSet<&str> {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '-').collect()
}

#[test]
fn no_reference_of_a_sample_leaves_its_workbook() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let books = saltmarsh::books();
    let cases = books.iter().flat_map(|book| &book.teams).flat_map(|team| &team.cases);
    let references = cases.flat_map(|case| [case.child.as_str(), case.household.as_str()]);
    // `H1` may stand for anything; the samples' own references are longer.
    let references: BTreeSet<&str> = references.filter(|reference| reference.len() > 3).collect();
    assert!(references.len() > 1_000, "{}", references.len());
    for (place, text) in seen(&samples) {
        let words = words(&text);
        let leaked: Vec<&&str> = references.iter().filter(|reference| words.contains(**reference)).collect();
        assert!(leaked.is_empty(), "{place} has {leaked:?}");
    }
}

/// A caseload in which one cell after another holds what no cell but its own should: a child's name.
fn every_cell_wrong() -> String {
    let columns = [
        "Child ID",
        "Child name",
        "Worker",
        "Team",
        "Role",
        "FTE",
        "Experience",
        "Household",
        "Status",
        "Intervention",
        "Additional",
        "Date of birth",
        "Closed",
        "Notes",
        "Duties",
        "Duty points",
        "Agreed limit",
        "Reason for agreed limit",
        "Awaiting move",
    ];
    let mut text = format!("{}\n", columns.join(","));
    let mut row = vec![""; columns.len()];
    let usual = ["", "Wren Canary", "Ada Lovell", "Locality North", "Social worker", "1", "3+ years", "Canary family"];
    row[..usual.len()].copy_from_slice(&usual);
    (row[8], row[9]) = ("CP", "2");
    for at in 0..columns.len() {
        // Who works where is shown, and has to be.
        if ["Worker", "Team"].contains(&columns[at]) {
            continue;
        }
        let own = format!("CANARY-{at}");
        for wrong in ["Tom Canary", "CANARY-99", "Canary family"] {
            let mut row = row.clone();
            row[0] = &own;
            row[at] = wrong;
            text.push_str(&format!("{}\n", row.join(",")));
        }
    }
    text
}

#[test]
fn no_name_of_a_child_leaves_a_workbook_from_whichever_cell() {
    let wrong = every_cell_wrong();
    let files: &[(&str, &str)] = &[
        ("wrong cells.csv", &wrong),
        (
            "headings.csv",
            "Child ID,Worker,Team,Status,Wren Canary,Canary family,CANARY-1,Status of Wren Canary,Canary's worker\n\
             CANARY-2,Ada Lovell,Locality North,Wren Canary,x,y,z,CP,a\n",
        ),
        (
            "titles.csv",
            "Wren Canary,,,\nCanary family,,,\nChild ID,Worker,Status,Household\nCANARY-1,Ada Lovell,CP,H1\n\
             C-2,Ada Lovell,CIN,Canary family\nTotal for the Canary family,,,\n",
        ),
        (
            "families above.csv",
            "Child ID,Status,Household\nCanary family,,\nC-1,CP,H1\nC-2,CP,H1\nCanary-Finch household,,\nC-3,CP,H2\n",
        ),
        (
            "workers above.csv",
            "Child ID,Status,Household\nAda Lovell,,\nCANARY-1,CP,H1\nC-2,CP,H1\nCanary family,,\nC-3,CP,H2\n\
             Bo Mallard (0.5),,\nC-4,CIN,Canary family\nWren Canary and Tom Canary,CP,\n",
        ),
        (
            "families.csv",
            "Family,Children,Number of children,Worker,Team,Status,Intervention\n\
             Canary family,Wren Canary; Tom Canary,2,Ada Lovell,Locality North,CP,2\n\
             Canary-Finch,\"Wren Canary, Tom Canary\",3,Ada Lovell,Locality North,CIN,canary\n",
        ),
        (
            "twice.csv",
            "Child ID,Worker,Team,Status,Household,Intervention\nCANARY-1,Ada Lovell,Locality North,CP,Canary family,2\n\
             CANARY-1,Bo Mallard,Locality North,CIN,Canary family,3\nWren Canary,TBC,Locality North,CP,Canary famly,2\n\
             CANARY-1,Ada Lovell,Locality North,LAC,Canary,4\n",
        ),
        ("again.csv", "Child ID,Worker,Team,Status,Household\nCANARY-1,Cy Teal,Locality South,CP,Canary family\n"),
        ("no header.csv", "Wren Canary,CANARY-1,x\nTom Canary,CANARY-2,y\n"),
        (
            "said above.csv",
            "Worker: Ada Lovell,,\nChild: Wren Canary,,\nFamily: Canary,,\nFTE: Canary,,\nChild ID,Status,Household\n\
             CANARY-1,CP,H1\n",
        ),
        ("open mark.csv", "Child ID,Worker\nCANARY-1,\"Wren Canary\nCANARY-2,Ada Lovell\n"),
    ];
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    for (place, text) in seen(folder.path()) {
        let leaked: Vec<&str> = text.lines().filter(|line| line.to_lowercase().contains("canary")).collect();
        assert!(leaked.is_empty(), "{place} has:\n{}", leaked.join("\n"));
    }
}

/// A workbook with a caseload on each sheet, as rows of reference, child's name, status and household.
fn sheets(path: &PathBuf, sheets: &[(&str, &[[&str; 4]])]) {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(*name).unwrap();
        let heads = ["Child ID", "Child name", "Status", "Household"];
        for (row, cells) in std::iter::once(&heads).chain(*rows).enumerate() {
            for (column, text) in cells.iter().enumerate() {
                sheet.write_string(u32::try_from(row).unwrap(), u16::try_from(column).unwrap(), *text).unwrap();
            }
        }
    }
    workbook.save(path).unwrap();
}

#[test]
fn a_sheet_of_a_child_or_a_family_is_no_workers() {
    let folder = tempfile::tempdir().unwrap();
    let workers: &[(&str, &[[&str; 4]])] = &[
        ("Ada Lovell", &[["C-1", "A B", "CP", "H1"], ["C-2", "C D", "CIN", "H1"]]),
        ("Bo Mallard", &[["C-3", "E F", "CP", "H2"], ["C-4", "G H", "CIN", "H2"]]),
    ];
    let children: &[(&str, &[[&str; 4]])] = &[
        ("Canary family", &[["C-5", "Wren Canary", "CP", "H3"], ["C-6", "Tom Canary", "CIN", "H3"]]),
        ("Wren Canary", &[["C-7", "Wren Canary", "CP", "H4"]]),
        ("Tom Canary", &[["C-8", "CANARY, Tom", "CP", "H5"], ["C-9", "Fay Canary", "CP", "H5"]]),
    ];
    sheets(&folder.path().join("Among workers.xlsx"), &[workers, children].concat());
    sheets(&folder.path().join("Alone.xlsx"), children);
    for (place, text) in seen(folder.path()) {
        if ["workers.csv", "ratings.csv"].contains(&place.as_str()) || place.starts_with("directorate.xlsx") {
            assert!(!text.contains("Canary"), "{place} has:\n{text}");
        }
        assert!(place != "workers.csv" || text.contains("Ada Lovell"), "workers are still read");
    }
}
