//! The sheet "Overview": the directorate at a glance, three things to look at first, and the teams in pictures.
//!
//! Figures are live formulas over "Values" and "Teams"; the sentences tell the state of the run and say so.

use rust_decimal::Decimal;

use crate::book::annotation::Tone;
use crate::book::page::{Cell, Chart, ChartKind, Hatch, Heat, Look, Page, Range, Series, address, column, fixed, span};
use crate::book::phrase::{count, day};
use crate::book::sheet::CellRef;
use crate::directorate::comparison::Directorate;
use crate::directorate::figures::Figure;
use crate::field::rating::{Rag, rounded};
use crate::policy::Policies;

use super::teams;
use super::values;
use super::{OVERVIEW, TEAMS, first};

const COLUMNS: u32 = 12;
/// A headline figure takes so many columns.
const TILE: u32 = 2;
/// A chart of more teams would not be read; the first so many of the table are shown.
const MOST_IN_CHART: usize = 40;
/// With more teams than this the page is higher than wide.
const MOST_LYING: usize = 16;

/// Builds the sheet.
pub fn page(directorate: &Directorate, policies: &Policies) -> Page {
    let mut page = Page::new(OVERVIEW, "B3261E", &[12; COLUMNS as usize]);
    page.across(COLUMNS, "Caseloads across the directorate", Look::Title);
    page.across(COLUMNS, &about(directorate, policies), Look::Muted);
    page.gap();
    if directorate.teams.is_empty() {
        page.across(COLUMNS, "No team was read.", Look::Prose);
        return page;
    }
    tiles(&mut page, directorate, policies);
    colours(&mut page, directorate);
    things(&mut page, directorate);
    charts(&mut page, directorate);
    // So that no chart is cut in two.
    page.one_printed_page = true;
    page.portrait = directorate.teams.len() > MOST_LYING;
    page
}

fn about(directorate: &Directorate, policies: &Policies) -> String {
    let names: Vec<&str> = policies.chosen.iter().map(|policy| policy.title.as_str()).collect();
    format!(
        "{} · as of {} · {} · fairload {} · no child-level data",
        count(directorate.teams.len(), "team", "teams"),
        day(policies.as_of),
        names.join(", "),
        env!("CARGO_PKG_VERSION")
    )
}

/// A headline figure: its name, itself, and what it is set beside.
struct Tile {
    name: &'static str,
    figure: Cell,
    beside: Cell,
    /// The fill it takes while it is above this.
    above: Option<(u32, Tone)>,
}

fn tiles(page: &mut Page, directorate: &Directorate, policies: &Policies) {
    let tiles = [
        limits(directorate),
        red(directorate),
        over(directorate),
        unallocated(directorate),
        needed(directorate),
        average(directorate, policies),
    ];
    let names = tiles.iter().map(|tile| Cell::text(tile.name).look(Look::Heading));
    let figures = tiles.iter().map(|tile| tile.figure.clone());
    let beside = tiles.iter().map(|tile| tile.beside.clone().look(Look::BigNote));
    tiled(page, names.collect(), 20);
    let row = tiled(page, figures.collect(), 34);
    tiled(page, beside.collect(), 42);
    for (at, tile) in (0..).step_by(TILE as usize).zip(&tiles) {
        if let Some((above, tone)) = tile.above {
            let cell = CellRef::new(row, at);
            page.heat.push(Heat { area: column(at, row, row), when: format!("={}>{above}", fixed(cell)), tone });
        }
    }
}

/// A row of cells that share the width.
fn tiled(page: &mut Page, tiles: Vec<Cell>, height: u16) -> u32 {
    let wide = COLUMNS / tiles.len() as u32;
    let mut cells = Vec::new();
    for tile in &tiles {
        cells.push(tile.clone());
        cells.resize(cells.len() + wide as usize - 1, Cell::default().look(tile.look));
    }
    let row = page.push(cells);
    for (at, tile) in (0..).step_by(wide as usize).zip(&tiles) {
        page.spread(row, at, at + wide - 1, tile.look);
    }
    page.rows[row as usize].height = Some(height);
    row
}

