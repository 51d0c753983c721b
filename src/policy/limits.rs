//! Limits and flags: how much of what a worker may hold.

use jiff::civil::Date;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Selector, Source, civil_date};
use crate::book::names::named;
use crate::field::caseload::Unit;
use crate::field::rating::Measure;

/// A maximum load for a full-time worker.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// Unique within the policy.
    pub id: String,
    /// The entry in words: `Assessment, social worker`.
    pub label: String,
    /// Whom it is for; nobody named is everybody.
    #[serde(default, rename = "for")]
    pub whom: Selector,
    /// What it is a measure of: a limit, or a case count judged by bands of its own.
    #[serde(default = "limit")]
    pub measure: Measure,
    /// What is counted; for an entry that replaces others, theirs.
    #[serde(default)]
    pub counts: Option<Counted>,
    /// Kinds of case that are counted; none named for all.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// Full loads of each kind of case, where a mixed load is the sum of its shares of a full one:
    /// 12 of 24 and 9 of 18 are a full post.
    #[serde(default)]
    pub shares: Vec<FullLoad>,
    /// This entry does not bind by itself: it takes the place of the worker's limit where
    /// that counts one of these and is not already lower.
    #[serde(default)]
    pub replaces: Vec<Counted>,
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

impl Limit {
    /// What is counted; of an entry that replaces others nothing of its own.
    pub fn counted(&self) -> Counted {
        self.counts.unwrap_or(Counted::Children)
    }

    /// Both limit the same thing, so that only one of them can bind a worker.
    pub(super) fn is_of_what(&self, other: &Limit) -> bool {
        (self.measure, self.counts, &self.kinds) == (other.measure, other.counts, &other.kinds)
    }

    /// The unit that its loads are given in.
    pub fn counted_in(&self) -> Unit {
        match self.measure {
            Measure::CaseCount => Unit::Cases,
            _ if !self.shares.is_empty() => Unit::Cases,
            _ => self.counted().unit(),
        }
    }
}

/// How many cases of one kind are a full load.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FullLoad {
    /// The kind of case.
    pub kind: String,
    /// Lower figure; equal to the upper where there is one figure.
    pub lower: Decimal,
    /// Upper figure.
    pub upper: Decimal,
}

named! {
    /// What a limit or a flag counts.
    Counted {
        /// Children, each sibling counted.
        Children = "children",
        /// Young people.
        YoungPeople = "young-people",
        /// Households.
        Households = "households",
        /// Foster carers supervised.
        FosterCarers = "foster-carers",
        /// Assessments of carers under way.
        Assessments = "assessments",
        /// Reviews.
        Reviews = "reviews",
        /// Households in care proceedings.
        CareProceedings = "care-proceedings",
        /// Cases allocated, or else opened, within some days before the as-of date.
        NewCases = "new-cases",
        /// Households of which all a worker's cases are so new.
        NewHouseholds = "new-households",
    }
}

impl Counted {
    /// The words people read.
    pub fn label(self) -> &'static str {
        match self {
            Counted::YoungPeople => "young people",
            Counted::FosterCarers => "foster carers",
            Counted::CareProceedings => "households in care proceedings",
            Counted::NewCases => "new cases",
            Counted::NewHouseholds => "new households",
            other => other.name(),
        }
    }

    /// The unit that loads of these are given in.
    pub fn unit(self) -> Unit {
        match self {
            Counted::Children => Unit::Children,
            Counted::YoungPeople => Unit::YoungPeople,
            Counted::FosterCarers => Unit::FosterCarers,
            Counted::Assessments => Unit::Assessments,
            Counted::Reviews => Unit::Reviews,
            Counted::Households | Counted::CareProceedings | Counted::NewCases | Counted::NewHouseholds => Unit::Cases,
        }
    }
}

/// A bound that is told of when it is passed, and gives no colour.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Flag {
    /// Unique within the policy.
    pub id: String,
    /// The bound in words: `no more than one new case for every six open ones`.
    pub label: String,
    /// Whom it is for.
    #[serde(default, rename = "for")]
    pub whom: Selector,
    /// What is counted.
    pub counts: Counted,
    /// Kinds of case that are counted; none named for all.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// The most of these; the figure itself is within it.
    #[serde(default)]
    pub most: Option<Decimal>,
    /// In place of `most`: one for every so many cases that are not counted themselves.
    #[serde(default)]
    pub one_for_every: Option<Decimal>,
    /// For new cases, the days before the as-of date that make one new.
    #[serde(default)]
    pub within_days: Option<u32>,
    /// Part-time workers get their share of `most`.
    #[serde(default)]
    pub pro_rata: bool,
    /// Unit in words.
    pub unit: String,
    /// First day in force.
    #[serde(deserialize_with = "civil_date")]
    pub from: Date,
    /// Where it comes from.
    pub source: Source,
}

impl Flag {
    /// The bound in words: `2 households in care proceedings`, `1 new case for every 6 others`.
    pub fn in_words(&self) -> String {
        let counted = self.counts.label();
        match (self.most, self.one_for_every) {
            (Some(most), _) => format!("{} {counted}", most.normalize()),
            (None, Some(every)) => format!("{counted}: 1 for every {} others", every.normalize()),
            (None, None) => counted.into(),
        }
    }
}

fn limit() -> Measure {
    Measure::Limit
}

fn yes() -> bool {
    true
}
