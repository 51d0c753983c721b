//! What a time form says of one worker's hours over its period.

use rust_decimal::Decimal;

use super::Entry;
use crate::book::names::named;
use crate::book::sheet::Place;

/// A worker's hours as a time form gives them; figures are hours, without their sign.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeForm {
    /// A cell to hang a remark about the form on: the first of its hours.
    pub place: Place,
    /// Hours available over the period.
    pub available: Entry<Decimal>,
    /// What is taken off them, line by line.
    pub items: Vec<TimeItem>,
    /// Hours for each case, or each task of a case.
    pub cases: Vec<CaseTime>,
    /// Totals of the form itself.
    pub stated: StatedTotals,
    /// A figure written with another sign than those before it.
    pub other_sign: Option<Place>,
    /// Another form that names the same worker: which of the two holds cannot be told.
    pub again: Option<Place>,
}

/// A line of a time form above the cases.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeItem {
    /// What the time is taken off for.
    pub kind: Deduction,
    /// The line's label as written.
    pub label: String,
    /// The label stands in no list; its hours count as those for other roles.
    pub label_known: bool,
    /// The hours.
    pub hours: Entry<Decimal>,
}

/// Hours for a case.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseTime {
    /// The line's label as written; it may name a child.
    pub label: String,
    /// The line's label cell.
    pub place: Place,
    /// The hours.
    pub hours: Entry<Decimal>,
}

/// What a time form adds up itself; used only where nothing is itemised.
#[derive(Debug, Clone, PartialEq)]
pub struct StatedTotals {
    /// Σ of what is taken off.
    pub sub_total: Entry<Decimal>,
    /// Σ of the hours for cases.
    pub case_work: Entry<Decimal>,
    /// Both together.
    pub required: Entry<Decimal>,
}

named! {
    /// What hours are taken off for before any case.
    Deduction {
        /// Leave, time off in lieu, training, union time, reasonable adjustments.
        Personal = "personal",
        /// Supervision with its preparation.
        Supervision = "supervision",
        /// Continuing professional development.
        Cpd = "cpd",
        /// Other roles, such as practice teaching.
        OtherRoles = "other-roles",
        /// General administration and meetings.
        Admin = "admin",
        /// The allowance for crises.
        Crisis = "crisis",
        /// Local travel.
        LocalTravel = "local-travel",
        /// Additional travel.
        AdditionalTravel = "additional-travel",
    }
}

impl Deduction {
    /// The name people read.
    pub fn label(self) -> &'static str {
        match self {
            Deduction::Personal => "personal adjustments",
            Deduction::Supervision => "supervision",
            Deduction::Cpd => "CPD",
            Deduction::OtherRoles => "other roles",
            Deduction::Admin => "general admin",
            Deduction::Crisis => "crisis allowance",
            Deduction::LocalTravel => "local travel",
            Deduction::AdditionalTravel => "additional travel",
        }
    }
}

impl TimeForm {
    /// The hours of this kind that are written, or that something unclear stands for.
    pub fn tells(&self, kind: Deduction) -> bool {
        self.items.iter().any(|item| item.kind == kind && !item.hours.is_absent())
    }

    /// The cell of a line of this kind, where the form has one.
    pub fn line(&self, kind: Deduction) -> Option<Place> {
        self.items.iter().find(|item| item.kind == kind).and_then(|item| item.hours.place())
    }

    /// Whether anything is written for what is taken off.
    pub fn tells_deductions(&self) -> bool {
        self.items.iter().any(|item| !item.hours.is_absent())
    }

    /// Whether the form's own totals stand for what is taken off: nothing is assumed beside them.
    pub fn stands_by_totals(&self) -> bool {
        let given = |entry: &Entry<Decimal>| entry.given().is_some();
        !self.tells_deductions() && (given(&self.stated.sub_total) || given(&self.stated.required))
    }

    /// What is written and is no hours, of all that the reckoning needs: totals beside lines do not matter.
    pub fn unread(&self) -> impl Iterator<Item = (&str, Place)> {
        let case_work = (!self.is_itemised()).then_some(&self.stated.case_work);
        let sub_total = (!self.tells_deductions()).then_some(&self.stated.sub_total);
        let needed = [case_work, sub_total].into_iter().flatten().any(Entry::is_absent);
        let required = needed.then_some(&self.stated.required);
        let lines = self.items.iter().map(|item| &item.hours).chain(self.cases.iter().map(|case| &case.hours));
        let totals = [case_work, sub_total, required].into_iter().flatten();
        [&self.available].into_iter().chain(lines).chain(totals).filter_map(|entry| match entry {
            Entry::Unclear(text, place) => Some((text.as_str(), *place)),
            _ => None,
        })
    }

    /// Whether hours are given case by case.
    pub fn is_itemised(&self) -> bool {
        self.cases.iter().any(|case| !case.hours.is_absent())
    }
}
