//! The Task Force's points form as published, one sheet for each worker.

use crate::saltmarsh::book::{Book, SheetTruth, widths, workbook};
use crate::saltmarsh::example;
use crate::saltmarsh::grid::{Cell, text};
use crate::saltmarsh::layouts::{KNOWS, look};
use crate::saltmarsh::paper::Paper;
use crate::saltmarsh::people::{Court, FULL, Fate, Register, Status, Team, Worker};

/// Household as the form words it, children, status, proceedings, level, additional factors.
type Household = (&'static str, u32, Status, Court, i64, i64);

/// How the published form words the households of the worked example, and its remark on a figure.
const WORDED: [(&str, &str); 9] = [
    ("A: 1 LAC + court proceedings", ""),
    ("B: 2 CP", ""),
    ("C: 6 neglect", ""),
    ("D: 1 LAC", ""),
    ("E: 1 CP", " (multi-agency)"),
    ("F: 2 CP neglect", ""),
    ("G: 1 CP", ""),
    ("H: 2 CiN, special needs", ""),
    ("I: 1 CiN", ""),
];

/// The part-timer's households. Their letters begin at A again; they are no household of the first form.
const SECOND: [Household; 6] = [
    ("A: 2 CP", 2, Status::Protection, Court::No, 2, 0),
    ("B: 1 LAC", 1, Status::InCare, Court::No, 3, 1),
    ("C: 3 CiN", 3, Status::InNeed, Court::No, 1, 0),
    ("D", 1, Status::Protection, Court::No, 2, 0),
    ("E: 2 CiN", 2, Status::InNeed, Court::No, 2, 0),
    ("F: 1 CiN, private proceedings", 1, Status::InNeed, Court::Private, 3, 0),
];

/// The worked example word for word, a part-timer's form with a total that is wrong, and a form to be copied.
pub fn forms() -> Book {
    let mut register = Register::new(23);
    let r = &mut register;
    let mut team = Team::new("Yarrow Locality Team", "locality", KNOWS);
    let first = Worker::social_worker(r, "3+ years").duties("practice teaching", 5);
    let second = Worker::social_worker(r, "2-3 years").share(6_000);
    team.workers = vec![first, second];
    let published = example::HOUSEHOLDS.iter().zip(WORDED);
    let published: Vec<(Household, &str)> = published
        .map(|((_, children, status, court, level, additional), (words, remark))| {
            ((words, *children, *status, *court, *level, *additional), remark)
        })
        .collect();
    for (worker, households) in
        [(0, published.iter().map(|(household, _)| *household).collect::<Vec<_>>()), (1, SECOND.to_vec())]
    {
        for (_, children, status, court, level, additional) in households {
            team.family(r, worker, children, status, court, level, additional);
        }
    }

    // As published: all that is said of the worker stands in one cell.
    let mut example = Paper::default();
    example.title(team.name);
    let worker = &team.workers[0].name;
    let line = format!("Social worker {worker} Experience level: 3 years + Additional commitments: practice teaching");
    example.block(vec![text(line)]);
    headings(&mut example);
    for (household, remark) in &published {
        example.row(row(household, remark, points(household)), Fate::Counted);
    }
    ending(&mut example, 5, 50, 50, "0\n0%", 9, 17);

    // A line for each fact, a status as a word, a remark in a cell, a line left free, and a total one too high.
    let mut part_time = Paper::default();
    let worker = &team.workers[1];
    part_time.block(vec![text("Social worker:"), text(worker.name.clone())]);
    part_time.block(vec![text("Team:"), text(team.name)]);
    part_time.block(vec![text("FTE:"), Cell::Number(worker.fte as f64 / FULL as f64)]);
    part_time.block(vec![text("Experience level:"), text(worker.stage_written)]);
    headings(&mut part_time);
    for household in &SECOND {
        let wrong = household.0.starts_with('E');
        let mut cells = row(household, " (out of borough)", points(household) + i64::from(wrong));
        if household.0 == "D" {
            cells[2] = text("CP");
        }
        part_time.row(cells, Fate::Counted);
    }
    part_time.row(vec![text("G:")], Fate::Aside("blank"));
    ending(&mut part_time, 0, 29, 27, "-2\n-7%", 6, 10);

    let mut free = Paper::default();
    free.block(vec![text("Social worker:")]).block(vec![text("Team:")]).block(vec![text("FTE:")]);
    headings(&mut free);
    for letter in ["A:", "B:", "C:", "D:", "E:", "F:"] {
        free.row(vec![text(letter)], Fate::Aside("blank"));
    }
    free.row(vec![text("GRAND TOTAL")], Fate::Aside("totals"));

    let look = look("Calibri", 0xD9D9D9, 0x000000);
    let mut workbook = workbook("Yarrow Locality Team");
    let mut sheets = Vec::new();
    for (name, paper) in [("Full time", &example), ("Part time", &part_time), ("Blank form", &free)] {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        widths(sheet, &[34.0, 14.0, 14.0, 6.0, 16.0, 20.0, 12.0]);
        paper.write(sheet, &look);
        sheets.push(paper.truth(name, "points-form"));
    }
    sheets[2] = SheetTruth::none("Blank form");
    Book { file: "layouts/Points forms.xlsx", bytes: workbook.save_to_buffer().unwrap(), sheets, teams: vec![team] }
}

/// The form's headings; the status takes two columns.
fn headings(paper: &mut Paper) {
    let row = paper.next();
    paper.heads(&[
        "Case",
        "Base points = 1 per child",
        "Case status (1-4 pts per household)",
        "",
        "Intervention level (1-5 pts per household)",
        "Additional factors per household",
        "Total points",
    ]);
    paper.merge([row, 2, row, 3]);
}

/// What a household's status and proceedings come to (domain section 5).
fn status_points((_, _, status, court, _, _): &Household) -> i64 {
    let status = i64::from(matches!(status, Status::Protection | Status::InCare) || *court == Court::Private);
    status + if *court == Court::Care { 2 } else { 0 }
}

fn points(household: &Household) -> i64 {
    let (_, children, _, _, level, additional) = household;
    i64::from(*children) + status_points(household) + level + additional
}

/// A household's row with this total, and this remark behind its additional points.
fn row(household: &Household, remark: &str, total: i64) -> Vec<Cell> {
    let (words, children, _, _, level, additional) = household;
    let figure = |figure: i64| Cell::Number(figure as f64);
    let status = status_points(household);
    vec![
        text(*words),
        figure(i64::from(*children)),
        if status == 0 { text("-") } else { figure(status) },
        Cell::Blank,
        figure(*level),
        match (*additional, remark) {
            (0, _) => Cell::Blank,
            (points, "") => figure(points),
            (points, remark) => text(format!("{points}{remark}")),
        },
        figure(total),
    ]
}

/// The lines below the households: duties, totals and what follows from them.
fn ending(paper: &mut Paper, duties: i64, total: i64, benchmark: i64, surplus: &str, families: u32, children: u32) {
    let last = |words: &str, cell: Cell| {
        let mut cells = vec![Cell::Blank; 7];
        (cells[0], cells[6]) = (text(words), cell);
        cells
    };
    let figure = |figure: i64| Cell::Number(figure as f64);
    let totals = Fate::Aside("totals");
    let duties = if duties == 0 { Cell::Blank } else { figure(duties) };
    paper.row(last("Additional points non-case related eg practice teaching", duties), totals);
    paper.row(last("GRAND TOTAL", figure(total)), totals);
    paper.row(last("Experienced practitioner benchmark", figure(benchmark)), totals);
    paper.row(last("Capacity surplus/deficit\n• Points\n• As a % of the benchmark", text(surplus)), totals);
    paper.row(vec![text("ACTION REQUIRED: NONE")], totals);
    let mut counts = vec![text(format!("Number of families: {families}"))];
    counts.extend([Cell::Blank, Cell::Blank, text(format!("Number of children: {children}"))]);
    paper.row(counts, totals);
}
