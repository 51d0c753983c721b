//! A manager changes a figure or moves a family: every added sheet has to follow.

use std::collections::BTreeMap;

use fairload::book::sheet::CellRef;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use rust_decimal::Decimal;

use super::annotated;
use super::engine::{PLAN, POLICY, SUMMARY, Sheets, Shown, WORKING};
use super::restated::{Rated, exact, families, policy, rated, worst};

/// Something done to a workbook; the numbers choose where, whatever its size.
#[derive(Debug, Clone)]
enum Change {
    Family { which: usize, column: u32, figure: u32 },
    Move { which: usize, to: usize },
    Share { which: usize, hundredths: u32 },
    Load { which: usize, figure: u32 },
    Limit { which: usize, figure: u32 },
    Edge { label: usize, percent: u32 },
    Points { label: usize, quarters: u32 },
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        3 => (0..999usize, prop::sample::select(vec![4u32, 5, 6, 7, 9]), 0..9u32)
            .prop_map(|(which, column, figure)| Change::Family { which, column, figure }),
        4 => (0..999usize, 0..999usize).prop_map(|(which, to)| Change::Move { which, to }),
        2 => (0..999usize, 0..150u32).prop_map(|(which, hundredths)| Change::Share { which, hundredths }),
        1 => (0..999usize, 0..40u32).prop_map(|(which, figure)| Change::Load { which, figure }),
        1 => (0..999usize, 0..40u32).prop_map(|(which, figure)| Change::Limit { which, figure }),
        1 => (0..4usize, 80..130u32).prop_map(|(label, percent)| Change::Edge { label, percent }),
        1 => (0..3usize, 0..12u32).prop_map(|(label, quarters)| Change::Points { label, quarters }),
    ]
}

impl Change {
    /// The cell entered into, where the workbook has one of this kind.
    fn entry(&self, sheets: &Sheets) -> Option<(usize, CellRef, Shown)> {
        let figure = |figure: u32| Shown::Figure(f64::from(figure));
        let pick = |cells: Vec<CellRef>, which: usize| (!cells.is_empty()).then(|| cells[which % cells.len()]);
        let typed = |at: usize, column: u32, rows: &mut dyn Iterator<Item = u32>| -> Vec<CellRef> {
            let cells = rows.map(|row| CellRef::new(row, column));
            cells
                .filter(|cell| {
                    let saved = sheets.cells.get(&(at, *cell));
                    saved.is_some_and(|saved| saved.formula.is_none() && matches!(saved.result, Shown::Figure(_)))
                })
                .collect()
        };
        let families = || families(sheets).into_iter().filter(|family| family.is_household());
        let entry = match self {
            Self::Family { which, column, figure: entered } => {
                let cells = families().map(|family| CellRef::new(family.row, *column)).collect();
                (WORKING, pick(cells, *which)?, figure(*entered))
            }
            Self::Move { which, to } => {
                let family = pick(families().map(|family| CellRef::new(family.row, 1)).collect(), *which)?;
                let team = sheets.now(WORKING, CellRef::new(family.row, 0)).text().to_string();
                let workers: Vec<String> =
                    rated(sheets).into_iter().filter(|rated| rated.team == team).map(|rated| rated.worker).collect();
                // Now and then nobody of the team, or nothing.
                let name = match to % 9 {
                    7 => "Somebody Else".to_string(),
                    8 => String::new(),
                    _ => workers[to % workers.len()].to_uppercase(),
                };
                (WORKING, family, if name.is_empty() { Shown::Nothing } else { Shown::Text(name) })
            }
            Self::Share { which, hundredths } => {
                let cells = typed(WORKING, 7, &mut rated(sheets).into_iter().map(|rated| rated.row));
                (WORKING, pick(cells, *which)?, Shown::Figure(f64::from(*hundredths) / 100.0))
            }
            Self::Load { which, figure: entered } => {
                let cells = typed(WORKING, 4, &mut rated(sheets).into_iter().map(|rated| rated.row));
                (WORKING, pick(cells, *which)?, figure(*entered))
            }
            Self::Limit { which, figure: entered } => {
                let first = sheets.find(POLICY, 0, &[(0, "Assessment, social worker")])?;
                (POLICY, pick(typed(POLICY, 2, &mut (first..first + 12)), *which)?, figure(*entered))
            }
            Self::Edge { label, percent } => {
                let labels = ["Limit: amber above", "Limit: red from", "Points: amber from", "Points: red from"];
                let row = sheets.find(POLICY, 0, &[(0, labels[*label])])?;
                (POLICY, CellRef::new(row, 1), figure(*percent))
            }
            Self::Points { label, quarters } => {
                let labels =
                    ["Base: each child", "Status: CP, looked after or private proceedings", "Status: care proceedings"];
                let row = sheets.find(POLICY, 0, &[(0, labels[*label])])?;
                (POLICY, CellRef::new(row, 1), Shown::Figure(f64::from(*quarters) / 4.0))
            }
        };
        Some(entry)
    }
}

