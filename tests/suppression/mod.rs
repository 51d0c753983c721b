//! What `--suppress` hides stays hidden: nobody can work it out from what is shown.

mod intruder;
mod package;

use std::collections::{BTreeMap, BTreeSet};

use fairload::directorate::comparison::Directorate;
use fairload::directorate::suppress::suppressed;
use fairload::directorate::table::{TEAMS_SUPPRESSED, teams_suppressed};
use fairload::directorate::tables::csv_bytes;
use fairload::directorate::team_line::{TeamLine, Told, WorkerLoad};
use fairload::field::rating::rounded;
use fairload::policy::Policies;
use jiff::civil::date;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use rust_decimal::Decimal;

use intruder::{BENCHMARK, COUNTS, LIMIT, POINTS, Published, Truth};

/// A team as the tests make one up.
#[derive(Debug, Clone, Copy, Default)]
struct Team {
    red: u32,
    amber: u32,
    green: u32,
    not_scored: u32,
    /// Workers over the limit are among the red, those without a limit are the not scored and so many more.
    over: u32,
    without_limit: u32,
    /// In hundredths.
    fte: i64,
    children: u32,
    households: Option<u32>,
    cp: u32,
    cioc: u32,
    proceedings: u32,
    unallocated: u32,
    /// In hundredths, where some are over.
    needed: i64,
    headroom: u32,
}

impl Team {
    fn workers(&self) -> u32 {
        self.red + self.amber + self.green + self.not_scored
    }

    fn unrated(&self) -> u32 {
        self.not_scored + self.without_limit
    }

    fn needed(&self) -> i64 {
        if self.over > 0 { self.needed.max(1) } else { 0 }
    }

    fn line(&self, at: usize) -> TeamLine {
        let fte = Decimal::new(self.fte, 2);
        let told = |count: Option<u32>| Told { count, fte, teams: 1 };
        let rated = self.workers() - self.unrated();
        // All in the first, and nothing in the others: only their sums are published.
        let loads = (0..rated).map(|nth| match nth {
            0 => WorkerLoad {
                load: self.children.into(),
                upper: Decimal::from(LIMIT) * fte,
                fte_needed: Decimal::new(self.needed(), 2),
                ..WorkerLoad::default()
            },
            _ => WorkerLoad::default(),
        });
        TeamLine {
            file: format!("{at}.xlsx"),
            team: format!("Team {at}"),
            workers: self.workers(),
            fte,
            children: told(Some(self.children)),
            households: told(self.households),
            cp: told(Some(self.cp)),
            cioc: told(Some(self.cioc)),
            care_proceedings: told(Some(self.proceedings)),
            unallocated: self.unallocated,
            red: self.red,
            amber: self.amber,
            green: self.green,
            not_scored: self.not_scored,
            over_limit: self.over,
            points_load: Decimal::from(POINTS) * Decimal::from(self.households.unwrap_or(0)),
            points_benchmark: if self.households.is_some() { Decimal::from(BENCHMARK) * fte } else { Decimal::ZERO },
            loads: loads.collect(),
            headroom_children: self.headroom.into(),
            ..TeamLine::default()
        }
    }
}

fn directorate(teams: &[Team]) -> Directorate {
    let lines = teams.iter().enumerate().map(|(at, team)| team.line(at)).collect();
    let policies = Policies::built_in(date(2025, 9, 30)).unwrap();
    fairload::directorate::aggregate::directorate(lines, &policies)
}

/// What is published, read from the bytes of the file.
fn published(directorate: &Directorate) -> Published {
    let rows = teams_suppressed(&suppressed(directorate));
    let bytes = csv_bytes(&TEAMS_SUPPRESSED, &rows).unwrap();
    let mut reader = csv::Reader::from_reader(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap());
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_string).collect();
    let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_string).collect()).collect();
    Published::new(&header.iter().map(String::as_str).collect::<Vec<_>>(), rows)
}

fn header() -> Vec<&'static str> {
    TEAMS_SUPPRESSED.header().collect()
}

/// The figures as they are, all teams together last.
fn truth(teams: &[Team]) -> Truth {
    let mut truth = Truth::new();
    for (row, team) in teams.iter().enumerate() {
        let mut put = |name, figure: i64| {
            truth.insert((name, row), figure);
            *truth.entry((name, teams.len())).or_default() += figure;
        };
        put("workers", team.workers().into());
        put("red", team.red.into());
        put("amber", team.amber.into());
        put("green", team.green.into());
        put("not_scored", team.not_scored.into());
        put("over", team.over.into());
        put("unrated", team.unrated().into());
        put("within", (team.workers() - team.unrated() - team.over).into());
        put("fte", team.fte);
        put("children", team.children.into());
        if let Some(households) = team.households {
            put("households", households.into());
        }
        put("cp", team.cp.into());
        put("cioc", team.cioc.into());
        put("care_proceedings", team.proceedings.into());
        put("unallocated", team.unallocated.into());
        put("fte_needed", team.needed());
        put("headroom_children", team.headroom.into());
    }
    truth
}

