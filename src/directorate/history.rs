//! Runs as their tables tell of them, and what changed from one to the next; no child is in it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::book::names::named;
use crate::book::phrase::{count, day};
use crate::book::rag::Rag;
use crate::field::quality::FileStatus;
use crate::field::rating::{AGREED, Measure, rounded};

named! {
    /// A figure of a team that runs are compared by; the names are columns of teams.csv.
    Figure {
        /// Σ load ÷ Σ limits, in percent.
        LimitsUsed = "limit_utilisation",
        /// Σ points ÷ Σ benchmarks, in percent.
        PointsUsed = "points_utilisation",
        /// Workers listed.
        Workers = "workers",
        /// Their FTE.
        Fte = "fte",
        /// Children with a key worker.
        Children = "children",
        /// Children nobody holds.
        Unallocated = "unallocated",
        /// Workers rated red.
        Red = "red",
        /// Workers rated amber.
        Amber = "amber",
        /// Workers rated green.
        Green = "green",
        /// Workers not scored.
        NotScored = "not_scored",
        /// FTE needed to bring every worker within the limit.
        FteNeeded = "fte_needed",
        /// Children that could be taken.
        Headroom = "headroom_children",
        /// Children on protection plans per FTE.
        CpPerFte = "cp_per_fte",
        /// Children in our care per FTE.
        CiocPerFte = "cioc_per_fte",
        /// Households in care proceedings per FTE.
        ProceedingsPerFte = "proceedings_per_fte",
        /// Children per FTE.
        ChildrenPerFte = "children_per_fte",
        /// Cases held ÷ FTE of those who hold one or more.
        AverageCaseload = "average_caseload",
    }
}

/// Which way of a figure is the heavier for a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// More is worse.
    Up,
    /// Less is worse.
    Down,
    /// Neither: it says how large a team is.
    Neither,
}

impl Figure {
    /// The name shown to people.
    pub fn label(self) -> &'static str {
        match self {
            Figure::LimitsUsed => "Limits used",
            Figure::PointsUsed => "Points used",
            Figure::Workers => "Workers",
            Figure::Fte => "FTE",
            Figure::Children => "Children",
            Figure::Unallocated => "Children nobody holds",
            Figure::Red => "Workers red",
            Figure::Amber => "Workers amber",
            Figure::Green => "Workers green",
            Figure::NotScored => "Workers not scored",
            Figure::FteNeeded => "FTE needed",
            Figure::Headroom => "Headroom in children",
            Figure::CpPerFte => "CP per FTE",
            Figure::CiocPerFte => "In our care per FTE",
            Figure::ProceedingsPerFte => "Proceedings per FTE",
            Figure::ChildrenPerFte => "Children per FTE",
            Figure::AverageCaseload => "Average caseload",
        }
    }

    /// What it is counted in.
    pub fn unit(self) -> &'static str {
        match self {
            Figure::LimitsUsed | Figure::PointsUsed => "percent",
            Figure::Workers | Figure::Red | Figure::Amber | Figure::Green | Figure::NotScored => "workers",
            Figure::Fte | Figure::FteNeeded => "fte",
            Figure::Children | Figure::Unallocated | Figure::Headroom => "children",
            Figure::CpPerFte | Figure::CiocPerFte | Figure::ChildrenPerFte => "children per fte",
            Figure::ProceedingsPerFte => "households per fte",
            Figure::AverageCaseload => "cases per fte",
        }
    }

    /// It is a share in percent, whose change is in points of percent.
    pub fn is_percent(self) -> bool {
        matches!(self, Figure::LimitsUsed | Figure::PointsUsed)
    }

    /// Which way of it is the heavier.
    pub fn worse(self) -> Way {
        match self {
            Figure::LimitsUsed
            | Figure::PointsUsed
            | Figure::Unallocated
            | Figure::Red
            | Figure::NotScored
            | Figure::FteNeeded
            | Figure::ChildrenPerFte
            | Figure::AverageCaseload => Way::Up,
            Figure::Headroom => Way::Down,
            _ => Way::Neither,
        }
    }
}

/// Figures that are known; one that is not there is not known, and never nought.
pub type Figures = BTreeMap<Figure, Decimal>;

