//! Sheets that set the directorate, its service areas and its teams side by side: the same columns for all of them,
//! reckoned by formulas over the sheet "Values".
//!
//! The directorate and its areas stand at the top, where they are seen at once; the teams follow below with a
//! heading of their own, so that they can be sorted and filtered. A team's formulas find its figures by the number in
//! their row.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use crate::book::annotation::Tone;
use crate::book::page::{Cell, Hatch, Look, Page, Range, Said, Series, column, fixed};
use crate::book::phrase::count;
use crate::book::sheet::{Area, CellRef, column_letters};
use crate::directorate::comparison::Directorate;
use crate::directorate::figures::Figure;
use crate::directorate::team_line::TeamLine;
use crate::field::rating::rounded;

use super::values::{self, NO_AREA};
use super::whole;

/// The zero-based row above the headings.
pub const BAND: u32 = 3;
/// The row of the headings that stay in sight; the directorate's own figures stand below them.
pub const HEAD: u32 = BAND + 1;
/// How many teams a chart shows; more could not be read.
pub const CHARTED: usize = 40;
/// The first columns: the number, the team's name and its service area.
pub const NAMES: [(&str, u16); 3] = [("No.", 5), ("Team", 28), ("Service area", 22)];

/// A column: its heading, its width, and its cell in a row.
pub struct Column<'a> {
    /// Heading.
    pub heading: String,
    /// Width in characters.
    pub width: u16,
    /// The cell for a team, an area, or all.
    pub cell: Box<dyn Fn(&Line) -> Cell + 'a>,
}

impl<'a> Column<'a> {
    /// A column.
    pub fn new(heading: impl Into<String>, width: u16, cell: impl Fn(&Line) -> Cell + 'a) -> Self {
        Self { heading: heading.into(), width, cell: Box::new(cell) }
    }
}

/// Whose figures a row shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// A team's.
    Team,
    /// A service area's.
    Area,
    /// The directorate's.
    All,
}

/// A row of figures.
pub struct Line<'a> {
    /// Whose they are.
    pub whose: Whose,
    /// The figures.
    pub figures: &'a TeamLine,
    /// The teams that they are made of.
    pub members: Vec<&'a TeamLine>,
    /// The row they stand in.
    pub row: u32,
    /// All teams.
    pub directorate: &'a Directorate,
    /// How many they are.
    pub teams: usize,
}

/// A part of a formula with what it comes to.
pub struct Amount {
    /// The part.
    pub formula: String,
    /// What it comes to.
    pub is: Decimal,
}

impl Line<'_> {
    /// A figure of the team, or those of the teams added up; what is not told counts for nothing.
    pub fn of(&self, of: Figure) -> Amount {
        let is = self.members.iter().filter_map(|team| values::figure(of, team)).sum();
        let formula = match self.whose {
            Whose::Team => values::pick(of, self.teams, &self.cell(0)),
            Whose::Area => values::sum_of_area(of, self.teams, &self.cell(2)),
            Whose::All => values::sum(of, self.teams),
        };
        Amount { formula, is }
    }

    /// A column's cell in this row; it moves with the row when the table is sorted.
    pub fn cell(&self, column: u32) -> String {
        format!("{}{}", column_letters(column), self.row + 1)
    }

    /// The teams of the same service area.
    pub fn area_teams(&self) -> impl Iterator<Item = &TeamLine> {
        self.directorate.teams.iter().filter(|team| team.area == self.figures.area)
    }

    /// Whether the service area is known.
    pub fn has_area(&self) -> bool {
        self.figures.area.is_some()
    }

    /// A figure that is added up, as it stands.
    pub fn plain(&self, of: Figure) -> Cell {
        let amount = self.of(of);
        Cell::counts(format!("=ROUND({},8)", amount.formula), rounded(amount.is, 8)).look(self.look(Look::Figure))
    }

    /// One figure ÷ another, a dash where there is nothing to divide by.
    pub fn ratio(&self, part: Figure, whole: Figure, look: Look) -> Cell {
        let (part, whole) = (self.of(part), self.of(whole));
        let figure = (!whole.is.is_zero()).then(|| part.is / whole.is);
        self.or_dash(&format!("{}=0", whole.formula), &format!("{}/{}", part.formula, whole.formula), figure, look)
    }

    /// A figure to eight places, or a dash where `without` holds.
    pub fn or_dash(&self, without: &str, formula: &str, figure: Option<Decimal>, look: Look) -> Cell {
        let formula = format!("=IF({without},\"–\",ROUND({formula},8))");
        match figure {
            Some(figure) => Cell::counts(formula, rounded(figure, 8)),
            None => Cell::says(formula, "–"),
        }
        .look(self.look(look))
    }

    /// A figure reckoned from workers one by one: a team's stands on "Values", an area's cannot be made of its
    /// teams' and is entered as it was in the run.
    pub fn of_workers(&self, of: Figure, look: Look) -> Cell {
        let figure = values::figure(of, self.figures).map(|figure| rounded(figure, 8));
        match self.whose {
            Whose::Team => {
                let picked = self.of(of).formula;
                self.or_dash(&format!("COUNT({picked})=0"), &picked, figure, look)
            }
            Whose::Area | Whose::All => Cell::maybe(figure).look(self.look(look)),
        }
    }

    /// Words that a formula finds.
    pub fn says(&self, formula: String, now: impl Into<String>) -> Cell {
        Cell::says(formula, now).look(self.look(Look::Text))
    }

    /// The look of a row of several teams: it stands out.
    pub fn look(&self, look: Look) -> Look {
        match (self.whose, look) {
            (Whose::Team, look) => look,
            (_, Look::Text) => Look::Strong,
            (_, look) => look,
        }
    }
}

