//! The sheet "Trend": what changed since earlier runs, and what could not be matched.

use rust_decimal::Decimal;

use crate::book::annotation::Tone;
use crate::book::page::{Cell, Chart, ChartKind, Hatch, Look, Page, Range, Series};
use crate::book::phrase::{count, day};
use crate::book::sheet::{Area, CellRef};
use crate::directorate::figures::{Figure, Way};
use crate::directorate::history::{Change, ChangeKind, Figures, RunHead, Trend, TrendLine, Turn};
use crate::field::rating::rounded;

use super::TREND;

/// The first column of figures; before it stand team and workbook.
const FIRST: u32 = 2;
/// Rows kept free for the chart.
const CHART_ROWS: u32 = 23;
/// Teams drawn beside the directorate.
const DRAWN: usize = 8;
/// Of what could not be matched so much is shown; changes.csv has all of it.
const TOLD: usize = 40;

/// The figures that have a table of their own below the first.
const TABLES: [Figure; 7] = [
    Figure::PointsUsed,
    Figure::Red,
    Figure::Unallocated,
    Figure::FteNeeded,
    Figure::Headroom,
    Figure::ChildrenPerFte,
    Figure::AverageCaseload,
];

/// Lines of the chart: the directorate's first, each told from the others by dash and marker, too.
const COLOURS: [&str; DRAWN + 1] =
    ["1F2937", "B3261E", "2F6DB5", "7A5195", "8A6D00", "1F7A5C", "C2571A", "5B6B8C", "A23B72"];

/// Builds the sheet; workers stand on it by name only where `workers`.
pub fn page(trend: Option<&Trend>, workers: bool) -> Page {
    let Some(trend) = trend.filter(|trend| trend.runs.len() > 1) else {
        let mut page = Page::new(TREND, "7A5195", &[110]);
        page.across(1, "Change over time", Look::Title);
        let how = "There is no earlier run to compare with. Give its folder with --previous, such as: fairload run INPUT --out \
                   THIS_MONTH --previous LAST_MONTH; or put the folders of several runs side by side with: fairload compare \
                   MAY JUNE JULY.";
        page.across(1, how, Look::Prose);
        return page;
    };
    let mut widths = vec![30, 34];
    widths.extend(trend.runs.iter().map(|_| 12));
    widths.extend([13, 24]);
    let mut page = Page::new(TREND, "7A5195", &widths);
    let columns = widths.len() as u32;
    page.two_pages_wide = trend.runs.len() > 6;
    page.freeze = Some(CellRef::new(0, 1));
    page.across(columns, "Change over time", Look::Title);
    let runs: Vec<String> = trend.runs.iter().map(|run| run.named()).collect();
    page.across(columns, &format!("{}: {}", count(runs.len(), "run", "runs"), runs.join(", ")), Look::Muted);

    page.gap();
    page.across(columns, "What changed", Look::Section);
    for sentence in trend.in_words() {
        page.across(columns, &sentence, Look::Prose);
    }
    told(&mut page, trend, columns);
    let order = by_use(trend);
    limits(&mut page, trend, &order, columns);
    people(&mut page, trend, workers, columns);
    for figure in TABLES {
        page.gap();
        page.across(columns, figure.label(), Look::Section);
        table(&mut page, trend, figure, &order);
    }
    page
}

/// What cannot be compared, or not without care.
fn told(page: &mut Page, trend: &Trend, columns: u32) {
    page.gap();
    page.across(columns, "What could not be matched, and what to keep in mind", Look::Section);
    let all: Vec<&Change> = trend.told().collect();
    if all.is_empty() {
        page.across(columns, "Every team was found in every run, under the same policies.", Look::Prose);
    }
    for change in all.iter().take(TOLD) {
        page.across(columns, &sentence(&change.message), Look::Prose);
    }
    if all.len() > TOLD {
        page.across(columns, &format!("And {} more: see changes.csv.", all.len() - TOLD), Look::Muted);
    }
}

