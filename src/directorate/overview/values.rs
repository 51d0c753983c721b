//! The sheet "Values": the counts and sums of every team as they were read, which the other sheets' formulas refer to.
//!
//! Formulas pick a team's figure by the team's number, so that the tables that use them can be sorted.

use rust_decimal::Decimal;

use crate::book::page::{Cell, Look, Page, column, span};
use crate::book::sheet::{Area, CellRef};
use crate::directorate::comparison::{Directorate, TeamLine, Told};

use super::VALUES;

/// The zero-based row of the headings.
const HEAD: u32 = 3;
/// Below them stand the names of the columns of teams.csv; the teams follow.
const FIRST: u32 = HEAD + 2;

/// What stands for a service area that is not known; formulas add up by it.
pub const NO_AREA: &str = "not known";

/// A column: its heading, the name of the same column of teams.csv (empty where it has none), and a team's figure.
struct Column {
    of: Of,
    heading: &'static str,
    csv: &'static str,
    cell: fn(&TeamLine) -> Cell,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// The team's number: its place in this list, from 1.
    Number,
    /// The team.
    Team,
    /// The workbook.
    Workbook,
    /// The service area in words.
    Area,
    /// Workers listed.
    Workers,
    /// Their FTE.
    Fte,
    /// Children with a key worker.
    Children,
    /// Families.
    Households,
    /// Children on protection plans.
    Cp,
    /// Children in our care.
    Cioc,
    /// Households in care proceedings.
    Proceedings,
    /// Children nobody holds.
    Unallocated,
    /// Workers rated red.
    Red,
    /// Workers rated amber.
    Amber,
    /// Workers rated green.
    Green,
    /// Workers not scored.
    NotScored,
    /// Σ load by limits.
    LimitLoad,
    /// Σ limits.
    LimitUpper,
    /// FTE of workers rated against a limit.
    LimitFte,
    /// How many they are.
    Rated,
    /// How many of them are above.
    Over,
    /// Σ points.
    PointsLoad,
    /// Σ benchmarks.
    PointsBenchmark,
    /// Limit used by the least loaded worker, as a ratio; so the next four.
    Least,
    /// Lower quartile.
    LowerQuartile,
    /// Median.
    Median,
    /// Upper quartile.
    UpperQuartile,
    /// Most loaded worker.
    Most,
    /// Hoover index, as a ratio.
    Hoover,
    /// Newly qualified workers.
    Nqsw,
    /// Their FTE.
    NqswFte,
    /// Their load.
    NqswLoad,
    /// Workers below full time.
    PartTime,
    /// Their FTE.
    PartTimeFte,
    /// Their load.
    PartTimeLoad,
    /// Workers at full time or above.
    FullTime,
    /// Their FTE.
    FullTimeFte,
    /// Their load.
    FullTimeLoad,
    /// Cases by the official measure.
    Cases,
    /// FTE of those holding them.
    CasesFte,
    /// Social workers left out of it.
    CasesLeftOut,
    /// FTE needed.
    FteNeeded,
    /// FTE of the room there is.
    FteRoom,
    /// FTE lacking if the worker who weighs most were away.
    FteIfAway,
    /// Headroom in children.
    Headroom,
    /// Children above the limits.
    ChildrenOver,
    /// Limits used in the previous run, as a ratio.
    Before,
    /// Σ limits of newly qualified workers.
    NqswUpper,
    /// How many of them are above.
    NqswOver,
    /// Σ limits of workers below full time.
    PartTimeUpper,
    /// Σ limits of workers at full time or above.
    FullTimeUpper,
    /// FTE that one more child takes: FTE rated ÷ limits.
    PostForOne,
}

