//! The sheet "Values": the counts and sums of every team as they were read, which the other sheets' formulas refer to.
//!
//! Formulas pick a team's figure by the team's number, so that the tables that use them can be sorted.

use rust_decimal::Decimal;

use crate::book::page::{Cell, Look, Page, column, span};
use crate::book::sheet::{Area, CellRef};
use crate::directorate::comparison::Directorate;
use crate::directorate::figures::{Figure, ON_VALUES};
use crate::directorate::team_line::TeamLine;

use super::VALUES;

/// The zero-based row of the headings.
const HEAD: u32 = 3;
/// Below them stand the names of the columns of teams.csv; the teams follow.
const FIRST: u32 = HEAD + 2;

/// What stands for a service area that is not known; formulas add up by it.
pub const NO_AREA: &str = "not known";

/// The columns before the figures: heading, the name of the same column of teams.csv, and width.
const NAMES: [(&str, &str, u16); 4] =
    [("No.", "", 11), ("Team", "team", 24), ("Workbook", "file", 24), ("Service area", "service_area", 24)];
const NUMBER: u32 = 0;
const TEAM: u32 = 1;
const AREA: u32 = 3;

/// Builds the sheet.
pub fn page(directorate: &Directorate) -> Page {
    let widths: Vec<u16> = NAMES.iter().map(|(_, _, width)| *width).chain(ON_VALUES.iter().map(|_| 11)).collect();
    let mut page = Page::new(VALUES, "8A94A6", &widths);
    page.across(10, "Values: the counts and sums that the other sheets are reckoned from", Look::Title);
    let about = "One row for each team, in the order of the files, without rounding. The small names are the columns of teams.csv \
                 that hold the same figures. – stands for what no sheet of the team tells. Change a figure here and the other \
                 sheets follow.";
    page.across(10, about, Look::Muted);
    page.gap();
    let headings = ON_VALUES.iter().map(|figure| figure.row().values.map_or("", |own| own.heading));
    let headings = NAMES.iter().map(|(heading, _, _)| *heading).chain(headings);
    page.push(headings.map(|heading| Cell::text(heading).look(Look::Heading)).collect());
    let names = ON_VALUES.iter().map(|figure| if figure.row().csv.is_some() { figure.name() } else { "" });
    let names = NAMES.iter().map(|(_, name, _)| *name).chain(names);
    page.push(names.map(|name| Cell::text(name).look(Look::Muted)).collect());
    page.freeze = Some(CellRef::new(FIRST, 2));
    page.repeat = Some((HEAD, HEAD));
    for (number, team) in (1_u32..).zip(&directorate.teams) {
        let area = team.area.map_or(NO_AREA, |area| area.label());
        let mut cells = vec![super::whole(number)];
        cells.extend([&team.team, &team.file, area].map(|text| Cell::text(text).look(Look::Text)));
        cells.extend(ON_VALUES.iter().map(|figure| Cell::maybe(self::figure(*figure, team))));
        page.push(cells);
    }
    page
}

/// The cells of a figure, one for each team; absolute.
pub fn cells(of: Figure, teams: usize) -> String {
    span(VALUES, area(of, teams))
}

/// A formula's part that gives a team's figure; `number` is the cell of the team's number, such as `$A5`.
pub fn pick(of: Figure, teams: usize, number: &str) -> String {
    format!("INDEX({},{number})", cells(of, teams))
}

/// A formula's part that gives a team's name.
pub fn pick_name(teams: usize, number: &str) -> String {
    format!("INDEX({},{number})", span(VALUES, below(TEAM, teams)))
}

/// A formula's part that adds a figure up; what is not told counts for nothing.
pub fn sum(of: Figure, teams: usize) -> String {
    format!("SUM({})", cells(of, teams))
}

/// A formula's part that adds a figure up over the teams of the service area whose name stands in a cell.
pub fn sum_of_area(of: Figure, teams: usize, area: &str) -> String {
    format!("SUMIFS({},{},{area})", cells(of, teams), areas(teams))
}

/// The cells of the service areas, one for each team; absolute.
pub fn areas(teams: usize) -> String {
    span(VALUES, below(AREA, teams))
}

/// The cells of the teams' numbers; absolute.
pub fn numbers(teams: usize) -> String {
    span(VALUES, below(NUMBER, teams))
}

/// The figure that stands there for a team, one in percent as a ratio; `None` where there is none.
pub fn figure(of: Figure, team: &TeamLine) -> Option<Decimal> {
    let figure = of.of(team)?;
    Some(if of.is_percent() { figure / Decimal::ONE_HUNDRED } else { figure })
}

/// The cells of a figure on the sheet, for charts.
pub fn area(of: Figure, teams: usize) -> Area {
    let place = ON_VALUES.iter().position(|figure| *figure == of).unwrap_or(0);
    below(NAMES.len() as u32 + place as u32, teams)
}

/// A column's cells of all teams.
fn below(at: u32, teams: usize) -> Area {
    column(at, FIRST, FIRST + (teams as u32).max(1) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_stands_where_formulas_look_for_it() {
        let page = page(&Directorate::default());
        for figure in ON_VALUES {
            let at = CellRef::new(HEAD, area(*figure, 1).first.column);
            assert_eq!(Some(page.cell(at).unwrap().shown()), figure.row().values.map(|own| own.heading), "{figure:?}");
        }
        assert_eq!(pick_name(3, "$A7"), "INDEX('Values'!$B$6:$B$8,$A7)");
    }

    #[test]
    fn what_is_not_told_is_a_dash() {
        let team = TeamLine { team: "North".into(), ..TeamLine::default() };
        let page = page(&Directorate { teams: vec![team], ..Directorate::default() });
        let cell = |of: Figure| page.cell(area(of, 1).first).unwrap().clone();
        assert_eq!(page.cell(below(NUMBER, 1).first).unwrap().figure(), Some(Decimal::ONE));
        assert_eq!((cell(Figure::Cp).shown(), cell(Figure::Most).shown()), ("–", "–"));
        assert_eq!(cell(Figure::Red).figure(), Some(Decimal::ZERO));
    }
}
