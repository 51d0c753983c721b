//! The CSVs as rows of text, before any file exists; `columns` is the contract with other programs.

mod columns;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::directorate::figures::{COMPARED, Figure, TABLED};
use crate::directorate::history::Trend;
use crate::directorate::outward::{Disclosed, MARK, Shared, SharedLine};
use crate::directorate::team_line::TeamLine;
use crate::field::caseload::{Entry, ServiceArea, Team, Worker, beside, shared};
use crate::field::finding::Finding;
use crate::field::judged::Judged;
use crate::field::plan::{self, Standing};
use crate::field::rating::{Measure, Rag, Rating, ScoredWorker, rounded};
use crate::policy::hash;

pub use crate::directorate::column::{Column, Kind, Table};
pub use columns::{ALL, CHANGES, FINDINGS, RATINGS, SHEETS, TEAMS, TEAMS_SUPPRESSED, TREND, WORKERS};

/// What trend.csv calls the directorate.
pub const WHOLE: &str = "Directorate";

/// A table's rows, cells as text.
pub type Rows = Vec<Vec<String>>;

/// One workbook's rows of four tables; teams.csv needs all workbooks.
#[derive(Debug, Clone, Default)]
pub struct FileRows {
    /// For ratings.csv.
    pub ratings: Rows,
    /// For workers.csv.
    pub workers: Rows,
    /// For findings.csv.
    pub findings: Rows,
    /// For sheets.csv.
    pub sheets: Rows,
}