/// A run as its tables tell of it.
#[derive(Debug, Clone, PartialEq)]
pub struct PastRun {
    /// Its folder's name.
    pub label: String,
    /// What its run.json says of it.
    pub about: About,
    /// Its teams, in its own order.
    pub teams: Vec<PastTeam>,
    /// Its workers, in its own order.
    pub workers: Vec<PastWorker>,
    /// Figures for which its tables have no column.
    pub absent: Vec<Figure>,
    /// Findings that are errors; `None` where it was not asked for.
    pub errors: Option<u32>,
}

/// What run.json says of a run.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct About {
    /// The program's version.
    pub version: String,
    /// The date everything was judged on.
    pub as_of: Date,
    /// Policies by name and hash.
    pub policies: Vec<PolicyUsed>,
    /// Its inputs.
    #[serde(default)]
    pub inputs: Vec<InputUsed>,
}

/// A policy that a run applied.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PolicyUsed {
    /// Its name.
    pub name: String,
    /// The hash of its file.
    pub sha256: String,
}

/// An input of a run.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct InputUsed {
    /// What became of it; another version of the program may have had other words.
    pub status: String,
}

/// A team of a run.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PastTeam {
    /// The workbook.
    pub file: String,
    /// The team.
    pub team: String,
    /// Its service area's name; empty where it is not known.
    pub area: String,
    /// Its figures.
    pub figures: Figures,
    /// What the directorate's ratios are made of.
    pub sums: PastSums,
}

/// Sums behind ratios, where the tables give them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PastSums {
    /// Σ load and Σ upper figures of limits.
    pub limits: Option<(Decimal, Decimal)>,
    /// Σ points and Σ benchmarks.
    pub points: Option<(Decimal, Decimal)>,
    /// Cases held and the FTE of those who hold them.
    pub cases: Option<(Decimal, Decimal)>,
    /// Children on protection plans.
    pub cp: Option<Decimal>,
    /// Children in our care.
    pub cioc: Option<Decimal>,
    /// Households in care proceedings.
    pub care_proceedings: Option<Decimal>,
}

/// A worker of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct PastWorker {
    /// The workbook.
    pub file: String,
    /// The team.
    pub team: String,
    /// The name.
    pub worker: String,
    /// The colour.
    pub rag: Rag,
    /// Actions of the plan not done yet; `None` where it is not known.
    pub actions_open: Option<u32>,
    /// Of those, the ones that should have been done before the run's date.
    pub actions_overdue: Option<u32>,
    /// The earliest day by which one still open should be done.
    pub next_action: Option<Date>,
}

/// A table read back: its rows, by the names of its columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Records {
    /// Column names in order.
    pub header: Vec<String>,
    /// Rows, each of as many cells.
    pub rows: Vec<Vec<String>>,
}

impl Records {
    /// The position of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|known| known == name)
    }
}

/// The tables of a run.
#[derive(Debug, Clone, Default)]
pub struct RunTables {
    /// teams.csv.
    pub teams: Records,
    /// workers.csv.
    pub workers: Records,
    /// ratings.csv, from which sums are taken where teams.csv has none.
    pub ratings: Records,
    /// findings.csv, where errors are asked for.
    pub findings: Option<Records>,
}

impl About {
    /// Reads a run.json.
    ///
    /// # Errors
    ///
    /// It is not of the shape that a run writes.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        serde_json::from_slice(bytes).map_err(|_| "run.json is not as a run writes it".to_string())
    }

    /// Inputs that could not be read: their teams are missing.
    pub fn unread(&self) -> usize {
        self.inputs.iter().filter(|input| FileStatus::named(&input.status).is_some_and(FileStatus::is_unread)).count()
    }
}

