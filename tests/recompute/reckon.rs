//! Every figure of a team reckoned afresh from what ratings.csv, workers.csv and findings.csv say of its workers
//! (domain sections 3, 4 and 11).

use std::collections::BTreeMap;

use super::fraction::Fraction;
use super::tables::{Row, Tables};

/// A figure by its column in teams.csv; `None` where the cell is empty.
pub type Figures = BTreeMap<&'static str, Option<Fraction>>;

/// The columns that hold a figure as it stands; all others are rounded to two places.
pub const EXACT: &[&str] = &[
    "workers",
    "fte",
    "children",
    "households",
    "red",
    "amber",
    "green",
    "not_scored",
    "unallocated",
    "headroom_children",
    "rank",
    "cp",
    "cioc",
    "care_proceedings",
    "quartile",
    "limit_load",
    "limit_upper",
    "limit_rated",
    "limit_fte",
    "over_limit",
    "points_load",
    "points_benchmark",
    "nqsw",
    "nqsw_fte",
    "nqsw_load",
    "part_time",
    "part_time_fte",
    "part_time_load",
    "full_time",
    "full_time_fte",
    "full_time_load",
    "cases",
    "cases_fte",
    "cases_left_out",
    "children_over",
    "nqsw_over",
    "nqsw_upper",
    "part_time_upper",
    "full_time_upper",
];

/// What some teams together are made of: one of them, those of a service area, or all.
#[derive(Clone, Default)]
pub struct Line {
    pub file: String,
    pub team: String,
    pub area: String,
    pub workers: i128,
    pub fte: Fraction,
    /// Children, households, CP, in our care, care proceedings.
    pub told: [Told; 5],
    pub colours: BTreeMap<String, i128>,
    pub unallocated: i128,
    pub loads: Vec<Load>,
    pub points: (Fraction, Fraction),
    pub nqsw: Group,
    pub part_time: Group,
    pub full_time: Group,
    pub cases: Fraction,
    pub cases_fte: Fraction,
    pub left_out: i128,
    pub headroom: Fraction,
    pub above: Fraction,
    pub rank: Option<i128>,
    pub quartile: Option<i128>,
    pub change: Option<Fraction>,
}

impl Default for Fraction {
    fn default() -> Self {
        Self::ZERO
    }
}

/// A count, and the FTE of those who tell it.
#[derive(Clone, Copy, Default)]
pub struct Told {
    pub count: Option<Fraction>,
    pub fte: Fraction,
}

/// A worker rated against limits.
#[derive(Clone, Copy, Default)]
pub struct Load {
    pub load: Fraction,
    pub upper: Fraction,
    pub fte: Fraction,
    pub used: Option<Fraction>,
    pub over: bool,
    pub needed: Fraction,
    pub room: Fraction,
    pub posts: Fraction,
}

#[derive(Clone, Copy, Default)]
pub struct Group {
    pub workers: i128,
    pub fte: Fraction,
    pub load: Fraction,
    pub upper: Fraction,
    /// Workers above an upper figure.
    pub over: i128,
}

/// Every team in the order of teams.csv; `previous` are the teams of an earlier run.
pub fn lines(tables: &Tables, previous: &[Row]) -> Vec<Line> {
    let mut lines: Vec<Line> = tables.teams.iter().map(|row| line(tables, row)).collect();
    let used: Vec<Option<Fraction>> = lines.iter().map(Line::limit_utilisation).collect();
    let all = lines.len() as i128;
    for (line, own) in lines.iter_mut().zip(&used) {
        let Some(own) = own else { continue };
        let rank = 1 + used.iter().flatten().filter(|other| *other > own).count() as i128;
        line.rank = Some(rank);
        line.quartile = Some((4 * rank + all - 1) / all);
        let key = (line.file.clone(), line.team.clone());
        let before = previous.iter().find(|row| row.team() == key).and_then(|row| row.figure("limit_utilisation"));
        line.change = before.map(|before| own.rounded(2) - before);
    }
    lines
}

