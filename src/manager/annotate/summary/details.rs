//! What else there is to know of each worker: the manager's judgement, and what lies behind the load.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::book::annotation::Tone;
use crate::book::page::{Cell, Look, column};
use crate::field::caseload::{CaseStatus, Entry, Subject, Worker, care_sets};
use crate::field::rating::Rating;

use super::super::working::at;
use super::super::{Listed, wording};
use super::{RAG, Summary, TEAM, WORKER, sorted};

/// The column of families; the experience takes those before it.
const FAMILIES: u32 = 8;

impl Summary<'_> {
    /// What else there is to know of each worker: the manager's judgement, and what lies behind the load.
    pub fn details(&mut self) {
        let listed = sorted(self.book);
        if listed.is_empty() {
            return;
        }
        let across = self.prose();
        self.page.gap();
        self.page.across(across, "Beside the number: judgement, causes and the make-up of each load", Look::Section);
        let slots = self.slots();
        let mut heads = vec![Cell::default().look(Look::Heading); self.page.widths.len()];
        let texts = ["Team", "Worker", "Manager's own RAG", "Role", "FTE", "Experience", "", "", "Families"];
        for (at, text) in texts.into_iter().enumerate() {
            heads[at] = Cell::text(text).look(Look::Heading);
        }
        for (at, text) in slots.iter().zip(["CP", "In our care", "In court (care)", "Co-worked"]) {
            heads[*at as usize] = Cell::text(text).look(Look::Heading);
        }
        heads[self.tail as usize] = Cell::text("Manager's reason").look(Look::Heading);
        heads[self.causes().0 as usize] = Cell::text("Temporary causes, agreed limit").look(Look::Heading);
        let row = self.page.push(heads);
        self.join(row, Look::Heading);
        let first = self.page.next();
        for listed in listed {
            let cells = self.detail(listed);
            let (first, last) = self.causes();
            let causes = self.width(first, last + 1) - 1;
            let texts = [(cells[self.tail as usize].shown().to_string(), 29), (beside(listed.worker), causes)];
            let names = [(listed.team.name.clone(), 15), (listed.worker.who.name.clone(), 17)];
            let row = self.page.push(cells);
            self.join(row, Look::Text);
            let fit: Vec<(&str, u32)> =
                texts.iter().chain(&names).map(|(text, width)| (text.as_str(), *width)).collect();
            self.page.fit(row, &fit);
        }
        self.page.rag_words.push(column(RAG, first, self.page.next() - 1));
        let text = "The manager's own judgement stands beside the calculated colour and never changes it.";
        self.page.across(across, text, Look::Muted);
    }

    /// Columns for figures in the table of details: those after the families, but for the wide ones.
    fn slots(&self) -> [u32; 4] {
        if self.measures.len() < 2 { [10, 11, 12, 13] } else { [9, 10, 11, 12] }
    }

    /// First and last column of the temporary causes.
    fn causes(&self) -> (u32, u32) {
        if self.measures.len() < 2 { (14, 14) } else { (self.tail + 1, self.tail + 4) }
    }

    fn join(&mut self, row: u32, look: Look) {
        self.page.spread(row, 5, FAMILIES - 1, look);
        let (first, last) = self.causes();
        self.page.spread(row, first, last, look);
    }

    fn detail(&self, listed: Listed<'_>) -> Vec<Cell> {
        let worker = listed.worker;
        let mut cells = vec![Cell::default().look(Look::Text); self.page.widths.len()];
        cells[TEAM as usize] = Cell::text(&listed.team.name).look(Look::Text);
        cells[WORKER as usize] = Cell::text(&worker.who.name).look(Look::Strong);
        cells[RAG as usize] = Cell::text("–").look(Look::Rag);
        if let Some(judgement) = worker.post.judgement.given() {
            cells[RAG as usize] = Cell::rag(judgement.rag);
            let reason = if judgement.reason.is_empty() { "no reason given" } else { &judgement.reason };
            cells[self.tail as usize] = Cell::text(reason).look(Look::Text);
        }
        cells[3] = Cell::text(worker.post.role.label()).look(Look::Text);
        cells[4] = self.fte(listed);
        let stage = worker.post.stage.map_or("not known", crate::field::caseload::Stage::label);
        cells[5] = Cell::text(stage).look(Look::Text);
        let figures = if worker.holds.counts.is_some() { counted(listed) } else { listed_figures(worker) };
        let slots = [FAMILIES].into_iter().chain(self.slots());
        for (at, figure) in slots.zip(figures) {
            cells[at as usize] = figure;
        }
        cells[self.causes().0 as usize] = Cell::text(beside(worker)).look(Look::Text);
        cells
    }

    fn fte(&self, listed: Listed<'_>) -> Cell {
        let Some(fte) = listed.worker.fte() else { return Cell::text("not usable").look(Look::Text).tone(Tone::Error) };
        let pro_rata = |rating: &Rating| rating.against.as_ref().is_some_and(|against| against.pro_rata == Some(fte));
        let cell = match listed.scored.ratings.iter().position(pro_rata) {
            Some(rating) => Cell::counts(self.refer(self.working.row(listed.at, rating), at::FTE), fte.0),
            None => Cell::number(fte.0),
        };
        if listed.worker.fte_assumed() { cell.tone(Tone::Warning) } else { cell }
    }
}