/// Few, some or many, with nought often among them.
fn count(many: u32) -> BoxedStrategy<u32> {
    prop_oneof![3 => Just(0), 4 => 1u32..=5, 3 => 6u32..=10, 2 => 0..=many].boxed()
}

fn team() -> impl Strategy<Value = Team> {
    let workers = (count(9), count(9), count(9), count(4));
    // Who is rated against a limit has a share of a post (domain section 4).
    let limits = (0u32..=9, 0u32..=6, 5i64..=100, 1i64..=400);
    let children = (count(90), 0u32..=100, 0u32..=100, 0u32..=100, 0u32..=100, 0u32..=9);
    (workers, limits, children, count(9), count(40)).prop_map(
        |((red, amber, green, not_scored), (over, without, part, needed), children, unallocated, headroom)| {
            let (children, households, cp, cioc, proceedings, none) = children;
            let share = |of: u32, percent: u32| of * percent / 100;
            let over = over.min(red);
            let workers = red + amber + green + not_scored;
            let without = without.min(workers - not_scored - over);
            // So that what the limits are used by is the children, as a reader would have it.
            let children = if not_scored + without == workers { 0 } else { children };
            let households = share(children, households).max(u32::from(children > 0));
            let cp = share(children, cp);
            Team {
                red,
                amber,
                green,
                not_scored,
                over,
                without_limit: without,
                fte: i64::from(workers) * part,
                children,
                households: (none > 0).then_some(households),
                cp,
                cioc: share(children - cp, cioc),
                proceedings: share(households, proceedings),
                unallocated,
                needed,
                headroom,
            }
        },
    )
}

/// So many cases, always the same, unless the environment says otherwise.
fn cases(number: u32) -> ProptestConfig {
    let mut config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if config.rng_seed == RngSeed::Random {
        config.rng_seed = RngSeed::Fixed(20_250_930);
    }
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = number;
    }
    config
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn nothing_hidden_follows_from_what_is_shown(teams in vec(team(), 1..6)) {
        let away = published(&directorate(&teams)).given_away(&truth(&teams), 2, false);
        prop_assert!(away.is_empty(), "{}", away.join("\n"));
    }
}

/// What somebody publishes who only hides the counts of 1 to 5 themselves.
fn with_small_counts_hidden(directorate: &Directorate, with_ratios: bool) -> Published {
    let lines = directorate.teams.iter().chain([&directorate.whole]);
    let row = |line: &TeamLine| {
        let told = |count: Option<u32>| count.map_or(String::new(), |count| count.to_string());
        let figure =
            |figure: Option<Decimal>| figure.map_or(String::new(), |figure| rounded(figure, 2).normalize().to_string());
        let cell = |column: &str| match column {
            "workers" => line.workers.to_string(),
            "fte" => line.fte.normalize().to_string(),
            "red" => line.red.to_string(),
            "amber" => line.amber.to_string(),
            "green" => line.green.to_string(),
            "not_scored" => line.not_scored.to_string(),
            "children" => told(line.children.count),
            "households" => told(line.households.count),
            "cp" => told(line.cp.count),
            "cioc" => told(line.cioc.count),
            "care_proceedings" => told(line.care_proceedings.count),
            "unallocated" => line.unallocated.to_string(),
            "limit_utilisation" if with_ratios => figure(line.limit_utilisation()),
            "children_per_fte" if with_ratios => figure(line.children.per_fte()),
            "cp_per_fte" if with_ratios => figure(line.cp.per_fte()),
            "over_limit_share" if with_ratios => figure(line.over_limit_share()),
            "fte_needed" => figure(Some(line.fte_needed())),
            "headroom_children" => line.headroom_children.normalize().to_string(),
            _ => String::new(),
        };
        let told = |column: &&str| {
            let text = cell(column);
            let small = COUNTS.contains(column) && ["1", "2", "3", "4", "5"].contains(&text.as_str());
            if small { "c".to_string() } else { text }
        };
        header().iter().map(told).collect()
    };
    Published::new(&header(), lines.map(row).collect())
}

/// A team like many, with nothing small in it.
const USUAL: Team = Team {
    red: 8,
    amber: 9,
    green: 14,
    not_scored: 0,
    over: 6,
    without_limit: 0,
    fte: 1950,
    children: 340,
    households: Some(200),
    cp: 60,
    cioc: 70,
    proceedings: 30,
    unallocated: 0,
    needed: 210,
    headroom: 11,
};