/// The team that a row of teams.csv names, of which nothing else is taken from the row.
fn line(tables: &Tables, row: &Row) -> Line {
    let key = row.team();
    let mut line = Line { area: row.text("service_area").into(), ..Line::default() };
    let workers: Vec<&Row> = tables.workers.iter().filter(|row| row.team() == key).collect();
    for worker in &workers {
        line.workers += 1;
        line.fte = line.fte + worker.figure("fte").unwrap_or_default();
        *line.colours.entry(worker.text("rag").to_string()).or_default() += 1;
        let name = worker.text("worker");
        let own = |row: &&Row| row.text("worker") == name && row.team() == key && row.text("rag") != "not-scored";
        let ratings: Vec<&Row> = tables.ratings.iter().filter(own).collect();
        line.add(worker, &ratings);
    }
    let fte = line.fte;
    line.told = ["children", "households", "cp", "cioc", "care_proceedings"]
        .map(|column| Told { count: once(&workers, column), fte })
        .map(|told| if told.count.is_some() { told } else { Told::default() });
    let nobody = tables.findings.iter().filter(|row| row.text("rule") == "unallocated-child" && row.team() == key);
    // One row may stand for several: "2 children here have no named worker".
    line.unallocated = nobody
        .map(|row| row.text("message").split(' ').next().and_then(|word| word.parse::<i128>().ok()).unwrap_or(1))
        .sum();
    (line.file, line.team) = key;
    line
}

/// What the workers hold together, a child of two key workers once; not known where one who holds children, or of
/// whom it is not known, does not tell it.
fn once(workers: &[&Row], column: &str) -> Option<Fraction> {
    let mut all = Fraction::ZERO;
    for worker in workers {
        match worker.figure(column) {
            Some(own) => all = all + own - worker.figure(&format!("{column}_shared")).unwrap(),
            None if worker.text("children") == "0" => {}
            None => return None,
        }
    }
    Some(all)
}

impl Line {
    fn add(&mut self, worker: &Row, ratings: &[&Row]) {
        let fte = worker.figure("fte");
        for row in ratings {
            if row.text("measure") == "points" && row.text("in_team_total") == "yes" {
                self.points.0 = self.points.0 + row.figure("load").unwrap();
                self.points.1 = self.points.1 + row.figure("upper").unwrap();
            }
        }
        let limits: Vec<&&Row> = ratings.iter().filter(|row| row.text("measure") == "limit").collect();
        if !limits.is_empty() {
            let binding = limits.iter().filter(|row| row.text("advisory") != "yes").copied().copied().collect();
            let advice = limits.iter().copied().copied().collect();
            self.add_limits(
                worker,
                if limits.iter().all(|row| row.text("advisory") == "yes") { advice } else { binding },
            );
            let own = self.loads.last_mut().unwrap();
            for row in limits.iter().filter(|row| row.text("in_team_total") == "yes") {
                own.load = own.load + row.figure("load").unwrap();
                own.upper = own.upper + row.figure("upper").unwrap();
            }
            let alone =
                Group { workers: 1, fte: own.fte, load: own.load, upper: own.upper, over: i128::from(own.over) };
            if worker.text("role") == "nqsw" {
                self.nqsw.add(alone);
            }
            match fte {
                Some(fte) if fte < Fraction::whole(1) => self.part_time.add(alone),
                Some(_) => self.full_time.add(alone),
                None => {}
            }
        }
        self.add_official(worker, fte);
    }

    fn add_limits(&mut self, worker: &Row, limits: Vec<&Row>) {
        let mut own = Load { fte: worker.figure("fte").unwrap_or_default(), ..Load::default() };
        let (mut rooms, mut head, mut above) = (Vec::new(), Vec::new(), Vec::new());
        for row in limits {
            let [load, lower, upper] = ["load", "lower", "upper"].map(|column| row.figure(column).unwrap());
            own.over |= load > upper;
            own.used = own.used.max(load.percent(upper));
            let free = (lower - load).floor().max(Fraction::ZERO);
            let past = (load - upper).max(Fraction::ZERO);
            // None is reckoned for a limit of 0.
            let full = row.figure("full_time_upper").unwrap();
            let posts = |units: Fraction| units.by(full).unwrap_or_default();
            own.needed = own.needed.max(posts(past));
            own.posts = own.posts.max(posts(load));
            rooms.push(posts(free));
            if ["children", "young-people"].contains(&row.text("unit")) {
                head.push(free);
                above.push(past.ceil());
            }
        }
        own.room = rooms.into_iter().min().unwrap_or_default();
        self.headroom = self.headroom + head.into_iter().min().unwrap_or_default();
        self.above = self.above + above.into_iter().max().unwrap_or_default();
        self.loads.push(own);
    }

