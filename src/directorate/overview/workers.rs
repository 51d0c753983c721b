//! The sheet "Workers": one row for each worker by name, only where that is asked for.

use rust_decimal::Decimal;

use crate::book::page::{Cell, Look, Page, column};
use crate::book::sheet::{Area, CellRef};
use crate::directorate::comparison::{Directorate, WorkerLine};
use crate::field::rating::rounded;

use super::{WORKERS, percent, whole};

const HEAD: u32 = 3;
/// The shares of limits and points carry bars.
const USED: u32 = 4;

const COLUMNS: [(&str, u16); 22] = [
    ("Worker", 24),
    ("Team", 26),
    ("Colour", 13),
    ("Manager's judgement", 13),
    ("Limits used", 10),
    ("Points used", 10),
    ("FTE", 8),
    ("Children", 9),
    ("Families", 9),
    ("CP", 7),
    ("In our care", 8),
    ("In care proceedings", 12),
    ("Co-worked", 9),
    ("Awaiting a move", 10),
    ("Role", 20),
    ("Experience", 19),
    ("Service area", 18),
    ("Workbook", 28),
    ("Governed by", 22),
    ("Because", 56),
    ("Things assumed", 9),
    ("Which", 30),
];

/// Builds the sheet.
pub fn page(directorate: &Directorate) -> Page {
    let mut page = Page::new(WORKERS, "7A5BA8", &COLUMNS.map(|(_, width)| width));
    page.across(9, "Workers", Look::Title);
    let about = "In the order of the files; sort or filter by any column. A colour opens a conversation with the worker and their \
                 manager and does not end it; staff are people too, so share this sheet with nobody who need not have it. Without \
                 --workers it is not made.";
    page.across(9, about, Look::Muted);
    page.gap();
    page.push(Cell::headings(&COLUMNS.map(|(heading, _)| heading)));
    page.freeze = Some(CellRef::new(HEAD + 1, 2));
    page.repeat = Some((HEAD, HEAD));
    page.two_pages_wide = true;
    if directorate.workers.is_empty() {
        page.across(9, "No worker was read.", Look::Prose);
        return page;
    }
    for worker in &directorate.workers {
        page.push(line(worker));
    }
    let last = page.next() - 1;
    page.bars.extend([column(USED, HEAD + 1, last), column(USED + 1, HEAD + 1, last)]);
    page.filter = Some(Area { first: CellRef::new(HEAD, 0), last: CellRef::new(last, COLUMNS.len() as u32 - 1) });
    page
}

fn line(worker: &WorkerLine) -> Vec<Cell> {
    let text = |text: &str| Cell::text(text).look(Look::Text);
    let told = |count: Option<u32>| Cell::maybe(count.map(Decimal::from));
    let governed = worker.governed_by.as_ref().map(|(policy, measure)| format!("{measure}, {policy}"));
    let assumed: Vec<&str> = worker.assumed.iter().map(|assumption| assumption.label()).collect();
    vec![
        Cell::text(&worker.worker).look(Look::Strong),
        text(&worker.team),
        Cell::rag(worker.rag),
        worker.judgement.map_or_else(|| text(""), Cell::rag),
        percent(worker.limits_used),
        percent(worker.points_used),
        Cell::maybe(worker.fte.map(|fte| rounded(fte, 6))).look(Look::Decimals),
        told(worker.children),
        told(worker.households),
        told(worker.cp),
        told(worker.cioc),
        told(worker.care_proceedings),
        whole(worker.co_worked),
        told(worker.awaiting_move),
        text(worker.role.label()),
        text(worker.stage.map_or("", |stage| stage.label())),
        text(worker.area.map_or("", |area| area.label())),
        text(&worker.file),
        text(&governed.unwrap_or_default()),
        text(&worker.because),
        whole(assumed.len() as u32),
        text(&assumed.join("; ")),
    ]
}