#[test]
fn whatever_is_changed_every_sheet_follows() {
    let samples = [
        "task-force-example",
        "north/Harbour Locality Team",
        "north/Lighthouse Assessment Team",
        "specialist/Reed Assessment Team",
        "care/Fostering Team",
        "layouts/Counts",
        "layouts/Sheet per worker",
        "layouts/Two teams on a sheet",
        "south/South localities",
        "quirks/Names, hours and dates",
    ];
    for name in samples {
        let path = format!("{name} RAG.xlsx");
        let bytes = &annotated()[std::path::Path::new(&path)];
        let config =
            Config { cases: 6, failure_persistence: None, rng_seed: RngSeed::Fixed(2025), ..Config::default() };
        let outcome = TestRunner::new(config).run(&vec(change(), 1..5), |changes| {
            let mut sheets = Sheets::of(bytes);
            let before = untouched(&sheets);
            for change in &changes {
                if let Some(entry) = change.entry(&sheets) {
                    sheets.enter(&[entry]);
                }
            }
            follows(&sheets, &before).map_err(TestCaseError::fail)
        });
        if let Err(failure) = outcome {
            panic!("{path}: {failure}");
        }
    }
}

/// What the sheets said before anything was changed, where a change is told as a difference.
struct Before {
    planned: Vec<(String, String)>,
    unallocated: BTreeMap<String, f64>,
}

fn untouched(sheets: &Sheets) -> Before {
    let mut planned = Vec::new();
    let head = sheets.find(PLAN, 0, &[(0, "Team"), (1, "Worker")]);
    let mut row = head.map_or(0, |head| head + 1);
    while head.is_some() && !sheets.now(PLAN, CellRef::new(row, 1)).text().is_empty() {
        let text = |column| sheets.now(PLAN, CellRef::new(row, column)).text().to_string();
        planned.push((text(0), text(1)));
        row += 1;
    }
    let unallocated = teams(sheets).into_iter().map(|(team, row)| (team, row[9].figure())).collect();
    Before { planned, unallocated }
}

/// The rows of the table of teams.
fn teams(sheets: &Sheets) -> Vec<(String, Vec<Shown>)> {
    let Some(head) = sheets.find(SUMMARY, 0, &[(0, "Team"), (1, "Service area")]) else { return Vec::new() };
    (head + 1..)
        .map(|row| sheets.row(SUMMARY, row))
        .take_while(|row| !row[1].text().is_empty())
        .map(|row| (row[0].text().to_string(), row))
        .collect()
}

fn equal(what: &str, found: &str, wanted: &str) -> Result<(), String> {
    if found == wanted { Ok(()) } else { Err(format!("{what}: {found:?} shown, {wanted:?} is right")) }
}

fn same(what: &str, found: &Shown, wanted: Decimal) -> Result<(), String> {
    let wanted: f64 = wanted.round_dp(8).normalize().to_string().parse().unwrap();
    if found.figure() == wanted { Ok(()) } else { Err(format!("{what}: {found:?} shown, {wanted} is right")) }
}

