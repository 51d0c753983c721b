//! The table of workers: load, figures, utilisation and colour by every limit and benchmark.

use rust_decimal::Decimal;

use crate::book::page::{Cell, EntryKind, EntryRule, Look, column, fixed};
use crate::book::sheet::{Area, CellRef};
use crate::field::figure_key::FigureKey;
use crate::field::rating::{AGREED, Against, Measure, Rag, Rating, Shade, rounded};

use super::super::policy_sheet::PolicySheet;
use super::super::{Listed, wording};
use super::colour::judged;
use super::plan::{Plan, children_listed, counts_children, others};
use super::sheet::{Working, at, family, governing, ratio};

/// Adds the ratings of every worker below the headings.
pub fn add(working: &mut Working, plan: &Plan<'_>) {
    let first = working.page.next();
    for listed in plan.book.workers() {
        worker(working, plan, listed);
    }
    let last = working.page.next() - 1;
    if last >= first {
        working.page.rag_words.push(column(at::RAG, first, last));
        working.page.bars.push(column(at::USED, first, last));
        let area = Area { first: CellRef::new(first, at::LOAD), last: CellRef::new(last, at::FTE) };
        let prompt = "A figure of 0 or more; the colour follows".to_string();
        working.page.entries.push(EntryRule { area, kind: EntryKind::Figure, prompt });
    }
}

fn worker(working: &mut Working, plan: &Plan<'_>, listed: Listed<'_>) {
    let first = working.page.next();
    working.rows.insert(listed.at, first);
    let last = first + (listed.scored.ratings.len() as u32).saturating_sub(1);
    let team = working.teams.entry(listed.at.0).or_insert((first, last));
    team.1 = last;
    for rating in &listed.scored.ratings {
        let row = working.page.next();
        let mut cells = rating_cells(plan, listed, rating, row, first);
        cells.push(if row == first { since_read(listed, first) } else { Cell::default().look(Look::Text) });
        working.page.push(cells);
    }
}

fn rating_cells(plan: &Plan<'_>, listed: Listed<'_>, rating: &Rating, row: u32, first: u32) -> Vec<Cell> {
    let mut cells = vec![
        Cell::text(&listed.team.name).look(Look::Text),
        Cell::text(&listed.worker.who.name).look(Look::Text),
        Cell::text(rating.measure.label()).look(Look::Text),
        Cell::text(rating.unit.label()).look(Look::Text),
        load(plan, listed, rating, row),
    ];
    let nothing = || Cell::text("–").look(Look::Figure);
    match &rating.against {
        Some(against) => {
            cells.extend(full(plan.policy, against, row));
            cells.push(fte(listed, against, row, first));
            cells.extend(scaled(against, row));
        }
        None => cells.extend((0..5).map(|_| nothing())),
    }
    if rating.against.is_some() && rating.load.is_some() && rating.rag != Rag::NotScored {
        cells.push(used(rating, row));
        cells.extend(judged(plan, rating, row));
    } else {
        cells.extend([nothing(), Cell::rag(rating.rag), Cell::text(rating.shade.name()).look(Look::Text)]);
    }
    let policy = if rating.policy == AGREED { "Agreed with the worker" } else { plan.book.title(&rating.policy) };
    cells.push(Cell::text(policy).look(Look::Text));
    cells.push(Cell::text(wording::reason(rating)).look(Look::Text));
    cells
}

/// The load: the sum over the worker's households where it is that, else a figure to change.
///
/// A worker who holds nothing yet has a sum too: theirs is the name that a family is moved to.
fn load(plan: &Plan<'_>, listed: Listed<'_>, rating: &Rating, row: u32) -> Cell {
    let Some(load) = rating.load else { return Cell::text("–").look(Look::Figure) };
    let children = children_listed(&listed) + others(plan.book, &listed).unwrap_or_default();
    let points: Decimal = listed.scored.households.iter().map(|household| household.total).sum();
    let by_matrix = plan.points.as_ref().is_some_and(|points| points.policy.name == rating.policy);
    let summed = match rating.measure {
        Measure::Points if by_matrix && points + listed.scored.duty_points == load => Some(family::TOTAL),
        _ if counts_children(rating) && children == load => Some(family::CHILDREN),
        _ => None,
    };
    let team = listed.at.0;
    match summed.and_then(|of| Some((plan.column(team, family::WORKER)?, plan.column(team, of)?))) {
        Some((workers, figures)) => {
            let name = CellRef::new(row, at::WORKER);
            Cell::counts(format!("=ROUND(SUMPRODUCT(({workers}={name})*1,{figures}),8)"), load)
        }
        None => Cell::number(load).look(Look::Input),
    }
}