const COLUMNS: &[Column] = &[
    Column { of: Of::Number, heading: "No.", csv: "", cell: |_| Cell::default() },
    Column { of: Of::Team, heading: "Team", csv: "team", cell: |team| Cell::text(&team.team).look(Look::Text) },
    Column { of: Of::Workbook, heading: "Workbook", csv: "file", cell: |team| Cell::text(&team.file).look(Look::Text) },
    Column { of: Of::Area, heading: "Service area", csv: "service_area", cell: area_of },
    Column { of: Of::Workers, heading: "Workers", csv: "workers", cell: |team| whole(team.workers) },
    Column { of: Of::Fte, heading: "FTE", csv: "fte", cell: |team| Cell::number(team.fte) },
    Column { of: Of::Children, heading: "Children", csv: "children", cell: |team| told(&team.children) },
    Column { of: Of::Households, heading: "Families", csv: "households", cell: |team| told(&team.households) },
    Column { of: Of::Cp, heading: "CP", csv: "cp", cell: |team| told(&team.cp) },
    Column { of: Of::Cioc, heading: "In our care", csv: "cioc", cell: |team| told(&team.cioc) },
    Column {
        of: Of::Proceedings,
        heading: "Families in care proceedings",
        csv: "care_proceedings",
        cell: |team| told(&team.care_proceedings),
    },
    Column {
        of: Of::Unallocated,
        heading: "Children nobody holds",
        csv: "unallocated",
        cell: |team| whole(team.unallocated),
    },
    Column { of: Of::Red, heading: "Red", csv: "red", cell: |team| whole(team.red) },
    Column { of: Of::Amber, heading: "Amber", csv: "amber", cell: |team| whole(team.amber) },
    Column { of: Of::Green, heading: "Green", csv: "green", cell: |team| whole(team.green) },
    Column { of: Of::NotScored, heading: "Not scored", csv: "not_scored", cell: |team| whole(team.not_scored) },
    Column {
        of: Of::LimitLoad,
        heading: "Load by limits",
        csv: "limit_load",
        cell: |team| Cell::number(team.limit_load()),
    },
    Column { of: Of::LimitUpper, heading: "Limits", csv: "limit_upper", cell: |team| Cell::number(team.limit_upper()) },
    Column {
        of: Of::LimitFte,
        heading: "FTE rated by limits",
        csv: "limit_fte",
        cell: |team| Cell::number(team.limit_fte()),
    },
    Column {
        of: Of::Rated,
        heading: "Workers rated by limits",
        csv: "limit_rated",
        cell: |team| whole(team.limit_rated()),
    },
    Column { of: Of::Over, heading: "Workers over limit", csv: "over_limit", cell: |team| whole(team.over_limit) },
    Column { of: Of::PointsLoad, heading: "Points", csv: "points_load", cell: |team| Cell::number(team.points_load) },
    Column {
        of: Of::PointsBenchmark,
        heading: "Benchmarks in points",
        csv: "points_benchmark",
        cell: |team| Cell::number(team.points_benchmark),
    },
    Column {
        of: Of::Least,
        heading: "Least loaded worker",
        csv: "least_utilised",
        cell: |team| percent(team.spread().map(|spread| spread.least)),
    },
    Column {
        of: Of::LowerQuartile,
        heading: "Lower quartile of workers",
        csv: "lower_quartile_utilised",
        cell: |team| percent(team.spread().map(|spread| spread.lower_quartile)),
    },
    Column {
        of: Of::Median,
        heading: "Median worker",
        csv: "median_utilised",
        cell: |team| percent(team.spread().map(|spread| spread.median)),
    },
    Column {
        of: Of::UpperQuartile,
        heading: "Upper quartile of workers",
        csv: "upper_quartile_utilised",
        cell: |team| percent(team.spread().map(|spread| spread.upper_quartile)),
    },
    Column {
        of: Of::Most,
        heading: "Most loaded worker",
        csv: "most_utilised",
        cell: |team| percent(team.spread().map(|spread| spread.most)),
    },
    Column { of: Of::Hoover, heading: "Hoover index", csv: "hoover", cell: |team| percent(team.hoover()) },
    Column { of: Of::Nqsw, heading: "NQSWs", csv: "nqsw", cell: |team| whole(team.nqsw.workers) },
    Column { of: Of::NqswFte, heading: "FTE of NQSWs", csv: "nqsw_fte", cell: |team| Cell::number(team.nqsw.fte) },
    Column { of: Of::NqswLoad, heading: "Load of NQSWs", csv: "nqsw_load", cell: |team| Cell::number(team.nqsw.load) },
    Column {
        of: Of::PartTime,
        heading: "Part-time workers",
        csv: "part_time",
        cell: |team| whole(team.part_time.workers),
    },
    Column {
        of: Of::PartTimeFte,
        heading: "FTE of part-time workers",
        csv: "part_time_fte",
        cell: |team| Cell::number(team.part_time.fte),
    },
    Column {
        of: Of::PartTimeLoad,
        heading: "Load of part-time workers",
        csv: "part_time_load",
        cell: |team| Cell::number(team.part_time.load),
    },
    Column {
        of: Of::FullTime,
        heading: "Full-time workers",
        csv: "full_time",
        cell: |team| whole(team.full_time.workers),
    },
    Column {
        of: Of::FullTimeFte,
        heading: "FTE of full-time workers",
        csv: "full_time_fte",
        cell: |team| Cell::number(team.full_time.fte),
    },
    Column {
        of: Of::FullTimeLoad,
        heading: "Load of full-time workers",
        csv: "full_time_load",
        cell: |team| Cell::number(team.full_time.load),
    },
    Column { of: Of::Cases, heading: "Cases (official)", csv: "cases", cell: |team| whole(team.official.cases) },
    Column {
        of: Of::CasesFte,
        heading: "FTE holding cases (official)",
        csv: "cases_fte",
        cell: |team| Cell::number(team.official.fte),
    },
    Column {
        of: Of::CasesLeftOut,
        heading: "Social workers left out (official)",
        csv: "cases_left_out",
        cell: |team| whole(team.official.left_out),
    },
    Column {
        of: Of::FteNeeded,
        heading: "FTE needed",
        csv: "fte_needed",
        cell: |team| Cell::number(team.fte_needed()),
    },
    Column { of: Of::FteRoom, heading: "FTE of room", csv: "fte_room", cell: |team| Cell::number(team.fte_room()) },
    Column {
        of: Of::FteIfAway,
        heading: "FTE lacking if one worker is away",
        csv: "fte_if_away",
        cell: |team| Cell::maybe(team.fte_if_away()),
    },
    Column {
        of: Of::Headroom,
        heading: "Headroom in children",
        csv: "headroom_children",
        cell: |team| Cell::number(team.headroom_children),
    },
    Column {
        of: Of::ChildrenOver,
        heading: "Children above limits",
        csv: "children_over",
        cell: |team| Cell::number(team.children_over),
    },
    Column { of: Of::Before, heading: "Limits used in the last run", csv: "", cell: |team| percent(team.before()) },
    Column {
        of: Of::NqswUpper,
        heading: "Limits of NQSWs",
        csv: "nqsw_upper",
        cell: |team| Cell::number(team.nqsw.upper),
    },
    Column { of: Of::NqswOver, heading: "NQSWs over limit", csv: "nqsw_over", cell: |team| whole(team.nqsw.over) },
    Column {
        of: Of::PartTimeUpper,
        heading: "Limits of part-time workers",
        csv: "part_time_upper",
        cell: |team| Cell::number(team.part_time.upper),
    },
    Column {
        of: Of::FullTimeUpper,
        heading: "Limits of full-time workers",
        csv: "full_time_upper",
        cell: |team| Cell::number(team.full_time.upper),
    },
    Column {
        of: Of::PostForOne,
        heading: "FTE for one child more",
        csv: "",
        cell: |team| Cell::maybe(team.limit_per_fte().filter(|per| !per.is_zero()).map(|per| Decimal::ONE / per)),
    },
];

