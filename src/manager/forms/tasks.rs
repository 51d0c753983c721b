//! The tasks form: one worker's tasks or pieces of work, with their points and the colour (domain section 7).

use crate::book::page::{Cell, Look, Page, fixed};
use crate::book::sheet::{Area, CellRef};
use crate::field::rating::{Measure, Rag};
use crate::policy::figure_ids as id;

use super::entries::{DUTIES, DUTY_POINTS, EXPERIENCE, Entry, FTE, Field, ROLE};
use super::figures::{EXPECTED, Figures, NONE, of};
use super::formulas::{Judged, colour, duties, expected, line, share, used};
use super::points;

/// What is said of the worker.
pub const WORKER: &[Field] = &[points::NAME, points::TEAM, points::AREA, ROLE, FTE, EXPERIENCE, DUTIES, DUTY_POINTS];

/// What is said of each kind of task.
pub const NUMBERS: &[Field] = &[Field {
    heading: "Number in current caseload",
    entry: Entry::Figure,
    ask: "How many of these are in hand at present. Leave blank for none.",
    example: "3",
}];

/// How to use the form.
pub const STEPS: &[&str] = &[
    "One sheet for each worker: fill in the top, then how many tasks of each kind are in hand. For another worker copy the sheet (Move or Copy, Create a copy).",
    "Points, benchmark, surplus and colour at the top follow as you type.",
    "Have fairload score it by the same policy: fairload run tasks.xlsx --policy task-force-tasks.",
];

const COLUMNS: u32 = 8;
/// The first row of what is said of the worker.
const TOP: u32 = 8;
/// The row of the table's headings.
const HEAD: u32 = 17;

/// Cells of the results that others refer to.
mod at {
    use crate::book::sheet::CellRef;

    const fn at(row: u32, column: u32) -> CellRef {
        CellRef { row, column }
    }
    pub const TASKS: CellRef = at(3, 0);
    pub const BESIDE: CellRef = at(3, 1);
    pub const TOTAL: CellRef = at(3, 2);
    pub const BENCHMARK: CellRef = at(3, 3);
    pub const SURPLUS: CellRef = at(3, 4);
    pub const RAG: CellRef = at(3, 7);
    pub const POST: CellRef = at(6, 1);
    pub const LINE: CellRef = at(6, 3);
}

