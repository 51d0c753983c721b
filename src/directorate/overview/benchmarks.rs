//! The sheet "Benchmarks": each team beside its limits, the points benchmark, the directorate, and the published
//! average caseload.

use rust_decimal::Decimal;

use crate::book::annotation::Tone;
use crate::book::page::{Cell, Chart, ChartKind, Hatch, Look, Page, fixed};
use crate::book::phrase::{count, day};
use crate::book::sheet::CellRef;
use crate::directorate::comparison::Directorate;
use crate::directorate::figures::Figure;
use crate::directorate::team_line::TeamLine;
use crate::field::rating::rounded;
use crate::policy::{self, Policies};

use super::BENCHMARKS;
use super::lines::{self, BAND, Column, HEAD, Line, Whose};
use super::values;

/// Columns whose cells other columns refer to.
const USED: u32 = 3;
const POINTS: u32 = 5;
const PER_FTE: u32 = 7;
const APART: u32 = 10;
const AVERAGE: u32 = 12;
const LAST: u32 = 16;

const ABOVE: &str = "above";
const AT: &str = "at";
const BELOW: &str = "below";

/// The published figure that teams are set beside, above the headings.
const PUBLISHED: CellRef = CellRef { row: BAND, column: AVERAGE };

/// Builds the sheet.
pub fn page(directorate: &Directorate, policies: &Policies) -> Page {
    let published = policies.average_caseloads();
    let latest = published.last().copied();
    let name = latest.map_or("England", |figure| figure.label.as_str());
    let columns = columns(name, latest);
    let mut page = Page::new(BENCHMARKS, "B07A2A", &lines::widths(&columns));
    page.across(13, "Benchmarks: each team beside its limits, the directorate and the country", Look::Title);
    let about = "The words say on which side of each mark a team stands; they are no rating of their own. Colours: amber \
                 above, blue at, green below.";
    page.across(13, about, Look::Muted);
    if directorate.teams.is_empty() {
        page.across(13, "No team was read.", Look::Prose);
        return page;
    }
    page.gap();
    let band = page.push(vec![Cell::default(); LAST as usize + 1]);
    let drawn = lines::charted(directorate, |team| team.official.average());
    let (mut at, mut newest) = (CellRef::default(), None);
    let laid = lines::lay(&mut page, directorate, &columns, |page| {
        newest = averages(page, directorate, policies, &published);
        if !drawn.is_empty() {
            at = lines::place_for_chart(page);
        }
        explain(page, directorate, name);
    });
    let cells = &mut page.rows[band as usize].cells;
    cells[PER_FTE as usize] = Cell::text("Beside all teams together").look(Look::Strong);
    cells[USED as usize] = Cell::text("Beside limits and benchmark").look(Look::Strong);
    let text =
        latest.map_or("No average was published by then".into(), |figure| format!("{name}, {}", day(figure.from)));
    cells[AVERAGE as usize + 1] = Cell::text(text).look(Look::Strong);
    cells[AVERAGE as usize] = match (latest, newest) {
        (Some(figure), Some(at)) => Cell::counts(format!("={}", fixed(at)), figure.value).look(Look::Hundredths),
        _ => Cell::text("–").look(Look::Figure),
    };
    for (first, last) in [(USED, POINTS + 1), (PER_FTE, APART + 1), (AVERAGE + 1, LAST)] {
        page.spread(band, first, last, Look::Strong);
    }
    headline(&mut page, directorate, laid.teams, name, latest);
    let words = [(ABOVE, Tone::Amber), (AT, Tone::Note), (BELOW, Tone::Green)];
    for of in [USED + 1, POINTS + 1, PER_FTE + 2, APART + 1, AVERAGE + 3] {
        lines::said(&mut page, &laid, of, &words);
    }
    if !drawn.is_empty() {
        chart(&mut page, directorate, &drawn, at, latest);
    }
    page
}

