//! A row of the sheet "Teams": a figure's formula and what it comes to, by what the figure is made of.

use rust_decimal::Decimal;

use crate::book::page::{Cell, Look, fixed};
use crate::book::sheet::column_letters;
use crate::directorate::column::Kind;
use crate::directorate::comparison::Directorate;
use crate::directorate::figures::{Adds, Figure, ON_TEAMS};
use crate::directorate::overview::values;
use crate::directorate::team_line::TeamLine;
use crate::field::rating::rounded;

use super::places::{NUMBER, area, place, whole};
use super::words::{FULL, OVER, ROOM, UNKNOWN, WELL_OVER, said, step};

/// Limits used keep so many places: enough to rank by, and few enough that the noise of binary division makes no rank.
const FINE: u32 = 10;
/// Other ratios keep so many.
pub const PLACES: u32 = 6;

/// Limits used, in percent, as the sheet has them.
pub fn shown(used: Decimal) -> Decimal {
    rounded(hundredth(used), FINE)
}

/// A row of the table, or the directorate's.
struct Line<'a> {
    directorate: &'a Directorate,
    of: &'a TeamLine,
    /// The team's number on "Values".
    team: usize,
    all: bool,
    row: u32,
}

/// The cells of a team, whose number on "Values" is given, or of all teams together.
pub fn line(directorate: &Directorate, of: &TeamLine, team: Option<usize>, row: u32) -> Vec<Cell> {
    let all = team.is_none();
    let line = Line { directorate, of, team: team.unwrap_or(0), all, row };
    let text = |text: &str| Cell::text(text).look(line.look(Look::Text));
    let area = of.area.map_or(values::NO_AREA, |area| area.label());
    let names = [
        if all { Cell::text("") } else { Cell::number(Decimal::from(line.team)) }.look(line.look(Look::Figure)),
        text(if all { "All teams together" } else { &of.team }),
        text(if all { "" } else { area }),
    ];
    let figures = ON_TEAMS.iter().map(|figure| line.cell(*figure).look(line.look(figure.row().look)));
    names.into_iter().chain(figures).chain([text(if all { "" } else { &of.file })]).collect()
}

impl Line<'_> {
    fn look(&self, look: Look) -> Look {
        match look {
            look if !self.all => look,
            Look::Text => Look::Strong,
            Look::Figure => Look::StrongFigure,
            Look::Decimals => Look::StrongDecimals,
            Look::Percent => Look::StrongPercent,
            Look::Hundredths => Look::StrongHundredths,
            look => look,
        }
    }

    /// The cell of a figure, by what it is made of.
    fn cell(&self, figure: Figure) -> Cell {
        let own = figure.of(self.of);
        match figure.adds() {
            Adds::Sum if matches!(figure.row().kind, Kind::Count) => self.count(figure, own.unwrap_or_default()),
            Adds::Sum => self.figure(figure, own.unwrap_or_default()),
            Adds::OfRated => self.rated(figure, own.unwrap_or_default()),
            Adds::Told => self.told(figure, own),
            Adds::Ratio(top, below) => self.ratio(figure, top, below),
            Adds::PerFte(of) => self.per_fte(of, own),
            Adds::Least => self.outermost(figure, "MIN", own),
            Adds::Most => self.outermost(figure, "MAX", own),
            Adds::Alone => self.in_its_own_way(figure),
        }
    }

    /// The cell of a figure that is reckoned from others of the sheet.
    fn in_its_own_way(&self, figure: Figure) -> Cell {
        match figure {
            Figure::InAWord => word(self),
            Figure::Rank => rank(self),
            Figure::Quartile => quartile(self),
            Figure::Distance => distance(self),
            Figure::Change => change(self),
            Figure::Spread => spread(self),
            Figure::WithinLimit => within(self),
            Figure::BeyondLimit => beyond(self),
            other => Cell::maybe(other.of(self.of)),
        }
    }

    fn teams(&self) -> usize {
        self.directorate.teams.len()
    }

    /// A cell of the same row.
    fn own(&self, of: Figure) -> String {
        self.at(place(of))
    }

    fn at(&self, column: u32) -> String {
        format!("${}{}", column_letters(column), self.row + 1)
    }

    /// The team's figure, or the sum of all teams'.
    fn get(&self, of: Figure) -> String {
        if self.all { values::sum(of, self.teams()) } else { values::pick(of, self.teams(), &self.at(NUMBER)) }
    }

    fn count(&self, of: Figure, count: Decimal) -> Cell {
        Cell::counts(format!("={}", self.get(of)), count)
    }

    fn figure(&self, of: Figure, figure: Decimal) -> Cell {
        // Sums of binary figures carry noise.
        Cell::counts(format!("=ROUND({},{PLACES})", self.get(of)), rounded(figure, PLACES))
    }

    /// A figure that is known where somebody is rated against a limit.
    fn rated(&self, of: Figure, figure: Decimal) -> Cell {
        let formula = format!("=IF({}=0,\"–\",ROUND({},{PLACES}))", self.get(Figure::Rated), self.get(of));
        known(formula, (self.of.limit_rated() > 0).then(|| rounded(figure, PLACES)))
    }

    fn ratio(&self, of: Figure, top: Figure, below: Figure) -> Cell {
        let places = if of == Figure::LimitsUsed { FINE } else { PLACES };
        let (top, below) = (self.get(top), self.get(below));
        let ratio = values::figure(of, self.of).map(|ratio| rounded(ratio, places));
        known(format!("=IF({below}=0,\"–\",ROUND({top}/{below},{places}))"), ratio)
    }

    /// A count that not every team tells.
    fn told(&self, of: Figure, count: Option<Decimal>) -> Cell {
        let formula = match self.all {
            true => format!("=IF(COUNT({})=0,\"–\",{})", values::cells(of, self.teams()), self.get(of)),
            false => format!("={}", self.get(of)),
        };
        known(formula, count)
    }

    /// The same for each FTE of the teams that tell it.
    fn per_fte(&self, of: Figure, ratio: Option<Decimal>) -> Cell {
        let fte = match self.all {
            true => {
                let (fte, told) = (values::cells(Figure::Fte, self.teams()), values::cells(of, self.teams()));
                format!("SUMIFS({fte},{told},\">=0\")")
            }
            false => self.get(Figure::Fte),
        };
        let count = self.own(of);
        let formula = format!("=IF(ISNUMBER({count}),IF({fte}=0,\"–\",ROUND({count}/{fte},{PLACES})),\"–\")");
        known(formula, ratio.map(|ratio| rounded(ratio, PLACES)))
    }

    /// The least or the most of the workers.
    fn outermost(&self, of: Figure, function: &str, percent: Option<Decimal>) -> Cell {
        let formula = match self.all {
            true => {
                let cells = values::cells(of, self.teams());
                format!("=IF(COUNT({cells})=0,\"–\",ROUND({function}({cells}),{PLACES}))")
            }
            false => {
                let own = self.get(of);
                format!("=IF(ISNUMBER({own}),ROUND({own},{PLACES}),\"–\")")
            }
        };
        known(formula, percent.map(|percent| rounded(hundredth(percent), PLACES)))
    }

    /// Limits used as the sheet has them.
    fn used(&self) -> Option<Decimal> {
        self.of.limit_utilisation().map(shown)
    }
}

