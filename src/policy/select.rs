//! Which entry of a policy holds for whom, on which day.

use jiff::civil::Date;

use super::{Adjustment, Bands, Benchmark, Figure, Flag, Limit, Policy, Selector, Whom};
use crate::rating::Measure;

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
        let of_measure =
            self.benchmarks.iter().filter(|benchmark| benchmark.measure == measure && benchmark.from <= on);
        let mut best: Option<&Benchmark> = None;
        for entry in of_measure {
            let by_stage = !entry.whom.stage.is_empty();
            let fits = match whom.worker.stage {
                None if by_stage => entry.full && Selector { stage: Vec::new(), ..entry.whom.clone() }.fits(self, whom),
                _ => entry.whom.fits(self, whom),
            };
            let rank = |entry: &Benchmark| (entry.whom.rank(whom.worker), entry.from);
            if fits && best.is_none_or(|best| rank(entry) > rank(best)) {
                best = Some(entry);
            }
        }
        best
    }

    /// The limits that bind a worker, in force on a date: for each thing counted the entry with the most
    /// specific selector, in the order of the file. Entries that only replace others are left out.
    pub fn limits_for(&self, whom: Whom<'_>, on: Date) -> Vec<&Limit> {
        let fits = |limit: &&Limit| limit.replaces.is_empty() && limit.from <= on && limit.whom.fits(self, whom);
        let rank = |limit: &Limit| (limit.whom.rank(whom.worker), limit.from);
        let same = |one: &Limit, other: &Limit| {
            one.measure == other.measure && one.counts == other.counts && one.kinds == other.kinds
        };
        let mut best: Vec<&Limit> = Vec::new();
        for limit in self.limits.iter().filter(fits) {
            match best.iter_mut().find(|other| same(other, limit)) {
                Some(other) if rank(limit) > rank(other) => *other = limit,
                Some(_) => {}
                None => best.push(limit),
            }
        }
        best
    }

    /// The entry that takes the place of a worker's limits in force on a date, where there is one.
    pub fn replacing_limit(&self, whom: Whom<'_>, on: Date) -> Option<&Limit> {
        let fits = |limit: &&Limit| !limit.replaces.is_empty() && limit.whom.fits(self, whom);
        latest(self.limits.iter().filter(fits), on, |limit| limit.from)
    }

    /// The bounds in force on a date, in the order of the file.
    pub fn flags(&self, on: Date) -> impl Iterator<Item = &Flag> {
        let later = move |flag: &Flag, other: &Flag| other.id == flag.id && other.from <= on && other.from > flag.from;
        let current = move |flag: &&Flag| flag.from <= on && !self.flags.iter().any(|other| later(flag, other));
        self.flags.iter().filter(current)
    }

    /// The entry in the place of a worker's limit, where that counts the same and is not already lower; else the
    /// limit itself.
    pub fn in_force<'a>(&'a self, limit: &'a Limit, whom: Whom<'_>, on: Date) -> &'a Limit {
        let replacing = self.replacing_limit(whom, on).filter(|other| other.measure == limit.measure);
        match replacing {
            Some(other) if other.replaces.contains(&limit.counted()) && other.upper < limit.upper => other,
            _ => limit,
        }
    }

    /// The percentage that a measure's figures are taken at for a worker, where there is one.
    pub fn adjustment(&self, measure: Measure, whom: Whom<'_>, on: Date) -> Option<&Adjustment> {
        let fits = |entry: &&Adjustment| entry.measures.contains(&measure) && entry.whom.fits(self, whom);
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
