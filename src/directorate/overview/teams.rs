//! The sheet "Teams": every figure of every team as live formulas over "Values", to sort and filter.
//!
//! A row's formulas refer to its own cells and, through the team's number in its first column, to the team's
//! figures on "Values"; so a row stays right wherever sorting puts it. The directorate as a whole stands above
//! the headings, where neither sorting nor filtering reaches it: sums, and ratios of sums.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use crate::book::annotation::Tone;
use crate::book::page::{Cell, Heat, Look, Page, column, fixed};
use crate::book::sheet::{Area, CellRef, column_letters};
use crate::directorate::column::Kind;
use crate::directorate::comparison::Directorate;
use crate::directorate::figures::{Adds, Figure, ON_TEAMS, OnTeams};
use crate::directorate::team_line::TeamLine;
use crate::field::rating::rounded;

use super::TEAMS;
use super::values;

/// The zero-based row of the steps between the words for limits used.
const STEPS: u32 = 2;
/// The directorate as a whole.
const WHOLE: u32 = 4;
/// The headings of the table; the teams follow.
const HEAD: u32 = 5;
/// Limits used keep so many places: enough to rank by, and few enough that the noise of binary division makes no rank.
const FINE: u32 = 10;
/// Other ratios keep so many.
pub const PLACES: u32 = 6;

/// Where the words for limits used meet, in percent: a way of showing, which readers may change on the sheet.
/// No rating depends on it.
const FULL_FROM: u32 = 95;
const OVER_ABOVE: u32 = 100;
const WELL_OVER_FROM: u32 = 110;

/// Words for limits used, with the fill they carry.
const WORDS: [(&str, Tone); 4] =
    [(WELL_OVER, Tone::Red), (OVER, Tone::Amber), (ROOM, Tone::Note), (UNKNOWN, Tone::NotScored)];
const WELL_OVER: &str = "well over";
const OVER: &str = "over";
const FULL: &str = "full";
const ROOM: &str = "room";
const UNKNOWN: &str = "not known";

/// The columns before the figures, and the one behind them: heading and width.
const NAMES: [(&str, u16); 3] = [("No.", 6), ("Team", 31), ("Service area", 21)];
const WORKBOOK: (&str, u16) = ("Workbook", 38);
const NUMBER: u32 = 0;
const TEAM: u32 = 1;
const AREA: u32 = 2;
/// The first figure.
const FIRST: u32 = NAMES.len() as u32;
const LAST: u32 = FIRST + ON_TEAMS.len() as u32;

/// Builds the sheet.
pub fn page(directorate: &Directorate) -> Page {
    let widths = NAMES.iter().map(|(_, width)| *width).chain(figures().map(|(_, own)| own.width));
    let widths: Vec<u16> = widths.chain([WORKBOOK.1]).collect();
    let mut page = Page::new(TEAMS, "3F7F93", &widths);
    page.across(10, "Teams side by side", Look::Title);
    if directorate.teams.is_empty() {
        page.across(10, "No team was read.", Look::Prose);
        return page;
    }
    let about = "The highest limits used first; sort or filter by any column. Every figure is a formula over sheet \"Values\"; No. \
                 says in which of its rows the team stands. Rank 1 uses most of its limits, quartile 1 is the most loaded quarter \
                 of the teams, and – stands for what is not known.";
    page.across(17, about, Look::Muted);
    steps(&mut page);
    groups(&mut page);
    page.push(line(directorate, &directorate.whole, None, WHOLE));
    let headings = NAMES.iter().map(|(heading, _)| *heading).chain(figures().map(|(_, own)| own.heading));
    page.push(headings.chain([WORKBOOK.0]).map(|heading| Cell::text(heading).look(Look::Heading)).collect());
    for (number, team) in ordered(directorate) {
        let row = page.next();
        page.push(line(directorate, team, Some(number), row));
    }
    let last = page.next() - 1;
    page.freeze = Some(CellRef::new(HEAD + 1, TEAM + 1));
    page.repeat = Some((WHOLE - 1, HEAD));
    page.two_pages_wide = true;
    page.filter = Some(Area { first: CellRef::new(HEAD, 0), last: CellRef::new(last, LAST) });
    heat(&mut page, WHOLE, WHOLE);
    heat(&mut page, HEAD + 1, last);
    page
}

