//! The Task Force's tasks form as published and as people copy it, a list of tasks, and a column for each worker.

use crate::saltmarsh::book::{Book, SheetTruth, widths, workbook};
use crate::saltmarsh::grid::{Cell, text};
use crate::saltmarsh::layouts::{KNOWS, look, total};
use crate::saltmarsh::paper::Paper;
use crate::saltmarsh::people::{FULL, Fate, Register, Tasks, Team, Worker};

/// Each kind of task as the published form words it, with the indicative points for one.
const KINDS: [(&str, i64); 9] = [
    ("▶ Care plans", 2),
    ("▶ Assessments", 5),
    ("▶ Home visits", 1),
    ("▶ Safeguarding investigations", 5),
    ("▶ Case conferences", 3),
    ("▶ Court reports", 6),
    ("▶ Court appearances", 3),
    ("▶ Reviews", 2),
    ("▶ Other eg counselling sessions, running course for service users, life story or memory work", 1),
];

/// Points for travel out of the borough for one task.
const TRAVEL: i64 = 1;
/// Points for one duty.
const DUTY: i64 = 5;

/// Tasks of the published form in its order, by number.
const PUBLISHED: [i64; 9] = [4, 2, 11, 1, 2, 0, 0, 2, 1];

/// The list: the worker's position, the task as written, its points and its number.
const LISTED: [(usize, &str, i64, i64); 6] = [
    (3, "Home visits", 1, 15),
    (3, "Assessments", 5, 4),
    (3, "Court report", 6, 1),
    (3, "Out of borough travel", TRAVEL, 4),
    (4, "Home visits", 1, 10),
    (4, "Care plans", 2, 5),
];

/// Tasks down: the task, its points, and the numbers of the last two workers.
const DOWN: [(&str, i64, i64, i64); 5] = [
    ("Home visits", 1, 20, 12),
    ("Court reports", 6, 3, 0),
    ("Court appearances", 3, 4, 0),
    ("Reviews", 2, 0, 4),
    ("Other", 1, 0, 2),
];

/// Seven workers on four sheets, each known by a form alone, and a form to be copied.
pub fn forms() -> Book {
    let mut register = Register::new(37);
    let r = &mut register;
    let mut team = Team::new("Bogbean Locality Team", "locality", KNOWS);
    let published: i64 = PUBLISHED.iter().zip(KINDS).map(|(number, (_, points))| number * points).sum();
    let listed = |worker: usize| LISTED.iter().filter(move |line| line.0 == worker).map(|line| line.2 * line.3).sum();
    let down = |of: fn(&(&str, i64, i64, i64)) -> i64| DOWN.iter().map(|line| line.1 * of(line)).sum();
    team.workers = vec![
        // Two visits out of the borough and one duty beside the tasks.
        Worker::social_worker(r, "3+ years").on_tasks_form(Tasks::Points(published + 2 * TRAVEL + DUTY)),
        // Three care plans, ten visits, and two reviews for which the form gives 5 where the policy gives 4.
        Worker::social_worker(r, "2-3 years").share(6_000).on_tasks_form(Tasks::Points(3 * 2 + 10 + 5)),
        // A task that nobody has points for.
        Worker::social_worker(r, "NQSW 6-12 months").on_tasks_form(Tasks::Untold),
        Worker::social_worker(r, "18 months").on_tasks_form(Tasks::Points(listed(3))),
        Worker::social_worker(r, "NQSW 0-6 months").on_tasks_form(Tasks::Points(listed(4))),
        Worker::social_worker(r, "7 years").on_tasks_form(Tasks::Points(down(|line| line.2))),
        Worker::social_worker(r, "3+ years").share(5_000).on_tasks_form(Tasks::Points(down(|line| line.3))),
    ];
    let pages = [
        ("As published", as_published(&team)),
        ("Two forms", two_forms(&team)),
        ("Task list", list(&team)),
        ("Columns", columns(&team)),
        ("Blank form", blank()),
    ];
    let look = look("Calibri", 0xDDEBDA, 0x000000);
    let mut workbook = workbook("Bogbean Locality Team");
    let mut sheets = Vec::new();
    for (name, paper) in &pages {
        let sheet = workbook.add_worksheet().set_name(*name).unwrap();
        widths(sheet, &[46.0, 16.0, 18.0, 22.0, 12.0]);
        paper.write(sheet, &look);
        sheets.push(match *name {
            "Blank form" => SheetTruth::none(name),
            _ => paper.truth(name, "tasks-form"),
        });
    }
    Book { file: "layouts/Tasks forms.xlsx", bytes: workbook.save_to_buffer().unwrap(), sheets, teams: vec![team] }
}

fn figure(figure: i64) -> Cell {
    Cell::Number(figure as f64)
}

/// A figure; nothing for nought.
fn some(number: i64) -> Cell {
    if number == 0 { Cell::Blank } else { figure(number) }
}

fn share(worker: &Worker) -> Cell {
    Cell::Number(worker.fte as f64 / FULL as f64)
}

/// The block above a form, and its headings.
fn head(paper: &mut Paper, team: &Team, worker: &Worker) {
    paper.block(vec![text("Social worker:"), text(worker.name.clone())]);
    paper.block(vec![text("Team:"), text(team.name)]);
    paper.block(vec![text("FTE:"), share(worker), text("Experience:"), text(worker.stage_written)]);
    paper.heads(&["Case and task or piece of work", "Number in current caseload", "Points"]);
}

