//! The points form: one worker's households, with their points and the colour (domain section 5).

use crate::book::page::{Cell, Look, Page, fixed};
use crate::book::sheet::{Area, CellRef};
use crate::field::rating::{Measure, Rag};
use crate::policy::figure_ids as id;

use super::entries::{
    ADDITIONAL, DUTIES, DUTY_POINTS, EXPERIENCE, Entry, FTE, Field, LEVEL, PROCEEDINGS, ROLE, STATUS, ask_below, blanks,
};
use super::figures::{Figures, List, NONE, of};
use super::formulas::{
    Judged, colour, duties, earns, expected, household, in_care_proceedings, level, line, off_figures, off_list, share,
    used,
};

/// The worker's name.
pub const NAME: Field =
    Field { heading: "Worker", entry: Entry::Text, ask: "First and last name.", example: "Ada Finch" };

/// The team's name.
pub const TEAM: Field = Field { heading: "Team", entry: Entry::Text, ask: "The team's name.", example: "Harbour team" };

/// The team's field of work.
pub const AREA: Field = Field {
    heading: "Service area",
    entry: Entry::Word(List::Areas),
    ask: "Choose the team's field of work.",
    example: "Locality / field",
};

/// What is said of the worker.
pub const WORKER: &[Field] = &[NAME, TEAM, AREA, ROLE, FTE, EXPERIENCE, DUTIES, DUTY_POINTS];

/// What is said of each household.
pub const HOUSEHOLDS: &[Field] = &[
    Field {
        heading: "Household",
        entry: Entry::Text,
        ask: "A reference of the family, not its name. Each household stands on one row.",
        example: "H-12",
    },
    Field {
        heading: "Number of children",
        entry: Entry::Number,
        ask: "How many children of the household this worker is key worker of.",
        example: "2",
    },
    STATUS,
    PROCEEDINGS,
    LEVEL,
    ADDITIONAL,
];

/// How to use the form.
pub const STEPS: &[&str] = &[
    "One sheet for each worker: fill in the top, then a row for each household of the worker's own caseload. For another worker copy the sheet (Move or Copy, Create a copy).",
    "Points, benchmark, surplus and colour at the top follow as you type. Households held as co-worker are left out.",
    "A household whose row needs a look shows ? in place of points, and the worker is not scored until it is mended.",
];

const ROWS: u32 = 40;
const COLUMNS: u32 = 8;

/// The form's first sheet.
pub fn pages(figures: &Figures<'_>) -> Vec<Page> {
    let mut page = Page::new("Points", "2F5597", &[24, 13, 26, 24, 16, 16, 14, 46]);
    page.protected = true;
    page.across(COLUMNS, "Points form", Look::Title);
    let about = "Fill in the blue cells: the worker first, then a row for each family below. Points and colour follow as \
                 you type.";
    page.across(COLUMNS, about, Look::Muted);
    let (heads, results): (Vec<&str>, Vec<Cell>) = results(figures).into_iter().unzip();
    page.push(Cell::headings(&heads));
    page.push(results);
    page.rag_words.push(at_cell(at::RAG));
    for (what, formula, blank) in
        [("Action required", figures.action(&fixed(at::RAG)), ""), ("Assumed or missing", remarks(), REMARKS_OF_BLANK)]
    {
        let says = Cell::says(format!("={formula}"), blank);
        let row = page.push(vec![Cell::text(what).look(Look::Strong), says]);
        page.spread(row, 1, COLUMNS - 1, Look::Text);
        page.rows[row as usize].height = Some(33);
    }
    page.push(steps(figures));
    page.gap();
    block(&mut page, figures, WORKER);
    page.gap();
    let mut heads: Vec<&str> = HOUSEHOLDS.iter().map(|field| field.heading).collect();
    heads.extend(["Points", "Check"]);
    let head = page.push(Cell::headings(&heads));
    // The results stay in sight beside whatever row is being filled in.
    page.freeze = Some(CellRef::new(at::RAG.row + 2, 0));
    page.repeat = Some((head, head));
    for row in head + 1..=head + ROWS {
        let mut cells = blanks(HOUSEHOLDS);
        cells.extend([
            Cell::says(format!("={}", points_of(figures, row)), "").look(Look::StrongFigure),
            Cell::says(format!("={}", check(figures, row)), ""),
        ]);
        page.push(cells);
    }
    ask_below(&mut page, figures, HOUSEHOLDS, CellRef::new(head + 1, 0), ROWS);
    vec![page]
}