/// One sentence on all teams.
fn headline(
    page: &mut Page,
    directorate: &Directorate,
    teams: (u32, u32),
    name: &str,
    latest: Option<&policy::Figure>,
) {
    let value = latest.map(|figure| figure.value);
    let [limit, country] = [USED + 1, AVERAGE + 3].map(|of| lines::cells(of, teams));
    let average = fixed(CellRef::new(HEAD + 1, AVERAGE));
    let formula = format!(
        "=\"Average caseload of the directorate: \"&IF(COUNT({average})=0,\"–\",ROUND({average},1))&\"; {name}'s: \"&{}&\". \
         Teams above it: \"&COUNTIF({country},\"{ABOVE}\")&\". Teams above their limits: \"&COUNTIF({limit},\"{ABOVE}\")&\".\"",
        fixed(PUBLISHED)
    );
    let shown = |figure: Option<Decimal>| figure.map_or("–".into(), |figure| figure.normalize().to_string());
    let above = |team: &&TeamLine| word_of_published(team, value) == ABOVE;
    let over =
        |team: &&TeamLine| !team.limit_upper().is_zero() && side(team.limit_load() - team.limit_upper()) == ABOVE;
    let now = format!(
        "Average caseload of the directorate: {}; {name}'s: {}. Teams above it: {}. Teams above their limits: {}.",
        shown(directorate.whole.official.average().map(|own| rounded(rounded(own, 8), 1))),
        shown(value),
        directorate.teams.iter().filter(above).count(),
        directorate.teams.iter().filter(over).count()
    );
    lines::headline(page, formula, now);
}

fn columns<'a>(name: &'a str, latest: Option<&'a policy::Figure>) -> Vec<Column<'a>> {
    let value = latest.map(|figure| figure.value);
    vec![
        Column::new("Limits used", 9, |line| line.ratio(Figure::LimitLoad, Figure::LimitUpper, Look::Percent)),
        Column::new("Limit", 9, |line| side_of_whole(line, Figure::LimitLoad, Figure::LimitUpper)),
        Column::new("Points used", 9, |line| line.ratio(Figure::PointsLoad, Figure::PointsBenchmark, Look::Percent)),
        Column::new("Points bench- mark", 9, |line| side_of_whole(line, Figure::PointsLoad, Figure::PointsBenchmark)),
        Column::new("Children per FTE", 9, children_per_fte),
        Column::new("more or less than all", 9, |line| {
            let own = held_per_fte(line.figures);
            beside_all(line, PER_FTE, own, held_per_fte(&line.directorate.whole), Beside::Ratio)
        }),
        Column::new("All teams", 9, |line| {
            let own = held_per_fte(line.figures);
            let all = held_per_fte(&line.directorate.whole);
            side_of_all(line, PER_FTE, own, all)
        }),
        Column::new("Limits used less all, points", 9, |line| {
            let [own, all] = [line.figures, &line.directorate.whole].map(|of| of.limit_utilisation().map(as_ratio));
            beside_all(line, USED, own, all, Beside::Points)
        }),
        Column::new("All teams", 9, |line| {
            let [own, all] = [line.figures, &line.directorate.whole].map(|of| of.limit_utilisation().map(as_ratio));
            side_of_all(line, USED, own, all)
        }),
        Column::new("Average caseload", 10, |line| line.ratio(Figure::Cases, Figure::CasesFte, Look::Decimals)),
        Column::new(format!("less {name}'s, cases per FTE"), 11, move |line| {
            let figure = line.figures.official.average().zip(value).map(|(own, value)| rounded(own, 8) - value);
            let (own, published) = (line.cell(AVERAGE), fixed(PUBLISHED));
            line.or_dash(&unpublished(line), &format!("{own}-{published}"), figure, Look::Decimals)
        }),
        Column::new("in percent", 9, move |line| {
            let figure = line.figures.official.average().zip(value);
            let figure = figure.map(|(own, value)| rounded(own, 8) / value - Decimal::ONE);
            let (own, published) = (line.cell(AVERAGE), fixed(PUBLISHED));
            line.or_dash(&unpublished(line), &format!("{own}/{published}-1"), figure, Look::Percent)
        }),
        Column::new(name, 10, move |line| side_of_published(line, value)),
        Column::new("Social workers left out", 9, |line| {
            let cell = line.plain(Figure::CasesLeftOut);
            if line.figures.official.left_out > 0 { cell.tone(Tone::Warning) } else { cell }
        }),
    ]
}

fn as_ratio(percent: Decimal) -> Decimal {
    percent / Decimal::ONE_HUNDRED
}

/// The word for a difference.
fn side(difference: Decimal) -> &'static str {
    match () {
        () if difference > Decimal::ZERO => ABOVE,
        () if difference < Decimal::ZERO => BELOW,
        () => AT,
    }
}

/// The word that a formula finds for a difference.
fn side_formula(without: &str, difference: &str) -> String {
    format!("=IF({without},\"–\",IF({difference}>0,\"{ABOVE}\",IF({difference}<0,\"{BELOW}\",\"{AT}\")))")
}

