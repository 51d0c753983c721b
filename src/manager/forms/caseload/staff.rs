//! The sheet "Workers": who they are, and what each holds against what.

use crate::book::page::{Cell, Look, Page, column};
use crate::book::sheet::CellRef;
use crate::field::rating::Measure;

use super::super::entries::{ask_below, blanks};
use super::super::figures::{Figures, NONE, of};
use super::super::formulas::{Judged, colour, expected, used, worst};
use super::reckoning::{on_reckoning, row, rows, staff_rows};
use super::{HEAD, SHEET, STAFF, STAFF_HEAD, STAFF_ROWS, WORKERS};

/// Columns of "Workers" that the form fills in.
pub mod at {
    #![allow(missing_docs)]
    pub const HELD: u32 = 10;
    pub const LOWER: u32 = 11;
    pub const UPPER: u32 = 12;
    pub const COLOUR: u32 = 14;
    pub const POINTS: u32 = 15;
    pub const BENCHMARK: u32 = 16;
    pub const POINTS_COLOUR: u32 = 18;
    pub const OVERALL: u32 = 19;
}

/// Builds the sheet.
pub fn page(figures: &Figures<'_>) -> Page {
    let widths = [24, 22, 8, 22, 22, 10, 9, 22, 13, 22, 8, 9, 9, 11, 13, 9, 11, 11, 13, 13, 96];
    let mut page = Page::new(STAFF, "2F5597", &widths);
    page.protected = true;
    page.across(10, "The team's staff, and what they hold", Look::Title);
    let about = "Fill in the blue cells, a row for each; what is held, utilisation and colours on the right follow as you \
                 type. Co-worked children are not counted.";
    page.across(10, about, Look::Muted);
    page.gap();
    page.gap();
    let mut over = vec![Cell::default(); at::HELD as usize];
    over.push(Cell::text("Against the limit").look(Look::Strong));
    over.resize(at::POINTS as usize, Cell::default());
    over.push(Cell::text("In points").look(Look::Strong));
    let row = page.push(over);
    page.spread(row, at::HELD, at::COLOUR, Look::Strong);
    page.spread(row, at::POINTS, at::POINTS_COLOUR, Look::Strong);
    let mut heads: Vec<&str> = WORKERS.iter().map(|field| field.heading).collect();
    heads.extend([
        "Load",
        "From",
        "Up to",
        "Used",
        "Colour",
        "Points",
        "Benchmark",
        "Used of it",
        "Colour in points",
        "Overall",
        "What to know",
    ]);
    page.push(Cell::headings(&heads));
    page.freeze = Some(CellRef::new(STAFF_HEAD + 1, 1));
    page.repeat = Some((STAFF_HEAD, STAFF_HEAD));
    page.two_pages_wide = true;
    for line in 0..STAFF_ROWS {
        let mut cells = blanks(WORKERS);
        cells.extend(results(figures, line));
        let row = page.push(cells);
        // Room for what is to be known, which no spreadsheet fits while one types.
        page.rows[row as usize].height = Some(31);
    }
    let (first, last) = (STAFF_HEAD + 1, STAFF_HEAD + STAFF_ROWS);
    for of in [at::COLOUR, at::POINTS_COLOUR, at::OVERALL] {
        page.rag_words.push(column(of, first, last));
    }
    ask_below(&mut page, figures, WORKERS, CellRef::new(first, 0), STAFF_ROWS);
    page
}

