//! Which entry of a policy holds for whom, on which day.

use jiff::civil::Date;

use super::{Bands, Benchmark, Figure, Limit, Policy};
use crate::caseload::{Role, ServiceArea, Stage};
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

    /// The benchmark of a measure for a stage in force on a date; for no stage the full one.
    pub fn benchmark(&self, measure: Measure, stage: Option<Stage>, on: Date) -> Option<&Benchmark> {
        let fits = |benchmark: &&Benchmark| {
            benchmark.measure == measure && stage.map_or(benchmark.full, |stage| benchmark.stage == stage)
        };
        latest(self.benchmarks.iter().filter(fits), on, |benchmark| benchmark.from)
    }

    /// The limits that bind a worker of this role, in this area, in force on a date: for each
    /// unit the entry with the most specific selector, in the order of the file. Entries that
    /// only replace others are left out.
    pub fn limits_for(&self, area: ServiceArea, role: Role, on: Date) -> Vec<&Limit> {
        let fits = |limit: &&Limit| {
            limit.replaces.is_empty()
                && limit.stage.is_none()
                && limit.area.is_none_or(|of| of == area)
                && (limit.roles.is_empty() || limit.roles.contains(&role))
                && limit.from <= on
        };
        let rank = |limit: &Limit| (u8::from(limit.area.is_some()) + u8::from(!limit.roles.is_empty()), limit.from);
        let mut best: Vec<&Limit> = Vec::new();
        for limit in self.limits.iter().filter(fits) {
            match best.iter_mut().find(|other| other.counts == limit.counts) {
                Some(other) if rank(limit) > rank(other) => *other = limit,
                Some(_) => {}
                None => best.push(limit),
            }
        }
        best
    }

    /// The entry that replaces the limits of workers of this stage, in force on a date.
    pub fn replacing_limit(&self, stage: Stage, on: Date) -> Option<&Limit> {
        let fits = |limit: &&Limit| !limit.replaces.is_empty() && limit.stage == Some(stage);
        latest(self.limits.iter().filter(fits), on, |limit| limit.from)
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
