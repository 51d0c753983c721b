//! The sheet "Fairness": how evenly work is spread within teams, and what newly qualified and part-time workers hold.

use rust_decimal::Decimal;

use crate::book::annotation::Tone;
use crate::book::page::{Cell, Chart, ChartKind, Hatch, Look, Page};
use crate::book::sheet::CellRef;
use crate::directorate::comparison::Directorate;
use crate::directorate::figures::Figure;
use crate::directorate::team_line::{Group, TeamLine};
use crate::field::rating::rounded;

use super::lines::{self, Column, Line, Whose};
use super::{FAIRNESS, percent};

/// Columns whose cells other columns refer to.
const LEAST: u32 = 4;
const MOST: u32 = 8;
const HOOVER: u32 = 10;
const NQSW: u32 = 12;
const LOAD_SHARE: u32 = 15;
const FTE_SHARE: u32 = 16;
const NQSW_WORDS: u32 = 18;
const PART_USED: u32 = 21;
const FULL_USED: u32 = 24;
const PART_WORDS: u32 = 25;

/// What can be said of newly qualified workers and of part-timers.
const OVER: &str = "above the limit: ";
const MORE: &str = "more than their share";
const WITHIN: &str = "within their share";
const PART: &str = "part-timers fuller by ";
const FULL: &str = "full-timers fuller by ";
const ALIKE: &str = "alike";

/// Builds the sheet.
pub fn page(directorate: &Directorate) -> Page {
    let columns = columns();
    let mut page = Page::new(FAIRNESS, "7A5BA6", &lines::widths(&columns));
    page.two_pages_wide = true;
    page.across(12, "Fairness: how evenly the work is spread", Look::Title);
    page.across(12, EXAMPLE, Look::Muted);
    if directorate.teams.is_empty() {
        page.across(12, "No team was read.", Look::Prose);
        return page;
    }
    page.gap();
    band(&mut page);
    let drawn = lines::charted(directorate, |team| compares(team).then(|| team.hoover())?);
    let mut at = CellRef::default();
    let laid = lines::lay(&mut page, directorate, &columns, |page| {
        if !drawn.is_empty() {
            at = lines::place_for_chart(page);
        }
        explain(page);
    });
    headline(&mut page, directorate, laid.teams);
    lines::said(&mut page, &laid, NQSW_WORDS, &[(OVER, Tone::Red), (MORE, Tone::Amber), (WITHIN, Tone::Green)]);
    lines::said(&mut page, &laid, PART_WORDS, &[(PART, Tone::Amber), (FULL, Tone::Note), (ALIKE, Tone::Green)]);
    if !drawn.is_empty() {
        chart(&mut page, directorate, &drawn, at);
    }
    page
}

const EXAMPLE: &str = "Unevenness is the Hoover index. 12 %: twelve in a hundred of the team's children would have to change hands for \
                       every worker to stand at the same share of their limit. A dash: nothing to compare.";

/// One sentence on all teams.
fn headline(page: &mut Page, directorate: &Directorate, teams: (u32, u32)) {
    let count = |of: u32, words: &str| format!("COUNTIF({},\"{words}\")", lines::cells(of, teams));
    let formula = format!(
        "=\"Teams with newly qualified workers above their limit: \"&{}&\" of \"&COUNT({})&\" that have any. Teams whose \
         part-timers are fuller than their full-timers: \"&{}&\" of \"&({}+{}+{})&\" that have both.\"",
        count(NQSW_WORDS, &format!("{OVER}*")),
        lines::cells(NQSW, teams),
        count(PART_WORDS, &format!("{PART}*")),
        count(PART_WORDS, &format!("{PART}*")),
        count(PART_WORDS, &format!("{FULL}*")),
        count(PART_WORDS, ALIKE),
    );
    let all = || directorate.teams.iter();
    let fuller = all().filter_map(part_time_fuller).filter(|points| *points > Decimal::ZERO).count();
    let now = format!(
        "Teams with newly qualified workers above their limit: {} of {} that have any. Teams whose part-timers are fuller \
         than their full-timers: {fuller} of {} that have both.",
        all().filter(|team| team.nqsw.over > 0).count(),
        all().filter(|team| team.nqsw.workers > 0).count(),
        all().filter_map(part_time_fuller).count()
    );
    lines::headline(page, formula, now);
}

