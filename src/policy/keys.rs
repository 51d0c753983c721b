//! Keys of figures, made from the entries that hold them.

use super::{Adjustment, Bands, Benchmark, Figure, Flag, Limit, Policy, Task};
use crate::field::figure_key::{FigureKey, Part};

/// A figure where it stands: the entry, and of several figures which one.
#[derive(Debug, Clone, Copy)]
pub enum FigureOf<'a> {
    /// Lower figure of a limit.
    Lower(&'a Limit),
    /// Upper figure of a limit.
    Upper(&'a Limit),
    /// A benchmark.
    Benchmark(&'a Benchmark),
    /// A percentage of full figures.
    Adjustment(&'a Adjustment),
    /// A bound that gives no colour.
    Flag(&'a Flag),
    /// A single figure.
    Figure(&'a Figure),
    /// Points of a task.
    Task(&'a Task),
    /// The edge of bands up to which there is capacity.
    Capacity(&'a Bands),
    /// The edge of bands from which a load is amber.
    Amber(&'a Bands),
    /// The edge of bands from which a load is red.
    Red(&'a Bands),
}

impl Policy {
    /// The key of one of this policy's figures.
    pub fn key(&self, figure: FigureOf<'_>) -> FigureKey {
        let (entry, part) = match figure {
            FigureOf::Lower(limit) => (&limit.id, Part::Lower),
            FigureOf::Upper(limit) => (&limit.id, Part::Upper),
            FigureOf::Benchmark(entry) => (&entry.id, Part::Value),
            FigureOf::Adjustment(entry) => (&entry.id, Part::Value),
            FigureOf::Flag(flag) => (&flag.id, Part::Value),
            FigureOf::Figure(entry) => (&entry.id, Part::Value),
            FigureOf::Task(task) => (&task.id, Part::Value),
            FigureOf::Capacity(bands) => (&bands.id, Part::Capacity),
            FigureOf::Amber(bands) => (&bands.id, Part::Amber),
            FigureOf::Red(bands) => (&bands.id, Part::Red),
        };
        FigureKey::Entry { policy: self.name.clone(), entry: entry.clone(), part }
    }
}
