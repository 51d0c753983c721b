//! Directorates nobody has: agreed limits, limits of 0, part-timers and more than full-timers, two limits for one
//! worker, teams that tell little, and several policies at once.

use std::fmt::Write;
use std::fs;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::test_runner::RngSeed;

use super::tables::run;
use super::{agrees, out};

/// A team as one CSV.
#[derive(Debug, Clone)]
struct Made {
    /// What the file is called, which says the service area.
    name: &'static str,
    workers: Vec<Person>,
    /// Which columns the sheet has beside the child and the worker.
    status: bool,
    households: bool,
    levels: bool,
    court: bool,
    fte: bool,
    agreed: bool,
    unallocated: usize,
}

#[derive(Debug, Clone)]
struct Person {
    role: &'static str,
    experience: &'static str,
    fte: &'static str,
    agreed: Option<u32>,
    cases: usize,
    /// How many of the cases of the worker above this one holds too.
    shared: usize,
    status: &'static str,
    co_works: bool,
}

const NAMES: &[&str] = &[
    "Harbour Locality Team",
    "Reed Assessment Team",
    "Children with Disabilities Team",
    "Children in Our Care Team",
    "TARGET Leaving Care Team",
    "Fostering Team",
    "Independent Reviewing Officers",
    "Team Seven",
];

const ROLES: &[&str] = &[
    "Social worker",
    "Social worker",
    "Social worker",
    "NQSW",
    "Deputy team manager",
    "Team manager",
    "Student",
    "Personal adviser",
    "IRO",
    "Family support worker",
    "",
];

const POLICIES: &[&str] = &[
    "redcar-2020",
    "task-force-points",
    "salford",
    "wirral",
    "walsall-2016",
    "michigan-2010",
    "cwla",
    "scotland-2022",
    "task-force-case-count",
    "western-australia",
    "california-sb2030",
];

fn person() -> impl Strategy<Value = Person> {
    (
        select(ROLES),
        select(&["3+ years", "2-3 years", "1-2 years", "0-6 months", "6-12 months", ""][..]),
        select(&["1", "1", "1", "0.6", "0.5", "0.8333", "0", "1.1", "1.2", "25", "80", "", "lots"][..]),
        option::weighted(0.25, 0u32..25),
        prop_oneof![4 => 0usize..30, 1 => Just(0)],
        prop_oneof![4 => Just(0), 1 => 1usize..4],
        select(&["CP", "CIN", "LAC", "Care leaver", "CP and LAC", ""][..]),
        any::<bool>(),
    )
        .prop_map(|(role, experience, fte, agreed, cases, shared, status, co_works)| Person {
            role,
            experience,
            fte,
            agreed,
            cases,
            shared,
            status,
            co_works,
        })
}

fn team() -> impl Strategy<Value = Made> {
    let often = || prop_oneof![3 => Just(true), 1 => Just(false)];
    let columns = (often(), often(), often(), often(), often(), often());
    (select(NAMES), vec(person(), 1..7), columns, 0usize..4).prop_map(|(name, workers, columns, unallocated)| {
        let (status, households, levels, court, fte, agreed) = columns;
        Made { name, workers, status, households, levels, court, fte, agreed, unallocated }
    })
}

