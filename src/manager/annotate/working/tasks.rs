//! The part of "Working" that shows each worker's tasks: number × points, travel and duties.

use rust_decimal::Decimal;

use crate::book::page::{Cell, EntryKind, EntryRule, Look};
use crate::book::sheet::{Area, CellRef};
use crate::field::rating::Measure;
use crate::policy::{TaskKind, TaskLoad, TaskPoints};

use super::super::Listed;
use super::plan::Plan;
use super::sheet::{Rated, Working, at};

/// Columns of the table of tasks.
mod of {
    pub const NUMBER: u32 = 4;
    pub const EACH: u32 = 5;
    pub const WRITTEN: u32 = 6;
    pub const TOTAL: u32 = 7;
}

const COLUMNS: u32 = 15;

/// Adds the tasks below what stands on the sheet; the loads in tasks follow them.
///
/// Nothing is added where no chosen policy scores tasks, or no form gives any.
pub fn add(working: &mut Working, plan: &Plan<'_>) {
    let book = plan.book;
    for policy in book.policies.chosen.iter().filter(|policy| policy.tasks.is_some()) {
        let with_form = book.workers().filter(|listed| listed.worker.holds.tasks.is_some());
        let rated: Vec<Rated<'_>> = with_form.filter_map(|listed| Rated::by(policy, Measure::Tasks, listed)).collect();
        if rated.is_empty() {
            continue;
        }
        let page = &mut working.page;
        page.gap();
        page.across(COLUMNS, "Tasks of each worker", Look::Section);
        let about = format!(
            "By {}. Total = number × points for one; where the form gives points of its own, the higher count. Points \
             for one are changed on \"{}\".",
            policy.title, book.names.policy
        );
        page.across(COLUMNS, &about, Look::Muted);
        let heads = [
            "Team",
            "Worker",
            "Task, travel or duty",
            "First cell",
            "Number",
            "Points for one",
            "Points on the form",
            "Total points",
        ];
        page.push(Cell::headings(&heads));
        let first = page.next();
        for rated in rated {
            worker(working, plan, rated);
        }
        let last = working.page.next() - 1;
        let area = Area { first: CellRef::new(first, of::NUMBER), last: CellRef::new(last, of::TOTAL) };
        let prompt = "A figure of 0 or more; points and colour follow".to_string();
        working.page.entries.push(EntryRule { area, kind: EntryKind::Figure, prompt });
    }
}

/// The lines of one worker, and below them the sum that their load refers to.
fn worker(working: &mut Working, plan: &Plan<'_>, rated: Rated<'_>) {
    let listed = rated.listed;
    let Some(form) = &listed.worker.holds.tasks else { return };
    let on = plan.book.policies.as_of;
    let TaskLoad { lines, total } = rated.policy.reckon_tasks(form, &listed.worker.post.duties, on);
    let first = working.page.next();
    for line in &lines {
        let cells = line_cells(plan, listed, line, working.page.next());
        working.page.push(cells);
    }
    let row = working.page.next();
    let mut cells = vec![
        Cell::text(&listed.team.name).look(Look::Text),
        Cell::text(&listed.worker.who.name).look(Look::Text),
        Cell::text("All together").look(Look::Strong),
    ];
    cells.resize(of::TOTAL as usize, Cell::default().look(Look::Text));
    // A line that cannot be told leaves the sum open.
    let sum = total.filter(|_| row > first).map(|total| {
        let span = format!("{}:{}", CellRef::new(first, of::TOTAL), CellRef::new(row - 1, of::TOTAL));
        Cell::counts(format!("=ROUND(SUM({span}),8)"), total).look(Look::StrongFigure)
    });
    let summed = sum.is_some();
    cells.push(sum.unwrap_or_else(|| Cell::text("–").look(Look::Figure)));
    working.page.push(cells);
    let load = rated.rating().load;
    if let (true, Some(load), true) = (summed, load, load == total) {
        let of_rating = working.row(listed.at, rated.at);
        working.put(of_rating, at::LOAD, Cell::counts(format!("={}", CellRef::new(row, of::TOTAL)), load));
    }
}

