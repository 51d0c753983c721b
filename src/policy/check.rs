//! What a policy's file must hold to be of use.

use super::{Counted, Flag, Limit, PointsFrom, Policy, Selector, figure_ids};
use crate::rating::Measure;

impl Policy {
    /// Refuses what no figure could be reckoned with.
    pub(super) fn check(&self) -> Result<(), String> {
        let mut seen = std::collections::BTreeSet::new();
        let entries = (self.limits.iter().map(|entry| (entry.id.as_str(), entry.from)))
            .chain(self.benchmarks.iter().map(|entry| (entry.id.as_str(), entry.from)))
            .chain(self.figures.iter().map(|entry| (entry.id.as_str(), entry.from)))
            .chain(self.bands.iter().map(|entry| (entry.id.as_str(), entry.from)))
            .chain(self.adjustments.iter().map(|entry| (entry.id.as_str(), entry.from)))
            .chain(self.flags.iter().map(|entry| (entry.id.as_str(), entry.from)))
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
            self.check_kinds_of(limit)?;
        }
        for flag in &self.flags {
            check_flag(flag)?;
            self.check_names(&format!("flag `{}`", flag.id), &flag.whom, &flag.kinds)?;
        }
        for entry in &self.benchmarks {
            self.check_names(&format!("benchmark `{}`", entry.id), &entry.whom, &[])?;
        }
        for entry in &self.adjustments {
            self.check_names(&format!("adjustment `{}`", entry.id), &entry.whom, &[])?;
        }
        for limit in &self.limits {
            let measure = limit.measure;
            if !self.bands.iter().any(|bands| bands.measure == measure) {
                let (id, kind) = (&limit.id, "[[bands]] with measure");
                return Err(format!("limit `{id}`: the policy has no {kind} = \"{measure}\"; add them"));
            }
        }
        if self.time.is_some() {
            for id in figure_ids::TIME {
                if !self.figures.iter().any(|figure| figure.id == *id) {
                    return Err(format!("the time model needs a [[figure]] with id = \"{id}\"; add it"));
                }
            }
            if !self.bands.iter().any(|bands| bands.measure == Measure::Time) {
                return Err("the policy scores hours and has no [[bands]] with measure = \"time\"; add them".into());
            }
        }
        if let Some(model) = &self.points {
            let needed = if model.from == PointsFrom::Matrix { figure_ids::POINTS } else { &[] };
            for id in needed {
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

    /// What a limit counts, by kinds that there are and full loads that can be shared.
    fn check_kinds_of(&self, limit: &Limit) -> Result<(), String> {
        let of = format!("limit `{}`", limit.id);
        let shares: Vec<String> = limit.shares.iter().map(|full| full.kind.clone()).collect();
        self.check_names(&of, &limit.whom, &[limit.kinds.as_slice(), &shares].concat())?;
        if matches!(limit.counts, Some(Counted::CareProceedings | Counted::NewCases | Counted::NewHouseholds)) {
            return Err(format!("{of}: what it counts gives no colour; write it as a [[flag]]"));
        }
        for full in &limit.shares {
            if full.lower > full.upper || full.lower.is_sign_negative() || full.lower.is_zero() {
                return Err(format!("{of}: a full load of `{}` is above 0, and lower is not above upper", full.kind));
            }
        }
        Ok(())
    }

    /// A name that no entry explains would leave cases uncounted, or a worker without a limit.
    fn check_names(&self, of: &str, whom: &Selector, kinds: &[String]) -> Result<(), String> {
        let known = |id: &String| self.kinds.iter().any(|kind| kind.id == *id);
        if let Some(id) = kinds.iter().chain(&whom.holds).find(|id| !known(id)) {
            return Err(format!("{of}: there is no [[kind]] with id = \"{id}\"; add it, or mend the name"));
        }
        let known = |id: &String| self.grades.iter().any(|grade| grade.id == *id);
        if let Some(id) = whom.grade.iter().find(|id| !known(id)) {
            return Err(format!("{of}: there is no [[grade]] with id = \"{id}\"; add it, or mend the name"));
        }
        Ok(())
    }
}

fn check_flag(flag: &Flag) -> Result<(), String> {
    let of = format!("flag `{}`", flag.id);
    if flag.most.is_some() == flag.one_for_every.is_some() {
        return Err(format!("{of}: give either `most` or `one_for_every`"));
    }
    if flag.most.or(flag.one_for_every).is_some_and(|figure| figure.is_sign_negative()) {
        return Err(format!("{of}: its figure is 0 or more"));
    }
    if matches!(flag.counts, Counted::NewCases | Counted::NewHouseholds) != flag.within_days.is_some() {
        return Err(format!("{of}: `within_days` is given for new cases, and for nothing else"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENDS: &str = "unit = \"u\"\nfrom = 2020-01-01\nsource = { document = \"d\", section = \"s\" }\n";
    const KIND: &str = "[[kind]]\nid = \"plan\"\nlabel = \"on a plan\"\nstatuses = [\"child-protection\"]\n";

    fn refused(entry: &str) -> String {
        let bands = "[[bands]]\nid = \"b\"\nmeasure = \"limit\"\namber = { above = 100, of = \"upper\" }\n\
                     red = { above = 110, of = \"upper\" }";
        let text = format!(
            "name = \"a\"\ntitle = \"b\"\nabout = \"c\"\n{KIND}\n{entry}\nid = \"x\"\nlabel = \"l\"\n{ENDS}\n{bands}\n{ENDS}"
        );
        Policy::read(&text, String::new()).err().unwrap_or_default()
    }

    #[test]
    fn a_name_that_nothing_explains_is_refused() {
        let limit = |rest: &str| refused(&format!("[[limit]]\ncounts = \"children\"\nlower = 1\nupper = 1\n{rest}"));
        assert_eq!(limit("kinds = [\"plan\"]"), "");
        assert!(limit("kinds = [\"plans\"]").contains("no [[kind]] with id = \"plans\""));
        assert!(limit("for = { holds = \"plans\" }").contains("no [[kind]]"));
        assert!(limit("for = { grade = \"two\" }").contains("no [[grade]] with id = \"two\""));
        assert!(limit("shares = [{ kind = \"plans\", lower = 1, upper = 1 }]").contains("no [[kind]]"));
        assert!(limit("shares = [{ kind = \"plan\", lower = 0, upper = 1 }]").contains("above 0"));
    }

    #[test]
    fn a_flag_needs_one_bound_and_new_cases_their_days() {
        let flag = |rest: &str| refused(&format!("[[flag]]\n{rest}"));
        assert_eq!(flag("counts = \"children\"\nmost = 3"), "");
        assert_eq!(flag("counts = \"new-cases\"\none_for_every = 6\nwithin_days = 30"), "");
        assert!(flag("counts = \"new-cases\"\none_for_every = 6").contains("within_days"));
        assert!(flag("counts = \"children\"").contains("either"));
        assert!(flag("counts = \"children\"\nmost = -1").contains("0 or more"));
        let limit = "[[limit]]\ncounts = \"new-cases\"\nlower = 1\nupper = 1";
        assert!(refused(limit).contains("[[flag]]"));
    }
}