/// Every sheet says what the domain says of what is entered now.
fn follows(sheets: &Sheets, before: &Before) -> Result<(), String> {
    let all = rated(sheets);
    let mut by_worker: BTreeMap<(&str, &str), Vec<&Rated>> = BTreeMap::new();
    for rated in &all {
        let what = format!("{} by {}", rated.worker, rated.measure);
        let shown = |column| sheets.now(WORKING, CellRef::new(rated.row, column));
        equal(&what, shown(11).text(), rated.rag)?;
        if let Some(load) = rated.load {
            same(&what, &shown(4), load)?;
        }
        if let (Some(load), Some(upper)) = (rated.load, rated.upper) {
            same(&what, &shown(9), upper)?;
            match upper.is_zero() {
                true => equal(&what, shown(10).text(), "no cases expected")?,
                false if (shown(10).figure() - f64::try_from(load / upper).unwrap()).abs() > 0.000_001 => {
                    return Err(format!("{what}: {:?} of {load}/{upper} used", shown(10)));
                }
                false => {}
            }
        }
        by_worker.entry((&rated.team, &rated.worker)).or_default().push(rated);
    }

    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    let mut by_team: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    let mut not_planned = 0;
    let head = sheets.find(SUMMARY, 0, &[(0, "Team"), (1, "Worker")]).ok_or("a table of workers")?;
    for ((team, worker), ratings) in &by_worker {
        let (colour, governs) = worst(ratings);
        *counts.entry(colour).or_default() += 1;
        *by_team.entry((team, colour)).or_default() += 1;
        let measured = match governs.measure.as_str() {
            "Limit" => format!("Limit, {}", governs.unit),
            other => other.to_string(),
        };
        let row = sheets.find(SUMMARY, head, &[(0, team), (1, worker)]).ok_or("a row for each worker")?;
        let shown = |column| sheets.now(SUMMARY, CellRef::new(row, column));
        equal(&format!("summary of {worker}"), shown(2).text(), colour)?;
        equal(&format!("what governs {worker}"), shown(3).text(), &measured)?;
        if ["RED", "AMBER", "NOT SCORED"].contains(&colour) {
            let room = (0..30).find(|column| {
                sheets.now(SUMMARY, CellRef::new(head, *column)).text() == "Children that could be taken"
            });
            let room = shown(room.ok_or("a column for room")?);
            if room.text() != "–" {
                same(&format!("room of {worker}"), &room, Decimal::ZERO)?;
            }
        }
        let planned = before.planned.contains(&(team.to_string(), worker.to_string()));
        not_planned += u32::from(!planned && ["RED", "AMBER"].contains(&colour));
        if planned {
            let row = sheets.find(PLAN, 0, &[(0, team), (1, worker)]).ok_or("a row in the plan")?;
            let shown = |column| sheets.now(PLAN, CellRef::new(row, column));
            equal(&format!("plan of {worker}"), shown(6).text(), colour)?;
            equal(&format!("measure in the plan of {worker}"), shown(2).text(), &measured)?;
            if let Some(load) = governs.load {
                same(&format!("load in the plan of {worker}"), &shown(3), load)?;
            }
        }
    }
    let cells = |at| sheets.cells.keys().filter(move |(sheet, _)| *sheet == at).map(|(_, cell)| *cell);
    for colour in ["RED", "AMBER", "GREEN", "NOT SCORED"] {
        let wanted = format!("{colour} {}", counts.get(colour).copied().unwrap_or_default());
        let stands = cells(SUMMARY).any(|cell| sheets.now(SUMMARY, cell).text() == wanted);
        equal("the counts", if stands { &wanted } else { "something else" }, &wanted)?;
    }
    let said = cells(PLAN).map(|cell| sheets.now(PLAN, cell)).find(|shown| shown.text().starts_with("Amber or red as"));
    let said = said.ok_or("a line on who is not in the plan")?;
    equal("the plan", said.text().rsplit(' ').next().unwrap(), &not_planned.to_string())?;

    let families = families(sheets);
    let of_team = |team: &str, worker: &str| {
        all.iter().any(|rated| rated.team == team && rated.worker.to_lowercase() == worker.to_lowercase())
    };
    let nobody = families.iter().filter(|family| !of_team(&family.team, &family.worker));
    let mut lost: BTreeMap<&str, Decimal> = BTreeMap::new();
    for family in nobody {
        *lost.entry(&family.team).or_default() += family.children;
        let check = sheets.now(WORKING, CellRef::new(family.row, 11));
        equal("a family with nobody", check.text(), "no such worker in the team")?;
    }
    let all_lost: Decimal = lost.values().sum();
    if !families.is_empty() {
        let line = sheets.now(WORKING, CellRef::new(2, 0));
        equal("the check on Working", line.text().rsplit(' ').next().unwrap(), &all_lost.normalize().to_string())?;
        let told = sheets.now(SUMMARY, CellRef::new(head - 1, 0));
        equal(
            "the check on the summary",
            told.text().rsplit(' ').next().unwrap(),
            &match all_lost.is_zero() {
                true => String::new(),
                false => all_lost.normalize().to_string(),
            },
        )?;
    }
    for (team, row) in teams(sheets) {
        for (colour, column) in [("RED", 4), ("AMBER", 5), ("GREEN", 6), ("NOT SCORED", 7)] {
            let count = by_team.get(&(team.as_str(), colour)).copied().unwrap_or_default();
            same(&format!("{colour} of {team}"), &row[column], Decimal::from(count))?;
        }
        let lost = lost.get(team.as_str()).copied().unwrap_or_default();
        let without = exact(&Shown::Figure(before.unallocated[&team])).unwrap_or_default();
        same(&format!("children of {team} without a worker"), &row[9], without + lost)?;
    }
    Ok(())
}