/// The FTE of all workers; a dash where none is known.
pub fn fte(line: &Line) -> Cell {
    let amount = line.of(Figure::Fte);
    let figure = (!amount.is.is_zero()).then_some(amount.is);
    line.or_dash(&format!("{}=0", amount.formula), &amount.formula, figure, Look::Decimals)
}

/// Where the tables of a sheet stand.
pub struct Laid {
    /// The first and last row of the teams.
    pub teams: (u32, u32),
    /// All rows from the directorate's own to the last team's.
    pub rows: (u32, u32),
}

/// Fills a page whose title and band stand already: the headings that stay in sight, the directorate and its areas,
/// what `between` adds, and the teams.
pub fn lay(page: &mut Page, directorate: &Directorate, columns: &[Column], between: impl FnOnce(&mut Page)) -> Laid {
    let teams = directorate.teams.len();
    let last = NAMES.len() as u32 + columns.len() as u32 - 1;
    let headings = NAMES.iter().map(|(heading, _)| *heading).chain(columns.iter().map(|column| &*column.heading));
    let headings: Vec<Cell> = headings.map(|heading| Cell::text(heading).look(Look::Heading)).collect();
    debug_assert_eq!(page.next(), HEAD);
    let first = page.push(headings.clone()) + 1;
    page.freeze = Some(CellRef::new(HEAD + 1, 2));
    page.repeat = Some((BAND, HEAD));
    let push = |page: &mut Page, whose: Whose, names: [Cell; 3], figures, members| {
        let line = Line { whose, figures, members, row: page.next(), directorate, teams };
        let cells = names.into_iter().chain(columns.iter().map(|column| (column.cell)(&line)));
        let cells = cells.collect();
        page.push(cells);
    };
    let strong = |text: &str| Cell::text(text).look(Look::Strong);
    let all = [Cell::default().look(Look::Strong), strong("All teams together"), strong("")];
    push(page, Whose::All, all, &directorate.whole, directorate.teams.iter().collect());
    for area in &directorate.areas {
        let members: Vec<&TeamLine> = directorate.teams.iter().filter(|team| team.area == area.area).collect();
        let named = strong(area.area.map_or(NO_AREA, |area| area.label()));
        let names = [Cell::default().look(Look::Strong), strong(&count(members.len(), "team", "teams")), named];
        push(page, Whose::Area, names, area, members);
    }
    page.gap();
    between(page);
    page.across(last.min(10), "Team by team", Look::Section);
    let head = page.push(headings);
    for (number, team) in (1_u32..).zip(&directorate.teams) {
        let area = Cell::text(team.area.map_or(NO_AREA, |area| area.label())).look(Look::Text);
        let names = [whole(number), Cell::text(&team.team).look(Look::Text), area];
        push(page, Whose::Team, names, team, vec![team]);
    }
    let end = page.next() - 1;
    page.filter = Some(Area { first: CellRef::new(head, 0), last: CellRef::new(end, last) });
    Laid { teams: (head + 1, end), rows: (first, end) }
}

/// The cells of a column from one row to another, as formulas on the sheet name them.
pub fn cells(of: u32, (first, last): (u32, u32)) -> String {
    format!("{}:{}", fixed(CellRef::new(first, of)), fixed(CellRef::new(last, of)))
}

/// Puts a sentence on all teams into the row above the band.
pub fn headline(page: &mut Page, formula: String, now: String) {
    let row = BAND - 1;
    page.rows[row as usize].cells = vec![Cell::says(formula, now).look(Look::Strong)];
    page.spread(row, 0, 11, Look::Strong);
    page.rows[row as usize].height = Some(18);
}

/// The widths of the columns.
pub fn widths(columns: &[Column]) -> Vec<u16> {
    NAMES.iter().map(|(_, width)| *width).chain(columns.iter().map(|column| column.width)).collect()
}