/// On which side of its whole a sum stands.
fn side_of_whole(line: &Line, part: Figure, whole: Figure) -> Cell {
    let (part, whole) = (line.of(part), line.of(whole));
    let difference = format!("ROUND({}-{},8)", part.formula, whole.formula);
    let now = if whole.is.is_zero() { "–" } else { side(rounded(part.is - whole.is, 8)) };
    line.says(side_formula(&format!("{}=0", whole.formula), &difference), now)
}

/// Children ÷ the FTE of the teams whose sheets tell them.
fn children_per_fte(line: &Line) -> Cell {
    let told = |of: Figure| {
        let (figures, children) = (values::cells(of, line.teams), values::cells(Figure::Children, line.teams));
        match line.whose {
            Whose::Team => line.of(of).formula,
            Whose::All => format!("SUMIFS({figures},{children},\">=0\")"),
            Whose::Area => {
                let areas = values::areas(line.teams);
                format!("SUMIFS({figures},{areas},{},{children},\">=0\")", line.cell(2))
            }
        }
    };
    let (children, fte) = (told(Figure::Children), told(Figure::Fte));
    let nothing = format!("OR({children}=0,{fte}=0)");
    // A team that tells no number of children has a dash there.
    let without = match line.whose {
        Whose::Team => format!("IF(COUNT({children})=0,TRUE,{nothing})"),
        Whose::Area | Whose::All => nothing,
    };
    line.or_dash(&without, &format!("{children}/{fte}"), held_per_fte(line.figures), Look::Decimals)
}

/// Children per FTE; `None` where no child is held: carers and reviews are none, and such a team is not below others.
fn held_per_fte(team: &TeamLine) -> Option<Decimal> {
    team.children.per_fte().filter(|per| !per.is_zero())
}

/// How a figure is set beside that of all teams.
#[derive(Clone, Copy)]
enum Beside {
    /// More or less by so many percent.
    Ratio,
    /// In points of percent.
    Points,
}

/// The directorate's own figure of a column.
fn of_all(column: u32) -> String {
    fixed(CellRef::new(HEAD + 1, column))
}

fn beside_all(line: &Line, column: u32, own: Option<Decimal>, all: Option<Decimal>, how: Beside) -> Cell {
    let look = match how {
        Beside::Ratio => Look::Percent,
        Beside::Points => Look::Hundredths,
    };
    if line.whose == Whose::All {
        return Cell::text("–").look(line.look(Look::Figure));
    }
    let (cell, of_all) = (line.cell(column), of_all(column));
    let places = |figure: Option<Decimal>| figure.map(|figure| rounded(figure, 8));
    let both = places(own).zip(places(all)).filter(|(_, all)| !all.is_zero());
    let (formula, figure) = match how {
        Beside::Ratio => (format!("{cell}/{of_all}-1"), both.map(|(own, all)| own / all - Decimal::ONE)),
        Beside::Points => (format!("({cell}-{of_all})*100"), both.map(|(own, all)| (own - all) * Decimal::ONE_HUNDRED)),
    };
    line.or_dash(&without_all(&cell, &of_all), &formula, figure, look)
}

fn side_of_all(line: &Line, column: u32, own: Option<Decimal>, all: Option<Decimal>) -> Cell {
    if line.whose == Whose::All {
        return line.says("=\"–\"".into(), "–");
    }
    let (cell, of_all) = (line.cell(column), of_all(column));
    let places = |figure: Option<Decimal>| figure.map(|figure| rounded(figure, 8));
    let both = places(own).zip(places(all)).filter(|(_, all)| !all.is_zero());
    let now = both.map_or("–", |(own, all)| side(own - all));
    line.says(side_formula(&without_all(&cell, &of_all), &format!("ROUND({cell}-{of_all},8)")), now)
}

fn without_all(cell: &str, of_all: &str) -> String {
    format!("OR(COUNT({cell},{of_all})<2,SUM({of_all})=0)")
}

fn unpublished(line: &Line) -> String {
    format!("COUNT({},{})<2", line.cell(AVERAGE), fixed(PUBLISHED))
}

/// On which side of the published average; that is published to one place, and so it is compared.
fn side_of_published(line: &Line, value: Option<Decimal>) -> Cell {
    let difference = format!("ROUND(ROUND({},1)-{},8)", line.cell(AVERAGE), fixed(PUBLISHED));
    line.says(side_formula(&unpublished(line), &difference), word_of_published(line.figures, value))
}

fn word_of_published(team: &TeamLine, value: Option<Decimal>) -> &'static str {
    let both = team.official.average().zip(value);
    both.map_or("–", |(own, value)| side(rounded(rounded(own, 8), 1) - value))
}