    /// The Department for Education's measure counts what social workers hold, managers among them.
    fn add_official(&mut self, worker: &Row, fte: Option<Fraction>) {
        let counts = ["social-worker", "nqsw", "deputy-team-manager", "team-manager"].contains(&worker.text("role"));
        match (worker.figure("cases"), fte) {
            (None, _) => self.left_out += i128::from(counts),
            (Some(cases), _) if cases == Fraction::ZERO => {}
            (Some(_), None) => self.left_out += 1,
            (Some(cases), Some(fte)) => {
                self.cases = self.cases + cases;
                self.cases_fte = self.cases_fte + fte;
            }
        }
    }

    /// Several teams together: counts and sums added up, ratios made of them; they have no rank.
    pub fn together(teams: &[&Self]) -> Self {
        let mut all = Self { area: teams.first().map_or(String::new(), |team| team.area.clone()), ..Self::default() };
        for team in teams {
            all.workers += team.workers;
            all.fte = all.fte + team.fte;
            for (all, own) in all.told.iter_mut().zip(&team.told) {
                if let Some(count) = own.count {
                    all.count = Some(all.count.unwrap_or_default() + count);
                    all.fte = all.fte + own.fte;
                }
            }
            for (colour, workers) in &team.colours {
                *all.colours.entry(colour.clone()).or_default() += workers;
            }
            all.unallocated += team.unallocated;
            all.loads.extend_from_slice(&team.loads);
            all.points = (all.points.0 + team.points.0, all.points.1 + team.points.1);
            all.nqsw.add(team.nqsw);
            all.part_time.add(team.part_time);
            all.full_time.add(team.full_time);
            all.cases = all.cases + team.cases;
            all.cases_fte = all.cases_fte + team.cases_fte;
            all.left_out += team.left_out;
            all.headroom = all.headroom + team.headroom;
            all.above = all.above + team.above;
        }
        all
    }

    pub fn limit_fte(&self) -> Fraction {
        self.loads.iter().map(|own| own.fte).sum()
    }

    pub fn limit_load(&self) -> Fraction {
        self.loads.iter().map(|own| own.load).sum()
    }

    pub fn limit_upper(&self) -> Fraction {
        self.loads.iter().map(|own| own.upper).sum()
    }

    pub fn limit_utilisation(&self) -> Option<Fraction> {
        self.limit_load().percent(self.limit_upper())
    }

    fn colour(&self, colour: &str) -> i128 {
        self.colours.get(colour).copied().unwrap_or_default()
    }

    /// As QUARTILE.INC of a spreadsheet.
    fn quarter(&self, nth: usize) -> Option<Fraction> {
        let mut used: Vec<Fraction> = self.loads.iter().filter_map(|own| own.used).collect();
        used.sort_unstable();
        let last = used.len().checked_sub(1)?;
        let (at, part) = (last * nth / 4, (last * nth % 4) as i128);
        let next = used[(at + 1).min(last)];
        Some(used[at] + (next - used[at]) * Fraction::whole(part) / Fraction::whole(4))
    }

    fn hoover(&self) -> Option<Fraction> {
        let (load, upper) = (self.limit_load(), self.limit_upper());
        let apart: Fraction = self.loads.iter().map(|own| (own.load * upper - own.upper * load).abs()).sum();
        apart.percent(Fraction::whole(2) * load * upper)
    }