/// Builds the sheet.
pub fn page(directorate: &Directorate) -> Page {
    let widths: Vec<u16> = COLUMNS.iter().map(|column| if text(column.of) { 24 } else { 11 }).collect();
    let mut page = Page::new(VALUES, "8A94A6", &widths);
    page.across(10, "Values: the counts and sums that the other sheets are reckoned from", Look::Title);
    let about = "One row for each team, in the order of the files, without rounding. The small names are the columns of teams.csv \
                 that hold the same figures. – stands for what no sheet of the team tells. Change a figure here and the other \
                 sheets follow.";
    page.across(10, about, Look::Muted);
    page.gap();
    page.push(COLUMNS.iter().map(|column| Cell::text(column.heading).look(Look::Heading)).collect());
    page.push(COLUMNS.iter().map(|column| Cell::text(column.csv).look(Look::Muted)).collect());
    page.freeze = Some(CellRef::new(FIRST, 2));
    page.repeat = Some((HEAD, HEAD));
    for (number, team) in (1_u32..).zip(&directorate.teams) {
        let mut cells: Vec<Cell> = COLUMNS.iter().map(|column| (column.cell)(team)).collect();
        cells[0] = whole(number);
        page.push(cells);
    }
    page
}

/// The cells of a column, one for each team; absolute.
pub fn cells(of: Of, teams: usize) -> String {
    span(VALUES, area(of, teams))
}