fn limits(directorate: &Directorate) -> Tile {
    let used = directorate.whole.limit_utilisation();
    let figure = match used {
        Some(used) => Cell::counts(whole(Figure::LimitsUsed), teams::shown(used)),
        None => Cell::says(whole(Figure::LimitsUsed), "–"),
    };
    let word = format!("{}&\": load of all workers ÷ their limits\"", whole(Figure::InAWord));
    let beside = Cell::says(word, format!("{}: load of all workers ÷ their limits", teams::said(used)));
    Tile { name: "Limits used", figure: figure.look(Look::BigPercent), beside, above: Some((1, Tone::Amber)) }
}

fn red(directorate: &Directorate) -> Tile {
    let (all, teams) = (&directorate.whole, directorate.teams.len());
    let figure = Cell::counts(format!("={}", values::sum(Figure::Red, teams)), Decimal::from(all.red));
    let formula = format!(
        "=\"of \"&{}&\" workers; \"&{}&\" of \"&{}&\" with a limit are over it\"",
        values::sum(Figure::Workers, teams),
        values::sum(Figure::OverLimit, teams),
        values::sum(Figure::Rated, teams)
    );
    let text =
        format!("of {} workers; {} of {} with a limit are over it", all.workers, all.over_limit, all.limit_rated());
    Tile {
        name: "Workers rated red",
        figure: figure.look(Look::Big),
        beside: Cell::says(formula, text),
        above: Some((0, Tone::Red)),
    }
}

fn over(directorate: &Directorate) -> Tile {
    let count = directorate.teams.len();
    let used = span(TEAMS, teams::area(Figure::LimitsUsed, count));
    let over = directorate.teams.iter().filter(|team| team.limit_utilisation() > Some(Decimal::ONE_HUNDRED)).count();
    let figure = Cell::counts(format!("=COUNTIF({used},\">1\")"), Decimal::from(over));
    let beside = match teams::ordered(directorate)
        .first()
        .and_then(|(_, team)| Some((*team, team.limit_utilisation()?)))
    {
        Some((team, most)) => {
            let names = span(TEAMS, teams::names(count));
            let formula = format!(
                "=\"of {count}; highest: \"&INDEX({names},MATCH(MAX({used}),{used},0))&\", \"&ROUND(100*MAX({used}),1)&\" %\""
            );
            Cell::says(formula, format!("of {count}; highest: {}, {} %", team.team, rounded(most, 1)))
        }
        None => Cell::text(format!("of {count}; none has a limit to be judged by")),
    };
    Tile { name: "Teams over their limits", figure: figure.look(Look::Big), beside, above: Some((0, Tone::Amber)) }
}

fn unallocated(directorate: &Directorate) -> Tile {
    let (all, teams) = (&directorate.whole, directorate.teams.len());
    let figure = Cell::counts(format!("={}", values::sum(Figure::Unallocated, teams)), Decimal::from(all.unallocated));
    let (formula, text) = match all.children.count {
        Some(children) => {
            let sum = values::sum(Figure::Children, teams);
            (
                format!("=\"none is expected; \"&{sum}&\" have a worker\""),
                format!("none is expected; {children} have a worker"),
            )
        }
        None => ("=\"none is expected\"".to_string(), "none is expected".to_string()),
    };
    let beside = if all.children.count.is_some() { Cell::says(formula, text) } else { Cell::text(text) };
    Tile { name: "Children nobody holds", figure: figure.look(Look::Big), beside, above: Some((0, Tone::Error)) }
}

fn needed(directorate: &Directorate) -> Tile {
    let (all, teams) = (&directorate.whole, directorate.teams.len());
    let (needed, room) = (values::sum(Figure::FteNeeded, teams), values::sum(Figure::FteRoom, teams));
    let figure = Cell::counts(format!("=ROUND({needed},6)"), rounded(all.fte_needed(), 6));
    let children = values::sum(Figure::Headroom, teams);
    let formula = format!(
        "=\"room elsewhere: \"&ROUND({room},2)&\" FTE, \"&{children}&\" children; \"&IF({needed}>{room},\"net gap \"\
         &ROUND({needed}-{room},2),\"net room \"&ROUND({room}-{needed},2))&\" FTE\""
    );
    let gap = rounded(all.net_gap_fte(), 2);
    let text = format!(
        "room elsewhere: {} FTE, {} children; net {} {} FTE",
        rounded(all.fte_room(), 2),
        all.headroom_children.normalize(),
        if all.net_gap_fte() > Decimal::ZERO { "gap" } else { "room" },
        gap.abs()
    );
    Tile { name: "FTE needed", figure: figure.look(Look::BigDecimals), beside: Cell::says(formula, text), above: None }
}