fn line_cells(plan: &Plan<'_>, listed: Listed<'_>, line: &TaskPoints<'_>, row: u32) -> Vec<Cell> {
    let here = |column: u32| CellRef::new(row, column);
    // Forms set a mark in front of each line.
    let what = match (line.kind, line.label.trim_start_matches(|c: char| !c.is_alphanumeric())) {
        (TaskKind::Task, "") => "task without a name".to_string(),
        (TaskKind::Task, label) => label.to_string(),
        (TaskKind::Travel, label) => format!("Travel: {label}"),
        (TaskKind::Duty, "") => "Duty".to_string(),
        (TaskKind::Duty, label) => format!("Duty: {label}"),
    };
    let input = |figure: Option<Decimal>| match figure {
        Some(figure) => Cell::number(figure).look(Look::Input),
        None => Cell::default().look(Look::Input),
    };
    let each = match &line.each {
        Some((key, points)) => match plan.policy.cell(key, *points) {
            Some(cell) => Cell::counts(format!("={cell}"), *points).look(Look::Figure),
            None => Cell::number(*points).look(Look::Input),
        },
        None => input(None),
    };
    let total = match line.total {
        Some(total) => {
            let (number, each, written) = (here(of::NUMBER), here(of::EACH), here(of::WRITTEN));
            Cell::counts(format!("=ROUND(MAX({number}*{each},{written}),8)"), total.normalize())
                .look(Look::StrongFigure)
        }
        None => Cell::text("–").look(Look::Figure),
    };
    let place = line.place;
    let cell = if place.sheet == crate::field::caseload::ELSEWHERE {
        Cell::text("roster").look(Look::Text)
    } else {
        Cell::link(place.cell.to_string(), plan.book.caseload.sheet_name(place), place.cell)
    };
    vec![
        Cell::text(&listed.team.name).look(Look::Text),
        Cell::text(&listed.worker.who.name).look(Look::Text),
        Cell::text(what).look(Look::Text),
        cell,
        input(line.number),
        each,
        input(line.written.map(|(points, _)| points)),
        total,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::page::{Content, Page};
    use crate::judge::score::score;
    use crate::manager::annotate::{Book, pages};
    use crate::manager::sheet_names::SheetNames;
    use crate::policy::Policies;
    use crate::testing::{policies_named, understood};

    const FORM: &str = "
        Worker: Ada Heron | Stage: 3+ years
        Task or piece of work | Number in current caseload | Points
        Home visits | 12 | 14
        Care plans | 3 |
        Transport | 2 | 4
        Additional duties | | Additional points
        Panel member | |
    ";

    fn working(text: &str, policies: &Policies) -> Page {
        let caseload = understood(text);
        let scored = score(&caseload, policies);
        let book = Book {
            file: "book.xlsx",
            caseload: &caseload,
            scored: &scored,
            findings: &[],
            plan: &Default::default(),
            policies,
            names: &SheetNames::default(),
            copy_of_values: false,
            renamed: &[],
        };
        pages(&book).remove(2)
    }

    fn rows<'a>(page: &'a Page, third: &str) -> Vec<(u32, &'a [Cell])> {
        let rows = page.rows.iter().enumerate().map(|(at, row)| (at as u32, row.cells.as_slice()));
        rows.filter(|(_, cells)| cells.get(2).is_some_and(|cell| cell.shown() == third)).collect()
    }

    fn formula(cell: &Cell) -> &str {
        match &cell.content {
            Content::Formula(formula, _) => formula,
            _ => "",
        }
    }

    #[test]
    fn the_load_follows_number_times_the_points_of_the_policy_sheet() {
        let page = working(FORM, &policies_named(&["task-force-tasks"]));
        let (row, sum) = rows(&page, "All together")[0];
        // 14 of the form's own, 3 × 2, 4 as written, and one duty at 5.
        assert_eq!(sum[of::TOTAL as usize].figure(), Some(Decimal::from(29)));
        let (_, rating) = rows(&page, "Tasks")[0];
        assert_eq!(formula(&rating[at::LOAD as usize]), format!("={}", CellRef::new(row, of::TOTAL)));
        let (_, plans) = rows(&page, "Care plans")[0];
        assert!(formula(&plans[of::EACH as usize]).contains("Policy"));
        assert_eq!(plans[of::NUMBER as usize].look, Look::Input);
        assert_eq!(rows(&page, "Duty: Panel member").len(), 1);
    }

    #[test]
    fn what_cannot_be_told_leaves_the_sum_open() {
        let page = working(&FORM.replace("| 2 | 4", "| 2 |"), &policies_named(&["task-force-tasks"]));
        assert_eq!(rows(&page, "All together")[0].1[of::TOTAL as usize].shown(), "–");
        assert_eq!(rows(&page, "Tasks")[0].1[at::LOAD as usize].shown(), "–");
    }

    #[test]
    fn without_a_policy_for_tasks_there_is_no_such_part() {
        let page = working(FORM, &crate::testing::policies());
        assert!(rows(&page, "All together").is_empty());
    }
}
