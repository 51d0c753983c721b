//! The table of households: what each adds to the load of its worker, in children and in points.

use rust_decimal::Decimal;

use crate::book::annotation::Tone;
use crate::book::page::{Cell, EntryKind, EntryRule, Look, fixed};
use crate::book::sheet::{Area, CellRef};
use crate::field::rating::{HouseholdPoints, Rag};
use crate::policy::{FigureOf, figure_ids};

use super::super::Listed;
use super::plan::{Plan, flag, others};
use super::sheet::{COLUMNS, NOBODY, Working, at, family};

/// Beside a family with a word, or nothing, where a figure belongs.
const NO_FIGURE: &str = "a figure is missing";
/// Beside a family of a worker whose load nothing judges.
const UNSCORED: &str = "this worker is not scored";

/// Added where loads do not follow their families.
const TOO_LONG: &str =
    " Loads of a team with more than 4,000 rows here are figures above and do not follow a change here.";

/// Adds the households below what stands on the sheet, on the rows that the plan has for them.
pub fn add(working: &mut Working, plan: &Plan<'_>) {
    working.page.gap();
    working.page.across(COLUMNS, "Points of each household", Look::Section);
    let about = match &plan.points {
        Some(points) if !plan.households.is_empty() => format!(
            "By {}. Total = children × base + status + care proceedings + intervention + additional; status and care \
             proceedings are 1 for yes and 0 for no, and are multiplied by their points on \"{}\".{}",
            points.policy.title,
            plan.book.names.policy,
            if plan.any_too_long() { TOO_LONG } else { "" }
        ),
        _ => "No household is scored in points; the reasons stand above.".to_string(),
    };
    // The plan counts on these three rows.
    working.page.across(COLUMNS, &about, Look::Muted);
    if plan.households.is_empty() {
        return;
    }
    let heads = [
        "Team",
        "Worker",
        "Household",
        "First cell",
        "Children",
        "Status (CP, in care, private)",
        "Care proceedings",
        "Intervention",
        "Assumed",
        "Additional",
        "Total points",
        "Check",
    ];
    let head = working.page.push(Cell::headings(&heads));
    // The longer of the two tables has the headings of every printed page, and the buttons. Sorting the other
    // would put one worker's figures where sheets name another's.
    working.page.repeat = Some((head, head));
    let first = working.page.next();
    for listed in plan.book.workers() {
        for household in &listed.scored.households {
            let mut cells = household_cells(plan, listed, household, working.page.next());
            cells.push(check(working, plan, listed, true));
            working.page.push(cells);
        }
        if let Some(children) = others(plan.book, &listed) {
            let mut cells = other_cells(listed, children);
            cells.push(check(working, plan, listed, false));
            working.page.push(cells);
        }
        if !listed.scored.duty_points.is_zero() {
            let cells = duty_cells(plan, listed);
            working.page.push(cells);
        }
    }
    let last = working.page.next() - 1;
    working.page.filter = Some(Area { first: CellRef::new(head, 0), last: CellRef::new(last, family::CHECK) });
    working.households = Some((first, last));
    let area = Area { first: CellRef::new(first, family::CHILDREN), last: CellRef::new(last, family::TOTAL) };
    let prompt = "A figure of 0 or more; points and colour follow".to_string();
    working.page.entries.push(EntryRule { area, kind: EntryKind::Figure, prompt });
}

/// Says where a family would be counted for nobody, or against the load.
fn check(working: &Working, plan: &Plan<'_>, listed: Listed<'_>, of_household: bool) -> Cell {
    let team = listed.at.0;
    let Some((first, last)) = working.team(team).filter(|_| plan.column(team, family::WORKER).is_some()) else {
        return Cell::default().look(Look::Text);
    };
    let row = working.page.next();
    let here = |column: u32| CellRef::new(row, column);
    let block = |column: u32| format!("{}:{}", fixed(CellRef::new(first, column)), fixed(CellRef::new(last, column)));
    let (names, words) = (block(at::WORKER), block(at::RAG));
    let figures = format!(
        "{}:{},{},{}",
        here(family::CHILDREN),
        here(family::CARE),
        here(family::LEVEL),
        here(family::ADDITIONAL)
    );
    // A line of duties has its points alone, and one of children not scored in points their number.
    let alone = format!("{},{}", here(family::CHILDREN), here(family::TOTAL));
    let (figures, least) = if of_household { (figures, 5) } else { (alone, 1) };
    let formula = format!(
        "=IF(SUMPRODUCT(({names}={name})*1)=0,\"{NOBODY}\",IF(COUNT({figures})<{least},\"{NO_FIGURE}\",\
         IF(MIN({figures})<0,\"a figure below 0\",\
         IF(SUMPRODUCT(({names}={name})*({words}<>\"{}\"))=0,\"{UNSCORED}\",\"\"))))",
        Rag::NotScored.word(),
        name = here(family::WORKER),
    );
    let unscored = listed.scored.ratings.iter().all(|rating| rating.rag == Rag::NotScored);
    Cell::says(formula, if unscored { UNSCORED } else { "" }).look(Look::Strong)
}