/// The form's first sheet.
pub fn pages(figures: &Figures<'_>) -> Vec<Page> {
    let lines = figures.tasks_lines();
    let mut page = Page::new("Tasks", "2F5597", &[42, 18, 26, 16, 22, 16, 14, 20]);
    page.protected = true;
    page.across(COLUMNS, "Tasks form", Look::Title);
    let indicative = figures.tasks.and_then(|policy| policy.tasks.as_ref()).is_some_and(|model| model.indicative);
    let about = match indicative {
        true => {
            "Fill in the blue cells. The points for a task are indicative, for local agreement: nobody's load is judged \
             by them before they are agreed."
        }
        false => "Fill in the blue cells: the worker first, then how many there are of each task.",
    };
    page.across(COLUMNS, about, Look::Muted);
    let last = HEAD + lines.len() as u32;
    let (heads, results): (Vec<&str>, Vec<Cell>) = results(figures, last).into_iter().unzip();
    page.push(Cell::headings(&heads));
    page.push(results);
    page.rag_words.push(Area { first: at::RAG, last: at::RAG });
    for (what, formula, blank) in [
        ("Action required", figures.action(&fixed(at::RAG)), ""),
        ("Assumed or missing", remarks(last), REMARKS_OF_BLANK),
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
    page.push(Cell::headings(&["Task or piece of work", NUMBERS[0].heading, "Points for one", "Comes to", "Check"]));
    page.freeze = Some(CellRef::new(at::RAG.row + 2, 0));
    page.repeat = Some((HEAD, HEAD));
    for (label, key) in lines {
        let row = page.next();
        let (number, each) = (CellRef::new(row, 1), CellRef::new(row, 2));
        let comes_to = format!(
            "=IF(TRIM({number})=\"\",\"\",IF(ISNUMBER({number}),IF({number}<0,\"?\",ROUND({number}*{each},8)),\"?\"))"
        );
        let check = format!("=IF({}=\"?\",\"Enter a number\",\"\")", CellRef::new(row, 3));
        page.push(vec![
            Cell::text(label).look(Look::Strong),
            NUMBERS[0].cell(),
            Cell::counts(format!("={}", figures.at_key(&key)), figures.value(&key)),
            Cell::says(comes_to, "").look(Look::StrongFigure),
            Cell::says(check, ""),
        ]);
    }
    page.entries.extend(NUMBERS[0].rule(figures, crate::book::page::column(1, HEAD + 1, last)));
    vec![page]
}

fn said(heading: &str) -> String {
    let at = WORKER.iter().position(|field| field.heading == heading).unwrap_or(0);
    fixed(CellRef::new(TOP + at as u32, 1))
}

fn whole(column: u32, last: u32) -> String {
    format!("{}:{}", fixed(CellRef::new(HEAD + 1, column)), fixed(CellRef::new(last, column)))
}

fn results(figures: &Figures<'_>, last: u32) -> Vec<(&'static str, Cell)> {
    let counts = |formula: String| Cell::counts(format!("={formula}"), 0).look(Look::StrongFigure);
    let dash = |formula: String| Cell::says(format!("={formula}"), NONE).look(Look::StrongFigure);
    let (total, benchmark, surplus) = (fixed(at::TOTAL), fixed(at::BENCHMARK), fixed(at::SURPLUS));
    let scored = format!(
        "IF(OR(SUMPRODUCT(({}=\"?\")*1)>0,COUNTA({})=0),\"{NONE}\",{})",
        whole(3, last),
        whole(1, last),
        expected(figures, of::TASKS, &fixed(at::LINE), &fixed(at::POST)),
    );
    let usual = figures.at(id::TASKS_DUTY);
    let beside = duties(figures, &said("Other duties"), &said("Points for duties"), &usual);
    let word = colour(figures, Measure::Tasks, &Judged { load: &total, lower: &benchmark, upper: &benchmark });
    let when = |formula: String| format!("IF(ISNUMBER({benchmark}),{formula},\"{NONE}\")");
    vec![
        ("Points of the tasks", counts(format!("ROUND(SUM({}),8)", whole(3, last)))),
        ("Points beside them", counts(beside)),
        ("Sum of both", counts(format!("ROUND({}+{},8)", fixed(at::TASKS), fixed(at::BESIDE)))),
        ("Benchmark", dash(scored)),
        ("Surplus (+) or deficit (−)", dash(when(format!("ROUND({benchmark}-{total},8)")))),
        (
            "In percent",
            dash(when(format!("IF({benchmark}=0,\"{NONE}\",ROUND({surplus}/{benchmark},4))")))
                .look(Look::StrongPercent),
        ),
        ("Utilisation", dash(used(&total, &benchmark)).look(Look::StrongPercent)),
        ("Colour", Cell::says(format!("={word}"), Rag::NotScored.word()).look(Look::Rag)),
    ]
}

fn steps(figures: &Figures<'_>) -> Vec<Cell> {
    let line = line(figures, &said("Service area"), &said("Role"), &said("Experience"));
    vec![
        Cell::text("Share of a post").look(Look::Text),
        Cell::counts(format!("={}", share(figures, &said("FTE"))), 1),
        Cell::text(format!("Line on “{EXPECTED}”")).look(Look::Text),
        Cell::counts(format!("={line}"), figures.lines()),
    ]
}

/// What is assumed of a form that nobody has filled in.
const REMARKS_OF_BLANK: &str = "FTE is not given: 1 is assumed. Experience is not given: the full benchmark is assumed. No \
                                number is entered, so nothing is scored.";

fn remarks(last: u32) -> String {
    let blank = |heading: &str, text: &str| format!("IF(TRIM({})=\"\",\"{text} \",\"\")", said(heading));
    [
        blank("FTE", "FTE is not given: 1 is assumed."),
        format!("IF({}=0,\"FTE cannot be used: enter a share such as 0.6. \",\"\")", fixed(at::POST)),
        blank("Experience", "Experience is not given: the full benchmark is assumed."),
        format!("IF({}=0,\"Service area, role or experience is not on its list. \",\"\")", fixed(at::LINE)),
        format!("IF(COUNTA({})=0,\"No number is entered, so nothing is scored.\",\"\")", whole(1, last)),
    ]
    .join("&")
}
