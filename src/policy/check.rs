//! What a policy's file must hold to be of use.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::read::{Outline, Step};
use super::{
    Bands, Counted, Edge, FullLoad, Of, PointsFrom, Policy, Problem, Selector, Side, Weight, figure_ids, shape,
};
use crate::field::rating::{AGREED, Measure};

use Step::{Key, Nth};

impl Policy {
    /// All for which nobody could be scored by this policy, or scored as nobody meant it.
    pub(super) fn faults(&self, outline: &Outline<'_>) -> Vec<Problem> {
        let mut check = Check { policy: self, outline, found: Vec::new() };
        check.names();
        check.limits();
        check.benchmarks();
        check.adjustments();
        check.flags();
        check.bands();
        check.points();
        check.time();
        check.tasks();
        check.found
    }
}

/// An entry with a day that it begins on.
pub(super) struct Dated<'a> {
    pub kind: &'static str,
    pub nth: usize,
    pub id: &'a str,
    pub from: Date,
}

impl Policy {
    /// The first day on which anything of it applies.
    pub fn first_day(&self) -> Option<Date> {
        self.dated().iter().map(|entry| entry.from).min()
    }

    /// Every entry that begins on a day.
    pub(super) fn dated(&self) -> Vec<Dated<'_>> {
        let mut all = Vec::new();
        let mut add = |kind, nth, id, from| all.push(Dated { kind, nth, id, from });
        self.limits.iter().enumerate().for_each(|(nth, entry)| add("limit", nth, &entry.id, entry.from));
        self.benchmarks.iter().enumerate().for_each(|(nth, entry)| add("benchmark", nth, &entry.id, entry.from));
        self.adjustments.iter().enumerate().for_each(|(nth, entry)| add("adjustment", nth, &entry.id, entry.from));
        self.flags.iter().enumerate().for_each(|(nth, entry)| add("flag", nth, &entry.id, entry.from));
        self.figures.iter().enumerate().for_each(|(nth, entry)| add("figure", nth, &entry.id, entry.from));
        self.bands.iter().enumerate().for_each(|(nth, entry)| add("bands", nth, &entry.id, entry.from));
        self.task_kinds.iter().enumerate().for_each(|(nth, entry)| add("task", nth, &entry.id, entry.from));
        all
    }
}

struct Check<'a> {
    policy: &'a Policy,
    outline: &'a Outline<'a>,
    found: Vec<Problem>,
}

