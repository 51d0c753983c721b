//! The time form: one worker's hours over a period, and the colour (domain section 6).

use crate::book::page::{Cell, Look, Page, fixed};
use crate::book::sheet::{Area, CellRef};
use crate::field::rating::{Measure, Rag};
use crate::policy::figure_ids as id;

use super::entries::{EXPERIENCE, Entry, FTE, Field, ROLE};
use super::figures::{EXPECTED, Figures, NONE, of};
use super::formulas::{Judged, colour, line, share, used};
use super::points;

/// What is said of the worker.
pub const WORKER: &[Field] = &[points::NAME, points::TEAM, points::AREA, ROLE, FTE, EXPERIENCE];

/// The hours available; a blank cell is read as the hours of the post.
pub const AVAILABLE_HOURS: &[Field] = &[hours(
    "Total time available",
    "Leave blank: the full-time week, times the weeks of the period, times the FTE. Or enter the hours of the period.",
    "148",
)];

/// What is taken off the hours available; the headings are words that are read.
pub const HOURS: &[Field] = &[
    hours("Personal adjustments", "Leave, time off in lieu, training, union time, reasonable adjustments.", "7.4"),
    hours("Supervision", "With preparation. Left blank, the guideline minimum is assumed.", "3"),
    hours("CPD", "Professional development. Left blank, the policy's share of the hours available is assumed.", "15"),
    hours("Other roles", "Practice teaching, panel, mentoring, duty.", "0"),
    hours("General admin", "Team meetings, messages, support for colleagues.", "20"),
    hours("Crisis allowance", "What is kept free for the unforeseen.", "2"),
    hours("Local travel", "Travel nearby.", "3"),
    hours("Additional travel", "Travel out of the area.", "1"),
];

/// How to use the form.
pub const STEPS: &[&str] = &[
    "One sheet for each worker: fill in the top, the hours that other things take in the period, then hours for each case. For another worker copy the sheet (Move or Copy, Create a copy).",
    "Hours available come from the full-time week, the weeks of the period and the FTE, unless you enter them. Sums, surplus and colour at the top follow as you type.",
    "Have fairload score it by the same policy: fairload run time.xlsx --policy task-force-time.",
];

const fn hours(heading: &'static str, ask: &'static str, example: &'static str) -> Field {
    Field { heading, entry: Entry::Figure, ask, example }
}

const COLUMNS: u32 = 8;
const CASES: u32 = 30;
/// The first row of what is said of the worker.
const TOP: u32 = 8;
/// The row of the hours available.
const AVAILABLE: u32 = TOP + 8;
const ITEMS: u32 = AVAILABLE + 1;
const FIRST_CASE: u32 = ITEMS + 9;

/// Cells of the results that others refer to.
mod at {
    use crate::book::sheet::CellRef;

    const fn at(row: u32, column: u32) -> CellRef {
        CellRef { row, column }
    }
    pub const OFF: CellRef = at(3, 0);
    pub const CASES: CellRef = at(3, 1);
    pub const NEEDED: CellRef = at(3, 2);
    pub const THERE: CellRef = at(3, 3);
    pub const SURPLUS: CellRef = at(3, 4);
    pub const RAG: CellRef = at(3, 7);
    pub const POST: CellRef = at(6, 1);
    pub const LINE: CellRef = at(6, 3);
    pub const SUPERVISION: CellRef = at(6, 5);
    pub const CPD: CellRef = at(6, 7);
}

/// The form's first sheet.
pub fn pages(figures: &Figures<'_>) -> Vec<Page> {
    let mut page = Page::new("Hours", "2F5597", &[34, 16, 26, 16, 24, 14, 26, 18]);
    page.protected = true;
    page.across(COLUMNS, "Form for the hours of a period", Look::Title);
    page.across(COLUMNS, "Fill in the blue cells. Sums and colour follow as you type.", Look::Muted);
    let (heads, results): (Vec<&str>, Vec<Cell>) = results(figures).into_iter().unzip();
    page.push(Cell::headings(&heads));
    page.push(results);
    page.rag_words.push(Area { first: at::RAG, last: at::RAG });
    for (what, formula, blank) in [
        ("What that asks for", figures.action(&fixed(at::RAG)), ""),
        ("Assumed or missing", remarks(), REMARKS_OF_BLANK),
    ] {
        let says = Cell::says(format!("={formula}"), blank);
        let row = page.push(vec![Cell::text(what).look(Look::Strong), says]);
        page.spread(row, 1, COLUMNS - 1, Look::Text);
        page.rows[row as usize].height = Some(33);
    }
    page.push(steps(figures));
    page.gap();
    points::block(&mut page, figures, WORKER);
    page.gap();
    page.push(Cell::headings(&["What the hours go on", "Number of hours"]));
    page.freeze = Some(CellRef::new(at::RAG.row + 2, 0));
    for field in AVAILABLE_HOURS.iter().chain(HOURS) {
        let row = page.push(vec![Cell::text(field.heading).look(Look::Strong), field.cell()]);
        let cell = CellRef::new(row, 1);
        page.entries.extend(field.rule(figures, Area { first: cell, last: cell }));
    }
    page.push(vec![Cell::text("Itemise for each case").look(Look::Heading), Cell::default().look(Look::Heading)]);
    for number in 1..=CASES {
        page.push(vec![Cell::text(format!("Case {number}")).look(Look::Text), CASE.cell()]);
    }
    page.entries.extend(CASE.rule(figures, crate::book::page::column(1, FIRST_CASE, FIRST_CASE + CASES - 1)));
    vec![page]
}

/// Hours of cases.
pub const EACH: &[Field] = &[CASE];

