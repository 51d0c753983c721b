//! What is worth a look in a policy that can be used: entries that meet, that nobody can have, or
//! that say nothing yet.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::read::{Outline, Step, in_order};
use super::{BUILT_IN, Facts, PRACTICE, Policy, Problem, Selector, Weight, figure_ids, hash, posts, shape};
use crate::field::caseload::{Role, ServiceArea, Stage};
use crate::field::rating::Measure;

use Step::{Key, Nth};

impl Policy {
    /// All that is worth a look on a date.
    pub(super) fn doubts(&self, outline: &Outline<'_>, as_of: Date) -> Vec<Problem> {
        let mut look = Look { policy: self, outline, found: Vec::new() };
        look.name();
        look.unused();
        look.contests();
        look.not_yet(as_of);
        look.gaps(as_of);
        look.bands();
        in_order(look.found)
    }
}

/// Entries of which one holds for a worker.
struct Contest<'a> {
    kind: &'static str,
    entries: Vec<(usize, &'a str, Date, &'a Selector)>,
    /// The most specific wins and of two alike the first, else the latest and of two alike the last.
    by_rank: bool,
}

impl Contest<'_> {
    fn names_team(&self, nth: usize, team: &str) -> bool {
        self.entries.iter().any(|(at, _, _, whom)| *at == nth && whom.team.iter().any(|words| words == team))
    }
}

struct Look<'a> {
    policy: &'a Policy,
    outline: &'a Outline<'a>,
    found: Vec<Problem>,
}

