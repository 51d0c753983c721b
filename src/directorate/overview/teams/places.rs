//! Where everything stands on the sheet "Teams".

use crate::book::page::column;
use crate::book::sheet::{Area, CellRef};
use crate::directorate::figures::{Figure, ON_TEAMS, OnTeams};

/// The zero-based row of the steps between the words for limits used.
pub const STEPS: u32 = 2;
/// The directorate as a whole.
pub const WHOLE: u32 = 4;
/// The headings of the table; the teams follow.
pub const HEAD: u32 = 5;
/// The columns before the figures: heading and width.
pub const NAMES: [(&str, u16); 3] = [("No.", 6), ("Team", 31), ("Service area", 21)];
/// The one behind them.
pub const WORKBOOK: (&str, u16) = ("Workbook", 38);
/// Where the team's number stands.
pub const NUMBER: u32 = 0;
/// Its name.
pub const TEAM: u32 = 1;
/// Its service area.
pub const AREA: u32 = 2;
/// The first figure.
pub const FIRST: u32 = NAMES.len() as u32;
/// The workbook.
pub const LAST: u32 = FIRST + ON_TEAMS.len() as u32;

/// The figures with what is said of them here, in order.
pub fn figures() -> impl Iterator<Item = (Figure, &'static OnTeams)> {
    ON_TEAMS.iter().filter_map(|figure| Some((*figure, figure.row().teams.as_ref()?)))
}

/// A figure's place on the sheet.
pub fn place(of: Figure) -> u32 {
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