const CASE: Field =
    hours("Case 1, Case 2 and so on", "Hours that the case needs in the period, travel nearby left out.", "9.5");

fn said(heading: &str) -> String {
    let at = WORKER.iter().position(|field| field.heading == heading).unwrap_or(0);
    fixed(CellRef::new(TOP + at as u32, 1))
}

fn item(heading: &str) -> String {
    let at = HOURS.iter().position(|field| field.heading == heading).unwrap_or(0);
    fixed(CellRef::new(ITEMS + at as u32, 1))
}

fn between(first: u32, rows: u32) -> String {
    format!("{}:{}", fixed(CellRef::new(first, 1)), fixed(CellRef::new(first + rows - 1, 1)))
}

/// Hours of every case, as cells.
fn cases() -> String {
    between(FIRST_CASE, CASES)
}

/// Cells of hours in which something stands that is no figure of nought or more.
fn unread() -> String {
    let of = |cells: String| format!("COUNTA({cells})-COUNT({cells})+COUNTIF({cells},\"<0\")");
    format!("({}+{})", of(between(AVAILABLE, 1 + HOURS.len() as u32)), of(cases()))
}

fn results(figures: &Figures<'_>) -> Vec<(&'static str, Cell)> {
    let counts = |formula: String| Cell::says(format!("={formula}"), NONE).look(Look::StrongFigure);
    let [off, in_cases, needed, there, surplus] = [at::OFF, at::CASES, at::NEEDED, at::THERE, at::SURPLUS].map(fixed);
    let written = fixed(CellRef::new(AVAILABLE, 1));
    let (week, weeks, post) = (figures.at(id::WEEK), figures.at(id::TIME_WEEKS), fixed(at::POST));
    let available = format!("IF(TRIM({written})=\"\",ROUND({week}*{weeks}*{post},8),{written})");
    let when = |formula: String| format!("IF(ISNUMBER({there}),{formula},\"{NONE}\")");
    let items = between(ITEMS, HOURS.len() as u32);
    let blank = |heading: &str, figure: String| format!("IF(TRIM({})=\"\",{figure},0)", item(heading));
    let assumed = format!(
        "{}+{}",
        blank("Supervision", fixed(at::SUPERVISION)),
        blank("CPD", format!("{there}*{}/100", fixed(at::CPD)))
    );
    let scored = format!(
        "IF(OR({}>0,COUNTA({})=0,{}=0,NOT(ISNUMBER({available}))),\"{NONE}\",IF({available}>0,{available},\"{NONE}\"))",
        unread(),
        cases(),
        fixed(at::LINE),
    );
    let word = colour(figures, Measure::Time, &Judged { load: &needed, lower: &there, upper: &there });
    vec![
        ("Taken off in all", counts(when(format!("ROUND(SUM({items})+{assumed},8)")))),
        ("For cases", counts(when(format!("ROUND(SUM({}),8)", cases())))),
        ("Both together", counts(when(format!("ROUND({off}+{in_cases},8)")))),
        ("There are", counts(scored)),
        ("Left (+) or lacking (−)", counts(when(format!("ROUND({there}-{needed},8)")))),
        ("In percent", counts(when(format!("ROUND({surplus}/{there},4)"))).look(Look::StrongPercent)),
        ("Utilisation", counts(used(&needed, &there)).look(Look::StrongPercent)),
        ("Colour", Cell::says(format!("={word}"), Rag::NotScored.word()).look(Look::Rag)),
    ]
}

fn steps(figures: &Figures<'_>) -> Vec<Cell> {
    let whose = line(figures, &said("Service area"), &said("Role"), &said("Experience"));
    let of_line = |column: u32| {
        let line = fixed(at::LINE);
        format!("=IF({line}=0,0,INDEX({},{line}))", figures.whom_column(column))
    };
    let [supervision, cpd] = figures.assumed_hours();
    vec![
        Cell::text("Share of a post").look(Look::Text),
        Cell::counts(format!("={}", share(figures, &said("FTE"))), 1),
        Cell::text(format!("Line on “{EXPECTED}”")).look(Look::Text),
        Cell::counts(format!("={whose}"), figures.lines()),
        Cell::text("Assumed for supervision").look(Look::Text),
        Cell::counts(of_line(of::SUPERVISION), supervision),
        Cell::text("Assumed for CPD, percent").look(Look::Text),
        Cell::counts(of_line(of::CPD), cpd),
    ]
}

/// What is assumed of a form that nobody has filled in.
const REMARKS_OF_BLANK: &str = "FTE is not given: 1 is assumed. Experience is not given: hours as for experienced workers are \
                                assumed. Supervision is blank: the guideline minimum is assumed. CPD is blank: the policy's \
                                share is assumed. No case has hours, so nothing is scored.";

fn remarks() -> String {
    let blank = |cell: String, text: &str| format!("IF(TRIM({cell})=\"\",\"{text} \",\"\")");
    [
        blank(said("FTE"), "FTE is not given: 1 is assumed."),
        format!("IF({}=0,\"FTE cannot be used: enter a share such as 0.6. \",\"\")", fixed(at::POST)),
        blank(said("Experience"), "Experience is not given: hours as for experienced workers are assumed."),
        format!("IF({}=0,\"Service area, role or experience is not on its list. \",\"\")", fixed(at::LINE)),
        format!("IF({}>0,\"Enter hours as figures of 0 or more. \",\"\")", unread()),
        blank(item("Supervision"), "Supervision is blank: the guideline minimum is assumed."),
        blank(item("CPD"), "CPD is blank: the policy's share is assumed."),
        format!("IF(COUNTA({})=0,\"No case has hours, so nothing is scored.\",\"\")", cases()),
    ]
    .join("&")
}