/// Lines below the tasks: totals and what follows from them.
fn ending(paper: &mut Paper, total: i64, benchmark: &str) {
    let last = |words: &str, cell: Cell| (vec![text(words), Cell::Blank, cell], Fate::Aside("totals"));
    for (cells, fate) in [
        last("TOTAL POINTS", figure(total)),
        last("Experienced practitioner benchmark", text(benchmark)),
        last("Surplus/deficit\n• Points\n• As a % of the benchmark", Cell::Blank),
        last("ACTION REQUIRED:", Cell::Blank),
    ] {
        paper.row(cells, fate);
    }
}

/// The table of section 2B word for word, filled in.
fn as_published(team: &Team) -> Paper {
    let mut paper = Paper::default();
    paper.title("EXAMPLE Experienced practitioner month ending September 2025");
    head(&mut paper, team, &team.workers[0]);
    for ((words, points), number) in KINDS.iter().zip(PUBLISHED) {
        let fate = if number == 0 { Fate::Aside("blank") } else { Fate::Counted };
        paper.row(vec![text(*words), some(number), some(number * points)], fate);
    }
    let section = |words: &str| (vec![text(words), Cell::Blank, text("Additional points")], Fate::Aside("heading"));
    let free = || (vec![text("▶")], Fate::Aside("blank"));
    let line = |words: &str, number: Cell, points: i64| (vec![text(words), number, figure(points)], Fate::Counted);
    for (cells, fate) in [
        section("Additional out of borough travel required per task"),
        line("▶ Visits to a placement in another county", figure(2), 2 * TRAVEL),
        free(),
        section("Additional duties\nEg panel member, responsibility for a student"),
        line("▶ Panel member", Cell::Blank, DUTY),
        free(),
    ] {
        paper.row(cells, fate);
    }
    ending(&mut paper, 52, "50");
    paper
}

/// Two forms below one another: points of the form's own, and a task that nobody knows.
fn two_forms(team: &Team) -> Paper {
    let mut paper = Paper::default();
    head(&mut paper, team, &team.workers[1]);
    for (words, number, points) in [("Care plans", 3, 6), ("Home visits", 10, 10), ("Reviews", 2, 5)] {
        paper.row(vec![text(words), figure(number), figure(points)], Fate::Counted);
    }
    ending(&mut paper, 21, "27");
    paper.gap();
    head(&mut paper, team, &team.workers[2]);
    paper.row(vec![text("Home visits"), figure(12), figure(12)], Fate::Counted);
    paper.row(vec![text("Transport to contact"), figure(3)], Fate::Counted);
    paper
}

/// A row for each task, the worker's name on the first of theirs alone.
fn list(team: &Team) -> Paper {
    let mut paper = Paper::default();
    paper.block(vec![text("Team:"), text(team.name)]);
    paper.heads(&["Social worker", "FTE", "Experience", "Task type", "Number"]);
    let mut last = None;
    for (at, task, _, number) in LISTED {
        let worker = &team.workers[at];
        let mut cells = match last == Some(at) {
            true => vec![Cell::Blank; 3],
            false => vec![text(worker.name.clone()), share(worker), text(worker.stage_written)],
        };
        cells.extend([text(task), figure(number)]);
        paper.row(cells, Fate::Counted);
        last = Some(at);
    }
    let all = LISTED.iter().map(|line| line.3).sum::<i64>();
    paper.row(total("Total", 4, all as f64), Fate::Aside("totals"));
    paper
}

/// Tasks down, a column for each of two workers, and what is said of them above their numbers.
fn columns(team: &Team) -> Paper {
    let (first, second) = (&team.workers[5], &team.workers[6]);
    let mut paper = Paper::default();
    paper.block(vec![text("Team:"), text(team.name)]);
    paper.heads(&["Task", &first.name, &second.name, "Total"]);
    for cells in [
        vec![text("FTE"), share(first), share(second)],
        vec![text("Experience"), text(first.stage_written), text(second.stage_written)],
    ] {
        paper.row(cells, Fate::Aside("heading"));
    }
    for (task, _, one, other) in DOWN {
        paper.row(vec![text(task), some(one), some(other), figure(one + other)], Fate::Counted);
    }
    let sum = |of: fn(&(&str, i64, i64, i64)) -> i64| figure(DOWN.iter().map(of).sum());
    let cells = vec![text("Total"), sum(|line| line.2), sum(|line| line.3), sum(|line| line.2 + line.3)];
    paper.row(cells, Fate::Aside("totals"));
    paper
}

/// A form to be copied.
fn blank() -> Paper {
    let mut paper = Paper::default();
    paper.block(vec![text("Social worker:")]).block(vec![text("Team:")]).block(vec![text("FTE:")]);
    paper.heads(&["Case and task or piece of work", "Number in current caseload", "Points"]);
    for (words, _) in KINDS {
        paper.row(vec![text(words)], Fate::Aside("blank"));
    }
    paper.row(vec![text("TOTAL POINTS"), Cell::Blank, figure(0)], Fate::Aside("totals"));
    paper
}