/// The teams with their numbers on "Values": the highest limits used first, those without limits last.
pub fn ordered(directorate: &Directorate) -> Vec<(usize, &TeamLine)> {
    let mut teams: Vec<(usize, &TeamLine)> = (1..).zip(&directorate.teams).collect();
    teams.sort_by_cached_key(|(_, team)| Reverse(team.limit_utilisation()));
    teams
}

/// The figures with what is said of them here, in order.
fn figures() -> impl Iterator<Item = (Figure, &'static OnTeams)> {
    ON_TEAMS.iter().filter_map(|figure| Some((*figure, figure.row().teams.as_ref()?)))
}

/// A figure's place on the sheet.
fn place(of: Figure) -> u32 {
    FIRST + ON_TEAMS.iter().position(|figure| *figure == of).unwrap_or(0) as u32
}

/// The cells of a figure in the first so many rows of the table.
pub fn area(of: Figure, teams: usize) -> Area {
    below(place(of), teams)
}

/// The cells of the teams' names in the same rows.
pub fn names(teams: usize) -> Area {
    below(TEAM, teams)
}

fn below(at: u32, teams: usize) -> Area {
    column(at, HEAD + 1, HEAD + (teams as u32).max(1))
}

/// The directorate's cell of a figure.
pub fn whole(at: Figure) -> CellRef {
    CellRef::new(WHOLE, place(at))
}

/// Limits used, in percent, as the sheet has them.
pub fn shown(used: Decimal) -> Decimal {
    rounded(hundredth(used), FINE)
}

/// The word for a share of the limits.
pub fn said(used: Option<Decimal>) -> &'static str {
    match used {
        None => UNKNOWN,
        Some(used) if used >= WELL_OVER_FROM.into() => WELL_OVER,
        Some(used) if used > OVER_ABOVE.into() => OVER,
        Some(used) if used >= FULL_FROM.into() => FULL,
        Some(_) => ROOM,
    }
}

/// Where the words for limits used meet, as figures that may be changed.
fn steps(page: &mut Page) {
    let text = "Words for limits used, in percent; change the blue figures and words and fills follow";
    let mut cells = vec![Cell::text(text).look(Look::Muted)];
    cells.resize(place(Figure::LimitsUsed) as usize, Cell::default());
    for (text, step) in [("full from", FULL_FROM), ("over above", OVER_ABOVE), ("well over from", WELL_OVER_FROM)] {
        cells.extend([Cell::text(text).look(Look::BigNote), Cell::number(step).look(Look::Input)]);
    }
    let row = page.push(cells);
    page.spread(row, 0, AREA, Look::Muted);
    page.fit(row, &[("two\nlines", 20)]);
}

/// A step in a formula, as a ratio.
fn step(nth: u32) -> String {
    format!("{}/100", fixed(CellRef::new(STEPS, place(Figure::LimitsUsed) + 2 * nth + 1)))
}

/// What the headings of several columns have in common.
fn groups(page: &mut Page) {
    let groups: Vec<&str> = figures().map(|(_, own)| own.group).collect();
    let mut cells = vec![Cell::text(""); LAST as usize + 1];
    let mut spans = vec![(NUMBER, TEAM), (AREA, AREA)];
    let mut at = FIRST;
    for alike in groups.chunk_by(|one, next| one == next) {
        cells[at as usize] = Cell::text(alike[0]);
        spans.push((at, at + alike.len() as u32 - 1));
        at += alike.len() as u32;
    }
    spans.push((LAST, LAST));
    let row = page.push(cells.into_iter().map(|cell| cell.look(Look::Strong)).collect());
    for (first, last) in spans {
        page.spread(row, first, last, Look::Strong);
    }
    page.rows[row as usize].height = Some(18);
}