impl PastRun {
    /// Reads a run from its tables; columns are found by name, and one that is absent is not known.
    ///
    /// # Errors
    ///
    /// A cell does not hold what its column holds; the sentence names table, row and column.
    pub fn of(label: &str, about: About, tables: &RunTables) -> Result<Self, String> {
        let has = |name: &str| tables.teams.column(name).is_some();
        let absent = Figure::ALL.iter().copied().filter(|figure| !has(figure.name())).collect();
        let mut teams = Vec::new();
        for at in 0..tables.teams.rows.len() {
            let row = Row { table: "teams.csv", records: &tables.teams, at };
            let mut figures = Figures::new();
            for figure in Figure::ALL {
                if let Some(value) = row.figure(figure.name())? {
                    figures.insert(*figure, value);
                }
            }
            let pair = |one, other| Ok::<_, String>(row.figure(one)?.zip(row.figure(other)?));
            let sums = PastSums {
                limits: pair("limit_load", "limit_upper")?,
                points: pair("points_load", "points_benchmark")?,
                cases: pair("cases", "cases_fte")?,
                cp: row.figure("cp")?,
                cioc: row.figure("cioc")?,
                care_proceedings: row.figure("care_proceedings")?,
            };
            let area = row.text("service_area").to_string();
            teams.push(PastTeam { file: row.needed("file")?, team: row.needed("team")?, area, figures, sums });
        }
        let mut workers = Vec::new();
        for at in 0..tables.workers.rows.len() {
            let row = Row { table: "workers.csv", records: &tables.workers, at };
            let rag = Rag::named(&row.needed("rag")?).ok_or_else(|| row.not("rag", "a colour"))?;
            let day = row.text("next_action");
            let next_action = match day {
                "" => None,
                day => Some(day.parse().map_err(|_| row.not("next_action", "a date"))?),
            };
            workers.push(PastWorker {
                file: row.needed("file")?,
                team: row.needed("team")?,
                worker: row.needed("worker")?,
                rag,
                actions_open: row.count("actions_open")?,
                actions_overdue: row.count("actions_overdue")?,
                next_action,
            });
        }
        let errors = match &tables.findings {
            None => None,
            Some(findings) => {
                let severity = findings.column("severity").ok_or("findings.csv has no column severity")?;
                Some(findings.rows.iter().filter(|row| row[severity] == "error").count() as u32)
            }
        };
        let mut run = Self { label: label.to_string(), about, teams, workers, absent, errors };
        for (measure, sums) in [
            (Measure::Limit, sums_of(Measure::Limit, &tables.ratings)?),
            (Measure::Points, sums_of(Measure::Points, &tables.ratings)?),
        ] {
            run.fill(measure, &sums);
        }
        Ok(run)
    }

    /// The run as people speak of it: its folder and date.
    pub fn named(&self) -> String {
        named_run(&self.label, self.about.as_of)
    }

    /// Sums from the ratings where teams.csv has none; all or none, and only where they give the teams' own shares.
    fn fill(&mut self, measure: Measure, sums: &SumsByTeam) {
        let figure = if measure == Measure::Limit { Figure::LimitsUsed } else { Figure::PointsUsed };
        let mut found = Vec::new();
        for team in &self.teams {
            let own = if measure == Measure::Limit { team.sums.limits } else { team.sums.points };
            let pair = own.or_else(|| sums.get(&(team.file.clone(), team.team.clone())).copied());
            let pair = pair.or_else(|| (!team.figures.contains_key(&figure)).then_some((Decimal::ZERO, Decimal::ZERO)));
            let agrees = pair.is_some_and(|(part, of)| share(part, of) == team.figures.get(&figure).copied());
            // Sums that do not give the share beside them were typed over: of the whole nothing is known then.
            found.push(pair.filter(|_| agrees));
        }
        if found.contains(&None) {
            found.fill(None);
        }
        for (team, pair) in self.teams.iter_mut().zip(found) {
            match measure {
                Measure::Limit => team.sums.limits = pair,
                _ => team.sums.points = pair,
            }
        }
    }
}

/// A share in percent of two places; `None` of nothing.
pub fn share(part: Decimal, of: Decimal) -> Option<Decimal> {
    (!of.is_zero()).then(|| rounded(part * Decimal::ONE_HUNDRED / of, 2))
}

/// The stem of the source of an annotated workbook: `a` of `a RAG` and of `a RAG 2025-09-30`.
pub fn plain_stem(stem: &str) -> Option<&str> {
    stem.strip_suffix(" RAG").or_else(|| {
        let (plain, day) = stem.rsplit_once(" RAG ")?;
        day.parse::<Date>().ok().map(|_| plain)
    })
}

fn named_run(label: &str, as_of: Date) -> String {
    format!("{label} ({})", day(as_of))
}

/// Σ load and Σ upper figures by file and team.
type SumsByTeam = BTreeMap<(String, String), (Decimal, Decimal)>;