    /// Every figure by its column in teams.csv.
    pub fn figures(&self) -> Figures {
        let count = |number: i128| Some(Fraction::whole(number));
        let [children, households, cp, cioc, court] = self.told;
        let per_fte = |told: Told| told.count?.by(told.fte);
        let (load, upper) = (self.limit_load(), self.limit_upper());
        let rated = self.loads.len() as i128;
        let over = self.loads.iter().filter(|own| own.over).count() as i128;
        let sum = |of: fn(&Load) -> Fraction| self.loads.iter().map(of).sum::<Fraction>();
        let (needed, room) = (sum(|own| own.needed), sum(|own| own.room));
        let away = self.loads.iter().map(|own| own.posts - own.needed + own.room).max();
        Figures::from([
            ("workers", count(self.workers)),
            ("fte", Some(self.fte)),
            ("children", children.count),
            ("households", households.count),
            ("children_per_fte", per_fte(children)),
            ("limit_utilisation", self.limit_utilisation()),
            ("points_utilisation", self.points.0.percent(self.points.1)),
            ("red", count(self.colour("red"))),
            ("amber", count(self.colour("amber"))),
            ("green", count(self.colour("green"))),
            ("not_scored", count(self.colour("not-scored"))),
            ("over_limit_share", Fraction::whole(over).percent(Fraction::whole(rated))),
            ("unallocated", count(self.unallocated)),
            ("fte_needed", Some(needed)),
            ("headroom_children", Some(self.headroom)),
            ("rank", self.rank.map(Fraction::whole)),
            ("cp", cp.count),
            ("cioc", cioc.count),
            ("care_proceedings", court.count),
            ("cp_per_fte", per_fte(cp)),
            ("cioc_per_fte", per_fte(cioc)),
            ("proceedings_per_fte", per_fte(court)),
            ("least_utilised", self.quarter(0)),
            ("most_utilised", self.quarter(4)),
            ("quartile", self.quartile.map(Fraction::whole)),
            ("change", self.change),
            ("limit_load", Some(load)),
            ("limit_upper", Some(upper)),
            ("limit_rated", count(rated)),
            ("limit_fte", Some(self.limit_fte())),
            ("over_limit", count(over)),
            ("points_load", Some(self.points.0)),
            ("points_benchmark", Some(self.points.1)),
            ("lower_quartile_utilised", self.quarter(1)),
            ("median_utilised", self.quarter(2)),
            ("upper_quartile_utilised", self.quarter(3)),
            ("hoover", self.hoover()),
            ("nqsw", count(self.nqsw.workers)),
            ("nqsw_fte", Some(self.nqsw.fte)),
            ("nqsw_load", Some(self.nqsw.load)),
            ("nqsw_load_share", self.nqsw.load.percent(load)),
            ("part_time", count(self.part_time.workers)),
            ("part_time_fte", Some(self.part_time.fte)),
            ("part_time_load", Some(self.part_time.load)),
            ("part_time_per_fte", self.part_time.load.by(self.part_time.fte)),
            ("full_time", count(self.full_time.workers)),
            ("full_time_fte", Some(self.full_time.fte)),
            ("full_time_load", Some(self.full_time.load)),
            ("full_time_per_fte", self.full_time.load.by(self.full_time.fte)),
            ("cases", Some(self.cases)),
            ("cases_fte", Some(self.cases_fte)),
            ("cases_left_out", count(self.left_out)),
            ("average_caseload", self.cases.by(self.cases_fte)),
            ("children_over", Some(self.above)),
            ("fte_room", Some(room)),
            ("net_gap_fte", Some(needed - room)),
            ("fte_if_away", away),
            ("nqsw_over", count(self.nqsw.over)),
            ("nqsw_upper", Some(self.nqsw.upper)),
            ("part_time_upper", Some(self.part_time.upper)),
            ("full_time_upper", Some(self.full_time.upper)),
        ])
    }
}

impl Group {
    fn add(&mut self, other: Self) {
        self.workers += other.workers;
        self.fte = self.fte + other.fte;
        self.load = self.load + other.load;
        self.upper = self.upper + other.upper;
        self.over += other.over;
    }
}