fn limits(page: &mut Page, trend: &Trend, order: &[usize], columns: u32) {
    page.gap();
    page.across(columns, "Limits used by team and run", Look::Section);
    let about = "Load ÷ limits, both added up first; in the order of the last run, the most loaded first. More of the limits used \
                 is called worse, less better. A blank is not known or not in the run, never nought. The change is in points of \
                 percent.";
    page.across(columns, about, Look::Muted);
    let chart = page.next();
    for _ in 0..CHART_ROWS {
        page.gap();
    }
    let head = table(page, trend, Figure::LimitsUsed, order);
    let last = FIRST + trend.runs.len() as u32 - 1;
    let range = |row: u32| Range {
        sheet: TREND.into(),
        area: Area { first: CellRef::new(row, FIRST), last: CellRef::new(row, last) },
    };
    let known = |line: &TrendLine| line.figure(trend.last(), Figure::LimitsUsed).is_some();
    let names = order.iter().map(|at| &trend.lines[*at]).take_while(|line| known(line)).take(DRAWN);
    let names = std::iter::once("All teams together".to_string()).chain(names.map(|line| line.team.clone()));
    let series = names.zip(COLOURS).zip(head + 1..).map(|((name, colour), row)| Series {
        name,
        values: range(row),
        colour,
        hatch: Hatch::Line,
    });
    page.charts.push(Chart {
        kind: ChartKind::Lines { from: lowest(trend) },
        title: "Limits used, run by run".into(),
        description: format!(
            "Lines of the share of limits used in {}, for the directorate and the teams that use most of theirs; the figures \
             stand in the table below",
            count(trend.runs.len(), "run", "runs")
        ),
        at: CellRef::new(chart, 0),
        size: (900, CHART_ROWS * 20 - 20),
        categories: range(head),
        series: series.collect(),
        axis: "share of limits".into(),
    });
}

/// Where the axis begins, in percent: the ten below all that is drawn, so that a change of some points is seen.
fn lowest(trend: &Trend) -> u32 {
    let of = |figures: &Figures| figures.get(&Figure::LimitsUsed).copied();
    let all = trend.lines.iter().flat_map(|line| line.at.iter().flatten()).chain(&trend.whole);
    let tens = all.filter_map(of).min().map_or(Decimal::ZERO, |least| (least / Decimal::TEN).floor());
    (tens * Decimal::TEN).try_into().unwrap_or(0)
}

/// Lines by the use of limits in the last run, the most loaded first; those not known last.
fn by_use(trend: &Trend) -> Vec<usize> {
    let mut order: Vec<usize> = (0..trend.lines.len()).collect();
    let used = |at: usize| trend.lines[at].figure(trend.last(), Figure::LimitsUsed);
    order.sort_by_key(|at| (std::cmp::Reverse(used(*at)), trend.lines[*at].at[trend.last()].is_none(), *at));
    order
}

/// A table of one figure: the directorate, then the teams; says where its headings stand.
fn table(page: &mut Page, trend: &Trend, figure: Figure, order: &[usize]) -> u32 {
    let mut heads = vec!["Team".to_string(), "Workbook".to_string()];
    let alike = |run: &RunHead| trend.runs.iter().filter(|other| other.as_of == run.as_of).count() > 1;
    heads.extend(trend.runs.iter().map(|run| if alike(run) { run.named() } else { day(run.as_of) }));
    heads.extend(["Change since the run before".to_string(), "In words".to_string()]);
    let head = page.push(heads.iter().map(|text| Cell::text(text).look(Look::Heading)).collect());
    let whole: Vec<Option<&Figures>> = trend.whole.iter().map(Some).collect();
    line(page, figure, "All teams together", "", Look::Strong, &whole);
    for at in order {
        let own = &trend.lines[*at];
        let figures: Vec<Option<&Figures>> = own.at.iter().map(Option::as_ref).collect();
        line(page, figure, &own.team, &own.file, Look::Text, &figures);
    }
    head
}