/// The sums by team of the first policy that scores each worker and of agreed limits:
/// what a team's share of limits is made of.
fn sums_of(measure: Measure, ratings: &Records) -> Result<SumsByTeam, String> {
    let mut sums = SumsByTeam::new();
    let mut first: BTreeMap<[String; 3], String> = BTreeMap::new();
    for at in 0..ratings.rows.len() {
        let row = Row { table: "ratings.csv", records: ratings, at };
        if row.text("measure") != measure.name() || row.text("rag") == Rag::NotScored.name() {
            continue;
        }
        let Some((load, upper)) = row.figure("load")?.zip(row.figure("upper")?) else { continue };
        let (file, team, policy) = (row.needed("file")?, row.needed("team")?, row.needed("policy")?);
        let whose = [file.clone(), team.clone(), row.needed("worker")?];
        if policy != AGREED && *first.entry(whose).or_insert_with(|| policy.clone()) != policy {
            continue;
        }
        let sum = sums.entry((file, team)).or_default();
        *sum = (sum.0 + load, sum.1 + upper);
    }
    Ok(sums)
}

/// A row of a table, cells by the names of their columns.
struct Row<'a> {
    table: &'static str,
    records: &'a Records,
    at: usize,
}

impl<'a> Row<'a> {
    /// The cell's text; empty where there is no such column.
    fn text(&self, column: &str) -> &'a str {
        self.records.column(column).map_or("", |column| &self.records.rows[self.at][column])
    }

    fn needed(&self, column: &str) -> Result<String, String> {
        match self.records.column(column) {
            Some(column) => Ok(self.records.rows[self.at][column].clone()),
            None => Err(format!("{} has no column {column}", self.table)),
        }
    }

    fn figure(&self, column: &str) -> Result<Option<Decimal>, String> {
        match self.text(column) {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| self.not(column, "a number")),
        }
    }

    fn count(&self, column: &str) -> Result<Option<u32>, String> {
        match self.text(column) {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| self.not(column, "a whole number")),
        }
    }

    fn not(&self, column: &str, what: &str) -> String {
        // The heading is the file's first row.
        format!("row {} of {} holds not {what} in column {column}", self.at + 2, self.table)
    }
}

/// What changed from run to run.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Trend {
    /// The runs, by date; of one date in the order given.
    pub runs: Vec<RunHead>,
    /// A line for each team, in the order of the last run, then those it has no more.
    pub lines: Vec<TrendLine>,
    /// The directorate's figures in each run.
    pub whole: Vec<Figures>,
    /// What changed and what could not be matched, by run.
    pub changes: Vec<Change>,
}

/// A run of a trend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunHead {
    /// Its folder's name.
    pub label: String,
    /// The date everything was judged on.
    pub as_of: Date,
    /// Its policies' names.
    pub policies: Vec<String>,
    /// Workers rated red.
    pub red: u32,
    /// Findings that are errors; `None` where it was not asked for.
    pub errors: Option<u32>,
    /// Workers with actions overdue; `None` where no run of this date knows of actions.
    pub with_overdue: Option<u32>,
}

/// A team through the runs.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendLine {
    /// The workbook it was in last.
    pub file: String,
    /// The name it had last.
    pub team: String,
    /// Its service area's name; empty where it is not known.
    pub area: String,
    /// Its figures in each run; `None` where it is not in the run.
    pub at: Vec<Option<Figures>>,
}

named! {
    /// What a change is of.
    ChangeKind {
        /// A worker red now, and amber or green in the run before.
        NewlyRed = "newly-red",
        /// A worker red now, and not scored in the run before.
        RedNotScoredBefore = "red-not-scored-before",
        /// A worker red now whose name is not in the run before.
        RedNotInRunBefore = "red-not-in-run-before",
        /// A worker red now whose name stands more than once in one of the two runs.
        RedNotMatched = "red-not-matched",
        /// A worker red in three or more runs running.
        RedRunning = "red-running",
        /// A worker red in the run before, and amber or green now.
        NoLongerRed = "no-longer-red",
        /// A worker in another team than in the run before.
        MovedTeam = "moved-team",
        /// Actions that should have been done before the run's date.
        ActionsOverdue = "actions-overdue",
        /// A team of the run before that is not in this run.
        TeamNotInRun = "team-not-in-run",
        /// The same, most of whose workers are found in one team of this run.
        RenamedOrMerged = "renamed-or-merged",
        /// A team that is not in the run before.
        TeamNotInRunBefore = "team-not-in-run-before",
        /// A team that was away in the run before, and in one earlier.
        TeamBack = "team-back",
        /// A team that was found by its name in another workbook.
        TeamInOtherFile = "team-in-other-file",
        /// The policies are not those of the run before.
        PolicyChanged = "policy-changed",
        /// The run is of the same date as the one before.
        SameDate = "same-date",
        /// Some of the run's inputs could not be read.
        RunIncomplete = "run-incomplete",
        /// The run's tables have no column for some figures.
        FiguresNotKnown = "figures-not-known",
    }
}