/// A formula's part that gives a team's figure; `number` is the cell of the team's number, such as `$A5`.
pub fn pick(of: Of, teams: usize, number: &str) -> String {
    format!("INDEX({},{number})", cells(of, teams))
}

/// A formula's part that adds a column up; what is not told counts for nothing.
pub fn sum(of: Of, teams: usize) -> String {
    format!("SUM({})", cells(of, teams))
}

/// A formula's part that adds a column up over the teams of the service area whose name stands in a cell.
pub fn sum_of_area(of: Of, teams: usize, area: &str) -> String {
    format!("SUMIFS({},{},{area})", cells(of, teams), cells(Of::Area, teams))
}

/// The figure that stands in a column for a team; `None` where there is none.
pub fn figure(of: Of, team: &TeamLine) -> Option<Decimal> {
    let column = COLUMNS.iter().find(|column| column.of == of)?;
    (column.cell)(team).figure()
}

/// The cells of a column on the sheet, for charts.
pub fn area(of: Of, teams: usize) -> Area {
    let at = COLUMNS.iter().position(|column| column.of == of).unwrap_or(0) as u32;
    column(at, FIRST, FIRST + (teams as u32).max(1) - 1)
}

fn text(of: Of) -> bool {
    matches!(of, Of::Team | Of::Workbook | Of::Area)
}

fn area_of(team: &TeamLine) -> Cell {
    Cell::text(team.area.map_or(NO_AREA, |area| area.label())).look(Look::Text)
}

fn whole(figure: u32) -> Cell {
    Cell::number(Decimal::from(figure))
}

fn told(figure: &Told) -> Cell {
    Cell::maybe(figure.count.map(Decimal::from))
}

/// A figure in percent as a ratio.
fn percent(figure: Option<Decimal>) -> Cell {
    Cell::maybe(figure.map(|figure| figure / Decimal::ONE_HUNDRED))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_figure_has_one_column() {
        for (at, column) in COLUMNS.iter().enumerate() {
            assert_eq!(column.of as usize, at, "{} is not where the formulas look", column.heading);
        }
        assert_eq!(pick(Of::Team, 3, "$A7"), "INDEX('Values'!$B$6:$B$8,$A7)");
    }

    #[test]
    fn what_is_not_told_is_a_dash() {
        let team = TeamLine { team: "North".into(), ..TeamLine::default() };
        let page = page(&Directorate { teams: vec![team], ..Directorate::default() });
        let cell = |of: Of| page.cell(area(of, 1).first).unwrap().clone();
        assert_eq!(cell(Of::Number).figure(), Some(Decimal::ONE));
        assert_eq!((cell(Of::Cp).shown(), cell(Of::Most).shown()), ("–", "–"));
        assert_eq!(cell(Of::Red).figure(), Some(Decimal::ZERO));
    }
}
