//! The sheet "Reckoning": what the other sheets refer to, row for row.

use crate::book::page::{Cell, Look, Page, address, column, fixed, span};
use crate::book::sheet::CellRef;
use crate::policy::figure_ids as id;

use super::super::figures::Figures;
use super::super::formulas::{duties, earns, household, in_care_proceedings, level, line, off_any_list, open, share};
use super::{HEAD, ROWS, SHEET, STAFF, STAFF_HEAD, STAFF_ROWS};

/// The sheet on which the rows are reckoned.
pub const RECKONING: &str = "Reckoning";

/// Columns of "Reckoning": of a child's row, and from `NUMBER` on of a worker.
pub mod row {
    #![allow(missing_docs)]
    pub const FILLED: u32 = 0;
    pub const WORKER: u32 = 1;
    pub const OPEN: u32 = 2;
    pub const EARNS: u32 = 3;
    pub const CARE: u32 = 4;
    pub const LEVEL: u32 = 5;
    pub const MORE: u32 = 6;
    pub const HOUSEHOLD: u32 = 7;
    pub const CHILD: u32 = 8;
    pub const AGAIN: u32 = 9;
    pub const FIRST: u32 = 10;
    pub const CHILDREN: u32 = 11;
    pub const POINTS: u32 = 12;
    pub const UNSURE: u32 = 13;
    pub const NUMBER: u32 = 15;
    pub const KEY: u32 = 16;
    pub const SHARE: u32 = 17;
    pub const LINE: u32 = 18;
    pub const HELD: u32 = 19;
    pub const CASES: u32 = 20;
    pub const BESIDE: u32 = 21;
    pub const NOT_SURE: u32 = 22;
}

/// Builds the sheet.
pub fn page(figures: &Figures<'_>) -> Page {
    let widths = [9; 24];
    let mut page = Page::new(RECKONING, "9AA3B2", &widths);
    page.protected = true;
    page.across(12, "Reckoning: what the other sheets refer to, row for row", Look::Title);
    page.across(12, "Nothing is entered here.", Look::Muted);
    for _ in 2..HEAD {
        page.gap();
    }
    let heads = [
        "Filled",
        "Whose",
        "Counts",
        "Earns",
        "Before court",
        "Needs + 1",
        "More",
        "Group",
        "Which",
        "Again",
        "First",
        "How many",
        "Worth",
        "Unsure",
        "",
        "Number",
        "Whom",
        "Of a post",
        "Line",
        "Holds",
        "From cases",
        "Beside",
        "Not sure",
    ];
    page.push(
        heads
            .iter()
            .map(|head| if head.is_empty() { Cell::default() } else { Cell::text(*head).look(Look::Heading) })
            .collect(),
    );
    page.freeze = Some(CellRef::new(HEAD + 1, 0));
    for at in 0..ROWS {
        let mut cells = of_case(figures, HEAD + 1 + at);
        if at < STAFF_ROWS {
            cells.push(Cell::default());
            cells.extend(of_staff(figures, at));
        }
        page.push(cells);
    }
    page
}