impl ChangeKind {
    /// It is of a worker.
    pub fn is_of_worker(self) -> bool {
        self <= ChangeKind::ActionsOverdue
    }

    /// It says what cannot be compared, or not without care.
    pub fn is_told(self) -> bool {
        self > ChangeKind::ActionsOverdue && self != ChangeKind::TeamInOtherFile
    }
}

/// A change from one run to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it is of.
    pub kind: ChangeKind,
    /// The run it was found in, by its position.
    pub run: usize,
    /// The workbook; empty where it is of the run.
    pub file: String,
    /// The team; empty where it is of the run.
    pub team: String,
    /// The worker; empty where it is of a team or run.
    pub worker: String,
    /// Since when, or the day that was missed.
    pub since: Option<Date>,
    /// Runs running, or actions overdue.
    pub runs: Option<u32>,
    /// One sentence without the worker's name.
    pub message: String,
}

impl RunHead {
    /// The run as people speak of it: its folder and date.
    pub fn named(&self) -> String {
        named_run(&self.label, self.as_of)
    }
}

impl TrendLine {
    /// A figure in a run, where the team is in it and it is known.
    pub fn figure(&self, run: usize, figure: Figure) -> Option<Decimal> {
        self.at.get(run)?.as_ref()?.get(&figure).copied()
    }

    /// A figure less that of the run before.
    pub fn change(&self, run: usize, figure: Figure) -> Option<Decimal> {
        Some((self.figure(run, figure)? - self.figure(run.checked_sub(1)?, figure)?).normalize())
    }
}

impl Trend {
    /// The position of the latest run.
    pub fn last(&self) -> usize {
        self.runs.len().saturating_sub(1)
    }

    /// A figure of the directorate less that of the run before.
    pub fn change(&self, run: usize, figure: Figure) -> Option<Decimal> {
        let (now, before) = (self.whole.get(run)?, self.whole.get(run.checked_sub(1)?)?);
        Some((now.get(&figure)? - before.get(&figure)?).normalize())
    }

