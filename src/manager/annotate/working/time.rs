//! The part of "Working" that shows each worker's hours: what is taken off, cases, and what is left.

use rust_decimal::Decimal;

use crate::book::annotation::Tone;
use crate::book::page::{Cell, EntryKind, EntryRule, Look};
use crate::book::sheet::{Area, CellRef};
use crate::field::rating::{Hours, HoursAvailable, HoursLine, Measure, rounded};
use crate::policy::{FigureOf, Policy, figure_ids};

use super::super::Listed;
use super::plan::Plan;
use super::sheet::{Rated, Working, at};

/// Columns of the table of hours.
mod of {
    pub const HOURS: u32 = 4;
    #[cfg(test)]
    pub const ASSUMED: u32 = 5;
}

const COLUMNS: u32 = 15;

/// Adds the hours below what stands on the sheet; the loads in hours follow them.
///
/// Nothing is added where no chosen policy scores hours, or no form gives any.
pub fn add<'a>(working: &mut Working, plan: &Plan<'a>) {
    let book = plan.book;
    for policy in book.policies.chosen.iter().filter(|policy| policy.time.is_some()) {
        let rated = book.workers().filter_map(|listed| Rated::by(policy, Measure::Time, listed));
        let hours = |rated: &Rated<'a>| rated.listed.scored.hours.as_ref().filter(|hours| hours.policy == policy.name);
        let rated: Vec<_> = rated.filter_map(|rated| Some((rated, hours(&rated)?))).collect();
        if rated.is_empty() {
            continue;
        }
        let page = &mut working.page;
        page.gap();
        page.across(COLUMNS, "Hours of each worker", Look::Section);
        let about = format!(
            "By {}. Required = what is taken off + case work; surplus = available − required. Lines marked as assumed \
             are blank on the form.",
            policy.title
        );
        page.across(COLUMNS, &about, Look::Muted);
        page.push(Cell::headings(&["Team", "Worker", "Hours for", "First cell", "Hours", "Assumed"]));
        let first = page.next();
        for (rated, hours) in rated {
            worker(working, plan, rated, hours);
        }
        let last = working.page.next() - 1;
        let area = Area { first: CellRef::new(first, of::HOURS), last: CellRef::new(last, of::HOURS) };
        let prompt = "Hours of 0 or more; the colour follows".to_string();
        working.page.entries.push(EntryRule { area, kind: EntryKind::Figure, prompt });
    }
}

/// The lines of one worker, and below them the sums that their rating refers to.
fn worker(working: &mut Working, plan: &Plan<'_>, rated: Rated<'_>, hours: &Hours) {
    let listed = rated.listed;
    let row = working.row(listed.at, rated.at);
    let sub_total = block(working, plan, listed, &hours.items, ("Sub-total", hours.sub_total()));
    let case_work = block(working, plan, listed, &hours.cases, ("Case work", hours.case_work()));
    let reckoned = match hours.available {
        HoursAvailable::Written(hours) => Cell::number(hours).look(Look::Input),
        HoursAvailable::Reckoned { .. } => {
            let upper = CellRef::new(row, at::UPPER);
            Cell::counts(format!("=IF(COUNT({upper})=0,\"–\",{upper})"), rounded(hours.available(), 8))
                .look(Look::Figure)
        }
    };
    let required = sum(working, listed, "Required", both(sub_total, case_work, '+'), hours.required());
    let available = line(working, listed, "Available", reckoned);
    let surplus = sum(working, listed, "Surplus", both(available, required, '-'), hours.surplus());
    let ratio = (!hours.available().is_zero()).then(|| rounded(hours.surplus() / hours.available(), 6));
    let formula =
        format!("=IF(COUNT({available},{surplus})<2,\"–\",IF({available}=0,\"–\",ROUND({surplus}/{available},6)))");
    let percent = match ratio {
        Some(ratio) => Cell::counts(formula, ratio),
        None => Cell::says(formula, "–"),
    };
    line(working, listed, "Surplus, percent of the hours available", percent.look(Look::Percent));

    let full = rated.rating().against.as_ref().map(|against| against.full_lower);
    if let Some(load) = rated.rating().load.filter(|load| *load == hours.required()) {
        working.put(row, at::LOAD, Cell::counts(format!("={required}"), load));
    }
    match (&hours.available, full) {
        (HoursAvailable::Written(written), Some(full)) if *written == full => {
            let formula = format!("=IF(COUNT({available})=0,\"–\",{available})");
            working.put(row, at::FULL_LOWER, Cell::counts(formula, full));
        }
        (HoursAvailable::Reckoned { week, weeks, .. }, Some(full)) => {
            if let Some(formula) = full_time(plan, rated.policy, *week, *weeks) {
                working.put(row, at::FULL_LOWER, Cell::counts(formula, full));
            }
        }
        _ => {}
    }
}

