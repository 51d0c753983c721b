//! What was filled in on an earlier action plan, and where it stands now.

use std::collections::BTreeMap;

use crate::book::page::{Cell, Content, Look, Page, column};
use crate::book::sheet::Value;
use crate::field::plan::{self, Aside, Planned};
use crate::field::rating::Rating;

use super::super::working::Working;
use super::super::{Book, Listed};
use super::row::Figures;
use super::{COLUMNS, RAG, governing};

/// What was filled in before, by where it goes now.
pub struct Carried<'a> {
    /// Rows of workers still amber or red, by the worker's position.
    pub open: BTreeMap<(usize, usize), Vec<&'a Planned>>,
    /// Rows of the others, with the worker where the caseload has them still.
    pub closed: Vec<(&'a Planned, Option<Listed<'a>>)>,
}

impl<'a> Carried<'a> {
    /// Sorts the rows of the plan by whether their worker is still amber or red.
    pub fn new(book: &Book<'a>, amber_and_red: &[(Listed<'a>, usize, &Rating)]) -> Self {
        let mut carried = Self { open: BTreeMap::new(), closed: Vec::new() };
        for planned in &book.plan.rows {
            let named: Vec<Listed<'a>> =
                book.workers().filter(|listed| plan::same(&listed.worker.who.name, &planned.worker)).collect();
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
pub fn filled(mut cells: Vec<Cell>, planned: &Planned) -> Vec<Cell> {
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
pub fn closed(book: &Book<'_>, page: &mut Page, working: &Working, rows: &[(&Planned, Option<Listed<'_>>)]) {
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
pub fn asides(page: &mut Page, asides: &[Aside]) {
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
