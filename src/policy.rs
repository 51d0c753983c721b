//! Agreed numbers: limits, benchmarks, points and bands, each with unit, first day and source.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::caseload::{CaseStatus, Proceedings, Role, ServiceArea, Stage, Unit};
use crate::rating::{Measure, Rag};

/// A policy as its file gives it.
///
/// Every figure stands in the file with its unit, the first day it applies and its source;
/// of several entries for the same thing the latest not after the as-of date is in force.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Name for the command line and the tables.
    pub name: String,
    /// Title people read.
    pub title: String,
    /// What it is for, in a sentence or two.
    pub about: String,
    /// Limits, in the order in which ties are broken.
    #[serde(default, rename = "limit")]
    pub limits: Vec<Limit>,
    /// Points model, where the policy has one.
    #[serde(default)]
    pub points: Option<PointsModel>,
    /// Benchmarks by experience.
    #[serde(default, rename = "benchmark")]
    pub benchmarks: Vec<Benchmark>,
    /// Single figures by id.
    #[serde(default, rename = "figure")]
    pub figures: Vec<Figure>,
    /// Where green, amber and red meet, by measure.
    #[serde(default, rename = "bands")]
    pub bands: Vec<Bands>,
    /// What each band asks for.
    #[serde(default, rename = "action")]
    pub actions: Vec<Action>,
    /// What is stated for transparency, without a figure of its own in the scoring.
    #[serde(default, rename = "note")]
    pub notes: Vec<Note>,
    /// Hash of the file's bytes, hexadecimal.
    #[serde(skip)]
    pub sha256: String,
}

/// Document and section a figure comes from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The document's name.
    pub document: String,
    /// The section, heading or page.
    pub section: String,
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, {}", self.document, self.section)
    }
}

/// A maximum load for a full-time worker.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// Unique within the policy.
    pub id: String,
    /// The entry in words: `Assessment, social worker`.
    pub label: String,
    /// Service area it applies to; none for every area.
    #[serde(default)]
    pub area: Option<ServiceArea>,
    /// Roles it applies to; none for every role.
    #[serde(default)]
    pub roles: Vec<Role>,
    /// Stage it applies to; none for every stage.
    #[serde(default)]
    pub stage: Option<Stage>,
    /// What is counted; for an entry that replaces others, theirs.
    #[serde(default)]
    pub counts: Option<Unit>,
    /// This entry does not bind by itself: it takes the place of the worker's limit where
    /// that counts one of these and is not already lower.
    #[serde(default)]
    pub replaces: Vec<Unit>,
    /// Lower figure; equal to the upper where there is one figure.
    pub lower: Decimal,
    /// Upper figure.
    pub upper: Decimal,
    /// Part-time workers get their share.
    #[serde(default = "yes")]
    pub pro_rata: bool,
    /// Unit in words: `children per full-time worker`.
    pub unit: String,
    /// First day in force.
    #[serde(deserialize_with = "civil_date")]
    pub from: Date,
    /// Where it comes from.
    pub source: Source,
}

/// How points are made.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PointsModel {
    /// Statuses that earn the household's status points.
    pub status_earned_by: Vec<CaseStatus>,
    /// Proceedings that earn the same status points.
    pub status_earned_in: Vec<Proceedings>,
    /// Service areas not scored in points.
    pub not_for_areas: Vec<ServiceArea>,
    /// Roles not scored in points.
    pub not_for_roles: Vec<Role>,
    /// Why those are not scored, in words.
    pub not_for_because: String,
    /// Where the model comes from.
    pub source: Source,
}

/// Points, hours or tasks expected of a full-time worker.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Benchmark {
    /// Unique within the policy.
    pub id: String,
    /// The entry in words.
    pub label: String,
    /// The measure it is for.
    pub measure: Measure,
    /// Stage it applies to.
    pub stage: Stage,
    /// Taken for workers whose experience is not known.
    #[serde(default)]
    pub full: bool,
    /// The figure.
    pub value: Decimal,
    /// Unit in words.
    pub unit: String,
    /// First day in force.
    #[serde(deserialize_with = "civil_date")]
    pub from: Date,
    /// Where it comes from.
    pub source: Source,
}

/// One figure by its id.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// Unique within the policy; the ids the program asks for are listed in [`figure_ids`].
    pub id: String,
    /// The figure in words.
    pub label: String,
    /// The figure.
    pub value: Decimal,
    /// Unit in words.
    pub unit: String,
    /// First day in force.
    #[serde(deserialize_with = "civil_date")]
    pub from: Date,
    /// Where it comes from.
    pub source: Source,
}

