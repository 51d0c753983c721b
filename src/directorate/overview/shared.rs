//! The workbook for people outside: the comparison with small counts hidden, as it stands, without formulas.
//!
//! Charts and lists are made of figures that are shown, so that no hidden one is anywhere in the file.

use rust_decimal::Decimal;

use crate::book::annotation::Tone;
use crate::book::page::{Cell, Chart, ChartKind, Hatch, Look, Page, Range, Series, column};
use crate::book::phrase::{count, day};
use crate::book::sheet::{Area, CellRef};
use crate::directorate::figures::{Explained, Figure, On, Outside, SHARED, explained};
use crate::directorate::outward::{Disclosed, MARK, Shared, SharedLine};
use crate::field::rating::{Rag, rounded};
use crate::policy::Policies;

use super::{GUIDE, OVERVIEW, TEAMS, policy};

/// Said on every sheet that has figures.
const EXPLAINED: &str = "c: a count of 1 to 5, or a figure that would give such a count away. 0 is shown as 0, and – says that there \
                         is no such figure.";

/// Columns of "Overview".
const ACROSS: u32 = 8;

/// The most teams that a chart can show and still be read.
const IN_CHART: usize = 25;

/// The pages of the workbook for people outside, in their order.
pub fn pages(shared: &Shared, policies: &Policies) -> Vec<Page> {
    vec![overview(shared, policies), teams(shared), policy::page(policies), how_to_read(shared, policies)]
}

fn overview(shared: &Shared, policies: &Policies) -> Page {
    let mut page = Page::new(OVERVIEW, "B3261E", &[27, 24, 13, 13, 13, 13, 13, 40]);
    page.across(ACROSS, "Caseloads across the directorate", Look::Title);
    let names: Vec<&str> = policies.chosen.iter().map(|policy| policy.title.as_str()).collect();
    let about = format!(
        "{} · as of {} · {} · fairload {} · no child-level data, small counts hidden",
        count(shared.teams.len(), "team", "teams"),
        day(policies.as_of),
        names.join(", "),
        env!("CARGO_PKG_VERSION")
    );
    page.across(ACROSS, &about, Look::Muted);
    page.across(ACROSS, EXPLAINED, Look::Prose);
    tiles(&mut page, &shared.whole);
    figures(&mut page, &shared.whole);
    most_used(&mut page, shared);
    page.one_printed_page = true;
    page
}

fn tiles(page: &mut Page, all: &SharedLine) {
    let told = |column| in_words(all.figure(column));
    let tile = |tone: Option<Tone>, column, text: String| {
        let cell = Cell::text(text).look(Look::Tile);
        match tone {
            Some(tone) if all.figure(column) != Disclosed::Shown(Decimal::ZERO) => cell.tone(tone),
            _ => cell,
        }
    };
    let colour = |rag: Rag, column| tile(Some(Tone::of(rag)), column, format!("{} {}", rag.word(), told(column)));
    let row = page.push(vec![
        tile(None, Figure::Workers, format!("{} workers, {} FTE", told(Figure::Workers), told(Figure::Fte))),
        tile(None, Figure::Children, format!("{} children held", told(Figure::Children))),
        colour(Rag::Red, Figure::Red),
        colour(Rag::Amber, Figure::Amber),
        colour(Rag::Green, Figure::Green),
        colour(Rag::NotScored, Figure::NotScored),
        Cell::default().look(Look::Tile),
        tile(Some(Tone::Error), Figure::Unallocated, format!("{} children unallocated", told(Figure::Unallocated))),
    ]);
    page.spread(row, 5, 6, Look::Tile);
    page.rows[row as usize].height = Some(26);
}

fn figures(page: &mut Page, all: &SharedLine) {
    page.gap();
    page.across(ACROSS, "The directorate in figures", Look::Section);
    for (of, Explained { what, text, .. }) in explained(On::SharedOverview) {
        let figure = cell(of, all.figure(of));
        let look = if figure.look == Look::Percent { Look::StrongPercent } else { Look::StrongFigure };
        let row =
            page.push(vec![Cell::text(*what).look(Look::Text), figure.look(look), Cell::text(*text).look(Look::Muted)]);
        page.spread(row, 2, ACROSS - 1, Look::Muted);
    }
}

/// The teams that use most of their limits, of those whose figure is shown, as a table and as a chart of it.
fn most_used(page: &mut Page, shared: &Shared) {
    page.gap();
    page.across(ACROSS, "Teams that use most of their limits", Look::Section);
    let used = |team: &SharedLine| team.figure(Figure::LimitsUsed).shown();
    let mut teams: Vec<&SharedLine> = shared.teams.iter().filter(|team| used(team).is_some()).collect();
    if teams.is_empty() {
        page.across(ACROSS, "No team's figure can be shown.", Look::Prose);
        return;
    }
    let left_out = shared.teams.len() - teams.len();
    // Equal ones stay in the order of the directorate.
    teams.sort_by_key(|team| std::cmp::Reverse(used(team)));
    let columns = [Figure::LimitsUsed, Figure::Rank, Figure::FteNeeded, Figure::Unallocated];
    let mut heads = vec!["Team", "Service area"];
    heads.extend(columns.map(heading));
    let head = page.push(Cell::headings(&heads));
    for team in teams.iter().take(IN_CHART) {
        let mut row = vec![Cell::text(&team.team).look(Look::Strong), area(team)];
        row.extend(columns.map(|column| cell(column, team.figure(column))));
        page.push(row);
    }
    let last = page.next() - 1;
    page.bars.push(column(2, head + 1, last));
    let shown = match left_out {
        0 => "Every team's figure is shown.".to_string(),
        some => format!("{} not shown, and of no rank.", count(some, "team is", "teams are")),
    };
    page.across(ACROSS, &shown, Look::Muted);
    page.gap();
    let range = |of: u32| Range { sheet: OVERVIEW.into(), area: column(of, head + 1, last) };
    page.charts.push(Chart {
        kind: ChartKind::Columns,
        title: "Limits used by team".into(),
        description: "Load as a share of limits by team, highest first; the figures stand in the table above".into(),
        at: CellRef::new(page.next(), 0),
        size: (900, 320),
        categories: range(0),
        series: vec![Series { name: "Limits used".into(), values: range(2), colour: "6F93BD", hatch: Hatch::Solid }],
        axis: "share of limits".into(),
    });
}