impl FileRows {
    /// Each table with its rows.
    pub fn each(&self) -> [(&'static Table, &Rows); 4] {
        [(&RATINGS, &self.ratings), (&WORKERS, &self.workers), (&FINDINGS, &self.findings), (&SHEETS, &self.sheets)]
    }

    /// Puts the rows of another workbook below.
    pub fn append(&mut self, mut other: Self) {
        self.ratings.append(&mut other.ratings);
        self.workers.append(&mut other.workers);
        self.findings.append(&mut other.findings);
        self.sheets.append(&mut other.sheets);
    }
}

/// The rows that one workbook gives, in the order of sheet and row, as things stand on a day.
pub fn rows(judged: &Judged, as_of: Date) -> FileRows {
    FileRows {
        ratings: ratings(judged),
        workers: workers(judged, as_of),
        findings: findings(&judged.file, &judged.findings, |finding| {
            finding.place.map_or("", |place| judged.caseload.sheet_name(place)).to_string()
        }),
        sheets: sheets(judged),
    }
}

fn ratings(judged: &Judged) -> Rows {
    let mut rows = Rows::new();
    for (team, scored) in judged.caseload.teams.iter().zip(&judged.scored.teams) {
        for (worker, scored) in team.workers.iter().zip(scored) {
            let summed = |rating: &Rating| {
                let of = |measure| scored.first_by(measure).any(|other| std::ptr::eq(other, rating));
                of(Measure::Limit) || of(Measure::Points)
            };
            for rating in &scored.ratings {
                let figure =
                    |figure: Option<Decimal>| figure.map_or(String::new(), |figure| figure.normalize().to_string());
                rows.push(vec![
                    judged.file.clone(),
                    team.name.clone(),
                    worker.name.clone(),
                    rating.policy.clone(),
                    rating.measure.to_string(),
                    rating.unit.to_string(),
                    figure(rating.load),
                    figure(rating.against.as_ref().map(|against| against.lower())),
                    figure(rating.against.as_ref().map(|against| against.upper())),
                    figure(rating.utilisation().map(|percent| rounded(percent, 2))),
                    rating.rag.to_string(),
                    if rating.governs { "yes" } else { "" }.into(),
                    rating.because.clone(),
                    figure(rating.full_time_upper()),
                    if summed(rating) { "yes" } else { "" }.into(),
                    if rating.advisory { "yes" } else { "" }.into(),
                ]);
            }
        }
    }
    rows
}

fn workers(judged: &Judged, as_of: Date) -> Rows {
    let mut rows = Rows::new();
    for (team, scored) in judged.caseload.teams.iter().zip(&judged.scored.teams) {
        for ((worker, scored), shared) in team.workers.iter().zip(scored).zip(shared(team)) {
            let counted = beside(team, worker);
            let number = |count: Option<u32>| count.map_or(String::new(), |count| count.to_string());
            let [open, overdue, next] = actions(judged, team, worker, scored, as_of);
            let fte = worker.fte().filter(|_| !worker.only_co_worker);
            let (rag, reason) = match &worker.judgement {
                Entry::Given(judgement, _) => (judgement.rag.to_string(), judgement.reason.clone()),
                _ => Default::default(),
            };
            rows.push(vec![
                judged.file.clone(),
                team.name.clone(),
                area(team.area),
                worker.name.clone(),
                worker.role.to_string(),
                worker.stage.map_or(String::new(), |stage| stage.to_string()),
                fte.map_or(String::new(), |fte| fte.0.normalize().to_string()),
                number(counted.children),
                number(counted.households),
                number(counted.cp),
                number(counted.cioc),
                number(counted.care_proceedings),
                counted.co_worked.to_string(),
                number(counted.awaiting_move),
                scored.rag().to_string(),
                rag,
                reason,
                number(worker.official_cases()),
                open,
                overdue,
                next,
                number(counted.children.map(|_| shared.children)),
                number(counted.households.map(|_| shared.households)),
                number(counted.cp.map(|_| shared.cp)),
                number(counted.cioc.map(|_| shared.cioc)),
                number(counted.care_proceedings.map(|_| shared.care_proceedings)),
            ]);
        }
    }
    rows
}

/// The actions of a worker's plan still open, those overdue, and the earliest day of one; nothing of what was typed.
///
/// Empty where no plan came back. A worker who is neither amber nor red has none open: the plan closes them.
fn actions(judged: &Judged, team: &Team, worker: &Worker, scored: &ScoredWorker, as_of: Date) -> [String; 3] {
    if !judged.plan.came_back() {
        return Default::default();
    }
    let mut standing = Standing::default();
    if matches!(scored.rag(), Rag::Red | Rag::Amber) {
        let namesakes = judged.caseload.workers().filter(|(_, other)| plan::same(&other.name, &worker.name));
        standing = judged.plan.standing(&team.name, &worker.name, namesakes.count() == 1, as_of);
    }
    let next = standing.next.map_or(String::new(), |day| day.to_string());
    [standing.open.to_string(), standing.overdue.to_string(), next]
}

/// Rows of findings.csv; `sheet` names a finding's sheet.
pub fn findings(file: &str, findings: &[Finding], sheet: impl Fn(&Finding) -> String) -> Rows {
    let mut seen: std::collections::BTreeMap<String, u32> = std::collections::BTreeMap::new();
    findings
        .iter()
        .map(|finding| {
            let sheet = sheet(finding);
            let cell = finding.place.map_or(String::new(), |place| place.cell.to_string());
            let key = format!("{}\u{1f}{file}\u{1f}{sheet}\u{1f}{cell}", finding.rule.name);
            let mut id = hash(key.as_bytes())[..12].to_string();
            let count = seen.entry(id.clone()).or_default();
            *count += 1;
            if *count > 1 {
                id.push_str(&format!("-{count}"));
            }
            vec![
                file.to_string(),
                sheet,
                cell,
                finding.rule.name.to_string(),
                finding.severity.to_string(),
                finding.team.clone().unwrap_or_default(),
                finding.worker.clone().unwrap_or_default(),
                finding.message.clone(),
                finding.action.clone(),
                id,
            ]
        })
        .collect()
}

fn sheets(judged: &Judged) -> Rows {
    let read = judged.caseload.sheets.iter().filter(|sheet| !sheet.ours);
    read.map(|sheet| {
        vec![
            judged.file.clone(),
            sheet.name.clone(),
            sheet.state.to_string(),
            sheet.layout().to_string(),
            sheet.header().map_or(String::new(), |row| (row + 1).to_string()),
            sheet.rows_read.to_string(),
            sheet.rows_counted.to_string(),
            sheet.set_aside.len().to_string(),
            sheet.reasons(),
        ]
    })
    .collect()
}

/// Rows of teams-suppressed.csv: the teams, and all together last.
pub fn teams_suppressed(shared: &Shared) -> Rows {
    let line = |line: &SharedLine| {
        let told = |figure: &Disclosed| match figure {
            Disclosed::Shown(figure) => figure.normalize().to_string(),
            Disclosed::Hidden => MARK.to_string(),
            Disclosed::Absent => String::new(),
        };
        [line.team.clone(), area(line.area)].into_iter().chain(line.figures.iter().map(told)).collect()
    };
    shared.teams.iter().chain([&shared.whole]).map(line).collect()
}

/// Rows of teams.csv.
pub fn teams(lines: &[TeamLine]) -> Rows {
    lines.iter().map(team).collect()
}

fn team(line: &TeamLine) -> Vec<String> {
    let whose = [line.file.clone(), line.team.clone(), area(line.area)];
    whose.into_iter().chain(TABLED.iter().map(|figure| figure.written(line))).collect()
}

fn area(area: Option<ServiceArea>) -> String {
    area.map_or(String::new(), |area| area.to_string())
}

/// Rows of trend.csv: in each run the directorate first, whose file is empty, then the teams that are in it.
///
/// A team stands under the names it had last, so that its rows are one series.
pub fn trend(trend: &Trend) -> Rows {
    let text = |figure: Option<Decimal>| figure.map_or(String::new(), |figure| figure.normalize().to_string());
    let mut rows = Rows::new();
    for (run, head) in trend.runs.iter().enumerate() {
        let mut row = |file: &str, team: &str, figure: Figure, value: Option<Decimal>, change: Option<Decimal>| {
            rows.push(vec![
                head.as_of.to_string(),
                head.label.clone(),
                file.to_string(),
                team.to_string(),
                figure.name().to_string(),
                figure.row().trend.map_or("", |own| own.unit).to_string(),
                text(value),
                text(change),
            ]);
        };
        for figure in COMPARED {
            row("", WHOLE, *figure, trend.whole[run].get(figure).copied(), trend.change(run, *figure));
        }
        for line in trend.lines.iter().filter(|line| line.at[run].is_some()) {
            for figure in COMPARED {
                row(&line.file, &line.team, *figure, line.figure(run, *figure), line.change(run, *figure));
            }
        }
    }
    rows
}

/// Rows of changes.csv.
pub fn changes(trend: &Trend) -> Rows {
    let rows = trend.changes.iter().map(|change| {
        vec![
            change.kind.to_string(),
            trend.runs[change.run].as_of.to_string(),
            change.file.clone(),
            change.team.clone(),
            change.worker.clone(),
            change.since.map_or(String::new(), |day| day.to_string()),
            change.runs.map_or(String::new(), |runs| runs.to_string()),
            change.message.clone(),
        ]
    });
    rows.collect()
}
