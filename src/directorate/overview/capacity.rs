//! The sheet "Capacity": where posts are short, where there is room, and what a few more children or one worker
//! away would change.

use rust_decimal::Decimal;

use crate::book::annotation::Tone;
use crate::book::page::{Cell, Chart, ChartKind, EntryKind, EntryRule, Hatch, Look, Page, fixed};
use crate::book::phrase::count;
use crate::book::sheet::{Area, CellRef};
use crate::directorate::comparison::Directorate;
use crate::directorate::figures::Figure;
use crate::directorate::team_line::TeamLine;
use crate::field::rating::rounded;

use super::CAPACITY;
use super::lines::{self, BAND, Column, Line, NAMES, Whose};
use super::values;

/// Columns whose cells other columns refer to.
const NEEDED: u32 = 6;
const HEADROOM: u32 = 7;
const NET: u32 = 9;
const WORDS: u32 = 10;
const IN_AREA: u32 = 12;
/// The first of the cells that say how many more children there are.
const MORE: u32 = 13;
/// What stands in them to begin with.
const ASKED: [u32; 3] = [1, 5, 10];

/// What can be said of a gap, and whether the area has the room.
const SHORT: &str = "short of ";
const ENOUGH: &str = "enough if work is shared out";
const NOT_ALL: &str = "enough, but not in each area";
const BALANCE: &str = "in balance";
const NOT_RATED: &str = "not rated by limits";
const AREA_HAS: &str = "the area has the room";
const AREA_SHORT: &str = "the area is short too";

/// Builds the sheet.
pub fn page(directorate: &Directorate) -> Page {
    let columns = columns();
    let mut page = Page::new(CAPACITY, "2E7D6B", &lines::widths(&columns));
    page.across(13, "Capacity: where posts are short, and where there is room", Look::Title);
    let about = "FTE needed brings every worker within the limit; room is what others could still take. A net gap above 0 \
                 stays even if all work were shared out. The blue cells may be changed.";
    page.across(13, about, Look::Muted);
    let teams = directorate.teams.len();
    if teams == 0 {
        page.across(13, "No team was read.", Look::Prose);
        return page;
    }
    page.gap();
    band(&mut page);
    let drawn = charted(directorate);
    let mut at = CellRef::default();
    let laid = lines::lay(&mut page, directorate, &columns, |page| {
        if !drawn.is_empty() {
            at = lines::place_for_chart(page);
        }
        explain(page, directorate);
    });
    headline(&mut page, directorate, laid.teams);
    let gap = [
        (SHORT, Tone::Red),
        ("enough", Tone::Amber),
        ("room ", Tone::Green),
        (BALANCE, Tone::Green),
        (NOT_RATED, Tone::NotScored),
    ];
    lines::said(&mut page, &laid, WORDS, &gap);
    lines::said(&mut page, &laid, IN_AREA, &[(AREA_SHORT, Tone::Red), (AREA_HAS, Tone::Green)]);
    if !drawn.is_empty() {
        chart(&mut page, directorate, &drawn, at);
    }
    page
}

/// The row above the headings: what the reader may ask.
fn band(page: &mut Page) {
    let mut cells = vec![Cell::default(); MORE as usize];
    let asks = "What if each team had so many more children";
    cells[WORDS as usize] = Cell::text(asks).look(Look::Strong);
    cells.extend(ASKED.map(|more| Cell::number(Decimal::from(more)).look(Look::Input)));
    let row = page.push(cells);
    page.spread(row, WORDS, MORE - 1, Look::Strong);
    let asked = CellRef::new(row, MORE);
    page.entries.push(EntryRule {
        area: Area { first: asked, last: CellRef::new(row, MORE + ASKED.len() as u32 - 1) },
        kind: EntryKind::WholeFrom(0),
        prompt: "How many more children each team is to be given; the column below follows.".into(),
    });
}

