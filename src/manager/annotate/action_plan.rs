//! The sheet "Action plan": the amber and red workers, with cells to fill in and what was filled in before.

use std::collections::BTreeMap;

use crate::book::annotation::Tone;
use crate::book::page::{Cell, Content, EntryKind, EntryRule, Look, Page, address, column, span};
use crate::book::phrase;
use crate::book::sheet::{Area, CellRef, Value};
use crate::field::finding::Finding;
use crate::field::plan::{self, Aside, Planned, STATES};
use crate::field::rating::{Measure, Rag, Rating, Shade, rounded};

use super::policy_sheet::PolicySheet;
use super::working::{self, Working, at};
use super::{Book, Listed, summary, wording};

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
        let told = told.get(listed.worker.name.as_str()).map_or(&[][..], Vec::as_slice);
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

/// What was filled in before, by where it goes now.
struct Carried<'a> {
    /// Rows of workers still amber or red, by the worker's position.
    open: BTreeMap<(usize, usize), Vec<&'a Planned>>,
    /// Rows of the others, with the worker where the caseload has them still.
    closed: Vec<(&'a Planned, Option<Listed<'a>>)>,
}

impl<'a> Carried<'a> {
    fn new(book: &Book<'a>, amber_and_red: &[(Listed<'a>, usize, &Rating)]) -> Self {
        let mut carried = Self { open: BTreeMap::new(), closed: Vec::new() };
        for planned in &book.plan.rows {
            let named: Vec<Listed<'a>> =
                book.workers().filter(|listed| plan::same(&listed.worker.name, &planned.worker)).collect();
            let here = named.iter().find(|listed| plan::same(&listed.team.name, &planned.team));
            // A worker of this name in one other team has moved there with their plan, or the team was renamed.
            let listed = here.or(if named.len() == 1 { named.first() } else { None }).copied();
            match listed.filter(|listed| amber_and_red.iter().any(|(open, ..)| open.at == listed.at)) {
                Some(listed) => carried.open.entry(listed.at).or_default().push(planned),
                None => carried.closed.push((planned, listed)),
            }
        }
        for rows in carried.open.values_mut() {
            // Rows of one worker that were filled in alike stand for one agreement.
            let mut seen: Vec<&Planned> = Vec::new();
            rows.retain(|row| {
                let new = !seen.iter().any(|known| known.filled == row.filled);
                seen.push(row);
                new
            });
        }
        carried
    }
}

/// A row with what was filled in before.
fn filled(mut cells: Vec<Cell>, planned: &Planned) -> Vec<Cell> {
    for (cell, value) in cells.iter_mut().skip(plan::at::ACTION).zip(&planned.filled) {
        if let Some(value) = value {
            *cell = typed(value);
        }
    }
    cells
}

/// A cell with what a manager typed, which they may change.
fn typed(value: &Value) -> Cell {
    let (content, look) = match value {
        Value::Date(date) => (Content::Date(*date), Look::InputDate),
        Value::Number(number) => match number.to_string().parse() {
            Ok(figure) => (Content::Number(figure), Look::Input),
            Err(_) => (Content::Text(number.to_string()), Look::InputText),
        },
        Value::Text(text) => (Content::Text(text.to_string()), Look::InputText),
        Value::Bool(_) => (Content::Text(value.text()), Look::InputText),
        Value::Error(error) => (Content::Text(error.to_string()), Look::InputText),
        Value::NoResult => (Content::Text("a formula whose result was not saved".into()), Look::InputText),
    };
    Cell { content, look, tone: None }
}