/// Adds what is said of a worker, each on a row of its own: a text beside a blank cell would be read as what
/// the cell says.
pub fn block(page: &mut Page, figures: &Figures<'_>, fields: &[Field]) {
    for field in fields {
        let row = page.push(vec![Cell::text(field.heading).look(Look::Strong), field.cell(), field.cell()]);
        page.spread(row, 1, 2, field.cell().look);
        page.entries.extend(field.rule(figures, at_cell(CellRef::new(row, 1))));
    }
}

/// The zero-based row of the table's headings.
const HEAD: u32 = 17;
/// The first row of what is said of the worker.
const TOP: u32 = 8;

/// Cells of the results that others refer to.
mod at {
    use crate::book::sheet::CellRef;

    const fn at(row: u32, column: u32) -> CellRef {
        CellRef { row, column }
    }
    pub const CASES: CellRef = at(3, 0);
    pub const HELD: CellRef = at(3, 1);
    pub const BESIDE: CellRef = at(3, 2);
    pub const TOTAL: CellRef = at(3, 3);
    pub const BENCHMARK: CellRef = at(3, 4);
    pub const SURPLUS: CellRef = at(3, 5);
    pub const RAG: CellRef = at(3, 7);
    pub const POST: CellRef = at(6, 1);
    pub const LINE: CellRef = at(6, 3);
}

fn at_cell(cell: CellRef) -> Area {
    Area { first: cell, last: cell }
}

/// A field of the worker, by its heading.
fn said(heading: &str) -> String {
    let at = WORKER.iter().position(|field| field.heading == heading).unwrap_or(0);
    fixed(CellRef::new(TOP + at as u32, 1))
}

fn whole(column: u32) -> String {
    format!("{}:{}", fixed(CellRef::new(HEAD + 1, column)), fixed(CellRef::new(HEAD + ROWS, column)))
}

fn results(figures: &Figures<'_>) -> Vec<(&'static str, Cell)> {
    let counts = |formula: String| Cell::counts(format!("={formula}"), 0).look(Look::StrongFigure);
    let dash = |formula: String| Cell::says(format!("={formula}"), NONE).look(Look::StrongFigure);
    let (total, benchmark) = (fixed(at::TOTAL), fixed(at::BENCHMARK));
    let (line, held) = (fixed(at::LINE), fixed(at::HELD));
    let unsure = format!("SUMPRODUCT(({}=\"?\")*1)", whole(6));
    let with_cases = format!("INDEX({},{line})", figures.whom_column(of::WITH_CASES));
    let scored = format!(
        "IF(OR({unsure}>0,COUNTA({})=0,{line}=0),\"{NONE}\",IF(AND({with_cases}=1,{held}=0),\"{NONE}\",{}))",
        whole(4),
        expected(figures, of::POINTS, &line, &fixed(at::POST)),
    );
    let surplus = format!("IF(ISNUMBER({benchmark}),ROUND({benchmark}-{total},8),\"{NONE}\")");
    let word = colour(figures, Measure::Points, &Judged { load: &total, lower: &benchmark, upper: &benchmark });
    vec![
        ("Points of the cases", counts(format!("ROUND(SUM({}),8)", whole(6)))),
        ("Held", counts(format!("SUM({})", whole(1)))),
        (
            "Points beside cases",
            counts(duties(figures, &said("Other duties"), &said("Points for duties"), &figures.at(id::POINTS_DUTY))),
        ),
        ("Total of points", counts(format!("ROUND({}+{},8)", fixed(at::CASES), fixed(at::BESIDE)))),
        ("Benchmark", dash(scored)),
        ("Surplus (+) or deficit (−)", dash(surplus)),
        ("Utilisation", dash(used(&total, &benchmark)).look(Look::StrongPercent)),
        ("Colour", Cell::says(format!("={word}"), Rag::NotScored.word()).look(Look::Rag)),
    ]
}

/// Figures in between, for whoever wants to follow.
fn steps(figures: &Figures<'_>) -> Vec<Cell> {
    let (benchmark, surplus) = (fixed(at::BENCHMARK), fixed(at::SURPLUS));
    let percent =
        format!("IF(ISNUMBER({benchmark}),IF({benchmark}=0,\"{NONE}\",ROUND({surplus}/{benchmark},4)),\"{NONE}\")");
    let line = line(figures, &said("Service area"), &said("Role"), &said("Experience"));
    vec![
        Cell::text("Share of a post").look(Look::Text),
        Cell::counts(format!("={}", share(figures, &said("FTE"))), 1),
        Cell::text(format!("Line on “{}”", super::figures::EXPECTED)).look(Look::Text),
        Cell::counts(format!("={line}"), figures.lines()),
        Cell::text("Surplus in percent").look(Look::Text),
        Cell::says(format!("={percent}"), NONE).look(Look::Percent),
    ]
}