/// One sentence on all teams, above the band.
fn headline(page: &mut Page, directorate: &Directorate, rows: (u32, u32)) {
    let teams = directorate.teams.len();
    let areas = directorate.areas.len();
    let formula = format!(
        "=\"Teams short of posts: \"&COUNTIF({},\">0\")&\" of {teams}; of these with room for it in their service area: \
         \"&COUNTIF({},\"{AREA_HAS}\")&\". Service areas short even if their teams share: \"&COUNTIF({},\">0\")&\" of \
         {areas}.\"",
        lines::cells(NET, rows),
        lines::cells(IN_AREA, rows),
        nets_of_areas(directorate)
    );
    let short: Vec<&TeamLine> =
        directorate.teams.iter().filter(|team| net(team).is_some_and(|net| net > Decimal::ZERO)).collect();
    let helped =
        short.iter().filter(|team| area_net(directorate, team).is_some_and(|net| net <= Decimal::ZERO)).count();
    let now = format!(
        "Teams short of posts: {} of {teams}; of these with room for it in their service area: {helped}. Service areas \
         short even if their teams share: {} of {areas}.",
        short.len(),
        areas_short(directorate)
    );
    lines::headline(page, formula, now);
}

fn columns<'a>() -> Vec<Column<'a>> {
    let mut columns = vec![
        Column::new("FTE", 8, lines::fte),
        Column::new("Children nobody holds", 9, |line| line.plain(Figure::Unallocated)),
        Column::new("Children above limits", 9, |line| rated(line, Figure::ChildrenOver, Look::Figure)),
        Column::new("FTE needed", 9, |line| rated(line, Figure::FteNeeded, Look::Decimals)),
        Column::new("Headroom in children", 11, |line| rated(line, Figure::Headroom, Look::Figure)),
        Column::new("Room in FTE", 9, |line| rated(line, Figure::FteRoom, Look::Decimals)),
        Column::new("Net gap in FTE", 9, gap),
        Column::new("In words", 30, words),
        Column::new("Headroom elsewhere in the area, children", 12, elsewhere),
        Column::new("Could the service area cover it?", 20, in_area),
    ];
    for (nth, asked) in (0_u32..).zip(ASKED) {
        let input = fixed(CellRef::new(BAND, MORE + nth));
        let heading = "Net gap with so many more";
        columns.push(Column::new(heading, 9, move |line| with_more(line, &input, asked)));
    }
    columns.push(Column::new("Net gap with one worker away", 9, one_away));
    columns.push(Column::new("Workers not rated by limits", 10, not_rated));
    debug_assert_eq!(NAMES.len() + 10, MORE as usize);
    columns
}

/// A figure of the workers rated by limits; a dash where there is none, for nought would say that all is well.
fn rated(line: &Line, of: Figure, look: Look) -> Cell {
    let amount = line.of(of);
    let figure = is_rated(line.figures).then_some(amount.is);
    line.or_dash(&unrated(line), &amount.formula, figure, look)
}

fn unrated(line: &Line) -> String {
    format!("{}=0", line.of(Figure::Rated).formula)
}

fn is_rated(team: &TeamLine) -> bool {
    team.limit_rated() > 0
}

/// Rounded first where binary figures begin to differ, so that a half is rounded as on paper.
fn settled(figure: Decimal) -> Decimal {
    rounded(rounded(figure, 8), 2)
}

/// FTE needed less room, as shown; `None` where nobody is rated.
fn net(team: &TeamLine) -> Option<Decimal> {
    is_rated(team).then(|| settled(team.net_gap_fte()))
}

fn settle(without: &str, formula: &str, figure: Option<Decimal>) -> Cell {
    let formula = format!("=IF({without},\"–\",ROUND(ROUND({formula},8),2))");
    match figure {
        Some(figure) => Cell::counts(formula, settled(figure)),
        None => Cell::says(formula, "–"),
    }
    .look(Look::Decimals)
}