/// The worked example of the Task Force by hand: a family more, half a day less, another colour.
#[test]
fn the_worked_example_follows_by_hand() {
    let bytes = &annotated()[std::path::Path::new("task-force-example RAG.xlsx")];
    let mut sheets = Sheets::of(bytes);
    let points = sheets.find(WORKING, 0, &[(1, "Worker X"), (2, "Points")]).unwrap();
    let limit = sheets.find(WORKING, 0, &[(1, "Worker X"), (2, "Limit")]).unwrap();
    let shown = |sheets: &Sheets, row, column| sheets.now(WORKING, CellRef::new(row, column));
    let summary = |sheets: &Sheets| {
        let row = sheets.find(SUMMARY, 0, &[(1, "Worker X")]).unwrap();
        (sheets.now(SUMMARY, CellRef::new(row, 2)).text().to_string(), sheets.now(SUMMARY, CellRef::new(row, 3)))
    };
    // 45 for cases and 5 beside them of 50: exactly the benchmark.
    assert_eq!((shown(&sheets, points, 4), shown(&sheets, points, 11).text()), (Shown::Figure(50.0), "AMBER"));
    let family = |sheets: &Sheets, name: &str| sheets.find(WORKING, points + 2, &[(2, name)]).unwrap();

    // Family C stands with somebody else: 41 of 50 are 82 %, 11 of 20 children 55 %.
    let c = family(&sheets, "C");
    sheets.enter(&[(WORKING, CellRef::new(c, 1), Shown::Text("Worker Y".into()))]);
    assert_eq!((shown(&sheets, points, 4), shown(&sheets, limit, 4)), (Shown::Figure(41.0), Shown::Figure(11.0)));
    assert_eq!(summary(&sheets), ("GREEN".into(), Shown::Text("Limit, children".into())));
    assert_eq!(shown(&sheets, c, 11).text(), "no such worker in the team");

    // Back again, with four more points of level: 54 of 50 are 108 %.
    let b = family(&sheets, "B");
    sheets.enter(&[
        (WORKING, CellRef::new(c, 1), Shown::Text("Worker X".into())),
        (WORKING, CellRef::new(b, 7), Shown::Figure(6.0)),
    ]);
    assert_eq!((shown(&sheets, points, 10), summary(&sheets).0), (Shown::Figure(1.08), "AMBER".into()));
    // One more: 55 of 50 are 110 %, which is red.
    sheets.enter(&[(WORKING, CellRef::new(b, 9), Shown::Figure(1.0))]);
    assert_eq!((shown(&sheets, points, 10), summary(&sheets).0), (Shown::Figure(1.1), "RED".into()));
    // A limit of 15 for locality workers: 17 children are 113.3 %, and the first of two reds governs.
    let row = sheets.find(POLICY, 0, &[(0, "Locality / field, social worker")]).unwrap();
    sheets.enter(&[(POLICY, CellRef::new(row, 2), Shown::Figure(15.0))]);
    assert_eq!((shown(&sheets, limit, 10), shown(&sheets, limit, 11).text()), (Shown::Figure(1.133333), "RED"));
    assert_eq!(summary(&sheets), ("RED".into(), Shown::Text("Limit, children".into())));
    assert_eq!(policy(&sheets, "Locality / field, social worker", 1), Decimal::from(15), "the lower moves along");
}

