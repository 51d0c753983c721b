//! What changed from run to run.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::book::names::named;
use crate::directorate::figures::Figure;

use super::named_run;
use super::past::Figures;

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
}