    /// The changes of one kind in one run.
    pub fn of(&self, run: usize, kind: ChangeKind) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |change| change.run == run && change.kind == kind)
    }

    /// What cannot be compared, or not without care; the latest run's first.
    pub fn told(&self) -> impl Iterator<Item = &Change> {
        let of = |run: usize| self.changes.iter().filter(move |change| change.run == run);
        (0..self.runs.len()).rev().flat_map(of).filter(|change| change.kind.is_told())
    }

    /// What the last run has changed, in sentences without a worker's name; none where there is one run alone.
    pub fn in_words(&self) -> Vec<String> {
        let now = self.last();
        let Some(before) = now.checked_sub(1) else { return Vec::new() };
        let mut said = Vec::new();
        let (then, here) = (self.runs[before].named(), self.runs[now].named());
        let used = |run: usize| self.whole[run].get(&Figure::LimitsUsed).copied();
        said.push(match (used(before), used(now)) {
            (Some(old), Some(new)) => format!(
                "Limits used by the directorate: {} % in {then}, {} % in {here}: {}.",
                rounded(old, 1),
                rounded(new, 1),
                Turn::of(Figure::LimitsUsed, Some(new - old)).sentence(Figure::LimitsUsed)
            ),
            _ => format!("How the directorate's use of its limits changed from {then} to {here} is not known."),
        });
        let alone = self.lines.iter().filter(|line| line.at[now].is_some() != line.at[before].is_some()).count();
        if alone > 0 {
            said.push(format!(
                "{} in one of these two runs alone: a part of the directorate's change comes from that.",
                count(alone, "team is", "teams are")
            ));
        }
        said.push(self.teams_in_words(now));
        let number = |kind: ChangeKind| self.of(now, kind).count();
        let red = self.runs[now].red as usize;
        let unsure = number(ChangeKind::RedNotScoredBefore) + number(ChangeKind::RedNotMatched);
        let mut parts = vec![format!("{} newly", number(ChangeKind::NewlyRed))];
        for (many, what) in [
            (number(ChangeKind::RedNotInRunBefore), "not in the run before"),
            (unsure, "of whom it is not known whether newly"),
            (number(ChangeKind::RedRunning), "in three or more runs running"),
        ] {
            if many > 0 {
                parts.push(format!("{many} {what}"));
            }
        }
        said.push(format!(
            "{} red, {} in the run before: {}; {} red no longer.",
            count(red, "worker is", "workers are"),
            self.runs[before].red,
            parts.join(", "),
            count(number(ChangeKind::NoLongerRed), "is", "are"),
        ));
        said.push(match self.runs[now].with_overdue {
            Some(0) => "No action of a plan that came back is overdue.".into(),
            Some(some) => {
                format!("Actions are overdue for {}.", count(some as usize, "worker", "workers"))
            }
            None => "Whether actions are overdue is not known: no action plan came back.".into(),
        });
        said
    }

    fn teams_in_words(&self, now: usize) -> String {
        let here = self.lines.iter().filter(|line| line.at[now].is_some());
        let (mut more, mut less, mut same, mut unknown) = (0, 0, 0, 0);
        let mut most: Option<(Decimal, &TrendLine)> = None;
        for line in here {
            match line.change(now, Figure::LimitsUsed) {
                None => unknown += 1,
                Some(change) if change.is_zero() => same += 1,
                Some(change) if change < Decimal::ZERO => less += 1,
                Some(change) => {
                    more += 1;
                    if most.is_none_or(|(most, _)| change > most) {
                        most = Some((change, line));
                    }
                }
            }
        }
        let mut text = format!(
            "{} more of their limits than in the run before, {less} less, {same} the same; of {unknown} it is not known.",
            count(more, "team uses", "teams use")
        );
        if let Some((change, line)) = most {
            text.push_str(&format!(
                " The largest rise: {}, up {} points to {} %.",
                line.team,
                rounded(change, 1),
                line.figure(now, Figure::LimitsUsed).map_or(String::new(), |used| rounded(used, 1).to_string())
            ));
        }
        text
    }
}

/// Which way a figure went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Heavier for the team.
    Worse(Decimal),
    /// Lighter.
    Better(Decimal),
    /// Neither better nor worse, or the same.
    Neutral(Decimal),
    /// Not known in one of the runs.
    NotKnown,
}

impl Turn {
    /// The way of a figure that changed by so much.
    pub fn of(figure: Figure, change: Option<Decimal>) -> Self {
        match (change, figure.worse()) {
            (None, _) => Turn::NotKnown,
            (Some(change), Way::Up) if change > Decimal::ZERO => Turn::Worse(change),
            (Some(change), Way::Down) if change < Decimal::ZERO => Turn::Worse(change),
            (Some(change), Way::Up | Way::Down) if !change.is_zero() => Turn::Better(change),
            (Some(change), _) => Turn::Neutral(change),
        }
    }

    /// `up 3.1 points, worse`.
    pub fn sentence(self, figure: Figure) -> String {
        let moved = |change: Decimal| {
            let points = if figure.is_percent() { " points" } else { "" };
            let way = if change > Decimal::ZERO { "up" } else { "down" };
            let places = if figure.is_percent() && rounded(change, 1) != Decimal::ZERO { 1 } else { 2 };
            format!("{way} {}{points}", rounded(change.abs(), places))
        };
        match self {
            Turn::Worse(change) => format!("{}, worse", moved(change)),
            Turn::Better(change) => format!("{}, better", moved(change)),
            Turn::Neutral(change) if change.is_zero() => "unchanged".into(),
            Turn::Neutral(change) => moved(change),
            Turn::NotKnown => "not known".into(),
        }
    }
}