fn difference(line: &Line) -> String {
    format!("{}-{}", line.of(Figure::FteNeeded).formula, line.of(Figure::FteRoom).formula)
}

fn gap(line: &Line) -> Cell {
    settle(&unrated(line), &difference(line), is_rated(line.figures).then(|| line.figures.net_gap_fte()))
}

/// The cells of the service areas' gaps.
fn nets_of_areas(directorate: &Directorate) -> String {
    let first = lines::HEAD + 2;
    let cell = |row: u32| fixed(CellRef::new(row, NET));
    format!("{}:{}", cell(first), cell(first + directorate.areas.len() as u32 - 1))
}

/// How many service areas are short even if their teams share.
fn areas_short(directorate: &Directorate) -> usize {
    directorate.areas.iter().filter(|area| net(area).is_some_and(|net| net > Decimal::ZERO)).count()
}

fn words(line: &Line) -> Cell {
    let (needed, headroom, net) = (line.cell(NEEDED), line.cell(HEADROOM), line.cell(NET));
    let (not_all, now) = match line.whose {
        // Posts of one service area are no help to another.
        Whose::All => {
            let short = areas_short(line.directorate) > 0;
            let now = gap_in_words(line.figures);
            let formula = format!("IF(COUNTIF({},\">0\")>0,\"{NOT_ALL}\",", nets_of_areas(line.directorate));
            let enough = short && !now.starts_with(SHORT) && now != NOT_RATED;
            (formula, if enough { NOT_ALL.into() } else { now })
        }
        _ => (String::new(), gap_in_words(line.figures)),
    };
    let end = if not_all.is_empty() { "" } else { ")" };
    let formula = format!(
        "=IF({net}=\"–\",\"{NOT_RATED}\",IF({net}>0,\"{SHORT}\"&{net}&\" FTE\",{not_all}IF({needed}>0,\"{ENOUGH}\",\
         IF({headroom}>0,\"room for \"&{headroom}&IF({headroom}=1,\" child\",\" children\"),\
         IF({net}<0,\"room of \"&ROUND(-{net},2)&\" FTE\",\"{BALANCE}\"))){end}))"
    );
    line.says(formula, now)
}

/// What the gap means, in the words that the formula finds.
fn gap_in_words(team: &TeamLine) -> String {
    let Some(net) = net(team) else { return NOT_RATED.into() };
    let headroom = team.headroom_children;
    match () {
        () if net > Decimal::ZERO => format!("{SHORT}{net} FTE"),
        () if rounded(team.fte_needed(), 8) > Decimal::ZERO => ENOUGH.into(),
        () if headroom == Decimal::ONE => "room for 1 child".into(),
        () if headroom > Decimal::ZERO => format!("room for {} children", headroom.normalize()),
        () if net < Decimal::ZERO => format!("room of {} FTE", (-net).normalize()),
        () => BALANCE.into(),
    }
}

fn elsewhere(line: &Line) -> Cell {
    if line.whose != Whose::Team || !line.has_area() {
        return Cell::text("–").look(Look::Figure);
    }
    let all = values::sum_of_area(Figure::Headroom, line.teams, &line.cell(2));
    let now = line.area_teams().map(|team| team.headroom_children).sum::<Decimal>() - line.figures.headroom_children;
    Cell::counts(format!("={all}-{}", line.of(Figure::Headroom).formula), now)
}

/// The gap of the team's service area; `None` where the area is not known.
fn area_net(directorate: &Directorate, team: &TeamLine) -> Option<Decimal> {
    let of_area = |other: &&TeamLine| other.area == team.area;
    let nets = directorate.teams.iter().filter(of_area).map(TeamLine::net_gap_fte);
    team.area.map(|_| settled(nets.sum()))
}

