//! Runs as their tables tell of them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::book::rag::Rag;
use crate::directorate::figures::{Adds, COMPARED, Figure};
use crate::field::quality::FileStatus;
use crate::field::rating::{AGREED, Measure};

use super::named_run;

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
    /// Its figures: those that runs are compared by, and the sums that these are made of.
    pub figures: Figures,
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
        let has = |figure: &Figure| tables.teams.column(figure.name()).is_some();
        let absent = COMPARED.iter().copied().filter(|figure| !has(figure)).collect();
        let teams = rows("teams.csv", &tables.teams).map(team).collect::<Result<_, _>>()?;
        let workers = rows("workers.csv", &tables.workers).map(worker).collect::<Result<_, _>>()?;
        let errors = match &tables.findings {
            None => None,
            Some(findings) => {
                let severity = findings.column("severity").ok_or("findings.csv has no column severity")?;
                Some(findings.rows.iter().filter(|row| row[severity] == "error").count() as u32)
            }
        };
        let mut run = Self { label: label.to_string(), about, teams, workers, absent, errors };
        let limits = sums_of(Measure::Limit, &tables.ratings)?;
        let points = sums_of(Measure::Points, &tables.ratings)?;
        run.fill(Figure::LimitsUsed, &limits);
        run.fill(Figure::PointsUsed, &points);
        Ok(run)
    }

    /// The run as people speak of it: its folder and date.
    pub fn named(&self) -> String {
        named_run(&self.label, self.about.as_of)
    }

    /// The sums of a ratio from the ratings where teams.csv has none; all or none, and only where they give the teams'
    /// own ratios.
    fn fill(&mut self, ratio: Figure, sums: &SumsByTeam) {
        let Adds::Ratio(part, of) = ratio.adds() else { return };
        let mut found = Vec::new();
        for team in &self.teams {
            let figure = |figure: Figure| team.figures.get(&figure).copied();
            let own = figure(part).zip(figure(of));
            let pair = own.or_else(|| sums.get(&(team.file.clone(), team.team.clone())).copied());
            let pair = pair.or_else(|| figure(ratio).is_none().then_some((Decimal::ZERO, Decimal::ZERO)));
            // Sums that do not give the share beside them were typed over: of the whole nothing is known then.
            found.push(pair.filter(|pair| ratio.ratio(*pair) == figure(ratio)));
        }
        if found.contains(&None) {
            found.fill(None);
        }
        for (team, pair) in self.teams.iter_mut().zip(found) {
            match pair {
                Some(pair) => team.figures.extend([(part, pair.0), (of, pair.1)]),
                None => team.figures.retain(|figure, _| *figure != part && *figure != of),
            }
        }
    }
}

/// The figures that a comparison takes from teams.csv: those it shows, and what these are made of.
fn needed() -> impl Iterator<Item = Figure> {
    let made_of = COMPARED.iter().flat_map(|figure| match figure.adds() {
        Adds::Ratio(part, of) => vec![part, of],
        Adds::PerFte(count) => vec![count],
        _ => Vec::new(),
    });
    COMPARED.iter().copied().chain(made_of)
}

fn team(row: Row<'_>) -> Result<PastTeam, String> {
    let mut figures = Figures::new();
    for figure in needed() {
        if let Some(value) = row.figure(figure.name())? {
            figures.insert(figure, value);
        }
    }
    let area = row.text("service_area").to_string();
    Ok(PastTeam { file: row.needed("file")?, team: row.needed("team")?, area, figures })
}

fn worker(row: Row<'_>) -> Result<PastWorker, String> {
    let rag = Rag::named(&row.needed("rag")?).ok_or_else(|| row.not("rag", "a colour"))?;
    let next_action = match row.text("next_action") {
        "" => None,
        day => Some(day.parse().map_err(|_| row.not("next_action", "a date"))?),
    };
    Ok(PastWorker {
        file: row.needed("file")?,
        team: row.needed("team")?,
        worker: row.needed("worker")?,
        rag,
        actions_open: row.count("actions_open")?,
        actions_overdue: row.count("actions_overdue")?,
        next_action,
    })
}

/// Σ load and Σ upper figures by file and team.
type SumsByTeam = BTreeMap<(String, String), (Decimal, Decimal)>;

/// The sums by team of the first policy that scores each worker and of agreed limits:
/// what a team's share of limits is made of.
fn sums_of(measure: Measure, ratings: &Records) -> Result<SumsByTeam, String> {
    let mut sums = SumsByTeam::new();
    let mut first: BTreeMap<[String; 3], String> = BTreeMap::new();
    for row in rows("ratings.csv", ratings) {
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

fn rows<'a>(table: &'static str, records: &'a Records) -> impl Iterator<Item = Row<'a>> {
    (0..records.rows.len()).map(move |at| Row { table, records, at })
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