fn average(directorate: &Directorate, policies: &Policies) -> Tile {
    let figure = match directorate.whole.official.average() {
        Some(average) => Cell::counts(whole(Figure::AverageCaseload), rounded(average, teams::PLACES)),
        None => Cell::says(whole(Figure::AverageCaseload), "–"),
    };
    let beside = match policies.average_caseloads().last() {
        Some(published) => format!("England {} on {}, counted alike", published.value.normalize(), day(published.from)),
        None => "nothing was published for England by then".to_string(),
    };
    Tile { name: "Average caseload", figure: figure.look(Look::BigDecimals), beside: Cell::text(beside), above: None }
}

/// A formula that gives the directorate's figure on "Teams".
fn whole(at: Figure) -> String {
    format!("={}", address(TEAMS, teams::whole(at)))
}

/// The workers by colour, in words.
fn colours(page: &mut Page, directorate: &Directorate) {
    let (all, teams) = (&directorate.whole, directorate.teams.len());
    let counts = [
        (Rag::Red, Figure::Red, all.red),
        (Rag::Amber, Figure::Amber, all.amber),
        (Rag::Green, Figure::Green, all.green),
        (Rag::NotScored, Figure::NotScored, all.not_scored),
    ];
    let cell = |(rag, of, count): (Rag, Figure, u32)| {
        let (word, sum, workers) = (rag.word(), values::sum(of, teams), values::sum(Figure::Workers, teams));
        let cell = if all.workers == 0 {
            Cell::says(format!("=\"{word} \"&{sum}"), format!("{word} {count}"))
        } else {
            let share = rounded(Decimal::from(count) * Decimal::ONE_HUNDRED / Decimal::from(all.workers), 0);
            let formula = format!("=\"{word} \"&{sum}&\" (\"&ROUND(100*{sum}/{workers},0)&\" %)\"");
            Cell::says(formula, format!("{word} {count} ({share} %)"))
        };
        cell.look(Look::Tile).tone(Tone::of(rag))
    };
    tiled(page, counts.map(cell).to_vec(), 24);
}

fn things(page: &mut Page, directorate: &Directorate) {
    page.gap();
    page.across(COLUMNS, "Three things to look at first", Look::Section);
    let things = first::things(directorate);
    let width: u32 = page.widths.iter().skip(1).map(|width| u32::from(*width)).sum();
    for (number, thing) in (1..).zip(&things) {
        let row =
            page.push(vec![Cell::number(Decimal::from(number)).look(Look::Tile), Cell::text(thing).look(Look::Text)]);
        page.spread(row, 1, COLUMNS - 1, Look::Text);
        page.fit(row, &[(thing, width)]);
    }
    if things.is_empty() {
        page.across(COLUMNS, "Nothing stands out by the rules below.", Look::Prose);
    }
    page.across(COLUMNS, &first::rules(), Look::Muted);
}

fn charts(page: &mut Page, directorate: &Directorate) {
    let (all, shown) = (directorate.teams.len(), directorate.teams.len().min(MOST_IN_CHART));
    page.gap();
    page.across(COLUMNS, "The teams in pictures", Look::Section);
    let which = match all > shown {
        true => format!(
            "The {shown} of {all} teams that use most of their limits, as of the run: the first rows of sheet Teams."
        ),
        false => "Every team, in the order of sheet Teams: those that use most of their limits first.".to_string(),
    };
    let text =
        format!("{which} The charts follow when that sheet is sorted, filtered or changed; all figures stand there.");
    page.across(COLUMNS, &text, Look::Muted);
    let at = page.next();
    for (nth, picture) in (0..).zip(pictures()) {
        let title = match all > shown {
            true => format!("{}: the {shown} teams highest on limits", picture.title),
            false => picture.title.to_string(),
        };
        let range = |area| Range { sheet: TEAMS.into(), area };
        let series = |(name, of, colour, hatch): (&str, Figure, _, _)| Series {
            name: name.into(),
            values: range(teams::area(of, shown)),
            colour,
            hatch,
        };
        page.charts.push(Chart {
            kind: picture.kind,
            title,
            description: format!("{}; the figures stand on sheet Teams", picture.description),
            at: CellRef::new(at, nth * COLUMNS / 3),
            size: (350, shown as u32 * 22 + 150),
            categories: range(teams::names(shown)),
            series: picture.series.into_iter().map(series).collect(),
            axis: picture.axis.into(),
        });
    }
    // The charts' height in rows, so that the page ends below them.
    for _ in 0..(shown as u32 * 22 + 150).div_ceil(20) {
        page.gap();
    }
}