fn held(teams: &[Team]) -> Published {
    let sheet = published(&directorate(teams));
    let away = sheet.given_away(&truth(teams), 2, false);
    assert!(away.is_empty(), "{}", away.join("\n"));
    sheet
}

fn column<'a>(sheet: &'a Published, name: &str, teams: &[Team]) -> Vec<&'a str> {
    (0..=teams.len()).map(|row| sheet.text(name, row)).collect()
}

#[test]
fn hiding_small_counts_alone_is_seen_through() {
    let seen = |teams: &[Team], with_ratios| {
        with_small_counts_hidden(&directorate(teams), with_ratios).given_away(&truth(teams), 2, false)
    };
    let teams = [Team { cp: 3, ..USUAL }, USUAL, Team { red: 2, over: 2, ..USUAL }];
    for with_ratios in [true, false] {
        let seen = seen(&teams, with_ratios).join("\n");
        assert!(seen.contains("cp of row 0 is 3: 0 others"), "{seen}");
        assert!(seen.contains("red of row 2 is 2: 0 others"), "{seen}");
    }
    // Two in a column hide each other, but for the ratio.
    let teams = [Team { cp: 3, ..USUAL }, Team { cp: 4, ..USUAL }];
    assert_eq!(seen(&teams, false), Vec::<String>::new());
    assert_eq!(seen(&teams, true).len(), 2);
    // Two that add up to two are one and one.
    let teams = [Team { cp: 1, ..USUAL }, Team { cp: 1, ..USUAL }, USUAL];
    assert_eq!(seen(&teams, false).len(), 2);
    // 42.86 % of seven workers are three.
    let teams = [Team { red: 7, amber: 0, green: 0, over: 3, fte: 650, ..USUAL }, USUAL];
    let seen = seen(&teams, true).join("\n");
    assert!(seen.contains("4286 hundredths of 7 workers"), "{seen}");
}

/// No team is short of posts or over a limit, as each of them shows: to hide the same of all together hides nothing.
#[test]
fn what_every_team_shows_is_shown_of_all_together() {
    let none = Team { red: 0, amber: 0, green: 0, over: 0, fte: 0, children: 0, households: None, ..USUAL };
    let none = Team { cp: 0, cioc: 0, proceedings: 0, needed: 1, headroom: 0, ..none };
    let teams = [Team { red: 1, ..none }, Team { amber: 6, children: 1, ..none }];
    let sheet = held(&teams);
    for name in ["fte_needed", "over_limit_share"] {
        assert_eq!(column(&sheet, name, &teams), ["0", "0", "0"], "{name}");
    }
}

#[test]
fn where_nothing_is_small_nothing_is_hidden() {
    let teams = [USUAL, Team { fte: 2000, children: 341, ..USUAL }, Team { cp: 0, ..USUAL }];
    let sheet = held(&teams);
    for name in TEAMS_SUPPRESSED.header() {
        assert!(!column(&sheet, name, &teams).contains(&"c"), "{name}");
    }
    assert_eq!(column(&sheet, "rank", &teams), ["1", "3", "1", ""]);
}

#[test]
fn a_small_count_takes_another_of_its_column_along_and_the_total_stays() {
    let teams = [USUAL, Team { cp: 3, ..USUAL }, Team { fte: 1900, ..USUAL }];
    let sheet = held(&teams);
    assert_eq!(column(&sheet, "cp", &teams), ["60", "c", "c", "123"]);
    // The same teams' ratios go with them; all else stays.
    assert_eq!(column(&sheet, "cp_per_fte", &teams), ["3.08", "c", "c", "2.12"]);
    assert!(!column(&sheet, "children", &teams).contains(&"c"));
}

#[test]
fn small_colours_take_along_what_makes_the_sums_of_the_team_and_of_the_directorate() {
    let teams = [Team { red: 2, over: 2, ..USUAL }, USUAL, USUAL];
    let sheet = held(&teams);
    assert_eq!(sheet.text("red", 0), "c");
    let hidden = |row: usize| ["red", "amber", "green"].iter().filter(|name| sheet.hidden(name, row)).count();
    assert_eq!((hidden(0), hidden(1) + hidden(2), hidden(3)), (2, 2, 0));
    assert_eq!(column(&sheet, "workers", &teams), ["25", "31", "31", "87"]);
    // Two of the team's twenty-five are over the limit.
    assert_eq!(sheet.text("over_limit_share", 0), "c");
}

#[test]
fn two_that_add_up_to_two_take_a_third_along() {
    let of = |one, other| {
        let teams = [Team { cp: one, ..USUAL }, Team { cp: other, ..USUAL }, USUAL, USUAL];
        let sheet = held(&teams);
        column(&sheet, "cp", &teams).join(" ")
    };
    assert_eq!(of(1, 1), "c c c 60 122");
    assert_eq!(of(2, 3), "c c 60 60 125");
    // Five and five could be nothing else for whoever knows that both are small.
    assert_eq!(of(5, 5), "c c c 60 130");
}