/// Lines of hours with their sum below; the cell of the sum.
fn block(
    working: &mut Working,
    plan: &Plan<'_>,
    listed: Listed<'_>,
    lines: &[HoursLine],
    (what, total): (&str, Decimal),
) -> CellRef {
    let first = working.page.next();
    for line in lines {
        let mut cells = vec![
            Cell::text(&listed.team.name).look(Look::Text),
            Cell::text(&listed.worker.who.name).look(Look::Text),
            Cell::text(shown(&line.label)).look(Look::Text),
            match line.place {
                Some(place) => Cell::link(place.cell.to_string(), plan.book.caseload.sheet_name(place), place.cell),
                None => Cell::default().look(Look::Text),
            },
            Cell::number(line.hours).look(Look::Input),
        ];
        if line.assumed.is_some() {
            cells.push(Cell::text("assumed").look(Look::Text).tone(Tone::Warning));
        }
        working.page.push(cells);
    }
    if lines.is_empty() {
        return line(working, listed, what, Cell::number(total).look(Look::Input));
    }
    let span =
        format!("{}:{}", CellRef::new(first, of::HOURS), CellRef::new(first + lines.len() as u32 - 1, of::HOURS));
    // A line that is emptied, or below nought, leaves the sum open: it must not come out green.
    let formula = format!("=IF(COUNT({span})<{},\"–\",IF(MIN({span})<0,\"–\",ROUND(SUM({span}),8)))", lines.len());
    sum(working, listed, what, formula, total)
}

fn sum(working: &mut Working, listed: Listed<'_>, what: &str, formula: String, total: Decimal) -> CellRef {
    line(working, listed, what, Cell::counts(formula, rounded(total, 8)).look(Look::StrongFigure))
}

/// A line of its own, without a cell on the form; the cell of its figure.
fn line(working: &mut Working, listed: Listed<'_>, what: &str, figure: Cell) -> CellRef {
    let row = working.page.next();
    working.page.push(vec![
        Cell::text(&listed.team.name).look(Look::Text),
        Cell::text(&listed.worker.who.name).look(Look::Text),
        Cell::text(what).look(Look::Strong),
        Cell::default().look(Look::Text),
        figure,
    ]);
    CellRef::new(row, of::HOURS)
}

/// Two figures taken together; open where one of them is.
fn both(first: CellRef, second: CellRef, sign: char) -> String {
    format!("=IF(COUNT({first},{second})<2,\"–\",ROUND({first}{sign}{second},8))")
}

/// The hours of the period at full time, by the figures of the sheet "Policy".
fn full_time(plan: &Plan<'_>, policy: &Policy, week: Decimal, weeks: Decimal) -> Option<String> {
    let cell = |id: &str, value: Decimal| {
        let stands = |of: &Policy| {
            let figure = of.figure(id, plan.book.policies.as_of)?;
            plan.policy.cell(&of.key(FigureOf::Figure(figure)), value)
        };
        stands(policy).or_else(|| stands(&plan.book.policies.practice))
    };
    Some(format!("=ROUND({}*{},8)", cell(figure_ids::WEEK, week)?, cell(figure_ids::TIME_WEEKS, weeks)?))
}

