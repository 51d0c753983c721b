//! What a policy would change against another: for whom, from what to what.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Facts, Policy};
use crate::field::caseload::{Role, ServiceArea};
use crate::field::rating::Measure;

/// What differs between two policies on a date.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Limits, by whom they are for, as each policy chooses them.
    pub limits: Vec<Change>,
    /// Benchmarks in the same way.
    pub benchmarks: Vec<Change>,
    /// Bands, by measure.
    pub bands: Vec<Change>,
    /// Figures, flags, adjustments and tasks, by id.
    pub figures: Vec<Change>,
    /// Entries that only one of them has, in force or not.
    pub entries: Vec<String>,
}

/// One thing before and after; empty where it is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Whom or what it is about.
    pub what: String,
    /// What holds now.
    pub before: String,
    /// What would hold.
    pub after: String,
}

impl Policy {
    /// What this policy would change in place of another, on a date.
    pub fn changes_from(&self, before: &Policy, on: Date) -> Changes {
        let everybody = Policy::everybody(&[before, self]);
        let limits = |policy: &Policy, facts: &Facts<'_>| policy.limits_of_facts_in_words(facts, on).join("; ");
        let mut changes = Changes {
            limits: by_whom(&everybody, |facts| (limits(before, facts), limits(self, facts))),
            ..Changes::default()
        };
        for measure in Measure::ALL {
            let benchmark = |policy: &Policy, facts: &Facts<'_>| {
                let entry = policy.benchmark_of(*measure, facts, on);
                entry.map_or(String::new(), |entry| format!("{} {measure}", entry.value.normalize()))
            };
            let found = by_whom(&everybody, |facts| (benchmark(before, facts), benchmark(self, facts)));
            changes.benchmarks.extend(found);
            let bands = |policy: &Policy| policy.bands(*measure, on).map_or(String::new(), |bands| bands.in_words());
            changes.bands.extend(changed(measure.to_string(), bands(before), bands(self)));
        }
        let (old, new) = (before.figures_by_id(on), self.figures_by_id(on));
        let ids = old.keys().chain(new.keys()).collect::<std::collections::BTreeSet<_>>();
        let of = |all: &BTreeMap<String, String>, id: &str| all.get(id).cloned().unwrap_or_default();
        changes.figures = ids.into_iter().filter_map(|id| changed(id.clone(), of(&old, id), of(&new, id))).collect();
        let only = |one: &Policy, other: &Policy, word: &str| {
            let known: Vec<_> = other.dated().into_iter().map(|it| (it.kind, it.id.to_string(), it.from)).collect();
            let own = one.dated().into_iter().map(|it| (it.kind, it.id.to_string(), it.from));
            let own = own.filter(|entry| !known.contains(entry)).collect::<Vec<_>>();
            own.into_iter().map(|(kind, id, from)| format!("{word}: {kind} {id}, from {from}")).collect::<Vec<_>>()
        };
        changes.entries = [only(self, before, "added"), only(before, self, "removed")].concat();
        changes
    }

    fn figures_by_id(&self, on: Date) -> BTreeMap<String, String> {
        let mut all = BTreeMap::new();
        let figures = self.figures.iter().filter_map(|entry| self.figure(&entry.id, on));
        all.extend(figures.map(|it| (format!("figure {}", it.id), format!("{} {}", it.value.normalize(), it.unit))));
        let mut latest: BTreeMap<String, Date> = BTreeMap::new();
        let mut add = |name: String, from: Date, text: String| {
            if from <= on && latest.get(&name).is_none_or(|before| *before <= from) {
                latest.insert(name.clone(), from);
                all.insert(name, text);
            }
        };
        for it in &self.flags {
            add(format!("flag {}", it.id), it.from, it.in_words());
        }
        for it in &self.adjustments {
            add(format!("adjustment {}", it.id), it.from, format!("{} %", it.percent.normalize()));
        }
        for it in &self.task_kinds {
            add(format!("task {}", it.id), it.from, format!("{} {}", it.value.normalize(), it.unit));
        }
        all
    }
}

impl Changes {
    /// Nothing at all differs.
    pub fn is_empty(&self) -> bool {
        *self == Changes::default()
    }
}

fn changed(what: String, before: String, after: String) -> Option<Change> {
    (before != after).then_some(Change { what, before, after })
}

/// What differs for whom: one line for all of an area that it is the same for, and for all areas alike.
fn by_whom(everybody: &[Facts<'_>], of: impl Fn(&Facts<'_>) -> (String, String)) -> Vec<Change> {
    type Found = (String, String);
    let shown = everybody.iter().filter(|facts| {
        facts.role != Role::Student && (facts.role != Role::Nqsw || facts.base_role == Role::SocialWorker)
    });
    let plain = |facts: &Facts<'_>| Facts { grade: None, team: "", holds: None, ..facts.clone() };
    let mut areas: BTreeMap<ServiceArea, Vec<(Found, Vec<&Facts<'_>>)>> = BTreeMap::new();
    for facts in shown {
        let (Some(area), found) = (facts.area, of(facts)) else { continue };
        let narrowed = facts.grade.is_some() || !facts.team.is_empty() || facts.holds.is_some();
        // What holds for everybody else of the post need not be told again for a grade or a team.
        if found.0 == found.1 || narrowed && of(&plain(facts)) == found {
            continue;
        }
        let of_area = areas.entry(area).or_default();
        match of_area.iter_mut().find(|(known, _)| *known == found) {
            Some((_, met)) => met.push(facts),
            None => of_area.push((found, vec![facts])),
        }
    }
    let mut lines: Vec<((Found, String), Vec<&str>)> = Vec::new();
    for (area, found) in areas {
        for (found, met) in found {
            let key = (found, posts_in_words(&met));
            match lines.iter_mut().find(|(known, _)| *known == key) {
                Some((_, areas)) => areas.push(area.label()),
                None => lines.push((key, vec![area.label()])),
            }
        }
    }
    let everywhere = ServiceArea::ALL.len();
    let line = |(((before, after), posts), areas): ((Found, String), Vec<&str>)| {
        let areas = if areas.len() == everywhere { "every team".into() } else { areas.join(", ") };
        Change { what: format!("{areas}: {posts}"), before, after }
    };
    lines.into_iter().map(line).collect()
}

/// Posts of one area: a role where all its stages in practice are among them, else each stage.
fn posts_in_words(met: &[&Facts<'_>]) -> String {
    let mut words: Vec<String> = Vec::new();
    for facts in met {
        let same = |other: &&&Facts<'_>| {
            (other.role, other.grade, other.team, &other.holds) == (facts.role, facts.grade, facts.team, &facts.holds)
        };
        let stages = met.iter().filter(same).count();
        let role = facts.role.label();
        let mut word = match facts.stage {
            Some(stage) if stage.is_nqsw() => stage.label().to_string(),
            Some(stage) if stages < 3 => format!("{role}, {}", stage.label()),
            _ => role.to_string(),
        };
        if let Some(grade) = facts.grade {
            word.push_str(&format!(" of grade {grade}"));
        }
        if !facts.team.is_empty() {
            word.push_str(&format!(" in a team named {}", facts.team));
        }
        if let Some(held) = &facts.holds {
            word.push_str(&format!(" holding {}", held.iter().copied().collect::<Vec<_>>().join(" and ")));
        }
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words.join("; ")
}