/// The reckoning of a child's row.
fn of_case(figures: &Figures<'_>, at: u32) -> Vec<Cell> {
    let there = |column: u32| address(SHEET, CellRef::new(at, column)).replace('$', "");
    let here = |column: u32| CellRef::new(at, column).to_string();
    let above = |column: u32| format!("{}:{}", fixed(CellRef::new(HEAD, column)), CellRef::new(at - 1, column));
    let [child, family, worker, status, court, needs, more] = [0, 1, 2, 4, 5, 6, 7].map(there);
    let text = |cell: &str| format!("UPPER(SUBSTITUTE({cell},\" \",\"\"))");
    let named = format!("({}=UPPER(TRIM({worker})))", staff_rows(row::KEY));
    let (is_open, first) = (here(row::OPEN), here(row::FIRST));
    let own =
        format!("({}={})*({}={})", rows(row::HOUSEHOLD), here(row::HOUSEHOLD), rows(row::WORKER), here(row::WORKER));
    let highest = |column: u32| format!("SUMPRODUCT(MAX({own}*{}))", rows(column));
    let when_open = |formula: String, none: &str| format!("=IF({is_open}=0,{none},{formula})");
    let level_points = format!("IF({most}=0,{},{most}-1)", figures.at(id::POINTS_BLANK), most = highest(row::LEVEL));
    let points = household(
        figures,
        &here(row::CHILDREN),
        &highest(row::EARNS),
        &highest(row::CARE),
        &level_points,
        &highest(row::MORE),
    );
    let unsure = off_any_list(figures, [&status, &court, &needs, &more]);
    let unsure = format!("IF(OR({}=-1,{unsure}),1,0)", here(row::WORKER));
    let nought = |formula: String| Cell::counts(formula, 0);
    vec![
        nought(format!("=IF(COUNTA({child}:{})>0,1,0)", there(10).rsplit('!').next().unwrap_or_default())),
        nought(format!(
            "=IF(OR({}=0,TRIM({worker})=\"\"),0,IF(SUMPRODUCT({named}*1)=1,SUMPRODUCT({named}*{}),-1))",
            here(row::FILLED),
            staff_rows(row::NUMBER)
        )),
        nought(format!("=IF({}=0,0,{})", here(row::FILLED), open(figures, &status))),
        nought(when_open(earns(figures, &status, &court), "0")),
        nought(when_open(in_care_proceedings(figures, &court), "0")),
        nought(when_open(format!("IF(TRIM({needs})=\"\",0,1+{})", level(figures, &needs, "0")), "0")),
        nought(when_open(format!("IF(ISNUMBER({more}),{more},0)"), "0")),
        Cell::says(when_open(format!("IF(TRIM({family})=\"\",\"|\"&ROW(),{})", text(&family)), "\"\""), "")
            .look(Look::Figure),
        Cell::says(when_open(text(&child), "\"\""), "").look(Look::Figure),
        nought(format!(
            "=IF({}=\"\",0,IF(SUMPRODUCT(({}={})*({}={}))>0,1,0))",
            here(row::CHILD),
            above(row::CHILD),
            here(row::CHILD),
            above(row::WORKER),
            here(row::WORKER)
        )),
        nought(format!(
            "=IF(OR({is_open}=0,{}<1),0,IF(SUMPRODUCT(({}={})*({}={}))=0,1,0))",
            here(row::WORKER),
            above(row::HOUSEHOLD),
            here(row::HOUSEHOLD),
            above(row::WORKER),
            here(row::WORKER)
        )),
        nought(format!("=IF({first}=0,0,SUMPRODUCT({own}*(1-{})))", rows(row::AGAIN))),
        nought(format!("=IF({first}=0,0,{points})")),
        nought(when_open(unsure, "0")),
    ]
}

/// The reckoning of a line of "Workers".
fn of_staff(figures: &Figures<'_>, at: u32) -> Vec<Cell> {
    let there = |column: u32| address(STAFF, CellRef::new(STAFF_HEAD + 1 + at, column)).replace('$', "");
    let here = |column: u32| CellRef::new(HEAD + 1 + at, column).to_string();
    let area = address(SHEET, CellRef::new(3, 1));
    let own = format!("({}={})", rows(row::WORKER), here(row::NUMBER));
    let when = |formula: String| format!("=IF({}=\"\",0,{formula})", here(row::KEY));
    vec![
        Cell::number(at + 1),
        Cell::says(format!("=UPPER(TRIM({}))", there(0)), "").look(Look::Figure),
        Cell::counts(when(share(figures, &there(2))), 0),
        Cell::counts(when(line(figures, &area, &there(1), &there(3))), 0),
        Cell::counts(when(format!("SUMPRODUCT({own}*{}*(1-{}))", rows(row::OPEN), rows(row::AGAIN))), 0),
        Cell::counts(when(format!("ROUND(SUMPRODUCT({own}*{}),8)", rows(row::POINTS))), 0),
        Cell::counts(when(duties(figures, &there(4), &there(5), &figures.at(id::POINTS_DUTY))), 0),
        Cell::counts(when(format!("SUMPRODUCT({own}*{})", rows(row::UNSURE))), 0),
    ]
}

/// A column of "Reckoning" over all children.
pub fn rows(of: u32) -> String {
    span(RECKONING, column(of, HEAD + 1, HEAD + ROWS))
}

/// A column of "Reckoning" over all workers.
pub fn staff_rows(of: u32) -> String {
    span(RECKONING, column(of, HEAD + 1, HEAD + STAFF_ROWS))
}

/// A cell of "Reckoning" as other sheets name it.
pub fn on_reckoning(cell: CellRef) -> String {
    address(RECKONING, cell)
}