/// Words of a column that carry a colour, wherever they stand.
pub fn said(page: &mut Page, laid: &Laid, of: u32, words: &[(&'static str, Tone)]) {
    page.said.push(Said { area: column(of, laid.rows.0, laid.rows.1), words: words.to_vec() });
}

/// What a sheet's figures are and what they assume, a line each.
pub fn notes(page: &mut Page, title: &str, lines: &[(&str, &str)]) {
    const LAST: u32 = 12;
    page.across(LAST + 1, title, Look::Section);
    let first = first_of_notes(page);
    let width = page.widths[first as usize + 1..=LAST as usize].iter().map(|width| u32::from(*width)).sum();
    for (what, how) in lines {
        let mut cells = vec![Cell::default(); first as usize];
        cells.extend([Cell::text(*what).look(Look::Strong), Cell::text(*how).look(Look::Text)]);
        let row = page.push(cells);
        page.spread(row, first + 1, LAST, Look::Text);
        page.fit(row, &[(how, width)]);
    }
    page.gap();
}

/// The column where notes begin: on a sheet printed two pages wide the names would be repeated without their texts.
fn first_of_notes(page: &Page) -> u32 {
    if page.two_pages_wide { 2 } else { 1 }
}

/// The rows that a chart takes.
const CHART_ROWS: u32 = 26;

/// Keeps the place for a chart and says where it is.
pub fn place_for_chart(page: &mut Page) -> CellRef {
    let at = page.next();
    for _ in 0..CHART_ROWS {
        let row = page.push(Vec::new());
        page.rows[row as usize].height = Some(15);
    }
    CellRef::new(at, if page.two_pages_wide { 2 } else { 0 })
}

/// The size of a chart of so many teams that fits its place; on a sheet printed two pages wide it ends on the first.
pub fn chart_size(page: &Page, charted: usize) -> (u32, u32) {
    let most = if page.two_pages_wide { 960 } else { 1250 };
    ((charted as u32 * 60 + 300).clamp(600, most), CHART_ROWS * 20 - 8)
}

/// How a mark that is the same for all teams is drawn: a line needs two of them.
pub fn mark(charted: usize) -> Hatch {
    if charted > 1 { Hatch::Line } else { Hatch::Marks }
}

/// The figures of a chart, below the teams: one row for each team in the chart's order, found by the team's number.
///
/// Returns the cells of the names and then of each column.
pub fn figures_of_chart(
    page: &mut Page,
    directorate: &Directorate,
    charted: &[usize],
    columns: &[Column],
) -> Vec<Range> {
    page.gap();
    page.across(10, "The figures of the chart, in its order as of the run", Look::Section);
    let headings = ["No.", "Team"].into_iter().chain(columns.iter().map(|column| &*column.heading));
    page.push(headings.map(|heading| Cell::text(heading).look(Look::Heading)).collect());
    let (first, teams) = (page.next(), directorate.teams.len());
    for at in charted {
        let team = &directorate.teams[*at];
        let line =
            Line { whose: Whose::Team, figures: team, members: vec![team], row: page.next(), directorate, teams };
        let name = format!("={}", values::pick_name(teams, &line.cell(0)));
        let mut cells = vec![whole(*at as u32 + 1), Cell::says(name, &team.team)];
        cells.extend(columns.iter().map(|column| (column.cell)(&line)));
        page.push(cells);
    }
    let last = page.next() - 1;
    let of = |of: u32| Range { sheet: page.name.clone(), area: column(of, first, last) };
    (1..columns.len() as u32 + 2).map(of).collect()
}

/// The series of a chart, each over the cells of its figures.
pub fn series<N: Into<String>>(
    drawn: impl IntoIterator<Item = (N, &'static str, Hatch)>,
    figures: &[Range],
) -> Vec<Series> {
    let pairs = drawn.into_iter().zip(figures);
    pairs
        .map(|((name, colour, hatch), values)| Series { name: name.into(), values: values.clone(), colour, hatch })
        .collect()
}

/// The teams that a chart shows, by their positions: those with the largest figures that `by` gives.
pub fn charted(directorate: &Directorate, by: impl Fn(&TeamLine) -> Option<Decimal>) -> Vec<usize> {
    let teams = directorate.teams.iter().enumerate();
    let mut all: Vec<(usize, Decimal)> = teams.filter_map(|(at, team)| Some((at, by(team)?))).collect();
    // Stable: equal teams stay in the order of the files.
    all.sort_by_key(|(_, figure)| Reverse(*figure));
    all.into_iter().take(CHARTED).map(|(at, _)| at).collect()
}

/// How a chart's title says which teams it shows.
pub fn shown_of(charted: usize, all: usize, which: &str) -> String {
    if charted == CHARTED && all > CHARTED {
        format!(" – the {CHARTED} of {all} teams {which}")
    } else {
        String::new()
    }
}