fn household_cells(plan: &Plan<'_>, listed: Listed<'_>, household: &HouseholdPoints, row: u32) -> Vec<Cell> {
    let here = |column: u32| CellRef::new(row, column).to_string();
    let total = match &plan.points {
        Some(points) if points.total(household) == household.total => {
            let [base, status, care] = &points.figures;
            let formula = format!(
                "=ROUND({}*{}+{}*{}+{}*{}+{}+{},8)",
                here(family::CHILDREN),
                base.1,
                here(family::STATUS),
                status.1,
                here(family::CARE),
                care.1,
                here(family::LEVEL),
                here(family::ADDITIONAL)
            );
            Cell::counts(formula, household.total)
        }
        _ => Cell::number(household.total),
    };
    let sheet = plan.book.caseload.sheet_name(household.place);
    let assumed = if household.intervention_assumed { "assumed" } else { "" };
    vec![
        Cell::text(&listed.team.name).look(Look::Text),
        Cell::text(&listed.worker.who.name).look(Look::InputText),
        Cell::text(&household.name).look(Look::Text),
        Cell::link(household.place.cell.to_string(), sheet, household.place.cell),
        Cell::number(Decimal::from(household.children)).look(Look::Input),
        Cell::number(household.status).look(Look::Input),
        Cell::number(flag(household.care_proceedings)).look(Look::Input),
        Cell::number(household.intervention).look(Look::Input),
        if assumed.is_empty() {
            Cell::default().look(Look::Text)
        } else {
            Cell::text(assumed).look(Look::Text).tone(Tone::Warning)
        },
        Cell::number(household.additional).look(Look::Input),
        total.look(Look::StrongFigure),
    ]
}

/// The children of a worker who are in no household of the list.
fn other_cells(listed: Listed<'_>, children: Decimal) -> Vec<Cell> {
    let mut cells = vec![
        Cell::text(&listed.team.name).look(Look::Text),
        Cell::text(&listed.worker.who.name).look(Look::Text),
        Cell::text("Children not scored in points").look(Look::Text),
        Cell::default().look(Look::Text),
        Cell::number(children).look(Look::Input),
    ];
    cells.resize(family::CHECK as usize, Cell::default().look(Look::Text));
    cells
}

fn duty_cells(plan: &Plan<'_>, listed: Listed<'_>) -> Vec<Cell> {
    let duties = listed.worker.post.duties.given();
    let what = duties.map(|duties| duties.what.as_str()).filter(|what| !what.is_empty()).unwrap_or("other duties");
    let points = listed.scored.duty_points;
    // The policy's figure is referred to where no figure of the worker's own is given.
    let usual =
        plan.points.as_ref().filter(|_| duties.is_some_and(|duties| duties.points.is_none())).and_then(|cells| {
            let figure = cells.policy.figure(figure_ids::POINTS_DUTY, plan.book.policies.as_of)?;
            plan.policy.cell(&cells.policy.key(FigureOf::Figure(figure)), points)
        });
    let total = match usual {
        Some(cell) => Cell::counts(format!("={cell}"), points).look(Look::StrongFigure),
        None => Cell::number(points).look(Look::Input),
    };
    let mut cells = vec![
        Cell::text(&listed.team.name).look(Look::Text),
        Cell::text(&listed.worker.who.name).look(Look::Text),
        Cell::text(format!("Beside cases: {what}")).look(Look::Text),
    ];
    cells.resize(family::TOTAL as usize, Cell::default().look(Look::Text));
    cells.push(total);
    cells
}