fn in_area(line: &Line) -> Cell {
    if line.whose != Whose::Team || !line.has_area() {
        return Cell::text("–").look(line.look(Look::Text));
    }
    let of = |of: Figure| values::sum_of_area(of, line.teams, &line.cell(2));
    let net = line.cell(NET);
    let formula = format!(
        "=IF({net}=\"–\",\"–\",IF({net}<=0,\"–\",IF(ROUND(ROUND({}-{},8),2)>0,\"{AREA_SHORT}\",\"{AREA_HAS}\")))",
        of(Figure::FteNeeded),
        of(Figure::FteRoom)
    );
    let own = self::net(line.figures).is_some_and(|net| net > Decimal::ZERO);
    let area = || settled(line.area_teams().map(TeamLine::net_gap_fte).sum());
    let now = match own {
        false => "–",
        true if area() > Decimal::ZERO => AREA_SHORT,
        true => AREA_HAS,
    };
    line.says(formula, now)
}

fn with_more(line: &Line, input: &str, asked: u32) -> Cell {
    let posts = line.of(Figure::PostForOne);
    let has_limit = !line.of(Figure::LimitUpper).is.is_zero();
    let without = format!("{}=0", line.of(Figure::LimitUpper).formula);
    // A dash among the figures counts for nothing.
    let formula = format!("{}+{input}*SUM({})", difference(line), posts.formula);
    let figure = has_limit.then(|| line.figures.net_gap_fte() + Decimal::from(asked) * posts.is);
    settle(&without, &formula, figure)
}

fn one_away(line: &Line) -> Cell {
    let away = line.of(Figure::FteIfAway);
    let formula = format!("{}+SUM({})", difference(line), away.formula);
    let figure = is_rated(line.figures).then(|| line.figures.net_gap_fte() + away.is);
    settle(&unrated(line), &formula, figure)
}

fn not_rated(line: &Line) -> Cell {
    let (all, rated) = (line.of(Figure::Workers), line.of(Figure::Rated));
    let left = all.is - rated.is;
    let cell = Cell::counts(format!("={}-{}", all.formula, rated.formula), left);
    if left > Decimal::ZERO { cell.tone(Tone::Warning) } else { cell }
}

/// How each figure is reckoned, and what is assumed.
fn explain(page: &mut Page, directorate: &Directorate) {
    let unallocated = match directorate.whole.unallocated {
        0 => String::new(),
        some => format!(
            " {} nobody holds would come on top: enter a team's number in a blue cell to see the posts.",
            count(some as usize, "child whom", "children whom")
        ),
    };
    let left = directorate.whole.workers - directorate.whole.limit_rated();
    let rated = format!(
        "Only workers rated against a limit are reckoned with; {} not ({} listed).{unallocated}",
        if left == 1 { "1 worker is".to_string() } else { format!("{left} workers are") },
        directorate.whole.workers
    );
    let lines = [
        (
            "FTE needed",
            "for each worker above the limit, what lies above it ÷ the full-time limit; added up. A limit of 0 gives no posts.",
        ),
        (
            "Headroom",
            "whole children each worker could take before passing the lower figure of the limit; never halves of a child.",
        ),
        (
            "Room in FTE",
            "the same headroom, in whatever the limit counts (children, foster carers, reviews) ÷ the full-time limit.",
        ),
        (
            "Net gap",
            "FTE needed less room. Above 0, posts are short even if all work could be handed to whoever has room.",
        ),
        (
            "Service area",
            "shares among its teams, as if every case could move to every worker; one of another area cannot help.",
        ),
        (
            "More children",
            "each team's gap + children ÷ (limits of the team ÷ its FTE rated): a straight line, no room for bad luck.",
        ),
        (
            "One away",
            "the worst case: the absence that weighs most, the work held within the limit and the room lost. In the rows of \
             several teams, one in each.",
        ),
        ("Who is counted", rated.as_str()),
    ];
    lines::notes(page, "How these figures are reckoned", &lines);
}

/// The teams of the chart: those with the largest gap, and of these the shortest of posts first.
fn charted(directorate: &Directorate) -> Vec<usize> {
    let mut drawn = lines::charted(directorate, |team| Some(net(team)?.abs()));
    drawn.sort_by_key(|at| std::cmp::Reverse(net(&directorate.teams[*at])));
    drawn
}

