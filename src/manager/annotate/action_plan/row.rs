//! A row of the action plan: what a worker is rated, what may explain it, and what the colour asks for.

use crate::book::annotation::Tone;
use crate::book::page::{Cell, Look, address};
use crate::book::phrase;
use crate::book::sheet::CellRef;
use crate::field::finding::Finding;
use crate::field::plan;
use crate::field::rating::{Measure, Rag, Rating, Shade, rounded};
use crate::policy::asked_for;

use super::super::policy_sheet::PolicySheet;
use super::super::working::{self, Working, at};
use super::super::{Book, Listed, summary, wording};
use super::RAG;

/// The cells of a row, those to fill in blank.
pub fn line(policy: &PolicySheet, figures: &Figures<'_>, here: u32, told: &[&Finding]) -> Vec<Cell> {
    let Figures { book, listed, rating, .. } = *figures;
    let asked = match (book.policies.action(rating.rag), policy.action(rating.rag)) {
        (Some(action), Some(_)) => {
            // The text follows the colour, so that a plan for a colour that has changed says so.
            let cell = |rag| {
                let text = policy.action(rag).map(|cell| address(&book.names.policy, cell));
                text.unwrap_or_else(|| "\"\"".into())
            };
            let colour = CellRef::new(here, RAG).to_string();
            let [red, amber, green] = [Rag::Red, Rag::Amber, Rag::Green].map(cell);
            Cell::says(format!("={}", asked_for(&colour, [&red, &amber, &green])), &action.text)
        }
        _ => Cell::default().look(Look::Text),
    };
    let mut cells = vec![
        Cell::text(&listed.team.name).look(Look::Text),
        Cell::text(&listed.worker.who.name).look(Look::Strong),
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
pub struct Figures<'a> {
    pub book: &'a Book<'a>,
    pub working: &'a Working,
    pub listed: Listed<'a>,
    pub at: usize,
    pub rating: &'a Rating,
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
    pub fn cells(&self, here: u32) -> [Cell; 4] {
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
    let moving = listed.worker.holds.cases.iter().filter(|case| case.awaits_move()).count();
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