/// What is assumed of a form that nobody has filled in.
const REMARKS_OF_BLANK: &str = "FTE is not given: 1 is assumed. Role is not given: social worker is assumed. Experience is \
                                not given: the full benchmark is assumed. No intervention level is given, so nothing is scored.";

fn remarks() -> String {
    let blank = |heading: &str, text: &str| format!("IF(TRIM({})=\"\",\"{text} \",\"\")", said(heading));
    let levels = format!("COUNTA({})", whole(4));
    let assumed = format!("SUMPRODUCT(({}<>\"\")*({}<>\"?\")*({}=\"\"))", whole(0), whole(6), whole(4));
    let unsure = format!("SUMPRODUCT(({}=\"?\")*1)", whole(6));
    [
        blank("FTE", "FTE is not given: 1 is assumed."),
        format!("IF({}=0,\"FTE cannot be used: enter a share such as 0.6. \",\"\")", fixed(at::POST)),
        blank("Role", "Role is not given: social worker is assumed."),
        blank("Experience", "Experience is not given: the full benchmark is assumed."),
        format!("IF({}=0,\"Service area, role or experience is not on its list. \",\"\")", fixed(at::LINE)),
        format!("IF({unsure}>0,TEXT({unsure},\"0\")&\" rows need a look: see Check. \",\"\")"),
        format!(
            "IF({levels}=0,\"No intervention level is given, so nothing is scored.\",\
             IF({assumed}>0,TEXT({assumed},\"0\")&\" without an intervention level count as medium.\",\"\"))"
        ),
    ]
    .join("&")
}

fn here(row: u32, column: u32) -> String {
    CellRef::new(row, column).to_string()
}

fn is_filled(row: u32) -> String {
    format!("COUNTA({}:{})", here(row, 0), here(row, 5))
}

/// How often the household stands on the form.
fn times(row: u32) -> String {
    let key = |cells: &str| format!("UPPER(SUBSTITUTE({cells},\" \",\"\"))");
    format!("SUMPRODUCT(({}={})*1)", key(&whole(0)), key(&here(row, 0)))
}

fn points_of(figures: &Figures<'_>, row: u32) -> String {
    let [of, children, status, court, needs, more] = [0, 1, 2, 3, 4, 5].map(|column| here(row, column));
    let unsure = format!(
        "OR(TRIM({of})=\"\",NOT(ISNUMBER({children})),{children}<1,{},{},{},{},{}>1)",
        off_list(figures, List::Statuses, &status),
        off_list(figures, List::Proceedings, &court),
        off_figures(figures, List::Levels, &needs),
        off_figures(figures, List::Additional, &more),
        times(row),
    );
    let more = format!("IF(ISNUMBER({more}),{more},0)");
    let total = household(
        figures,
        &children,
        &earns(figures, &status, &court),
        &in_care_proceedings(figures, &court),
        &level(figures, &needs, &figures.at(id::POINTS_BLANK)),
        &more,
    );
    let closed = format!("{}=0", super::formulas::open(figures, &status));
    format!("IF({}=0,\"\",IF({unsure},\"?\",IF({closed},\"?\",{total})))", is_filled(row))
}

fn check(figures: &Figures<'_>, row: u32) -> String {
    let [of, children, status, court, needs, more] = [0, 1, 2, 3, 4, 5].map(|column| here(row, column));
    let mut text = format!("IF(TRIM({needs})=\"\",\"No intervention level: medium is assumed\",\"\")");
    for (wrong, says) in [
        (off_figures(figures, List::Additional, &more), "Choose the additional factors from the list"),
        (off_figures(figures, List::Levels, &needs), "Choose the intervention level from the list"),
        (off_list(figures, List::Proceedings, &court), "Choose the proceedings from the list"),
        (format!("{}=0", super::formulas::open(figures, &status)), "Closed: take the row out"),
        (off_list(figures, List::Statuses, &status), "Choose the case status from the list"),
        (format!("{}>1", times(row)), "This household stands on two rows: put it on one"),
        (format!("OR(NOT(ISNUMBER({children})),{children}<1)"), "How many children? Enter a number"),
        (format!("TRIM({of})=\"\""), "Give the household a reference"),
    ] {
        text = format!("IF({wrong},\"{says}\",{text})");
    }
    format!("IF({}=0,\"\",{text})", is_filled(row))
}
