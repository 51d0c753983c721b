//! directorate.xlsx of few teams, of many, and of teams of which little is known: its formulas come to what is
//! stored, and follow what the reader enters.

use std::path::Path;
use std::process::Command;

use fairload::book::sheet::CellRef;

use super::differing;
use super::engine::{Sheets, Shown};

const HEAD: &str = "Team,Worker,Role,Stage,FTE,Children";

/// The comparison of a sheet of workers.
fn compared(rows: &str, as_of: &str) -> Sheets {
    let work = tempfile::tempdir().unwrap();
    let (input, out) = (work.path().join("Workers.csv"), work.path().join("out"));
    std::fs::write(&input, format!("{HEAD}\n{rows}")).unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_fairload"))
        .args(["run", "--as-of", as_of, "--quiet", "--out"])
        .args([&out, &input])
        .output()
        .unwrap();
    assert!(matches!(run.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&run.stderr));
    Sheets::of(&std::fs::read(out.join("directorate.xlsx")).unwrap())
}

fn sheet(sheets: &Sheets, name: &str) -> usize {
    sheets.names.iter().position(|other| other == name).unwrap()
}

/// The row of a team on a sheet.
fn row_of(sheets: &Sheets, at: usize, team: &str) -> u32 {
    sheets.find(at, 0, &[(1, team)]).unwrap()
}