/// Where the bands of one measure meet.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bands {
    /// Unique within the policy.
    pub id: String,
    /// The measure judged by these.
    pub measure: Measure,
    /// Below this is green with capacity; none where the model has no such mark.
    #[serde(default)]
    pub capacity: Option<Edge>,
    /// From here amber.
    pub amber: Edge,
    /// From here red.
    pub red: Edge,
    /// Unit in words.
    pub unit: String,
    /// First day in force.
    #[serde(deserialize_with = "civil_date")]
    pub from: Date,
    /// Where they come from.
    pub source: Source,
}

/// An edge between bands, in percent of the lower or upper figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "EdgeText")]
pub struct Edge {
    /// Percent.
    pub percent: Decimal,
    /// Of the lower or the upper figure.
    pub of: Of,
    /// Which side the edge itself belongs to.
    pub side: Side,
}

impl Edge {
    /// Whether a load is at or past this edge (for `below`: short of it); exact.
    pub fn reached(&self, load: Decimal, lower: Decimal, upper: Decimal) -> bool {
        let figure = match self.of {
            Of::Lower => lower,
            Of::Upper => upper,
        };
        let load = load * Decimal::ONE_HUNDRED;
        let edge = figure * self.percent;
        match self.side {
            Side::From => load >= edge,
            Side::Above => load > edge,
            Side::Below => load < edge,
        }
    }
}

/// The figure an edge refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Of {
    /// The lower figure.
    Lower,
    /// The upper figure.
    Upper,
}

/// Which side of an edge is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The edge and what lies above it.
    From,
    /// What lies above the edge.
    Above,
    /// What lies below the edge.
    Below,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EdgeText {
    from: Option<Decimal>,
    above: Option<Decimal>,
    below: Option<Decimal>,
    of: Of,
}

impl TryFrom<EdgeText> for Edge {
    type Error = &'static str;

    fn try_from(text: EdgeText) -> Result<Self, Self::Error> {
        let (percent, side) = match (text.from, text.above, text.below) {
            (Some(percent), None, None) => (percent, Side::From),
            (None, Some(percent), None) => (percent, Side::Above),
            (None, None, Some(percent)) => (percent, Side::Below),
            _ => return Err("give one of `from`, `above` or `below` with a figure in percent"),
        };
        Ok(Edge { percent, of: text.of, side })
    }
}

/// What a band asks for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// The band.
    pub rag: Rag,
    /// What to do, for the manager.
    pub text: String,
    /// Where it comes from.
    pub source: Source,
}

/// Something stated for transparency.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// The statement.
    pub text: String,
    /// Where it comes from.
    pub source: Source,
}

/// The policies of a run: those chosen, in order, and the figures of the practice rules.
#[derive(Debug, Clone)]
pub struct Policies {
    /// Chosen policies; of two equal ratings the earlier policy's governs.
    pub chosen: Vec<Policy>,
    /// Figures that hold unless a chosen policy gives its own under the same id.
    pub practice: Policy,
    /// The date they are judged on.
    pub as_of: Date,
}

impl PointsModel {
    /// Whether workers of this role in this area are scored in points; an area that is not known bars nobody.
    pub fn is_meant_for(&self, area: Option<ServiceArea>, role: Role) -> bool {
        !self.not_for_roles.contains(&role) && area.is_none_or(|area| !self.not_for_areas.contains(&area))
    }

    /// Whether a household of these statuses and proceedings earns the points for a status, and
    /// those for care proceedings.
    pub fn earned(&self, has: impl Fn(CaseStatus) -> bool, within: impl Fn(Proceedings) -> bool) -> (bool, bool) {
        let status = self.status_earned_by.iter().any(|status| has(*status))
            || self.status_earned_in.iter().any(|proceedings| within(*proceedings));
        (status, within(Proceedings::Care))
    }
}

impl Policies {
    /// The figure of this id in force: a chosen policy's, else the practice rules'.
    pub fn figure(&self, id: &str) -> Option<&Figure> {
        self.chosen.iter().chain([&self.practice]).find_map(|policy| policy.figure(id, self.as_of))
    }

    /// The value of a figure the program cannot do without.
    ///
    /// The practice rules are checked for all of [`figure_ids::REQUIRED`] when they are read,
    /// so the fallback of nought is never met.
    pub fn value(&self, id: &str) -> Decimal {
        self.figure(id).map_or(Decimal::ZERO, |figure| figure.value)
    }

    /// The action text for a band, from the first chosen policy that has one.
    pub fn action(&self, rag: Rag) -> Option<&Action> {
        self.chosen
            .iter()
            .chain([&self.practice])
            .find_map(|policy| policy.actions.iter().find(|action| action.rag == rag))
    }
}

