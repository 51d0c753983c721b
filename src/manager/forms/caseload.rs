//! The caseload form: a row for each child, the team's workers with their colours, and a block that tells
//! what would follow if a worker were given more.

use crate::book::page::{Cell, Look, Page, column, fixed, span};
use crate::book::sheet::{Area, CellRef};
use crate::field::rating::{Measure, Rag};
use crate::policy::figure_ids as id;

use super::entries::{
    ADDITIONAL, AGREED, AGREED_REASON, DUTIES, DUTY_POINTS, EXPERIENCE, Entry, FTE, Field, JUDGEMENT, JUDGEMENT_REASON,
    LEVEL, PROCEEDINGS, ROLE, STATUS, ask_below, blanks,
};
use super::figures::{Figures, List, NONE, of};
use super::formulas::{
    Judged, colour, duties, earns, expected, household, in_care_proceedings, level, line, off_figures, off_list, open,
    share, used, worst,
};

/// What is said of the team.
pub const TEAM: &[Field] = &[
    Field { heading: "Team", entry: Entry::Text, ask: "The team's name.", example: "Harbour team" },
    Field {
        heading: "Service area",
        entry: Entry::Word(List::Areas),
        ask: "Choose the team's field of work: the limits depend on it.",
        example: "Locality / field",
    },
];

/// What is said of each child.
pub const CASES: &[Field] = &[
    Field {
        heading: "Child reference",
        entry: Entry::Text,
        ask: "The child's number in your case system. Each child stands on one row.",
        example: "C-1042",
    },
    Field {
        heading: "Household",
        entry: Entry::Text,
        ask: "The same reference for siblings who live together. Blank: the child counts as a household alone.",
        example: "H-12",
    },
    Field {
        heading: "Worker",
        entry: Entry::Name(NAMES),
        ask: "The key worker, chosen from the sheet “Workers”. Blank: nobody holds the child yet.",
        example: "Ada Finch",
    },
    Field {
        heading: "Co-worker",
        entry: Entry::Text,
        ask: "Who helps, if anybody. Co-worked children are not counted for the co-worker.",
        example: "Ben Wren",
    },
    STATUS,
    PROCEEDINGS,
    LEVEL,
    ADDITIONAL,
    Field {
        heading: "Awaiting move",
        entry: Entry::Word(List::YesNo),
        ask: "Yes where transfer, closure or step-down is planned. The child still counts.",
        example: "No",
    },
    Field {
        heading: "Date allocated",
        entry: Entry::Date,
        ask: "The day the key worker was given the child, as dd/mm/yyyy.",
        example: "14/03/2025",
    },
    Field { heading: "Date of birth", entry: Entry::Date, ask: "As dd/mm/yyyy.", example: "02/06/2014" },
    Field {
        heading: "Notes",
        entry: Entry::Text,
        ask: "What explains the load, such as holiday cover. Nothing here changes a figure.",
        example: "Holiday cover",
    },
];

/// What is said of each worker.
pub const WORKERS: &[Field] = &[
    Field {
        heading: "Worker",
        entry: Entry::Text,
        ask: "First and last name, once for each worker, those without cases too.",
        example: "Ada Finch",
    },
    ROLE,
    FTE,
    EXPERIENCE,
    DUTIES,
    DUTY_POINTS,
    AGREED,
    AGREED_REASON,
    JUDGEMENT,
    JUDGEMENT_REASON,
];

/// What is asked before work is given to somebody.
pub const ALLOCATE: &[Field] = &[
    Field {
        heading: "Who",
        entry: Entry::Name(NAMES),
        ask: "Choose the worker who might take the family.",
        example: "Ada Finch",
    },
    Field {
        heading: "How many",
        entry: Entry::Number,
        ask: "How many children of one household would be given.",
        example: "2",
    },
    STATUS,
    PROCEEDINGS,
    LEVEL,
    ADDITIONAL,
];

/// How to use the form.
pub const STEPS: &[&str] = &[
    "Enter the staff on “Workers” first: their names are offered on “Caseload”. Then the team and its field of work at the top of “Caseload”, and a row for each child.",
    "“Workers” shows at once what each worker holds against limit and benchmark, and the colour. “Check” beside each child says what a row still lacks: until it is mended, its worker is not scored.",
    "A child that stands on two rows with the same worker counts once. Siblings' figures count once per household and worker, the highest of their rows.",
    "Before giving work to somebody, ask “Allocate”: it shows load, utilisation and colour before and after.",
];

const NAMES: &str = "'Workers'!$A$7:$A$36";
const SHEET: &str = "Caseload";
const STAFF: &str = "Workers";
/// The sheet on which the rows are reckoned.
pub const RECKONING: &str = "Reckoning";

const ROWS: u32 = 300;
/// The row of the headings on "Caseload" and on "Reckoning": a row has the same number on both.
const HEAD: u32 = 6;
const STAFF_ROWS: u32 = 30;
const STAFF_HEAD: u32 = 5;

