//! The sheet "Teams": every figure of every team, to sort and filter, with the directorate as a whole below.

use rust_decimal::Decimal;

use crate::annotation::Tone;
use crate::directorate::{Directorate, TeamLine};
use crate::page::{Cell, Look, Page, column};
use crate::rating::rounded;
use crate::sheet::{Area, CellRef};

use super::{TEAMS, percent, two_places, whole};

/// The zero-based row of the headings.
pub const HEAD: u32 = 3;
/// Columns that charts refer to: the team's name,
pub const TEAM: u32 = 0;
/// the share of limits used,
pub const USED: u32 = 7;
/// the first of the four colours,
pub const RED: u32 = 9;
/// and the line at 100 %.
pub const FULL: u32 = 31;

const COLUMNS: [(&str, u16); 32] = [
    ("Team", 24),
    ("Workbook", 26),
    ("Service area", 19),
    ("Rank by limits used", 9),
    ("Quartile", 9),
    ("Workers", 9),
    ("FTE", 8),
    ("Limits used", 10),
    ("Points used", 10),
    ("Red", 7),
    ("Amber", 8),
    ("Green", 8),
    ("Not scored", 8),
    ("Workers over limit", 10),
    ("Children nobody holds", 10),
    ("FTE needed", 9),
    ("Headroom in children", 11),
    ("Children", 10),
    ("Families", 10),
    ("Children per FTE", 10),
    ("CP", 7),
    ("In our care", 8),
    ("In care proceedings", 13),
    ("CP per FTE", 8),
    ("In our care per FTE", 9),
    ("Proceedings per FTE", 13),
    ("Least loaded worker", 10),
    ("Most loaded worker", 10),
    ("Spread, points of percent", 11),
    ("Change since last run, points of percent", 14),
    ("", 2),
    ("Limit", 8),
];

/// Builds the sheet.
pub fn page(directorate: &Directorate) -> Page {
    let mut page = Page::new(TEAMS, "3F7F93", &COLUMNS.map(|(_, width)| width));
    page.across(10, "Teams side by side", Look::Title);
    let about = "In the order of the files; sort or filter by any column. Rank 1 uses most of its limits; quartile 1 is the most \
                 loaded quarter of the teams. What each figure means stands on the last sheet.";
    page.across(9, about, Look::Muted);
    page.gap();
    let mut heads = Cell::headings(&COLUMNS.map(|(heading, _)| heading));
    heads[FULL as usize - 1] = Cell::default();
    page.push(heads);
    page.freeze = Some(CellRef::new(HEAD + 1, 1));
    page.repeat = Some((HEAD, HEAD));
    page.two_pages_wide = true;
    if directorate.teams.is_empty() {
        page.across(10, "No team was read.", Look::Prose);
        return page;
    }
    for team in &directorate.teams {
        page.push(line(team, Look::Text));
    }
    let rows = (HEAD + 1, page.next() - 1);
    page.bars.extend([column(USED, rows.0, rows.1), column(USED + 1, rows.0, rows.1)]);
    page.filter = Some(Area { first: CellRef::new(HEAD, 0), last: CellRef::new(rows.1, FULL - 2) });
    let mut all = line(&directorate.whole, Look::Strong);
    all[TEAM as usize] = Cell::text("All teams together").look(Look::Strong);
    // A blank row keeps it out of sorting.
    page.gap();
    page.push(all);
    page
}

fn line(team: &TeamLine, name: Look) -> Vec<Cell> {
    let spread = team.spread();
    let toned = |count: u32, tone: Tone| if count > 0 { whole(count).tone(tone) } else { whole(count) };
    let points = |figure: Option<Decimal>| match figure {
        Some(figure) => Cell::number(rounded(figure, 2)).look(Look::Hundredths),
        None => Cell::text("–").look(Look::Figure),
    };
    vec![
        Cell::text(&team.team).look(name),
        Cell::text(&team.file).look(Look::Text),
        Cell::text(team.area.map_or("", |area| area.label())).look(Look::Text),
        Cell::maybe(team.rank.map(Into::into)),
        Cell::maybe(team.quartile.map(Into::into)),
        whole(team.workers),
        two_places(Some(team.fte)),
        percent(team.limit_utilisation()),
        percent(team.points_utilisation()),
        toned(team.red, Tone::Red),
        toned(team.amber, Tone::Amber),
        toned(team.green, Tone::Green),
        toned(team.not_scored, Tone::NotScored),
        percent(team.over_limit_share()),
        toned(team.unallocated, Tone::Error),
        two_places(Some(team.fte_needed())),
        Cell::number(team.headroom_children),
        Cell::maybe(team.children.count.map(Into::into)),
        Cell::maybe(team.households.count.map(Into::into)),
        two_places(team.children.per_fte()),
        Cell::maybe(team.cp.count.map(Into::into)),
        Cell::maybe(team.cioc.count.map(Into::into)),
        Cell::maybe(team.care_proceedings.count.map(Into::into)),
        two_places(team.cp.per_fte()),
        two_places(team.cioc.per_fte()),
        two_places(team.care_proceedings.per_fte()),
        percent(spread.map(|spread| spread.least)),
        percent(spread.map(|spread| spread.most)),
        points(spread.map(|spread| spread.most - spread.least)),
        points(team.change),
        Cell::default(),
        Cell::number(1).look(Look::Percent),
    ]
}