/// Agreements with workers who are no longer amber or red.
fn closed(book: &Book<'_>, page: &mut Page, working: &Working, rows: &[(&Planned, Option<Listed<'_>>)]) {
    if rows.is_empty() {
        return;
    }
    page.gap();
    page.across(COLUMNS, plan::CLOSED, Look::Section);
    page.across(COLUMNS, plan::ABOUT_CLOSED, Look::Muted);
    let mut headings = plan::HEADINGS;
    headings[plan::at::REASONS] = plan::WHY;
    let head = page.push(Cell::headings(&headings));
    for (planned, listed) in rows {
        let rated = listed.and_then(|listed| governing(listed).map(|(at, rating)| (listed, at, rating)));
        let mut cells = vec![
            Cell::text(&planned.team).look(Look::Text),
            Cell::text(&planned.worker).look(Look::Strong),
            Cell::text(&planned.measure).look(Look::Text),
        ];
        match rated {
            Some((listed, at, rating)) => {
                cells.extend(Figures { book, working, listed, at, rating }.cells(page.next()));
            }
            None => cells.extend((0..4).map(|_| Cell::text(plan::NO_FIGURE).look(Look::Figure))),
        }
        let why = planned.why.clone().unwrap_or_else(|| {
            let day = book.policies.as_of;
            let now = rated.map_or("not in the caseload", |(_, _, rating)| rating.rag.word());
            let (day, month, year) = (day.day(), day.month(), day.year());
            format!("No longer amber or red on {day:02}/{month:02}/{year:04}: {now}")
        });
        cells.push(Cell::text(why).look(Look::Text));
        cells.push(Cell::default().look(Look::Text));
        cells.resize(plan::HEADINGS.len(), Cell::default().look(Look::InputText));
        page.push(filled(cells, planned));
    }
    page.rag_words.push(column(RAG, head + 1, page.next() - 1));
}

/// What was typed outside the table.
fn asides(page: &mut Page, asides: &[Aside]) {
    if asides.is_empty() {
        return;
    }
    const TYPED: u32 = 2;
    const LAST: u32 = 8;
    page.gap();
    page.across(COLUMNS, plan::ASIDE, Look::Section);
    page.across(COLUMNS, plan::ABOUT_ASIDE, Look::Muted);
    let head = page.push(Cell::headings(&plan::ASIDE_HEADINGS));
    page.spread(head, TYPED, LAST, Look::Heading);
    let width = page.widths[TYPED as usize..=LAST as usize].iter().map(|width| u32::from(*width)).sum();
    for aside in asides {
        let words = [&aside.cell, &aside.beside].map(|text| match text.is_empty() {
            true => Cell::default().look(Look::Text),
            false => Cell::text(text).look(Look::Text),
        });
        let said = typed(&aside.typed);
        let (text, look) = (said.shown().to_string(), said.look);
        let row = page.push(words.into_iter().chain([said]).collect());
        page.spread(row, TYPED, LAST, look);
        page.fit(row, &[(&text, width), (&aside.beside, 16)]);
    }
}

fn line(policy: &PolicySheet, figures: &Figures<'_>, here: u32, told: &[&Finding]) -> Vec<Cell> {
    let Figures { book, listed, rating, .. } = *figures;
    let asked = match (book.policies.action(rating.rag), policy.action(rating.rag)) {
        (Some(action), Some(_)) => {
            // The text follows the colour, so that a plan for a colour that has changed says so.
            let cell = |rag| {
                let text = policy.action(rag).map(|cell| address(&book.names.policy, cell));
                text.unwrap_or_else(|| "\"\"".into())
            };
            let colour = CellRef::new(here, RAG);
            let formula = format!(
                "=IF({colour}=\"RED\",{},IF({colour}=\"AMBER\",{},IF({colour}=\"GREEN\",{},\"\")))",
                cell(Rag::Red),
                cell(Rag::Amber),
                cell(Rag::Green)
            );
            Cell::says(formula, &action.text)
        }
        _ => Cell::default().look(Look::Text),
    };
    let mut cells = vec![
        Cell::text(&listed.team.name).look(Look::Text),
        Cell::text(&listed.worker.name).look(Look::Strong),
        figures.measure(here),
    ];
    cells.extend(figures.cells(here));
    cells.push(Cell::text(reasons(book, listed, told)).look(Look::Text));
    cells.push(asked);
    for of in plan::at::ACTION..plan::HEADINGS.len() {
        let is_date = of == plan::at::BY_WHEN || of == plan::at::REVIEW;
        cells.push(Cell::default().look(if is_date { Look::InputDate } else { Look::InputText }));
    }
    cells
}