/// What the columns belong to.
fn band(page: &mut Page) {
    let mut cells = vec![Cell::default(); PART_WORDS as usize + 1];
    let parts = [
        (LEAST, HOOVER + 1, "Limits used by the workers of a team"),
        (NQSW, NQSW_WORDS, "Newly qualified workers (NQSWs)"),
        (NQSW_WORDS + 1, PART_WORDS, "Part time (below 1 FTE) against full time"),
    ];
    for (first, _, text) in parts {
        cells[first as usize] = Cell::text(text).look(Look::Strong);
    }
    let row = page.push(cells);
    for (first, last, _) in parts {
        page.spread(row, first, last, Look::Strong);
    }
}

fn columns<'a>() -> Vec<Column<'a>> {
    let used =
        |heading: &str, of: Figure| Column::new(heading, 9, move |line: &Line| line.of_workers(of, Look::Percent));
    vec![
        Column::new("Workers rated by limits", 9, |line| line.plain(Figure::Rated)),
        used("Least loaded", Figure::Least),
        used("Lower quartile", Figure::LowerQuartile),
        used("Median", Figure::Median),
        used("Upper quartile", Figure::UpperQuartile),
        used("Most loaded", Figure::Most),
        Column::new("Most less least, points", 9, spread),
        Column::new("Uneven- ness (Hoover)", 9, hoover),
        Column::new("Would have to change hands", 13, hands),
        Column::new("NQSWs rated", 8, |line| count_of(line, Figure::Nqsw)),
        Column::new("FTE", 8, |line| of_some(line, Figure::Nqsw, Figure::NqswFte, Look::Decimals)),
        Column::new("Load", 8, |line| of_some(line, Figure::Nqsw, Figure::NqswLoad, Look::Figure)),
        Column::new("Share of the load", 9, |line| share(line, Figure::NqswLoad, Figure::LimitLoad)),
        Column::new("Share of the FTE", 9, |line| share(line, Figure::NqswFte, Figure::LimitFte)),
        Column::new("Their limits used", 9, |line| line.ratio(Figure::NqswLoad, Figure::NqswUpper, Look::Percent)),
        Column::new("In words", 27, nqsw_words),
        Column::new("Part-timers rated", 9, |line| count_of(line, Figure::PartTime)),
        Column::new("Load per FTE", 9, |line| line.ratio(Figure::PartTimeLoad, Figure::PartTimeFte, Look::Decimals)),
        Column::new("Their limits used", 9, |line| {
            line.ratio(Figure::PartTimeLoad, Figure::PartTimeUpper, Look::Percent)
        }),
        Column::new("Full-timers rated", 9, |line| count_of(line, Figure::FullTime)),
        Column::new("Load per FTE", 9, |line| line.ratio(Figure::FullTimeLoad, Figure::FullTimeFte, Look::Decimals)),
        Column::new("Their limits used", 9, |line| {
            line.ratio(Figure::FullTimeLoad, Figure::FullTimeUpper, Look::Percent)
        }),
        Column::new("In words", 34, part_time_words),
    ]
}

/// Whether there are two workers to compare.
fn compares(team: &TeamLine) -> bool {
    team.limit_rated() > 1
}

fn alone(line: &Line) -> String {
    format!("{}<2", line.of(Figure::Rated).formula)
}

fn spread(line: &Line) -> Cell {
    let (least, most) = (line.cell(LEAST), line.cell(MOST));
    let places = |figure: Decimal| rounded(figure / Decimal::ONE_HUNDRED, 8);
    let both = line.figures.spread().filter(|_| compares(line.figures));
    let figure = both.map(|spread| (places(spread.most) - places(spread.least)) * Decimal::ONE_HUNDRED);
    let without = format!("OR({},COUNT({least},{most})<2)", alone(line));
    line.or_dash(&without, &format!("({most}-{least})*100"), figure, Look::Hundredths)
}

