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
use crate::directorate::comparison::{Directorate, TeamLine, Told};
use crate::field::rating::rounded;

use super::TEAMS;
use super::values::{self, Of};

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

/// A column of the table.
struct Column {
    at: At,
    /// What stands above the headings of several columns; empty where the one to the left goes on.
    group: &'static str,
    heading: &'static str,
    width: u16,
    look: Look,
    cell: fn(&Line) -> Cell,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// The team's number on "Values".
    Number,
    /// The team.
    Team,
    /// Its service area.
    Area,
    /// Load ÷ limits.
    Used,
    /// The same in a word.
    Word,
    /// Rank by it.
    Rank,
    /// Quartile by it.
    Quartile,
    /// Less the directorate's.
    Distance,
    /// Less the last run's.
    Change,
    /// Workers rated red.
    Red,
    /// Workers rated amber.
    Amber,
    /// Workers rated green.
    Green,
    /// Workers not scored.
    NotScored,
    /// Share of workers over the limit.
    Over,
    /// Children nobody holds.
    Unallocated,
    /// FTE needed.
    FteNeeded,
    /// Headroom in children.
    Headroom,
    /// Workers.
    Workers,
    /// Their FTE.
    Fte,
    /// Children.
    Children,
    /// Families.
    Families,
    /// Children for each FTE.
    ChildrenPerFte,
    /// The official measure.
    Average,
    /// Points ÷ benchmarks.
    Points,
    /// Children on protection plans.
    Cp,
    /// Children in our care.
    Cioc,
    /// Families in care proceedings.
    Proceedings,
    /// Children on plans for each FTE.
    CpPerFte,
    /// Children in our care for each FTE.
    CiocPerFte,
    /// Families in proceedings for each FTE.
    ProceedingsPerFte,
    /// Limit used by the least loaded worker.
    Least,
    /// Limit used by the most loaded worker.
    Most,
    /// The distance between them.
    Spread,
    /// Limits used, as far as the limit.
    Within,
    /// Limits used, beyond the limit.
    Beyond,
    /// The workbook.
    Workbook,
}