/// Families, CP, in care, proceedings and co-worked of a worker whose children are listed.
fn listed_figures(worker: &Worker) -> [Cell; 5] {
    let households = worker.households();
    let having = |status| worker.holds.cases.iter().filter(|case| case.has(status)).count();
    let proceedings = care_sets(worker.holds.cases.iter()) as usize;
    // Of carers and reviews no status is counted; a nought would say that there is none.
    let listed = worker.holds.only_on_form.is_none();
    let counts = listed
        && (worker.holds.cases.is_empty() || worker.holds.cases.iter().any(|case| case.subject == Subject::Child));
    let of_children = |figure: usize| Cell::maybe(counts.then(|| Decimal::from(figure)));
    [
        Cell::maybe(households.as_ref().filter(|_| listed).map(|all| Decimal::from(all.len()))),
        of_children(having(CaseStatus::ChildProtection)),
        of_children(having(CaseStatus::InCare)),
        of_children(proceedings),
        Cell::number(Decimal::from(worker.holds.co_worked.len())),
    ]
}

/// The same of a worker whose children are known by counts alone.
fn counted(listed: Listed<'_>) -> [Cell; 5] {
    let beside = crate::field::caseload::beside(listed.team, listed.worker);
    let figures = [beside.households, beside.cp, beside.cioc, beside.care_proceedings, Some(beside.co_worked)];
    figures.map(|figure| Cell::maybe(figure.map(Decimal::from)))
}

/// Temporary causes with how often, and why a limit was agreed.
pub fn beside(worker: &Worker) -> String {
    let mut parts = Vec::new();
    let causes: BTreeSet<&str> =
        worker.holds.cases.iter().filter_map(|case| case.cause.map(|(cause, _)| cause)).collect();
    for cause in causes {
        let cases =
            worker.holds.cases.iter().filter(|case| case.cause.is_some_and(|(other, _)| other == cause)).count();
        // Cases about to move have figures of their own.
        if cause.starts_with("awaiting") {
            continue;
        }
        let mut cause = format!("{cause} ({cases})");
        if let Some(first) = cause.get(..1).map(str::to_uppercase) {
            cause.replace_range(..1, &first);
        }
        parts.push(cause);
    }
    if let Entry::Given(agreed, _) = &worker.post.agreed {
        let reason = if agreed.reason.is_empty() { "no reason given" } else { &agreed.reason };
        parts.push(format!("Agreed limit {}: {reason}", wording::figure(agreed.limit)));
    }
    wording::sentences(parts.iter().map(String::as_str))
}
