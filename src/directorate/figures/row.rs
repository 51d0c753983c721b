//! What a row of the catalogue says of a figure.

use rust_decimal::Decimal;

use crate::book::annotation::Tone;
use crate::book::page::Look;
use crate::directorate::column::Kind;
use crate::directorate::team_line::TeamLine;

use super::Figure;

/// A row of the catalogue.
#[derive(Debug)]
pub struct Row {
    /// The name of its column in tables.
    pub name: &'static str,
    /// What it is counted in; empty where in nothing.
    pub unit: &'static str,
    /// Which figures there may be.
    pub kind: Kind,
    /// Tables have it as it is; others are rounded to two places.
    pub exact: bool,
    /// A team's figure, or that of several teams together; `None` where there is none.
    pub reckoned: fn(&TeamLine) -> Option<Decimal>,
    /// What the figure of several teams is made of.
    pub adds: Adds,
    /// How it is shown on sheets.
    pub look: Look,
    /// Its fill on sheets, where it is above nought.
    pub tone: Option<Tone>,
    /// In teams.csv.
    pub csv: Option<Described>,
    /// On the sheet "Values".
    pub values: Option<OnValues>,
    /// On the sheet "Teams".
    pub teams: Option<OnTeams>,
    /// Compared from run to run.
    pub trend: Option<Compared>,
    /// Handed outside.
    pub outside: Option<Outside>,
    /// In teams-suppressed.csv, where it is described in other words there than in teams.csv.
    pub outside_csv: Option<Described>,
    /// What workbooks explain of it.
    pub explained: &'static [Explained],
}

/// What the figure of several teams together is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Adds {
    /// The sum of the teams' figures, which every team has.
    Sum,
    /// The same, and it says nothing where no worker is rated against a limit.
    OfRated,
    /// The sum of those of the teams whose sheets tell it.
    Told,
    /// The one sum ÷ the other, never a mean of the teams' ratios.
    Ratio(Figure, Figure),
    /// The sum of the figure ÷ the FTE of the teams that tell it.
    PerFte(Figure),
    /// The least of the teams' figures.
    Least,
    /// The most of them.
    Most,
    /// Nothing of the teams' figures: of workers one by one, or there is none of several teams.
    Alone,
}

/// How a table's reader knows it.
#[derive(Debug, Clone, Copy)]
pub struct Described {
    /// Its name.
    pub title: &'static str,
    /// What it means, in sentences that stand on their own.
    pub about: &'static str,
}

/// A column of the sheet "Values".
#[derive(Debug, Clone, Copy)]
pub struct OnValues {
    /// Where it stands among the others; of one place the earlier row of the catalogue first. So everywhere.
    pub place: u8,
    /// Its heading.
    pub heading: &'static str,
}

/// A column of the sheet "Teams".
#[derive(Debug, Clone, Copy)]
pub struct OnTeams {
    /// Where it stands among the others.
    pub place: u8,
    /// What stands above it and its neighbours.
    pub group: &'static str,
    /// Its heading.
    pub heading: &'static str,
    /// Its width in characters.
    pub width: u16,
}

/// A figure that runs are compared by.
#[derive(Debug, Clone, Copy)]
pub struct Compared {
    /// Where it stands among the others.
    pub place: u8,
    /// Its name.
    pub label: &'static str,
    /// What trend.csv says it is counted in.
    pub unit: &'static str,
    /// Which way of it is the heavier.
    pub worse: Way,
}

/// Which way of a figure is the heavier for a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// More is worse.
    Up,
    /// Less is worse.
    Down,
    /// Neither: it says how large a team is.
    Neither,
}

/// A column of what is handed outside.
#[derive(Debug, Clone, Copy)]
pub struct Outside {
    /// Where it stands among the others.
    pub place: u8,
    /// Its heading.
    pub heading: &'static str,
    /// Its width in characters.
    pub width: u16,
    /// When it is kept back.
    pub kept: Kept,
}