#[rustfmt::skip]
const COLUMNS: &[Column] = &[
    Column { at: At::Number, group: " ", heading: "No.", width: 6, look: Look::Figure, cell: |line| line.number() },
    Column { at: At::Team, group: "", heading: "Team", width: 31, look: Look::Text, cell: |line| line.text(line.name()) },
    Column { at: At::Area, group: " ", heading: "Service area", width: 21, look: Look::Text, cell: |line| line.text(line.area()) },
    Column { at: At::Used, group: "Load against limits", heading: "Limits used", width: 10, look: Look::Percent, cell: used },
    Column { at: At::Word, group: "", heading: "In a word", width: 11, look: Look::Text, cell: word },
    Column { at: At::Rank, group: "", heading: "Rank", width: 8, look: Look::Figure, cell: rank },
    Column { at: At::Quartile, group: "", heading: "Quartile", width: 10, look: Look::Figure, cell: quartile },
    Column { at: At::Distance, group: "", heading: "Distance from all teams, points", width: 14, look: Look::Hundredths, cell: distance },
    Column { at: At::Change, group: "", heading: "Change since last run, points", width: 14, look: Look::Hundredths, cell: change },
    Column { at: At::Red, group: "Workers by colour", heading: "Red", width: 8, look: Look::Figure, cell: |line| line.count(Of::Red, line.of.red) },
    Column { at: At::Amber, group: "", heading: "Amber", width: 9, look: Look::Figure, cell: |line| line.count(Of::Amber, line.of.amber) },
    Column { at: At::Green, group: "", heading: "Green", width: 9, look: Look::Figure, cell: |line| line.count(Of::Green, line.of.green) },
    Column { at: At::NotScored, group: "", heading: "Not scored", width: 9, look: Look::Figure, cell: |line| line.count(Of::NotScored, line.of.not_scored) },
    Column { at: At::Over, group: "", heading: "Over their limit", width: 9, look: Look::Percent, cell: |line| line.ratio(Of::Over, Of::Rated, line.of.over_limit_share().map(hundredth), PLACES) },
    Column { at: At::Unallocated, group: "Gaps and room", heading: "Children nobody holds", width: 11, look: Look::Figure, cell: |line| line.count(Of::Unallocated, line.of.unallocated) },
    Column { at: At::FteNeeded, group: "", heading: "FTE needed", width: 10, look: Look::Decimals, cell: |line| line.rated(Of::FteNeeded, line.of.fte_needed()) },
    Column { at: At::Headroom, group: "", heading: "Headroom in children", width: 12, look: Look::Figure, cell: |line| line.rated(Of::Headroom, line.of.headroom_children) },
    Column { at: At::Workers, group: "Workers and children", heading: "Workers", width: 10, look: Look::Figure, cell: |line| line.count(Of::Workers, line.of.workers) },
    Column { at: At::Fte, group: "", heading: "FTE", width: 9, look: Look::Decimals, cell: |line| line.figure(Of::Fte, line.of.fte) },
    Column { at: At::Children, group: "", heading: "Children", width: 10, look: Look::Figure, cell: |line| line.told(Of::Children, &line.of.children) },
    Column { at: At::Families, group: "", heading: "Families", width: 10, look: Look::Figure, cell: |line| line.told(Of::Households, &line.of.households) },
    Column { at: At::ChildrenPerFte, group: "", heading: "Children per FTE", width: 10, look: Look::Decimals, cell: |line| line.per_fte(At::Children, Of::Children, &line.of.children) },
    Column { at: At::Average, group: "", heading: "Average caseload (official)", width: 11, look: Look::Decimals, cell: |line| line.ratio(Of::Cases, Of::CasesFte, line.of.official.average(), PLACES) },
    Column { at: At::Points, group: "", heading: "Points used", width: 10, look: Look::Percent, cell: |line| line.ratio(Of::PointsLoad, Of::PointsBenchmark, line.of.points_utilisation().map(hundredth), PLACES) },
    Column { at: At::Cp, group: "Statutory work", heading: "CP", width: 7, look: Look::Figure, cell: |line| line.told(Of::Cp, &line.of.cp) },
    Column { at: At::Cioc, group: "", heading: "In our care", width: 9, look: Look::Figure, cell: |line| line.told(Of::Cioc, &line.of.cioc) },
    Column { at: At::Proceedings, group: "", heading: "In care proceedings", width: 13, look: Look::Figure, cell: |line| line.told(Of::Proceedings, &line.of.care_proceedings) },
    Column { at: At::CpPerFte, group: "", heading: "CP per FTE", width: 9, look: Look::Decimals, cell: |line| line.per_fte(At::Cp, Of::Cp, &line.of.cp) },
    Column { at: At::CiocPerFte, group: "", heading: "In care per FTE", width: 9, look: Look::Decimals, cell: |line| line.per_fte(At::Cioc, Of::Cioc, &line.of.cioc) },
    Column { at: At::ProceedingsPerFte, group: "", heading: "Proceedings per FTE", width: 13, look: Look::Decimals, cell: |line| line.per_fte(At::Proceedings, Of::Proceedings, &line.of.care_proceedings) },
    Column { at: At::Least, group: "Workers' limits used", heading: "Least loaded", width: 10, look: Look::Percent, cell: |line| line.outermost(Of::Least, "MIN", line.of.spread().map(|spread| spread.least)) },
    Column { at: At::Most, group: "", heading: "Most loaded", width: 10, look: Look::Percent, cell: |line| line.outermost(Of::Most, "MAX", line.of.spread().map(|spread| spread.most)) },
    Column { at: At::Spread, group: "", heading: "Spread, points", width: 9, look: Look::Hundredths, cell: spread },
    Column { at: At::Within, group: "For the charts", heading: "Up to the limit", width: 9, look: Look::Percent, cell: within },
    Column { at: At::Beyond, group: "", heading: "Above the limit", width: 9, look: Look::Percent, cell: beyond },
    Column { at: At::Workbook, group: " ", heading: "Workbook", width: 38, look: Look::Text, cell: |line| line.text(if line.all { "" } else { &line.of.file }) },
];

