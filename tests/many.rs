//! As many workbooks as all of England's teams might send, in one run: what they share is found, in little memory.
//!
//! `cargo test --release --test suite many:: -- --ignored --nocapture` writes them, runs the program and prints the peak.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Command};

use crate::saltmarsh::chance::Chance;
use rust_xlsxwriter::Workbook;

/// Workbooks in the run.
const WORKBOOKS: usize = 1224;
/// Every so many workbooks one holds a child of the workbook before.
const SHARES_ONE: usize = 100;
/// Workbooks that hold one child between them.
const SHARE_ALL: [usize; 3] = [10, 600, 1200];
/// Workbooks that one worker stands in, with 0.6 of a post in each.
const TWO_TEAMS: [usize; 2] = [7, 1007];
/// Memory that the run may take at most, in KiB: of the 822 MiB that holding everything took, a sixth.
const PEAK_MOST: u64 = 128 * 1024;

const WORKERS: [&str; 8] = ["Ada", "Ben", "Cleo", "Dora", "Eve", "Fay", "Gil", "Hal"];
const CHILDREN_EACH: usize = 14;

/// A family name that no other workbook has.
fn family(at: usize) -> String {
    const SYLLABLES: [&str; 12] = ["ba", "do", "fe", "gu", "ka", "lo", "me", "nu", "pa", "ro", "se", "tu"];
    let name: String = [at / 144, at / 12 % 12, at % 12].map(|digit| SYLLABLES[digit]).concat();
    name[..1].to_uppercase() + &name[1..] + "r"
}

fn child(workbook: usize, at: usize) -> String {
    match at {
        0 if SHARE_ALL.contains(&workbook) => "S-00001".into(),
        1 if workbook > 0 && workbook.is_multiple_of(SHARES_ONE) => child(workbook - 1, 5),
        _ => format!("C-{}", 10_000 + workbook * 1_000 + at),
    }
}

fn write(path: &Path, at: usize) {
    let mut chance = Chance::new(at as u64);
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Caseload").unwrap();
    let headings = [
        "Child ID",
        "Household",
        "Case status",
        "Intervention level",
        "Date of birth",
        "Key worker",
        "Role",
        "FTE",
        "Experience",
        "Notes",
    ];
    sheet.write_row(0, 0, headings).unwrap();
    for (of, worker) in WORKERS.iter().enumerate() {
        let in_two = of == 0 && TWO_TEAMS.contains(&at);
        let name = if in_two { "Quinn Harbour".to_string() } else { format!("{worker} {}", family(at)) };
        for held in 0..CHILDREN_EACH {
            let (row, number) = ((1 + of * CHILDREN_EACH + held) as u32, of * CHILDREN_EACH + held);
            let born = format!("{:02}/{:02}/{}", 1 + chance.below(28), 1 + chance.below(12), 2009 + chance.below(15));
            let status = chance.pick(&["CIN", "CIN", "CP", "LAC", "Assessment"]);
            let texts = [child(at, number), format!("H-{}", number / 2), status.to_string()];
            sheet.write_row(row, 0, texts).unwrap();
            sheet.write(row, 3, 1 + chance.below(3) as u32).unwrap();
            sheet.write_row(row, 4, [born, name.clone(), "Social worker".into()]).unwrap();
            sheet.write(row, 7, if in_two { 0.6 } else { 1.0 }).unwrap();
            let note = if chance.percent(30) { "Visit due; see the plan of last month" } else { "" };
            sheet.write_row(row, 8, ["3+ years", note]).unwrap();
        }
    }
    workbook.save(path).unwrap();
}

/// The most memory that a process has taken so far, in KiB; `None` where the system does not tell or it is gone.
fn peak(child: &Child) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[test]
#[ignore = "writes and judges 1,224 workbooks"]
fn a_run_of_any_size_takes_little_memory() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("many");
    let _ = fs::remove_dir_all(&folder);
    let (books, out) = (folder.join("in"), folder.join("out"));
    fs::create_dir_all(&books).unwrap();
    for at in 0..WORKBOOKS {
        write(&books.join(format!("Locality Team {at:04}.xlsx")), at);
    }

    let mut run = Command::new(env!("CARGO_BIN_EXE_fairload"))
        .arg("run")
        .arg(&books)
        .args(["--as-of", "2025-09-30", "--quiet", "--jobs", "2", "--out"])
        .arg(&out)
        .spawn()
        .unwrap();
    let mut most = None;
    let ended = loop {
        most = peak(&run).max(most);
        if let Some(ended) = run.try_wait().unwrap() {
            break ended;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    };
    assert_eq!(ended.code(), Some(1), "there are errors to find, and everything is read and written");

    let mut told: BTreeMap<String, usize> = BTreeMap::new();
    let mut findings = csv::Reader::from_path(out.join("findings.csv")).unwrap();
    for finding in findings.records() {
        *told.entry(finding.unwrap()[3].to_string()).or_default() += 1;
    }
    let pairs = (1..WORKBOOKS).filter(|at| at.is_multiple_of(SHARES_ONE)).count();
    let all = SHARE_ALL.iter().filter(|at| **at < WORKBOOKS).count();
    assert_eq!(told.get("two-key-workers-across-workbooks"), Some(&(2 * pairs + all)));
    assert_eq!(told.get("fte-adds-above-one"), Some(&TWO_TEAMS.len()));
    let teams = csv::Reader::from_path(out.join("teams.csv")).unwrap().into_records().count();
    assert_eq!(teams, WORKBOOKS);

    let Some(most) = most else { return };
    println!("{WORKBOOKS} workbooks, {} children: peak memory {} MiB", WORKBOOKS * 112, most / 1024);
    assert!(most <= PEAK_MOST, "{most} KiB");
    fs::remove_dir_all(&folder).unwrap();
}