/// When a figure is kept back from people outside; `suppress` says why that is enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// The number of workers, which their colours add up to.
    Workers,
    /// The number of workers of a colour.
    Colour,
    /// FTE, which is as good as the number of workers.
    Fte,
    /// The number of children, or one that it bounds.
    OfChildren,
    /// A number by itself.
    Count,
    /// A ratio per FTE: where its count or FTE is.
    PerFte,
    /// A ratio of sums: where one of these figures is, from which it could be reckoned.
    Used(&'static [Figure]),
    /// An amount that follows from children and FTE.
    Amount,
    /// The same in whole children, of which few are kept back, too.
    WholeAmount,
    /// The share of workers over their limit.
    OverLimit,
    /// A place among the figures shown.
    Rank,
}

/// What a workbook explains of a figure.
#[derive(Debug, Clone, Copy)]
pub struct Explained {
    /// Where.
    pub on: On,
    /// Where it stands among the others there.
    pub place: u8,
    /// What is explained: the figure, or several alike.
    pub what: &'static str,
    /// The explanation.
    pub text: &'static str,
}

/// Where a figure is explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// Of the sheet "Overview", on "How to read this"; so the next four.
    Overview,
    /// Of "Teams".
    Teams,
    /// Of "Capacity".
    Capacity,
    /// Of "Fairness".
    Fairness,
    /// Of "Benchmarks".
    Benchmarks,
    /// On the overview of the workbook for people outside, where the directorate's figures stand.
    SharedOverview,
    /// On its sheet "How to read this".
    Shared,
}

/// A figure that is a ratio or the like: rounded in tables, and not added up.
pub const FIGURE: Row = Row {
    name: "",
    unit: "",
    kind: Kind::Figure,
    exact: false,
    reckoned: |_| None,
    adds: Adds::Alone,
    look: Look::Figure,
    tone: None,
    csv: None,
    values: None,
    teams: None,
    trend: None,
    outside: None,
    outside_csv: None,
    explained: &[],
};
/// One that may be below nought.
pub const SIGNED: Row = Row { kind: Kind::Signed, ..FIGURE };
/// A share in percent.
pub const PERCENT: Row = Row { unit: "percent", look: Look::Percent, ..FIGURE };
/// A place among others.
pub const ORDINAL: Row = Row { kind: Kind::Ordinal, exact: true, ..FIGURE };
/// A sum of figures.
pub const EXACT: Row = Row { exact: true, adds: Adds::Sum, ..FIGURE };
/// A number of people.
pub const COUNT: Row = Row { kind: Kind::Count, ..EXACT };
/// One that a sheet reckons from what stands on it.
pub const OF_SHEET: Row = FIGURE;

/// How a reader of tables knows it.
pub const fn column(title: &'static str, about: &'static str) -> Option<Described> {
    Some(Described { title, about })
}

/// A column of the sheet "Values".
pub const fn place(place: u8, heading: &'static str) -> Option<OnValues> {
    Some(OnValues { place, heading })
}

/// A column of the sheet "Teams".
pub const fn wide(place: u8, group: &'static str, heading: &'static str, width: u16) -> Option<OnTeams> {
    Some(OnTeams { place, group, heading, width })
}

/// Compared from run to run.
pub const fn compared(place: u8, label: &'static str, unit: &'static str, worse: Way) -> Option<Compared> {
    Some(Compared { place, label, unit, worse })
}

/// Handed outside.
pub const fn outside(place: u8, heading: &'static str, width: u16, kept: Kept) -> Option<Outside> {
    Some(Outside { place, heading, width, kept })
}

/// Explained.
pub const fn on(on: On, place: u8, what: &'static str, text: &'static str) -> Explained {
    Explained { on, place, what, text }
}

/// A number of people or the like.
pub fn count(count: u32) -> Option<Decimal> {
    Some(count.into())
}
