//! The sheet "Overview": the directorate's figures at a glance, and which teams to look at first.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use crate::annotation::Tone;
use crate::directorate::{Directorate, TeamLine};
use crate::page::{Cell, Chart, ChartKind, Hatch, Look, Page, Range, Series, column};
use crate::phrase::count;
use crate::policy::Policies;
use crate::rating::{Rag, rounded};
use crate::sheet::CellRef;

use super::{OVERVIEW, TEAMS, percent, teams, two_places, whole};

const COLUMNS: u32 = 8;

/// Builds the sheet.
pub fn page(directorate: &Directorate, policies: &Policies) -> Page {
    let mut page = Page::new(OVERVIEW, "B3261E", &[27, 24, 13, 13, 13, 13, 13, 40]);
    page.across(COLUMNS, "Caseloads across the directorate", Look::Title);
    let names: Vec<&str> = policies.chosen.iter().map(|policy| policy.title.as_str()).collect();
    let about = format!(
        "{} · as of {:02}/{:02}/{:04} · {} · fairload {} · no child-level data",
        count(directorate.teams.len(), "team", "teams"),
        policies.as_of.day(),
        policies.as_of.month(),
        policies.as_of.year(),
        names.join(", "),
        env!("CARGO_PKG_VERSION")
    );
    page.across(COLUMNS, &about, Look::Muted);
    tiles(&mut page, &directorate.whole);
    first(&mut page, directorate);
    figures(&mut page, directorate);
    actions(&mut page, directorate);
    charts(&mut page, directorate);
    // So that no chart is cut in two.
    page.one_printed_page = true;
    page
}

fn tiles(page: &mut Page, all: &TeamLine) {
    let tile = |tone: Tone, count: u32, text: String| {
        let cell = Cell::text(text).look(Look::Tile);
        if count > 0 { cell.tone(tone) } else { cell }
    };
    let unallocated = match all.unallocated {
        0 => "No child unallocated".to_string(),
        some => format!("{} unallocated", count(some as usize, "child", "children")),
    };
    let workers = format!("{}, {} FTE", count(all.workers as usize, "worker", "workers"), rounded(all.fte, 2));
    let row = page.push(vec![
        Cell::text(workers).look(Look::Tile),
        Cell::text(count(all.children.count.unwrap_or(0) as usize, "child held", "children held")).look(Look::Tile),
        tile(Tone::Red, all.red, format!("RED {}", all.red)),
        tile(Tone::Amber, all.amber, format!("AMBER {}", all.amber)),
        tile(Tone::Green, all.green, format!("GREEN {}", all.green)),
        tile(Tone::NotScored, all.not_scored, format!("NOT SCORED {}", all.not_scored)),
        Cell::default().look(Look::Tile),
        tile(Tone::Error, all.unallocated, unallocated),
    ]);
    page.spread(row, 5, 6, Look::Tile);
    page.rows[row as usize].height = Some(26);
}

/// Which three teams to look at first.
fn first(page: &mut Page, directorate: &Directorate) {
    page.gap();
    page.across(COLUMNS, "Where to look first", Look::Section);
    let mut teams: Vec<&TeamLine> = directorate
        .teams
        .iter()
        .filter(|team| team.red > 0 || team.unallocated > 0 || !team.fte_needed().is_zero() || over_limits(team))
        .collect();
    teams.sort_by_key(|team| {
        (Reverse(team.red), Reverse(team.unallocated), Reverse(team.fte_needed()), Reverse(team.limit_utilisation()))
    });
    if teams.is_empty() {
        page.across(COLUMNS, "No team has a red worker, an unallocated child or more load than limits.", Look::Prose);
        return;
    }
    let heads = ["Team", "Service area", "Red", "Amber", "Unallocated", "FTE needed", "Limits used", "Why"];
    page.push(Cell::headings(&heads));
    let toned = |count: u32, tone: Tone| if count > 0 { whole(count).tone(tone) } else { whole(count) };
    for team in teams.iter().take(3) {
        page.push(vec![
            Cell::text(&team.team).look(Look::Strong),
            Cell::text(team.area.map_or("not known", |area| area.label())).look(Look::Text),
            toned(team.red, Tone::Red),
            toned(team.amber, Tone::Amber),
            toned(team.unallocated, Tone::Error),
            two_places(Some(team.fte_needed())),
            percent(team.limit_utilisation()),
            Cell::text(why(team)).look(Look::Text),
        ]);
    }
    let rules = "Named in this order: most workers rated red, most children nobody holds, most FTE needed, most of their limits \
                 used. A team with none of these is not named.";
    page.across(COLUMNS, rules, Look::Muted);
}