fn word(line: &Line) -> Cell {
    let used = line.own(Figure::LimitsUsed);
    let formula = format!(
        "=IF(ISNUMBER({used}),IF({used}>={},\"{WELL_OVER}\",IF({used}>{},\"{OVER}\",IF({used}>={},\"{FULL}\",\"{ROOM}\"))),\"{UNKNOWN}\")",
        step(2),
        step(1),
        step(0)
    );
    Cell::says(formula, said(line.of.limit_utilisation()))
}

fn rank(line: &Line) -> Cell {
    if line.all {
        return Cell::text("–");
    }
    let used = line.own(Figure::LimitsUsed);
    let all = area(Figure::LimitsUsed, line.teams());
    let all = format!("{}:{}", fixed(all.first), fixed(all.last));
    known(format!("=IF(ISNUMBER({used}),COUNTIF({all},\">\"&{used})+1,\"–\")"), line.of.rank.map(Into::into))
}

fn quartile(line: &Line) -> Cell {
    if line.all {
        return Cell::text("–");
    }
    let rank = line.own(Figure::Rank);
    let count = format!("COUNT({})", values::numbers(line.teams()));
    // Rounded up: ⌈4 × rank ÷ number of teams⌉.
    let formula = format!("=IF(ISNUMBER({rank}),INT((4*{rank}+{count}-1)/{count}),\"–\")");
    known(formula, line.of.quartile.map(Into::into))
}

fn distance(line: &Line) -> Cell {
    if line.all {
        return Cell::text("–");
    }
    let (used, all) = (line.own(Figure::LimitsUsed), fixed(whole(Figure::LimitsUsed)));
    let directorate = line.directorate.whole.limit_utilisation();
    let apart = line.used().zip(directorate).map(|(used, all)| used - shown(all));
    let formula = format!("=IF(ISNUMBER({used}),ROUND(100*({used}-{all}),6),\"–\")");
    known(formula, apart.map(|apart| rounded(apart * Decimal::ONE_HUNDRED, 6)))
}

fn change(line: &Line) -> Cell {
    if line.all {
        return Cell::maybe(line.of.change.map(|change| rounded(change, 2)));
    }
    let (used, before) = (line.own(Figure::LimitsUsed), line.get(Figure::Before));
    // Both as teams.csv gives them, in percent with two places.
    let formula =
        format!("=IF(ISNUMBER({used}),IF(ISNUMBER({before}),ROUND(ROUND(100*{used},2)-100*{before},2),\"–\"),\"–\")");
    known(formula, line.of.change.map(|change| rounded(change, 2)))
}

fn spread(line: &Line) -> Cell {
    let (least, most) = (line.own(Figure::Least), line.own(Figure::Most));
    let formula = format!("=IF(ISNUMBER({most}),ROUND(100*({most}-{least}),6),\"–\")");
    let ratio = |percent: Decimal| rounded(hundredth(percent), PLACES);
    let apart = line.of.spread().map(|spread| ratio(spread.most) - ratio(spread.least));
    known(formula, apart.map(|apart| rounded(apart * Decimal::ONE_HUNDRED, 6)))
}

fn within(line: &Line) -> Cell {
    let used = line.own(Figure::LimitsUsed);
    let formula = format!("=IF(ISNUMBER({used}),MIN({used},1),0)");
    Cell::counts(formula, line.used().unwrap_or_default().min(Decimal::ONE))
}

fn beyond(line: &Line) -> Cell {
    let used = line.own(Figure::LimitsUsed);
    let formula = format!("=IF(ISNUMBER({used}),ROUND(MAX({used}-1,0),{FINE}),0)");
    Cell::counts(formula, (line.used().unwrap_or_default() - Decimal::ONE).max(Decimal::ZERO))
}

/// A formula with a figure for a result, or a dash.
fn known(formula: String, result: Option<Decimal>) -> Cell {
    match result {
        Some(result) => Cell::counts(formula, result),
        None => Cell::says(formula, "–"),
    }
}

fn hundredth(percent: Decimal) -> Decimal {
    percent / Decimal::ONE_HUNDRED
}