fn heat(page: &mut Page, first: u32, last: u32) {
    let mut add = |from: Figure, until: Figure, when: String, tone: Tone| {
        let area = Area { first: CellRef::new(first, place(from)), last: CellRef::new(last, place(until)) };
        page.heat.push(Heat { area, when, tone });
    };
    let own = |of: Figure| format!("${}{}", column_letters(place(of)), first + 1);
    for (word, tone) in WORDS {
        add(Figure::LimitsUsed, Figure::InAWord, format!("={}=\"{word}\"", own(Figure::InAWord)), tone);
    }
    for (figure, _) in figures() {
        // Green asks for nothing.
        if let Some(tone) = figure.row().tone.filter(|tone| *tone != Tone::Green) {
            add(figure, figure, format!("={}>0", own(figure)), tone);
        }
    }
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

fn line(directorate: &Directorate, of: &TeamLine, team: Option<usize>, row: u32) -> Vec<Cell> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directorate::team_line::WorkerLoad;

    fn team(name: &str, load: i64, upper: i64) -> TeamLine {
        let own = WorkerLoad { load: load.into(), upper: upper.into(), ..WorkerLoad::default() };
        TeamLine { team: name.into(), loads: vec![own], ..TeamLine::default() }
    }

    fn of(teams: Vec<TeamLine>) -> Directorate {
        let mut whole = TeamLine::default();
        teams.iter().for_each(|team| whole.add(team));
        Directorate { teams, whole, ..Directorate::default() }
    }

    fn names(page: &Page) -> Vec<&str> {
        page.rows[HEAD as usize + 1..].iter().map(|row| row.cells[1].shown()).collect()
    }

    #[test]
    fn the_fullest_team_stands_first_and_keeps_its_number() {
        let unknown = TeamLine { team: "Duty".into(), ..TeamLine::default() };
        let page = page(&of(vec![unknown, team("North", 10, 20), team("South", 12, 20), team("West", 12, 20)]));
        assert_eq!(names(&page), ["South", "West", "North", "Duty"]);
        let numbers: Vec<_> = page.rows[HEAD as usize + 1..].iter().map(|row| row.cells[0].figure().unwrap()).collect();
        assert_eq!(numbers, [3, 4, 2, 1].map(Decimal::from));
        let Some(Area { first, last }) = page.filter else { panic!("no filter") };
        assert_eq!((first.row, last.row), (HEAD, HEAD + 4), "the directorate is not sorted with its teams");
        let cell = |at: Figure| page.cell(CellRef::new(HEAD + 4, place(at))).unwrap().shown();
        assert_eq!((cell(Figure::LimitsUsed), cell(Figure::InAWord), cell(Figure::Rank)), ("–", UNKNOWN, "–"));
        assert_eq!(
            (cell(Figure::FteNeeded), cell(Figure::Headroom)),
            ("–", "–"),
            "nought would say that nobody is short"
        );
    }

    #[test]
    fn a_word_says_what_the_fill_does() {
        let word = |used: &str| said(Some(used.parse().unwrap()));
        let words = ["94.99", "95", "100", "100.01", "109.99", "110"].map(word);
        assert_eq!(words, [ROOM, FULL, FULL, OVER, OVER, WELL_OVER]);
        assert_eq!(said(None), UNKNOWN);
    }

    #[test]
    fn a_formula_refers_to_its_own_row_and_to_values() {
        let page = page(&of(vec![team("North", 21, 20)]));
        let formula = |row: u32, at: Figure| match &page.cell(CellRef::new(row, place(at))).unwrap().content {
            crate::book::page::Content::Formula(formula, _) => formula.clone(),
            other => panic!("{other:?} is no formula"),
        };
        let used = "=IF(INDEX('Values'!$R$6:$R$6,$A7)=0,\"–\",ROUND(INDEX('Values'!$Q$6:$Q$6,$A7)/INDEX('Values'!$R$6:$R$6,$A7),10))";
        assert_eq!(formula(HEAD + 1, Figure::LimitsUsed), used);
        assert_eq!(formula(HEAD + 1, Figure::Rank), "=IF(ISNUMBER($D7),COUNTIF($D$7:$D$7,\">\"&$D7)+1,\"–\")");
        assert!(formula(WHOLE, Figure::LimitsUsed).contains("SUM('Values'!$Q$6:$Q$6)/SUM('Values'!$R$6:$R$6)"));
    }

    #[test]
    fn none_and_very_many_are_shown() {
        assert_eq!(page(&Directorate::default()).rows.len(), 2);
        let many = page(&of((0..1300).map(|nth| team(&format!("Team {nth}"), nth, 1000)).collect()));
        assert_eq!(names(&many).len(), 1300);
        assert_eq!(names(&many)[0], "Team 1299");
    }

    #[test]
    fn what_a_figure_is_made_of_stands_on_values() {
        let on_values = |figure: &Figure| figure.row().values.is_some();
        for (figure, _) in figures() {
            let made_of = match figure.adds() {
                Adds::Alone => vec![],
                Adds::Ratio(top, below) => vec![top, below],
                Adds::PerFte(of) => vec![of],
                _ => vec![figure],
            };
            assert!(made_of.iter().all(on_values), "{figure:?} is made of {made_of:?}");
        }
    }
}
