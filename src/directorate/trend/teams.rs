//! Which team is which from run to run.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::phrase::count;
use crate::book::text::fold;
use crate::directorate::history::{Change, ChangeKind, PastRun, PastTeam, plain_stem};

use super::workers::person;
use super::{Matched, Timeless};

/// Gives every team of every run its line.
pub fn matched(runs: &[PastRun], timeless: Timeless<'_>) -> Matched {
    let mut matched = Matched { line_of: Vec::new(), by_name: Vec::new(), became: BTreeMap::new() };
    // The team that each line had last.
    let mut last: Vec<&PastTeam> = Vec::new();
    for (at, run) in runs.iter().enumerate() {
        let mut line_of: Vec<Option<usize>> = vec![None; run.teams.len()];
        let keys: [Key<'_>; 3] = [
            &|team| [team.file.clone(), fold(&team.team)],
            &|team| [timeless(stem(&team.file)), timeless(&team.team)],
            &|team| [String::new(), timeless(&team.team)],
        ];
        for (pass, key) in keys.iter().enumerate() {
            let here = alone(run.teams.iter().map(key));
            let there = alone(last.iter().map(|team| key(team)));
            for (key, team) in here {
                let Some(line) = there.get(&key) else { continue };
                if line_of[team].is_some() || line_of.contains(&Some(*line)) {
                    continue;
                }
                line_of[team] = Some(*line);
                if pass == keys.len() - 1 {
                    matched.by_name.push((at, team));
                }
            }
        }
        let mut given = Vec::new();
        for (team, line) in run.teams.iter().zip(line_of) {
            let line = line.unwrap_or(last.len());
            match last.get_mut(line) {
                Some(known) => *known = team,
                None => last.push(team),
            }
            given.push(line);
        }
        matched.line_of.push(given);
    }
    matched
}

/// What a team is known by.
type Key<'a> = &'a dyn Fn(&PastTeam) -> [String; 2];

/// Keys that stand once, with the position of the one who has it.
fn alone(keys: impl Iterator<Item = [String; 2]>) -> BTreeMap<[String; 2], usize> {
    let mut all: BTreeMap<[String; 2], Option<usize>> = BTreeMap::new();
    for (at, key) in keys.enumerate() {
        all.entry(key).and_modify(|found| *found = None).or_insert(Some(at));
    }
    all.into_iter().filter_map(|(key, at)| Some((key, at?))).collect()
}

/// The name of a file without folders and ending; an annotated workbook that came back has its source's.
fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    plain_stem(stem).unwrap_or(stem)
}

/// What is to be told of teams: missing, new, back, or found in another workbook.
pub fn changes(runs: &[PastRun], matched: &mut Matched) -> Vec<Change> {
    let mut changes: Vec<Change> = matched
        .by_name
        .iter()
        .map(|(run, team)| {
            let (line, own) = (matched.line_of[*run][*team], &runs[*run].teams[*team]);
            let before = matched.last_before(*run, line).and_then(|at| Some(&runs[at].teams[matched.team(at, line)?]));
            let message =
                format!("taken for {} of {} by its name", quoted(before), before.map_or("", |team| &team.file));
            told(ChangeKind::TeamInOtherFile, *run, own, message)
        })
        .collect();
    for now in 1..runs.len() {
        let before = now - 1;
        let (here, there) = (Whereabouts::new(&runs[now]), Whereabouts::new(&runs[before]));
        // Teams of this run that those gone may have become.
        let mut become_of: BTreeSet<usize> = BTreeSet::new();
        for (at, team) in runs[before].teams.iter().enumerate() {
            if matched.team(now, matched.line_of[before][at]).is_some() {
                continue;
            }
            let gone = format!("{} is in {} and not in {}", team.team, runs[before].named(), runs[now].named());
            let found = here.most_of(&there.of[at]);
            changes.push(match found {
                None => told(ChangeKind::TeamNotInRun, now, team, gone),
                Some((to, found)) => {
                    become_of.insert(to);
                    matched.became.insert((now, matched.line_of[before][at]), matched.line_of[now][to]);
                    let other = &runs[now].teams[to];
                    let all = count(there.of[at].len(), "worker is", "workers are");
                    let message = format!(
                        "{gone}; {found} of its {all} in {} now: renamed or merged? If it is one team, give it one name in \
                         the workbooks of both months and run them again",
                        other.team
                    );
                    told(ChangeKind::RenamedOrMerged, now, team, message)
                }
            });
        }
        for (at, team) in runs[now].teams.iter().enumerate() {
            let line = matched.line_of[now][at];
            if matched.team(before, line).is_some() {
                continue;
            }
            let mut message = format!("{} is in {} and not in {}", team.team, runs[now].named(), runs[before].named());
            let kind = match matched.last_before(now, line) {
                Some(earlier) => {
                    message.push_str(&format!(
                        "; it was in {}: how it changed since then is not reckoned",
                        runs[earlier].named()
                    ));
                    ChangeKind::TeamBack
                }
                None => {
                    if let Some((from, found)) = there.most_of(&here.of[at])
                        && !become_of.contains(&at)
                    {
                        let all = count(here.of[at].len(), "worker was", "workers were");
                        message.push_str(&format!("; {found} of its {all} in {} then", runs[before].teams[from].team));
                    }
                    ChangeKind::TeamNotInRunBefore
                }
            };
            changes.push(told(kind, now, team, message));
        }
    }
    changes
}

fn quoted(team: Option<&PastTeam>) -> &str {
    team.map_or("the one", |team| &team.team)
}

fn told(kind: ChangeKind, run: usize, team: &PastTeam, message: String) -> Change {
    let (file, team) = (team.file.clone(), team.team.clone());
    Change { kind, run, file, team, worker: String::new(), since: None, runs: None, message }
}

/// Who is in which team of a run.
struct Whereabouts {
    /// Names by team.
    of: Vec<BTreeSet<String>>,
}

impl Whereabouts {
    fn new(run: &PastRun) -> Self {
        let at: BTreeMap<(&str, &str), usize> =
            run.teams.iter().enumerate().map(|(at, team)| ((team.file.as_str(), team.team.as_str()), at)).collect();
        let mut of = vec![BTreeSet::new(); run.teams.len()];
        for worker in &run.workers {
            if let Some(team) = at.get(&(worker.file.as_str(), worker.team.as_str())) {
                of[*team].insert(person(&worker.worker));
            }
        }
        Self { of }
    }

    /// The one team that has more than half of these names, and how many.
    fn most_of(&self, names: &BTreeSet<String>) -> Option<(usize, usize)> {
        let found = self.of.iter().enumerate().map(|(at, own)| (at, own.intersection(names).count()));
        let (at, most) = found.max_by_key(|(at, found)| (*found, std::cmp::Reverse(*at)))?;
        (most * 2 > names.len()).then_some((at, most))
    }
}
