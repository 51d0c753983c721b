//! The sheet "Action plan": the amber and red workers, with cells to fill in.

use std::collections::BTreeMap;

use crate::annotation::Tone;
use crate::finding::Finding;
use crate::page::{Cell, EntryKind, EntryRule, Look, Page, address, column, span};
use crate::phrase;
use crate::rating::{Measure, Rag, Rating, Shade, rounded};
use crate::sheet::{Area, CellRef};

use super::policy_sheet::PolicySheet;
use super::working::{self, Working, at};
use super::{Book, Listed, summary, wording};

const COLUMNS: u32 = 15;
const RAG: u32 = 6;
const ACTION: u32 = 9;
const BY_WHEN: u32 = 11;
const REVIEW: u32 = 12;
const STATUS: u32 = 13;

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

const STATES: &[&str] = &["Not started", "Under way", "Done", "Escalated", "Not needed any more"];

/// Builds the sheet.
pub fn page(book: &Book<'_>, policy: &PolicySheet, working: &Working) -> Page {
    let widths = [16, 18, 15, 8, 9, 11, 13, 42, 36, 25, 16, 12, 12, 14, 22];
    let mut page = Page::new(&book.names.action_plan, "D98A1F", &widths);
    page.across(COLUMNS, "Action plan: amber and red workers", Look::Title);
    let about = "One row for each worker rated amber or red when the workbook was read. Fill in the blue cells together \
                 with the worker; actions and status are offered in lists, and other words may be written.";
    page.across(COLUMNS, about, Look::Muted);
    page.gap();
    let heads = [
        "Team",
        "Worker",
        "Measure",
        "Load",
        "Limit",
        "Utilisation",
        "RAG",
        "Reasons found",
        "What this asks for",
        "Agreed action",
        "By whom",
        "By when",
        "Review date",
        "Status",
        "Notes",
    ];
    let head = page.push(Cell::headings(&heads));
    page.freeze = Some(CellRef::new(head + 1, 2));
    page.repeat = Some((head, head));

    let mut all: Vec<(Listed<'_>, usize, &Rating)> = book
        .workers()
        .filter(|listed| matches!(listed.scored.rag(), Rag::Red | Rag::Amber))
        .filter_map(|listed| {
            let at = listed.scored.ratings.iter().position(|rating| rating.governs)?;
            Some((listed, at, &listed.scored.ratings[at]))
        })
        .collect();
    if all.is_empty() {
        page.across(COLUMNS, "Nobody is rated amber or red: no plan is asked for.", Look::Prose);
        return page;
    }
    all.sort_by_key(|(listed, _, rating)| (rating.rag, std::cmp::Reverse(rating.utilisation()), listed.at));
    let mut told: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in book.findings {
        if let Some(worker) = &finding.worker {
            told.entry(worker).or_default().push(finding);
        }
    }
    for (listed, at, rating) in &all {
        let row = working.row(listed.at, *at);
        let told = told.get(listed.worker.name.as_str()).map_or(&[][..], Vec::as_slice);
        page.push(line(book, policy, *listed, rating, row, told));
    }
    let rows = (head + 1, page.next() - 1);
    page.rag_words.push(column(RAG, rows.0, rows.1));
    page.bars.push(column(5, rows.0, rows.1));
    page.filter = Some(Area { first: CellRef::new(head, 0), last: CellRef::new(rows.1, COLUMNS - 1) });
    lists(book, &mut page, rows);
    page
}

fn line(
    book: &Book<'_>,
    policy: &PolicySheet,
    listed: Listed<'_>,
    rating: &Rating,
    row: u32,
    told: &[&Finding],
) -> Vec<Cell> {
    let refer = |column| format!("={}", address(&book.names.working, CellRef::new(row, column)));
    let load = rating.load.map(|load| Cell::counts(refer(at::LOAD), load));
    let limit = rating.against.as_ref().map(|against| Cell::counts(refer(at::UPPER), rounded(against.upper(), 8)));
    let used = match working::ratio(rating) {
        Some(ratio) => Cell::counts(refer(at::USED), ratio),
        None => Cell::says(refer(at::USED), Shade::NoCasesExpected.name()),
    };
    let asked = match (book.policies.action(rating.rag), policy.action(rating.rag)) {
        (Some(action), Some(_)) => {
            // The text follows the colour, so that a plan for a colour that has changed says so.
            let cell = |rag| {
                let text = policy.action(rag).map(|cell| address(&book.names.policy, cell));
                text.unwrap_or_else(|| "\"\"".into())
            };
            let here = address(&book.names.working, CellRef::new(row, at::RAG));
            let formula = format!(
                "=IF({here}=\"RED\",{},IF({here}=\"AMBER\",{},{}))",
                cell(Rag::Red),
                cell(Rag::Amber),
                cell(Rag::Green)
            );
            Cell::says(formula, &action.text)
        }
        _ => Cell::default().look(Look::Text),
    };
    vec![
        Cell::text(&listed.team.name).look(Look::Text),
        Cell::text(&listed.worker.name).look(Look::Strong),
        Cell::text(measured_in(rating)).look(Look::Text),
        load.unwrap_or_else(|| Cell::maybe(None)),
        limit.unwrap_or_else(|| Cell::maybe(None)),
        used.look(Look::Percent),
        Cell::says(refer(at::RAG), rating.rag.word()).look(Look::Rag).tone(Tone::of(rating.rag)),
        Cell::text(reasons(book, listed, told)).look(Look::Text),
        asked,
        Cell::default().look(Look::InputText),
        Cell::default().look(Look::InputText),
        Cell::default().look(Look::InputDate),
        Cell::default().look(Look::InputDate),
        Cell::default().look(Look::InputText),
        Cell::default().look(Look::InputText),
    ]
}

fn measured_in(rating: &Rating) -> String {
    match rating.measure {
        Measure::Limit => format!("{}, {}", wording::measure(rating.measure), rating.unit.label()),
        other => wording::measure(other).to_string(),
    }
}

/// What may explain the load: other measures, cases about to move, temporary causes, findings.
fn reasons(book: &Book<'_>, listed: Listed<'_>, told: &[&Finding]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let others = listed.scored.ratings.iter().filter(|rating| !rating.governs);
    for rating in others.filter(|rating| matches!(rating.rag, Rag::Red | Rag::Amber)) {
        parts.push(format!(
            "Also {} by {}: {}",
            rating.rag.word(),
            wording::measure(rating.measure).to_lowercase(),
            wording::measured(rating)
        ));
    }
    let moving = listed.worker.cases.iter().filter(|case| case.awaits_move()).count();
    if moving > 0 {
        parts.push(format!("{} awaiting transfer, closure or step-down", phrase::count(moving, "case", "cases")));
    }
    parts.push(summary::beside(listed.worker));
    let here = |finding: &&&Finding| finding.team.as_deref().is_none_or(|team| team == listed.team.name);
    let mut told: Vec<String> = told.iter().filter(here).map(|finding| located(book, finding)).collect();
    told.dedup();
    const SHOWN: usize = 4;
    let more = told.len().saturating_sub(SHOWN);
    told.truncate(SHOWN);
    parts.extend(told);
    if more > 0 {
        parts.push(format!("{more} more on sheet \"{}\"", book.names.findings));
    }
    if parts.iter().all(String::is_empty) {
        parts.push("None found in the sheet; talk with the worker".into());
    }
    wording::sentences(parts.iter().map(String::as_str))
}

fn located(book: &Book<'_>, finding: &Finding) -> String {
    match finding.place {
        Some(place) => format!("{} {}: {}", book.caseload.sheet_name(place), place.cell, finding.message),
        None => finding.message.clone(),
    }
}

/// The words offered, in cells below the table so that managers can add theirs, and the checks of dates.
fn lists(book: &Book<'_>, page: &mut Page, rows: (u32, u32)) {
    page.gap();
    page.across(COLUMNS, "Words offered in the lists; change them here", Look::Section);
    let first = page.next();
    for at in 0..ACTIONS.len().max(STATES.len()) {
        let cell = |words: &[&str]| match words.get(at) {
            Some(word) => Cell::text(*word).look(Look::InputText),
            None => Cell::default(),
        };
        let mut cells = vec![Cell::default(); ACTION as usize];
        cells.push(cell(ACTIONS));
        cells.resize(STATUS as usize, Cell::default());
        cells.push(cell(STATES));
        page.push(cells);
    }
    let words = |of: u32, words: &[&str]| {
        let area = column(of, first, first + words.len() as u32 - 1);
        EntryKind::WordsIn(format!("={}", span(&book.names.action_plan, area)))
    };
    let as_of = book.policies.as_of;
    let rules = [
        (ACTION, words(ACTION, ACTIONS), "Choose an action or write your own"),
        (BY_WHEN, EntryKind::DateFrom(as_of), "The date by which it is done, such as 31/05/2025"),
        (REVIEW, EntryKind::DateFrom(as_of), "The date on which you look again, such as 30/06/2025"),
        (STATUS, words(STATUS, STATES), "Choose how far it has come"),
    ];
    for (of, kind, prompt) in rules {
        page.entries.push(EntryRule { area: column(of, rows.0, rows.1), kind, prompt: prompt.into() });
    }
}

#[cfg(test)]
mod tests {
    use crate::annotate::trial;

    #[test]
    fn only_amber_and_red_workers_are_planned_for() {
        let trial = trial::team();
        let page = &trial.pages()[3];
        let names: Vec<&str> = page.rows.iter().filter_map(|row| row.cells.get(1)).map(|cell| cell.shown()).collect();
        assert!(names.contains(&"Ada Field") && !names.contains(&"Ben Hill"));
        assert_eq!(page.entries.len(), 4);
    }

    #[test]
    fn nobody_to_plan_for_is_said() {
        let mut trial = trial::team();
        trial.caseload.teams.clear();
        trial.scored.teams.clear();
        let page = &trial.pages()[3];
        assert!(page.rows.iter().any(|row| row.cells.iter().any(|cell| cell.shown().starts_with("Nobody is rated"))));
    }
}