fn teams(shared: &Shared) -> Page {
    const HEAD: u32 = 4;
    let mut widths = vec![24, 19];
    widths.extend(columns().map(|own| own.width));
    let mut page = Page::new(TEAMS, "3F7F93", &widths);
    page.across(10, "Teams side by side", Look::Title);
    page.across(10, EXPLAINED, Look::Prose);
    let about = "Rank 1 uses most of its limits, quartile 1 is the most loaded quarter: both of the teams whose limits used are \
                 shown. What each figure means stands on the last sheet.";
    page.across(10, about, Look::Muted);
    page.gap();
    let mut heads = vec!["Team", "Service area"];
    heads.extend(columns().map(|own| own.heading));
    page.push(Cell::headings(&heads));
    page.freeze = Some(CellRef::new(HEAD + 1, 1));
    page.repeat = Some((HEAD, HEAD));
    page.two_pages_wide = true;
    if shared.teams.is_empty() {
        page.across(10, "No team was read.", Look::Prose);
        return page;
    }
    for team in &shared.teams {
        page.push(line(team, Look::Text));
    }
    let last = page.next() - 1;
    page.filter = Some(Area { first: CellRef::new(HEAD, 0), last: CellRef::new(last, heads.len() as u32 - 1) });
    // A blank row keeps it out of sorting.
    page.gap();
    page.push(line(&shared.whole, Look::Strong));
    page
}

fn line(team: &SharedLine, name: Look) -> Vec<Cell> {
    let figures = SHARED.iter().map(|figure| cell(*figure, team.figure(*figure)));
    [Cell::text(&team.team).look(name), area(team)].into_iter().chain(figures).collect()
}

fn area(team: &SharedLine) -> Cell {
    Cell::text(team.area.map_or("", |area| area.label())).look(Look::Text)
}

/// A figure as it is shown, or the mark.
fn cell(of: Figure, figure: Disclosed) -> Cell {
    match figure {
        Disclosed::Hidden => Cell::text(MARK).look(Look::Figure),
        Disclosed::Absent => Cell::text("–").look(Look::Figure),
        Disclosed::Shown(figure) if of.is_percent() => {
            Cell::number(rounded(figure / Decimal::ONE_HUNDRED, 6)).look(Look::Percent)
        }
        Disclosed::Shown(figure) => {
            let number = Cell::number(figure);
            let number = if of.row().look == Look::Decimals { number.look(Look::Decimals) } else { number };
            match of.row().tone {
                Some(tone) if !figure.is_zero() => number.tone(tone),
                _ => number,
            }
        }
    }
}

fn in_words(figure: Disclosed) -> String {
    match figure {
        Disclosed::Hidden => MARK.to_string(),
        Disclosed::Absent => "–".to_string(),
        Disclosed::Shown(figure) => figure.normalize().to_string(),
    }
}

/// What is said of the columns of figures, in order.
fn columns() -> impl Iterator<Item = &'static Outside> {
    SHARED.iter().filter_map(|figure| figure.row().outside.as_ref())
}

fn heading(figure: Figure) -> &'static str {
    figure.row().outside.map_or("", |own| own.heading)
}

fn how_to_read(shared: &Shared, policies: &Policies) -> Page {
    const COLUMNS: u32 = 2;
    let hidden = [
        EXPLAINED,
        "Other figures are hidden so that no total, share or ratio tells a small count. Each hidden one could be at least \
         three different figures for all that is shown.",
        "A ratio is shown where both of its figures are. Limits used, points used, FTE needed and headroom are hidden where \
         the team's children or FTE are, even if they are 0; FTE is hidden where the number of workers is.",
        "Hidden does not mean small: of a hidden figure nothing can be said, not even whether a team is better or worse off.",
    ];
    let mut page = Page::new(GUIDE, "5B6B8C", &[30, 105]);
    page.across(COLUMNS, "How to read this workbook", Look::Title);
    page.gap();
    page.across(COLUMNS, "What is hidden", Look::Section);
    for text in hidden {
        page.across(COLUMNS, text, Look::Prose);
    }
    page.gap();
    page.across(COLUMNS, "What the figures mean", Look::Section);
    for (_, Explained { what, text, .. }) in explained(On::Shared) {
        page.push(vec![Cell::text(*what).look(Look::Strong), Cell::text(*text).look(Look::Text)]);
    }
    page.gap();
    page.across(COLUMNS, "What the colours ask for", Look::Section);
    for (rag, text) in &shared.actions {
        page.push(vec![Cell::rag(*rag), Cell::text(text).look(Look::Text)]);
    }
    page.gap();
    page.across(COLUMNS, "Policies applied", Look::Section);
    for policy in &policies.chosen {
        page.push(vec![Cell::text(&policy.title).look(Look::Strong), Cell::text(&policy.about).look(Look::Text)]);
    }
    page
}
