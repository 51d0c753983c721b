//! A reader who wants to know what is hidden: has nothing but the published table and a general idea of what its
//! figures mean, and tries which other figures could stand where one is kept back.
//!
//! Everything known is written as sums that are at most something, and other figures are looked for by narrowing
//! bounds and trying. No code of the suppression is used here.

use std::collections::BTreeMap;

/// The published table: cells as they stand in the file, all teams together in the last row.
pub struct Published {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// What the figures are in truth; asked only for what could stand instead of them.
pub type Truth = BTreeMap<(&'static str, usize), i64>;

/// Counts: of which a hidden one is at least 1.
pub const COUNTS: &[&str] = &[
    "workers",
    "red",
    "amber",
    "green",
    "not_scored",
    "children",
    "households",
    "cp",
    "cioc",
    "care_proceedings",
    "unallocated",
    "headroom_children",
];

/// Amounts, in hundredths.
pub const AMOUNTS: &[&str] = &["fte", "fte_needed"];

/// Workers by their limits, which are not published: but the share over limit is made of them.
pub const UNSEEN: &[&str] = &["over", "within", "unrated"];

/// Points for each household and a benchmark for each FTE, a limit for each FTE: as a reader who knows the policy
/// would have them.
pub const POINTS: i64 = 5;
pub const BENCHMARK: i64 = 40;
pub const LIMIT: i64 = 20;

/// Where a search has taken too long: nothing was found, and the figure counts as given away.
const PATIENCE: u32 = 20_000;

/// `Σ factor × figure ≤ most`.
struct AtMost {
    terms: Vec<(i64, usize)>,
    most: i64,
}

#[derive(Default)]
struct Known {
    names: Vec<(&'static str, usize)>,
    least: Vec<i64>,
    most: Vec<i64>,
    truth: Vec<i64>,
    rules: Vec<AtMost>,
    /// Rules in which a figure stands.
    of: Vec<Vec<usize>>,
}

impl Published {
    pub fn new(header: &[&str], rows: Vec<Vec<String>>) -> Self {
        Self { header: header.iter().map(|name| name.to_string()).collect(), rows }
    }

    /// The text of a cell.
    pub fn text(&self, column: &str, row: usize) -> &str {
        let at = self.header.iter().position(|name| name == column).expect("the column is published");
        &self.rows[row][at]
    }

    pub fn hidden(&self, column: &str, row: usize) -> bool {
        self.text(column, row) == "c"
    }

    /// A figure in hundredths.
    fn hundredths(&self, column: &str, row: usize) -> Option<i64> {
        let text = self.text(column, row);
        if text.is_empty() || text == "c" {
            return None;
        }
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        Some(whole.parse::<i64>().unwrap() * 100 + format!("{part:0<2}").parse::<i64>().unwrap())
    }

    fn teams(&self) -> usize {
        self.rows.len() - 1
    }

    /// What is given away: the cells for which fewer than `others` other figures could be found, each with what it is.
    ///
    /// `told` is a reader who knows beside the sheet which of the hidden counts are small.
    pub fn given_away(&self, truth: &Truth, others: usize, told: bool) -> Vec<String> {
        let known = self.known(truth, told);
        let mut found = Vec::new();
        for row in 0..self.rows.len() {
            for name in COUNTS.iter().chain(AMOUNTS).copied() {
                if !self.hidden(name, row) {
                    continue;
                }
                let at = known.at(name, row);
                let tried = [1, 2, -1, -2, 3, -3, 10, -10].iter().filter(|step| known.could_be(at, **step));
                let count = tried.take(others).count();
                if count < others {
                    found.push(format!("{name} of row {row} is {}: {count} others", known.truth[at]));
                }
            }
            if self.hidden("over_limit_share", row) {
                let (over, within) = (known.at("over", row), known.at("within", row));
                let another = [1, -1, 2, -2]
                    .iter()
                    .any(|step| known.could_be(over, *step) || known.truth[over] > 0 && known.could_be(within, *step));
                if !another {
                    found.push(format!("the share over limit of row {row} follows"));
                }
            }
            found.extend(self.nothing_of_nothing(row));
            found.extend(self.small_shares(row));
        }
        found.extend(self.alone());
        found
    }

    /// A ratio of nothing is nothing, hidden or not.
    fn nothing_of_nothing(&self, row: usize) -> Vec<String> {
        let pairs = [
            ("children_per_fte", "children"),
            ("limit_utilisation", "children"),
            ("cp_per_fte", "cp"),
            ("cioc_per_fte", "cioc"),
            ("proceedings_per_fte", "care_proceedings"),
        ];
        let told = pairs.iter().filter(|(ratio, count)| self.hidden(ratio, row) && self.text(count, row) == "0");
        told.map(|(ratio, _)| format!("{ratio} of row {row} is nothing")).collect()
    }

    /// A share of so few workers that only small counts give it.
    fn small_shares(&self, row: usize) -> Option<String> {
        let share = self.hundredths("over_limit_share", row).filter(|share| *share > 0)?;
        let workers = self.hundredths("workers", row).map_or(5, |workers| workers / 100);
        let fits = |over: i64, rated: i64| (2 * over * 10_000 - 2 * share * rated).abs() <= rated;
        let large = (6..=workers).any(|rated| (6..=rated).any(|over| fits(over, rated)));
        (!large).then(|| format!("{share} hundredths of {workers} workers, row {row}"))
    }

    /// One hidden figure follows from all together.
    fn alone(&self) -> Vec<String> {
        let mut found = Vec::new();
        for name in ["limit_utilisation", "points_utilisation", "fte", "fte_needed"] {
            let hidden = (0..self.teams()).filter(|row| self.hidden(name, *row)).count();
            if hidden == 1 && !self.hidden(name, self.teams()) {
                found.push(format!("{name} is hidden of one team alone"));
            }
        }
        found
    }

    fn known(&self, truth: &Truth, told: bool) -> Known {
        let mut known = Known::default();
        let all = self.teams();
        for row in 0..=all {
            for name in COUNTS.iter().chain(AMOUNTS).chain(UNSEEN).copied() {
                let Some(own) = truth.get(&(name, row)).copied() else { continue };
                let seen = !UNSEEN.contains(&name);
                let unit = if AMOUNTS.contains(&name) { 1 } else { 100 };
                let figure = if seen { self.hundredths(name, row).map(|figure| figure / unit) } else { None };
                let small = (1..=5).contains(&own);
                let beside_hidden = self.hidden("children", row) || self.hidden("fte", row);
                let (least, most) = match figure {
                    Some(figure) => (figure, figure),
                    None if !seen => (0, 1_000),
                    None if AMOUNTS.contains(&name) => (0, 1_000_000),
                    // Nought is hidden too where children or FTE are, and so of all together.
                    None if name == "headroom_children" && (beside_hidden || row == all) => (0, 100_000),
                    None if told && small => (1, 5),
                    None if told => (6, 100_000),
                    None => (1, 100_000),
                };
                known.add(name, row, least, most, own);
            }
        }
        for row in 0..=all {
            known.row(self, row);
        }
        for name in COUNTS.iter().chain(AMOUNTS).chain(UNSEEN).copied() {
            // A column that not every team has adds up over those that have it.
            let parts: Vec<usize> = (0..all).filter_map(|row| known.find(name, row)).collect();
            let Some(whole) = known.find(name, all) else { continue };
            let slack = if AMOUNTS.contains(&name) { i64::try_from(parts.len()).unwrap() + 1 } else { 0 };
            known.equal(&parts, whole, slack);
        }
        for rule in &known.rules {
            let sum: i64 = rule.terms.iter().map(|(factor, at)| factor * known.truth[*at]).sum();
            let names: Vec<_> = rule.terms.iter().map(|(factor, at)| (factor, known.names[*at])).collect();
            assert!(sum <= rule.most, "the truth breaks what is taken for known: {names:?} ≤ {}", rule.most);
        }
        known.of = vec![Vec::new(); known.names.len()];
        for (at, rule) in known.rules.iter().enumerate() {
            for (_, figure) in &rule.terms {
                known.of[*figure].push(at);
            }
        }
        known
    }
}

impl Known {
    fn add(&mut self, name: &'static str, row: usize, least: i64, most: i64, truth: i64) {
        assert!((least..=most).contains(&truth), "{name} of row {row} is {truth}, published as {least} to {most}");
        self.names.push((name, row));
        self.least.push(least);
        self.most.push(most);
        self.truth.push(truth);
    }

    fn find(&self, name: &str, row: usize) -> Option<usize> {
        self.names.iter().position(|(of, at)| *of == name && *at == row)
    }

    fn at(&self, name: &str, row: usize) -> usize {
        self.find(name, row).unwrap()
    }

    fn rule(&mut self, terms: Vec<(i64, usize)>, most: i64) {
        self.rules.push(AtMost { terms, most });
    }

    /// The parts add up to the whole.
    fn equal(&mut self, parts: &[usize], whole: usize, slack: i64) {
        let plus = parts.iter().map(|part| (1, *part)).chain([(-1, whole)]).collect();
        let minus = parts.iter().map(|part| (-1, *part)).chain([(1, whole)]).collect();
        self.rule(plus, slack);
        self.rule(minus, slack);
    }

    /// What one row says of itself.
    fn row(&mut self, sheet: &Published, row: usize) {
        let of = |known: &Self, name: &str| known.at(name, row);
        let colours = ["red", "amber", "green", "not_scored"].map(|name| of(self, name));
        self.equal(&colours, of(self, "workers"), 0);
        let limits = UNSEEN.iter().map(|name| of(self, name)).collect::<Vec<_>>();
        self.equal(&limits, of(self, "workers"), 0);
        // Who is over the limit is red; who is not scored at all has no limit.
        self.rule(vec![(1, of(self, "over")), (-1, of(self, "red"))], 0);
        self.rule(vec![(1, of(self, "not_scored")), (-1, of(self, "unrated"))], 0);
        // Nobody works more than full time.
        self.rule(vec![(1, of(self, "fte")), (-100, of(self, "workers"))], 0);
        // Whoever is over the limit needs help, and nobody else.
        match sheet.hundredths("fte_needed", row) {
            Some(0) => self.rule(vec![(1, of(self, "over"))], 0),
            Some(_) => self.rule(vec![(-1, of(self, "over"))], -1),
            None => {
                let (over, needed) = (of(self, "over"), of(self, "fte_needed"));
                self.rule(vec![(1, over), (-1_000, needed)], 0);
                self.rule(vec![(1, needed), (-1_000_000, over)], 0);
            }
        }
        for (parts, whole) in [
            (&["households"][..], "children"),
            (&["cp", "cioc"], "children"),
            (&["care_proceedings"], "children"),
            (&["care_proceedings"], "households"),
        ] {
            let Some(whole) = self.find(whole, row) else { continue };
            let mut terms: Vec<(i64, usize)> =
                parts.iter().filter_map(|part| Some((1, self.find(part, row)?))).collect();
            terms.push((-1, whole));
            // Of all together it follows, where every team tells both.
            if terms.len() > 1 && row < sheet.teams() {
                self.rule(terms, 0);
            }
        }
        // share = factor × count ÷ FTE, all in hundredths.
        let ratios = [
            ("children_per_fte", "children", 10_000),
            ("cp_per_fte", "cp", 10_000),
            ("cioc_per_fte", "cioc", 10_000),
            ("proceedings_per_fte", "care_proceedings", 10_000),
            ("limit_utilisation", "children", 1_000_000 / LIMIT),
            ("points_utilisation", "households", 1_000_000 * POINTS / BENCHMARK),
        ];
        for (ratio, count, factor) in ratios {
            let (Some(shown), Some(count)) = (sheet.hundredths(ratio, row), self.find(count, row)) else { continue };
            // Of all together the FTE of those that have such a figure counts.
            let all = sheet.teams();
            let parts: Vec<usize> = (0..all).filter(|at| !sheet.text(ratio, *at).is_empty()).collect();
            let by = if row == all { parts } else { vec![row] };
            let by = by.into_iter().map(|row| self.at("fte", row)).collect();
            self.share(shown, factor, count, by);
        }
        if let Some(shown) = sheet.hundredths("over_limit_share", row) {
            self.share(shown, 10_000, of(self, "over"), vec![of(self, "over"), of(self, "within")]);
        }
    }

    /// `shown` is `factor × count ÷ Σ by`, rounded.
    fn share(&mut self, shown: i64, factor: i64, count: usize, by: Vec<usize>) {
        for (sign, edge) in [(1, 2 * shown + 1), (-1, 2 * shown - 1)] {
            let mut terms = vec![(sign * 2 * factor, count)];
            for at in &by {
                match terms.iter_mut().find(|(_, known)| known == at) {
                    Some((own, _)) => *own -= sign * edge,
                    None => terms.push((-sign * edge, *at)),
                }
            }
            self.rule(terms, 0);
        }
    }

    /// Whether a figure could be so much more than it is, all else that is known holding.
    fn could_be(&self, at: usize, step: i64) -> bool {
        let wanted = self.truth[at] + step;
        if !(self.least[at]..=self.most[at]).contains(&wanted) {
            return false;
        }
        let (mut least, mut most) = (self.least.clone(), self.most.clone());
        (least[at], most[at]) = (wanted, wanted);
        let mut patience = PATIENCE;
        self.solve(least, most, vec![at], &mut patience)
    }

    fn solve(&self, mut least: Vec<i64>, mut most: Vec<i64>, changed: Vec<usize>, patience: &mut u32) -> bool {
        if *patience == 0 || !self.narrow(&mut least, &mut most, changed) {
            return false;
        }
        *patience -= 1;
        // As it is in truth wherever that may still be; what does not hold then says where to try.
        let figures: Vec<i64> = (0..least.len()).map(|at| self.truth[at].clamp(least[at], most[at])).collect();
        let sum = |rule: &AtMost| rule.terms.iter().map(|(factor, at)| factor * figures[*at]).sum::<i64>();
        let Some(broken) = self.rules.iter().find(|rule| sum(rule) > rule.most) else { return true };
        // Some figure of a broken rule has to give way, down where it adds and up where it takes away.
        for (factor, at) in &broken.terms {
            let (mut less, mut more) = (least.clone(), most.clone());
            let figure = figures[*at];
            if *factor > 0 && figure > least[*at] {
                more[*at] = figure - 1;
            } else if *factor < 0 && figure < most[*at] {
                less[*at] = figure + 1;
            } else {
                continue;
            }
            if self.solve(less, more, vec![*at], patience) {
                return true;
            }
            // Or else it does not.
            if *factor > 0 {
                least[*at] = figure;
            } else {
                most[*at] = figure;
            }
        }
        false
    }

    /// Narrows the bounds by every rule until nothing changes; whether something is left of each.
    fn narrow(&self, least: &mut [i64], most: &mut [i64], mut changed: Vec<usize>) -> bool {
        let mut rounds = 0;
        while let Some(figure) = changed.pop() {
            rounds += 1;
            if rounds > 5_000 {
                // Creeping: what is left is tried.
                return true;
            }
            for rule in &self.of[figure] {
                let rule = &self.rules[*rule];
                let low = |(factor, at): &(i64, usize)| factor * if *factor > 0 { least[*at] } else { most[*at] };
                let lowest: i64 = rule.terms.iter().map(low).sum();
                if lowest > rule.most {
                    return false;
                }
                for (factor, at) in &rule.terms {
                    let own = factor * if *factor > 0 { least[*at] } else { most[*at] };
                    let room = rule.most - (lowest - own);
                    if *factor > 0 {
                        let bound = room.div_euclid(*factor);
                        if bound < most[*at] {
                            most[*at] = bound;
                            changed.push(*at);
                        }
                    } else {
                        // factor × figure ≤ room with a negative factor: figure ≥ room ÷ factor, rounded up.
                        let bound = -room.div_euclid(-*factor);
                        if bound > least[*at] {
                            least[*at] = bound;
                            changed.push(*at);
                        }
                    }
                    if least[*at] > most[*at] {
                        return false;
                    }
                }
            }
        }
        true
    }
}