/// The rating that governs a worker, as "Working" has it; of several ratings the one that governs now.
struct Figures<'a> {
    book: &'a Book<'a>,
    working: &'a Working,
    listed: Listed<'a>,
    at: usize,
    rating: &'a Rating,
}

impl Figures<'_> {
    /// First and last row of several ratings, of which another may come to govern.
    fn rows(&self) -> Option<(u32, u32)> {
        let (first, last) = summary::led(self.listed).filter(|(first, last)| last > first)?;
        Some((self.working.row(self.listed.at, first), self.working.row(self.listed.at, last)))
    }

    fn measure(&self, here: u32) -> Cell {
        let text = measured_in(self.rating);
        match self.rows() {
            Some(rows) => Cell::says(format!("={}", summary::measured(self.book, rows, CellRef::new(here, RAG))), text),
            None => Cell::text(text).look(Look::Text),
        }
    }

    /// Load, limit, utilisation and colour.
    fn cells(&self, here: u32) -> [Cell; 4] {
        let (book, rating) = (self.book, self.rating);
        let of = summary::led(self.listed).map_or(&[][..], |(first, last)| &self.listed.scored.ratings[first..=last]);
        let refer = |column| match self.rows() {
            Some((first, last)) => {
                let block = |column| working::block(book, column, first, last);
                match column {
                    at::RAG => format!("={}", working::worst(&block(at::RAG), of)),
                    _ => {
                        let colour = CellRef::new(here, RAG);
                        format!("=INDEX({},MATCH({colour},{},0))", block(column), block(at::RAG))
                    }
                }
            }
            None => {
                let row = self.working.row(self.listed.at, self.at);
                format!("={}", address(&book.names.working, CellRef::new(row, column)))
            }
        };
        let load = rating.load.map(|load| Cell::counts(refer(at::LOAD), load));
        let limit = rating.against.as_ref().map(|against| Cell::counts(refer(at::UPPER), rounded(against.upper(), 8)));
        let used = match working::ratio(rating) {
            Some(ratio) => Cell::counts(refer(at::USED), ratio),
            None => Cell::says(refer(at::USED), Shade::NoCasesExpected.name()),
        };
        [
            load.unwrap_or_else(|| Cell::maybe(None)),
            limit.unwrap_or_else(|| Cell::maybe(None)),
            used.look(Look::Percent),
            Cell::says(refer(at::RAG), rating.rag.word()).look(Look::Rag).tone(Tone::of(rating.rag)),
        ]
    }
}

fn measured_in(rating: &Rating) -> String {
    match rating.measure {
        Measure::Limit => format!("{}, {}", rating.measure.label(), rating.unit.label()),
        other => other.label().to_string(),
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
            rating.measure.label().to_lowercase(),
            wording::measured(rating)
        ));
    }
    let moving = listed.worker.cases.iter().filter(|case| case.awaits_move()).count();
    if moving > 0 {
        parts.push(format!("{} awaiting transfer, closure or step-down", phrase::count(moving, "case", "cases")));
    }
    parts.push(summary::beside(listed.worker));
    let here = |finding: &&&Finding| finding.team.as_deref().is_none_or(|team| team == listed.team.name);
    // Of many alike the first speaks for the others.
    let mut kinds: Vec<(&str, String, usize)> = Vec::new();
    for finding in told.iter().filter(here) {
        match kinds.iter_mut().find(|(rule, ..)| *rule == finding.rule.name) {
            Some((_, _, more)) => *more += 1,
            None => kinds.push((finding.rule.name, located(book, finding), 0)),
        }
    }
    let said = |(_, first, more): (&str, String, usize)| match more {
        0 => first,
        more => format!("{} (and {more} more alike)", first.trim_end_matches('.')),
    };
    let mut told: Vec<String> = kinds.into_iter().map(said).collect();
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
    use crate::field::plan::Plan;
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