#[test]
fn a_small_total_is_hidden_and_nought_is_shown() {
    let teams = [Team { cp: 1, ..USUAL }, Team { cp: 0, ..USUAL }];
    let sheet = held(&teams);
    assert_eq!(column(&sheet, "cp", &teams), ["c", "0", "c"]);
    assert_eq!(column(&sheet, "cp_per_fte", &teams), ["c", "0", "c"]);
}

#[test]
fn a_single_team_is_as_secret_as_its_directorate() {
    let teams = [Team { cp: 2, red: 1, over: 1, ..USUAL }];
    let sheet = held(&teams);
    assert_eq!(column(&sheet, "cp", &teams), ["c", "c"]);
    assert_eq!(column(&sheet, "red", &teams), ["c", "c"]);
    assert_eq!(column(&sheet, "over_limit_share", &teams), ["c", "c"]);
    assert_eq!(column(&sheet, "children", &teams), ["340", "340"]);
}

#[test]
fn few_workers_take_their_fte_and_what_is_reckoned_from_it_along() {
    let few = Team { red: 1, amber: 2, green: 1, over: 1, fte: 350, ..USUAL };
    let teams = [few, Team { red: 0, over: 0, fte: 250, ..few }, USUAL];
    let sheet = held(&teams);
    for name in ["workers", "fte", "children_per_fte", "limit_utilisation", "points_utilisation"] {
        assert_eq!(column(&sheet, name, &teams)[..2], ["c", "c"], "{name}");
        assert_ne!(sheet.text(name, 3), "c", "{name}");
    }
    assert_eq!(column(&sheet, "children", &teams), ["340", "340", "340", "1020"]);
    // Ranks are those among the teams shown.
    let shown = (0..3).filter(|row| !sheet.hidden("limit_utilisation", *row));
    assert!(shown.clone().all(|row| !sheet.text("rank", row).is_empty()));
    assert_eq!(column(&sheet, "rank", &teams)[..2], ["", ""]);
}

#[test]
fn half_of_six_is_three() {
    let teams = [Team { red: 6, amber: 0, green: 0, over: 3, fte: 550, ..USUAL }, USUAL, USUAL];
    let sheet = held(&teams);
    assert_eq!((sheet.text("workers", 0), sheet.text("over_limit_share", 0)), ("6", "c"));
}

#[test]
fn even_who_runs_the_program_over_every_possibility_is_left_with_two() {
    // Three teams' children whom nobody holds; of all together up to 14.
    let mut seen: BTreeMap<Vec<String>, Vec<[u32; 3]>> = BTreeMap::new();
    for all in 0..=14u32 {
        for first in 0..=all {
            for second in 0..=all - first {
                let counts = [first, second, all - first - second];
                let teams = counts.map(|unallocated| Team { unallocated, ..USUAL });
                let sheet = published(&directorate(&teams));
                let shown = column(&sheet, "unallocated", &teams).into_iter().map(str::to_string).collect();
                seen.entry(shown).or_default().push(counts);
            }
        }
    }
    left_with_two(&seen);
}

/// Of all that looks the same, every hidden figure differs somewhere. Where all together are hidden there is no end
/// of it.
fn left_with_two(seen: &BTreeMap<Vec<String>, Vec<[u32; 3]>>) {
    let mut looked_at = 0;
    for (shown, worlds) in seen.iter().filter(|(shown, _)| shown.last().is_some_and(|all| all != "c")) {
        for at in (0..3).filter(|at| shown[*at] == "c") {
            let figures: BTreeSet<u32> = worlds.iter().map(|world| world[at]).collect();
            looked_at += 1;
            assert!(figures.len() > 1, "{shown:?} can only be {worlds:?}");
        }
    }
    assert!(looked_at > 150, "{looked_at}");
}

#[test]
fn a_directorate_of_any_size_is_done_at_once() {
    let teams: Vec<Team> = (0..1_300u32)
        .map(|at| Team {
            red: at % 3,
            amber: at * 7 % 4,
            green: 2 + at * 5 % 5,
            over: 0,
            fte: 190,
            cp: at * 11 % 40,
            cioc: at * 13 % 9,
            proceedings: at * 3 % 17,
            unallocated: u32::from(at % 50 == 0),
            ..USUAL
        })
        .collect();
    let start = std::time::Instant::now();
    let shared = suppressed(&directorate(&teams));
    assert!(start.elapsed().as_secs() < 20, "{:?} without optimisation", start.elapsed());
    assert_eq!(shared.teams.len(), teams.len());
}