fn all_agree(what: &str, sheets: &Sheets) {
    let (formulas, wrong) = differing(Path::new(what), sheets);
    assert!(wrong.is_empty(), "{} of {formulas}:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
}

/// So many teams of all kinds, with part-timers, newly qualified workers and limits of 0 among them.
fn teams(count: u32) -> String {
    let kinds = ["Locality", "Assessment", "Children in Our Care", "Leaving Care", "Duty Desk"];
    let mut rows = String::new();
    for team in 0..count {
        let name = format!("{} Team {team}", kinds[(team % 5) as usize]);
        for worker in 0..(1 + team % 4) {
            let nth = team * 7 + worker * 3;
            let role = ["Social worker", "Social worker", "NQSW", "Deputy team manager"][(nth % 4) as usize];
            let stage = if role == "NQSW" { "0-6 months" } else { "3+ years" };
            let fte = ["1", "0.8", "0.6", "0.6757", "1", "0"][(nth % 6) as usize];
            rows.push_str(&format!("{name},Worker {team} {worker},{role},{stage},{fte},{}\n", nth % 27));
        }
    }
    rows
}

#[test]
fn few_teams_and_many() {
    for count in [1, 2, 60] {
        all_agree(&format!("{count} teams"), &compared(&teams(count), "2025-09-30"));
    }
}

#[test]
fn nothing_scored_is_said_and_never_shown_as_nought() {
    let rows = "Locality North,Ada Lovell,Social worker,3+ years,0,19\nLocality South,Ben Marsh,Social worker,,0,3\n";
    for as_of in ["2025-09-30", "2016-01-01"] {
        let sheets = compared(rows, as_of);
        all_agree("nothing scored", &sheets);
        let (capacity, fairness, benchmarks) =
            (sheet(&sheets, "Capacity"), sheet(&sheets, "Fairness"), sheet(&sheets, "Benchmarks"));
        let cells = |at: usize, columns: &[u32]| {
            let row = row_of(&sheets, at, "Locality North");
            let texts = columns.iter().map(|column| sheets.now(at, CellRef::new(row, *column)).text().to_string());
            texts.collect::<Vec<_>>()
        };
        // FTE, FTE needed, headroom, room, gap, words, and every gap that might be.
        let expected = ["–", "–", "–", "–", "–", "not rated by limits", "–", "–", "–", "–"];
        assert_eq!(cells(capacity, &[3, 6, 7, 8, 9, 10, 13, 14, 15, 16]), expected);
        assert!(cells(fairness, &(4..=25).collect::<Vec<_>>()).iter().all(|text| text == "–"));
        assert!(cells(benchmarks, &(3..=15).collect::<Vec<_>>()).iter().all(|text| text == "–"));
    }
}

/// The team of the hand-reckoned case, and another with room.
const BY_HAND: &str = "Locality North,Ada Lovell,Social worker,3+ years,1,23\n\
    Locality North,Ben Marsh,Social worker,3+ years,0.6,15\n\
    Locality North,Cara Holt,Social worker,3+ years,1,18\n\
    Locality South,Dan Frost,Social worker,3+ years,1,12\n\
    Locality South,Eve Stone,NQSW,0-6 months,1,16\n";

#[test]
fn capacity_by_hand() {
    let mut sheets = compared(BY_HAND, "2025-09-30");
    let at = sheet(&sheets, "Capacity");
    let (north, south) = (row_of(&sheets, at, "Locality North"), row_of(&sheets, at, "Locality South"));
    let figure = |sheets: &Sheets, row: u32, column: u32| sheets.now(at, CellRef::new(row, column)).figure();
    let text = |sheets: &Sheets, row: u32, column: u32| sheets.now(at, CellRef::new(row, column)).text().to_string();
    // 3 ÷ 20 and 3 ÷ 20 needed, Cara's 2 ÷ 20 of room; in the south 1 ÷ 15 needed, 8 ÷ 20 of room.
    assert_eq!([6, 8, 9].map(|column| figure(&sheets, north, column)), [0.3, 0.1, 0.2]);
    assert_eq!(
        (text(&sheets, north, 10), text(&sheets, north, 12)),
        ("short of 0.2 FTE".into(), "the area has the room".into())
    );
    assert_eq!((figure(&sheets, north, 11), figure(&sheets, south, 11)), (8.0, 2.0));
    assert_eq!(figure(&sheets, south, 9), -0.33);
    assert_eq!(text(&sheets, south, 10), "enough if work is shared out");
    // One child more is 1 ÷ 20 of a post: limits of 52 over 2.6 FTE.
    assert_eq!([13, 14, 15].map(|column| figure(&sheets, north, column)), [0.25, 0.45, 0.7]);
    // Ada or Cara away: a post each, for Ada's work within her limit, or Cara's work and the room lost.
    assert_eq!(figure(&sheets, north, 16), 1.2);
    // Asked for 26 more, and sorted so that the south stands where the north was.
    let band = CellRef::new(3, 13);
    assert_eq!(sheets.now(at, band), Shown::Figure(1.0));
    sheets.enter(&[(at, band, Shown::Figure(26.0))]);
    assert_eq!(figure(&sheets, north, 13), 1.5);
    let gap = figure(&sheets, south, 9);
    sheets.enter(&[(at, CellRef::new(north, 0), Shown::Figure(2.0))]);
    assert_eq!(figure(&sheets, north, 9), gap);
}

#[test]
fn fairness_and_benchmarks_by_hand() {
    let sheets = compared(BY_HAND, "2025-09-30");
    let (fairness, benchmarks) = (sheet(&sheets, "Fairness"), sheet(&sheets, "Benchmarks"));
    let row = |at: usize, team: &str| row_of(&sheets, at, team);
    let percent = |at: usize, row: u32, column: u32| {
        let share = sheets.now(at, CellRef::new(row, column)).figure();
        (share * 10_000.0).round() / 100.0
    };
    let text = |at: usize, row: u32, column: u32| sheets.now(at, CellRef::new(row, column)).text().to_string();
    // 115, 125 and 90 percent.
    let north = row(fairness, "Locality North");
    assert_eq!([4, 5, 6, 7, 8].map(|column| percent(fairness, north, column)), [90.0, 102.5, 115.0, 120.0, 125.0]);
    // ½ (|23/56 − 20/52| + |15/56 − 12/52| + |18/56 − 20/52|) = 6.32 %: 3.5 of 56.
    assert_eq!(percent(fairness, north, 10), 6.32);
    assert_eq!(text(fairness, north, 11), "4 of 56");
    // Ben: 15 at 0.6 FTE, 125 %; the others 41 of 40.
    assert_eq!(text(fairness, north, 25), "part-timers fuller by 22.5 points");
    assert_eq!(text(fairness, north, 18), "–");
    let south = row(fairness, "Locality South");
    assert_eq!((percent(fairness, south, 15), percent(fairness, south, 16)), (57.14, 50.0));
    assert_eq!((text(fairness, south, 18), text(fairness, south, 25)), ("above the limit: 1 of 1".into(), "–".into()));
    // 84 cases over 4.6 FTE.
    let all = row(benchmarks, "All teams together");
    let average = sheets.now(benchmarks, CellRef::new(all, 12)).figure();
    assert_eq!((average * 100.0).round(), 1826.0);
    let north = row(benchmarks, "Locality North");
    assert_eq!([4, 9, 11, 15].map(|column| text(benchmarks, north, column)), ["above", "above", "above", "above"]);
    let south = row(benchmarks, "Locality South");
    assert_eq!([4, 9, 11, 15].map(|column| text(benchmarks, south, column)), ["below", "below", "below", "below"]);
    // 56 ÷ 2.6 against 15.4.
    assert_eq!((percent(benchmarks, north, 14), percent(benchmarks, south, 14)), (39.86, -9.09));
}

#[test]
fn teams_by_hand_stay_right_when_sorted_and_follow_their_values() {
    let mut sheets = compared(BY_HAND, "2025-09-30");
    let (overview, teams, values) = (sheet(&sheets, "Overview"), sheet(&sheets, "Teams"), sheet(&sheets, "Values"));
    let (north, south) = (row_of(&sheets, teams, "Locality North"), row_of(&sheets, teams, "Locality South"));
    let row = |sheets: &Sheets, row: u32| {
        let cell = |column| sheets.now(teams, CellRef::new(row, column));
        (cell(3).figure(), cell(4).text().to_string(), cell(5).figure(), cell(6).figure())
    };
    // 56 of 52 and 28 of 35; ⌈4 × 1 ÷ 2⌉ and ⌈4 × 2 ÷ 2⌉.
    assert_eq!(row(&sheets, north), (1.0769230769, "over".into(), 1.0, 2.0));
    assert_eq!(row(&sheets, south), (0.8, "room".into(), 2.0, 4.0));
    // All teams: 84 of 87, and no mean of the two.
    let all = row_of(&sheets, teams, "All teams together");
    assert_eq!(sheets.now(teams, CellRef::new(all, 3)).figure(), 0.9655172414);
    assert_eq!(sheets.now(teams, CellRef::new(north, 7)).figure(), 11.140584);
    let over = CellRef::new(4, 4);
    assert_eq!(sheets.now(overview, over).figure(), 1.0);
    // Sorting moves the numbers and leaves the formulas.
    let number = |row| CellRef::new(row, 0);
    sheets.enter(&[(teams, number(north), Shown::Figure(2.0)), (teams, number(south), Shown::Figure(1.0))]);
    assert_eq!(row(&sheets, north), (0.8, "room".into(), 2.0, 4.0));
    assert_eq!(row(&sheets, south), (1.0769230769, "over".into(), 1.0, 2.0));
    // 42 of 35 in the south, whose values stand second.
    let load = sheets.find(values, 0, &[(1, "Locality South")]).unwrap();
    sheets.enter(&[(values, CellRef::new(load, 16), Shown::Figure(42.0))]);
    assert_eq!(row(&sheets, north), (1.2, "well over".into(), 1.0, 2.0));
    assert_eq!(row(&sheets, south), (1.0769230769, "over".into(), 2.0, 4.0));
    assert_eq!(sheets.now(overview, over).figure(), 2.0);
    // From 125 % on "well over".
    sheets.enter(&[(teams, CellRef::new(2, 8), Shown::Figure(125.0))]);
    assert_eq!(row(&sheets, north).1, "over");
}

#[test]
fn equal_teams_share_a_rank_and_names_may_hold_quotes() {
    let rows = "\"Locality \"\"A\"\" & O'Hara\",Ada Lovell,Social worker,3+ years,1,10\n\
        Locality B,Ben Marsh,Social worker,3+ years,0.6,6\n\
        Locality C,Cara Holt,Social worker,3+ years,0.7,3\n";
    let sheets = compared(rows, "2025-09-30");
    all_agree("equal teams", &sheets);
    let teams = sheet(&sheets, "Teams");
    let rank = |team: &str| sheets.now(teams, CellRef::new(row_of(&sheets, teams, team), 5)).figure();
    assert_eq!(["Locality \"A\" & O'Hara", "Locality B", "Locality C"].map(rank), [1.0, 1.0, 3.0]);
}