/// The published averages with their source, and the directorate's own below; says where the newest stands.
fn averages(
    page: &mut Page,
    directorate: &Directorate,
    policies: &Policies,
    published: &[&policy::Figure],
) -> Option<CellRef> {
    page.across(13, "The published average caseload over the years", Look::Section);
    let row = |page: &mut Page, day: String, value: Cell, source: Cell| {
        let look = source.look;
        let row = page.push(vec![Cell::default(), Cell::text(day).look(look), value, source]);
        page.spread(row, 3, 12, look);
        row
    };
    let head = |text: &str| Cell::text(text).look(Look::Heading);
    row(page, "On".into(), head("Cases per FTE"), head("Source"));
    page.rows.last_mut().into_iter().for_each(|row| row.cells[1].look = Look::Heading);
    let mut newest = None;
    for figure in published {
        let source = format!("{}: {}, {}", figure.label, figure.source.document, figure.source.section);
        let value = Cell::number(figure.value).look(Look::Hundredths);
        newest = Some(CellRef::new(row(page, day(figure.from), value, Cell::text(source).look(Look::Text)), 2));
    }
    let own = directorate.whole.official.average().map(|own| rounded(own, 8));
    let cell = CellRef::new(HEAD + 1, AVERAGE);
    let own = match own {
        Some(own) => Cell::counts(format!("={}", fixed(cell)), own),
        None => Cell::says(format!("={}", fixed(cell)), "–"),
    };
    let text = format!(
        "this directorate as read: {} over {} FTE",
        count(directorate.whole.official.cases as usize, "case", "cases"),
        rounded(directorate.whole.official.fte, 2)
    );
    let today = day(policies.as_of);
    row(page, today, own.look(Look::Decimals), Cell::text(text).look(Look::Strong));
    page.gap();
    newest
}

/// What is counted, and what is not.
fn explain(page: &mut Page, directorate: &Directorate, name: &str) {
    let left = match directorate.whole.official.left_out {
        0 => "No social worker is left out.".to_string(),
        some => format!(
            "{} left out, because how many they hold or their FTE is not known: the average may differ with them.",
            count(some as usize, "social worker is", "social workers are")
        ),
    };
    let compared = format!(
        "{name}'s figure is published to one place, and \"at\" means equal at one place. Its day is the last published by \
         the date of this run; what a service area holds differs, so compare the directorate first."
    );
    let lines = [
        (
            "Limits, points",
            "the team's load ÷ its limits, and its points ÷ its benchmarks, both added up first; 100 % is the mark. One team \
             below may still hold workers above.",
        ),
        (
            "All teams",
            "the directorate as a whole: children per FTE as more or less in percent, limits used as a distance in points of \
             percent.",
        ),
        (
            "Average caseload",
            "as the Department for Education counts it: persons allocated to a named social worker (each sibling; foster \
             carers too) ÷ FTE of the social workers who hold one or more, employed and agency.",
        ),
        (
            "Not counted",
            "personal advisers, family support workers, students, independent reviewing officers; co-worked cases; children \
             nobody holds. Managers who hold cases are counted.",
        ),
        ("Left out", left.as_str()),
        ("Comparing", compared.as_str()),
    ];
    lines::notes(page, "What is compared and counted", &lines);
}

fn chart(page: &mut Page, directorate: &Directorate, drawn: &[usize], at: CellRef, latest: Option<&policy::Figure>) {
    let mut columns =
        vec![Column::new("Average caseload", 0, |line| line.ratio(Figure::Cases, Figure::CasesFte, Look::Decimals))];
    let mut series = vec![("Average caseload".to_string(), "6F93BD", Hatch::Solid)];
    if let Some(figure) = latest {
        let value = figure.value;
        columns.push(Column::new(figure.label.as_str(), 0, move |_| {
            Cell::counts(format!("={}", fixed(PUBLISHED)), value).look(Look::Decimals)
        }));
        series.push((format!("{} ({}): {value}", figure.label, day(figure.from)), "1F2937", lines::mark(drawn.len())));
    }
    let ranges = lines::figures_of_chart(page, directorate, drawn, &columns);
    let which = lines::shown_of(drawn.len(), directorate.teams.len(), "with the highest");
    let size = lines::chart_size(page, drawn.len());
    page.charts.push(Chart {
        kind: ChartKind::StackedColumns,
        title: format!("Average caseload by team, as the Department for Education counts it{which}"),
        description:
            "Cases per FTE of social workers holding one or more, by team, the highest first, with a line at the \
                      published average; the figures stand at the end of this sheet"
                .into(),
        at,
        size,
        categories: ranges[0].clone(),
        series: lines::series(series, &ranges[1..]),
        axis: "cases per FTE".into(),
    });
}