/// The ids of figures the program asks for.
pub mod figure_ids {
    /// Hours a week of a full-time post.
    pub const WEEK: &str = "full-time-week";
    /// Days a week of a full-time post.
    pub const DAYS: &str = "full-time-days";
    /// How far two figures of one FTE cell may lie apart.
    pub const FTE_APART: &str = "fte-apart";
    /// Largest share of a post that is used as it stands.
    pub const FTE_MOST: &str = "fte-most";
    /// A bare figure above this, up to [`HOURS_MOST`], is read as hours.
    pub const HOURS_ABOVE: &str = "fte-hours-above";
    /// A bare figure above this, up to [`PERCENT_MOST`], is read as percent.
    pub const HOURS_MOST: &str = "fte-hours-most";
    /// Largest figure read as percent.
    pub const PERCENT_MOST: &str = "fte-percent-most";
    /// Sets of care proceedings one worker should have at a time.
    pub const PROCEEDINGS_MOST: &str = "care-proceedings-most";
    /// Youngest age in leaving care.
    pub const LEAVING_CARE_LEAST: &str = "age-leaving-care-least";
    /// Oldest age in leaving care.
    pub const LEAVING_CARE_MOST: &str = "age-leaving-care-most";
    /// Oldest age elsewhere.
    pub const AGE_MOST: &str = "age-most";
    /// Months ahead that a date of birth may lie for an unborn child.
    pub const UNBORN_MONTHS: &str = "unborn-months";
    /// All that the practice rules must give.
    pub const REQUIRED: &[&str] = &[
        WEEK,
        DAYS,
        FTE_APART,
        FTE_MOST,
        HOURS_ABOVE,
        HOURS_MOST,
        PERCENT_MOST,
        PROCEEDINGS_MOST,
        LEAVING_CARE_LEAST,
        LEAVING_CARE_MOST,
        AGE_MOST,
        UNBORN_MONTHS,
    ];

    /// Points for each child.
    pub const POINTS_BASE: &str = "points-base";
    /// Points once per household for its status.
    pub const POINTS_STATUS: &str = "points-status";
    /// Points once per household in care proceedings.
    pub const POINTS_CARE: &str = "points-care-proceedings";
    /// Points for the word "low".
    pub const POINTS_LOW: &str = "points-level-low";
    /// Points for the word "medium".
    pub const POINTS_MEDIUM: &str = "points-level-medium";
    /// Points for the word "high".
    pub const POINTS_HIGH: &str = "points-level-high";
    /// Points for the word "ending".
    pub const POINTS_ENDING: &str = "points-level-ending";
    /// Points assumed for a blank level.
    pub const POINTS_BLANK: &str = "points-level-blank";
    /// Largest figure of an intervention level.
    pub const POINTS_LEVEL_MOST: &str = "points-level-most";
    /// Points for each ticked factor.
    pub const POINTS_FACTOR: &str = "points-factor";
    /// Most that ticked factors, or a figure for them, can come to.
    pub const POINTS_FACTORS_MOST: &str = "points-factors-most";
    /// Points for duties beside cases.
    pub const POINTS_DUTY: &str = "points-duty";
    /// All that a policy with a points model must give.
    pub const POINTS: &[&str] = &[
        POINTS_BASE,
        POINTS_STATUS,
        POINTS_CARE,
        POINTS_LOW,
        POINTS_MEDIUM,
        POINTS_HIGH,
        POINTS_ENDING,
        POINTS_BLANK,
        POINTS_LEVEL_MOST,
        POINTS_FACTOR,
        POINTS_FACTORS_MOST,
        POINTS_DUTY,
    ];
}

impl Policy {
    /// Reads a policy from the text of its file.
    ///
    /// # Errors
    ///
    /// The sentence names line and column of a key that is not known, missing or of the wrong kind,
    /// and what to write there.
    pub fn read(text: &str, sha256: String) -> Result<Self, String> {
        let mut policy: Policy = toml::from_str(text).map_err(|error| place_of(text, &error))?;
        policy.sha256 = sha256;
        policy.check()?;
        Ok(policy)
    }

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