/// A chart over figures of the sheet "Teams".
struct Picture {
    kind: ChartKind,
    title: &'static str,
    description: &'static str,
    axis: &'static str,
    /// What each series shows: its name, figure, colour and hatch.
    series: Vec<(&'static str, Figure, &'static str, Hatch)>,
}

fn pictures() -> [Picture; 3] {
    [
        Picture {
            kind: ChartKind::StackedBars,
            title: "Workers by colour",
            description: "Workers rated red, amber, green and not scored, by team",
            axis: "workers",
            series: vec![
                (Rag::Red.word(), Figure::Red, "D9534A", Hatch::Strokes),
                (Rag::Amber.word(), Figure::Amber, "F2B84B", Hatch::Dots),
                (Rag::Green.word(), Figure::Green, "CDEBCB", Hatch::Solid),
                (Rag::NotScored.word(), Figure::NotScored, "F4F4F6", Hatch::Solid),
            ],
        },
        Picture {
            kind: ChartKind::StackedRatios,
            title: "Limits used, against 100 %",
            description: "Load as a share of limits by team; what lies above 100 percent is striped",
            axis: "share of limits",
            series: vec![
                ("up to the limit", Figure::WithinLimit, "9DB7D5", Hatch::Solid),
                ("above the limit", Figure::BeyondLimit, "D9534A", Hatch::Strokes),
            ],
        },
        Picture {
            kind: ChartKind::Bars,
            title: "CP and proceedings per FTE",
            description: "Children on protection plans and families in care proceedings for each FTE, by team",
            axis: "per FTE",
            series: vec![
                ("children on CP plans", Figure::CpPerFte, "6F93BD", Hatch::Solid),
                ("families in proceedings", Figure::ProceedingsPerFte, "E8C9A0", Hatch::Dots),
            ],
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directorate::team_line::{TeamLine, WorkerLoad};
    use jiff::civil::date;

    fn shown(count: i64) -> Page {
        let team = |nth: i64| {
            let own = WorkerLoad { load: nth.into(), upper: 1000.into(), ..WorkerLoad::default() };
            TeamLine { team: format!("Team {nth}"), loads: vec![own], ..TeamLine::default() }
        };
        let teams: Vec<TeamLine> = (0..count).map(team).collect();
        let mut whole = TeamLine::default();
        teams.iter().for_each(|team| whole.add(team));
        let policies = Policies::built_in(date(2025, 9, 30)).unwrap();
        page(&Directorate { teams, whole, ..Directorate::default() }, &policies)
    }

    fn says(page: &Page, text: &str) -> bool {
        page.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.shown().contains(text))
    }

    #[test]
    fn charts_of_many_teams_show_the_fullest_and_say_so() {
        for (count, in_chart) in [(1, 1), (2, 2), (40, 40), (44, 40), (1300, 40)] {
            let page = shown(count);
            assert_eq!(page.charts.len(), 3);
            for chart in &page.charts {
                let area = chart.categories.area;
                assert_eq!(area.last.row - area.first.row + 1, in_chart, "{count}");
                assert_eq!(chart.title.ends_with("the 40 teams highest on limits"), count > 40, "{}", chart.title);
            }
            assert_eq!(page.portrait, count > 16);
            assert!(page.one_printed_page);
        }
    }

    #[test]
    fn nothing_that_stands_out_is_said() {
        assert!(says(&shown(2), "Nothing stands out by the rules below."));
        let none = shown(0);
        assert!(says(&none, "No team was read.") && none.charts.is_empty());
    }

    #[test]
    fn the_average_stands_beside_the_latest_published() {
        assert!(says(&shown(1), "England 15.4 on 30/09/2024"));
    }
}
