//! Every figure of a policy as a row that people can read, with unit, first day and source.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Policy, Source, figure_ids};

/// A figure, or a lower and an upper one, in force on a date.
#[derive(Debug, Clone, PartialEq)]
pub struct Row<'a> {
    /// Names it among all: `<policy>/<entry>/value`, of bands `<policy>/<bands>/amber` and the like; of a limit
    /// `<policy>/<entry>`, behind which `/lower` and `/upper` name its two figures.
    pub key: String,
    /// What it is of.
    pub label: String,
    /// The figures.
    pub figures: Figures,
    /// What they are counted in.
    pub unit: String,
    /// First day.
    pub from: Date,
    /// Document and section.
    pub source: &'a Source,
}

/// The figures of a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Figures {
    /// A limit.
    Limit {
        /// Its lower figure.
        lower: Decimal,
        /// Its upper figure; equal where there is one.
        upper: Decimal,
    },
    /// A full load of one kind of case, which a limit is made of.
    FullLoad {
        /// Its lower figure.
        lower: Decimal,
        /// Its upper figure.
        upper: Decimal,
    },
    /// One figure.
    One {
        /// The figure.
        value: Decimal,
        /// Ratings are reckoned with it; the others decide while a sheet is read.
        reckoned_with: bool,
    },
}

/// Figures that points are reckoned with.
const OF_POINTS: &[&str] =
    &[figure_ids::POINTS_BASE, figure_ids::POINTS_STATUS, figure_ids::POINTS_CARE, figure_ids::POINTS_DUTY];

impl Policy {
    /// Its figures in force on a date, in the order of the file: limits, benchmarks, percentages, bounds, single
    /// figures, tasks and bands.
    pub fn rows(&self, on: Date) -> Vec<Row<'_>> {
        let mut rows = Vec::new();
        let key = |id: &str| format!("{}/{id}", self.name);
        for limit in in_force(&self.limits, on, |limit| (&limit.id, limit.from)) {
            let unit = if limit.pro_rata { limit.unit.clone() } else { format!("{}, not pro rata", limit.unit) };
            let (from, source) = (limit.from, &limit.source);
            let figures = Figures::Limit { lower: limit.lower, upper: limit.upper };
            rows.push(Row { key: key(&limit.id), label: limit.label.clone(), figures, unit, from, source });
            for full in &limit.shares {
                let kind = self.kinds.iter().find(|kind| kind.id == full.kind).map_or("", |kind| &kind.label);
                rows.push(Row {
                    key: format!("{}/{}", key(&limit.id), full.kind),
                    label: format!("{}: a full load of {kind}", limit.label),
                    figures: Figures::FullLoad { lower: full.lower, upper: full.upper },
                    unit: "cases".into(),
                    from,
                    source,
                });
            }
        }
        let named = |key: String, label: &str, (value, reckoned_with), unit: &str, from, source| Row {
            key,
            label: label.to_string(),
            figures: Figures::One { value, reckoned_with },
            unit: unit.to_string(),
            from,
            source,
        };
        let one = |id: &str, label: &str, value, unit: &str, from, source| {
            named(key(&format!("{id}/value")), label, value, unit, from, source)
        };
        for entry in in_force(&self.benchmarks, on, |entry| (&entry.id, entry.from)) {
            rows.push(one(&entry.id, &entry.label, (entry.value, true), &entry.unit, entry.from, &entry.source));
        }
        for entry in in_force(&self.adjustments, on, |entry| (&entry.id, entry.from)) {
            rows.push(one(&entry.id, &entry.label, (entry.percent, true), &entry.unit, entry.from, &entry.source));
        }
        for flag in in_force(&self.flags, on, |flag| (&flag.id, flag.from)) {
            let most = flag.most.or(flag.one_for_every).unwrap_or_default();
            rows.push(one(&flag.id, &flag.label, (most, false), &flag.unit, flag.from, &flag.source));
        }
        for entry in in_force(&self.figures, on, |entry| (&entry.id, entry.from)) {
            let reckoned_with = (self.points.is_some() && OF_POINTS.contains(&entry.id.as_str()))
                || (self.tasks.is_some() && figure_ids::TASKS.contains(&entry.id.as_str()))
                || (self.time.is_some() && entry.id == figure_ids::TIME_WEEKS);
            rows.push(one(
                &entry.id,
                &entry.label,
                (entry.value, reckoned_with),
                &entry.unit,
                entry.from,
                &entry.source,
            ));
        }
        for entry in in_force(&self.task_kinds, on, |entry| (&entry.id, entry.from)) {
            rows.push(one(&entry.id, &entry.label, (entry.value, true), &entry.unit, entry.from, &entry.source));
        }
        for bands in in_force(&self.bands, on, |bands| (&bands.id, bands.from)) {
            let edges = [("has capacity", "capacity", bands.capacity.as_ref())]
                .into_iter()
                .chain([("amber", "amber", Some(&bands.amber)), ("red", "red", Some(&bands.red))]);
            for (word, name, edge) in edges {
                let Some(edge) = edge else { continue };
                let label = format!("{}: {word} {}", bands.measure.label(), edge.side.word());
                let key = key(&format!("{}/{name}", bands.id));
                let unit = format!("percent of {}", edge.of.words());
                rows.push(named(key, &label, (edge.percent, true), &unit, bands.from, &bands.source));
            }
        }
        rows
    }
}

/// What the program decides by itself where the sources are silent or differ; a policy's own decisions stand among its
/// notes.
pub const DECISIONS: &[&str] = &[
    "Figures are exact decimals. A colour is derived from the exact load and limit, never from a rounded percentage.",
    "The guidance gives a maximum, so a load at the limit is within it. Of a range, a load above the lower figure and \
     up to the upper is green and marked \"within the range\".",
    "Published bands in whole percents leave gaps; exact utilisation closes them. A load at exactly the benchmark takes \
     the band that the table gives it.",
    "Where the limit is 0, nothing held is green and anything held is red.",
    "A newly qualified worker's limit takes the place of the team's where that counts children or young people and is \
     not already lower; it never replaces a limit in carers, reviews or assessments.",
    "The worst rating over all limits and measures governs the worker; of two alike the first policy's, then the first entry's.",
    "Cases awaiting transfer, closure or step-down count in full; the utilisation without them is shown beside.",
    "A blank intervention level counts as medium and shows as assumed on the working sheet, where the right figure can be \
     entered: blank is not \"no work\", and a wrong green is worse than a question.",
    "The manager's own judgement stands beside the calculated colour and never changes it.",
];

/// The entries of each id in force on a date, in the order of the file.
fn in_force<T>(entries: &[T], on: Date, key: impl Fn(&T) -> (&String, Date)) -> Vec<&T> {
    let current = |entry: &&T| {
        let (id, from) = key(entry);
        from <= on && !entries.iter().any(|other| key(other).0 == id && key(other).1 > from && key(other).1 <= on)
    };
    entries.iter().filter(current).collect()
}