    fn check(&self) -> Result<(), String> {
        let mut seen = std::collections::BTreeSet::new();
        let entries = (self.limits.iter().map(|entry| (entry.id.as_str(), entry.from)))
            .chain(self.benchmarks.iter().map(|entry| (entry.id.as_str(), entry.from)))
            .chain(self.figures.iter().map(|entry| (entry.id.as_str(), entry.from)))
            .chain(self.bands.iter().map(|entry| (entry.id.as_str(), entry.from)));
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
        if !self.limits.is_empty() && !self.bands.iter().any(|bands| bands.measure == Measure::Limit) {
            return Err("the policy has limits and no [[bands]] with measure = \"limit\"; add them".into());
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
        Ok(())
    }
}

/// A TOML error as `line 3, column 5: …`.
pub fn place_of(text: &str, error: &toml::de::Error) -> String {
    let message = error.message().trim().replace('\n', "; ");
    match error.span() {
        Some(span) => format!("{}: {message}", line_and_column(text, span.start)),
        None => message,
    }
}

/// Where a byte of a text stands, as `line 3, column 5`.
pub fn line_and_column(text: &str, at: usize) -> String {
    let before = &text[..at.min(text.len())];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    format!("line {line}, column {column}")
}

fn latest<'a, T>(entries: impl Iterator<Item = &'a T>, on: Date, from: impl Fn(&T) -> Date) -> Option<&'a T> {
    entries.filter(|entry| from(entry) <= on).max_by_key(|entry| from(entry))
}

fn yes() -> bool {
    true
}

fn civil_date<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
    let written = toml::value::Datetime::deserialize(from)?;
    match (written.date, written.time) {
        (Some(date), None) => Date::new(date.year as i16, date.month as i8, date.day as i8)
            .map_err(|_| serde::de::Error::custom("the date does not exist; write it as 2020-09-01")),
        _ => Err(serde::de::Error::custom("write a date alone, as 2020-09-01")),
    }
}

/// The policies that the program carries, by name.
pub const BUILT_IN: &[(&str, &str)] = &[
    ("redcar-2020", include_str!("../templates/policy/redcar-2020.toml")),
    ("task-force-points", include_str!("../templates/policy/task-force-points.toml")),
];

/// The policies of a run that names none.
pub const DEFAULT: &[&str] = &["redcar-2020", "task-force-points"];

/// Figures of the practice rules, carried by the program.
pub const PRACTICE: &str = include_str!("../templates/policy/practice.toml");

impl Policies {
    /// The default policies, judged on this date.
    ///
    /// # Errors
    ///
    /// None in a build whose tests pass: the files are our own.
    pub fn built_in(as_of: Date) -> Result<Self, String> {
        let chosen = DEFAULT.iter().map(|name| Policy::built_in(name).unwrap_or(Err("missing".into())));
        Self::new(chosen.collect::<Result<_, _>>()?, as_of)
    }

    /// These policies, with the practice rules behind them.
    ///
    /// # Errors
    ///
    /// A figure that the program cannot do without is missing; the sentence names it.
    pub fn new(chosen: Vec<Policy>, as_of: Date) -> Result<Self, String> {
        let practice = Policy::read(PRACTICE, hash(PRACTICE.as_bytes()))?;
        for id in figure_ids::REQUIRED {
            if !practice.figures.iter().any(|figure| figure.id == *id) {
                return Err(format!("the practice rules lack the figure `{id}`"));
            }
        }
        Ok(Self { chosen, practice, as_of })
    }
}

impl Policy {
    /// The policy of this name that the program carries; `None` where there is none.
    pub fn built_in(name: &str) -> Option<Result<Policy, String>> {
        let (_, text) = BUILT_IN.iter().find(|(known, _)| *known == name)?;
        Some(Policy::read(text, hash(text.as_bytes())))
    }
}

/// A SHA-256 in hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policies_we_carry_read() {
        for (name, _) in BUILT_IN {
            let policy = Policy::built_in(name).unwrap().unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(&policy.name, name);
        }
        Policies::built_in(jiff::civil::date(2025, 9, 30)).unwrap();
    }

    #[test]
    fn an_unknown_key_is_placed() {
        let text = "name = \"a\"\ntitle = \"b\"\nabout = \"c\"\ncolour = \"red\"\n";
        let error = Policy::read(text, String::new()).unwrap_err();
        assert!(error.starts_with("line 4, column 1: unknown field `colour`"), "{error}");
    }

    #[test]
    fn the_figure_in_force_is_the_latest_not_after_the_day() {
        let entry = |value: u32, from: &str| {
            format!(
                "[[figure]]\nid = \"w\"\nlabel = \"l\"\nvalue = {value}\nunit = \"u\"\nfrom = {from}\n\
                 source = {{ document = \"d\", section = \"s\" }}\n"
            )
        };
        let text = format!(
            "name = \"a\"\ntitle = \"b\"\nabout = \"c\"\n{}{}",
            entry(35, "2020-01-01"),
            entry(37, "2024-04-01")
        );
        let policy = Policy::read(&text, String::new()).unwrap();
        let on = |year, month, day| policy.figure("w", jiff::civil::date(year, month, day)).map(|found| found.value);
        assert_eq!(on(2019, 12, 31), None);
        assert_eq!(on(2024, 3, 31), Some(Decimal::from(35)));
        assert_eq!(on(2024, 4, 1), Some(Decimal::from(37)));
    }
}