fn chart(page: &mut Page, directorate: &Directorate, drawn: &[usize], at: CellRef) {
    let columns = [
        Column::new("FTE needed", 0, |line| line.plain(Figure::FteNeeded).look(Look::Decimals)),
        Column::new("Room, below nought", 0, |line| {
            let room = line.of(Figure::FteRoom);
            Cell::counts(format!("=-ROUND({},8)", room.formula), -rounded(room.is, 8)).look(Look::Decimals)
        }),
        Column::new("Net gap in FTE", 0, gap),
    ];
    let ranges = lines::figures_of_chart(page, directorate, drawn, &columns);
    let series = [
        ("FTE needed", "D9534A", Hatch::Strokes),
        ("Room in FTE (downwards)", "CDEBCB", Hatch::Solid),
        ("Net gap", "1F2937", Hatch::Marks),
    ];
    let which = lines::shown_of(drawn.len(), directorate.teams.len(), "with the largest gap");
    let size = lines::chart_size(page, drawn.len());
    page.charts.push(Chart {
        kind: ChartKind::StackedColumns,
        title: format!("FTE needed and room by team{which}"),
        description:
            "FTE needed upwards, FTE of room downwards and the net gap as a mark, by team, the shortest of posts \
                      first; the figures stand at the end of this sheet"
                .into(),
        at,
        size,
        categories: ranges[0].clone(),
        series: lines::series(series, &ranges[1..]),
        axis: "FTE".into(),
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directorate::team_line::WorkerLoad;

    fn team(rated: &[(&str, &str)], headroom: i64) -> TeamLine {
        let load = |(needed, room): &(&str, &str)| WorkerLoad {
            fte_needed: needed.parse().unwrap(),
            fte_room: room.parse().unwrap(),
            ..WorkerLoad::default()
        };
        let loads = rated.iter().map(load).collect();
        TeamLine { loads, headroom_children: headroom.into(), ..TeamLine::default() }
    }

    #[test]
    fn a_gap_is_said_in_words() {
        for (rated, headroom, words) in [
            (&[][..], 0, "not rated by limits"),
            (&[("1.25", "0")], 0, "short of 1.25 FTE"),
            (&[("0.5", "0"), ("0", "0.3")], 6, "short of 0.2 FTE"),
            (&[("0.5", "0"), ("0", "0.5")], 10, "enough if work is shared out"),
            (&[("0", "0"), ("0", "0.05")], 1, "room for 1 child"),
            (&[("0", "0.7")], 14, "room for 14 children"),
            // Foster carers are no children.
            (&[("0", "0.5")], 0, "room of 0.5 FTE"),
            (&[("0", "0")], 0, "in balance"),
        ] {
            assert_eq!(gap_in_words(&team(rated, headroom)), words, "{rated:?}");
        }
    }

    #[test]
    fn a_run_without_teams_says_so() {
        let page = page(&Directorate::default());
        assert!(page.rows.iter().any(|row| row.cells.iter().any(|cell| cell.shown() == "No team was read.")));
        assert!(page.charts.is_empty());
    }

    #[test]
    fn of_many_teams_those_with_the_largest_gap_are_drawn() {
        let rated = |needed: u32| vec![(format!("{needed}"), "0".to_string())];
        let teams = (0..50_u32).map(|at| {
            let rated = rated(at);
            team(&rated.iter().map(|(needed, room)| (needed.as_str(), room.as_str())).collect::<Vec<_>>(), 0)
        });
        let mut directorate = Directorate { teams: teams.collect(), ..Directorate::default() };
        // Nobody is rated there.
        directorate.teams.push(TeamLine::default());
        let drawn = charted(&directorate);
        assert_eq!((drawn.len(), drawn[0], drawn[39]), (40, 49, 10));
    }
}
