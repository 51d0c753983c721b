//! The sheet "Caseload": a row for each child, and beside it what the row still lacks.

use crate::book::page::{Cell, Look, Page};
use crate::book::sheet::{Area, CellRef};

use super::super::entries::{ask_below, blanks};
use super::super::figures::{Figures, List};
use super::super::formulas::{off_figures, off_list};
use super::reckoning::{on_reckoning, row, rows};
use super::{CASES, HEAD, ROWS, SHEET, TEAM};

/// Builds the sheet.
pub fn page(figures: &Figures<'_>) -> Page {
    let mut page = Page::new(SHEET, "2F5597", &[18, 14, 22, 20, 24, 22, 13, 12, 11, 13, 13, 26, 42]);
    page.protected = true;
    page.across(8, "Caseload form", Look::Title);
    let about = "Fill in the blue cells: the staff on “Workers” first, then a row for each child here. Colours stand on \
                 “Workers”; “Guidance” says more.";
    page.across(8, about, Look::Muted);
    for field in TEAM {
        let row = page.push(vec![Cell::text(field.heading).look(Look::Strong), field.cell(), field.cell()]);
        page.spread(row, 1, 2, field.cell().look);
        let cell = CellRef::new(row, 1);
        page.entries.extend(field.rule(figures, Area { first: cell, last: cell }));
    }
    let listed = format!("SUMPRODUCT({}*(1-{}))", rows(row::OPEN), rows(row::AGAIN));
    let nobodys = format!("SUMPRODUCT({}*(1-{})*({}=0))", rows(row::OPEN), rows(row::AGAIN), rows(row::WORKER));
    let unsure = format!("SUM({})", rows(row::UNSURE));
    let text = format!(
        "=\"On this sheet: \"&TEXT({listed},\"0\")&\" open; held by nobody yet: \"&TEXT({nobodys},\"0\")\
         &\"; rows that need a look: \"&TEXT({unsure},\"0\")"
    );
    let stored = "On this sheet: 0 open; held by nobody yet: 0; rows that need a look: 0";
    let at = page.push(vec![Cell::says(text, stored).look(Look::Strong)]);
    page.spread(at, 0, 7, Look::Strong);
    page.gap();
    let mut heads: Vec<&str> = CASES.iter().map(|field| field.heading).collect();
    heads.push("Check");
    page.push(Cell::headings(&heads));
    page.freeze = Some(CellRef::new(HEAD + 1, 1));
    page.repeat = Some((HEAD, HEAD));
    // The check stands outside: only cells that may be changed can be sorted on a protected sheet.
    let last = CellRef::new(HEAD + ROWS, CASES.len() as u32 - 1);
    page.filter = Some(Area { first: CellRef::new(HEAD, 0), last });
    for at in HEAD + 1..=HEAD + ROWS {
        let mut cells = blanks(CASES);
        cells.push(Cell::says(format!("={}", check(figures, at)), ""));
        page.push(cells);
    }
    ask_below(&mut page, figures, CASES, CellRef::new(HEAD + 1, 0), ROWS);
    page
}

/// What a child's row still lacks, in words.
fn check(figures: &Figures<'_>, at: u32) -> String {
    let here = |column: u32| CellRef::new(at, column).to_string();
    let there = |column: u32| on_reckoning(CellRef::new(at, column));
    let [child, family, worker, status, court, needs, more] = [0, 1, 2, 4, 5, 6, 7].map(here);
    let mut text = "\"\"".to_string();
    for (wrong, says) in [
        (
            format!(
                "AND(TRIM({needs})=\"\",SUMPRODUCT(({}={})*({}={})*{})=0)",
                rows(row::HOUSEHOLD),
                there(row::HOUSEHOLD),
                rows(row::WORKER),
                there(row::WORKER),
                rows(row::LEVEL)
            ),
            "No intervention level for this household: medium is assumed",
        ),
        (format!("TRIM({family})=\"\""), "No household: the child counts as one alone"),
        (format!("TRIM({child})=\"\""), "Give the child a reference"),
        (format!("TRIM({worker})=\"\""), "Nobody holds this child: choose a worker"),
        (format!("{}=1", there(row::AGAIN)), "This child stands above with the same worker: counted once"),
        (off_figures(figures, List::Additional, &more), "Choose the additional factors from the list"),
        (off_figures(figures, List::Levels, &needs), "Choose the intervention level from the list"),
        (off_list(figures, List::Proceedings, &court), "Choose the proceedings from the list"),
        (off_list(figures, List::Statuses, &status), "Choose the case status from the list"),
        (format!("{}=-1", there(row::WORKER)), "This name does not stand once on “Workers”: choose one from the list"),
        (format!("{}=0", there(row::OPEN)), "Closed: not counted"),
    ] {
        text = format!("IF({wrong},\"{says}\",{text})");
    }
    format!("IF({}=0,\"\",{text})", there(row::FILLED))
}