/// A label without the marks that forms set in front of each line.
fn shown(label: &str) -> &str {
    match label.trim_start_matches(|c: char| !c.is_alphanumeric()) {
        "" => "case without a name",
        label => label,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::page::{Content, Page};
    use crate::judge::score::score;
    use crate::manager::annotate::{Book, pages};
    use crate::manager::sheet_names::SheetNames;
    use crate::testing::{policies_named, understood};

    const FORM: &str = "
        Worker | Ada Heron
        Experience | 3+ years
        FTE | 0.5
        Total time available | 148
        Annual leave | -7.4
        Supervision |
        CPD | -15
        • Case A | -60
        Case B | -20
        Total time required | 105.4
    ";

    fn working(text: &str, policies: &[&str]) -> Page {
        let caseload = understood(text);
        let policies = policies_named(policies);
        let scored = score(&caseload, &policies);
        let book = Book {
            file: "book.xlsx",
            caseload: &caseload,
            scored: &scored,
            findings: &[],
            plan: &Default::default(),
            policies: &policies,
            names: &SheetNames::default(),
            copy_of_values: false,
            renamed: &[],
        };
        pages(&book).remove(2)
    }

    fn find<'a>(page: &'a Page, third: &str) -> Option<(u32, &'a [Cell])> {
        let rows = page.rows.iter().enumerate().map(|(at, row)| (at as u32, row.cells.as_slice()));
        rows.into_iter().find(|(_, cells)| cells.get(2).is_some_and(|cell| cell.shown() == third))
    }

    fn formula(cell: &Cell) -> &str {
        match &cell.content {
            Content::Formula(formula, _) => formula,
            _ => "",
        }
    }

    #[test]
    fn the_rating_follows_the_lines() {
        let page = working(FORM, &["task-force-time"]);
        let figure = |what: &str| find(&page, what).unwrap().1[of::HOURS as usize].figure().unwrap().to_string();
        let told = ["Sub-total", "Case work", "Required", "Available", "Surplus"].map(figure);
        assert_eq!(told, ["25.4", "80", "105.4", "148", "42.6"]);
        let (_, rating) = find(&page, "Time").unwrap();
        let (required, _) = find(&page, "Required").unwrap();
        assert_eq!(formula(&rating[at::LOAD as usize]), format!("={}", CellRef::new(required, of::HOURS)));
        let (available, cells) = find(&page, "Available").unwrap();
        assert_eq!(cells[of::HOURS as usize].look, Look::Input);
        let there = CellRef::new(available, of::HOURS).to_string();
        assert!(formula(&rating[at::FULL_LOWER as usize]).contains(&there));
        let (_, supervision) = find(&page, "supervision").unwrap();
        assert_eq!(
            (supervision[of::HOURS as usize].look, supervision[of::ASSUMED as usize].shown()),
            (Look::Input, "assumed")
        );
        assert!(find(&page, "Case A").is_some(), "without the mark of the list");
    }

    #[test]
    fn hours_available_that_are_reckoned_follow_the_policy() {
        let page = working(&FORM.replace("available | 148", "available |"), &["task-force-time"]);
        let (_, rating) = find(&page, "Time").unwrap();
        let full = &rating[at::FULL_LOWER as usize];
        assert_eq!((full.figure(), formula(full).matches("Policy").count()), (Some(Decimal::from(148)), 2));
        assert_eq!(find(&page, "Available").unwrap().1[of::HOURS as usize].figure(), Some(Decimal::from(74)));
    }

    #[test]
    fn hours_that_are_not_scored_are_not_shown() {
        assert!(find(&working(FORM, &["redcar-2020"]), "Required").is_none());
        let unread = FORM.replace("Case B | -20", "Case B | two days?");
        assert!(find(&working(&unread, &["task-force-time"]), "Required").is_none());
    }
}
