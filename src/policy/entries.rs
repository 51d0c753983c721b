//! Every figure of a policy as a row that people can read, with unit, first day and source.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{FigureOf, Policy, Source, figure_ids};
use crate::field::figure_key::FigureKey;

/// A figure, or a lower and an upper one, in force on a date.
#[derive(Debug, Clone, PartialEq)]
pub struct Row<'a> {
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
#[derive(Debug, Clone, PartialEq)]
pub enum Figures {
    /// A limit.
    Limit {
        /// Its lower figure.
        lower: Decimal,
        /// Its upper figure; equal where there is one.
        upper: Decimal,
        /// What names them, in this order.
        keys: [FigureKey; 2],
    },
    /// A full load of one kind of case, which a limit is made of; no formula refers to it.
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
        /// What names it.
        key: FigureKey,
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
        for limit in in_force(&self.limits, on, |limit| (&limit.id, limit.from)) {
            let unit = if limit.pro_rata { limit.unit.clone() } else { format!("{}, not pro rata", limit.unit) };
            let (from, source) = (limit.from, &limit.source);
            let keys = [FigureOf::Lower(limit), FigureOf::Upper(limit)].map(|figure| self.key(figure));
            let figures = Figures::Limit { lower: limit.lower, upper: limit.upper, keys };
            rows.push(Row { label: limit.label.clone(), figures, unit, from, source });
            for full in &limit.shares {
                let kind = self.kinds.iter().find(|kind| kind.id == full.kind).map_or("", |kind| &kind.label);
                rows.push(Row {
                    label: format!("{}: a full load of {kind}", limit.label),
                    figures: Figures::FullLoad { lower: full.lower, upper: full.upper },
                    unit: "cases".into(),
                    from,
                    source,
                });
            }
        }
        let one = |figure, label: &str, (value, reckoned_with), unit: &str, from, source| Row {
            label: label.to_string(),
            figures: Figures::One { value, key: self.key(figure), reckoned_with },
            unit: unit.to_string(),
            from,
            source,
        };
        for it in in_force(&self.benchmarks, on, |it| (&it.id, it.from)) {
            rows.push(one(FigureOf::Benchmark(it), &it.label, (it.value, true), &it.unit, it.from, &it.source));
        }
        for it in in_force(&self.adjustments, on, |it| (&it.id, it.from)) {
            rows.push(one(FigureOf::Adjustment(it), &it.label, (it.percent, true), &it.unit, it.from, &it.source));
        }
        for it in in_force(&self.flags, on, |it| (&it.id, it.from)) {
            let most = it.most.or(it.one_for_every).unwrap_or_default();
            rows.push(one(FigureOf::Flag(it), &it.label, (most, false), &it.unit, it.from, &it.source));
        }
        for it in in_force(&self.figures, on, |it| (&it.id, it.from)) {
            let value = (it.value, self.reckons_with(&it.id));
            rows.push(one(FigureOf::Figure(it), &it.label, value, &it.unit, it.from, &it.source));
        }
        for it in in_force(&self.task_kinds, on, |it| (&it.id, it.from)) {
            rows.push(one(FigureOf::Task(it), &it.label, (it.value, true), &it.unit, it.from, &it.source));
        }
        for bands in in_force(&self.bands, on, |bands| (&bands.id, bands.from)) {
            let edges = [
                ("has capacity", FigureOf::Capacity(bands), bands.capacity.as_ref()),
                ("amber", FigureOf::Amber(bands), Some(&bands.amber)),
                ("red", FigureOf::Red(bands), Some(&bands.red)),
            ];
            for (word, figure, edge) in edges {
                let Some(edge) = edge else { continue };
                let label = format!("{}: {word} {}", bands.measure.label(), edge.side.word());
                let unit = format!("percent of {}", edge.of.words());
                rows.push(one(figure, &label, (edge.percent, true), &unit, bands.from, &bands.source));
            }
        }
        rows
    }

    /// Whether ratings are reckoned with the single figure of this id.
    fn reckons_with(&self, id: &str) -> bool {
        (self.points.is_some() && OF_POINTS.contains(&id))
            || (self.tasks.is_some() && figure_ids::TASKS.contains(&id))
            || (self.time.is_some() && id == figure_ids::TIME_WEEKS)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::BUILT_IN;
    use std::collections::BTreeSet;

    /// What scores and formulas refer to stands in a row, and in one alone: else a cell would keep its figure when
    /// that of the policy is changed.
    #[test]
    fn every_figure_in_force_has_one_row() {
        let on = jiff::civil::date(2025, 9, 30);
        for (name, _) in BUILT_IN {
            let policy = Policy::built_in(name).unwrap().unwrap();
            let rows = policy.rows(on).into_iter().flat_map(|row| match row.figures {
                Figures::Limit { keys, .. } => keys.to_vec(),
                Figures::One { key, .. } => vec![key],
                Figures::FullLoad { .. } => Vec::new(),
            });
            let rows: Vec<FigureKey> = rows.collect();
            let stand: BTreeSet<&FigureKey> = rows.iter().collect();
            assert_eq!(stand.len(), rows.len(), "{name}: two rows of one key");
            let limits = policy.limits.iter().filter(|limit| limit.from <= on);
            let mut asked: Vec<FigureOf<'_>> =
                limits.flat_map(|it| [FigureOf::Lower(it), FigureOf::Upper(it)]).collect();
            asked.extend(policy.benchmarks.iter().filter(|it| it.from <= on).map(FigureOf::Benchmark));
            asked.extend(policy.adjustments.iter().filter(|it| it.from <= on).map(FigureOf::Adjustment));
            asked.extend(policy.flags(on).map(FigureOf::Flag));
            asked.extend(policy.figures.iter().filter(|it| it.from <= on).map(FigureOf::Figure));
            asked.extend(policy.task_kinds.iter().filter(|it| it.from <= on).map(FigureOf::Task));
            for bands in policy.bands.iter().filter(|it| it.from <= on) {
                asked.extend([FigureOf::Amber(bands), FigureOf::Red(bands)]);
                asked.extend(bands.capacity.map(|_| FigureOf::Capacity(bands)));
            }
            for figure in asked {
                assert!(stand.contains(&policy.key(figure)), "{name}: no row for {figure:?}");
            }
        }
    }
}
