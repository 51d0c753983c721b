//! Runs side by side: which team is which from run to run, and what changed; nothing is joined by guess.

mod teams;
mod workers;

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::book::phrase::count;
use crate::directorate::figures::{Adds, COMPARED, Figure};
use crate::directorate::history::{Change, ChangeKind, Figures, PastRun, PastTeam, RunHead, Trend, TrendLine};

/// A name as it is compared from month to month.
pub type Timeless<'a> = &'a dyn Fn(&str) -> String;

/// Puts runs side by side, by date; runs of one date stay as they are given.
///
/// A team is the same in two runs by its workbook and name, else by its name without a month in it where that is
/// the only one of its kind in both; else it is told as missing and as new. The directorate's shares are
/// Σ load ÷ Σ limits, never a mean of percentages.
pub fn trend(mut runs: Vec<PastRun>, timeless: Timeless<'_>) -> Trend {
    runs.sort_by_key(|run| run.about.as_of);
    let mut changes = about_runs(&runs);
    let mut matched = teams::matched(&runs, timeless);
    changes.extend(teams::changes(&runs, &mut matched));
    changes.extend(workers::changes(&runs, &matched));
    // The order of the kinds is that of the report; within one the order of the run stays.
    changes.sort_by_key(|change| (change.run, change.kind));
    Trend {
        lines: lines(&runs, &matched),
        whole: runs.iter().map(|run| whole(&run.teams)).collect(),
        runs: runs.iter().map(head).collect(),
        changes,
    }
}

/// Which line of the trend each team of each run belongs to.
struct Matched {
    /// By run, then by team: the line.
    line_of: Vec<Vec<usize>>,
    /// Teams found by name in another workbook: run and team.
    by_name: Vec<(usize, usize)>,
    /// By run and the line of a team it has no more: the line of the team that has most of its workers.
    became: BTreeMap<(usize, usize), usize>,
}

impl Matched {
    /// The team of a run that belongs to a line.
    fn team(&self, run: usize, line: usize) -> Option<usize> {
        self.line_of[run].iter().position(|own| *own == line)
    }

    /// The latest run before this one that has the line.
    fn last_before(&self, run: usize, line: usize) -> Option<usize> {
        (0..run).rev().find(|earlier| self.line_of[*earlier].contains(&line))
    }
}

fn head(run: &PastRun) -> RunHead {
    let known = run.workers.iter().any(|worker| worker.actions_overdue.is_some());
    let overdue = run.workers.iter().filter(|worker| worker.actions_overdue.is_some_and(|overdue| overdue > 0));
    RunHead {
        label: run.label.clone(),
        as_of: run.about.as_of,
        policies: run.about.policies.iter().map(|policy| policy.name.clone()).collect(),
        red: run.workers.iter().filter(|worker| worker.rag == crate::book::rag::Rag::Red).count() as u32,
        errors: run.errors,
        with_overdue: known.then(|| overdue.count() as u32),
    }
}

/// Lines in the order of the last run, then those it has no more, the latest gone first.
fn lines(runs: &[PastRun], matched: &Matched) -> Vec<TrendLine> {
    let mut order: Vec<usize> = Vec::new();
    let mut placed = BTreeSet::new();
    for own in matched.line_of.iter().rev() {
        order.extend(own.iter().copied().filter(|line| placed.insert(*line)));
    }
    let line = |line: usize| {
        let of = |run: usize| matched.team(run, line).map(|team| &runs[run].teams[team]);
        let last = (0..runs.len()).rev().find_map(of);
        TrendLine {
            file: last.map_or(String::new(), |team| team.file.clone()),
            team: last.map_or(String::new(), |team| team.team.clone()),
            area: last.map_or(String::new(), |team| team.area.clone()),
            at: (0..runs.len()).map(|run| of(run).map(|team| team.figures.clone())).collect(),
        }
    };
    order.into_iter().map(line).collect()
}