/// Builds the sheet.
pub fn page(directorate: &Directorate) -> Page {
    let widths: Vec<u16> = COLUMNS.iter().map(|column| column.width).collect();
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
    page.push(COLUMNS.iter().map(|column| Cell::text(column.heading).look(Look::Heading)).collect());
    for (number, team) in ordered(directorate) {
        let row = page.next();
        page.push(line(directorate, team, Some(number), row));
    }
    let last = page.next() - 1;
    page.freeze = Some(CellRef::new(HEAD + 1, place(At::Team) + 1));
    page.repeat = Some((WHOLE - 1, HEAD));
    page.two_pages_wide = true;
    page.filter = Some(Area { first: CellRef::new(HEAD, 0), last: CellRef::new(last, COLUMNS.len() as u32 - 1) });
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

/// A column's place on the sheet.
fn place(at: At) -> u32 {
    COLUMNS.iter().position(|column| column.at == at).unwrap_or(0) as u32
}

/// The cells of a column in the first so many rows of the table.
pub fn area(at: At, teams: usize) -> Area {
    column(place(at), HEAD + 1, HEAD + (teams as u32).max(1))
}

/// The directorate's cell of a column.
pub fn whole(at: At) -> CellRef {
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
    cells.resize(place(At::Used) as usize, Cell::default());
    for (text, step) in [("full from", FULL_FROM), ("over above", OVER_ABOVE), ("well over from", WELL_OVER_FROM)] {
        cells.extend([Cell::text(text).look(Look::BigNote), Cell::number(step).look(Look::Input)]);
    }
    let row = page.push(cells);
    page.spread(row, 0, place(At::Area), Look::Muted);
    page.fit(row, &[("two\nlines", 20)]);
}

/// A step in a formula, as a ratio.
fn step(nth: u32) -> String {
    format!("{}/100", fixed(CellRef::new(STEPS, place(At::Used) + 2 * nth + 1)))
}

/// What the headings of several columns have in common.
fn groups(page: &mut Page) {
    let row = page.push(COLUMNS.iter().map(|column| Cell::text(column.group.trim()).look(Look::Strong)).collect());
    let starts: Vec<u32> =
        (0..).zip(COLUMNS).filter(|(_, column)| !column.group.is_empty()).map(|(at, _)| at).collect();
    for (at, start) in starts.iter().enumerate() {
        let end = starts.get(at + 1).copied().unwrap_or(COLUMNS.len() as u32);
        page.spread(row, *start, end - 1, Look::Strong);
    }
    page.rows[row as usize].height = Some(18);
}

fn heat(page: &mut Page, first: u32, last: u32) {
    let mut add = |at: At, until: At, when: String, tone: Tone| {
        let area = Area { first: CellRef::new(first, place(at)), last: CellRef::new(last, place(until)) };
        page.heat.push(Heat { area, when, tone });
    };
    let own = |at: At| format!("${}{}", column_letters(place(at)), first + 1);
    for (word, tone) in WORDS {
        add(At::Used, At::Word, format!("={}=\"{word}\"", own(At::Word)), tone);
    }
    let marked = [
        (At::Red, Tone::Red),
        (At::Amber, Tone::Amber),
        (At::NotScored, Tone::NotScored),
        (At::Unallocated, Tone::Error),
    ];
    for (at, tone) in marked {
        add(at, at, format!("={}>0", own(at)), tone);
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
    let line = Line { directorate, of, team: team.unwrap_or(0), all: team.is_none(), row };
    COLUMNS.iter().map(|column| (column.cell)(&line).look(line.look(column.look))).collect()
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

    fn number(&self) -> Cell {
        if self.all { Cell::text("") } else { Cell::number(Decimal::from(self.team)) }
    }

    fn text(&self, text: &str) -> Cell {
        Cell::text(text)
    }

    fn name(&self) -> &str {
        if self.all { "All teams together" } else { &self.of.team }
    }

    fn area(&self) -> &str {
        let known = self.of.area.map(|area| area.label());
        if self.all { "" } else { known.unwrap_or(values::NO_AREA) }
    }

    fn teams(&self) -> usize {
        self.directorate.teams.len()
    }

    /// A cell of the same row.
    fn own(&self, at: At) -> String {
        format!("${}{}", column_letters(place(at)), self.row + 1)
    }

    /// The team's figure, or the sum of all teams'.
    fn get(&self, of: Of) -> String {
        if self.all { values::sum(of, self.teams()) } else { values::pick(of, self.teams(), &self.own(At::Number)) }
    }

    fn count(&self, of: Of, count: u32) -> Cell {
        Cell::counts(format!("={}", self.get(of)), Decimal::from(count))
    }

    fn figure(&self, of: Of, figure: Decimal) -> Cell {
        // Sums of binary figures carry noise.
        Cell::counts(format!("=ROUND({},{PLACES})", self.get(of)), rounded(figure, PLACES))
    }

    /// A figure that is known where somebody is rated against a limit.
    fn rated(&self, of: Of, figure: Decimal) -> Cell {
        let formula = format!("=IF({}=0,\"–\",ROUND({},{PLACES}))", self.get(Of::Rated), self.get(of));
        known(formula, (self.of.limit_rated() > 0).then(|| rounded(figure, PLACES)))
    }

    fn ratio(&self, top: Of, below: Of, ratio: Option<Decimal>, places: u32) -> Cell {
        let (top, below) = (self.get(top), self.get(below));
        known(format!("=IF({below}=0,\"–\",ROUND({top}/{below},{places}))"), ratio.map(|ratio| rounded(ratio, places)))
    }

    /// A count that not every team tells.
    fn told(&self, of: Of, told: &Told) -> Cell {
        let formula = match self.all {
            true => format!("=IF(COUNT({})=0,\"–\",{})", values::cells(of, self.teams()), self.get(of)),
            false => format!("={}", self.get(of)),
        };
        known(formula, told.count.map(Decimal::from))
    }

    /// The same for each FTE of the teams that tell it.
    fn per_fte(&self, at: At, of: Of, told: &Told) -> Cell {
        let fte = match self.all {
            true => {
                let (fte, told) = (values::cells(Of::Fte, self.teams()), values::cells(of, self.teams()));
                format!("SUMIFS({fte},{told},\">=0\")")
            }
            false => self.get(Of::Fte),
        };
        let count = self.own(at);
        let formula = format!("=IF(ISNUMBER({count}),IF({fte}=0,\"–\",ROUND({count}/{fte},{PLACES})),\"–\")");
        known(formula, told.per_fte().map(|figure| rounded(figure, PLACES)))
    }

    /// The least or the most of the workers.
    fn outermost(&self, of: Of, function: &str, percent: Option<Decimal>) -> Cell {
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

fn used(line: &Line) -> Cell {
    line.ratio(Of::LimitLoad, Of::LimitUpper, line.used(), FINE)
}

fn word(line: &Line) -> Cell {
    let used = line.own(At::Used);
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
    let used = line.own(At::Used);
    let all = area(At::Used, line.teams());
    let all = format!("{}:{}", fixed(all.first), fixed(all.last));
    known(format!("=IF(ISNUMBER({used}),COUNTIF({all},\">\"&{used})+1,\"–\")"), line.of.rank.map(Into::into))
}

fn quartile(line: &Line) -> Cell {
    if line.all {
        return Cell::text("–");
    }
    let rank = line.own(At::Rank);
    let count = format!("COUNT({})", values::cells(Of::Number, line.teams()));
    // Rounded up: ⌈4 × rank ÷ number of teams⌉.
    let formula = format!("=IF(ISNUMBER({rank}),INT((4*{rank}+{count}-1)/{count}),\"–\")");
    known(formula, line.of.quartile.map(Into::into))
}

fn distance(line: &Line) -> Cell {
    if line.all {
        return Cell::text("–");
    }
    let (used, all) = (line.own(At::Used), fixed(whole(At::Used)));
    let directorate = line.directorate.whole.limit_utilisation();
    let apart = line.used().zip(directorate).map(|(used, all)| used - shown(all));
    let formula = format!("=IF(ISNUMBER({used}),ROUND(100*({used}-{all}),6),\"–\")");
    known(formula, apart.map(|apart| rounded(apart * Decimal::ONE_HUNDRED, 6)))
}

fn change(line: &Line) -> Cell {
    if line.all {
        return Cell::maybe(line.of.change.map(|change| rounded(change, 2)));
    }
    let (used, before) = (line.own(At::Used), line.get(Of::Before));
    // Both as teams.csv gives them, in percent with two places.
    let formula =
        format!("=IF(ISNUMBER({used}),IF(ISNUMBER({before}),ROUND(ROUND(100*{used},2)-100*{before},2),\"–\"),\"–\")");
    known(formula, line.of.change.map(|change| rounded(change, 2)))
}

fn spread(line: &Line) -> Cell {
    let (least, most) = (line.own(At::Least), line.own(At::Most));
    let formula = format!("=IF(ISNUMBER({most}),ROUND(100*({most}-{least}),6),\"–\")");
    let ratio = |percent: Decimal| rounded(hundredth(percent), PLACES);
    let apart = line.of.spread().map(|spread| ratio(spread.most) - ratio(spread.least));
    known(formula, apart.map(|apart| rounded(apart * Decimal::ONE_HUNDRED, 6)))
}

fn within(line: &Line) -> Cell {
    let used = line.own(At::Used);
    let formula = format!("=IF(ISNUMBER({used}),MIN({used},1),0)");
    Cell::counts(formula, line.used().unwrap_or_default().min(Decimal::ONE))
}

fn beyond(line: &Line) -> Cell {
    let used = line.own(At::Used);
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
    use crate::directorate::comparison::WorkerLoad;

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
        let cell = |at: At| page.cell(CellRef::new(HEAD + 4, place(at))).unwrap().shown();
        assert_eq!((cell(At::Used), cell(At::Word), cell(At::Rank)), ("–", UNKNOWN, "–"));
        assert_eq!((cell(At::FteNeeded), cell(At::Headroom)), ("–", "–"), "nought would say that nobody is short");
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
        let formula = |row: u32, at: At| match &page.cell(CellRef::new(row, place(at))).unwrap().content {
            crate::book::page::Content::Formula(formula, _) => formula.clone(),
            other => panic!("{other:?} is no formula"),
        };
        let used = "=IF(INDEX('Values'!$R$6:$R$6,$A7)=0,\"–\",ROUND(INDEX('Values'!$Q$6:$Q$6,$A7)/INDEX('Values'!$R$6:$R$6,$A7),10))";
        assert_eq!(formula(HEAD + 1, At::Used), used);
        assert_eq!(formula(HEAD + 1, At::Rank), "=IF(ISNUMBER($D7),COUNTIF($D$7:$D$7,\">\"&$D7)+1,\"–\")");
        assert!(formula(WHOLE, At::Used).contains("SUM('Values'!$Q$6:$Q$6)/SUM('Values'!$R$6:$R$6)"));
    }

    #[test]
    fn none_and_very_many_are_shown() {
        assert_eq!(page(&Directorate::default()).rows.len(), 2);
        let many = page(&of((0..1300).map(|nth| team(&format!("Team {nth}"), nth, 1000)).collect()));
        assert_eq!(names(&many).len(), 1300);
        assert_eq!(names(&many)[0], "Team 1299");
    }

    #[test]
    fn every_column_stands_where_charts_look_for_it() {
        for (at, column) in COLUMNS.iter().enumerate() {
            assert_eq!(place(column.at) as usize, at, "{} is listed twice", column.heading);
        }
        assert!(COLUMNS[0].group.len() == 1, "the first column opens a group");
    }
}