/// A load that nothing judges, and a figure that is none, are told beside the family.
#[test]
fn a_family_that_no_colour_follows_is_told_of() {
    let mut sheets = Sheets::of(&annotated()[std::path::Path::new("north/Harbour Locality Team RAG.xlsx")]);
    let student = rated(&sheets).into_iter().find(|rated| rated.rag == "NOT SCORED").expect("the student").worker;
    let family = families(&sheets).into_iter().find(|family| family.worker != student && family.is_household());
    let row = family.expect("a family").row;
    let check = |sheets: &Sheets| sheets.now(WORKING, CellRef::new(row, 11)).text().to_string();
    assert_eq!(check(&sheets), "");
    sheets.enter(&[(WORKING, CellRef::new(row, 1), Shown::Text(student))]);
    assert_eq!(check(&sheets), "this worker is not scored");
    sheets.enter(&[(WORKING, CellRef::new(row, 7), Shown::Text("high".into()))]);
    assert_eq!(check(&sheets), "a figure is missing");
}

/// The colleague who holds nothing is the one that a family is moved to.
#[test]
fn a_colleague_who_holds_nothing_can_be_given_a_family() {
    let bytes = &annotated()[std::path::Path::new("north/Harbour Locality Team RAG.xlsx")];
    let mut sheets = Sheets::of(bytes);
    let free = rated(&sheets).into_iter().find(|rated| rated.measure == "Points" && rated.load == Some(Decimal::ZERO));
    let free = free.expect("a worker without cases");
    let family = families(&sheets).into_iter().find(|family| family.worker != free.worker && family.is_household());
    let family = family.expect("a family");
    let row = family.row;
    sheets.enter(&[(WORKING, CellRef::new(row, 1), Shown::Text(free.worker.clone()))]);
    let shown = |row| exact(&sheets.now(WORKING, CellRef::new(row, 4))).unwrap();
    assert_eq!((shown(free.row), shown(free.row - 1)), (family.total, family.children));
}

/// Words for a level, as they come in by pasting past the check of entries: the points may still be the red ones.
#[test]
fn a_measure_that_can_no_longer_be_scored_leaves_nobody_green() {
    let bytes = &annotated()[std::path::Path::new("task-force-example RAG.xlsx")];
    let mut sheets = Sheets::of(bytes);
    let points = sheets.find(WORKING, 0, &[(1, "Worker X"), (2, "Points")]).unwrap();
    let b = sheets.find(WORKING, points + 2, &[(2, "B")]).unwrap();
    let colours = |sheets: &Sheets| {
        let shown = |sheet, column| {
            let row = sheets.find(sheet, 0, &[(1, "Worker X")]).unwrap();
            sheets.now(sheet, CellRef::new(row, column)).text().to_string()
        };
        [shown(SUMMARY, 2), shown(PLAN, 6)]
    };
    assert_eq!(colours(&sheets), ["AMBER", "AMBER"]);
    sheets.enter(&[(WORKING, CellRef::new(b, 7), Shown::Text("high".into()))]);
    // 17 children of 20 alone would be green.
    assert_eq!(colours(&sheets), ["NOT SCORED", "NOT SCORED"]);
    sheets.enter(&[(WORKING, CellRef::new(b, 7), Shown::Figure(1.0))]);
    assert_eq!(colours(&sheets), ["GREEN", "GREEN"]);
}
