//! The sheet "Working": every worker's limits and every household's points, as formulas that follow a change.

mod colour;
mod households;
mod plan;
mod ratings;
mod sheet;
mod tasks;
mod time;

use std::collections::BTreeMap;

use crate::book::page::{Cell, Look, Page};
use crate::book::sheet::CellRef;

use super::Book;
use super::policy_sheet::PolicySheet;
use plan::Plan;
use sheet::COLUMNS;

pub use sheet::{Working, at, block, governing, ratio, worst};

/// Before the number of children that would otherwise vanish from every load.
const BESIDE_NOBODY: &str = "Children beside a name that is nobody of their team, who count for nobody: ";

/// Builds the sheet.
pub fn page(book: &Book<'_>, policy: &PolicySheet) -> Working {
    let widths = [18, 20, 14, 12, 9, 10, 12, 14, 10, 11, 12, 12, 12, 24, 30, 12];
    let mut page = Page::new(&book.names.working, "3F7F93", &widths);
    page.across(COLUMNS, "Working: how every figure comes about", Look::Title);
    let about = format!(
        "Figures in blue boxes can be changed; loads, utilisation and colours here, on \"{}\" and on \"{}\" follow. \
         Figures of policy are changed on \"{}\". To move a family, change the worker's name beside it to that of a \
         colleague of the same team. Reasons in words, and who is over in words, are as read and do not follow; nor does a worker who is not \
         scored, for want of a figure that the caseload has to give. Changes here show what would follow: the next run \
         reads the caseload and not this sheet.",
        book.names.summary, book.names.action_plan, book.names.policy
    );
    page.across(COLUMNS, &about, Look::Muted);
    // What the next row says is known when the families have their rows.
    page.gap();
    page.across(COLUMNS, "Workers against limits and benchmarks", Look::Section);
    let heads = [
        "Team",
        "Worker",
        "Measure",
        "Counted in",
        "Load",
        "Full time: lower",
        "Full time: upper",
        "FTE",
        "Lower for this worker",
        "Upper for this worker",
        "Utilisation",
        "RAG",
        "Standing",
        "Policy",
        "Reason, as read",
        "Since read",
    ];
    let head = page.push(Cell::headings(&heads));
    // The headings of the workers, kept in sight, would stand over the figures of the tables below.
    page.freeze = Some(CellRef::new(0, 2));
    page.repeat = Some((head, head));

    let plan = Plan::new(book, policy, head + 1);
    let (rows, teams) = (BTreeMap::new(), BTreeMap::new());
    let mut working = Working { page, rows, teams, households: None, households_of: plan.households.clone() };
    ratings::add(&mut working, &plan);
    households::add(&mut working, &plan);
    tasks::add(&mut working, &plan);
    time::add(&mut working, &plan);
    if let Some(count) = working.beside_nobody(book, None) {
        let check = Cell::says(format!("=\"{BESIDE_NOBODY}\"&{count}"), format!("{BESIDE_NOBODY}0"));
        working.page.rows[head as usize - 2].cells.push(check.look(Look::Prose));
        working.page.spread(head - 2, 0, COLUMNS - 1, Look::Prose);
        working.page.fit(head - 2, &[(BESIDE_NOBODY, 200)]);
    }
    working
}

#[cfg(test)]
mod tests {
    use super::sheet::family;
    use super::*;
    use crate::book::page::Content;
    use crate::manager::annotate::trial;
    use crate::manager::sheet_names::SheetNames;
    use rust_decimal::Decimal;

    fn row<'a>(page: &'a Page, worker: &str, measure: &str) -> &'a [Cell] {
        let fits = |cells: &[Cell]| cells.len() > 2 && cells[1].shown() == worker && cells[2].shown() == measure;
        page.rows.iter().map(|row| row.cells.as_slice()).find(|cells| fits(cells)).unwrap_or_default()
    }

    fn formula(cell: &Cell) -> &str {
        match &cell.content {
            Content::Formula(formula, _) => formula,
            _ => "",
        }
    }

    #[test]
    fn limits_are_taken_from_the_policy_sheet_whatever_it_is_called() {
        let mut trial = trial::team();
        trial.names = SheetNames::beside(["Policy", "Working"]);
        let pages = trial.pages();
        let ada = row(&pages[2], "Ada Field", "Limit");
        assert!(formula(&ada[at::FULL_UPPER as usize]).starts_with("='Policy (2)'!$C$"));
        let cat = row(&pages[2], "Cat O'Neil, a practitioner with a long name", "Limit");
        assert!(
            formula(&cat[at::FULL_LOWER as usize]).starts_with("='Policy (2)'!$B$"),
            "an agreed limit stands there too"
        );
        let summary = pages[0].rows.iter().flat_map(|row| &row.cells).map(formula).collect::<String>();
        assert!(summary.contains("'Working (2)'!") && !summary.contains("'Working'!"));
    }

    #[test]
    fn an_exact_load_stays_exact() {
        let trial = trial::team();
        let pages = trial.pages();
        let ben = row(&pages[2], "Ben Hill", "Limit");
        assert_eq!(ben[at::USED as usize].figure(), Some(Decimal::ONE));
        assert_eq!(ben[at::RAG as usize].shown(), "GREEN");
        assert!(formula(&ben[at::UPPER as usize]).starts_with("=ROUND("));
    }

    #[test]
    fn nothing_expected_and_not_scored_are_said() {
        let trial = trial::team();
        let pages = trial.pages();
        assert_eq!(row(&pages[2], "Eve Deputy", "Limit")[at::USED as usize].shown(), "no cases expected");
        let dan = row(&pages[2], "Dan \"=Moss\" * ?", "Limit");
        assert_eq!(dan[at::RAG as usize].shown(), "NOT SCORED");
        assert!(dan.iter().any(|cell| cell.shown().contains("H63")));
    }

    #[test]
    fn an_assumed_level_is_marked_and_can_be_changed() {
        let trial = trial::team();
        let pages = trial.pages();
        let assumed = pages[2].rows.iter().find(|row| row.cells.iter().any(|cell| cell.shown() == "assumed"));
        let cells = &assumed.expect("Cat's family").cells;
        assert_eq!(cells[family::LEVEL as usize].look, Look::Input);
        assert!(formula(&cells[family::TOTAL as usize]).starts_with("=ROUND("));
    }
}