impl Made {
    /// The sheet, a row for each case.
    fn text(&self, number: usize) -> String {
        let head = match self.name {
            "Fostering Team" => "Foster carer ID,Supervising social worker,Role,Type of work",
            "Independent Reviewing Officers" => "Child ID,IRO,Role,Review type",
            _ => "Child ID,Worker,Role,Co-worker",
        };
        let optional = [
            (self.fte, "FTE"),
            (true, "Experience"),
            (self.status, "Status"),
            (self.households, "Family ID"),
            (self.levels, "Intervention level"),
            (self.court, "Care proceedings"),
            (self.agreed, "Agreed limit"),
            (self.agreed, "Agreed reason"),
        ];
        let row = |cells: [String; 4], more: [String; 8]| {
            let more = more.into_iter().zip(optional).filter(|(_, (there, _))| *there).map(|(cell, _)| cell);
            cells.into_iter().chain(more).collect::<Vec<_>>().join(",") + "\n"
        };
        let mut text = head.to_string();
        optional.iter().filter(|(there, _)| *there).for_each(|(_, heading)| write!(text, ",{heading}").unwrap());
        text.push('\n');
        for (at, own) in self.workers.iter().enumerate() {
            let name = worker(number, at);
            for case in 0..own.cases + own.shared.min(if at == 0 { 0 } else { self.workers[at - 1].cases }) {
                // The last of them are those of the worker above.
                let (holder, case) = if case < own.cases { (at, case) } else { (at - 1, case - own.cases) };
                let kind = match self.name {
                    "Fostering Team" if case % 5 == 4 => "Assessment".to_string(),
                    "Fostering Team" => "Supervision".to_string(),
                    "Independent Reviewing Officers" => "Children in our care review".to_string(),
                    _ if own.co_works && case == 0 => worker(number, at + 1),
                    _ => String::new(),
                };
                text.push_str(&row(
                    [format!("K-{number}{holder:02}{case:02}"), name.clone(), own.role.into(), kind],
                    [
                        own.fte.into(),
                        own.experience.into(),
                        own.status.into(),
                        // Siblings are held by two workers at times.
                        if case % 7 == 6 { String::new() } else { format!("F-{number}{}{}", holder / 2, case / 2) },
                        ["1", "2", "3", "medium", "high", ""][case % 6].into(),
                        if case % 4 == 1 { "Yes" } else { "" }.into(),
                        own.agreed.map_or(String::new(), |limit| limit.to_string()),
                        own.agreed.map_or("", |_| "Phased return").into(),
                    ],
                ));
            }
        }
        for case in 0..self.unallocated {
            let cells = [format!("K-{number}90{case}"), ["", "TBC"][case % 2].into(), String::new(), String::new()];
            text.push_str(&row(cells, Default::default()));
        }
        text
    }
}

fn worker(team: usize, at: usize) -> String {
    const FIRST: &[&str] = &["Ada", "Ben", "Cara", "Dan", "Eve", "Fay", "Gus", "Hal"];
    const LAST: &[&str] = &["Lovell", "Marsh", "Holt", "Frost", "Stone", "Reed", "Hale", "Ward"];
    format!("{} {}", FIRST[at % 8], LAST[(at + team) % 8])
}

/// A workbook that only counts, and a form that lists no child.
const COUNTS: &str = "Worker,Role,FTE,Children,CP,Families\nAda Holm,Social worker,0.6,13,4,8\nBen Holm,NQSW,1,16,0,\n\
                      Cara Holm,Social worker,1.1,21,3,12\n";
const TASKS: &str = include_str!("../flaws/Locality, tasks form.csv");

fn settings() -> ProptestConfig {
    let mut config = ProptestConfig { failure_persistence: None, max_shrink_iters: 60, ..ProptestConfig::default() };
    if config.rng_seed == RngSeed::Random {
        config.rng_seed = RngSeed::Fixed(20_250_930);
    }
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = 12;
    }
    config
}

proptest! {
    #![proptest_config(settings())]

    #[test]
    fn the_teams_of_any_directorate(
        teams in vec(team(), 1..9),
        policies in subsequence(POLICIES, 1..4),
        counts in any::<bool>(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        for (number, team) in teams.iter().enumerate() {
            let below = folder.path().join(format!("area {number}"));
            fs::create_dir_all(&below).unwrap();
            fs::write(below.join(format!("{}.csv", team.name)), team.text(number + 1)).unwrap();
        }
        if counts {
            fs::write(folder.path().join("Holm Locality Team.csv"), COUNTS).unwrap();
            fs::write(folder.path().join("Locality, tasks form.csv"), TASKS).unwrap();
        }
        let options: Vec<&str> = policies.iter().flat_map(|name| ["--policy", name]).collect();
        let tables = run(folder.path(), &out("made"), &options);
        // Sheets without a row tell of no team.
        if !tables.teams.is_empty() {
            agrees(&tables, &[]);
        }
    }
}