impl Look<'_> {
    fn say(&mut self, path: &[Step<'_>], what: String, action: impl Into<String>) {
        let at = self.outline.byte_of(path);
        self.found.push(self.outline.problem(at, Weight::WorthALook, what, action.into()));
    }

    fn name(&mut self) {
        let carried = BUILT_IN.iter().copied().chain([("practice", PRACTICE)]);
        let theirs = carried.into_iter().find(|(name, _)| *name == self.policy.name);
        if theirs.is_some_and(|(_, text)| hash(text.as_bytes()) != self.policy.sha256) {
            let what = format!("the program carries another policy called `{}`", self.policy.name);
            self.say(&[Key("name")], what, "give yours a name of its own, which tables will show");
        }
    }

    fn unused(&mut self) {
        let policy = self.policy;
        let mut kinds: BTreeSet<&str> = BTreeSet::new();
        kinds.extend(policy.limits.iter().flat_map(|limit| &limit.kinds).map(String::as_str));
        kinds.extend(policy.limits.iter().flat_map(|limit| &limit.shares).map(|full| full.kind.as_str()));
        kinds.extend(policy.flags.iter().flat_map(|flag| &flag.kinds).map(String::as_str));
        kinds.extend(policy.selectors().flat_map(|whom| &whom.holds).map(String::as_str));
        for (nth, kind) in policy.kinds.iter().enumerate().filter(|(_, kind)| !kinds.contains(kind.id.as_str())) {
            let what = format!("the kind `{}` is used by no entry", kind.id);
            self.say(&[Key("kind"), Nth(nth)], what, "name it in an entry, or take it out");
        }
        for (nth, kind) in
            policy.kinds.iter().enumerate().filter(|(_, kind)| kind.statuses.is_empty() && kind.words.is_empty())
        {
            let what = format!("the kind `{}` has neither statuses nor words, so no case is one of it", kind.id);
            self.say(&[Key("kind"), Nth(nth)], what, "add statuses = [\"child-protection\"], or words");
        }
        let grades: BTreeSet<&str> = policy.selectors().flat_map(|whom| &whom.grade).map(String::as_str).collect();
        for (nth, grade) in policy.grades.iter().enumerate().filter(|(_, grade)| !grades.contains(grade.id.as_str())) {
            let what = format!("the grade `{}` is used by no entry", grade.id);
            self.say(&[Key("grade"), Nth(nth)], what, "name it in an entry, or take it out");
        }
        for (nth, figure) in policy.figures.iter().enumerate() {
            if figure_ids::all().any(|id| id == figure.id) {
                continue;
            }
            let action = match shape::closest(&figure.id, figure_ids::all()) {
                Some(near) => format!("write `{near}` if that is meant"),
                None => "take it out, or state it as a [[note]]".into(),
            };
            self.say(&[Key("figure"), Nth(nth), Key("id")], format!("nothing reads a figure `{}`", figure.id), action);
        }
    }

    fn contests(&mut self) {
        let everybody = Policy::everybody(&[self.policy]);
        for contest in self.policy.contests() {
            let days: BTreeSet<Date> = contest.entries.iter().map(|(_, _, from, _)| *from).collect();
            let mut chosen: BTreeSet<usize> = BTreeSet::new();
            let mut reached: BTreeSet<usize> = BTreeSet::new();
            let mut alike: BTreeMap<(usize, usize), Vec<&Facts<'_>>> = BTreeMap::new();
            for day in days {
                for facts in &everybody {
                    let there = contest.entries.iter().filter(|(_, _, from, whom)| *from <= day && whom.fits(facts));
                    let place = |whom: &Selector, from: Date| (contest.by_rank.then(|| whom.rank(facts)), from);
                    let there: Vec<_> = there.map(|(nth, _, from, whom)| (place(whom, *from), *nth)).collect();
                    reached.extend(there.iter().map(|(_, nth)| *nth));
                    let Some(best) = there.iter().map(|(place, _)| *place).max() else { continue };
                    let tied: Vec<usize> = there.iter().filter(|(place, _)| *place == best).map(|it| it.1).collect();
                    let winner = if contest.by_rank { tied.first() } else { tied.last() };
                    chosen.extend(winner);
                    for other in tied.iter().filter(|nth| Some(*nth) != winner) {
                        let (Some(winner), other) = (winner, other) else { continue };
                        let met = alike.entry((*winner, *other)).or_default();
                        // "youth justice" before "justice": the first names the team in more words.
                        let named = |nth: usize| contest.names_team(nth, facts.team);
                        if facts.role != Role::Student && (!named(*winner) || named(*other)) {
                            met.push(facts);
                        }
                    }
                }
            }
            let id = |nth: usize| contest.entries.iter().find(|entry| entry.0 == nth).map_or("", |entry| entry.1);
            let kind = contest.kind;
            for ((winner, other), met) in alike.iter().filter(|(_, met)| !met.is_empty()) {
                let whom = posts::in_words(met);
                let what = format!(
                    "{kind} `{}` and `{}` are both for {whom}, and neither is more specific",
                    id(*winner),
                    id(*other)
                );
                let action = format!("`{}` is used; name a role, team or stage in one of them", id(*winner));
                self.say(&[Key(kind), Nth(*other)], what, action);
            }
            for (nth, id, ..) in contest.entries.iter().filter(|entry| !chosen.contains(&entry.0)) {
                let (what, action) = if reached.contains(nth) {
                    (
                        "is never chosen: others are more specific or later for all that it is for",
                        "take it out, or narrow the others",
                    )
                } else {
                    ("is for nobody: there is no worker of whom all that it names is true", "see what `for` names")
                };
                // What is told of two alike need not be told again.
                if !alike.keys().any(|(_, other)| other == nth) {
                    self.say(&[Key(kind), Nth(*nth)], format!("{kind} `{id}` {what}"), action);
                }
            }
        }
    }

    fn not_yet(&mut self, as_of: Date) {
        let on = as_of.strftime("%-d %B %Y");
        let dated = self.policy.dated();
        let Some(first) = dated.iter().min_by_key(|entry| entry.from) else { return };
        if first.from > as_of {
            let (path, begins) = ([Key(first.kind), Nth(first.nth), Key("from")], first.from.strftime("%-d %B %Y"));
            let what = format!("nothing of this policy is in force on {on}: its first entry begins on {begins}");
            self.say(&path, what, "check the dates, or judge on a later day with --as-of");
            return;
        }
        for (nth, bands) in self.policy.bands.iter().enumerate() {
            let first_bands =
                self.policy.bands.iter().filter(|other| other.measure == bands.measure).map(|it| it.from).min();
            let limits = self.policy.limits.iter().filter(|limit| limit.measure == bands.measure).map(|it| it.from);
            let benchmarks = self.policy.benchmarks.iter().filter(|it| it.measure == bands.measure).map(|it| it.from);
            let first_figure = limits.chain(benchmarks).min();
            if Some(bands.from) == first_bands && first_figure.is_some_and(|figure| figure < bands.from) {
                let what = format!("bands `{}` begin later than the figures that they judge", bands.id);
                self.say(&[Key("bands"), Nth(nth), Key("from")], what, "let them begin on the same day");
            }
        }
    }

    fn gaps(&mut self, as_of: Date) {
        const STAGES: [Stage; 5] =
            [Stage::Nqsw0To6, Stage::Nqsw6To12, Stage::Year1To2, Stage::Year2To3, Stage::Year3Plus];
        for measure in Measure::ALL {
            let has = |stage: &Stage| {
                let post = posts::Post { role: Role::SocialWorker, stage: *stage };
                let mut areas = ServiceArea::ALL.iter();
                areas.any(|area| self.policy.benchmark_of(*measure, &post.facts(Some(*area)), as_of).is_some())
            };
            let (with, without): (Vec<Stage>, Vec<Stage>) = STAGES.into_iter().partition(has);
            let first = self.policy.benchmarks.iter().position(|entry| entry.measure == *measure);
            if let (Some(nth), false, false) = (first, with.is_empty(), without.is_empty()) {
                let stages: Vec<&str> = without.iter().map(|stage| stage.label()).collect();
                let what = format!("no benchmark for {measure} is in force for {}", stages.join("; "));
                let action = "add one for each, or leave `stage` out of the last";
                self.say(&[Key("benchmark"), Nth(nth)], what, action);
            }
        }
    }

    fn bands(&mut self) {
        for (nth, bands) in self.policy.bands.iter().enumerate() {
            if bands.amber == bands.red {
                let what =
                    format!("bands `{}`: amber and red begin at the same edge, so that nobody is amber", bands.id);
                self.say(&[Key("bands"), Nth(nth), Key("red")], what, "let red begin above amber");
            }
        }
    }
}