/// The full-time figures: those of the sheet "Policy" where they stand there, else figures to change.
fn full(policy: &PolicySheet, against: &Against, row: u32) -> [Cell; 2] {
    let cell = |key: &Option<FigureKey>, value: Decimal| {
        let share = against.share.as_ref().map(|share| (share.percent, policy.cell(&share.key, share.percent)));
        match (key.as_ref().and_then(|key| policy.cell(key, value)), share) {
            (Some(cell), None) => Cell::counts(format!("={cell}"), value),
            (Some(cell), Some((percent, Some(share)))) => Cell::counts(
                format!("=ROUND({cell}*{share}/100,8)"),
                rounded(value * percent / Decimal::ONE_HUNDRED, 8),
            ),
            (None, None) => Cell::number(value).look(Look::Input),
            (_, Some((percent, _))) => {
                Cell::number(rounded(value * percent / Decimal::ONE_HUNDRED, 8)).look(Look::Input)
            }
        }
    };
    let lower = cell(&against.lower_key, against.full_lower);
    let upper = if against.lower_key == against.upper_key && against.full_lower == against.full_upper {
        Cell::counts(format!("={}", CellRef::new(row, at::FULL_LOWER)), against.full_upper)
    } else {
        cell(&against.upper_key, against.full_upper)
    };
    [lower, upper]
}

/// The share of a post, entered once for each worker.
fn fte(listed: Listed<'_>, against: &Against, row: u32, first: u32) -> Cell {
    let Some(share) = against.pro_rata else { return Cell::text("not pro rata").look(Look::Figure) };
    let earlier = listed
        .scored
        .ratings
        .iter()
        .take((row - first) as usize)
        .position(|rating| rating.against.as_ref().is_some_and(|against| against.pro_rata == Some(share)));
    match earlier {
        Some(at) => Cell::counts(format!("={}", CellRef::new(first + at as u32, at::FTE)), share.0),
        None => Cell::number(share.0).look(Look::Input),
    }
}

/// The figures after pro rata; rounding to 8 places takes off what binary floating point adds.
fn scaled(against: &Against, row: u32) -> [Cell; 2] {
    let cell = |full: u32, figure: Decimal| {
        let full = CellRef::new(row, full);
        let share = CellRef::new(row, at::FTE);
        match against.pro_rata {
            Some(_) => Cell::counts(format!("=ROUND({full}*{share},8)"), rounded(figure, 8)),
            None => Cell::counts(format!("={full}"), figure),
        }
    };
    [cell(at::FULL_LOWER, against.lower()), cell(at::FULL_UPPER, against.upper())]
}

fn used(rating: &Rating, row: u32) -> Cell {
    let load = CellRef::new(row, at::LOAD);
    let base = CellRef::new(row, if rating.measure == Measure::CaseCount { at::LOWER } else { at::UPPER });
    let rag = CellRef::new(row, at::RAG);
    let formula =
        format!("=IF({rag}=\"NOT SCORED\",\"–\",IF({base}=0,\"{}\",ROUND({load}/{base},6)))", Shade::NoCasesExpected);
    match ratio(rating) {
        Some(ratio) => Cell::counts(formula, ratio).look(Look::Percent),
        None => Cell::says(formula, Shade::NoCasesExpected.name()).look(Look::Percent),
    }
}

/// Says that a worker has become amber or red by the formulas, for whom no plan was asked.
fn since_read(listed: Listed<'_>, row: u32) -> Cell {
    let ratings = governing(listed).filter(|_| !matches!(listed.scored.rag(), Rag::Red | Rag::Amber));
    let Some((first, last)) = ratings.map(|(first, last)| (row + first as u32, row + last as u32)) else {
        return Cell::default().look(Look::Text);
    };
    let words = format!("{}:{}", fixed(CellRef::new(first, at::RAG)), fixed(CellRef::new(last, at::RAG)));
    let formula = format!(
        "=IF(COUNTIF({words},\"RED\")>0,\"now RED, not in the action plan\",\
         IF(COUNTIF({words},\"AMBER\")>0,\"now AMBER, not in the action plan\",\"\"))"
    );
    Cell::says(formula, "").look(Look::Strong)
}
