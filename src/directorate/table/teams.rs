//! teams.csv, and teams-suppressed.csv for people outside: whose the figures are, then those of the catalogue.

use crate::directorate::column::{Column, Table};
use crate::directorate::figures::{self, TABLED};
use crate::directorate::outward::{Disclosed, MARK, Shared, SharedLine};
use crate::directorate::team_line::TeamLine;

use super::Rows;
use super::whose::{AREA, FILE, TEAM, area};

/// Team.
pub const TEAMS: Table = Table {
    name: "teams.csv",
    title: "Teams",
    about: "One row for each team. Ratios are made of the team's sums, never of the workers' percentages.",
    columns: &TEAM_COLUMNS,
    since_ever: 29,
    key: &["file", "team"],
    refers: None,
};

/// Whose the figures are, then every figure that tables have.
const TEAM_COLUMNS: [Column; 3 + figures::TABLED.len()] = {
    let mut columns = [FILE; _];
    (columns[1], columns[2]) = (TEAM, AREA);
    let mut at = 0;
    while at < figures::TABLED.len() {
        columns[3 + at] = figures::TABLED[at].column();
        at += 1;
    }
    columns
};

/// Team, and all together, for people outside.
pub const TEAMS_SUPPRESSED: Table = Table {
    name: "teams-suppressed.csv",
    title: "Teams, for people outside",
    about: "One row for each team and one for all together, last. A cell with c holds a count of 1 to 5, or a figure \
            that would give such a count away; in headroom_children and fte_needed it may be 0.",
    columns: &SHARED_COLUMNS,
    since_ever: 25,
    key: &[],
    refers: None,
};

/// Whose the figures are, then every figure that is handed outside.
const SHARED_COLUMNS: [Column; 2 + figures::SHARED.len()] = {
    let mut columns = [TEAM; _];
    columns[1] = AREA;
    let mut at = 0;
    while at < figures::SHARED.len() {
        columns[2 + at] = figures::SHARED[at].shared_column();
        at += 1;
    }
    columns
};

/// Rows of teams.csv.
pub fn rows(lines: &[TeamLine]) -> Rows {
    lines.iter().map(team).collect()
}

fn team(line: &TeamLine) -> Vec<String> {
    let whose = [line.file.clone(), line.team.clone(), area(line.area)];
    whose.into_iter().chain(TABLED.iter().map(|figure| figure.written(line))).collect()
}

/// Rows of teams-suppressed.csv: the teams, and all together last.
pub fn suppressed(shared: &Shared) -> Rows {
    let line = |line: &SharedLine| {
        let told = |figure: &Disclosed| match figure {
            Disclosed::Shown(figure) => figure.normalize().to_string(),
            Disclosed::Hidden => MARK.to_string(),
            Disclosed::Absent => String::new(),
        };
        [line.team.clone(), area(line.area)].into_iter().chain(line.figures.iter().map(told)).collect()
    };
    shared.teams.iter().chain([&shared.whole]).map(line).collect()
}