impl Policy {
    /// Entries that stand against each other for one thing.
    fn contests(&self) -> Vec<Contest<'_>> {
        let mut contests = Vec::new();
        let mut seen: Vec<usize> = Vec::new();
        let limits = || self.limits.iter().enumerate().filter(|(_, limit)| limit.replaces.is_empty());
        for (nth, limit) in limits() {
            if seen.contains(&nth) {
                continue;
            }
            let same = limits().filter(|(_, other)| other.is_of_what(limit));
            let entries: Vec<_> = same.map(|(nth, it)| (nth, it.id.as_str(), it.from, &it.whom)).collect();
            seen.extend(entries.iter().map(|entry| entry.0));
            contests.push(Contest { kind: "limit", entries, by_rank: true });
        }
        let replacing = self.limits.iter().enumerate().filter(|(_, limit)| !limit.replaces.is_empty());
        let entries = replacing.map(|(nth, it)| (nth, it.id.as_str(), it.from, &it.whom)).collect();
        contests.push(Contest { kind: "limit", entries, by_rank: false });
        for measure in Measure::ALL {
            let of = self.benchmarks.iter().enumerate().filter(|(_, entry)| entry.measure == *measure);
            let entries = of.map(|(nth, it)| (nth, it.id.as_str(), it.from, &it.whom)).collect();
            contests.push(Contest { kind: "benchmark", entries, by_rank: true });
            let of = self.adjustments.iter().enumerate().filter(|(_, entry)| entry.measures.contains(measure));
            let entries = of.map(|(nth, it)| (nth, it.id.as_str(), it.from, &it.whom)).collect();
            contests.push(Contest { kind: "adjustment", entries, by_rank: false });
        }
        contests
    }
}