/// The Hoover index; one worker alone is neither even nor uneven.
fn hoover(line: &Line) -> Cell {
    let figure = compares(line.figures).then(|| line.figures.hoover()).flatten();
    if line.whose != Whose::Team {
        return percent(figure).look(line.look(Look::Percent));
    }
    let picked = line.of(Figure::Hoover).formula;
    let without = format!("OR({},COUNT({picked})=0)", alone(line));
    line.or_dash(&without, &picked, figure.map(|figure| figure / Decimal::ONE_HUNDRED), Look::Percent)
}

fn hands(line: &Line) -> Cell {
    let (hoover, load) = (line.cell(HOOVER), line.of(Figure::LimitLoad));
    let formula = format!(
        "=IF({hoover}=\"–\",\"–\",ROUND(ROUND({hoover}*{load},4),0)&\" of \"&ROUND({load},1))",
        load = load.formula
    );
    let index = self::hoover(line).figure();
    let now = index.map_or("–".to_string(), |index| {
        format!("{} of {}", rounded(rounded(index * load.is, 4), 0), rounded(load.is, 1))
    });
    line.says(formula, now)
}

/// How many there are; a dash for none.
fn count_of(line: &Line, of: Figure) -> Cell {
    of_some(line, of, of, Look::Figure)
}

/// A figure of some workers; a dash where there is none of them.
fn of_some(line: &Line, number: Figure, of: Figure, look: Look) -> Cell {
    let (number, amount) = (line.of(number), line.of(of));
    let figure = (!number.is.is_zero()).then_some(amount.is);
    line.or_dash(&format!("{}=0", number.formula), &amount.formula, figure, look)
}

/// What newly qualified workers have of the whole.
fn share(line: &Line, part: Figure, whole: Figure) -> Cell {
    let (number, part, whole) = (line.of(Figure::Nqsw), line.of(part), line.of(whole));
    let any = !number.is.is_zero() && !whole.is.is_zero();
    let without = format!("{}*{}=0", number.formula, whole.formula);
    let formula = format!("{}/{}", part.formula, whole.formula);
    line.or_dash(&without, &formula, any.then(|| part.is / whole.is), Look::Percent)
}

fn nqsw_words(line: &Line) -> Cell {
    let (number, over) = (line.of(Figure::Nqsw), line.of(Figure::NqswOver));
    let (load, fte) = (line.cell(LOAD_SHARE), line.cell(FTE_SHARE));
    let formula = format!(
        "=IF({number}=0,\"–\",IF({over}>0,\"{OVER}\"&{over}&\" of \"&{number},IF(COUNT({load},{fte})<2,\"{WITHIN}\",\
         IF({load}>{fte},\"{MORE}\",\"{WITHIN}\"))))",
        number = number.formula,
        over = over.formula
    );
    let all = line.figures;
    let places = |share: Option<Decimal>| share.map(|share| rounded(share / Decimal::ONE_HUNDRED, 8));
    let now = match (places(all.nqsw_load_share()), places(all.nqsw_fte_share())) {
        _ if all.nqsw.workers == 0 => "–".into(),
        _ if all.nqsw.over > 0 => format!("{OVER}{} of {}", all.nqsw.over, all.nqsw.workers),
        (Some(load), Some(fte)) if load > fte => MORE.into(),
        _ => WITHIN.into(),
    };
    line.says(formula, now)
}

fn part_time_words(line: &Line) -> Cell {
    let (part, full) = (line.cell(PART_USED), line.cell(FULL_USED));
    let points = |more: &str, less: &str| format!("ROUND(ROUND(({more}-{less})*100,6),1)");
    let (more, less) = (points(&part, &full), points(&full, &part));
    let formula = format!(
        "=IF(COUNT({part},{full})<2,\"–\",IF({more}>0,\"{PART}\"&{more}&\" points\",IF({less}>0,\"{FULL}\"&{less}&\
         \" points\",\"{ALIKE}\")))"
    );
    let now = match part_time_fuller(line.figures) {
        Some(points) if points > Decimal::ZERO => format!("{PART}{points} points"),
        Some(points) if points < Decimal::ZERO => format!("{FULL}{} points", -points),
        Some(_) => ALIKE.into(),
        None => "–".into(),
    };
    line.says(formula, now)
}

