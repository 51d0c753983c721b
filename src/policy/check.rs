//! What a policy's file must hold to be of use.

use super::{Policy, figure_ids};
use crate::rating::Measure;

impl Policy {
    /// Refuses what no figure could be reckoned with.
    pub(super) fn check(&self) -> Result<(), String> {
        let mut seen = std::collections::BTreeSet::new();
        let entries = (self.limits.iter().map(|entry| (entry.id.as_str(), entry.from)))
            .chain(self.benchmarks.iter().map(|entry| (entry.id.as_str(), entry.from)))
            .chain(self.figures.iter().map(|entry| (entry.id.as_str(), entry.from)))
            .chain(self.bands.iter().map(|entry| (entry.id.as_str(), entry.from)))
            .chain(self.task_kinds.iter().map(|entry| (entry.id.as_str(), entry.from)));
        for (id, from) in entries {
            if !seen.insert((id.to_string(), from)) {
                return Err(format!("the id `{id}` is given twice from {from}; give one of them another id or date"));
            }
        }
        for limit in &self.limits {
            if limit.lower > limit.upper || limit.lower.is_sign_negative() {
                return Err(format!("limit `{}`: lower must be 0 or more and not above upper", limit.id));
            }
            if limit.replaces.is_empty() == limit.counts.is_none() {
                return Err(format!("limit `{}`: give either `counts` or `replaces`", limit.id));
            }
        }
        for limit in &self.limits {
            let measure = limit.measure;
            if !self.bands.iter().any(|bands| bands.measure == measure) {
                let (id, kind) = (&limit.id, "[[bands]] with measure");
                return Err(format!("limit `{id}`: the policy has no {kind} = \"{measure}\"; add them"));
            }
        }
        if self.points.is_some() {
            for id in figure_ids::POINTS {
                if !self.figures.iter().any(|figure| figure.id == *id) {
                    return Err(format!("the points model needs a [[figure]] with id = \"{id}\"; add it"));
                }
            }
            if !self.bands.iter().any(|bands| bands.measure == Measure::Points) {
                return Err("the policy has points and no [[bands]] with measure = \"points\"; add them".into());
            }
            if !self.benchmarks.iter().any(|benchmark| benchmark.measure == Measure::Points && benchmark.full) {
                return Err(
                    "the policy has points and no [[benchmark]] with full = true; mark the one for experienced workers"
                        .into(),
                );
            }
        }
        self.check_tasks()
    }
}