fn why(team: &TeamLine) -> String {
    let mut parts = Vec::new();
    if team.red > 0 {
        parts.push(format!("{} of {} red", team.red, count(team.workers as usize, "worker", "workers")));
    }
    if team.unallocated > 0 {
        parts.push(format!("{} nobody holds", count(team.unallocated as usize, "child", "children")));
    }
    if !team.fte_needed().is_zero() {
        parts.push(format!("{} FTE short", rounded(team.fte_needed(), 2)));
    }
    if over_limits(team) {
        parts.push("more load than limits".into());
    }
    parts.join("; ")
}

fn over_limits(team: &TeamLine) -> bool {
    team.limit_utilisation().is_some_and(|used| used > Decimal::ONE_HUNDRED)
}

fn figures(page: &mut Page, directorate: &Directorate) {
    let all = &directorate.whole;
    page.gap();
    page.across(COLUMNS, "The directorate in figures", Look::Section);
    let over = directorate.teams.iter().filter(|team| over_limits(team)).count() as u32;
    let mut lines: Vec<(&str, Cell, &str)> = vec![
        ("Limits used", percent(all.limit_utilisation()), "load of all workers ÷ their limits, both added up first"),
        ("Points used", percent(all.points_utilisation()), "points of all workers ÷ their benchmarks"),
        ("Workers over their limit", percent(all.over_limit_share()), "of the workers rated against a limit"),
        ("Teams over their limits", whole(over), "teams whose workers together hold more than their limits"),
        ("Children per FTE", two_places(all.children.per_fte()), "children with a key worker ÷ FTE of all workers"),
        ("Children nobody holds", whole(all.unallocated), "none is expected: every child has a named worker"),
        ("FTE needed", two_places(Some(all.fte_needed())), "to bring every worker within the limit"),
        ("Headroom in children", Cell::number(all.headroom_children), "that could be taken within the lower figures"),
    ];
    if let Some(change) = all.change {
        let cell = Cell::number(rounded(change, 2));
        lines.push(("Change since last run", cell, "points of percent: limits used now less then"));
    }
    for (label, figure, meaning) in lines {
        let look = if figure.look == Look::Percent { Look::StrongPercent } else { Look::StrongFigure };
        let row = page.push(vec![
            Cell::text(label).look(Look::Text),
            figure.look(look),
            Cell::text(meaning).look(Look::Muted),
        ]);
        page.spread(row, 2, COLUMNS - 1, Look::Muted);
    }
}

fn actions(page: &mut Page, directorate: &Directorate) {
    if directorate.actions.is_empty() {
        return;
    }
    page.gap();
    page.across(COLUMNS, "What each colour asks for", Look::Section);
    let width = page.widths.iter().skip(1).map(|width| u32::from(*width)).sum();
    for (rag, text) in &directorate.actions {
        let row = page.push(vec![Cell::rag(*rag), Cell::text(text)]);
        page.spread(row, 1, COLUMNS - 1, Look::Prose);
        page.fit(row, &[(text, width)]);
    }
}

fn charts(page: &mut Page, directorate: &Directorate) {
    let count = directorate.teams.len() as u32;
    if count == 0 {
        return;
    }
    page.gap();
    page.across(COLUMNS, "The teams in pictures", Look::Section);
    let at = page.next();
    let range = |of: u32| Range { sheet: TEAMS.into(), area: column(of, teams::HEAD + 1, teams::HEAD + count) };
    let colours = [
        (Rag::Red, "D9534A", Hatch::Strokes),
        (Rag::Amber, "F2B84B", Hatch::Dots),
        (Rag::Green, "CDEBCB", Hatch::Solid),
        (Rag::NotScored, "F4F4F6", Hatch::Solid),
    ];
    let mix = colours.iter().zip(teams::RED..).map(|((rag, colour, hatch), of)| Series {
        name: rag.word().into(),
        values: range(of),
        colour,
        hatch: *hatch,
    });
    let height = (count * 26 + 170).clamp(280, 1400);
    page.charts.push(Chart {
        kind: ChartKind::StackedBars,
        title: "Workers by colour".into(),
        description: "Workers rated red, amber, green and not scored, by team; the figures stand on sheet Teams".into(),
        at: CellRef::new(at, 0),
        size: (545, height),
        categories: range(teams::TEAM),
        series: mix.collect(),
        axis: "workers".into(),
    });
    let used = Series { name: "Limits used".into(), values: range(teams::USED), colour: "6F93BD", hatch: Hatch::Solid };
    let full =
        Series { name: "Limit (100 %)".into(), values: range(teams::FULL), colour: "1F2937", hatch: Hatch::Line };
    page.charts.push(Chart {
        kind: ChartKind::Columns,
        title: "Limits used by team".into(),
        description: "Load as a share of limits by team, with a line at 100 percent; the figures stand on sheet Teams"
            .into(),
        at: CellRef::new(at, 4),
        size: (560, height),
        categories: range(teams::TEAM),
        series: vec![used, full],
        axis: "share of limits".into(),
    });
}