/// What a worker holds, against what; `at` counts the lines of "Workers" from nought.
fn results(figures: &Figures<'_>, at: u32) -> Vec<Cell> {
    let here = |column: u32| CellRef::new(STAFF_HEAD + 1 + at, column).to_string();
    let of_worker = |column: u32| on_reckoning(CellRef::new(HEAD + 1 + at, column));
    let when = |formula: String| format!("=IF({}=\"\",\"\",{formula})", of_worker(row::KEY));
    let (line, post, held) = (of_worker(row::LINE), of_worker(row::SHARE), of_worker(row::HELD));
    let agreed = here(6);
    let unusable = format!("OR({post}=0,{}>0)", of_worker(row::NOT_SURE));
    let may_agree = format!("IF({line}=0,1,INDEX({},{line}))", figures.whom_column(of::AGREE));
    let limit = |column: u32| {
        let by_policy = expected(figures, column, &line, &post);
        format!(
            "IF({unusable},\"{NONE}\",IF(TRIM({agreed})=\"\",{by_policy},IF(AND(ISNUMBER({agreed}),{may_agree}=1),{agreed},\
             \"{NONE}\")))"
        )
    };
    let levels = format!("SUM({})", rows(row::LEVEL));
    let with_cases = format!("INDEX({},{line})", figures.whom_column(of::WITH_CASES));
    let benchmark = format!(
        "IF(OR({unusable},{line}=0,{levels}=0),\"{NONE}\",IF(AND({with_cases}=1,{held}=0),\"{NONE}\",{}))",
        expected(figures, of::POINTS, &line, &post)
    );
    let (load, lower, upper) = (here(at::HELD), here(at::LOWER), here(at::UPPER));
    let (points, against) = (here(at::POINTS), here(at::BENCHMARK));
    let in_limits = colour(figures, Measure::Limit, &Judged { load: &load, lower: &lower, upper: &upper });
    let in_points = colour(figures, Measure::Points, &Judged { load: &points, lower: &against, upper: &against });
    let overall = worst(&here(at::COLOUR), &here(at::POINTS_COLOUR));
    let shown = |formula: String, look: Look| Cell::says(when(formula), "").look(look);
    vec![
        shown(held.clone(), Look::StrongFigure),
        shown(limit(of::LOWER), Look::Figure),
        shown(limit(of::UPPER), Look::Figure),
        shown(used(&load, &upper), Look::Percent),
        shown(in_limits, Look::Rag),
        shown(format!("ROUND({}+{},8)", of_worker(row::CASES), of_worker(row::BESIDE)), Look::StrongFigure),
        shown(benchmark, Look::Figure),
        shown(used(&points, &against), Look::Percent),
        shown(in_points, Look::Rag),
        shown(overall, Look::Rag),
        shown(remarks(figures, at, &levels), Look::Text),
    ]
}

fn remarks(figures: &Figures<'_>, at: u32, levels: &str) -> String {
    let here = |column: u32| CellRef::new(STAFF_HEAD + 1 + at, column).to_string();
    let of_worker = |column: u32| on_reckoning(CellRef::new(HEAD + 1 + at, column));
    let blank = |column: u32, text: &str| format!("IF(TRIM({})=\"\",\"{text} \",\"\")", here(column));
    let unsure = of_worker(row::NOT_SURE);
    let key = of_worker(row::KEY);
    let twice = format!("SUMPRODUCT(({}={key})*1)>1", staff_rows(row::KEY));
    let agreed = here(6);
    [
        format!("IF({twice},\"Named twice on this sheet: keep one row. \",\"\")"),
        format!("IF({unsure}>0,TEXT({unsure},\"0\")&\" rows on “{SHEET}” need a look, so nothing is scored. \",\"\")"),
        format!("IF({}=0,\"FTE cannot be used: enter a share such as 0.6. \",\"\")", of_worker(row::SHARE)),
        blank(2, "FTE is not given: 1 is assumed."),
        blank(1, "Role is not given: social worker is assumed."),
        blank(3, "Experience is not given: the full benchmark is assumed."),
        format!("IF({}=0,\"Service area, role or experience is not on its list. \",\"\")", of_worker(row::LINE)),
        format!(
            "IF(AND({levels}=0,SUM({})>0),\"No intervention level is given, so points are not scored. \",\"\")",
            rows(row::OPEN)
        ),
        format!("IF(AND(TRIM({agreed})<>\"\",TRIM({})=\"\"),\"Say why the limit was agreed. \",\"\")", here(7)),
        figures.action(&here(at::OVERALL)),
    ]
    .join("&")
}