/// The directorate's figures: sums over all teams, and ratios of sums; one team
/// whose sums are not known leaves the ratio not known.
fn whole(teams: &[PastTeam]) -> Figures {
    let mut whole = Figures::new();
    if teams.is_empty() {
        return whole;
    }
    let of = |team: &PastTeam, figure: Figure| team.figures.get(&figure).copied();
    let sum = |figure: Figure| teams.iter().map(|team| of(team, figure)).sum::<Option<Decimal>>();
    // Not every sheet tells of these: counted are the teams that do, with their FTE.
    let told = |figure: Figure| {
        let tell = teams.iter().filter_map(|team| Some((of(team, figure)?, of(team, Figure::Fte)?)));
        tell.reduce(|one, other| (one.0 + other.0, one.1 + other.1))
    };
    for figure in COMPARED {
        let value = match figure.adds() {
            Adds::Sum | Adds::OfRated => sum(*figure),
            Adds::Told => told(*figure).map(|(count, _)| count),
            Adds::Ratio(part, of) => sum(part).zip(sum(of)).and_then(|sums| figure.ratio(sums)),
            Adds::PerFte(count) => told(count).and_then(|sums| figure.ratio(sums)),
            Adds::Least | Adds::Most | Adds::Alone => None,
        };
        if let Some(value) = value {
            whole.insert(*figure, value.normalize());
        }
    }
    whole
}

/// What is to be told of the runs themselves.
fn about_runs(runs: &[PastRun]) -> Vec<Change> {
    let mut changes = Vec::new();
    for (at, run) in runs.iter().enumerate() {
        let mut tell = |kind: ChangeKind, message: String| {
            let none = String::new;
            let since = None;
            changes.push(Change {
                kind,
                run: at,
                file: none(),
                team: none(),
                worker: none(),
                since,
                runs: None,
                message,
            });
        };
        let unread = run.about.unread();
        if unread > 0 {
            let files = count(unread, "file", "files");
            tell(
                ChangeKind::RunIncomplete,
                format!("{files} of {} could not be read: teams may be missing from it", run.named()),
            );
        }
        if !run.absent.is_empty() {
            let names: Vec<&str> = run.absent.iter().map(|figure| figure.label()).collect();
            let message = format!(
                "the tables of {}, written by fairload {}, do not have: {}; for this run they are not known",
                run.named(),
                run.about.version,
                names.join(", ")
            );
            tell(ChangeKind::FiguresNotKnown, message);
        }
        let Some(before) = at.checked_sub(1).map(|at| &runs[at]) else { continue };
        if before.about.as_of == run.about.as_of {
            let message = format!(
                "{} and {} are of one date; they stand in the order given, and their figures are no change over time",
                before.named(),
                run.named()
            );
            tell(ChangeKind::SameDate, message);
        }
        if let Some(what) = policies_changed(before, run) {
            let message = format!(
                "{} and {} were judged by different policies ({what}): their limits, points and colours are not alike; \
                 run the earlier month again under the same policies to compare them",
                before.named(),
                run.named()
            );
            tell(ChangeKind::PolicyChanged, message);
        }
    }
    changes
}

fn policies_changed(before: &PastRun, now: &PastRun) -> Option<String> {
    let by_name = |run: &PastRun| -> BTreeMap<String, String> {
        run.about.policies.iter().map(|policy| (policy.name.clone(), policy.sha256.clone())).collect()
    };
    let (then, now) = (by_name(before), by_name(now));
    let mut parts = Vec::new();
    for (name, hash) in &then {
        match now.get(name) {
            None => parts.push(format!("{name} no longer applied")),
            Some(other) if other != hash => parts.push(format!("{name} has other content")),
            Some(_) => {}
        }
    }
    parts.extend(now.keys().filter(|name| !then.contains_key(*name)).map(|name| format!("{name} newly applied")));
    (!parts.is_empty()).then(|| parts.join("; "))
}
