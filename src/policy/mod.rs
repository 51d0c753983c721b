//! Agreed numbers: limits, benchmarks, points and bands, each with unit, first day and source.

use jiff::civil::Date;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::book::pages::Imprint;
use crate::field::caseload::CaseStatus;
use crate::field::rating::{Measure, Rag};

mod bands;
mod changes;
mod check;
mod doubts;
mod entries;
pub mod figure_ids;
mod keys;
mod library;
mod limits;
mod points;
mod posts;
mod problem;
mod read;
mod schema;
mod select;
mod selector;
mod shape;
mod tasks;
mod time;

pub use bands::{Bands, Cells, Edge, Held, Of, Side, asked_for};
pub use changes::{Change, Changes};
pub use entries::{DECISIONS, Figures, Row};
pub use keys::FigureOf;
pub use library::{BUILT_IN, DEFAULT, NATIONAL, PRACTICE};
pub use limits::{Counted, Flag, FullLoad, Limit};
pub use points::{PointsFrom, PointsModel};
pub use posts::Post;
pub use problem::{Problem, Weight};
pub use read::Examined;
pub use schema::schema;
pub use selector::{Facts, Selector, Whom};
pub use tasks::{Task, TaskKind, TaskLoad, TaskPoints, TasksModel};
pub use time::TimeModel;

/// A policy as its file gives it.
///
/// Every figure stands in the file with its unit, the first day it applies and its source;
/// of several entries for the same thing the latest not after the as-of date is in force.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Name for the command line and the tables.
    pub name: String,
    /// Title people read.
    pub title: String,
    /// What it is for, in a sentence or two.
    pub about: String,
    /// Shown beside the others and never the one that gives a worker their overall colour.
    #[serde(default)]
    pub advisory: bool,
    /// Grades that its entries name.
    #[serde(default, rename = "grade")]
    pub grades: Vec<Grade>,
    /// Kinds of case that its entries name.
    #[serde(default, rename = "kind")]
    pub kinds: Vec<Kind>,
    /// Limits, in the order in which ties are broken.
    #[serde(default, rename = "limit")]
    pub limits: Vec<Limit>,
    /// Points model, where the policy has one.
    #[serde(default)]
    pub points: Option<PointsModel>,
    /// Tasks model, where the policy has one.
    #[serde(default)]
    pub tasks: Option<TasksModel>,
    /// Kinds of tasks with their points.
    #[serde(default, rename = "task")]
    pub task_kinds: Vec<Task>,
    /// Time model, where the policy scores hours.
    #[serde(default)]
    pub time: Option<TimeModel>,
    /// Benchmarks by experience.
    #[serde(default, rename = "benchmark")]
    pub benchmarks: Vec<Benchmark>,
    /// Percentages that limits and benchmarks are taken at for some workers.
    #[serde(default, rename = "adjustment")]
    pub adjustments: Vec<Adjustment>,
    /// Bounds that are told of when passed, and give no colour.
    #[serde(default, rename = "flag")]
    pub flags: Vec<Flag>,
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
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
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

/// A grade that a policy tells apart, as people write it in the role column.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Grade {
    /// Unique within the policy; entries name it.
    pub id: String,
    /// The grade in words.
    pub label: String,
    /// How it is written; a role cell that holds one of these is of this grade, the longest deciding.
    pub words: Vec<String>,
}

/// A kind of case that a policy tells apart.
///
/// A case is of the first kind, in the order of the file, of which it has a status or a word.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// Unique within the policy; entries name it.
    pub id: String,
    /// The kind in words.
    pub label: String,
    /// Statuses that make a case one of this kind.
    #[serde(default)]
    pub statuses: Vec<CaseStatus>,
    /// Words in the status column that make a case one of this kind.
    #[serde(default)]
    pub words: Vec<String>,
}

/// A percentage at which limits and benchmarks are taken for some workers.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Adjustment {
    /// Unique within the policy.
    pub id: String,
    /// The adjustment in words: `NQSW: share of the case count`.
    pub label: String,
    /// Whom it is for.
    #[serde(default, rename = "for")]
    pub whom: Selector,
    /// The measures it holds for.
    pub measures: Vec<Measure>,
    /// Percent of the full figures.
    pub percent: Decimal,
    /// Unit in words.
    pub unit: String,
    /// First day in force.
    #[serde(deserialize_with = "civil_date")]
    pub from: Date,
    /// Where it comes from.
    pub source: Source,
}

/// Points, hours or tasks expected of a full-time worker.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Benchmark {
    /// Unique within the policy.
    pub id: String,
    /// The entry in words.
    pub label: String,
    /// The measure it is for.
    pub measure: Measure,
    /// Whom it is for; nobody named is everybody.
    #[serde(default, rename = "for")]
    pub whom: Selector,
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
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// Unique within the policy; the program asks for those of the shipped policies.
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

/// What a band asks for.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, Deserialize, JsonSchema)]
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
    /// Published averages that stand beside the directorate's own.
    pub national: Policy,
    /// The date they are judged on.
    pub as_of: Date,
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

    /// What a workbook made under these policies says of itself.
    pub fn imprint(&self, title: &str) -> Imprint {
        let policies = self.chosen.iter().map(|policy| policy.name.clone()).collect();
        Imprint { title: title.to_string(), policies, as_of: self.as_of }
    }

    /// The action text for a band, from the first chosen policy that has one.
    pub fn action(&self, rag: Rag) -> Option<&Action> {
        self.chosen
            .iter()
            .chain([&self.practice])
            .find_map(|policy| policy.actions.iter().find(|action| action.rag == rag))
    }
}

impl Policy {
    /// Reads a policy from the text of its file.
    ///
    /// # Errors
    ///
    /// A line for each thing for which the file cannot be used: line and column, what is wrong, and what
    /// to do.
    pub fn read(text: &str, sha256: String) -> Result<Self, String> {
        read::read(text, sha256).map(|(policy, _)| policy).map_err(|problems| {
            let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
            lines.join("\n")
        })
    }
}

fn civil_date<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
    let written = toml::value::Datetime::deserialize(from)?;
    match (written.date, written.time) {
        (Some(date), None) => Date::new(date.year as i16, date.month as i8, date.day as i8)
            .map_err(|_| serde::de::Error::custom("the date does not exist; write it as 2020-09-01")),
        _ => Err(serde::de::Error::custom("this is no day; write a date alone, as 2020-09-01")),
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
        assert!(error.starts_with("line 4, column 1: `colour` is not a key of the policy"), "{error}");
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