/// By how many points of percent part-timers use more of their limits than full-timers; `None` without either.
fn part_time_fuller(team: &TeamLine) -> Option<Decimal> {
    let used = |group: &Group| group.utilisation().map(|used| rounded(used / Decimal::ONE_HUNDRED, 8));
    let points = (used(&team.part_time)? - used(&team.full_time)?) * Decimal::ONE_HUNDRED;
    Some(rounded(rounded(points, 6), 1))
}

/// How to read the columns.
fn explain(page: &mut Page) {
    let lines = [
        (
            "Limits used",
            "each worker's load ÷ own limit after pro rata; of several limits the fullest. Half of the workers lie \
             between the quartiles. A limit of 0 has no share.",
        ),
        (
            "Unevenness",
            "½ of all differences between a worker's share of the team's load and share of its limits. It is shown without a \
             verdict: no source sets a threshold, and a worker may rightly hold less.",
        ),
        (
            "Areas, all",
            "spread and unevenness come from the workers one by one, not from the teams, and stay as of the run; all other \
             figures follow the sheet \"Values\".",
        ),
        (
            "NQSWs",
            "red where one is above their own, lower limit; amber where together they hold a larger share of the load than \
             of the FTE. Only workers rated by limits are counted.",
        ),
        (
            "Part time",
            "below 1 FTE as written; no FTE written counts as 1. Limits used is the fair comparison: load per FTE also \
             differs where limits do.",
        ),
    ];
    lines::notes(page, "How to read these figures", &lines);
}

fn chart(page: &mut Page, directorate: &Directorate, drawn: &[usize], at: CellRef) {
    let part = |heading: &str, from: Option<Figure>, to: Figure| {
        Column::new(heading, 0, move |line: &Line| {
            let (upper, lower) = (line.of(to), from.map(|from| line.of(from)));
            let is = upper.is - lower.as_ref().map_or(Decimal::ZERO, |lower| lower.is);
            let less = lower.map_or(String::new(), |lower| format!("-{}", lower.formula));
            Cell::counts(format!("=ROUND({}{less},8)", upper.formula), rounded(is, 8)).look(Look::Percent)
        })
    };
    let columns = [
        part("Least loaded", None, Figure::Least),
        part("to lower quartile", Some(Figure::Least), Figure::LowerQuartile),
        part("to median", Some(Figure::LowerQuartile), Figure::Median),
        part("to upper quartile", Some(Figure::Median), Figure::UpperQuartile),
        part("to most loaded", Some(Figure::UpperQuartile), Figure::Most),
        Column::new("Limit", 0, |_| Cell::number(1).look(Look::Percent)),
    ];
    let ranges = lines::figures_of_chart(page, directorate, drawn, &columns);
    let series = [
        ("Least loaded", "FFFFFF", Hatch::Unseen),
        ("least loaded to lower quartile", "FFFFFF", Hatch::Solid),
        ("lower quartile to median", "6F93BD", Hatch::Solid),
        ("median to upper quartile", "B9A5D6", Hatch::Strokes),
        ("upper quartile to most loaded", "F4F4F6", Hatch::Dots),
        ("Limit (100 %)", "1F2937", lines::mark(drawn.len())),
    ];
    let which = lines::shown_of(drawn.len(), directorate.teams.len(), "spread most unevenly");
    let size = lines::chart_size(page, drawn.len());
    page.charts.push(Chart {
        kind: ChartKind::StackedShares,
        title: format!("Limits used by the workers of each team, the most uneven team first{which}"),
        description:
            "For each team the limits used by its least and most loaded worker, the quartiles and the median, with a \
                      line at 100 percent; the figures stand at the end of this sheet"
                .into(),
        at,
        size,
        categories: ranges[0].clone(),
        series: lines::series(series, &ranges[1..]),
        axis: "share of the limit".into(),
    });
}
