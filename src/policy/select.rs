//! Which entry of a policy holds for whom, on which day.

use jiff::civil::Date;

use super::{Adjustment, Bands, Benchmark, Facts, Figure, Flag, Limit, Policy, Selector, Whom};
use crate::field::rating::Measure;

impl Policy {
    /// The figure of this id in force on a date.
    pub fn figure(&self, id: &str, on: Date) -> Option<&Figure> {
        latest(self.figures.iter().filter(|figure| figure.id == id), on, |figure| figure.from)
    }

    /// The bands of a measure in force on a date.
    pub fn bands(&self, measure: Measure, on: Date) -> Option<&Bands> {
        latest(self.bands.iter().filter(|bands| bands.measure == measure), on, |bands| bands.from)
    }

    /// The benchmark of a measure for a worker, in force on a date: the most specific entry, and for a
    /// worker whose stage is not known the full one.
    pub fn benchmark(&self, measure: Measure, whom: Whom<'_>, on: Date) -> Option<&Benchmark> {
        self.benchmark_of(measure, &self.facts(whom), on)
    }

    /// The same by what decides it.
    pub(super) fn benchmark_of(&self, measure: Measure, facts: &Facts<'_>, on: Date) -> Option<&Benchmark> {
        let of_measure =
            self.benchmarks.iter().filter(|benchmark| benchmark.measure == measure && benchmark.from <= on);
        let mut best: Option<&Benchmark> = None;
        for entry in of_measure {
            let by_stage = !entry.whom.stage.is_empty();
            let fits = match facts.stage {
                None if by_stage => entry.full && Selector { stage: Vec::new(), ..entry.whom.clone() }.fits(facts),
                _ => entry.whom.fits(facts),
            };
            let rank = |entry: &Benchmark| (entry.whom.rank(facts), entry.from);
            if fits && best.is_none_or(|best| rank(entry) > rank(best)) {
                best = Some(entry);
            }
        }
        best
    }

    /// The limits that bind a worker, in force on a date: for each thing counted the entry with the most
    /// specific selector, in the order of the file. Entries that only replace others are left out.
    pub fn limits_for(&self, whom: Whom<'_>, on: Date) -> Vec<&Limit> {
        self.limits_of(&self.facts(whom), on)
    }

    /// The same by what decides it.
    pub(super) fn limits_of(&self, facts: &Facts<'_>, on: Date) -> Vec<&Limit> {
        let fits = |limit: &&Limit| limit.replaces.is_empty() && limit.from <= on && limit.whom.fits(facts);
        let rank = |limit: &Limit| (limit.whom.rank(facts), limit.from);
        let mut best: Vec<&Limit> = Vec::new();
        for limit in self.limits.iter().filter(fits) {
            match best.iter_mut().find(|other| other.is_of_what(limit)) {
                Some(other) if rank(limit) > rank(other) => *other = limit,
                Some(_) => {}
                None => best.push(limit),
            }
        }
        best
    }

    /// What holds in place of a limit of the worker's: the entry that replaces it where it is not
    /// already lower, else the limit itself.
    pub fn in_force<'a>(&'a self, limit: &'a Limit, whom: Whom<'_>, on: Date) -> &'a Limit {
        self.in_force_of(limit, &self.facts(whom), on)
    }

    /// The same by what decides it.
    pub(super) fn in_force_of<'a>(&'a self, limit: &'a Limit, facts: &Facts<'_>, on: Date) -> &'a Limit {
        let fits = |other: &&Limit| !other.replaces.is_empty() && other.whom.fits(facts);
        let replacing = latest(self.limits.iter().filter(fits), on, |limit| limit.from);
        match replacing.filter(|other| other.measure == limit.measure) {
            Some(other) if other.replaces.contains(&limit.counted()) && other.upper < limit.upper => other,
            _ => limit,
        }
    }

    /// The bounds in force on a date, in the order of the file.
    pub fn flags(&self, on: Date) -> impl Iterator<Item = &Flag> {
        let later = move |flag: &Flag, other: &Flag| other.id == flag.id && other.from <= on && other.from > flag.from;
        let current = move |flag: &&Flag| flag.from <= on && !self.flags.iter().any(|other| later(flag, other));
        self.flags.iter().filter(current)
    }

    /// The percentage that a measure's figures are taken at for a worker, where there is one.
    pub fn adjustment(&self, measure: Measure, whom: Whom<'_>, on: Date) -> Option<&Adjustment> {
        self.adjustment_of(measure, &self.facts(whom), on)
    }

    /// The same by what decides it.
    pub(super) fn adjustment_of(&self, measure: Measure, facts: &Facts<'_>, on: Date) -> Option<&Adjustment> {
        let fits = |entry: &&Adjustment| entry.measures.contains(&measure) && entry.whom.fits(facts);
        latest(self.adjustments.iter().filter(fits), on, |entry| entry.from)
    }
}

/// Of several entries for one thing the latest that is in force on a date.
pub(super) fn latest<'a, T>(
    entries: impl Iterator<Item = &'a T>,
    on: Date,
    from: impl Fn(&T) -> Date,
) -> Option<&'a T> {
    entries.filter(|entry| from(entry) <= on).max_by_key(|entry| from(entry))
}
