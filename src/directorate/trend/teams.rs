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
    let mut changes = in_other_files(runs, matched);
    for now in 1..runs.len() {
        let step = Step {
            runs,
            now,
            before: now - 1,
            here: Whereabouts::new(&runs[now]),
            there: Whereabouts::new(&runs[now - 1]),
        };
        let (gone, become_of) = step.gone(matched);
        changes.extend(gone);
        changes.extend(step.come(matched, &become_of));
    }
    changes
}

fn in_other_files(runs: &[PastRun], matched: &Matched) -> Vec<Change> {
    let change = |(run, team): &(usize, usize)| {
        let (line, own) = (matched.line_of[*run][*team], &runs[*run].teams[*team]);
        let before = matched.last_before(*run, line).and_then(|at| Some(&runs[at].teams[matched.team(at, line)?]));
        let message = format!("taken for {} of {} by its name", quoted(before), before.map_or("", |team| &team.file));
        told(ChangeKind::TeamInOtherFile, *run, own, message)
    };
    matched.by_name.iter().map(change).collect()
}

/// One run to the next, and who is where in both.
struct Step<'a> {
    runs: &'a [PastRun],
    now: usize,
    before: usize,
    here: Whereabouts,
    there: Whereabouts,
}

impl Step<'_> {
    /// Teams of the run before that are not in this one, and the teams of this run that they may have become.
    fn gone(&self, matched: &mut Matched) -> (Vec<Change>, BTreeSet<usize>) {
        let (now, before) = (&self.runs[self.now], &self.runs[self.before]);
        let (mut changes, mut become_of) = (Vec::new(), BTreeSet::new());
        for (at, team) in before.teams.iter().enumerate() {
            let line = matched.line_of[self.before][at];
            if matched.team(self.now, line).is_some() {
                continue;
            }
            let gone = format!("{} is in {} and not in {}", team.team, before.named(), now.named());
            changes.push(match self.here.most_of(&self.there.of[at]) {
                None => told(ChangeKind::TeamNotInRun, self.now, team, gone),
                Some((to, found)) => {
                    become_of.insert(to);
                    matched.became.insert((self.now, line), matched.line_of[self.now][to]);
                    let all = count(self.there.of[at].len(), "worker is", "workers are");
                    let message = format!(
                        "{gone}; {found} of its {all} in {} now: renamed or merged? If it is one team, give it one name in \
                         the workbooks of both months and run them again",
                        now.teams[to].team
                    );
                    told(ChangeKind::RenamedOrMerged, self.now, team, message)
                }
            });
        }
        (changes, become_of)
    }

    /// Teams of this run that are not in the one before; `become_of` are those that others may have become.
    fn come(&self, matched: &Matched, become_of: &BTreeSet<usize>) -> Vec<Change> {
        let (now, before) = (&self.runs[self.now], &self.runs[self.before]);
        let mut changes = Vec::new();
        for (at, team) in now.teams.iter().enumerate() {
            let line = matched.line_of[self.now][at];
            if matched.team(self.before, line).is_some() {
                continue;
            }
            let mut message = format!("{} is in {} and not in {}", team.team, now.named(), before.named());
            let kind = match matched.last_before(self.now, line) {
                Some(earlier) => {
                    let earlier = self.runs[earlier].named();
                    message.push_str(&format!("; it was in {earlier}: how it changed since then is not reckoned"));
                    ChangeKind::TeamBack
                }
                None => {
                    if let Some((from, found)) = self.there.most_of(&self.here.of[at])
                        && !become_of.contains(&at)
                    {
                        let all = count(self.here.of[at].len(), "worker was", "workers were");
                        message.push_str(&format!("; {found} of its {all} in {} then", before.teams[from].team));
                    }
                    ChangeKind::TeamNotInRunBefore
                }
            };
            changes.push(told(kind, self.now, team, message));
        }
        changes
    }
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