fn line(page: &mut Page, figure: Figure, team: &str, file: &str, name: Look, figures: &[Option<&Figures>]) {
    let row = page.next();
    let strong = name == Look::Strong;
    let mut cells = vec![Cell::text(team).look(name), Cell::text(file).look(Look::Text)];
    let value = |at: usize| figures[at].and_then(|figures| figures.get(&figure).copied());
    for at in 0..figures.len() {
        let look = match (figure.is_percent(), strong) {
            (true, true) => Look::StrongPercent,
            (true, false) => Look::Percent,
            (false, true) => Look::StrongFigure,
            (false, false) => Look::Figure,
        };
        // A blank is left out of the chart, where a dash would count as nought.
        cells.push(match value(at) {
            Some(value) if figure.is_percent() => Cell::number(rounded(value / Decimal::ONE_HUNDRED, 6)).look(look),
            Some(value) => Cell::number(value).look(look),
            None => Cell::default().look(look),
        });
    }
    let now = figures.len() - 1;
    let change = value(now).zip(value(now - 1)).map(|(now, before)| (now - before).normalize());
    let turn = Turn::of(figure, change);
    match change {
        Some(change) => {
            let at = |of: usize| CellRef::new(row, FIRST + of as u32);
            let (here, there) = (at(now), at(now - 1));
            let scale = if figure.is_percent() { "*100" } else { "" };
            let formula = format!("=ROUND(({here}-{there}){scale},2)");
            cells.push(Cell::counts(formula, change).look(Look::Figure));
            let own = CellRef::new(row, FIRST + figures.len() as u32);
            let (up, down) = match figure.worse() {
                Way::Up => ("worse: up", "better: down"),
                Way::Down => ("better: up", "worse: down"),
                Way::Neither => ("up", "down"),
            };
            let word = if change.is_zero() { "unchanged" } else { [up, down][usize::from(change < Decimal::ZERO)] };
            let formula = format!("=IF({own}>0,\"{up}\",IF({own}<0,\"{down}\",\"unchanged\"))");
            let cell = Cell::says(formula, word);
            cells.push(match turn {
                Turn::Worse(_) => cell.tone(Tone::Warning),
                Turn::Better(_) => cell.tone(Tone::Green),
                Turn::Neutral(_) | Turn::NotKnown => cell,
            });
        }
        None => {
            let why = match (figures[now], figures[now - 1]) {
                (None, _) => "not in the last run",
                (_, None) => "not in the run before",
                _ => "not known",
            };
            cells.push(Cell::maybe(None));
            cells.push(Cell::text(why).look(Look::Text));
        }
    }
    page.push(cells);
}

/// Workers by name where asked for, else how many of each team.
fn people(page: &mut Page, trend: &Trend, by_name: bool, columns: u32) {
    let now = trend.last();
    page.gap();
    page.across(columns, "Workers in the last run", Look::Section);
    const KINDS: [(ChangeKind, &str); 8] = [
        (ChangeKind::NewlyRed, "Newly red"),
        (ChangeKind::RedNotInRunBefore, "Red, not in the run before"),
        (ChangeKind::RedNotScoredBefore, "Red, not scored in the run before"),
        (ChangeKind::RedNotMatched, "Red, not known whether newly"),
        (ChangeKind::RedRunning, "Red in three or more runs running"),
        (ChangeKind::NoLongerRed, "Red no longer"),
        (ChangeKind::MovedTeam, "In another team than before"),
        (ChangeKind::ActionsOverdue, "With actions overdue"),
    ];
    let changes: Vec<&Change> =
        trend.changes.iter().filter(|change| change.run == now && change.kind.is_of_worker()).collect();
    if changes.is_empty() {
        page.across(columns, "Nothing changed that is told of workers.", Look::Prose);
        return;
    }
    if !by_name {
        let about = "How many of each team; their names stand in changes.csv, and here with --workers.";
        page.across(columns, about, Look::Muted);
    }
    let heads = if by_name { ["Team", "Worker", "What changed"] } else { ["Team", "What changed", "Workers"] };
    let row = page.push(Cell::headings(&heads));
    if by_name {
        page.spread(row, FIRST, columns - 1, Look::Heading);
    }
    for (kind, label) in KINDS {
        let of: Vec<&&Change> = changes.iter().filter(|change| change.kind == kind).collect();
        if by_name {
            for change in of {
                let what = format!("{label}: {}", change.message);
                let row = page.push(vec![
                    Cell::text(&change.team).look(Look::Text),
                    Cell::text(&change.worker).look(Look::Text),
                    Cell::text(what).look(Look::Text),
                ]);
                page.spread(row, FIRST, columns - 1, Look::Text);
            }
            continue;
        }
        let mut teams: Vec<(&str, u32)> = Vec::new();
        for change in of {
            match teams.iter_mut().find(|(team, _)| *team == change.team) {
                Some((_, workers)) => *workers += 1,
                None => teams.push((&change.team, 1)),
            }
        }
        for (team, workers) in teams {
            page.push(vec![
                Cell::text(team).look(Look::Text),
                Cell::text(label).look(Look::Text),
                super::whole(workers),
            ]);
        }
    }
}

/// A message as a sentence of its own.
fn sentence(message: &str) -> String {
    let mut text = message.trim_end_matches('.').to_string();
    if !text.ends_with('?') {
        text.push('.');
    }
    text
}