/// Columns of "Workers" that the form fills in.
mod staff {
    pub const HELD: u32 = 10;
    pub const LOWER: u32 = 11;
    pub const UPPER: u32 = 12;
    pub const COLOUR: u32 = 14;
    pub const POINTS: u32 = 15;
    pub const BENCHMARK: u32 = 16;
    pub const POINTS_COLOUR: u32 = 18;
    pub const OVERALL: u32 = 19;
}

/// Columns of "Reckoning": of a child's row, and from `NUMBER` on of a worker.
mod row {
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

/// The form's sheets, that of the reckoning last.
pub fn pages(figures: &Figures<'_>) -> Vec<Page> {
    vec![cases(figures), workers(figures), allocate(figures), reckoning(figures)]
}

fn cases(figures: &Figures<'_>) -> Page {
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

fn workers(figures: &Figures<'_>) -> Page {
    let widths = [24, 22, 8, 22, 22, 10, 9, 22, 13, 22, 8, 9, 9, 11, 13, 9, 11, 11, 13, 13, 96];
    let mut page = Page::new(STAFF, "2F5597", &widths);
    page.protected = true;
    page.across(10, "The team's staff, and what they hold", Look::Title);
    let about = "Fill in the blue cells, a row for each; what is held, utilisation and colours on the right follow as you \
                 type. Co-worked children are not counted.";
    page.across(10, about, Look::Muted);
    page.gap();
    page.gap();
    let mut over = vec![Cell::default(); staff::HELD as usize];
    over.push(Cell::text("Against the limit").look(Look::Strong));
    over.resize(staff::POINTS as usize, Cell::default());
    over.push(Cell::text("In points").look(Look::Strong));
    let row = page.push(over);
    page.spread(row, staff::HELD, staff::COLOUR, Look::Strong);
    page.spread(row, staff::POINTS, staff::POINTS_COLOUR, Look::Strong);
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
    for at in 0..STAFF_ROWS {
        let mut cells = blanks(WORKERS);
        cells.extend(results(figures, at));
        let row = page.push(cells);
        // Room for what is to be known, which no spreadsheet fits while one types.
        page.rows[row as usize].height = Some(31);
    }
    let (first, last) = (STAFF_HEAD + 1, STAFF_HEAD + STAFF_ROWS);
    for of in [staff::COLOUR, staff::POINTS_COLOUR, staff::OVERALL] {
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
    let (load, lower, upper) = (here(staff::HELD), here(staff::LOWER), here(staff::UPPER));
    let (points, against) = (here(staff::POINTS), here(staff::BENCHMARK));
    let in_limits = colour(figures, Measure::Limit, &Judged { load: &load, lower: &lower, upper: &upper });
    let in_points = colour(figures, Measure::Points, &Judged { load: &points, lower: &against, upper: &against });
    let overall = worst(&here(staff::COLOUR), &here(staff::POINTS_COLOUR));
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
        figures.action(&here(staff::OVERALL)),
    ]
    .join("&")
}

fn reckoning(figures: &Figures<'_>) -> Page {
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
    let there = |column: u32| crate::book::page::address(SHEET, CellRef::new(at, column)).replace('$', "");
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
    let unsure = format!(
        "IF(OR({}=-1,{},{},{},{}),1,0)",
        here(row::WORKER),
        off_list(figures, List::Statuses, &status),
        off_list(figures, List::Proceedings, &court),
        off_figures(figures, List::Levels, &needs),
        off_figures(figures, List::Additional, &more),
    );
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
    let there =
        |column: u32| crate::book::page::address(STAFF, CellRef::new(STAFF_HEAD + 1 + at, column)).replace('$', "");
    let here = |column: u32| CellRef::new(HEAD + 1 + at, column).to_string();
    let area = crate::book::page::address(SHEET, CellRef::new(3, 1));
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

fn allocate(figures: &Figures<'_>) -> Page {
    let mut page = Page::new("Allocate", "C08A2B", &[34, 20, 20, 20, 20, 20]);
    page.protected = true;
    page.across(6, "Before giving work to somebody", Look::Title);
    page.across(
        6,
        "Choose who might take a family and how many children: load, utilisation and colour now and after stand below. \
         Nothing is recorded; the family is entered on “Caseload”.",
        Look::Muted,
    );
    page.gap();
    let first = page.next();
    for field in ALLOCATE {
        let row = page.push(vec![Cell::text(field.heading).look(Look::Strong), field.cell(), field.cell()]);
        page.spread(row, 1, 2, field.cell().look);
        let cell = CellRef::new(row, 1);
        page.entries.extend(field.rule(figures, Area { first: cell, last: cell }));
    }
    let [who, many, status, court, needs, more] = [0, 1, 2, 3, 4, 5].map(|at| fixed(CellRef::new(first + at, 1)));
    page.gap();
    let named = format!("({}=UPPER(TRIM({who})))", staff_rows(row::KEY));
    let number = fixed(CellRef::new(first + 7, 1));
    let added = fixed(CellRef::new(first + 8, 1));
    let line = format!(
        "=IF(TRIM({who})=\"\",0,IF(SUMPRODUCT({named}*1)=1,SUMPRODUCT({named}*{}),0))",
        staff_rows(row::NUMBER)
    );
    page.push(vec![Cell::text("Line on “Workers”").look(Look::Text), Cell::counts(line, 0)]);
    let points = household(
        figures,
        &many,
        &earns(figures, &status, &court),
        &in_care_proceedings(figures, &court),
        &level(figures, &needs, &figures.at(id::POINTS_BLANK)),
        &format!("IF(ISNUMBER({more}),{more},0)"),
    );
    let unsure = format!(
        "OR({},{},{},{})",
        off_list(figures, List::Statuses, &status),
        off_list(figures, List::Proceedings, &court),
        off_figures(figures, List::Levels, &needs),
        off_figures(figures, List::Additional, &more),
    );
    let points = format!("=IF(AND(ISNUMBER({many}),{many}>0),IF({unsure},\"{NONE}\",{points}),0)");
    page.push(vec![Cell::text("Points that the family would add").look(Look::Text), Cell::counts(points, 0)]);
    page.gap();
    let heads = ["", "Load", "Lower figure", "Upper figure", "Utilisation", "Colour"];
    page.push(Cell::headings(&heads));
    let parts = [
        ("Limit, now", Measure::Limit, staff::HELD, staff::LOWER, staff::UPPER, None),
        ("Limit, after", Measure::Limit, staff::HELD, staff::LOWER, staff::UPPER, Some(&many)),
        ("In points, now", Measure::Points, staff::POINTS, staff::BENCHMARK, staff::BENCHMARK, None),
        ("In points, after", Measure::Points, staff::POINTS, staff::BENCHMARK, staff::BENCHMARK, Some(&added)),
    ];
    let top = page.next();
    for (what, measure, load, lower, upper, more) in parts {
        let here = |column: u32| CellRef::new(page.next(), column).to_string();
        let of_worker = |column: u32| {
            let all = span(STAFF, crate::book::page::column(column, STAFF_HEAD + 1, STAFF_HEAD + STAFF_ROWS));
            format!("INDEX({all},{number})")
        };
        let when = |formula: String| format!("=IF({number}=0,\"\",{formula})");
        let held = of_worker(load);
        let held = match more {
            None => held,
            Some(more) => {
                format!("IF(ISNUMBER({more}),ROUND({held}+{more},8),IF(TRIM({more})=\"\",{held},\"{NONE}\"))")
            }
        };
        let judged = Judged { load: &here(1), lower: &here(2), upper: &here(3) };
        let word =
            format!("IF(ISNUMBER({}),{},\"{}\")", here(1), colour(figures, measure, &judged), Rag::NotScored.word());
        let share = format!("IF(ISNUMBER({}),{},\"{NONE}\")", here(1), used(&here(1), &here(3)));
        let shown = |formula: String, look: Look| Cell::says(when(formula), "").look(look);
        let cells = vec![
            Cell::text(what).look(Look::Strong),
            shown(held, Look::StrongFigure),
            shown(of_worker(lower), Look::Figure),
            shown(of_worker(upper), Look::Figure),
            shown(share, Look::StrongPercent),
            shown(word, Look::Rag),
        ];
        page.push(cells);
    }
    let last = page.next() - 1;
    page.rag_words.push(column(5, top, last + 1));
    let after = worst(&CellRef::new(top + 1, 5).to_string(), &CellRef::new(last, 5).to_string());
    let mut cells = vec![Cell::text("Overall, after").look(Look::Strong)];
    cells.resize(5, Cell::default().look(Look::Text));
    cells.push(Cell::says(format!("=IF({number}=0,\"\",{after})"), "").look(Look::Rag));
    let overall = page.push(cells);
    let action = figures.action(&CellRef::new(overall, 5).to_string());
    let row = page.push(vec![
        Cell::text("What that asks for").look(Look::Strong),
        Cell::says(format!("={action}"), "").look(Look::Text),
    ]);
    page.spread(row, 1, 5, Look::Text);
    page.rows[row as usize].height = Some(33);
    page
}

/// A column of "Reckoning" over all children.
fn rows(of: u32) -> String {
    span(RECKONING, column(of, HEAD + 1, HEAD + ROWS))
}

/// A column of "Reckoning" over all workers.
fn staff_rows(of: u32) -> String {
    span(RECKONING, column(of, HEAD + 1, HEAD + STAFF_ROWS))
}

fn on_reckoning(cell: CellRef) -> String {
    crate::book::page::address(RECKONING, cell)
}
