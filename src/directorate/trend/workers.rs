//! What changed for workers from run to run.

use std::collections::BTreeMap;

use crate::book::phrase::{count, day};
use crate::book::rag::Rag;
use crate::book::text::fold;
use crate::directorate::history::{Change, ChangeKind, PastRun, PastWorker};

use super::Matched;

/// Runs of different dates from which on red is told as lasting.
const LASTING: usize = 3;

/// What is to be told of workers.
pub fn changes(runs: &[PastRun], matched: &Matched) -> Vec<Change> {
    let mut changes = Vec::new();
    // For each worker of the run before: since which run they have been red, and in how many of different dates.
    let mut streaks: Vec<Option<Streak>> = Vec::new();
    let lines: Vec<Vec<Option<usize>>> = runs.iter().zip(&matched.line_of).map(|(run, own)| lines(run, own)).collect();
    for (now, run) in runs.iter().enumerate() {
        let links = match now.checked_sub(1) {
            Some(before) => linked((&runs[before], &lines[before]), (run, &lines[now])),
            None => vec![Link::Unasked; run.workers.len()],
        };
        let mut own = Vec::new();
        for (at, worker) in run.workers.iter().enumerate() {
            let earlier = links[at].to().map(|before| (before, &runs[now - 1].workers[before]));
            let streak =
                (worker.rag == Rag::Red).then(|| Streak::after(earlier.and_then(|(at, _)| streaks[at]), runs, now));
            let mut tell = |kind: ChangeKind, since, count: Option<u32>, message: String| {
                let (file, team) = (worker.file.clone(), worker.team.clone());
                let worker = worker.worker.clone();
                changes.push(Change { kind, run: now, file, team, worker, since, runs: count, message });
            };
            if let Some((kind, message)) = turned(worker, &links[at], earlier.map(|(_, worker)| worker)) {
                tell(kind, None, None, message);
            }
            if let Some(streak) = streak.filter(|streak| streak.dates >= LASTING) {
                let since = runs[streak.since].about.as_of;
                let message = format!("red in {} runs running, since {}", streak.dates, day(since));
                tell(ChangeKind::RedRunning, Some(since), u32::try_from(streak.dates).ok(), message);
            }
            let teams = earlier.and_then(|(before, old)| Some((old, lines[now - 1][before]?, lines[now][at]?)));
            // Where the old team itself became the new one, that is told of the team.
            if let Some((old, from, to)) = teams.filter(|(_, from, to)| from != to)
                && matched.became.get(&(now, from)) != Some(&to)
            {
                let message = format!("was in {} of {} in {}", old.team, old.file, runs[now - 1].named());
                tell(ChangeKind::MovedTeam, None, None, message);
            }
            if let Some(overdue) = worker.actions_overdue.filter(|overdue| *overdue > 0) {
                let open = count(worker.actions_open.unwrap_or(overdue) as usize, "open action", "open actions");
                let due =
                    worker.next_action.map_or(String::new(), |due| format!("; the earliest was due on {}", day(due)));
                tell(
                    ChangeKind::ActionsOverdue,
                    worker.next_action,
                    Some(overdue),
                    format!("{overdue} of {open} overdue{due}"),
                );
            }
            own.push(streak);
        }
        streaks = own;
    }
    changes
}

/// A worker's name as it is compared: `Surname, First` and `First Surname` are one.
pub fn person(name: &str) -> String {
    match name.split_once(',') {
        Some((surname, first)) if !first.contains(',') && !fold(first).is_empty() => {
            format!("{} {}", fold(first), fold(surname))
        }
        _ => fold(name),
    }
}

/// How long a worker has been red.
#[derive(Clone, Copy)]
struct Streak {
    /// The first run of it.
    since: usize,
    /// Runs of different dates.
    dates: usize,
}