impl Check<'_> {
    fn say(&mut self, path: &[Step<'_>], what: String, action: impl Into<String>) {
        let at = self.outline.byte_of(path);
        self.found.push(self.outline.problem(at, Weight::Unusable, what, action.into()));
    }

    fn names(&mut self) {
        let name = &self.policy.name;
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !name.chars().all(plain) {
            let what = format!("the name `{name}` does not suit a table or a command line");
            self.say(&[Key("name")], what, "write it in small letters, digits and hyphens, such as saltmarsh-2026");
        }
        if name == AGREED {
            let what = format!("`{AGREED}` is the name of limits agreed with a worker");
            self.say(&[Key("name")], what, "give the policy another name");
        }
        let mut seen = std::collections::BTreeSet::new();
        for Dated { kind, nth, id, from } in self.policy.dated() {
            if !id.chars().all(|c| c.is_alphanumeric() || "-_.+".contains(c)) {
                let what = format!("the id `{id}` holds a space or a sign that ids do not have");
                self.say(&[Key(kind), Nth(nth), Key("id")], what, "write it in letters, digits and hyphens");
            }
            if !seen.insert((id, from)) {
                let what = format!("the id `{id}` is given twice from {from}");
                self.say(&[Key(kind), Nth(nth), Key("id")], what, "give one of them another id or date");
            }
        }
        for (kind, ids) in [
            ("kind", self.policy.kinds.iter().map(|kind| &kind.id).collect::<Vec<_>>()),
            ("grade", self.policy.grades.iter().map(|grade| &grade.id).collect()),
        ] {
            for (nth, id) in ids.iter().enumerate().filter(|(nth, id)| ids[..*nth].contains(id)) {
                let what = format!("the {kind} `{id}` is given twice");
                self.say(&[Key(kind), Nth(nth), Key("id")], what, "make one of them, or give it another id");
            }
        }
    }

    fn limits(&mut self) {
        for (nth, limit) in self.policy.limits.iter().enumerate() {
            let (here, name) = ([Key("limit"), Nth(nth)], format!("limit `{}`", limit.id));
            self.order(&[here[0], here[1], Key("upper")], &name, limit.lower, limit.upper);
            match (&limit.counts, limit.replaces.is_empty()) {
                (None, true) => {
                    let action = "write counts = \"children\", or what else it counts";
                    self.say(&here, format!("{name} neither counts nor replaces anything"), action);
                }
                (Some(_), false) => {
                    let action = "take `counts` out: an entry that replaces others counts what they count";
                    let what = format!("{name} both counts and replaces");
                    self.say(&[here[0], here[1], Key("counts")], what, action);
                }
                _ => {}
            }
            if matches!(limit.counts, Some(Counted::CareProceedings | Counted::NewCases | Counted::NewHouseholds)) {
                let what = format!("{name}: what it counts gives no colour");
                self.say(&[here[0], here[1], Key("counts")], what, "write it as a [[flag]]");
            }
            if ![Measure::Limit, Measure::CaseCount].contains(&limit.measure) {
                let what = format!("{name} has the measure {}, which is judged by a benchmark", limit.measure);
                self.say(&[here[0], here[1], Key("measure")], what, "write a [[benchmark]], or leave `measure` out");
            } else {
                self.banded(&here, &name, limit.measure);
            }
            self.defined_kinds(&[here[0], here[1], Key("kinds")], &name, &limit.kinds);
            self.defined(&here, &name, &limit.whom);
            for (of, FullLoad { kind, lower, upper }) in limit.shares.iter().enumerate() {
                let share = [here[0], here[1], Key("shares"), Nth(of)];
                self.defined_kinds(
                    &[share[0], share[1], share[2], share[3], Key("kind")],
                    &name,
                    std::slice::from_ref(kind),
                );
                self.order(&[share[0], share[1], share[2], share[3], Key("upper")], &name, *lower, *upper);
                if lower.is_zero() || upper.is_zero() {
                    let what = format!("{name}: a full load of no cases, for the kind `{kind}`");
                    self.say(&share, what, "write how many of these are a full load, such as 18");
                }
            }
        }
    }

    fn benchmarks(&mut self) {
        for (nth, entry) in self.policy.benchmarks.iter().enumerate() {
            let (here, name) = ([Key("benchmark"), Nth(nth)], format!("benchmark `{}`", entry.id));
            if [Measure::Limit, Measure::CaseCount].contains(&entry.measure) {
                let what = format!("{name} has the measure {}, which is judged by limits", entry.measure);
                self.say(&[here[0], here[1], Key("measure")], what, "write a [[limit]], or another measure");
            } else {
                self.banded(&here, &name, entry.measure);
            }
            self.defined(&here, &name, &entry.whom);
        }
    }

    fn adjustments(&mut self) {
        for (nth, entry) in self.policy.adjustments.iter().enumerate() {
            let (here, name) = ([Key("adjustment"), Nth(nth)], format!("adjustment `{}`", entry.id));
            if entry.percent > Decimal::ONE_HUNDRED {
                let what = format!("{name} takes {} percent of the figures", entry.percent);
                let action = "write what is left of 100, such as 90 for a tenth less";
                self.say(&[here[0], here[1], Key("percent")], what, action);
            }
            self.defined(&here, &name, &entry.whom);
        }
    }

    fn flags(&mut self) {
        for (nth, flag) in self.policy.flags.iter().enumerate() {
            let (here, name) = ([Key("flag"), Nth(nth)], format!("flag `{}`", flag.id));
            match (flag.most, flag.one_for_every) {
                (None, None) => self.say(&here, format!("{name} has no bound"), "add most = 20, or one_for_every = 20"),
                (Some(_), Some(_)) => {
                    let what = format!("{name} has two bounds");
                    self.say(&here, what, "leave either `most` or `one_for_every`");
                }
                (None, Some(every)) if every.is_zero() => {
                    let what = format!("{name}: one for every 0 is no bound");
                    self.say(&[here[0], here[1], Key("one_for_every")], what, "write 1 or more");
                }
                _ => {}
            }
            match (matches!(flag.counts, Counted::NewCases | Counted::NewHouseholds), flag.within_days) {
                (true, None) => {
                    let what = format!("{name} does not say how long a case is new");
                    self.say(&here, what, "add within_days = 20, or another number of days");
                }
                (false, Some(_)) => {
                    let what = format!("{name} counts {} and gives days in which they are new", flag.counts.label());
                    self.say(&[here[0], here[1], Key("within_days")], what, "take `within_days` out");
                }
                _ => {}
            }
            self.defined_kinds(&[here[0], here[1], Key("kinds")], &name, &flag.kinds);
            self.defined(&here, &name, &flag.whom);
        }
    }

    fn bands(&mut self) {
        for (nth, bands) in self.policy.bands.iter().enumerate() {
            let (here, name) = ([Key("bands"), Nth(nth)], format!("bands `{}`", bands.id));
            let twin = |other: &Bands| other.measure == bands.measure && other.from == bands.from;
            if let Some(other) = self.policy.bands[..nth].iter().find(|other| twin(other)) {
                let what = format!("{name} and `{}` are both for {} from {}", other.id, bands.measure, bands.from);
                self.say(&here, what, "leave one of them, or give one another date");
            }
            for (key, edge) in [("amber", bands.amber), ("red", bands.red)] {
                if edge.side == Side::Below {
                    let what = format!("{name}: {key} lies below an edge");
                    self.say(&[here[0], here[1], Key(key)], what, "write where it begins, with `from` or `above`");
                }
            }
            if bands.capacity.is_some_and(|edge| edge.side != Side::Below) {
                let what = format!("{name}: capacity lies above an edge");
                self.say(&[here[0], here[1], Key("capacity")], what, "write up to where there is some, with `below`");
            }
            if before(bands.red, bands.amber) {
                let action = "let red begin where amber ends, or above";
                self.say(&[here[0], here[1], Key("red")], format!("{name}: red begins below amber"), action);
            }
            if bands.capacity.is_some_and(|capacity| before(bands.amber, capacity)) {
                let what = format!("{name}: capacity reaches into amber");
                self.say(&[here[0], here[1], Key("capacity")], what, "let it end where amber begins, or below");
            }
        }
    }

    fn points(&mut self) {
        let policy = self.policy;
        let Some(model) = &policy.points else { return };
        let needed = if model.from == PointsFrom::Matrix { figure_ids::POINTS } else { &[] };
        self.figures("points", needed);
        self.model("points", Measure::Points);
    }

    fn time(&mut self) {
        if self.policy.time.is_some() {
            self.figures("time", figure_ids::TIME);
            if !self.policy.bands.iter().any(|bands| bands.measure == Measure::Time) {
                let action = "add [[bands]] with measure = \"time\"";
                self.say(&[Key("time")], "the policy has [time] and no bands for time".into(), action);
            }
        }
    }

    fn figures(&mut self, model: &str, needed: &[&'static str]) {
        let missing = |id: &&&str| !self.policy.figures.iter().any(|figure| figure.id == ***id);
        let missing: Vec<&str> = needed.iter().filter(missing).copied().collect();
        if !missing.is_empty() {
            let action = format!("add a [[figure]] with each of these ids: {}", missing.join(", "));
            self.say(&[Key(model)], format!("the {model} model lacks figures"), action);
        }
    }

    fn tasks(&mut self) {
        if let Err(message) = self.policy.check_tasks() {
            let (what, action) = message.split_once("; ").unwrap_or((&message, "see the shipped policy for tasks"));
            let named = |id: &str| what.starts_with(&format!("task `{id}`"));
            let nth = self.policy.task_kinds.iter().position(|task| named(&task.id));
            let path = nth.map_or(vec![Key("tasks")], |nth| vec![Key("task"), Nth(nth)]);
            self.say(&path, what.to_string(), action);
        }
    }

    /// A model of points needs bands and a benchmark to judge them by.
    fn model(&mut self, key: &str, measure: Measure) {
        if !self.policy.bands.iter().any(|bands| bands.measure == measure) {
            let action = format!("add [[bands]] with measure = \"{measure}\"");
            self.say(&[Key(key)], format!("the policy has [{key}] and no bands for {measure}"), action);
        }
        if !self.policy.benchmarks.iter().any(|entry| entry.measure == measure && entry.full) {
            let action = "add full = true to the one for experienced workers";
            self.say(&[Key(key)], format!("no [[benchmark]] for {measure} is marked as the full one"), action);
        }
    }

    fn banded(&mut self, path: &[Step<'_>], name: &str, measure: Measure) {
        if !self.policy.bands.iter().any(|bands| bands.measure == measure) {
            let what = format!("{name}: nothing says where {measure} turns amber or red");
            self.say(path, what, format!("add [[bands]] with measure = \"{measure}\""));
        }
    }

    fn order(&mut self, path: &[Step<'_>], name: &str, lower: Decimal, upper: Decimal) {
        if lower > upper {
            let what = format!("{name}: upper {upper} is below lower {lower}");
            self.say(path, what, "write the larger figure as upper");
        }
    }

    fn defined(&mut self, here: &[Step<'_>; 2], name: &str, whom: &Selector) {
        let path = |key| [here[0], here[1], Key("for"), Key(key)];
        self.defined_kinds(&path("holds"), name, &whom.holds);
        let grades: Vec<&str> = self.policy.grades.iter().map(|grade| grade.id.as_str()).collect();
        self.known(&path("grade"), name, "grade", &whom.grade, &grades);
    }

    fn defined_kinds(&mut self, path: &[Step<'_>], name: &str, kinds: &[String]) {
        let known: Vec<&str> = self.policy.kinds.iter().map(|kind| kind.id.as_str()).collect();
        self.known(path, name, "kind", kinds, &known);
    }

    fn known(&mut self, path: &[Step<'_>], name: &str, what: &str, ids: &[String], known: &[&str]) {
        for id in ids.iter().filter(|id| !known.contains(&id.as_str())) {
            let action = match shape::closest(id, known.iter().copied()) {
                Some(near) => format!("write `{near}`, or add a [[{what}]] with this id"),
                None => format!("add a [[{what}]] with id = \"{id}\""),
            };
            self.say(path, format!("{name} names the {what} `{id}`, which is not defined"), action);
        }
    }
}

/// Whether one edge is met by a smaller load than another whatever the figures: the lower figure is
/// never above the upper.
fn before(one: Edge, other: Edge) -> bool {
    let at = |edge: Edge| (edge.percent, edge.side == Side::Above);
    match (one.of, other.of) {
        (Of::Upper, Of::Lower) => false,
        _ => at(one) < at(other),
    }
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
        assert!(limit("kinds = [\"plans\"]").contains("names the kind `plans`, which is not defined; write `plan`"));
        assert!(limit("for = { holds = \"plans\" }").contains("the kind `plans`"));
        assert!(limit("for = { grade = \"two\" }").contains("add a [[grade]] with id = \"two\""));
        assert!(limit("shares = [{ kind = \"plans\", lower = 1, upper = 1 }]").contains("the kind `plans`"));
        assert!(limit("shares = [{ kind = \"plan\", lower = 0, upper = 1 }]").contains("a full load of no cases"));
    }

    #[test]
    fn a_flag_needs_one_bound_and_new_cases_their_days() {
        let flag = |rest: &str| refused(&format!("[[flag]]\n{rest}"));
        assert_eq!(flag("counts = \"children\"\nmost = 3"), "");
        assert_eq!(flag("counts = \"new-cases\"\none_for_every = 6\nwithin_days = 30"), "");
        assert!(flag("counts = \"new-cases\"\none_for_every = 6").contains("within_days"));
        assert!(flag("counts = \"children\"").contains("no bound"));
        assert!(flag("counts = \"children\"\nmost = 1\none_for_every = 2").contains("two bounds"));
        assert!(flag("counts = \"children\"\nmost = 1\nwithin_days = 2").contains("within_days"));
        assert!(flag("counts = \"children\"\nmost = -1").contains("0 or more"));
        let limit = "[[limit]]\ncounts = \"new-cases\"\nlower = 1\nupper = 1";
        assert!(refused(limit).contains("[[flag]]"));
    }
}
