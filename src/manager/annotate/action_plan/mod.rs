//! The sheet "Action plan": the amber and red workers, with cells to fill in and what was filled in before.

mod carried;
mod row;

use std::collections::BTreeMap;

use crate::book::page::{Cell, EntryKind, EntryRule, Look, Page, column, span};
use crate::book::sheet::{Area, CellRef};
use crate::field::finding::Finding;
use crate::field::plan::{self, Planned, STATES};
use crate::field::rating::{Rag, Rating};

use super::policy_sheet::PolicySheet;
use super::working::Working;
use super::{Book, Listed};
use carried::{Carried, asides, closed, filled};
use row::{Figures, line};

const COLUMNS: u32 = plan::HEADINGS.len() as u32;
const RAG: u32 = plan::at::RAG as u32;

/// Actions that the Task Force annex and the Redcar & Cleveland guidance name; managers may add their own.
const ACTIONS: &[&str] = &[
    "De-prioritise tasks",
    "Remove tasks",
    "Transfer case",
    "Close or step down case",
    "Co-work",
    "No new allocations for now",
    "Additional support",
    "Administrative support",
    "Agency or additional staff",
    "Weekly workload management meeting",
    "Escalate to senior management",
    "Agree a reasonable adjustment",
];

/// Builds the sheet.
pub fn page(book: &Book<'_>, policy: &PolicySheet, working: &Working) -> Page {
    let widths = [15, 17, 12, 7, 8, 13, 12, 32, 28, 21, 12, 11, 14, 12, 13];
    let mut page = Page::new(&book.names.action_plan, "D98A1F", &widths);
    page.across(COLUMNS, plan::TITLE, Look::Title);
    page.across(COLUMNS, plan::ABOUT, Look::Muted);
    match working.not_planned(book) {
        Some(count) => {
            let formula = format!("=\"{}\"&{count}", plan::NOT_PLANNED);
            let row = page.push(vec![Cell::says(formula, format!("{}0", plan::NOT_PLANNED)).look(Look::Prose)]);
            page.spread(row, 0, COLUMNS - 1, Look::Prose);
            page.fit(row, &[(plan::NOT_PLANNED, 200)]);
        }
        None => page.gap(),
    }
    let head = page.push(Cell::headings(&plan::HEADINGS));
    page.freeze = Some(CellRef::new(head + 1, 2));
    page.repeat = Some((head, head));

    let mut all: Vec<(Listed<'_>, usize, &Rating)> = book
        .workers()
        .filter(|listed| matches!(listed.scored.rag(), Rag::Red | Rag::Amber))
        .filter_map(|listed| governing(listed).map(|(at, rating)| (listed, at, rating)))
        .collect();
    all.sort_by_key(|(listed, _, rating)| (rating.rag, std::cmp::Reverse(rating.utilisation()), listed.at));
    let carried = Carried::new(book, &all);
    let mut told: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in book.findings {
        if let Some(worker) = &finding.worker {
            told.entry(worker).or_default().push(finding);
        }
    }
    for (listed, at, rating) in &all {
        let told = told.get(listed.worker.who.name.as_str()).map_or(&[][..], Vec::as_slice);
        let figures = Figures { book, working, listed: *listed, at: *at, rating };
        let mut add = |planned: Option<&Planned>| {
            let cells = line(policy, &figures, page.next(), told);
            page.push(planned.map_or_else(|| cells.clone(), |planned| filled(cells.clone(), planned)));
        };
        match carried.open.get(&listed.at) {
            Some(planned) => planned.iter().for_each(|planned| add(Some(planned))),
            None => add(None),
        }
    }
    if all.is_empty() {
        let all_scored = book.workers().all(|listed| listed.scored.rag() != Rag::NotScored);
        page.across(COLUMNS, if all_scored { plan::NOBODY } else { plan::NOBODY_KNOWN }, Look::Prose);
    }
    let rows = (!all.is_empty()).then(|| (head + 1, page.next() - 1));
    if let Some((first, last)) = rows {
        page.rag_words.push(column(RAG, first, last));
        page.bars.push(column(5, first, last));
        page.filter = Some(Area { first: CellRef::new(head, 0), last: CellRef::new(last, COLUMNS - 1) });
    }
    closed(book, &mut page, working, &carried.closed);
    asides(&mut page, &book.plan.asides);
    lists(book, &mut page, rows);
    page
}

/// The rating that gives a worker their colour, and its position.
fn governing(listed: Listed<'_>) -> Option<(usize, &Rating)> {
    let at = listed.scored.ratings.iter().position(|rating| rating.governs)?;
    Some((at, &listed.scored.ratings[at]))
}

/// The words offered, in cells below the table so that managers can add theirs, and the checks of dates.
fn lists(book: &Book<'_>, page: &mut Page, rows: Option<(u32, u32)>) {
    let ours = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
    let kept = |theirs: &[String], words: &[&str]| if theirs.is_empty() { ours(words) } else { theirs.to_vec() };
    let (actions, states) = (kept(&book.plan.actions, ACTIONS), kept(&book.plan.states, STATES));
    if rows.is_none() && actions == ours(ACTIONS) && states == ours(STATES) {
        return;
    }
    page.gap();
    page.across(COLUMNS, plan::WORDS, Look::Section);
    let first = page.next();
    for at in 0..actions.len().max(states.len()) {
        let cell = |words: &[String]| match words.get(at) {
            Some(word) => Cell::text(word).look(Look::InputText),
            None => Cell::default(),
        };
        let mut cells = vec![Cell::default(); plan::at::ACTION];
        cells.push(cell(&actions));
        cells.resize(plan::at::STATUS, Cell::default());
        cells.push(cell(&states));
        page.push(cells);
    }
    let Some((top, bottom)) = rows else { return };
    let words = |of: u32, words: &[String]| {
        let area = column(of, first, first + words.len() as u32 - 1);
        EntryKind::WordsIn(format!("={}", span(&book.names.action_plan, area)))
    };
    let as_of = book.policies.as_of;
    let (action, status) = (plan::at::ACTION as u32, plan::at::STATUS as u32);
    let (by_when, review) = (plan::at::BY_WHEN as u32, plan::at::REVIEW as u32);
    let rules = [
        (action, words(action, &actions), "Choose an action or write your own"),
        (by_when, EntryKind::DateFrom(as_of), "The date by which it is done, such as 31/05/2025"),
        (review, EntryKind::DateFrom(as_of), "The date on which you look again, such as 30/06/2025"),
        (status, words(status, &states), "Choose how far it has come"),
    ];
    for (of, kind, prompt) in rules {
        page.entries.push(EntryRule { area: column(of, top, bottom), kind, prompt: prompt.into() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::sheet::Value;
    use crate::field::plan::{Aside, Plan};
    use crate::manager::annotate::trial;

    #[test]
    fn only_amber_and_red_workers_are_planned_for() {
        let trial = trial::team();
        let page = &trial.pages()[3];
        let names: Vec<&str> = page.rows.iter().filter_map(|row| row.cells.get(1)).map(|cell| cell.shown()).collect();
        assert!(names.contains(&"Ada Field") && !names.contains(&"Ben Hill"));
        assert_eq!(page.entries.len(), 4);
    }

    fn row(worker: &str, filled: &[(usize, Value)]) -> Planned {
        let mut planned = Planned {
            team: "North team".into(),
            worker: worker.into(),
            measure: "Points".into(),
            filled: Default::default(),
            why: None,
            due: None,
        };
        for (of, value) in filled {
            planned.filled[*of] = Some(value.clone());
        }
        planned
    }

    fn text(text: &str) -> Value {
        Value::Text(text.into())
    }

    /// The plan as it is read from the workbook that these pages make.
    fn read_back(trial: &trial::Trial) -> Plan {
        let imprint = trial.policies.imprint("North");
        let bytes = crate::book::pages::workbook(trial.pages(), &imprint).unwrap();
        crate::run::workbook::open(&bytes, "North", &|file, stem| file.cells(stem)).unwrap().plan
    }

    #[test]
    fn what_was_typed_is_carried_over_or_closed() {
        let mut trial = trial::team();
        let team = trial.caseload.teams[0].name.clone();
        let day = Value::Date(jiff::civil::date(2026, 5, 31));
        let mut ada = row("ada  field", &[(0, text("Co-work")), (2, day.clone()), (5, Value::Number(0.1 + 0.2))]);
        ada.team = team.clone();
        let again = Planned { filled: row("", &[(0, text("Rest"))]).filled, ..ada.clone() };
        let ben = row("Ben Hill", &[(1, text("Jo")), (3, text("soon"))]);
        let gone = row("Zoe Away", &[(4, text("Done"))]);
        trial.plan.rows = vec![ada, again, ben, gone];
        trial.plan.actions = vec!["Rest".into(), "Co-work".into()];
        trial.plan.asides = vec![Aside { cell: "P5".into(), beside: "Ada Field".into(), typed: day.clone() }];

        let once = read_back(&trial);
        assert_eq!(once.rows.len(), 4, "{once:?}");
        assert_eq!(once.rows[0].worker, "Ada Field");
        assert_eq!(once.rows[0].filled, trial.plan.rows[0].filled);
        assert_eq!(once.rows[1].filled, trial.plan.rows[1].filled);
        let why = |at: usize| once.rows[at].why.clone().unwrap_or_default();
        assert!(once.rows[0].why.is_none());
        assert_eq!(why(2), "No longer amber or red on 30/09/2025: GREEN");
        assert_eq!(why(3), "No longer amber or red on 30/09/2025: not in the caseload");
        assert_eq!(once.rows[2].filled, trial.plan.rows[2].filled);
        assert_eq!((&once.asides, &once.actions), (&trial.plan.asides, &trial.plan.actions));

        let first = trial.pages();
        trial.plan = once.clone();
        assert_eq!(trial.pages(), first, "the second run changes nothing");
        assert_eq!(read_back(&trial), once);
    }

    #[test]
    fn a_closed_action_returns_with_its_worker() {
        let mut trial = trial::team();
        let mut ada = row("Ada Field", &[(0, text("Co-work"))]);
        ada.why = Some("No longer amber or red on 30/06/2025: GREEN".into());
        trial.plan.rows = vec![ada];
        let back = read_back(&trial);
        assert_eq!((back.rows.len(), &back.rows[0].why), (1, &None));
    }

    #[test]
    fn an_untouched_plan_has_nothing_to_carry() {
        let mut trial = trial::team();
        let back = read_back(&trial);
        assert_eq!((back.rows.len(), back.asides.len()), (0, 0), "{back:?}");
        let first = trial.pages();
        trial.plan = back;
        assert_eq!(trial.pages(), first);
    }

    #[test]
    fn rows_are_high_enough_wherever_they_are_opened() {
        let pages = trial::team().pages();
        let (page, heights) = (&pages[3], pages[3].heights());
        let long = page
            .rows
            .iter()
            .zip(heights)
            .filter(|(row, _)| row.cells.iter().any(|cell| cell.look.wraps() && cell.shown().chars().count() > 60));
        let long: Vec<_> = long.collect();
        assert!(long.len() > 2);
        // Some programs fit no row that has no height of its own.
        assert!(long.iter().all(|(_, height)| height.is_some_and(|height| height > 15)));
    }

    #[test]
    fn nobody_to_plan_for_is_said() {
        let mut trial = trial::team();
        trial.caseload.teams.clear();
        trial.scored.teams.clear();
        let page = &trial.pages()[3];
        assert!(page.rows.iter().any(|row| row.cells.iter().any(|cell| cell.shown().starts_with("Nobody is rated"))));
    }

    #[test]
    fn where_nobody_is_scored_no_plan_is_not_all_clear() {
        let mut trial = trial::team();
        let ratings = trial.scored.teams.iter_mut().flatten().flat_map(|worker| &mut worker.ratings);
        ratings.for_each(|rating| rating.rag = Rag::NotScored);
        let says = |text: &str| trial.pages()[3].rows.iter().any(|row| row.cells.iter().any(|it| it.shown() == text));
        assert!(says(plan::NOBODY_KNOWN) && !says(plan::NOBODY));
        assert_eq!(read_back(&trial).asides, [], "a line of ours, not a note of the manager's");
    }

    #[test]
    fn every_heading_stands_on_one_line() {
        let widths = &trial::team().pages()[3].widths;
        for (heading, width) in plan::HEADINGS.iter().zip(widths) {
            assert!(heading.len() + 2 <= usize::from(*width), "{heading}");
        }
    }
}