impl Streak {
    fn after(before: Option<Streak>, runs: &[PastRun], now: usize) -> Self {
        match before {
            None => Self { since: now, dates: 1 },
            Some(Streak { since, dates }) => {
                let later = runs[now].about.as_of > runs[now - 1].about.as_of;
                Self { since, dates: dates + usize::from(later) }
            }
        }
    }
}

/// Who a worker is in the run before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    /// There is no run before.
    Unasked,
    /// This worker.
    To(usize),
    /// Nobody of this name.
    Nobody,
    /// The name stands more than once in one of the runs, and which is which cannot be told.
    Several,
}

impl Link {
    fn to(self) -> Option<usize> {
        match self {
            Link::To(at) => Some(at),
            _ => None,
        }
    }
}

/// The line of each worker's team.
fn lines(run: &PastRun, line_of: &[usize]) -> Vec<Option<usize>> {
    let by_name: BTreeMap<(&str, &str), usize> =
        run.teams.iter().zip(line_of).map(|(team, line)| ((team.file.as_str(), team.team.as_str()), *line)).collect();
    run.workers.iter().map(|worker| by_name.get(&(worker.file.as_str(), worker.team.as_str())).copied()).collect()
}

type Lined<'a> = (&'a PastRun, &'a [Option<usize>]);

/// Who is who: by team and name, else by a name that stands once in each of the runs.
fn linked(before: Lined<'_>, now: Lined<'_>) -> Vec<Link> {
    let by_team = |(run, lines): Lined<'_>| {
        let mut all: BTreeMap<(Option<usize>, String), Vec<usize>> = BTreeMap::new();
        for (at, worker) in run.workers.iter().enumerate() {
            all.entry((lines[at], person(&worker.worker))).or_default().push(at);
        }
        all
    };
    let by_name = |run: &PastRun| {
        let mut all: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, worker) in run.workers.iter().enumerate() {
            all.entry(person(&worker.worker)).or_default().push(at);
        }
        all
    };
    let (there, here) = (by_team(before), by_team(now));
    let (names_there, names_here) = (by_name(before.0), by_name(now.0));
    let mut links = Vec::new();
    for (at, worker) in now.0.workers.iter().enumerate() {
        let name = person(&worker.worker);
        let key = (now.1[at], name.clone());
        let in_team = match (key.0.is_some(), there.get(&key), here.get(&key)) {
            (true, Some(one), Some(own)) if one.len() == 1 && own.len() == 1 => Some(one[0]),
            _ => None,
        };
        links.push(match (in_team, names_there.get(&name), names_here.get(&name)) {
            (Some(one), ..) => Link::To(one),
            (None, Some(one), Some(own)) if one.len() == 1 && own.len() == 1 => Link::To(one[0]),
            (None, None, _) => Link::Nobody,
            _ => Link::Several,
        });
    }
    links
}

/// How a worker's colour turned, where it is told.
fn turned(worker: &PastWorker, link: &Link, earlier: Option<&PastWorker>) -> Option<(ChangeKind, String)> {
    let told = |kind, message: &str| Some((kind, message.to_string()));
    match (worker.rag, link, earlier.map(|earlier| earlier.rag)) {
        (Rag::Red, Link::To(_), Some(Rag::Red)) => None,
        (Rag::Red, Link::To(_), Some(Rag::NotScored)) => {
            told(ChangeKind::RedNotScoredBefore, "red; not scored in the run before, so whether newly is not known")
        }
        (Rag::Red, Link::To(_), Some(before)) => {
            told(ChangeKind::NewlyRed, &format!("red; {} in the run before", before.name()))
        }
        (Rag::Red, Link::Nobody, _) => told(ChangeKind::RedNotInRunBefore, "red; not in the run before"),
        (Rag::Red, Link::Several, _) => {
            told(ChangeKind::RedNotMatched, "red; more than one worker has this name, so whether newly is not known")
        }
        (Rag::Amber | Rag::Green, Link::To(_), Some(Rag::Red)) => {
            told(ChangeKind::NoLongerRed, &format!("{}; red in the run before", worker.rag.name()))
        }
        _ => None,
    }
}
